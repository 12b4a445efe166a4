"""The content-addressed folder of uploaded files: a file lies under its SHA-256 and is never written twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".xlsx": SPREADSHEET,
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
# How a scan or a signed document begins; what begins otherwise is not one, whatever its name says.
_DOCUMENTS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
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
        """Whether it is a PDF or a picture, by its name and by how it begins."""
        begins = _DOCUMENTS.get(Path(self.name).suffix.lower())
        return begins is not None and self.content.startswith(begins)


def media_type(name: str) -> str:
    """By the name's ending; never what the browser claims."""
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def place(digest: str) -> str:
    """Where a file lies in the folder of files."""
    return f"sources/{digest[:2]}/{digest}"


def store(upload: Upload) -> str:
    """Keep the content once and return its digest."""
    digest = upload.sha256
    if not default_storage.exists(place(digest)):
        default_storage.save(place(digest), ContentFile(upload.content))
    return digest


def content(digest: str) -> bytes:
    """The file again, checked against its digest.

    Raises:
        OSError: it is gone, or not what was stored.
    """
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
