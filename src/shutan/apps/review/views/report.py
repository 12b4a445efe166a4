"""An annual report under review: its totals beside those of the year before, the checklist, what was found and said, the decision."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.departments import queries as departments
from shutan.apps.filing.views.books import title_of
from shutan.apps.reporting import queries as reports
from shutan.apps.review import checklist, queries, report_sheet, subjects
from shutan.apps.review.views.subject import about


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A submitted report as its reviewers read it; the enterprise reads what is said to it."""
    person, today = access.me(request), timezone.localdate()
    held = reports.report(person, pk)
    if held.is_draft:
        raise Http404
    findings = list(subjects.findings(person, held))
    questions = list(queries.questions(person, today=today).filter(report=held))
    reviews = queries.is_reviewer(person)
    parts = {
        "report": _("Overview"),
        "sheets": _("Report tables"),
        "months": _("Months"),
        "declaration": _("Declaration"),
        "inputs": _("Inputs"),
    }
    context = about(request, held, findings, questions) | {
        "report": held,
        "sector": title_of(held.rule_set),
        "figures": report_sheet.figures(person, held, questions),
        "before": report_sheet.year_before(person, held),
        "checks": checklist.of_report(checklist.ticks(held, person.organisation_id)) if reviews else [],
        "decisions": reports.decisions(held),
        "standing": queries.submitted_reports(person, today=today).filter(pk=held.pk).first(),
        "said": departments.sums(person, held.organisation, held.year),
        "parts": [(reverse(f"reporting:{one}", args=[pk]), words) for one, words in parts.items()],
    }
    return render(request, "review/report.html", context)
