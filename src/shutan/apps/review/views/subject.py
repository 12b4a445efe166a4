"""What the pages of a month and of an annual report have in common: the queue around them, ticks, the decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.review import actions, checklist, queries, risk, subjects
from shutan.apps.review.actions import Work
from shutan.apps.review.forms import AssignForm
from shutan.apps.review.models import Assignment, Question, Tick
from shutan.apps.review.sheet import sheet
from shutan.apps.review.subjects import MONTHS, Subject
from shutan.apps.review.views import performed, whole
from shutan.apps.review.views.desk import WHO, whose


def subject_of(request: HttpRequest, what: str, pk: int) -> Any:
    """A filed month or a submitted report the person may see, or 404."""
    held = subjects.get(access.me(request), what, pk)
    if not subjects.is_filed(held):
        raise Http404
    return held


def neighbours(request: HttpRequest, held: Subject) -> dict[str, Any]:
    """Where it stands in the person's queue, and the addresses of those beside it."""
    person, asked = access.me(request), request.GET.get("who", "")
    kind = subjects.kind_of(held)
    queue = queries.queue if kind is MONTHS else queries.report_queue
    rows = queue(person, today=timezone.localdate())
    if asked in WHO:
        rows = whose(rows, person, asked)
    numbers = list(rows.values_list("pk", flat=True))
    query = f"?who={asked}" if asked in WHO else ""

    def url(pk: int) -> str:
        return reverse(kind.page, args=[pk]) + query

    if held.pk not in numbers:
        return {"queue_after": url(numbers[0]) if numbers else "", "queue_query": query}
    at = numbers.index(held.pk)
    return {
        "queue_place": at + 1,
        "queue_length": len(numbers),
        "queue_query": query,
        "queue_before": url(numbers[at - 1]) if at else "",
        "queue_after": url(numbers[at + 1]) if at + 1 < len(numbers) else "",
    }


def about(
    request: HttpRequest, held: Subject, findings: Iterable[Any], questions: list[Question]
) -> dict[str, Any]:
    """What both pages show."""
    person, kind = access.me(request), subjects.kind_of(held)
    reviews = queries.is_reviewer(person)
    corrected, state = subjects.is_corrected(held), subjects.state(held)
    waits = reviews and state in queries.stages(person) and not corrected
    given = _assignment(person.organisation_id, held) if reviews else None
    decides = {
        name: waits and access.may_do(person, kind.actions[name]) and state != to
        for name, to in kind.decisions.items()
    }
    return {
        "what": kind.name,
        "subject": held,
        "state": "replaced" if corrected else state,
        "revision": subjects.revision(held),
        "findings": findings,
        "questions": questions,
        "reviews": reviews,
        "waits": waits,
        "decides": [(name, _words(to), name.startswith("return")) for name, to in kind.decisions.items() if decides[name]],
        "may": {
            "tick": waits and access.may_do(person, "review.tick"),
            "ask": reviews and access.may_do(person, "review.ask"),
            "reply": not reviews and subjects.changes(person, held.organisation) and access.may_do(person, "review.answer"),
        },
        "phrases": queries.phrases(person) if reviews else (),
        "assignment": given,
        "assign_form": AssignForm(person, initial={"reviewer": given and given.reviewer_id})
        if reviews and access.may_do(person, "review.assign")
        else None,
        "verdicts": Tick.Verdict.choices,
        **(neighbours(request, held) if reviews else {}),
    }  # fmt: skip


def _words(to: str) -> str:
    return {
        "passed_city": _("Pass on to the province"),
        "accepted": _("Accept"),
        "returned": _("Return to the enterprise"),
    }[to]


def _assignment(authority: int | None, held: Subject) -> Assignment | None:
    work = Work.of(held)
    found = Assignment.objects.filter(
        authority=authority,
        organisation=work.organisation,
        rule_set=work.rule_set,
        year=work.year,
        month=work.month,
    )
    return found.select_related("reviewer").first()


@require_GET
def risk_of(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Why it weighs what it weighs."""
    held = subject_of(request, what, pk)
    if not queries.is_reviewer(access.me(request)):
        raise Http404
    lines = risk.lines(held)
    context = {
        "subject": held,
        "score": sum(product for _name, _number, _weight, product in lines),
        "screened": what != MONTHS.name or risk.is_screened(held),
        "lines": lines,
        "findings": subjects.findings(access.me(request), held),
        "reviews": True,
    }
    return render(request, "review/risk.html", context)


@require_POST
def tick(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Say what was found for one item; htmx gets the paper's items back."""
    person = access.me(request)
    held = subject_of(request, what, pk)
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
        return redirect(subjects.url(held))
    lines = _lines(request, held, need, tuple(key))
    context = {"what": what, "subject": held, "checks": lines, "is_open": True, "may": {"tick": True}}
    return render(request, "review/_checks.html", context | {"verdicts": Tick.Verdict.choices})


def _lines(request: HttpRequest, held: Any, need: str, key: tuple[str, ...]) -> list[checklist.Line]:
    person = access.me(request)
    if subjects.kind_of(held) is not MONTHS:
        return checklist.of_report(checklist.ticks(held, person.organisation_id))
    for group in sheet(person, held, (), ()).groups:
        for line in group.lines:
            for wanted, lines in line.papers:
                if (wanted.need.name, wanted.key) == (need, key):
                    return lines
    raise Http404


@require_POST
def decide(request: HttpRequest, what: str, pk: int, name: str) -> HttpResponse:
    """Let it pass, accept it or return it, then go on to the next in the queue."""
    person = access.me(request)
    held = subject_of(request, what, pk)
    to = subjects.kind_of(held).decisions.get(name)
    if to is None:
        raise Http404
    after = neighbours(request, held)["queue_after"]
    done = {
        "passed_city": _("Passed on to the province."),
        "accepted": _("Accepted."),
        "returned": _("Returned to the enterprise."),
    }[to]
    told = f"{held.organisation} {held.period}: {done}"
    why, seen = request.POST.get("why", "")[:500], whole(request.POST.get("revision"))
    if performed(
        request,
        lambda: subjects.decide(person, held, name, revision=seen, now=timezone.now(), why=why),
        told,
    ):
        return redirect(after or ("review:desk" if what == MONTHS.name else "review:reports"))
    return redirect(subjects.url(held))
