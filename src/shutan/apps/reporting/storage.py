"""The content-addressed folder of uploaded files: a file lies under its SHA-256 and is never written twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.reporting.models import SourceFile

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {".xlsx": SPREADSHEET, ".json": "application/json"}


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
        return MEDIA_TYPES.get(Path(self.name).suffix.lower(), "application/octet-stream")


def place(digest: str) -> str:
    """Where a file lies in the folder of files."""
    return f"sources/{digest[:2]}/{digest}"


def keep(upload: Upload, organisation: Organisation, person: User | None, now: datetime) -> SourceFile:
    """Store the content once and return its record for the organisation."""
    digest = upload.sha256
    if not default_storage.exists(place(digest)):
        default_storage.save(place(digest), ContentFile(upload.content))
    name = clean_name(upload.name)
    record, _made = SourceFile.objects.get_or_create(
        organisation=organisation,
        sha256=digest,
        name=name,
        defaults={
            "size": len(upload.content),
            "media_type": upload.media_type,
            "uploaded_by": person,
            "uploaded_at": now,
        },
    )
    return record


def content(source: SourceFile) -> bytes:
    """The file again, checked against its digest.

    Raises:
        OSError: it is gone, or not what was stored.
    """
    with default_storage.open(place(source.sha256)) as file:
        found = file.read()
    if hashlib.sha256(found).hexdigest() != source.sha256:
        raise OSError(f"{source.sha256}: the stored file was changed")
    return bytes(found)


def clean_name(name: str) -> str:
    """The last part of a name, without control characters, at most 200 long with its ending kept."""
    plain = "".join(character for character in Path(name.replace("\\", "/")).name if character.isprintable())
    ending = Path(plain).suffix[:12]
    return (plain.removesuffix(ending)[: 200 - len(ending)] + ending) or "file"
