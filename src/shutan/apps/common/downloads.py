"""A file as an answer, by its name, never shown inside the page."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from shutan.apps.common import files


def attached(content: bytes, name: str, media_type: str = "") -> HttpResponse:
    """What was just written; its type is that of the name's ending unless told."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=media_type or files.media_type(name), headers=headers)


def kept(digest: str, name: str) -> HttpResponse:
    """A kept file.

    Raises:
        OSError: it is gone, changed or quarantined.
    """
    return attached(files.content(digest), name)
