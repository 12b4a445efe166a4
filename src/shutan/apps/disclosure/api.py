"""Disclosures through the API: anybody reads what is published; drafts by the same actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Line, Number, Problem
from shutan.apps.disclosure import actions, document, outputs, queries
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.reporting import queries as reports

public = Router(tags=["disclosure"], auth=None)
router = Router(tags=["disclosure"])
PAGE = 100


class DisclosureOut(Schema):
    """One published disclosure as it is listed."""

    id: int
    name_zh: str
    name_en: str
    credit_code: str | None
    division_code: str
    is_fictitious: bool
    rule_set: str
    year: int
    version: int
    published_at: datetime


class DisclosureWhole(DisclosureOut):
    """The same with its form: `content.zh` and `content.en` are tables of texts."""

    reason: str
    content: dict[str, Any]


class DisclosurePage(Schema):
    """Some disclosures, the newest first, and how many there are."""

    count: int
    items: list[DisclosureOut]


class DisclosureFilters(Schema):
    """Which of them."""

    q: Line = ""
    rule_set: Line = ""
    year: int | None = Field(None, ge=2000, le=2100)
    offset: int = Field(0, ge=0, le=10**6)


@public.get("/disclosures", response={200: DisclosurePage, **ERRORS}, url_name="disclosures")
def listed(request: HttpRequest, filters: Query[DisclosureFilters]) -> dict[str, Any]:  # noqa: ARG001 - ninja's form
    """What counts of each enterprise, sector and year; 100 at a time."""
    found = queries.search(filters.q) if filters.q else queries.standing()
    found = found.filter(rule_set=filters.rule_set) if filters.rule_set else found
    found = found.filter(year=filters.year) if filters.year else found
    items = found[filters.offset : filters.offset + PAGE]
    return {"count": found.count(), "items": [outputs.plain(one) for one in items]}


@public.get("/disclosures/{int:number}", response={200: DisclosureWhole, **ERRORS}, url_name="disclosure")
def one(request: HttpRequest, number: int) -> dict[str, Any]:  # noqa: ARG001 - ninja's form
    """One published version."""
    return outputs.plain(get_object_or_404(queries.published(), pk=number))


class MeasureIn(Schema):
    """One measure of the voluntary part."""

    name: Line = Field(min_length=1)
    part: Literal["", "boiler", "turbine", "generator", "auxiliary"] = ""
    investment: Number | None = None
    running_cost: Number | None = None
    added_energy: Number | None = None
    reduction: Number | None = None


class MeasureOut(Schema):
    """One measure as it is kept."""

    name: str
    part: str
    investment: Decimal | None
    running_cost: Decimal | None
    added_energy: Decimal | None
    reduction: Decimal | None


class EnteredIn(Schema):
    """What no report says; `revision` is the one that was read."""

    revision: int = Field(ge=0, le=10**9)
    surrender: Literal["", "ahead", "full", "part"] = ""
    surrendered_t: Number | None = None
    surrendered_on: date | None = None
    measures: list[MeasureIn] = Field(default_factory=list, max_length=actions.MOST_MEASURES)


class DraftOut(Schema):
    """A draft: what was entered, the form as it would be published, and what stands against that."""

    id: int
    report: int
    rule_set: str
    year: int
    revision: int
    surrender: str
    surrendered_t: Decimal | None
    surrendered_on: date | None
    measures: list[MeasureOut]
    content: dict[str, Any]
    against: list[str]


class PublicationIn(Schema):
    """Publish as it was read; a version after the first gives its reason."""

    revision: int = Field(ge=0, le=10**9)
    reason: str = Field("", max_length=500)


def _draft(found: Disclosure) -> dict[str, Any]:
    fields = ("rule_set", "year", "revision", "surrender", "surrendered_t", "surrendered_on")
    return {name: getattr(found, name) for name in fields} | {
        "id": found.pk,
        "report": found.report_id,
        "measures": list(found.measures.all()),
        "content": document.compose(found),
        "against": actions.against(found, why="-", corrects=False),
    }


def _stale() -> Problem:
    return Problem(409, "stale", _("Someone changed this meanwhile."))


def _held(request: HttpRequest, number: int) -> Disclosure:
    return get_object_or_404(queries.drafts(access.me(request)), pk=number)


@router.post(
    "/reports/{int:number}/disclosure", response={200: DraftOut, **ERRORS}, url_name="report_disclosure"
)
def begin(request: HttpRequest, number: int) -> dict[str, Any]:
    """Begin, or go on with, the disclosure of a submitted report."""
    person = access.me(request)
    return _draft(actions.begin(person, reports.report(person, number), now=timezone.now()))


@router.get("/disclosure-drafts", response={200: list[DraftOut], **ERRORS}, url_name="disclosure_drafts")
def drafts(request: HttpRequest) -> list[dict[str, Any]]:
    """Drafts of one's own enterprise or clients."""
    return [_draft(found) for found in queries.drafts(access.me(request)).order_by("pk")[:PAGE]]


@router.get(
    "/disclosure-drafts/{int:number}", response={200: DraftOut, **ERRORS}, url_name="disclosure_draft"
)
def draft(request: HttpRequest, number: int) -> dict[str, Any]:
    """One draft."""
    return _draft(_held(request, number))


@router.put(
    "/disclosure-drafts/{int:number}", response={200: DraftOut, **ERRORS}, url_name="disclosure_draft"
)
def save(request: HttpRequest, number: int, given: EnteredIn) -> Any:
    """Keep what was entered, instead of what was there."""
    entered = given.model_dump()
    revision, measures = entered.pop("revision"), entered.pop("measures")
    held = _held(request, number)
    try:
        saved = actions.save(
            access.me(request), held, entered, measures, revision=revision, now=timezone.now()
        )
    except actions.StaleError as stale:
        raise _stale() from stale
    return _draft(saved)


@router.delete("/disclosure-drafts/{int:number}", response={204: None, **ERRORS}, url_name="disclosure_draft")
def discard(request: HttpRequest, number: int, revision: int) -> Any:
    """Throw a draft away."""
    try:
        actions.discard(access.me(request), _held(request, number), revision=revision, now=timezone.now())
    except actions.StaleError as stale:
        raise _stale() from stale
    return Status(204, None)


@router.post(
    "/disclosure-drafts/{int:number}/publication",
    response={200: DisclosureWhole, **ERRORS},
    url_name="disclosure_publication",
)
def publish(request: HttpRequest, number: int, given: PublicationIn) -> Any:
    """Show it to everybody, for good."""
    held, person = _held(request, number), access.me(request)
    try:
        made = actions.publish(person, held, revision=given.revision, why=given.reason, now=timezone.now())
    except actions.StaleError as stale:
        raise _stale() from stale
    return outputs.plain(made)
