"""Test reports through the API: what the web can do, a token of the same organisation can do."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Code, Count, DocumentIn, Line, Problem, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.labreports import actions, queries
from shutan.apps.labreports.forms import TestReportForm
from shutan.apps.labreports.models import TestReport

router = Router(tags=["test reports"])

Values = Annotated[
    dict[Line, Line | int | None],
    Field(
        description="by the names that the answer has; results as texts with the digits of the report; days as 2026-05-31",
        max_length=40,
    ),
]


class TestReportOut(Schema):
    """A report. `values` hold what it says, `results` the digits that it prints."""

    id: int
    organisation: str
    state: str
    version: int
    revision: int
    reason: str
    used: bool
    sha256: str
    values: dict[str, Any]
    results: dict[str, str]

    @staticmethod
    def of(one: TestReport) -> TestReportOut:
        """From its row."""
        return TestReportOut(
            id=one.pk, organisation=one.organisation.name, state=one.state, version=one.version,
            revision=one.revision, reason=one.reason, used=one.used_at is not None, sha256=one.sha256,
            values={name: _plain(getattr(one, "laboratory_id" if name == "laboratory" else name)) for name in TestReportForm.Meta.fields},
            results=one.results,
        )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class TestReportPage(Schema):
    """Some reports and how many there are."""

    count: int
    items: list[TestReportOut]


class TestReportIn(Schema):
    """A report to keep. Without an organisation: one's own; the file is a PDF or a picture."""

    organisation: Code | None = None
    values: Values
    file: DocumentIn | None = None


class TestReportChangeIn(Schema):
    """What a report says now; one that was used needs a reason and becomes a further version."""

    values: Values
    file: DocumentIn | None = None
    revision: Count
    reason: Annotated[str, Field(max_length=500)] = ""


class TestReportReasonIn(Schema):
    """Why a report is withdrawn."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


def _sent(file: DocumentIn | None) -> dict[str, Any]:
    upload = upload_of(file)
    return {"document": actions.as_file(upload)} if upload else {}


@router.get("/tests", response={200: TestReportPage, **ERRORS}, url_name="tests")
def list_tests(
    request: HttpRequest,
    year: Annotated[int | None, Query(), Field(ge=2019, le=2100)] = None,
    offset: Annotated[int, Query(), Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=500)] = 100,
) -> Any:
    """The reports one may see."""
    rows = queries.reports(access.me(request))
    if year is not None:
        rows = rows.filter(year=year)
    return TestReportPage(
        count=rows.count(), items=[TestReportOut.of(one) for one in rows[offset : offset + limit]]
    )


@router.post("/tests", response={201: TestReportOut, **ERRORS}, url_name="tests")
def record(request: HttpRequest, body: TestReportIn) -> Any:
    """Put a report on record."""
    person = access.me(request)
    kept = queries.kept_for(person)
    home = kept.filter(credit_code=body.organisation).first() if body.organisation else kept.first()
    if home is None:
        raise Problem(404, "not_found", _("No such enterprise."))
    with told():
        made = actions.record(person, home, body.values, _sent(body.file), now=timezone.now())
    return Status(201, TestReportOut.of(made))


@router.get("/tests/findings", response={200: dict[str, Any], **ERRORS}, url_name="test_findings")
def findings(
    request: HttpRequest, year: Annotated[int, Query(), Field(ge=2019, le=2100)], organisation: Code
) -> Any:
    """What the checks say of an enterprise's reports of a year; `organisation` is its credit code."""
    person = access.me(request)
    first = queries.reports(person).filter(organisation__credit_code=organisation, year=year).first()
    if first is None:
        raise Problem(404, "not_found", _("No report of this enterprise and year."))
    return queries.screened(person, queries.of_year(person, first.organisation_id, year), year).json()


@router.get("/tests/{int:number}", response={200: TestReportOut, **ERRORS}, url_name="test")
def detail(request: HttpRequest, number: int) -> Any:
    """One report."""
    return TestReportOut.of(get_object_or_404(queries.reports(access.me(request)), pk=number))


@router.put("/tests/{int:number}", response={200: TestReportOut, **ERRORS}, url_name="test")
def change(request: HttpRequest, number: int, body: TestReportChangeIn) -> Any:
    """Change a report, or correct one that was used in a submission."""
    person = access.me(request)
    held = get_object_or_404(queries.reports(person), pk=number)
    with told():
        kept = actions.change(
            person,
            held,
            body.values,
            _sent(body.file),
            revision=body.revision,
            reason=body.reason,
            now=timezone.now(),
        )
    return TestReportOut.of(kept)


@router.post(
    "/tests/{int:number}/withdrawal", response={200: TestReportOut, **ERRORS}, url_name="test_withdrawal"
)
def withdraw(request: HttpRequest, number: int, body: TestReportReasonIn) -> Any:
    """Say that a report does not count."""
    person = access.me(request)
    with told():
        held = actions.withdraw(
            person,
            get_object_or_404(queries.reports(person), pk=number),
            reason=body.reason,
            now=timezone.now(),
        )
    return TestReportOut.of(held)
