"""The ledger and archives through the API: what the web can do, a token of the same organisation can do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Organisation
from shutan.apps.archives import actions, asking, queries, retention, views_archives
from shutan.apps.archives.models import Archive, Line, Paper
from shutan.apps.common.api import ERRORS, Code, Count
from shutan.apps.common.api import Line as OneLine
from shutan.apps.common.api_refusals import told

router = Router(tags=["records"])
Year = Annotated[int, Field(ge=2000, le=2100)]
Month = Annotated[int, Field(ge=1, le=12)]
Source = Annotated[str, Field(max_length=40, pattern=r"^[a-z]+\.[a-z]+$")]
ZIP: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The archive",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class LedgerRecordOut(Schema):
    """A line of the ledger; `until` is the last day it must be kept, null where no source says."""

    source: str
    source_pk: int
    kind: str
    title: str
    number: str
    year: int
    month: int | None
    version: int
    rule_set: str
    need: str
    about: str
    department: str
    place: str
    state: str
    until: date | None
    file_name: str
    sha256: str
    revision: int

    @staticmethod
    def of(line: Line, revisions: dict[int, int]) -> LedgerRecordOut:
        """From the view's row."""
        names = (
            "source",
            "source_pk",
            "kind",
            "number",
            "year",
            "month",
            "version",
            "rule_set",
            "need",
            "about",
        )
        more = ("department", "place", "state", "file_name", "sha256")
        return LedgerRecordOut(
            **{name: getattr(line, name) for name in (*names, *more)},
            title=queries.title(line),
            until=retention.of_line(line, timezone.localdate()).until,
            revision=revisions.get(line.paper or 0, 0),
        )


class LedgerRecordPage(Schema):
    """Some lines and how many there are."""

    count: int
    items: list[LedgerRecordOut]


class PaperPlaceIn(Schema):
    """Where a paper lies; `revision` is the one that was read, 0 where nobody said anything."""

    department: Annotated[OneLine, Field(max_length=80)] = ""
    place: OneLine = ""
    own_until: date | None = None
    remark: Annotated[str, Field(max_length=300)] = ""
    revision: Count = 0


class PaperRecordIn(PaperPlaceIn):
    """A record that lies on paper alone."""

    kind: OneLine
    number: Annotated[OneLine, Field(max_length=80)] = ""
    title: Annotated[OneLine, Field(min_length=1)]
    year: Year
    month: Month | None = None
    about: OneLine = ""


class PaperClosingIn(Schema):
    """Handing over or disposing of a paper."""

    on: date
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    revision: Count = 0


class ArchiveIn(Schema):
    """Which records; without an organisation one's own. `own` is everything with drafts and tables, for oneself."""

    organisation: Code | None = None
    purpose: Literal["own", "inspection"]
    first_year: Year
    last_year: Year
    month: Month | None = None
    need: OneLine = ""
    reason: OneLine = ""


class ArchiveOut(Schema):
    """An archive; `made` of `total` files so far, `size` in bytes and `sha256` once done, size 0 once dropped."""

    id: int
    organisation: str
    purpose: str
    first_year: int
    last_year: int
    month: int | None
    need: str
    reason: str
    state: str
    made: int
    total: int
    faults: int
    size: int
    sha256: str
    asked_at: datetime
    done_at: datetime | None

    @staticmethod
    def resolve_organisation(one: Archive) -> str:
        """By its name."""
        return one.organisation.name


def _home(request: HttpRequest, code: str | None) -> Organisation:
    kept = queries.enterprises(access.me(request))
    return get_object_or_404(
        kept, **({"credit_code": code} if code else {"pk": access.me(request).organisation_id})
    )


def _out(line: Line) -> LedgerRecordOut:
    held = Paper.objects.filter(pk=line.paper).values_list("pk", "revision") if line.paper else ()
    return LedgerRecordOut.of(line, dict(held))


def _line(request: HttpRequest, source: str, pk: int) -> Line:
    return get_object_or_404(queries.every_line(access.me(request)), source=source, source_pk=pk)


@router.get("/records", response={200: LedgerRecordPage, **ERRORS}, url_name="records", summary="The ledger")
def records(
    request: HttpRequest,
    organisation: Annotated[Code | None, Query()] = None,
    year: Annotated[int | None, Query(), Field(ge=2000, le=2100)] = None,
    offset: Annotated[int, Query(), Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=500)] = 100,
) -> Any:
    """Of one's own enterprise; an authority names the enterprise by its credit code."""
    found = queries.lines(access.me(request), _home(request, organisation))
    if year is not None:
        found = found.filter(year=year)
    some = list(found[offset : offset + limit])
    papers = Paper.objects.filter(pk__in=[one.paper for one in some if one.paper])
    revisions = dict(papers.values_list("pk", "revision"))
    return LedgerRecordPage(count=found.count(), items=[LedgerRecordOut.of(one, revisions) for one in some])


@router.post(
    "/records", response={201: LedgerRecordOut, **ERRORS}, url_name="records", summary="Add a record on paper"
)
def add(request: HttpRequest, body: PaperRecordIn) -> Any:
    """To one's own ledger."""
    person = access.me(request)
    with told():
        made = actions.keep(person, _home(request, None), body.dict(), now=timezone.now())
    return Status(201, _out(_line(request, "archives.paper", made.pk)))


@router.get(
    "/records/{source}/{int:number}",
    response={200: LedgerRecordOut, **ERRORS},
    url_name="record",
    summary="One record",
)
def record(request: HttpRequest, source: Source, number: int) -> Any:
    """As the ledger has it."""
    return _out(_line(request, source, number))


@router.put(
    "/papers/{int:number}", response={200: LedgerRecordOut, **ERRORS}, url_name="record_paper",
    summary="Change a record on paper",
)  # fmt: skip
def change(request: HttpRequest, number: int, body: PaperRecordIn) -> Any:
    """`revision` is the one that was read."""
    person = access.me(request)
    held = get_object_or_404(queries.papers(person), pk=number, source="")
    with told():
        actions.keep(
            person, held.organisation, body.dict(), held=held, revision=body.revision, now=timezone.now()
        )
    return _out(_line(request, "archives.paper", number))


@router.put(
    "/records/{source}/{int:number}/place", response={200: LedgerRecordOut, **ERRORS}, url_name="record_place",
    summary="Where the paper of a record lies",
)  # fmt: skip
def put(request: HttpRequest, source: Source, number: int, body: PaperPlaceIn) -> Any:
    """For records that the system holds."""
    line = _line(request, source, number)
    with told():
        actions.put(access.me(request), line, body.dict(), revision=body.revision, now=timezone.now())
    return _out(_line(request, source, number))


@router.post(
    "/records/{source}/{int:number}/hand-over", response={200: LedgerRecordOut, **ERRORS}, url_name="record_hand_over",
    summary="Hand a paper over",
)  # fmt: skip
def hand_over(request: HttpRequest, source: Source, number: int, body: PaperClosingIn) -> Any:
    """Its line stays."""
    line = _line(request, source, number)
    with told():
        actions.hand_over(access.me(request), line, **body.dict(), now=timezone.now())
    return _out(_line(request, source, number))


@router.post(
    "/records/{source}/{int:number}/disposal", response={200: LedgerRecordOut, **ERRORS}, url_name="record_disposal",
    summary="Say that a paper was disposed of",
)  # fmt: skip
def dispose(request: HttpRequest, source: Source, number: int, body: PaperClosingIn) -> Any:
    """Only once it need not be kept any more; its line stays."""
    line = _line(request, source, number)
    with told():
        actions.dispose(access.me(request), line, **body.dict(), now=timezone.now())
    return _out(_line(request, source, number))


@router.get("/archives", response={200: list[ArchiveOut], **ERRORS}, url_name="archives", summary="Archives")
def archives(request: HttpRequest) -> list[Archive]:
    """The latest 100 that one may take."""
    return list(queries.archives(access.me(request))[:100])


@router.post(
    "/archives", response={202: ArchiveOut, **ERRORS}, url_name="archives", summary="Have an archive made"
)
def ask(request: HttpRequest, body: ArchiveIn) -> Status[Archive]:
    """The worker makes it; while the same one is being made, that one is the answer."""
    person, home = access.me(request), _home(request, body.organisation)
    values = {
        name: "" if value is None else value for name, value in body.dict(exclude={"organisation"}).items()
    }
    with told():
        made = asking.ask(person, home, views_archives.form_for(person, home, values), now=timezone.now())
    return Status(202, made)


@router.get(
    "/archives/{int:number}", response={200: ArchiveOut, **ERRORS}, url_name="archive", summary="One archive"
)
def archive(request: HttpRequest, number: int) -> Archive:
    """How far it is."""
    return get_object_or_404(queries.archives(access.me(request)), pk=number)


@router.get(
    "/archives/{int:number}/file", response=ERRORS, url_name="archive_file", summary="The archive's file",
    openapi_extra=ZIP,
)  # fmt: skip
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A zip file with its index; 404 until it is done and once it was dropped."""
    person = access.me(request)
    return views_archives.answer(person, get_object_or_404(queries.archives(person), pk=number))
