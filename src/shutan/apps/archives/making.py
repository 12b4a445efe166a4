"""How an archive is made: file by file into one zip file with an index, so that a worker that died begins it anew."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from shutan.apps.archives import indexes, parts, tables
from shutan.apps.archives.models import Archive, Line
from shutan.apps.archives.parts import Entry
from shutan.apps.evidence import checkpoints, receipts
from shutan.apps.evidence.models import Record

STEP = 20  # files between two notes of how far it is
EPOCH = (2020, 1, 1, 0, 0, 0)
LOCK = 7_026_031  # of this app's advisory locks: one worker an archive
State = Archive.State


@dataclass
class Written:
    """A file as it went into the archive; `fault` where it could not be read."""

    path: str
    size: int = 0
    sha256: str = ""
    fault: str = ""


@dataclass
class Item:
    """A line of the ledger with its files."""

    line: Line
    files: list[Written] = field(default_factory=list)


def chosen(archive: Archive) -> list[Line]:
    """The lines that an archive is about; those for an inspection hold nothing that was not filed."""
    found = Line.objects.filter(
        organisation=archive.organisation, year__gte=archive.first_year, year__lte=archive.last_year
    )
    if archive.purpose == Archive.Purpose.INSPECTION:
        found = found.filter(filed=True)
    if archive.month:
        found = found.filter(month=archive.month)
    if archive.need:
        # With what the paper belongs to: the month's figures and its receipt.
        found = found.filter(need=archive.need) | found.filter(kind="month")
    return list(found.order_by("year", "rule_set", "month", "kind", "source_pk"))


def make(pk: int, now: datetime) -> Archive:
    """Make one archive, unless it was made or another worker makes it just now.

    A file that cannot be read any more is named in the index with what went wrong; the others are there all the same.

    Raises:
        OSError: there is no room for it; it is told as failed and nothing of it stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        if not cursor.fetchone()[0]:
            return Archive.objects.get(pk=pk)
        try:
            return _make(pk, now)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])


def _make(pk: int, now: datetime) -> Archive:
    archive = Archive.objects.select_related("organisation").get(pk=pk)
    if not archive.is_open:
        return archive
    try:
        with tempfile.TemporaryFile() as file:
            items = _write(file, archive, now)
            size = file.tell()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            _store(file, archive.place)
    except Exception:
        default_storage.delete(archive.place)
        _note(archive, state=State.FAILED, done_at=now)
        raise
    _note(
        archive,
        state=State.DONE,
        made=archive.total,
        faults=sum(bool(one.fault) for item in items for one in item.files),
        sha256=digest,
        size=size,
        done_at=now,
    )
    return archive


def _note(archive: Archive, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(archive, name, value)
    archive.save(update_fields=list(changes))


def _store(file: IO[bytes], place: str) -> None:
    file.seek(0)
    default_storage.delete(place)  # what a worker left that died at the end
    default_storage.save(place, File(file))


def _write(file: IO[bytes], archive: Archive, now: datetime) -> list[Item]:
    lines = chosen(archive)
    checkpoints.make(now=now)  # one state of the log that has all their receipts
    proofs = _receipts(archive, now)
    work = [
        (Item(line), [*_files(archive, line), *proofs.get((line.source, line.source_pk), ())])
        for line in lines
    ]
    rest = list(tables.entries(archive)) if archive.purpose == Archive.Purpose.OWN else []
    _note(archive, state=State.RUNNING, made=0, total=sum(len(found) for _, found in work) + len(rest))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        all_, taken = list[Written](), set[str]()
        for item, found in [*work, (None, rest)]:
            for one in found:
                if one.path in taken:
                    continue  # the scan of a declaration that is its month's paper too
                taken.add(one.path)
                all_.append(_put(packed, one))
                if item is not None:
                    item.files.append(all_[-1])
                if len(all_) % STEP == 0:
                    _note(archive, made=len(all_))
        items = [item for item, _ in work]
        for one in indexes.entries(archive, items, all_):
            _put(packed, one)
    return items


def _files(archive: Archive, line: Line) -> list[Entry]:
    """An inspection gets reports as printed papers too; in ten years of one's own their figures, traces and files are enough."""
    keeps = archive.purpose == Archive.Purpose.OWN
    return [one for one in parts.entries(line) if not (keeps and one.is_print)]


def _put(packed: zipfile.ZipFile, one: Entry) -> Written:
    try:
        content = one.content()
    except OSError as error:
        return Written(one.path, fault=str(error))
    packed.writestr(zipfile.ZipInfo(one.path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return Written(one.path, len(content), hashlib.sha256(content).hexdigest())


def _receipts(archive: Archive, now: datetime) -> dict[tuple[str, int], list[Entry]]:
    """The receipts of the enterprise's records, which `shutan evidence verify` reads offline, by subject."""
    found: dict[tuple[str, int], list[Entry]] = {}
    lines = {(line.source, line.source_pk): line for line in chosen(archive)}
    for record in Record.objects.filter(organisation=archive.organisation).order_by("pk"):
        subject = (record.subject_type, record.subject_pk)
        if subject in lines:
            path = f"{parts.folder(lines[subject])}/receipt-{record.kind}-{record.pk}.json"
            found.setdefault(subject, []).append(Entry(path, partial(_receipt, record, now)))
    return found


def _receipt(record: Record, now: datetime) -> bytes:
    return parts.as_json(receipts.receipt(record, now=now).json())


def drop(before: datetime) -> int:
    """Drop the files of archives older than a moment; that they were made stays known. How many."""
    old = Archive.objects.filter(state=State.DONE, done_at__lt=before, size__gt=0)
    for archive in old:
        default_storage.delete(archive.place)
        _note(archive, size=0)
    return len(old)
