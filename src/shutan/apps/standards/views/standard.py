"""The page of the management standard: chapters as known, clauses and weights as registered and confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.forms import add_errors
from shutan.apps.standards import chapters, register
from shutan.apps.standards.forms import ClauseForm, WeightsForm
from shutan.apps.standards.models import StandardClause, Weights
from shutan.rules.standards import MANAGEMENT


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The standard."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **bound: Any) -> HttpResponse:
    person = access.me(request)
    registers = access.may_open(person, "standards:register_clause", "POST")
    clauses = StandardClause.objects.select_related("registered_by", "decided_by")
    weights = Weights.objects.select_related("registered_by", "decided_by")
    if not registers:
        clauses, weights = clauses.filter(state="confirmed"), weights.filter(state="confirmed")
    current, record = register.weights_on(timezone.localdate())
    places = sorted(clauses, key=lambda one: [int(part) for part in one.number.split(".")])
    context = {
        "standard": MANAGEMENT,
        "chapters": [
            (
                clause,
                chapters.title(number),
                current[number],
                [one for one in places if one.chapter == number],
            )
            for number, clause in chapters.by_number().items()
        ],
        "record": record,
        "weights": [
            (one, [(chapters.title(number), one.weights[number]) for number in chapters.by_number()])
            for one in weights
        ],
        "registers": registers,
        "clause_form": bound.get("clause_form") or ClauseForm(),
        "weights_form": bound.get("weights_form") or WeightsForm(prefix="weights"),
    }
    return render(request, "standards/standard.html", context, status=status)


@require_POST
def register_clause(request: HttpRequest) -> HttpResponse:
    """Register a clause."""
    form = ClauseForm(request.POST)
    if form.is_valid():
        try:
            register.register_clause(access.me(request), **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Registered. It counts once a second person has confirmed it."))
            return redirect("standards:standard")
    return _page(request, 422, clause_form=form)


@require_POST
def register_weights(request: HttpRequest) -> HttpResponse:
    """Register weights."""
    form = WeightsForm(request.POST, prefix="weights")
    if form.is_valid():
        try:
            register.register_weights(access.me(request), **form.values(), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Registered. It counts once a second person has confirmed it."))
            return redirect("standards:standard")
    return _page(request, 422, weights_form=form)


@require_POST
def decide_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject a clause."""
    return _decide(request, register.decide_clause, get_object_or_404(StandardClause, pk=pk))


@require_POST
def decide_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject weights."""
    return _decide(request, register.decide_weights, get_object_or_404(Weights, pk=pk))


def _decide(request: HttpRequest, verb: Any, record: Any) -> HttpResponse:
    confirm = request.POST.get("decision") == "confirm"
    why = request.POST.get("why", "")[:500]
    try:
        verb(access.me(request), record, confirm=confirm, why=why, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Decided."))
    return redirect("standards:standard")
