"""Instruments and self-assessments through the API: the same queries and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Count, Line, Problem, Text
from shutan.apps.standards import assessments, instruments, opinions, queries
from shutan.apps.standards.models import Item, Opinion
from shutan.apps.standards.procedure import STEPS

router = Router(tags=["standards"])


class LinkOut(Schema):
    """A clause or parameter of the rule book."""

    kind: str
    rule_set: str
    name: str


class VersionOut(Schema):
    """One version with the text the person may read."""

    order: int
    id: int
    state: str
    revision: int
    number: str
    published_on: date | None
    in_force_from: date | None
    opinions_from: date | None
    opinions_until: date | None
    amending_document: str
    text: str
    links: list[LinkOut]


class InstrumentOut(Schema):
    """Where an instrument stands on the day asked for."""

    id: int
    kind: str
    title_zh: str
    title_en: str
    issuer: str
    status: str
    number: str | None
    published_on: date | None
    in_force_from: date | None
    repealed_from: date | None
    repealing_document: str


class InstrumentWhole(InstrumentOut):
    """The same with its versions, the latest first."""

    versions: list[VersionOut]


class InstrumentPage(Schema):
    """Some instruments and how many there are."""

    count: int
    items: list[InstrumentOut]


class StepIn(Schema):
    """A step of the procedure: its name, a reason or opinion, and the days and numbers it needs."""

    step: Line
    why: Text = ""
    opinions_from: date | None = None
    opinions_until: date | None = None
    number: Line = ""
    published_on: date | None = None
    in_force_from: date | None = None
    amending_document: Line = ""


class PublicOpinionIn(Schema):
    """An opinion on the version that seeks them."""

    content: Text
    place: Line = ""


class PublicOpinionOut(Schema):
    """An opinion and its answer; no names of private people."""

    id: int
    sender: str
    place: str
    content: str
    received_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None


class AssessmentOut(Schema):
    """A self-assessment in brief."""

    id: int
    organisation: str
    year: int
    state: str
    score: str | None
    answered: int
    items: int
    improvements_open: int
    improvements_overdue: int


class AssessmentPage(Schema):
    """Some assessments and how many there are."""

    count: int
    items: list[AssessmentOut]


class ItemOut(Schema):
    """One assessed clause or chapter."""

    id: int
    chapter: str
    clause: str
    requirement: str | None
    level: str
    finding: str
    revision: int
    evidence: list[str]


class AssessmentWhole(Schema):
    """A self-assessment with its items."""

    assessment: AssessmentOut
    items: list[ItemOut]


class ItemIn(Schema):
    """How far an item is met; `revision` is that of the item you read."""

    level: Line
    finding: Text = ""
    revision: Count


def _instrument(request: HttpRequest, number: int, day: date | None = None) -> Any:
    found = queries.instruments(access.me(request), day or timezone.localdate())
    return get_object_or_404(found, pk=number)


@router.get(
    "/instruments", response={200: InstrumentPage, **ERRORS}, url_name="instruments", summary="Instruments"
)
def listed(
    request: HttpRequest,
    *,
    day: date | None = None,
    status: Line = "",
    kind: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """As they stand on a day (today where none is given)."""
    found = queries.instruments(access.me(request), day or timezone.localdate())
    found = found.filter(**({"status": status} if status else {}), **({"kind": kind} if kind else {}))
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.get(
    "/instruments/{int:number}",
    response={200: InstrumentWhole, **ERRORS},
    url_name="instrument",
    summary="One instrument with its versions",
)
def detail(request: HttpRequest, number: int, day: date | None = None) -> dict[str, Any]:
    """Text as far as the person may read it."""
    person = access.me(request)
    found = _instrument(request, number, day)
    versions = []
    for one in queries.versions(person).filter(instrument=found):
        text = queries.texts(person).filter(version=one).first()
        shown = VersionOut.from_orm(_Shown(one, text.content if text else ""))
        versions.append(shown)
    return {**InstrumentOut.from_orm(found).dict(), "versions": versions}


class _Shown:
    """A version with the text that may be read."""

    def __init__(self, version: Any, text: str) -> None:
        self._version, self.text = version, text
        self.links = list(version.links.all())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._version, name)


@router.post(
    "/instruments/{int:number}/steps",
    response={200: InstrumentWhole, **ERRORS},
    url_name="instrument_step",
    summary="Take a step of the procedure",
)
def take_step(request: HttpRequest, number: int, given: StepIn) -> dict[str, Any]:
    """On the version under way. Steps: seek_opinions, send_to_review, clear, object, publish, redraft, abandon."""
    found = _instrument(request, number)
    version = queries.versions(access.me(request)).filter(instrument=found).first()
    if given.step not in STEPS or version is None:
        raise Problem(422, "unknown_step", f"{', '.join(STEPS)}")
    told = {key: value for key, value in given.dict().items() if value and key not in ("step", "why")}
    instruments.take_step(access.me(request), version, given.step, why=given.why, now=timezone.now(), **told)
    return detail(request, number)


@router.get(
    "/instruments/{int:number}/opinions",
    response={200: list[PublicOpinionOut], **ERRORS},
    url_name="instrument_opinions",
    summary="Opinions and answers",
)
def opinions_of(request: HttpRequest, number: int) -> list[Opinion]:
    """Those answered, and your own."""
    found = _instrument(request, number)
    return list(queries.opinions(access.me(request)).filter(version__instrument=found)[:1000])


@router.post(
    "/instruments/{int:number}/opinions",
    response={201: PublicOpinionOut, **ERRORS},
    url_name="instrument_opinions",
    summary="Send an opinion",
)
def opine(request: HttpRequest, number: int, given: PublicOpinionIn) -> Status[Opinion]:
    """On the version that seeks opinions today."""
    found = _instrument(request, number)
    version = queries.versions(access.me(request)).filter(instrument=found, state="opinions").first()
    if version is None:
        raise Problem(409, "no_opinions_sought", "")
    try:
        sent = opinions.opine(
            access.me(request), version, content=given.content, place=given.place[:120], now=timezone.now()
        )
    except opinions.TooManyError as error:
        raise Problem(429, "too_many", "") from error
    return Status(201, sent)


def _brief(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "organisation": one.organisation.name_zh,
        "year": one.year,
        "state": one.state,
        "score": None if one.score is None else str(one.score),
        "answered": one.n_answered,
        "items": one.n_items,
        "improvements_open": one.n_open,
        "improvements_overdue": one.n_overdue,
    }


@router.get(
    "/assessments",
    response={200: AssessmentPage, **ERRORS},
    url_name="assessments",
    summary="Self-assessments",
)
def assessed(
    request: HttpRequest,
    year: int | None = Query(None, ge=2000, le=2100),
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those you may see."""
    found = queries.assessments(access.me(request))
    if year is not None:
        found = found.filter(year=year)
    return {"count": found.count(), "items": [_brief(one) for one in found[offset : offset + limit]]}


@router.get(
    "/assessments/{int:number}",
    response={200: AssessmentWhole, **ERRORS},
    url_name="assessment",
    summary="One self-assessment",
)
def assessment(request: HttpRequest, number: int) -> dict[str, Any]:
    """With its items."""
    found = get_object_or_404(queries.assessments(access.me(request)), pk=number)
    return {"assessment": _brief(found), "items": [_item(one) for one in assessments.items(found)]}


def _item(one: Item) -> dict[str, Any]:
    return {
        "id": one.pk,
        "chapter": one.chapter,
        "clause": one.clause.number if one.clause else "",
        "requirement": one.clause.requirement if one.clause else None,
        "level": one.level,
        "finding": one.finding,
        "revision": one.revision,
        "evidence": [each.title for each in one.evidence.filter(removed_at=None)],
    }


@router.put(
    "/assessments/items/{int:number}",
    response={200: ItemOut, **ERRORS},
    url_name="assessment_item",
    summary="Assess one item",
)
def assess(request: HttpRequest, number: int, given: ItemIn) -> dict[str, Any]:
    """Levels: met, partly, not_met, not_applicable."""
    found = get_object_or_404(queries.items(access.me(request)), pk=number)
    try:
        saved = assessments.assess(access.me(request), found, now=timezone.now(), **given.dict())
    except assessments.StaleItemError as error:
        raise Problem(409, "stale", error.messages[0]) from error
    return _item(saved)
