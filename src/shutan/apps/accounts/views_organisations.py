"""Pages of organisations: who is there, one organisation, registering and changing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access, actions, organisations, people, queries
from shutan.apps.accounts.forms_organisations import KINDS, OrganisationForm
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.accounts.words import action_names, what_a_kind_may
from shutan.apps.common.listing import Column, Filter, Listing


def link(organisation: Organisation) -> str:
    """An organisation's page."""
    return reverse("accounts:organisation", args=[organisation.pk])


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The organisations a person may see."""
    person = access.me(request)
    listing = Listing(
        request,
        key="organisations",
        title=_("Organisations"),
        rows=queries.organisations(person).select_related("head_office"),
        columns=[
            Column("name", _("Name"), sort="name_zh", link=link),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", wide=True),
            Column("division_code", _("Division code"), sort="division_code", wide=True),
            Column("head_office", _("Group head office"), sort="head_office__name_zh", shown=False),
            Column("contact_name", _("Contact person"), shown=False),
            Column("contact_phone", _("Telephone"), shown=False),
            Column("created_at", _("Registered at"), sort="created_at", shown=False),
        ],
        filters=[
            Filter("kind", _("Kind"), lambda rows, value: rows.filter(kind=value), Kind.choices),
            Filter(
                "division",
                _("Division code"),
                lambda rows, value: rows.filter(division_code__startswith=value),
            ),
        ],
        search=("name_zh", "name_en", "credit_code"),
        sort="name",
        empty_title=_("No organisation fits"),
        empty_text=_("Take a filter away to see more."),
    )
    context = {"listing": listing, "may_register": access.may_open(person, "accounts:organisation_new")}
    return listing.response() or render(request, "accounts/organisations.html", context)


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(queries.organisations(access.me(request)).select_related("head_office"), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: what it is, whom to call, what it may do here, what was done with its record."""
    person = access.me(request)
    organisation = _organisation(request, pk)
    own = person.organisation_id == organisation.pk
    names = action_names()
    plants = queries.organisations(person).filter(head_office=organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "facts": [
            (_("Kind"), organisation.get_kind_display()),
            (_("Name in Chinese"), organisation.name_zh),
            (_("Name in English"), organisation.name_en),
            (_("Unified social credit code"), organisation.credit_code),
            (_("Division code"), organisation.division_code),
            (_("Group head office"), organisation.head_office),
            (_("Registered at"), organisation.created_at),
        ],
        "contact": [
            (_("Address"), organisation.address),
            (_("Contact person"), organisation.contact_name),
            (_("Telephone"), organisation.contact_phone),
            (_("E-mail"), organisation.contact_email),
        ],
        "may": what_a_kind_may(organisation.kind) if own or person.kind == Kind.PROVINCE else [],
        "plants": plants[:100],
        "may_edit": access.may_do(person, "accounts.edit_organisation")
        and bool(organisations.fields(person, organisation)),
        "may_invite": people.may_run(person, organisation) and organisation.kind != Kind.PUBLIC,
        "people": queries.people(person).filter(organisation=organisation)[:100],
        "history": [
            (entry, names.get(entry.action, entry.action)) for entry in queries.history(organisation)[:50]
        ]
        if own or person.kind == Kind.PROVINCE
        else None,
    }
    return render(request, "accounts/organisation.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(
        request.POST or None, allowed=("kind", *organisations.REGISTERED, *organisations.CONTACT)
    )
    form.fields["kind"].choices = KINDS  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.changes()
        contact = {name: given.pop(name) for name in organisations.CONTACT if name != "name_en"}
        try:
            made = actions.create_organisation(
                access.me(request), **given, contact=contact, now=timezone.now(), why=form.cleaned_data["why"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Registered. Now give its first administrator a log-in."))
            return redirect(f"{reverse('accounts:person_new')}?organisation={made.pk}")
    context = {"form": form, "organisation": None}
    return render(request, "accounts/organisation_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an organisation's record."""
    organisation = _organisation(request, pk)
    allowed = organisations.fields(access.me(request), organisation)
    if not allowed:
        raise PermissionDenied
    revision = organisation.revision
    form = OrganisationForm(request.POST or None, instance=organisation, allowed=allowed)
    differs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        asked = request.POST.get("revision", "")
        try:
            organisations.edit(
                access.me(request),
                organisation,
                form.changes(),
                revision=int(asked) if asked.isascii() and asked.isdigit() else 0,
                now=timezone.now(),
                why=form.cleaned_data["why"],
            )
        except organisations.ChangedMeanwhileError as error:
            # What was typed stays; saving again, having seen the other's change, replaces it.
            differs, revision = error.differs, error.organisation.revision
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(link(organisation))
    context = {
        "form": form,
        "organisation": Organisation.objects.get(pk=pk),
        "revision": revision,
        "differs": differs,
        "changed_meanwhile": revision != organisation.revision or bool(differs),
    }
    failed = bool(form.errors) or context["changed_meanwhile"]
    return render(
        request,
        "accounts/organisation_form.html",
        context,
        status=409 if context["changed_meanwhile"] else 422 if failed else 200,
    )
