"""Uploaded files: what may come in, and the content-addressed folder they lie in under their SHA-256, never written twice.

    if said := files.faults(upload, kinds=("pdf", "xlsx")): raise ValidationError(said)
    digest = files.store(upload)

A file is what its content is, never what its name or the browser says. What the malware scanner finds is kept apart and
never handed out (`SHUTAN_CLAMD`; apps/evidence keeps which files were scanned).
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils.translation import gettext as _

from shutan.apps.common import clamd
from shutan.documents.problem import Message
from shutan.documents.safety import RefusedError

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where a page or a script would begin that a browser might run; and how programs begin.
_ACTIVE = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_HEAD = 1024


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may come in: endings of its name, what it is served as, and how its content is known."""

    endings: tuple[str, ...]
    media_type: str
    fits: Callable[[bytes], bool]


def _begins(mark: bytes) -> Callable[[bytes], bool]:
    """A document that begins so and is nothing else beside: no archive at its end, no page at its beginning."""

    def fits(content: bytes) -> bool:
        if not content.startswith(mark) or any(one in content[:_HEAD].lower() for one in _ACTIVE):
            return False
        return not zipfile.is_zipfile(io.BytesIO(content))

    return fits


def _office(part: str) -> Callable[[bytes], bool]:
    """A document of Office Open XML: an archive from its first byte with the part that makes it one, and no macros."""

    def fits(content: bytes) -> bool:
        names = _archive(content)
        return {part, "[Content_Types].xml"} <= names and not any(
            one.endswith("vbaProject.bin") for one in names
        )

    return fits


def _archive(content: bytes) -> set[str]:
    if not content.startswith(b"PK\x03\x04"):
        return set()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return set()


def _is_csv(content: bytes) -> bool:
    head = content[:_HEAD].lower()
    if content.startswith(_PROGRAMS) or b"\x00" in content or any(one in head for one in _ACTIVE):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _is_json(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict | list)
    except (ValueError, RecursionError):
        return False


KINDS = {
    "pdf": FileKind((".pdf",), "application/pdf", _begins(b"%PDF-")),
    "png": FileKind((".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": FileKind((".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff")),
    "xlsx": FileKind((".xlsx",), SPREADSHEET, _office("xl/workbook.xml")),
    "docx": FileKind((".docx",), WORD, _office("word/document.xml")),
    "csv": FileKind((".csv",), "text/csv", _is_csv),
    "json": FileKind((".json",), "application/json", _is_json),
    "zip": FileKind((".zip",), "application/zip", lambda content: bool(_archive(content))),
}
DOCUMENTS = ("pdf", "png", "jpg")  # a scan or a signed document
MEDIA_TYPES = {ending: kind.media_type for kind in KINDS.values() for ending in kind.endings}
LARGEST_DOCUMENT = 10 * 2**20


@dataclass(frozen=True)
class Upload:
    """A file as it arrived."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its digest, by which it is kept."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def media_type(self) -> str:
        """By the name's ending; never what the browser claims."""
        return media_type(self.name)

    @property
    def is_document(self) -> bool:
        """Whether it is a PDF or a picture, by its name and by its content."""
        return self.kind in DOCUMENTS

    @property
    def kind(self) -> str:
        """Which of KINDS it is, by its name and by its content; '' where it is none or pretends to be another."""
        ending = Path(self.name).suffix.lower()
        found = (name for name, one in KINDS.items() if ending in one.endings and one.fits(self.content))
        return next(found, "")


def faults(upload: Upload, kinds: Sequence[str] = DOCUMENTS, *, largest: int = LARGEST_DOCUMENT) -> list[str]:
    """Everything that speaks against taking a file, in the language of the page; nothing where it may come in.

    Args:
        upload: the file; whoever reads it from a request reads `largest` + 1 bytes at most.
        kinds: of KINDS, which are taken here.
        largest: bytes.
    """
    said, told = [], {"name": clean_name(upload.name)}
    if len(upload.content) > largest:
        said.append(_("%(name)s is larger than %(n)s MB.") % (told | {"n": largest // 2**20}))
    elif not upload.content:
        said.append(_("%(name)s is empty.") % told)
    elif upload.kind not in kinds:
        told["kinds"] = ", ".join(kind.upper() for kind in kinds)
        said.append(
            _("%(name)s is not what is taken here: %(kinds)s. The content counts, not the name.") % told
        )
    return said


def screen(content: bytes, kind: str = "xlsx") -> None:
    """Let pass what is read whether it is kept or not: a table that is what it says, and in which no scanner finds anything.

    Every reader of uploaded workbooks, tables and reports calls it, after `documents.safety` has proved the file harmless
    to unpack.

    Args:
        content: the file.
        kind: of KINDS, which the reader takes it for.

    Raises:
        RefusedError: it is another kind, or infected.
    """
    if not KINDS[kind].fits(content):
        told = Message(
            f"内容不是 {kind.upper()}：以内容为准，不以文件名为准",
            f"the content is not {kind.upper()}: it counts, not the name",
        )
        raise RefusedError("file.kind", told)
    digest = hashlib.sha256(content).hexdigest()
    if default_storage.exists(quarantine(digest)) or scanned(content)[0] == Scan.QUARANTINED:
        told = Message(
            "病毒扫描发现问题，不予接收", "the malware scanner found something in it: it is not taken"
        )
        raise RefusedError("file.infected", told)


def media_type(name: str) -> str:
    """By the name's ending; never what the browser claims."""
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def place(digest: str) -> str:
    """Where a file lies in the folder of files."""
    return f"sources/{digest[:2]}/{digest}"


def quarantine(digest: str) -> str:
    """Where a file lies that the scanner found something in."""
    return f"quarantine/{digest[:2]}/{digest}"


class Scan:
    """How a file stands with the malware scanner."""

    UNSCANNED, CLEAN, QUARANTINED = "unscanned", "clean", "quarantined"


class QuarantinedError(OSError, Http404):
    """The scanner found something in a file: it is kept and not handed out. Pages and API answer 404."""


# Who keeps which file was scanned (apps/evidence): (digest, one of Scan, what was found).
SCANNED: list[Callable[[str, str, str], None]] = []


def store(upload: Upload) -> str:
    """Scan the content where a scanner is there, keep it once and return its digest.

    Raises:
        ValidationError: the scanner found something; the file is kept apart.
    """
    digest = upload.sha256
    if default_storage.exists(quarantine(digest)):
        raise ValidationError(_infected(upload.name))
    state, found = scanned(upload.content)
    if state == Scan.QUARANTINED:
        default_storage.save(quarantine(digest), ContentFile(upload.content))
        logging.getLogger(__name__).warning("%s in an upload, kept in quarantine as %s", found, digest)
        raise ValidationError(_infected(upload.name))
    if not default_storage.exists(place(digest)):
        default_storage.save(place(digest), ContentFile(upload.content))
    for keep in SCANNED:
        keep(digest, state, "")
    return digest


def scanned(data: bytes) -> tuple[str, str]:
    """How the scanner judges a content, and what it found; unscanned where there is none or it does not answer."""
    if not settings.CLAMD:
        return Scan.UNSCANNED, ""
    try:
        found = clamd.scan(data, settings.CLAMD)
    except OSError as error:
        logging.getLogger(__name__).warning("the malware scanner does not answer: %s", error)
        return Scan.UNSCANNED, ""
    return (Scan.QUARANTINED, found) if found else (Scan.CLEAN, "")


def put_away(digest: str) -> None:
    """Move a stored file into quarantine."""
    with default_storage.open(place(digest)) as file:
        default_storage.save(quarantine(digest), ContentFile(file.read()))
    default_storage.delete(place(digest))


def _infected(name: str) -> str:
    return _("The malware scanner found something in %(name)s: it is not taken.") % {"name": clean_name(name)}


def content(digest: str) -> bytes:
    """The file again, checked against its digest.

    Raises:
        OSError: it is gone, or not what was stored.
        QuarantinedError: the scanner found something in it since.
    """
    if not default_storage.exists(place(digest)) and default_storage.exists(quarantine(digest)):
        raise QuarantinedError(f"{digest}: in quarantine")
    with default_storage.open(place(digest)) as file:
        found = file.read()
    if hashlib.sha256(found).hexdigest() != digest:
        raise OSError(f"{digest}: the stored file was changed")
    return bytes(found)


def clean_name(name: str) -> str:
    """The last part of a name, without control characters, at most 200 long with its ending kept."""
    plain = "".join(character for character in Path(name.replace("\\", "/")).name if character.isprintable())
    ending = Path(plain).suffix[:12]
    return (plain.removesuffix(ending)[: 200 - len(ending)] + ending) or "file"
