"""Reports through the API: what the web can do for an organisation, a token of that organisation can do."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common import platform
from shutan.apps.common.api import ERRORS, Detail, Line, Problem
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.filing.api_shapes import PlatformOut
from shutan.apps.reporting import actions, comparing, downloads, explaining, later, queries, results, tables
from shutan.apps.reporting.api_shapes import (
    CreatedOut,
    DifferenceOut,
    DifferencePage,
    ExplanationOut,
    FindingOut,
    LaterOut,
    ProblemOut,
    ReportOut,
    ReportPage,
    SubmitIn,
    TotalOut,
    ValueOut,
    ValuePage,
)
from shutan.apps.reporting.api_texts import explanation
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter
from shutan.apps.reporting.storage import SPREADSHEET, Upload
from shutan.apps.reporting.views.lists import problem_lines, too_large
from shutan.documents.json_form import write_json
from shutan.documents.problem import Problem as Fault
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["reports"])

Offset = Annotated[int, Query(), Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(), Field(ge=1, le=5000)]
Year = Annotated[int | None, Query(), Field(ge=1990, le=2100)]
Name = Annotated[Line, Query(description="a name of the rule set, such as those of `values`")]

BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "See `/rule-sets/{name}/schema`.",
                    "required": ["rule_set", "year", "tables"],
                    "properties": {
                        "rule_set": {"type": "string"},
                        "year": {"type": "integer"},
                        "rules_year": {"type": "integer"},
                        "tables": {"type": "object"},
                    },
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "description": "Several parts `file` of one enterprise and year are added up to one report.",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


def binary(*media_types: str) -> dict[str, Any]:
    """What OpenAPI says of an answer that is a file."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in media_types}
    return {"responses": {200: {"description": "The file", "content": content}}}


def _report(request: HttpRequest, number: int) -> Report:
    return queries.report(access.me(request), number)


@router.get("/reports", response={200: ReportPage, **ERRORS}, url_name="reports", summary="Reports")
def reports(
    request: HttpRequest,
    *,
    year: Year = None,
    rule_set: Line = "",
    state: Line = "",
    text: Line = "",
    offset: Offset = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The reports one may see, the latest year first."""
    found = queries.reports(access.me(request))
    for name, value in (("year", year), ("rule_set", rule_set), ("state", state), ("title__icontains", text)):
        if value:
            found = found.filter(**{name: value})
    return {"count": found.count(), "items": [ReportOut.of(one) for one in found[offset : offset + limit]]}


@router.post(
    "/reports",
    response={200: CreatedOut, 201: CreatedOut, **ERRORS},
    url_name="reports",
    summary="Send a report",
    openapi_extra=BODY,
)
def create(
    request: HttpRequest,
    *,
    rules_year: Year = None,
    title: Line = "",
    trace: Annotated[bool, Query(description="every value with its trace in the answer")] = True,
    draft: Annotated[bool, Query(description="keep it as a draft even where cells cannot be read")] = False,
    organisation: Annotated[
        int | None,
        Query(ge=1, le=2**63 - 1, description="the enterprise, where a mandate lets you act for several"),
    ] = None,
) -> Status[Any]:
    """Send a report as JSON, or the filled-in workbook as the part `file` of a form; several workbooks add up to one enterprise.

    201 with the new report; 200 with the earlier one when the same content was sent before; 422 with everything that
    is wrong, and nothing is saved, unless `draft=true`.
    """
    person = access.me(request)
    reporter = queries.reporter(person, organisation)
    try:
        upload, is_workbook = _upload(request)
        create_report = (
            actions.create_report_from_workbook if is_workbook else actions.create_report_from_json
        )
        made = create_report(
            person,
            upload,
            organisation=reporter,
            title=title,
            rules_year=rules_year,
            strict=not draft,
            now=timezone.now(),
        )
    except actions.UnreadableError as error:
        raise Problem(422, "unreadable", _("This report cannot be read."), details(error.problems)) from error
    return Status(201 if made.is_new else 200, _told(request, made.report, is_new=made.is_new, trace=trace))


def _upload(request: HttpRequest) -> tuple[Upload, bool]:
    kind = (request.content_type or "").lower()
    if kind == "application/json":
        return Upload("report.json", request.body), False
    if kind != "multipart/form-data":
        raise Problem(
            415, "unsupported_media_type", _("Send JSON, or a workbook as the part `file` of a form.")
        )
    sent = request.FILES.getlist("file")
    if not sent:
        place = Detail(place="file", message=_("Choose a file."), expected=".xlsx")
        raise Problem(422, "no_file", _("Choose a file."), [place])
    if sum(one.size or 0 for one in sent) > LARGEST_FILE:
        raise Problem(413, "request_entity_too_large", too_large())
    file = actions.one_upload([Upload(one.name or "file", one.read()) for one in sent])
    return file, file.media_type != "application/json"


def details(problems: tuple[Fault, ...]) -> list[Detail]:
    """Everything that is wrong, in the one format of errors."""
    return [
        Detail(
            place="!".join(filter(None, (one["sheet"], one["place"]))),
            message=one["wrong"],
            expected=one["expected"],
        )
        for one in problem_lines(problems)
    ]


def _told(request: HttpRequest, report: Report, *, is_new: bool = False, trace: bool = False) -> CreatedOut:
    result = results.result_of(report)
    found = None if queries.is_corrected(report) else later.would_change(report)
    return CreatedOut(
        report=ReportOut.of(report),
        is_new=is_new,
        totals=[TotalOut.of(one) for one in tables.summary(Presenter(report, result))],
        findings=[FindingOut.of(one) for one in queries.findings(access.me(request), report)],
        problems=[ProblemOut.of(one) for one in queries.problems(report)],
        later=LaterOut.of(found) if found else None,
        against_submission=actions.against_submission(report) if report.is_draft else [],
        trace=write_json(result, year=report.year) if trace else None,
    )


@router.get(
    "/reports/{int:number}", response={200: CreatedOut, **ERRORS}, url_name="report", summary="One report"
)
def report(
    request: HttpRequest,
    number: int,
    *,
    trace: Annotated[bool, Query(description="every value with its trace in the answer")] = False,
) -> CreatedOut:
    """Totals, findings and problems of a report."""
    return _told(request, _report(request, number), trace=trace)


@router.get(
    "/reports/{int:number}/values",
    response={200: ValuePage, **ERRORS},
    url_name="report_values",
    summary="Stored values",
)
def values(
    request: HttpRequest,
    number: int,
    *,
    name: Line = "",
    obtained: Line = "",
    month: Annotated[int | None, Query(), Field(ge=1, le=12)] = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> dict[str, Any]:
    """The rows of a report: what was given and what was computed when it was saved."""
    found = _report(request, number).values.exclude(variable="").order_by("obtained", "table", "row", "pk")
    for field, value in (("variable", name), ("obtained", obtained), ("month", month)):
        if value:
            found = found.filter(**{field: value})
    return {"count": found.count(), "items": [ValueOut.of(one) for one in found[offset : offset + limit]]}


@router.get(
    "/reports/{int:number}/explanation",
    response={200: ExplanationOut, **ERRORS},
    url_name="report_explanation",
    summary="Why a value is what it is",
)
def explain(
    request: HttpRequest,
    number: int,
    name: Name,
    key: Annotated[list[Line], Query(description="the parts of the row's key, in order")] = [],  # noqa: B006
) -> ExplanationOut:
    """Formula, figures, inputs with their places, parameters with their sources, clauses."""
    report = _report(request, number)
    result = results.result_of(report)
    try:
        place = explaining.parse_key(result, name, key)
    except KeyError:
        raise Problem(404, "not_found", _("There is no such value in this report.")) from None
    return explanation(explaining.view(report, result, name, place))


@router.get(
    "/reports/{int:number}/findings",
    response={200: list[FindingOut], **ERRORS},
    url_name="report_findings",
    summary="What the checks say",
)
def findings(request: HttpRequest, number: int) -> list[FindingOut]:
    """The heaviest first."""
    found = queries.findings(access.me(request), _report(request, number))
    return [FindingOut.of(one) for one in found]


@router.get(
    "/reports/{int:number}/problems",
    response={200: list[ProblemOut], **ERRORS},
    url_name="report_problems",
    summary="What could not be read",
)
def problems(request: HttpRequest, number: int) -> list[ProblemOut]:
    """In the order of the file."""
    return [ProblemOut.of(one) for one in queries.problems(_report(request, number))]


@router.get(
    "/reports/{int:number}/trace",
    response={200: dict[str, Any], **ERRORS},
    url_name="report_trace",
    summary="Every value with its trace",
)
def trace(request: HttpRequest, number: int) -> dict[str, Any]:
    """Names, values, parameters read and clauses."""
    report = _report(request, number)
    return write_json(results.result_of(report), year=report.year)


@router.get(
    "/reports/{int:number}/difference",
    response={200: DifferencePage, **ERRORS},
    url_name="report_difference",
    summary="What changed from another report",
)
def difference(
    request: HttpRequest,
    number: int,
    other: Annotated[int, Query(description="the report before"), Field(ge=1)],
    offset: Offset = 0,
    limit: Limit = 500,
) -> dict[str, Any]:
    """Value by value, and which names each change comes from."""
    report = _report(request, number)
    before = get_object_or_404(queries.comparable(access.me(request), report), pk=other)
    rows = comparing.rows(report, results.result_of(before), results.result_of(report))
    found = sorted(rows, key=lambda row: row.size, reverse=True)
    return {"count": len(found), "items": [DifferenceOut.of(one) for one in found[offset : offset + limit]]}


@router.get(
    "/reports/{int:number}/files/{kind}",
    response=ERRORS,
    url_name="report_download",
    summary="The report as a file",
    openapi_extra=binary(SPREADSHEET, "application/pdf", "application/json", "application/octet-stream"),
)
def download(request: HttpRequest, number: int, kind: Line) -> HttpResponse:
    """`xlsx`, `pdf`, `json`, `inputs`, `source`, or in the national platform's order `platform`, `platform-json`."""
    try:
        made = downloads.make(_report(request, number), kind, language())
    except KeyError:
        raise Problem(404, "not_found", _("There is no such file.")) from None
    return attached(made.content, made.name, made.media_type)


@router.post(
    "/reports/{int:number}/platform",
    response={200: PlatformOut, **ERRORS},
    url_name="report_platform",
    summary="What was filed on the national platform, laid beside the report",
)
def compare_platform(request: HttpRequest, number: int, file: File[UploadedFile]) -> PlatformOut:
    """A workbook or JSON in the order of the guideline's tables, as the files `platform` and `platform-json`; nothing is kept."""
    report = _report(request, number)
    if (file.size or 0) > LARGEST_FILE:
        raise Problem(413, "too_large", too_large())
    return PlatformOut.of(platform.compare(downloads.tables(report, language()), file.read()))


@router.post(
    "/reports/{int:number}/submit",
    response={200: ReportOut, **ERRORS},
    url_name="report_submit",
    summary="Submit a draft",
)
def submit(request: HttpRequest, number: int, told: SubmitIn) -> ReportOut:
    """Freeze it. 409 when someone changed it meanwhile, 422 with everything that stands against it."""
    report = _report(request, number)
    try:
        done = actions.submit(
            access.me(request), report, revision=told.revision, now=timezone.now(), why=told.why
        )
    except actions.StaleError as error:
        raise Problem(409, "stale", _("Someone changed this meanwhile.")) from error
    except actions.BlockedError as error:
        reasons = [Detail(place="", message=one) for one in error.reasons]
        raise Problem(422, "blocked", _("The report cannot be submitted."), reasons) from error
    return ReportOut.of(_report(request, done.pk))
