"""Pages of mandates, the same for both sides: list, one mandate, giving one, accepting, ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access, mandates, queries
from shutan.apps.accounts.forms_mandates import MandateForm, ReasonForm
from shutan.apps.accounts.models import Area, Kind, Mandate
from shutan.apps.accounts.words import action_names
from shutan.apps.common import files
from shutan.apps.common.downloads import kept
from shutan.apps.common.listing import Column, Filter, Listing


def link(mandate: Mandate) -> str:
    """A mandate's page."""
    return reverse("accounts:mandate", args=[mandate.pk])


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The mandates an organisation gave, or holds."""
    person = access.me(request)
    today = timezone.localdate()
    gives = access.may_open(person, "accounts:mandate_new")
    listing = Listing(
        request,
        key="mandates",
        title=_("Mandates"),
        rows=queries.mandates(person),
        columns=[
            Column("number", _("Document number"), sort="number", link=link),
            Column("principal", _("Principal"), sort="principal__name_zh"),
            Column("agent", _("Agent"), sort="agent__name_zh"),
            Column("areas", _("Areas"), value=lambda row: row.area_names, wide=True),
            Column("begins", _("First day"), sort="begins"),
            Column("ends", _("Last day"), sort="ends"),
            Column("state", _("Status"), value=lambda row: row.state(today), badge=True),
            Column("reason", _("Reason for ending"), shown=False),
        ],
        filters=[
            Filter("area", _("Area"), lambda rows, value: rows.filter(areas__contains=[value]), Area.choices),
            Filter(
                "open",
                _("Status"),
                lambda rows, value: (
                    rows.filter(pk__in=Mandate.objects.in_force(today))
                    if value == "in_force"
                    else rows.exclude(pk__in=Mandate.objects.in_force(today))
                ),
                [("in_force", _("Holds")), ("not", _("Does not hold"))],
            ),
        ],
        search=("number", "principal__name_zh", "principal__name_en", "agent__name_zh", "agent__name_en"),
        empty_title=_("No mandate"),
        empty_text=_(
            "With a mandate a service company prepares reports for your organisation; you submit them."
        )
        if person.kind == Kind.ENTERPRISE
        else _("An enterprise gives your company a mandate; it then stands here for you to accept."),
        empty_link=(reverse("accounts:mandate_new"), _("Give a mandate")) if gives else None,
    )
    context = {"listing": listing, "gives": gives}
    return listing.response() or render(request, "accounts/mandates.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give a mandate."""
    person = access.me(request)
    form = MandateForm(request.POST or None, request.FILES or None, initial={"begins": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        sent = given.pop("document")
        # A page too large is refused by its size before it is read.
        head = sent.read(files.LARGEST_DOCUMENT + 1) if sent else b""
        document = files.Upload(sent.name, head) if sent else None
        assert person.organisation is not None  # noqa: S101 - the table lets enterprises' people only
        try:
            mandate = mandates.give(
                person, principal=person.organisation, **given, document=document, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The mandate is offered. It holds once the company accepts it."))
            return redirect(link(mandate))
    status = 422 if form.errors else 200
    return render(request, "accounts/mandate_new.html", {"form": form}, status=status)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mandate: its parties, scope, days, document and what was done with it."""
    return _page(request, _mandate(request, pk), ReasonForm())


def _mandate(request: HttpRequest, pk: int) -> Mandate:
    return get_object_or_404(queries.mandates(access.me(request)), pk=pk)


def _page(request: HttpRequest, mandate: Mandate, form: ReasonForm, status: int = 200) -> HttpResponse:
    person = access.me(request)
    state = mandate.state(timezone.localdate())
    is_agent = mandate.agent_id == person.organisation_id
    open_still = state in ("offered", "upcoming", "in_force")
    names = action_names()
    context: dict[str, Any] = {
        "mandate": mandate,
        "state": state,
        "is_agent": is_agent,
        "may_accept": is_agent and state == "offered" and access.may_do(person, "accounts.accept_mandate"),
        "may_end": open_still and access.may_do(person, "accounts.end_mandate"),
        "form": form,
        "next": _next(state, is_agent=is_agent),
        "facts": [
            (_("Principal"), mandate.principal),
            (_("Agent"), mandate.agent),
            (_("Areas"), mandate.area_names),
            (_("First day"), mandate.begins),
            (_("Last day"), mandate.ends),
            (_("Document number"), mandate.number),
        ],
        "history": [
            (entry, names.get(entry.action, entry.action)) for entry in queries.history(mandate)[:50]
        ],
    }
    return render(request, "accounts/mandate.html", context, status=status)


def _next(state: str, *, is_agent: bool) -> str:
    """What comes next, for either side."""
    if state == "offered":
        return _("Accept or decline it") if is_agent else _("The service company accepts or declines it")
    if state == "in_force" and is_agent:
        return _("Prepare reports for the principal; the principal submits them")
    return ""


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed document."""
    mandate = _mandate(request, pk)
    if not mandate.document_sha256:
        raise Http404
    return kept(mandate.document_sha256, mandate.document_name)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it on."""
    mandate = _mandate(request, pk)
    try:
        mandates.accept(access.me(request), mandate, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Accepted. Your people may act from the first day of the mandate."))
    return redirect(link(mandate))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke, decline or lay it down, at once."""
    mandate = _mandate(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            mandates.end(access.me(request), mandate, now=timezone.now(), why=form.cleaned_data["why"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Ended. It cannot be used any more from this moment."))
            return redirect(link(mandate))
    return _page(request, mandate, form, status=422)
