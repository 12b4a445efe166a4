"""Pages of referrals: those sent and received, one with what was said, a new one."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.components import STATES
from shutan.apps.common.downloads import kept
from shutan.apps.common.forms import add_errors, given
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.referrals import actions, forms, queries
from shutan.apps.referrals.models import Referral

STANDINGS = ("open", "overdue", "answered", "returned", "closed")


def link(referral: Referral) -> str:
    """The page of a referral."""
    return reverse("referrals:referral", args=[referral.pk])


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Those one's organisation sent or received."""
    person, today = access.me(request), timezone.localdate()
    may_send = access.may_do(person, "referrals.send")
    listing = Listing(
        request,
        key="referrals",
        title=_("Referrals"),
        rows=queries.referrals(person, today=today),
        columns=[
            Column("subject", _("Subject"), sort="subject", link=link),
            Column("sender", _("Sender"), sort="sender__name_zh", wide=True),
            Column("recipient", _("Recipient"), sort="recipient__name_zh"),
            Column("about", _("About the enterprise"), sort="about__name_zh", wide=True),
            Column("number", _("Document number"), sort="number", shown=False),
            Column("at_state", _("Status"), sort="at_state", badge=True),
            Column("due", _("Answer by"), sort="due"),
            Column("sent_at", _("Sent"), sort="sent_at", wide=True),
            Column("changed_at", _("Changed"), sort="changed_at", shown=False),
        ],
        filters=[
            Filter(
                "side",
                _("Direction"),
                lambda rows, value: rows.filter(**{value: person.organisation_id}),
                [("recipient", _("Received")), ("sender", _("Sent by us"))],
            ),
            Filter(
                "state",
                _("Status"),
                lambda rows, value: rows.filter(at_state=value),
                [(one, STATES[one][0]) for one in STANDINGS],
            ),
        ],
        search=("subject", "number", "about__name_zh"),
        empty_title=_("No referral"),
        empty_text=_("Matters that authorities send each other stand here on both sides."),
        empty_link=(reverse("referrals:new"), _("New referral")) if may_send else None,
    )
    context = {"listing": listing, "may_send": may_send}
    return listing.response() or render(request, "referrals/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Send a matter to another authority."""
    person, today = access.me(request), timezone.localdate()
    form = forms.SendForm(person, today, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.send(person, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Sent. It stands on the recipient's worklist."))
            return redirect(link(made))
    return render(request, "referrals/new.html", {"form": form}, status=422 if form.errors else 200)


def _referral(request: HttpRequest, pk: int) -> Any:
    found = queries.referrals(access.me(request), today=timezone.localdate())
    return get_object_or_404(found, pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral: facts, what was said, and what one may do next."""
    return _page(request, _referral(request, pk))


def _page(
    request: HttpRequest,
    referral: Any,
    bound: dict[str, django_forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    person = access.me(request)
    typed = bound or {}
    names = {
        "answer": _("Answer"),
        "return": _("Return: not for us"),
        "ask_again": _("Ask again"),
        "close": _("Close"),
    }
    possible = [
        (name, names[name], typed.get(name) or _form(name, initial={"revision": referral.revision}))
        for name, (side, states, _after, _said) in actions.STEPS.items()
        if person.organisation_id == getattr(referral, f"{side}_id")
        and referral.state in states
        and access.may_do(person, f"referrals.{name}")
    ]
    context = {
        "referral": referral,
        "facts": [
            (_("Sender"), referral.sender),
            (_("Recipient"), referral.recipient),
            (_("About the enterprise"), referral.about),
            (_("Document number"), referral.number or None),
            (_("Answer by"), referral.due),
            (_("Sent"), referral.sent_at),
        ],
        "words": referral.words.select_related("by", "organisation"),
        "steps": possible,
    }
    return render(request, "referrals/referral.html", context, status=status)


def _form(name: str, *args: Any, **kwargs: Any) -> django_forms.Form:
    kind = forms.AskAgainForm if name == "ask_again" else forms.StepForm
    return kind(*args, **{"auto_id": f"{name}-%s"} | kwargs)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Answer, return, ask again or close."""
    referral = _referral(request, pk)
    if name not in actions.STEPS:
        raise Http404
    form = _form(name, request.POST, request.FILES)
    status = 422
    if form.is_valid():
        try:
            actions.step(access.me(request), referral, name, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        except actions.StaleError:
            told = _("Something was said meanwhile: read it above. What you wrote is kept.")
            form.add_error(None, told)
            referral = _referral(request, pk)
            data: Any = form.data.copy()  # type: ignore[attr-defined]
            data["revision"] = str(referral.revision)
            form.data, status = data, 409
        else:
            messages.success(request, _("Done."))
            return redirect(link(referral))
    return _page(request, referral, {name: form}, status)


@require_GET
def file(request: HttpRequest, pk: int, word: int, at: int) -> HttpResponse:
    """A file of one side."""
    said = get_object_or_404(_referral(request, pk).words, pk=word)
    if at >= len(said.files):
        raise Http404
    one = said.files[at]
    return kept(one["sha256"], one["name"])
