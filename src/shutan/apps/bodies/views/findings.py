"""Findings at a body: recorded by an authority, answered by the body, closed with a result."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.bodies import actions, queries
from shutan.apps.bodies.forms import AnswerForm, CloseForm, FindingForm
from shutan.apps.bodies.models import Finding
from shutan.apps.bodies.views.record import body_of
from shutan.apps.common.refusals import BlockedError


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a finding on record."""
    held = body_of(request, pk)
    form = FindingForm(request.POST or None, initial={"found_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_finding(access.me(request), held, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Recorded. The body is asked to answer."))
            return redirect(reverse("bodies:finding", args=[held.pk, made.pk]))
    status = 422 if form.errors else 200
    return render(request, "bodies/new_finding.html", {"body": held, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One finding; the body answers here, the authority closes here."""
    held = body_of(request, pk)
    person = access.me(request)
    finding = get_object_or_404(queries.findings(person), body=held, pk=number)
    is_open = finding.state != Finding.State.SETTLED
    may_answer = is_open and queries.is_own(person, held) and access.may_do(person, "bodies.answer_finding")
    may_close = (
        is_open
        and access.may_do(person, "bodies.close_finding")
        and (person.kind == Kind.PROVINCE or person.organisation_id == finding.recorded_for_id)
    )
    answer = AnswerForm(initial={"answer": finding.answer})
    close = CloseForm()
    if request.method == "POST":
        if not (may_answer or may_close):
            raise PermissionDenied
        form: AnswerForm | CloseForm = AnswerForm(request.POST) if may_answer else CloseForm(request.POST)
        if form.is_valid():
            try:
                if may_answer:
                    actions.answer_finding(person, finding, form.cleaned_data["answer"], now=timezone.now())
                else:
                    actions.close_finding(person, finding, form.cleaned_data["result"], now=timezone.now())
            except BlockedError as error:
                messages.error(request, " ".join(error.reasons))
            else:
                messages.success(request, _("Saved."))
            return redirect(request.path)
        answer, close = (form, close) if isinstance(form, AnswerForm) else (answer, form)
    context = {
        "body": held,
        "finding": finding,
        "may_answer": may_answer,
        "may_close": may_close,
        "answer_form": answer,
        "close_form": close,
        "facts": [
            (_("Found on"), finding.found_on),
            (_("Found through"), finding.source),
            (_("Recorded by"), finding.recorded_for or _("System")),
            (_("Shown to the public"), _("once closed") if finding.is_public else _("no")),
        ],
    }
    return render(request, "bodies/finding.html", context, status=422 if request.method == "POST" else 200)
