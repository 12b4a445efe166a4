"""Applying, deciding, and what happens to a registration afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.bodies import actions, content, queries
from shutan.apps.bodies.forms import DecisionForm, StandingForm, SubmitForm
from shutan.apps.bodies.models import Application
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.bodies.views.public import profile_facts
from shutan.apps.bodies.views.record import body_of, conflict_lines, link, overview
from shutan.apps.common.refusals import BlockedError, StaleError


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the record in."""
    held = body_of(request, pk)
    form = SubmitForm(request.POST)
    sent = request.POST.get("revision", "")
    if not form.is_valid():
        return overview(request, held, 422, submit_form=form)
    try:
        actions.submit(
            access.me(request),
            held,
            revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
    except StaleError:
        messages.error(
            request, _("Someone changed the record since you read it: look at it again, then apply.")
        )
    except BlockedError as error:
        messages.error(request, " ".join(error.reasons))
    else:
        messages.success(
            request, _("Sent to the province. The record is locked until it decides or you take it back.")
        )
    return redirect(link(held))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on working at the record."""
    held = body_of(request, pk)
    try:
        actions.take_back(access.me(request), held, now=timezone.now())
    except BlockedError as error:
        messages.error(request, " ".join(error.reasons))
    else:
        messages.success(request, _("Taken back. The record can be changed again."))
    return redirect(link(held))


def _application(request: HttpRequest, pk: int, number: int) -> Application:
    return get_object_or_404(queries.applications(access.me(request)), body=body_of(request, pk), pk=number)


@require_GET
def application(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was sent in, what it changes, and what was said to it."""
    return _page(request, _application(request, pk, number), DecisionForm())


def _page(request: HttpRequest, one: Application, form: DecisionForm, status: int = 200) -> HttpResponse:
    person = access.me(request)
    before = Application.objects.filter(body=one.body, state=Application.State.APPROVED, pk__lt=one.pk)
    approved = before.first()
    parts = [
        {
            "title": section.title,
            "heads": [section.label(name) for name in section.names],
            "rows": [
                [content.shown(key, name, row.get(name)) for name in section.names]
                for row in one.content[key]
            ],
        }
        for key, section in SECTIONS.items()
    ]
    context = {
        "application": one,
        "body": one.body,
        "profile": profile_facts(one.content["profile"]),
        "parts": parts,
        "before": approved,
        "changes": content.differences(approved.content, one.content) if approved else [],
        "conflicts": conflict_lines(content.record(one.body))
        if one.state == Application.State.REVIEW
        else [],
        "form": form,
        "may_decide": one.state == Application.State.REVIEW and access.may_do(person, "bodies.decide"),
    }
    return render(request, "bodies/application.html", context, status=status)


@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Publish or return."""
    one = _application(request, pk, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, 422)
    approve = form.cleaned_data["decision"] == "approve"
    try:
        actions.decide(
            access.me(request),
            one,
            approve=approve,
            reason=form.cleaned_data["reason"],
            valid_until=form.cleaned_data["valid_until"] if approve else None,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, one, form, 422)
    except BlockedError as error:
        messages.error(request, " ".join(error.reasons))
        return redirect(reverse("bodies:application", args=[pk, number]))
    messages.success(request, _("Published.") if approve else _("Returned with your reasons."))
    return redirect(link(one.body))


@require_POST
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend, resume or withdraw."""
    held = body_of(request, pk)
    form = StandingForm(request.POST)
    if form.is_valid():
        try:
            actions.change_standing(access.me(request), held, now=timezone.now(), **form.cleaned_data)
        except (ValidationError, BlockedError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else " ".join(error.reasons))
        else:
            messages.success(request, _("Done. The reason stands on the public page."))
            return redirect(link(held))
    return overview(request, held, 422, standing_form=form)
