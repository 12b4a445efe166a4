"""Uploaded reports: their content lies in the folder of files (common/files.py), their record with the organisation."""

from __future__ import annotations

from datetime import datetime

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common import files
from shutan.apps.common.files import SPREADSHEET, Upload, clean_name
from shutan.apps.reporting.models import SourceFile

__all__ = ["SPREADSHEET", "Upload", "clean_name", "content", "keep"]


def keep(upload: Upload, organisation: Organisation, person: User | None, now: datetime) -> SourceFile:
    """Store the content once and return its record for the organisation."""
    record, _made = SourceFile.objects.get_or_create(
        organisation=organisation,
        sha256=files.store(upload),
        name=clean_name(upload.name),
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
    return files.content(source.sha256)
