"""A month under review: figures beside their papers, the checklist, what the checks and people say, the decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.filing import queries as filings
from shutan.apps.filing.views.books import title_of
from shutan.apps.filing.views.evidence import SHOWN_IN_PAGE
from shutan.apps.review import queries, subjects
from shutan.apps.review.sheet import Sheet, sheet
from shutan.apps.review.views.subject import about


def first_paper(found: Sheet) -> Any:
    """The first file that a browser shows; None where there is none."""
    files = (one for wanted in found.papers for one in wanted.files)
    return next((one for one in files if one.media_type in SHOWN_IN_PAGE), None)


@require_GET
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """A month as its reviewers read it; the enterprise reads what is said to it."""
    person = access.me(request)
    held = filings.month(person, pk)
    if not held.is_filed:
        raise Http404
    findings = list(subjects.findings(person, held))
    questions = list(queries.questions(person, today=timezone.localdate()).filter(filing=held))
    only_changed = request.GET.get("view") == "changed" and held.previous_id is not None
    context = about(request, held, findings, questions) | {
        "filing": held,
        "sector": title_of(held.book.rule_set),
        "sheet": sheet(person, held, findings, questions, only_changed=only_changed),
        "only_changed": only_changed,
        "duty": filings.due(person, held.book).get(held.month),
        "shown_in_page": SHOWN_IN_PAGE,
    }
    context["first"] = first_paper(context["sheet"])
    return render(request, "review/month.html", context)
