"""A month under review: figures beside their papers, the checklist, what the checks and people say, the decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.filing import actions as filing
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.views.books import title_of
from shutan.apps.filing.views.evidence import SHOWN_IN_PAGE
from shutan.apps.review import actions, checklist, queries, risk
from shutan.apps.review.forms import AssignForm
from shutan.apps.review.models import Assignment, Screened, Tick
from shutan.apps.review.sheet import Sheet, sheet
from shutan.apps.review.views import performed, whole
from shutan.apps.review.views.desk import WHO, whose

State = MonthlyFiling.State
DECISIONS = {"pass_city": State.PASSED_CITY, "accept": State.ACCEPTED, "return_month": State.RETURNED}


def _neighbours(request: HttpRequest, filing_: MonthlyFiling) -> dict[str, Any]:
    """Where the month stands in the person's queue, and the addresses of those beside it."""
    person, asked = access.me(request), request.GET.get("who", "")
    rows = queries.queue(person, today=timezone.localdate())
    if asked in WHO:
        rows = whose(rows, person, asked)
    numbers = list(rows.values_list("pk", flat=True))
    query = f"?who={asked}" if asked in WHO else ""
    if filing_.pk not in numbers:
        return {"queue_after": _month_url(numbers[0], query) if numbers else "", "queue_query": query}
    at = numbers.index(filing_.pk)
    return {
        "queue_place": at + 1,
        "queue_length": len(numbers),
        "queue_query": query,
        "queue_before": _month_url(numbers[at - 1], query) if at else "",
        "queue_after": _month_url(numbers[at + 1], query) if at + 1 < len(numbers) else "",
    }


def _month_url(pk: int, query: str) -> str:
    return reverse("review:month", args=[pk]) + query


def first_paper(found: Sheet) -> Any:
    """The first file that a browser shows; None where there is none."""
    files = (one for wanted in found.papers for one in wanted.files)
    return next((one for one in files if one.media_type in SHOWN_IN_PAGE), None)


@require_GET
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """A month as its reviewers read it; the enterprise reads what is said to it."""
    person, today = access.me(request), timezone.localdate()
    held = filings.month(person, pk)
    if not held.is_filed:
        raise Http404
    reviews = queries.is_reviewer(person)
    findings = list(queries.findings(person, held))
    questions = list(queries.questions(person, today=today).filter(filing=held))
    only_changed = request.GET.get("view") == "changed" and held.previous_id is not None
    found = sheet(person, held, findings, questions, only_changed=only_changed)
    corrected = filings.is_corrected(held)
    waits = reviews and held.state in queries.stages(person) and not corrected
    given = (
        Assignment.objects.filter(
            authority=person.organisation_id,
            organisation=held.organisation,
            rule_set=held.book.rule_set,
            year=held.book.year,
            month=held.month,
        )
        .select_related("reviewer")
        .first()
        if reviews
        else None
    )
    context = {
        "filing": held,
        "state": "replaced" if corrected else held.state,
        "sector": title_of(held.book.rule_set),
        "sheet": found,
        "only_changed": only_changed,
        "findings": findings,
        "general": [one for one in questions if not one.variable and one.finding_id is None],
        "questions": questions,
        "reviews": reviews,
        "waits": waits,
        "may": {
            "tick": waits and access.may_do(person, "review.tick"),
            "ask": reviews and access.may_do(person, "review.ask"),
            "reply": not reviews and filings.changes(person, held.organisation) and access.may_do(person, "review.answer"),
            **{
                name: waits and access.may_do(person, f"filing.{name}") and held.state != to
                for name, to in DECISIONS.items()
            },
        },
        "phrases": queries.phrases(person) if reviews else (),
        "assignment": given,
        "assign_form": AssignForm(person, initial={"reviewer": given and given.reviewer_id})
        if reviews and access.may_do(person, "review.assign")
        else None,
        "duty": filings.due(person, held.book).get(held.month),
        "first": first_paper(found),
        "shown_in_page": SHOWN_IN_PAGE,
        "verdicts": Tick.Verdict.choices,
        **(_neighbours(request, held) if reviews else {}),
    }  # fmt: skip
    return render(request, "review/month.html", context)


@require_GET
def risk_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a month weighs what it weighs."""
    person = access.me(request)
    held = filings.month(person, pk)
    if not queries.is_reviewer(person):
        raise Http404
    screened = Screened.objects.filter(filing=held).first()
    counts = screened.counts if screened else {}
    context = {
        "filing": held,
        "screened": screened,
        "lines": [
            (name, counts[name], weight, counts[name] * weight)
            for name, weight in risk.WEIGHTS.items()
            if counts.get(name)
        ],
        "findings": queries.findings(person, held),
    }
    return render(request, "review/risk.html", context)


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one tick; the answer is the paper's checklist as it stands now."""
    person = access.me(request)
    held = filings.month(person, pk)
    place, _bar, verdict = request.POST.get("tick", "").rpartition("|")
    need, _bar, rest = place.partition(checklist.BETWEEN)
    item, *key = rest.split(checklist.BETWEEN)
    performed(
        request,
        lambda: actions.tick(
            person, held, need=need, key=key, item=item, verdict=verdict, now=timezone.now()
        ),
    )
    if request.headers.get("HX-Request") != "true":
        return redirect("review:month", pk=pk)
    found = sheet(person, held, (), ())
    for group in found.groups:
        for line in group.lines:
            for wanted, lines in line.papers:
                if (wanted.need.name, wanted.key) == (need, tuple(key)):
                    told = {"filing": held, "checks": lines, "is_open": True, "may": {"tick": True}}
                    told["verdicts"] = Tick.Verdict.choices
                    return render(request, "review/_checks.html", told)
    raise Http404


@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Let the month pass, accept it or return it, then go on to the next in the queue."""
    if name not in DECISIONS:
        raise Http404
    person = access.me(request)
    held = filings.month(person, pk)
    after = _neighbours(request, held)["queue_after"]
    done = {
        "pass_city": _("Passed on to the province."),
        "accept": _("Accepted."),
        "return_month": _("Returned to the enterprise."),
    }[name]
    told = f"{held.organisation} {held.period}: {done}"
    why = request.POST.get("why", "")[:500]
    if performed(
        request,
        lambda: filing.decide(
            person,
            held,
            DECISIONS[name],
            revision=whole(request.POST.get("revision")),
            now=timezone.now(),
            why=why,
        ),
        told,
    ):
        return redirect(after or "review:desk")
    return redirect("review:month", pk=pk)
