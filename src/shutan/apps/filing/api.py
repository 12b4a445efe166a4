"""Monthly filing through the API: what the web can do, a token of the same organisation can do.

Two editors: each cell names the revision that was seen and each step that of the month. Whoever would rather have all or
nothing sends `If-Match` with the `ETag` of the month they read and is told 409 where anything of it changed since.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.api import ERRORS, Count, Problem
from shutan.apps.common.api_refusals import told
from shutan.apps.common.language import language
from shutan.apps.filing import actions, cells, checking, comparing, completeness, queries, sheets, steps
from shutan.apps.filing.api_shapes import (
    BookDetail,
    BookIn,
    BookOut,
    BookPage,
    CellDifference,
    CellIn,
    CellOut,
    CellsIn,
    CellsOut,
    CompleteOut,
    FigureDifference,
    MissingCell,
    MonthDetail,
    MonthDifference,
    MonthFindings,
    MonthIn,
    MonthOut,
    MonthStepIn,
    PaperOut,
    PaperWanted,
    RemovedOut,
    RowIn,
)
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import MonthlyFiling
from shutan.documents.wording import say

router = Router(tags=["monthly filing"])


@router.get("/filing/books", response={200: BookPage, **ERRORS}, url_name="filing_books")
def list_books(
    request: HttpRequest,
    year: Annotated[int | None, Query(), Field(ge=2000, le=2100)] = None,
    offset: Annotated[int, Query(), Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=500)] = 100,
) -> Any:
    """The books one may see; for an authority those with a month filed."""
    rows = queries.books(access.me(request))
    if year is not None:
        rows = rows.filter(year=year)
    return BookPage(count=rows.count(), items=[BookOut.of(one) for one in rows[offset : offset + limit]])


@router.post("/filing/books", response={201: BookOut, **ERRORS}, url_name="filing_books")
def open_book(request: HttpRequest, body: BookIn) -> Any:
    """Begin a year, with the units, lines and fuels of the year before; one that was begun is returned."""
    person = access.me(request)
    home = home_of(person, body.organisation)
    with told():
        made = actions.open_book(person, home, rule_set=body.rule_set, year=body.year, now=timezone.now())
    return Status(201, BookOut.of(made))


def home_of(person: User, code: str | None) -> Organisation:
    """The enterprise of a credit code for which a person may keep books; their own without one.

    Raises:
        Problem: 404, there is none.
    """
    kept = queries.filers(person)
    home = kept.filter(credit_code=code).first() if code else kept.first()
    if home is None:
        raise Problem(404, "not_found", _("No such enterprise."))
    return home


@router.get("/filing/books/{int:number}", response={200: BookDetail, **ERRORS}, url_name="filing_book")
def book(request: HttpRequest, number: int) -> Any:
    """A book with its yearly cells and its months."""
    person = access.me(request)
    found = queries.book(person, number)
    return BookDetail(
        book=BookOut.of(found),
        cells=[CellOut.of(one) for one in Year.of(found, {}).yearly.values()],
        months=[MonthOut.of(one) for one in queries.months(person).filter(book=found)],
    )


@router.put(
    "/filing/books/{int:number}/cells", response={200: CellsOut, **ERRORS}, url_name="filing_book_cells"
)
def save_book(request: HttpRequest, number: int, body: CellsIn) -> Any:
    """Save cells that hold for the year. A row that has only its name is a cell with the variable ''."""
    person = access.me(request)
    with told():
        done = cells.save(
            person, queries.book(person, number), [_change(one) for one in body.cells], now=timezone.now()
        )
    return CellsOut(**sheets.outcome(done))


@router.post(
    "/filing/books/{int:number}/removed-rows",
    response={200: RemovedOut, **ERRORS},
    url_name="filing_book_rows",
)
def remove_book_row(request: HttpRequest, number: int, body: RowIn) -> Any:
    """Take a row that holds for the year out of a book."""
    person = access.me(request)
    with told():
        count = cells.remove_row(
            person, queries.book(person, number), body.table, body.key, now=timezone.now()
        )
    return RemovedOut(cells=count)


@router.post(
    "/filing/books/{int:number}/months", response={201: MonthOut, **ERRORS}, url_name="filing_months"
)
def open_month(request: HttpRequest, number: int, body: MonthIn) -> Any:
    """Begin a month; one that was begun is returned in its last version."""
    person = access.me(request)
    with told():
        made = actions.open_month(person, queries.book(person, number), body.month, now=timezone.now())
    return Status(201, MonthOut.of(made))


@router.get(
    "/filing/months/{int:number}", response={200: MonthDetail, 304: None, **ERRORS}, url_name="filing_month"
)
def month(request: HttpRequest, number: int, response: HttpResponse) -> Any:
    """A whole month. 304 where it is as `If-None-Match` says."""
    found = detail(queries.month(access.me(request), number))
    response["ETag"] = etag(found)
    if request.headers.get("If-None-Match") == etag(found):
        return HttpResponseNotModified(headers={"ETag": etag(found)})
    return found


@router.delete("/filing/months/{int:number}", response={204: None, **ERRORS}, url_name="filing_month")
def drop_month(request: HttpRequest, number: int, revision: Annotated[Count, Query()]) -> Any:
    """Throw a draft away; what was filed before it stays."""
    person = access.me(request)
    with told():
        actions.drop_month(person, queries.month(person, number), revision=revision, now=timezone.now())
    return Status(204, None)


@router.put(
    "/filing/months/{int:number}/cells", response={200: CellsOut, **ERRORS}, url_name="filing_month_cells"
)
def save_month(request: HttpRequest, number: int, body: CellsIn) -> Any:
    """Save cells of a draft; with `If-Match` only where nothing of the month changed since."""
    person = access.me(request)
    filing = _as_read(request, queries.month(person, number))
    with told():
        done = cells.save(person, filing, [_change(one) for one in body.cells], now=timezone.now())
    return CellsOut(**sheets.outcome(done))


@router.post(
    "/filing/months/{int:number}/removed-rows",
    response={200: RemovedOut, **ERRORS},
    url_name="filing_month_rows",
)
def remove_month_row(request: HttpRequest, number: int, body: RowIn) -> Any:
    """Take a row out of a draft."""
    person = access.me(request)
    with told():
        count = cells.remove_row(
            person, queries.month(person, number), body.table, body.key, now=timezone.now()
        )
    return RemovedOut(cells=count)


@router.post(
    "/filing/months/{int:number}/steps", response={200: MonthOut, **ERRORS}, url_name="filing_month_step"
)
def step(request: HttpRequest, number: int, body: MonthStepIn) -> Any:
    """Take a step; a correction returns the version it began. 422 names all that stands against filing."""
    person = access.me(request)
    filing = _as_read(request, queries.month(person, number))
    with told():
        done = steps.take(
            person,
            filing,
            body.step,
            revision=body.revision,
            why=body.why,
            stopped=body.stopped,
            unchanged=body.unchanged,
            figures=body.figures,
            now=timezone.now(),
        )
    return MonthOut.of(done)


@router.get(
    "/filing/months/{int:number}/findings",
    response={200: MonthFindings, **ERRORS},
    url_name="filing_month_findings",
)
def findings(request: HttpRequest, number: int) -> Any:
    """What the checks that everybody may see say of a month."""
    person = access.me(request)
    filing = queries.month(person, number)
    year = queries.year_of(person, filing)
    said = checking.screen(year, filing.month, year.result())
    return MonthFindings(month=[one.json() for one in said.month], year=[one.json() for one in said.year])


@router.get(
    "/filing/months/{int:number}/difference",
    response={200: MonthDifference, **ERRORS},
    url_name="filing_month_difference",
)
def difference(request: HttpRequest, number: int) -> Any:
    """What a corrected version says otherwise than the one before; 404 where it corrects none."""
    person = access.me(request)
    filing = queries.month(person, number)
    previous = queries.months(person).filter(pk=filing.previous_id or 0).first()
    if previous is None:
        raise Http404
    pair = queries.year_of(person, previous), queries.year_of(person, filing)
    return MonthDifference(
        cells=[CellDifference(**vars(one)) for one in comparing.cells(*pair, filing.month)],
        figures=[
            FigureDifference(
                label=one.label,
                row=one.row,
                unit=one.unit,
                before=_plain(one.before),
                after=_plain(one.after),
            )
            for one in comparing.figures(*pair, filing.month)
        ],
    )


def _plain(value: Any) -> str | None:
    """A number in plain digits, a member by its key; None where it waits."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return getattr(value, "key", None)


def _change(one: CellIn) -> cells.Change:
    return cells.Change(
        one.table, tuple(one.key), one.variable, one.value, one.seen, obtained=one.obtained, note=one.note
    )


def detail(filing: MonthlyFiling) -> MonthDetail:
    """A whole month, in three queries more."""
    year = Year.of(filing.book, {filing.month: filing})
    done, words = completeness.of(year, filing.month), language()
    return MonthDetail(
        month=MonthOut.of(filing),
        cells=[CellOut.of(one) for one in year.monthly[filing.month].values()],
        evidence=[PaperOut.of(one) for one in year.evidence[filing.month]],
        complete=CompleteOut(
            percent=done.percent,
            asked=done.asked,
            missing=[
                MissingCell(table=one.table.name, key=list(one.key), variable=one.variable)
                for one in done.missing
            ],
            papers=[
                PaperWanted(
                    need=one.need.name,
                    key=list(one.key),
                    label=say(words, one.need.zh, one.need.en),
                    clause=one.need.clause,
                    must=one.must,
                    met=one.met,
                )
                for one in done.wanted
            ],
        ),
    )


def etag(found: MonthDetail) -> str:
    """The mark of a month as it was read: another one once a cell, a file or a step changed."""
    return f'"{hashlib.sha256(found.model_dump_json().encode()).hexdigest()}"'


def _as_read(request: HttpRequest, filing: MonthlyFiling) -> MonthlyFiling:
    """The month, where it is as the caller read it, or they did not say.

    Raises:
        Problem: 409, something of it changed since.
    """
    seen = request.headers.get("If-Match")
    if seen and seen != "*" and seen != etag(detail(filing)):
        raise Problem(409, "changed_meanwhile", _("Someone changed this since it was read."))
    return filing
