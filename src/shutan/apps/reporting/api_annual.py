"""The year's report from filed months through the API: put together, reconciled, put together again, added to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common import files
from shutan.apps.common.api import ERRORS, Code, Problem
from shutan.apps.filing import queries as filing
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting import actions, annual, assembling, declarations, declaring, queries
from shutan.apps.reporting.api import details, router
from shutan.apps.reporting.api_drafts import Revision, SeenIn, fresh
from shutan.apps.reporting.api_shapes import ReportOut
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.storage import Upload
from shutan.apps.reporting.templatetags.reporting import exactly
from shutan.apps.reporting.views.lists import too_large
from shutan.documents.safety import LARGEST_FILE


class AssembleIn(Schema):
    """Which book."""

    rule_set: Code
    year: Annotated[int, Field(ge=1990, le=2100)]
    organisation: Annotated[
        int | None,
        Field(ge=1, le=2**63 - 1, description="the enterprise, where you act for several"),
    ] = None


class MonthVersionOut(Schema):
    """A version of a month."""

    id: int
    version: int
    state: str
    submitted_at: datetime | None

    @classmethod
    def of(cls, one: MonthlyFiling | None) -> MonthVersionOut | None:
        """As the API shows it."""
        if one is None:
            return None
        return cls(id=one.pk, version=one.version, state=one.state, submitted_at=one.submitted_at)


class ReconciledOut(Schema):
    """A value that report and months do not say alike; '' where one of them says nothing."""

    table: str
    row: str
    label: str
    unit: str
    reported: str
    filed: str


class LineOut(Schema):
    """A month, or the yearly rows (month 0)."""

    month: int
    took: MonthVersionOut | None
    counts: MonthVersionOut | None
    said: str = Field(description="missing, not_filed, returned, in_correction, or nothing")
    same: int
    added: int
    outdated: bool
    differing: list[ReconciledOut]


class SumOut(Schema):
    """A figure of the year as text with all digits."""

    label: str
    row: str
    unit: str
    reported: str
    filed: str
    difference: str | None


class BalanceOut(Schema):
    """A year of one fuel or material; `rest` is opening + bought − used − closing."""

    row: str
    unit: str
    opening: str
    bought: str
    used: str
    closing: str
    rest: str


class ReconciliationOut(Schema):
    """A report beside its book."""

    book: int
    assembled: bool
    lines: list[LineOut]
    sums: list[SumOut]
    balances: list[BalanceOut]

    @classmethod
    def of(cls, found: assembling.Reconciliation) -> ReconciliationOut:
        """As the API shows it."""
        return cls(
            book=found.book.pk,
            assembled=found.assembled,
            lines=[
                LineOut(
                    month=one.month,
                    took=MonthVersionOut.of(one.took),
                    counts=MonthVersionOut.of(one.stand.counts if one.stand else None),
                    said=one.stand.said if one.stand else "",
                    same=one.taken,
                    added=one.added,
                    outdated=one.outdated,
                    differing=[ReconciledOut(**vars(cell)) for cell in one.differing],
                )
                for one in found.lines
            ],
            sums=[
                SumOut(
                    label=one.label,
                    row=one.row,
                    unit=one.unit,
                    reported=exactly(one.reported),
                    filed=exactly(one.filed),
                    difference=None if one.difference is None else exactly(one.difference),
                )
                for one in found.sums
            ],
            balances=[
                BalanceOut(
                    row=one.row,
                    unit=one.unit,
                    **{
                        name: exactly(getattr(one, name))
                        for name in ("opening", "bought", "used", "closing", "rest")
                    },
                )
                for one in found.balances
            ],
        )


class DeclarationOut(Schema):
    """What was declared; `current`: the draft still says that."""

    means: str = Field(description="scan: of the signed and stamped page; signature: through the provider")
    provider: str
    reference: str
    certificate: str
    file_name: str
    file_sha256: str
    content: str = Field(description="SHA-256 over every value of the report")
    declared_at: datetime
    current: bool

    @classmethod
    def of(cls, report: Report) -> DeclarationOut:
        """As the API shows it; 404 where nothing was declared."""
        one = declarations.of(report)
        if one is None:
            raise Problem(404, "not_found", _("Nothing was declared yet."))
        return cls(
            means=one.means,
            provider=one.provider,
            reference=one.reference,
            certificate=one.certificate,
            file_name=one.name,
            file_sha256=one.sha256,
            content=one.content,
            declared_at=one.declared_at,
            current=not report.is_draft or declarations.is_current(report, one),
        )


class AssembledOut(Schema):
    """The draft; `replaced` counts values of people that gave way because a month speaks of them by now."""

    report: ReportOut
    is_new: bool = False
    replaced: int = 0


@router.post(
    "/reports/assembly",
    response={200: AssembledOut, 201: AssembledOut, **ERRORS},
    url_name="report_assembly",
    summary="Put a report together from filed months",
)
def assemble(request: HttpRequest, told: AssembleIn) -> Status[AssembledOut]:
    """201 with the new draft, 200 with the one these months were put into before; 422 where no month was filed."""
    person = access.me(request)
    books = filing.books(person).filter(rule_set=told.rule_set, year=told.year)
    if told.organisation is not None:
        books = books.filter(organisation=told.organisation)
    found = list(books[:2])
    if len(found) != 1:
        raise Http404
    made = annual.assemble(person, found[0], now=timezone.now())
    report = queries.report(person, made.report.pk)
    return Status(201 if made.is_new else 200, AssembledOut(report=ReportOut.of(report), is_new=made.is_new))


@router.get(
    "/reports/{int:number}/months",
    response={200: ReconciliationOut, **ERRORS},
    url_name="report_months",
    summary="A report beside the months of its year",
)
def months(request: HttpRequest, number: int) -> ReconciliationOut:
    """From which version of which month it took what, what differs since, and the year's sums."""
    person = access.me(request)
    found = assembling.reconcile(person, queries.report(person, number))
    if found is None:
        raise Problem(404, "not_found", _("No monthly filing of this year"))
    return ReconciliationOut.of(found)


@router.post(
    "/reports/{int:number}/months",
    response={200: AssembledOut, **ERRORS},
    url_name="report_months",
    summary="Take the months anew",
)
def again(request: HttpRequest, number: int, told: SeenIn) -> AssembledOut:
    """What people added stays wherever no month speaks of it."""
    person = access.me(request)
    report, now = queries.report(person, number), timezone.now()
    done = fresh(lambda: annual.assemble_again(person, report, revision=told.revision, now=now))
    return AssembledOut(report=ReportOut.of(queries.report(person, number)), replaced=len(done.replaced))


@router.post(
    "/reports/{int:number}/additions",
    response={200: ReportOut, **ERRORS},
    url_name="report_additions",
    summary="Add what no month says",
)
def add(
    request: HttpRequest,
    number: int,
    revision: Form[Revision],
    file: UploadedFile = File(...),  # noqa: B008 - how Ninja asks
) -> ReportOut:
    """The filled-in workbook; 422 where it says something else than a month."""
    if (file.size or 0) > LARGEST_FILE:
        raise Problem(413, "request_entity_too_large", too_large())
    person, now = access.me(request), timezone.now()
    report = queries.report(person, number)
    upload = Upload(file.name or "file", file.read())
    try:
        fresh(lambda: annual.add(person, report, upload, revision=revision, now=now))
    except actions.UnreadableError as error:
        raise Problem(422, "unreadable", _("This report cannot be read."), details(error.problems)) from error
    return ReportOut.of(queries.report(person, number))


@router.get(
    "/reports/{int:number}/declaration",
    response={200: DeclarationOut, **ERRORS},
    url_name="report_declaration",
    summary="What was declared",
)
def declaration(request: HttpRequest, number: int) -> DeclarationOut:
    """By scan or signature, by whom, of what content. The page to sign is the file `declaration`."""
    return DeclarationOut.of(queries.report(access.me(request), number))


@router.post(
    "/reports/{int:number}/declaration",
    response={200: DeclarationOut, **ERRORS},
    url_name="report_declaration",
    summary="Upload the stamped scan of the declaration",
)
def declare(
    request: HttpRequest,
    number: int,
    revision: Form[Revision],
    file: UploadedFile = File(...),  # noqa: B008 - how Ninja asks
) -> DeclarationOut:
    """PDF or picture; it replaces the one before until the report is submitted."""
    person, now = access.me(request), timezone.now()
    report = queries.report(person, number)
    upload = Upload(file.name or "", file.read(files.LARGEST_DOCUMENT + 1))
    fresh(lambda: declaring.with_scan(person, report, upload, revision=revision, now=now))
    return DeclarationOut.of(queries.report(person, number))


@router.post(
    "/reports/{int:number}/declaration/signature",
    response={200: DeclarationOut, **ERRORS},
    url_name="report_signature",
    summary="Sign the declaration through the provider",
)
def sign(request: HttpRequest, number: int, told: SeenIn) -> DeclarationOut:
    """422 where no provider is configured or it refuses."""
    person, now = access.me(request), timezone.now()
    report = queries.report(person, number)
    fresh(lambda: declaring.with_signature(person, report, revision=told.revision, now=now))
    return DeclarationOut.of(queries.report(person, number))
