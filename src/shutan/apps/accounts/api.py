"""The API's own person and log."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shutan.apps.accounts import access, queries
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.common.api import ERRORS, Line

router = Router(tags=["accounts"])


class OrganisationOut(Schema):
    """An organisation."""

    id: int
    kind: str
    name_zh: str
    name_en: str
    credit_code: str | None
    division_code: str
    is_fictitious: bool


class MeOut(Schema):
    """The person the request acts as."""

    username: str
    name: str
    role: str
    language: str
    organisation: OrganisationOut | None


class LogEntryOut(Schema):
    """One line of the log."""

    id: int
    at: datetime
    actor_name: str
    via: str
    action: str
    why: str
    subject_type: str
    subject_id: str
    subject_label: str
    on_behalf_of: int | None = Field(alias="on_behalf_of_id")


class LogPage(Schema):
    """Some lines of the log, the newest first, and how many there are."""

    count: int
    items: list[LogEntryOut]


@router.get("/me", response={200: MeOut, **ERRORS}, url_name="me", summary="Who the request acts as")
def me(request: HttpRequest) -> User:
    """The person and organisation behind the token or session."""
    return access.me(request)


@router.get("/log", response={200: LogPage, **ERRORS}, url_name="log", summary="What was done")
def log(
    request: HttpRequest,
    *,
    text: Line = "",
    action: Line = "",
    since: date | None = None,
    until: date | None = None,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, int | list[LogEntry]]:
    """What was done in the organisation, or for it under a mandate, the newest first; `until` is the last day."""
    entries = queries.log(access.me(request))
    if text:
        entries = entries.filter(subject_label__icontains=text) | entries.filter(why__icontains=text)
    if action:
        entries = entries.filter(action=action)
    entries = queries.logged(
        entries, since=since.isoformat() if since else "", until=until.isoformat() if until else ""
    )
    return {"count": entries.count(), "items": list(entries[offset : offset + limit])}
