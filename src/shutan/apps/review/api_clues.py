"""Clue lists and the weekly table through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.api import ERRORS, Detail, DocumentIn, Line, Problem, Text, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.common.refusals import BlockedError
from shutan.apps.review import clues, weekly
from shutan.apps.review.api import uploads_of
from shutan.apps.review.api_shapes import Documents, Key, Revision, SaidFileOut
from shutan.apps.review.views import clues as pages

router = Router(tags=["review"])


class ClueOut(Schema):
    """A line of a clue list; `state` is today's: open (the enterprise's step), answered (the city's), reported
    (the province's), closed, or overdue. `organisation` null: its code matched nobody.
    """

    id: int
    list: int = Field(alias="clue_list_id")
    position: int
    credit_code: str
    name: str
    category: str
    text: str
    year: int | None
    month: int | None
    wish: str
    organisation: int | None = Field(alias="organisation_id")
    city: int | None = Field(alias="city_id")
    state: str = Field(alias="at_state")
    verdict: str
    due: date
    revision: int


class CluePage(Schema):
    """Some clues, the nearest day first, and how many there are."""

    count: int
    items: list[ClueOut]


class ClueWordOut(Schema):
    """What one side did and said."""

    id: int
    kind: str
    text: str
    verdict: str
    organisation: int = Field(alias="organisation_id")
    at: datetime
    files: list[SaidFileOut]


class ClueWhole(Schema):
    """A clue with what was said."""

    clue: ClueOut
    words: list[ClueWordOut]


class ClueListIn(Schema):
    """A list's document and its workbook, in the layout of the page's empty one."""

    title: Annotated[Line, Field(min_length=1)]
    number: Annotated[Line, Field(max_length=80)] = ""
    issued_on: date
    due: date
    workbook: DocumentIn


class ClueListOut(Schema):
    """A list that was read."""

    id: int
    title: str
    clues: int


class ClueStepIn(Schema):
    """`answered` by the enterprise; `sent_back` or `reported` (with `verdict`) by the city; `returned` or `closed` by the province."""

    kind: Line
    text: Text = ""
    verdict: Line = ""
    revision: Revision
    files: Documents = []


class ClueMatchIn(Schema):
    """The enterprise a clue is about."""

    organisation: Key
    revision: Revision


class WeekLine(Schema):
    """A city's week; see the page for what each figure counts."""

    city: str
    code: str
    due: int
    filed: int
    in_time: int
    returned: int
    passed: int
    open: int
    overdue: int


class WeekOut(Schema):
    """A week by city."""

    week: str
    first: date
    cities: list[WeekLine]


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    held = pages.clue_of(request, number)
    return {"clue": held, "words": list(held.words.all())}


@router.get(
    "/reviews/clues",
    response={200: CluePage, **ERRORS},
    url_name="review_clues",
    summary="Clues of the state",
)
def listed(
    request: HttpRequest,
    *,
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those one sees."""
    found = clues.clues(access.me(request), today=timezone.localdate())
    found = found.filter(at_state=state) if state else found
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.post(
    "/reviews/clue-lists",
    response={201: ClueListOut, **ERRORS},
    url_name="review_clue_lists",
    summary="Read a clue list",
)
def import_list(request: HttpRequest, given: ClueListIn) -> Status[Any]:
    """All lines, or none and everything that is wrong by cell."""
    upload = upload_of(given.workbook)
    assert upload is not None  # noqa: S101 - the schema asks for it
    try:
        made = clues.import_list(
            access.me(request), upload, **given.dict(exclude={"workbook"}), now=timezone.now()
        )
    except BlockedError as error:
        details = [Detail(place="workbook", message=one) for one in error.reasons[:50]]
        raise Problem(422, "invalid", _("Nothing was read."), details) from error
    return Status(201, {"id": made.pk, "title": made.title, "clues": made.clues.count()})


@router.get(
    "/reviews/clues/{int:number}",
    response={200: ClueWhole, **ERRORS},
    url_name="review_clue",
    summary="One clue",
)
def detail(request: HttpRequest, number: int) -> dict[str, Any]:
    """With what was said."""
    return _whole(request, number)


@router.post(
    "/reviews/clues/{int:number}/steps",
    response={200: ClueWhole, **ERRORS},
    url_name="review_clue_step",
    summary="Answer, report, return or close a clue",
)
def step(request: HttpRequest, number: int, given: ClueStepIn) -> dict[str, Any]:
    """409 where someone took a step since `revision`."""
    held = pages.clue_of(request, number)
    with told():
        clues.step(
            access.me(request),
            held,
            given.kind,
            text=given.text,
            verdict=given.verdict,
            uploads=uploads_of(given.files),
            revision=given.revision,
            now=timezone.now(),
        )
    return _whole(request, number)


@router.post(
    "/reviews/clues/{int:number}/match",
    response={200: ClueWhole, **ERRORS},
    url_name="review_clue_match",
    summary="Say whom a clue is about",
)
def match(request: HttpRequest, number: int, given: ClueMatchIn) -> dict[str, Any]:
    """Where its credit code matched nobody."""
    held = pages.clue_of(request, number)
    home = get_object_or_404(Organisation, pk=given.organisation, kind=Kind.ENTERPRISE)
    with told():
        clues.match(access.me(request), held, home, revision=given.revision, now=timezone.now())
    return _whole(request, number)


@router.get(
    "/reviews/clues/{int:number}/files/{int:word}/{int:at}",
    response={200: None, **ERRORS},
    url_name="review_clue_file",
    summary="A file of a clue",
)
def file(request: HttpRequest, number: int, word: int, at: int) -> HttpResponse:
    """By the number of what was said and its place there, from 0."""
    return pages.file(request, number, word, at)


@router.get(
    "/reviews/weekly", response={200: WeekOut, **ERRORS}, url_name="review_weekly", summary="A week by city"
)
def week(request: HttpRequest, *, week: Line = "") -> dict[str, Any]:
    """`week` such as 2026-W47; else this week."""
    today = timezone.localdate()
    first = weekly.week_of(week, today)
    lines = weekly.table(access.me(request), first, today=today)
    return {"week": weekly.named(first), "first": first, "cities": lines}
