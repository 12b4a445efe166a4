"""The public register through the API: no token is needed, and only what was published is in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from shutan.apps.bodies import queries
from shutan.apps.bodies.models import Page
from shutan.apps.common.api import ERRORS, Line

router = Router(tags=["register of service bodies"], auth=None)


class PageOut(Schema):
    """One body as the register lists it."""

    id: int
    name_zh: str
    name_en: str
    credit_code: str
    division_code: str
    services: list[str]
    accreditations: list[str]
    state: str = Field(description="published, expired, suspended or withdrawn, today")
    registered_at: datetime
    published_at: datetime
    valid_until: date | None

    @staticmethod
    def of(page: Page) -> PageOut:
        """From a page."""
        return PageOut(**_told(page))


def _told(page: Page) -> dict[str, Any]:
    names = (
        "name_zh",
        "name_en",
        "credit_code",
        "division_code",
        "services",
        "accreditations",
        "published_at",
        "valid_until",
    )
    told = {name: getattr(page, name) for name in names}
    return told | {
        "id": page.pk,
        "state": page.state(timezone.localdate()),
        "registered_at": page.first_published_at,
    }


class StandingOut(Schema):
    """One change of a registration."""

    kind: str
    at: datetime
    reason: str
    until: date | None


class PublicBodyFindingOut(Schema):
    """A finding that was recorded as public and closed."""

    found_on: date
    title: str
    answer: str
    result: str


class PageDetail(PageOut):
    """All that is public of one body; `content` has its profile and parts."""

    content: dict[str, Any]
    standings: list[StandingOut]
    findings: list[PublicBodyFindingOut]


class PageList(Schema):
    """Some bodies by name, and how many there are."""

    count: int
    items: list[PageOut]


class Statistics(Schema):
    """How many bodies are registered on a day: all, for each service, in each prefecture (first four digits)."""

    day: date
    bodies: int
    by_service: dict[str, int]
    by_prefecture: dict[str, int]


@router.get(
    "/register/bodies",
    response={200: PageList, **ERRORS},
    url_name="register_bodies",
    summary="The public register of service bodies",
)
def register_bodies(
    request: HttpRequest,  # noqa: ARG001
    *,
    text: Line = "",
    service: Line = "",
    accreditation: Line = "",
    division: Line = "",
    scope: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(100, ge=1, le=500),
) -> dict[str, Any]:
    """Everybody reads the same. `division`: first digits of a division code; `scope`: a word of an accreditation's scope."""
    found = queries.pages()
    if text:
        found = found.filter(name_zh__icontains=text) | found.filter(name_en__icontains=text)
    if service:
        found = found.filter(services__contains=[service])
    if accreditation:
        found = found.filter(accreditations__contains=[accreditation])
    found = found.filter(division_code__startswith=division, scope__icontains=scope)
    return {"count": found.count(), "items": [PageOut.of(page) for page in found[offset : offset + limit]]}


@router.get(
    "/register/bodies/{int:number}",
    response={200: PageDetail, **ERRORS},
    url_name="register_body",
    summary="One body's public page",
)
def register_body(request: HttpRequest, number: int) -> PageDetail:  # noqa: ARG001
    """What was published of it, how its registration came and went, what was found in public."""
    page = get_object_or_404(queries.pages(), pk=number)
    return PageDetail(
        **_told(page),
        content=page.content,
        standings=[
            StandingOut(kind=one.kind, at=one.at, reason=one.reason, until=one.until)
            for one in queries.standings(page)
        ],
        findings=[
            PublicBodyFindingOut(found_on=one.found_on, title=one.title, answer=one.answer, result=one.result)
            for one in queries.public_findings(page)
        ],
    )


@router.get(
    "/register/statistics",
    response={200: Statistics, **ERRORS},
    url_name="register_statistics",
    summary="How many bodies are registered",
)
def register_statistics(request: HttpRequest) -> Statistics:  # noqa: ARG001
    """Today's figures; a body with several services counts in each."""
    today = timezone.localdate()
    return Statistics(
        day=today,
        bodies=queries.in_force(today).count(),
        by_service=queries.by_service(today),
        by_prefecture=queries.by_prefecture(today),
    )
