"""Backups: one folder with the database, everything else the site keeps, and what must be found again after restoring.

The dump and the counts of all tables come from one snapshot while the site runs. Files are only ever added, so those
packed after the dump are never too few. A folder gets its name only when it is complete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from shutan.web.postgres import Server, ensure_server
from shutan.web.postgres_place import account_for, binaries_for, default_data_dir, var_dir

DATABASE = "shutan"
PREFIX = "shutan-"
PARTIAL = ".partial"
DUMP, PACKED, MANIFEST = "database.dump", "data.tar", "manifest.json"
JOURNAL = "backups.json"  # in the data folder: what was backed up and tried, for the health page
# Of the data folder: what the dump holds, what is made anew, and the backups themselves.
LEFT_OUT = {"postgres", "static", "backups", JOURNAL}
JOURNAL_LENGTH = 200


class BackupError(RuntimeError):
    """A backup cannot be made, read or restored; the message is `中文|English`."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when its snapshot was taken, ISO 8601 in UTC.
        shutan: version of the program.
        rows: number of rows of every table in the snapshot.
        files: number of packed files.
        digests: SHA-256 of the dump and of the packed files.
    """

    made_at: str
    shutan: str
    rows: dict[str, int]
    files: int
    digests: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """One line of the journal: `kind` is `backup` or `drill`."""

    kind: str
    at: str
    place: str
    holds: bool
    said: str = ""


def make(target: Path, *, now: datetime, keep: int = 0) -> Path:
    """Back up the site into a new folder below `target` and return it; with `keep`, remove all but the newest so many.

    Raises:
        BackupError: a program failed or the disk is full; nothing half-made is left under a backup's name.
    """
    folder = target / f"{PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    half = folder.with_name(folder.name + PARTIAL)
    if folder.exists():
        raise BackupError(f"备份已存在：{folder}|There is a backup of this second already: {folder}")
    try:
        half.mkdir(parents=True, mode=0o700)
        with _database() as (address, programs), _snapshot(address) as (snapshot, rows):
            dump = [programs / "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--dbname={address}"]
            _run([*map(str, dump), f"--file={half / DUMP}"])
        count = _pack(var_dir(), half / PACKED)
        digests = {name: _digest(half / name) for name in (DUMP, PACKED)}
        manifest = Manifest(now.astimezone(UTC).isoformat(), version("shutan"), rows, count, digests)
        (half / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        half.rename(folder)
    except OSError as error:
        raise BackupError(f"备份未完成：{error}|The backup was not finished: {error}") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    note(Outcome("backup", manifest.made_at, str(folder), holds=True))
    for old in backups(target)[:-keep] if keep else []:
        shutil.rmtree(old)
    return folder


def backups(target: Path) -> list[Path]:
    """The complete backups below a folder, the oldest first."""
    found = (one for one in target.glob(f"{PREFIX}*") if (one / MANIFEST).is_file())
    return sorted(one for one in found if not one.name.endswith(PARTIAL))


def read(folder: Path) -> Manifest:
    """What a backup says it holds, after checking that dump and files are still what was written.

    Raises:
        BackupError: it is no backup, or a part of it was changed or is missing.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        for name, digest in manifest.digests.items():
            if _digest(folder / name) != digest:
                raise BackupError(
                    f"{folder / name} 与备份时不同，不能恢复。"
                    f"|{folder / name} is not what was written: this backup cannot be restored."
                )
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder} 不是完整的备份：{error}|{folder} is no whole backup: {error}") from error
    return manifest


def restore(folder: Path, home: Path) -> None:
    """Restore a backup into an empty data folder with an embedded database.

    Raises:
        BackupError: the folder is not empty, the backup is damaged, or a program failed.
    """
    read(folder)
    if home.exists() and any(home.iterdir()):
        raise BackupError(
            f"{home} 不是空文件夹；恢复只写入空文件夹。|{home} is not empty: a backup is restored into an empty folder."
        )
    home.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / PACKED) as packed:
        packed.extractall(home, filter="data")
    server = ensure_server(home / "postgres")
    try:
        server.create_database(DATABASE)
        _restore_dump(folder / DUMP, server.url(DATABASE), server.binaries)
    finally:
        server.leave()


def restore_into(folder: Path, address: str) -> None:
    """Restore the database of a backup into an empty database of one's own, files into this site's data folder.

    Raises:
        BackupError: the database has tables, the backup is damaged, or a program failed.
    """
    read(folder)
    with psycopg.connect(address) as connection:
        if _tables(connection):
            raise BackupError("目标数据库不是空的。|The database is not empty.")
    with tarfile.open(folder / PACKED) as packed:
        packed.extractall(var_dir(), filter="data")
    _restore_dump(folder / DUMP, address, binaries_for(account_for(default_data_dir())))


def differences(manifest: Manifest, home: Path) -> list[str]:
    """Tables of a restored data folder whose number of rows is not that of the snapshot, as `table: found ≠ kept`."""
    server = ensure_server(home / "postgres")
    try:
        with server.connect(DATABASE) as connection:
            found = _count(connection)
    finally:
        server.leave()
    names = sorted(found.keys() | manifest.rows.keys())
    return [
        f"{name}: {found.get(name)} ≠ {manifest.rows.get(name)}"
        for name in names
        if found.get(name) != manifest.rows.get(name)
    ]


def note(outcome: Outcome) -> None:
    """Add a line to the journal in the data folder; a journal that cannot be written spoils no backup."""
    path = var_dir() / JOURNAL
    lines = [asdict(one) for one in journal()][-JOURNAL_LENGTH:]
    half = path.with_name(f"{JOURNAL}.{os.getpid()}")
    with contextlib.suppress(OSError):
        half.write_text(json.dumps([*lines, asdict(outcome)], ensure_ascii=False), encoding="utf-8")
        half.replace(path)


def journal() -> list[Outcome]:
    """What was backed up and tried so far, the oldest first."""
    try:
        return [Outcome(**one) for one in json.loads((var_dir() / JOURNAL).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


@contextlib.contextmanager
def _database() -> Iterator[tuple[str, Path]]:
    """The owner's address of the site's database and the folder of PostgreSQL's programs."""
    if address := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
        yield address, binaries_for(account_for(default_data_dir()))
        return
    server: Server = ensure_server(default_data_dir())
    try:
        server.create_database(DATABASE)
        yield server.url(DATABASE), server.binaries
    finally:
        server.leave()


@contextlib.contextmanager
def _snapshot(address: str) -> Iterator[tuple[str, dict[str, int]]]:
    """One moment of the database that `pg_dump` sees too, and the rows of every table in it."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield str(row[0]) if row else "", _count(connection)


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    return [str(name) for (name,) in found]


def _count(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    counts = {}
    for name in _tables(connection):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[name] = int(str(row[0])) if row else 0
    return counts


def _restore_dump(dump: Path, address: str, programs: Path) -> None:
    _run([str(programs / "pg_restore"), "--exit-on-error", f"--dbname={address}", str(dump)])


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        name, said = Path(command[0]).name, done.stderr.strip()
        raise BackupError(f"{name} 失败：{said}|{name} failed: {said}")


def _pack(home: Path, target: Path) -> int:
    """Pack the data folder, without what is left out; returns how many files."""
    count = 0

    def kept(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
        nonlocal count
        count += entry.isfile()
        return entry

    with tarfile.open(target, "w") as packed:
        for entry in sorted(home.iterdir()) if home.is_dir() else []:
            if entry.name not in LEFT_OUT and not entry.is_socket():
                packed.add(entry, entry.name, filter=kept)
    return count


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
