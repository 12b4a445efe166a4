"""Lists and duties through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.common.api import ERRORS, Code, Detail, Line, Problem
from shutan.apps.common.files import Upload
from shutan.apps.directory.reading import FaultsError
from shutan.apps.duties import actions, intake, queries, steps
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.models import Opinion
from shutan.apps.duties.views import told
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["lists and duties"])
Offset = Query(0, ge=0, le=1_000_000)
Limit = Query(50, ge=1, le=500)


class ListOut(Schema):
    """A list and where it stands."""

    id: int
    kind: str
    sector: str
    year: int
    state: str
    revision: int
    due: date | None
    published_on: date | None
    corrected_on: date | None
    document: str


class ListPage(Schema):
    """Some lists, the latest year first."""

    count: int
    items: list[ListOut]


class EntryOut(Schema):
    """A unit on a list, with the reason of its entry, stay or exit; `reason` is a key of the rule set of entry."""

    id: int
    name: str
    credit_code: str
    division: str
    members: str
    code: str
    basis: str
    change: str
    stands: bool
    reason: str
    reason_text: str = Field(alias="reason_name")
    decided_why: str
    begins: date | None
    ends: date | None


class EntryPage(Schema):
    """Some units of a list, by name."""

    count: int
    items: list[EntryOut]


class ListOpinionIn(Schema):
    """What a department says: `agrees`, or `objects` with its reason."""

    answer: Code
    reason: Line = ""


class ListOpinionOut(Schema):
    """A department's opinion."""

    answer: str
    reason: str
    reply: str
    answered_at: datetime | None


class RecordedOut(Schema):
    """How many rows of a file were recorded, and how many of them are above a threshold."""

    rows: int
    above: int | None = None


class CandidateOut(Schema):
    """An enterprise above a threshold that is on no list."""

    id: int
    name: str
    credit_code: str
    year: int
    energy_tce: Decimal | None
    direct_t: Decimal | None
    state: str
    reason: str


class CandidatePage(Schema):
    """Some candidates, the latest year first."""

    count: int
    items: list[CandidateOut]


class CandidateDecisionIn(Schema):
    """Whether a candidate is to be included, and why."""

    include: bool
    reason: Line


class DutyOut(Schema):
    """A duty with its dates; `state` is today's."""

    id: int
    unit: str = Field(alias="unit_name")
    organisation: int | None = Field(alias="organisation_id")
    sector: str
    standing: str
    name: str
    year: int
    month: int
    due: date | None
    provisional: bool
    inner: date | None
    extended_to: date | None
    until: date | None
    state: str = Field(alias="at_state")
    source: str
    status: str
    done_on: date | None
    evidence: str
    revision: int


class DutyPage(Schema):
    """Some duties, the earliest date first."""

    count: int
    items: list[DutyOut]


class DoneIn(Schema):
    """That a duty is done, and by what one sees it."""

    on: date
    evidence: Line
    revision: int | None = Field(None, ge=1, le=2**31 - 1)


class ExtensionIn(Schema):
    """More time for one duty."""

    until: date
    reason: Line
    document: Line = ""
    revision: int | None = Field(None, ge=1, le=2**31 - 1)


def page(rows: Any, offset: int, limit: int) -> dict[str, Any]:
    """Some rows and how many there are."""
    return {"count": rows.count(), "items": list(rows[offset : offset + limit])}


@router.get(
    "/key-units",
    response={200: EntryPage, **ERRORS},
    url_name="key_units",
    summary="Published units",
    auth=None,
)
def key_units(
    request: HttpRequest,  # noqa: ARG001 - the form of every operation
    year: int | None = Query(None, ge=2000, le=2100),
    sector: Code | None = None,
    offset: int = Offset,
    limit: int = Limit,
) -> dict[str, Any]:
    """Who stands on the published lists; open to everybody."""
    rows = queries.published()
    rows = rows.filter(unit_list__year=year) if year else rows
    return page(rows.filter(unit_list__sector=sector) if sector else rows, offset, limit)


@router.get("/lists", response={200: ListPage, **ERRORS}, url_name="lists", summary="Lists")
def lists(request: HttpRequest, offset: int = Offset, limit: int = Limit) -> dict[str, Any]:
    """The lists one may see: drafts are the province's and of who was asked."""
    return page(queries.lists(access.me(request)), offset, limit)


def _list(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.lists(access.me(request)), pk=number)


@router.get(
    "/lists/{int:number}/units",
    response={200: EntryPage, **ERRORS},
    url_name="list_units",
    summary="Units of a list",
)
def list_units(request: HttpRequest, number: int, offset: int = Offset, limit: int = Limit) -> dict[str, Any]:
    """Each unit with its reason; those that leave and those not decided for who makes the list."""
    person, unit_list = access.me(request), _list(request, number)
    rows = unit_list.entries.order_by("name", "pk")
    whole = person.kind == Kind.PROVINCE or person.kind in steps.PEERS
    return page(rows if whole else rows.filter(stands=True), offset, limit)


@router.post(
    "/lists/{int:number}/opinion",
    response={200: ListOpinionOut, **ERRORS},
    url_name="list_opinion",
    summary="Give an opinion",
)
def opinion(request: HttpRequest, number: int, given: ListOpinionIn) -> Opinion:
    """A department that was asked agrees or objects."""
    person = access.me(request)
    own = get_object_or_404(Opinion, unit_list=_list(request, number), organisation=person.organisation_id)
    return steps.answer_opinion(person, own, answer=given.answer, reason=given.reason, now=timezone.now())


def refused(error: FaultsError) -> Problem:
    """Every fault of a file, by cell."""
    details = [
        Detail(place=one["place"], message=one["wrong"], expected=one["expected"])
        for one in told(error.problems)
    ]
    return Problem(422, "file_refused", _("Nothing was saved"), details[:1000])


@router.post(
    "/emissions", response={201: RecordedOut, **ERRORS}, url_name="emissions", summary="Record emissions"
)
def emissions(request: HttpRequest, file: UploadedFile = File(...)) -> Status[Any]:  # noqa: B008 - how Ninja asks
    """A table of emissions by unit, year, activity and basis (Excel or CSV); one fault and nothing is saved."""
    upload = Upload(file.name or "file", file.read(LARGEST_FILE + 1))
    try:
        rows = intake.record_emissions(
            access.me(request), upload, now=timezone.now(), today=timezone.localdate()
        )
    except FaultsError as error:
        raise refused(error) from error
    return Status(201, {"rows": rows})


@router.get(
    "/candidates", response={200: CandidatePage, **ERRORS}, url_name="candidates", summary="Candidates"
)
def candidates(request: HttpRequest, offset: int = Offset, limit: int = Limit) -> dict[str, Any]:
    """Above a threshold and on no published list: all for the province, its own for a department."""
    return page(queries.candidates(access.me(request), intake.candidates()), offset, limit)


@router.post(
    "/candidates", response={201: RecordedOut, **ERRORS}, url_name="candidates", summary="Upload data"
)
def upload_candidates(request: HttpRequest, file: UploadedFile = File(...)) -> Status[Any]:  # noqa: B008
    """A department's table of enterprises (Excel or CSV)."""
    upload = Upload(file.name or "file", file.read(LARGEST_FILE + 1))
    try:
        rows, above = intake.upload_candidates(access.me(request), upload, now=timezone.now())
    except FaultsError as error:
        raise refused(error) from error
    return Status(201, {"rows": rows, "above": above})


@router.post(
    "/candidates/{int:number}/decision",
    response={200: CandidateOut, **ERRORS},
    url_name="candidate_decision",
    summary="Decide on a candidate",
)
def decide_candidate(request: HttpRequest, number: int, given: CandidateDecisionIn) -> Any:
    """The province includes it or not, with the reason."""
    person = access.me(request)
    row = get_object_or_404(queries.candidates(person, intake.candidates(uncovered=False)), pk=number)
    return intake.decide_candidate(
        person, row, include=given.include, reason=given.reason, now=timezone.now()
    )


@router.get("/duties", response={200: DutyPage, **ERRORS}, url_name="duties", summary="Duties")
def duties(
    request: HttpRequest,
    *,
    state: Code | None = None,
    name: Code | None = None,
    year: int | None = Query(None, ge=2000, le=2100),
    offset: int = Offset,
    limit: int = Limit,
) -> dict[str, Any]:
    """One's calendar; for a regulator the duties of its area."""
    rows = reads.ordered(reads.duties(access.me(request), today=timezone.localdate()))
    rows = rows.filter(at_state=state) if state else rows
    rows = rows.filter(name=name) if name else rows
    return page(rows.filter(year=year) if year else rows, offset, limit)


def _duty(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(reads.duties(access.me(request), today=timezone.localdate()), pk=number)


@router.get("/duties/{int:number}", response={200: DutyOut, **ERRORS}, url_name="duty", summary="One duty")
def duty(request: HttpRequest, number: int) -> Any:
    """Dates, source, where it stands."""
    return _duty(request, number)


def _changed(request: HttpRequest, number: int, do: Any) -> Any:
    try:
        do(access.me(request), _duty(request, number))
    except actions.StaleDutyError as error:
        raise Problem(409, "changed_meanwhile", "") from error
    return _duty(request, number)


@router.post(
    "/duties/{int:number}/done",
    response={200: DutyOut, **ERRORS},
    url_name="duty_done",
    summary="Mark as done",
)
def done(request: HttpRequest, number: int, given: DoneIn) -> Any:
    """The unit says that it is done, with its evidence."""
    now, today = timezone.now(), timezone.localdate()
    return _changed(
        request,
        number,
        lambda person, row: actions.mark_done(person, row, **given.dict(), now=now, today=today),
    )


@router.post(
    "/duties/{int:number}/extension",
    response={200: DutyOut, **ERRORS},
    url_name="duty_extension",
    summary="Extend",
)
def extend(request: HttpRequest, number: int, given: ExtensionIn) -> Any:
    """A regulator gives more time, with the reason."""
    now, today = timezone.now(), timezone.localdate()
    return _changed(
        request, number, lambda person, row: actions.extend(person, row, **given.dict(), now=now, today=today)
    )
