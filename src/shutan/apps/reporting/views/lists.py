"""The list of reports, the upload, the templates."""

from __future__ import annotations

import io
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.accounts.scope import MandateEnded
from shutan.apps.common.components import STATES
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.reporting import actions, queries
from shutan.apps.reporting.forms import year_choices
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import pick
from shutan.apps.reporting.storage import SPREADSHEET, Upload
from shutan.documents.problem import Problem
from shutan.documents.safety import LARGEST_FILE
from shutan.documents.template import write_template
from shutan.rules.registry import rule_sets

STANDINGS = ("draft", "submitted", "passed_city", "returned", "accepted")


def _rules_title(name: str) -> str:
    rules = rule_sets().get(name)
    return pick(rules.title) if rules else name


def _state(report: Any) -> str:
    if report.is_exercise:
        return "exercise"
    return "replaced" if report.corrected else str(report.at_standing)


class _Headline:
    """The first figure of each report, looked up once for the rows that are shown."""

    def __init__(self, rows: QuerySet[Report]) -> None:
        self.rows = rows
        self.found: dict[int, Any] | None = None

    def __call__(self, report: Report) -> Any:
        if self.found is None:
            self.found = queries.headline(self.rows)
        return self.found.get(report.pk)


def _reports(request: HttpRequest) -> Listing:
    person = access.me(request)
    rows = queries.listed(person)
    mine = person.kind not in queries.REGULATORS
    uploads = access.may_open(person, "reporting:upload")
    years = sorted(set(queries.reports(person).order_by().values_list("year", flat=True)), reverse=True)
    return Listing(
        request,
        key="reports",
        title=_("Reports"),
        rows=rows,
        columns=[
            Column(
                "title",
                _("Report"),
                sort="title",
                link=lambda row: reverse("reporting:report", args=[row.pk]),
            ),
            Column(
                "organisation",
                _("Organisation"),
                sort="organisation__name_zh",
                shown=person.kind != Kind.ENTERPRISE,
            ),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column(
                "rules",
                _("Rule set"),
                value=lambda row: _rules_title(row.rule_set),
                sort="rule_set",
                wide=True,
            ),
            Column("state", _("Status"), value=_state, sort="at_standing", badge=True),
            Column(
                "version", _("Version"), value=lambda row: str(row.version or ""), sort="version", shown=False
            ),
            Column("total", _("Emissions"), value=_Headline(rows), unit="tCO₂", places=0),
            Column(
                "blocking",
                _("Blocking findings"),
                value=lambda row: None if row.is_exercise else row.blocking,
                sort="blocking",
                places=0,
                wide=True,
            ),
            Column("found", _("Findings"), sort="found", places=0, wide=True),
            Column("unread", _("Unread cells"), sort="unread", places=0, shown=mine, wide=True),
            Column("changed_at", _("Changed"), sort="changed_at", wide=True),
            Column("submitted_at", _("Submitted at"), sort="submitted_at", shown=False),
        ],
        filters=[
            Filter(
                "year", _("Year"), lambda found, value: found.filter(year=value), [(str(y), y) for y in years]
            ),
            Filter(
                "state",
                _("Status"),
                lambda found, value: found.filter(at_standing=value),
                [
                    (one, STATES[one][0]) for one in STANDINGS[0 if mine else 1 :]
                ],  # drafts are the enterprise's
            ),
            Filter(
                "rules",
                _("Rule set"),
                lambda found, value: found.filter(rule_set=value),
                [(name, pick(one.title)) for name, one in rule_sets().items()],
            ),
        ],
        search=("title", "organisation__name_zh", "organisation__name_en", "organisation__credit_code"),
        sort="-changed_at",
        empty_title=_("No report yet"),
        empty_text=_("Download the template of your sector and year, fill it in, upload it.")
        if uploads
        else _("What your enterprise uploads will stand here.")
        if mine
        else _("What enterprises submit will stand here."),
        empty_link=(reverse("reporting:upload"), _("Upload a report")) if uploads else None,
    )


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """All reports the person may see."""
    listing = _reports(request)
    person = access.me(request)
    context = {
        "listing": listing,
        "may_upload": access.may_open(person, "reporting:upload"),
        "own": person.kind not in queries.REGULATORS,
    }
    return listing.response() or render(request, "reporting/reports.html", context)


def templates() -> list[dict[str, Any]]:
    """The workbooks to fill in, by rule set, the latest year first."""
    return [
        {"name": name, "title": pick(one.title), "years": sorted(one.years(), reverse=True)}
        for name, one in rule_sets().items()
    ]


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a filled-in workbook; whatever is wrong in it is shown at once."""
    if request.method == "POST":
        return _take(request)
    person = access.me(request)
    context = {
        "templates": templates(),
        "rules_years": year_choices(rule_sets()),
        "clients": queries.reporters(person) if person.kind == Kind.SERVICE else None,
        "chosen": request.GET.get("for", ""),
    }
    return render(request, "reporting/upload.html", context)


def too_large() -> str:
    """What is said of a file that is not even read."""
    return _("The file is larger than %(n)s MB; a year of an enterprise has seldom more than one.") % {
        "n": LARGEST_FILE // 2**20
    }


def _take(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.getlist("file")
    asked = request.POST.get("rules_year", "")
    chosen = request.POST.get("organisation", "")
    try:
        organisation = queries.reporter(
            access.me(request), int(chosen) if chosen.isascii() and chosen.isdigit() else None
        )
    except MandateEnded as error:
        # The form stays as it is: only the place of the answer changes.
        return render(request, "reporting/upload_failed.html", {"fault": error.words}, status=422)
    if not sent or sum(one.size or 0 for one in sent) > LARGEST_FILE:
        fault = too_large() if sent else _("Choose a file.")
        return render(request, "reporting/upload_failed.html", {"fault": fault}, status=422)
    try:
        file = actions.one_upload([Upload(one.name or "file", one.read()) for one in sent])
        create = (
            actions.create_report_from_json
            if file.media_type == "application/json"
            else actions.create_report_from_workbook
        )
        made = create(
            access.me(request),
            file,
            organisation=organisation,
            rules_year=int(asked) if asked.isascii() and asked.isdigit() else None,
            now=timezone.now(),
        )
    except actions.UnreadableError as error:
        failed = {
            "problems": problem_lines(error.problems),
            "name": ", ".join(one.name or "" for one in sent),
        }
        return render(request, "reporting/upload_failed.html", failed, status=422)
    context: dict[str, Any] = {
        "report": made.report,
        "is_new": made.is_new,
        "problems": queries.unread(made.report),
        "left_empty": queries.left_empty(made.report),
        "language": language(),
    }
    return render(request, "reporting/upload_done.html", context)


def problem_lines(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Problems that were not saved, in the language of the page."""
    said = language()
    return [
        {
            "sheet": one.place.sheet,
            "place": one.place.place,
            "wrong": one.message.text(said),
            "expected": one.expected.text(said) if one.expected else "",
            "blocks": one.severity == "error",
        }
        for one in problems
    ]


@require_GET
def template(_request: HttpRequest, rules: str, year: int) -> HttpResponse:
    """The workbook to fill in."""
    found = rule_sets().get(rules)
    if found is None or year not in found.years():
        raise Http404
    stream = io.BytesIO()
    write_template(found, year, stream, language=language())
    return attached(stream.getvalue(), f"{pick(found.title)}-{year}.xlsx", SPREADSHEET)


def as_rows(rows: Any) -> QuerySet[Any]:
    """Rows in memory where the list frame expects those of the database."""
    return cast("QuerySet[Any]", rows)
