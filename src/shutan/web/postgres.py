"""An embedded PostgreSQL: started by who comes first, shared by all processes, stopped by who leaves last.

Used when DATABASE_URL is not set. Every process that works with the database holds a shared lock on a file
while it lives; the kernel frees it however the process ends, so a killed process cannot leave a wrong count.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import re
import shutil
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from shutan.web.postgres_place import (
    APPLICATION,
    USER,
    Account,
    PostgresError,
    account_for,
    binaries_for,
    default_data_dir,
    make_private,
    reachable_home,
    socket_folder,
    var_dir,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["APPLICATION", "USER", "PostgresError", "Server", "default_data_dir", "ensure_server", "var_dir"]

PORT = 5432  # only names the socket file: the server listens on no network address
START_SECONDS = 60  # a long crash recovery is not a failure
HOPELESS_TRIES = 3
IMPOSSIBLE_PID = 2**22 + 1  # above Linux's largest

_ROLE = f"""
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN RETURN; END IF;
    CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


@dataclass
class Server:
    """A running server in which this process has a share until `leave`."""

    home: Path
    account: Account
    binaries: Path
    socket: Path
    _share: IO[str] | None = field(default=None, repr=False)

    def url(self, name: str) -> str:
        """The database `name` as a libpq address, for `pg_dump`, `psql` and DATABASE_URL."""
        return f"postgresql://{USER}@/{quote(name)}?host={quote(str(self.socket), safe='')}&port={PORT}"

    def django_settings(self, name: str) -> dict[str, Any]:
        """The entry of Django's DATABASES for the database `name`."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": USER,
            "HOST": str(self.socket),
            "PORT": str(PORT),
        }

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """A connection in autocommit mode, for administration."""
        return psycopg.connect(
            host=str(self.socket), port=PORT, user=USER, dbname=name, autocommit=True, connect_timeout=5
        )

    def create_database(self, name: str) -> None:
        """Create the database `name` and the application's role unless they are there."""
        with self.connect() as connection:
            connection.execute(_ROLE)
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            # Another process may create it at the same moment.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def leave(self) -> None:
        """Give up this process's share; the last one stops the server. Leaving twice does nothing."""
        share, self._share = self._share, None
        if share is None:
            return
        with _starting(self):
            # Close, not unlock: a forked child shares the lock and may still need the server.
            share.close()
            with _lock_file(self, "use.lock") as use, contextlib.suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(self)


def ensure_server(data_dir: Path, *, fast_unsafe: bool = False) -> Server:
    """Start the server whose data are in `data_dir`, or join the one that runs.

    `fast_unsafe` gives up durability for speed: for the databases of tests only. A joined server keeps the
    durability it was started with.
    """
    home = data_dir.expanduser().resolve()
    try:
        home = reachable_home(home)
        account = account_for(home)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.own(home)
        server = Server(home, account, binaries_for(account), socket_folder(home, account))
        with _starting(server):
            share = _lock_file(server, "use.lock")
            fcntl.flock(share, fcntl.LOCK_SH)
            try:
                _start(server, fast_unsafe=fast_unsafe)
            except BaseException:
                share.close()
                _remove_socket_folder(server)
                raise
    except PermissionError as error:
        raise PostgresError(
            f"The database folder {home} belongs to another account ({error}). "
            "Start Shutan as that account, or set SHUTAN_DATA_DIR or DATABASE_URL."
        ) from error
    server._share = share  # noqa: SLF001 - the share is taken here and nowhere else
    _leave_at_exit(server)
    return server


def _lock_file(server: Server, name: str) -> IO[str]:
    """Open a lock file; made by root it is given to the account, which may come by itself next time."""
    file = (server.home / name).open("a")
    if server.account.switch:
        os.fchown(file.fileno(), server.account.uid, server.account.gid)
    return file


@contextlib.contextmanager
def _starting(server: Server) -> Iterator[None]:
    """Hold the lock under which a server is started or stopped, by one process at a time."""
    with _lock_file(server, "start.lock") as lock:
        deadline = time.monotonic() + 2 * START_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise PostgresError(
                        f"Another process is busy starting PostgreSQL in {server.home}."
                    ) from None
                time.sleep(0.02)
        yield


def _start(server: Server, *, fast_unsafe: bool) -> None:
    """Bring the server to the point where a connection succeeds.

    Only that counts: after `kill -9` the pid in postmaster.pid can be a zombie which `pg_ctl status` takes
    for a running server, and start fails until the system's first process has reaped it.
    """
    make_private(server.socket, server.account)
    if _answers(server):
        return
    if not (server.home / "data").exists():
        _initialise(server)
    _check_version(server)
    _configure(server, fast_unsafe=fast_unsafe)
    deadline = time.monotonic() + START_SECONDS
    tries = 0
    while True:
        _forget_zombies(server)
        # Relative names from `home`: pg_ctl hands paths to a shell.
        attempt = _pg_ctl(server, "start", "-l", "server.log", "-t", str(START_SECONDS))
        if _answers(server):
            return
        # Without a dead server's lock file in the way, waiting longer changes nothing.
        tries = 0 if (server.home / "data" / "postmaster.pid").exists() else tries + 1
        if tries == HOPELESS_TRIES or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    raise PostgresError(
        f"PostgreSQL does not start in {server.home}.\n{attempt}\n{_tail(server.home / 'server.log')}"
    )


def _answers(server: Server) -> bool:
    if not (server.socket / f".s.PGSQL.{PORT}").exists():
        return False
    try:
        server.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _pg_ctl(server: Server, action: str, *options: str) -> str:
    program = str(server.binaries / "pg_ctl")
    command = [program, action, "-D", "data", "-w", "-s", *options]
    return server.account.run(command, cwd=server.home).stdout.strip()


def _stop(server: Server) -> None:
    if (server.home / "data" / "postmaster.pid").exists():
        _pg_ctl(server, "stop", "-m", "fast", "-t", str(START_SECONDS))
    _remove_socket_folder(server)


def _remove_socket_folder(server: Server) -> None:
    with contextlib.suppress(OSError):  # not empty after a crash, and harmless
        server.socket.rmdir()


def _initialise(server: Server) -> None:
    """Make a new cluster; it gets its name only when complete, as initdb may be interrupted."""
    half = server.home / "data.new"
    # The builtin C.UTF-8 sorts the same everywhere; lc-ctype makes pg_trgm see Chinese. macOS may not
    # know it by that name.
    for ctype in ("C.UTF-8", "en_US.UTF-8"):
        shutil.rmtree(half, ignore_errors=True)
        command = [str(server.binaries / "initdb"), "-D", "data.new", "-U", USER, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C", f"--lc-ctype={ctype}"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        result = server.account.run(command, cwd=server.home)
        if result.returncode == 0:
            with (half / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("include 'shutan.conf'\n")
            half.rename(server.home / "data")
            return
    raise PostgresError(f"initdb failed in {server.home}:\n{result.stdout}")


def _check_version(server: Server) -> None:
    """Say how to go on where the data were made by another major version, which cannot open them."""
    data = (server.home / "data" / "PG_VERSION").read_text(encoding="utf-8").strip()
    program = server.account.run([str(server.binaries / "postgres"), "--version"], cwd=server.home).stdout
    if (version := re.search(r"\d+", program)) and version[0] != data:
        raise PostgresError(
            f"The data in {server.home} were made by PostgreSQL {data}, these programs are of {version[0]}. "
            "Make a dump with the old version and restore it with the new one (docs/operations.md)."
        )


def _configure(server: Server, *, fast_unsafe: bool) -> None:
    """Write our settings anew at each start: the socket's folder follows from where the data are now."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(server.socket),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": "256MB",
    }
    if fast_unsafe:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    path = server.home / "data" / "shutan.conf"
    path.write_text("".join(lines), encoding="utf-8")
    if server.account.switch:
        os.chown(path, server.account.uid, server.account.gid)


def _forget_zombies(server: Server) -> None:
    """Take a dead server's pid out of its lock files where the system never reaps it (some containers).

    The pid is replaced, not the file removed, so that PostgreSQL still checks by itself whether a
    surviving child of the dead server is using the shared memory named in the same file.
    """
    for path in (server.home / "data" / "postmaster.pid", server.socket / f".s.PGSQL.{PORT}.lock"):
        with contextlib.suppress(FileNotFoundError, ValueError):
            first, rest = path.read_text(encoding="utf-8").split("\n", 1)
            if _is_zombie(int(first)):
                path.write_text(f"{IMPOSSIBLE_PID}\n{rest}", encoding="utf-8")


def _is_zombie(pid: int) -> bool:
    """Whether the process is dead but not reaped; only Linux tells (and only there it was seen)."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


def _tail(path: Path) -> str:
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    except OSError:
        return ""


def _leave_at_exit(server: Server) -> None:
    """Leave when the process ends; SIGTERM alone would end it without running any exit handler."""
    atexit.register(server.leave)
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
