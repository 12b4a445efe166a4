"""Pages of an organisation's people: one person, inviting, changing a role, leaving, standing in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access, actions, people, queries
from shutan.apps.accounts.forms_organisations import DeputyForm, LeaveForm, PersonForm, RoleForm
from shutan.apps.accounts.models import Deputy, Organisation, User
from shutan.apps.accounts.words import action_names


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Give a person a log-in; the answer shows once the address at which they set their password."""
    person = access.me(request)
    organisation = _runs(request, person)
    form = PersonForm(request.POST or None, organisation=organisation)
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_user(
                person, organisation, **form.cleaned_data, password=None, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            address = request.build_absolute_uri(people.invitation(made))
            return render(request, "accounts/person_invited.html", {"made": made, "address": address})
    return render(request, "accounts/person_new.html", context, status=422 if form.errors else 200)


def _runs(request: HttpRequest, person: User) -> Organisation:
    """The organisation whose log-ins are to be run: the person's own unless another is named."""
    asked = request.GET.get("organisation", "")
    if not asked.isascii() or not asked.isdigit():
        asked = str(person.organisation_id)
    organisation = get_object_or_404(queries.organisations(person), pk=asked)
    if not people.may_run(person, organisation):
        raise PermissionDenied
    return organisation


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.people(access.me(request)), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: role, standing-in, what an administrator may do."""
    return _page(request, _person(request, pk))


def _page(request: HttpRequest, shown: User, status: int = 200, **forms: Form) -> HttpResponse:
    person = access.me(request)
    home = shown.organisation
    assert home is not None  # noqa: S101 - people without an organisation are in nobody's list
    runs = person.organisation_id == home.pk and access.may_do(person, "accounts.change_role")
    me = person.pk == shown.pk
    names = action_names()
    today = timezone.localdate()
    context: dict[str, Any] = {
        "shown": shown,
        "today": today,
        "facts": [
            (_("Log-in"), shown.username),
            (_("Full name"), shown.name),
            (_("E-mail"), shown.email),
            (_("Organisation"), home),
            (_("Role"), shown.get_role_display()),
            (_("Last sign-in"), shown.last_login),
        ],
        "runs": runs and shown.is_active,
        "may_deputise": (runs or me) and shown.is_active,
        "may_end": runs or me,
        "role_form": forms.get("role_form")
        or RoleForm(organisation=home, initial={"role": shown.role}, auto_id="role-%s"),
        "leave_form": forms.get("leave_form") or LeaveForm(person=shown, auto_id="leave-%s"),
        "deputy_form": forms.get("deputy_form")
        or DeputyForm(person=shown, initial={"begins": today}, auto_id="deputy-%s"),
        "deputies": queries.deputies(shown, today),
        "history": [(entry, names.get(entry.action, entry.action)) for entry in queries.history(shown)[:50]],
    }
    return render(request, "accounts/person.html", context, status=status)


@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person another role."""
    shown = _person(request, pk)
    form = RoleForm(request.POST, organisation=shown.organisation, auto_id="role-%s")  # type: ignore[arg-type]
    if form.is_valid():
        try:
            people.change_role(access.me(request), shown, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role is changed; it counts from the next click."))
            return redirect("accounts:person", pk=pk)
    return _page(request, shown, 422, role_form=form)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the log-in; with a successor what waits moves to them."""
    shown = _person(request, pk)
    form = LeaveForm(request.POST, person=shown, auto_id="leave-%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            if successor := given["successor"]:
                moved = people.hand_over(
                    access.me(request), shown, successor, now=timezone.now(), why=given["why"]
                )
                told = _("Closed. %(n)s things moved to %(name)s.") % {
                    "n": sum(moved.values()),
                    "name": successor,
                }
            else:
                actions.deactivate_user(access.me(request), shown, now=timezone.now(), why=given["why"])
                told = _("The log-in is closed.")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told)
            return redirect("accounts:person", pk=pk)
    return _page(request, shown, 422, leave_form=form)


@require_POST
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague stand in."""
    shown = _person(request, pk)
    form = DeputyForm(request.POST, person=shown, auto_id="deputy-%s")
    if form.is_valid():
        try:
            people.appoint_deputy(access.me(request), shown, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted. The deputy has this role in those days."))
            return redirect("accounts:person", pk=pk)
    return _page(request, shown, 422, deputy_form=form)


@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a standing-in."""
    found = get_object_or_404(
        Deputy.objects.select_related("person", "deputy"),
        pk=pk,
        person__in=queries.people(access.me(request)),
    )
    people.end_deputy(access.me(request), found, now=timezone.now())
    messages.success(request, _("Ended."))
    return redirect(reverse("accounts:person", args=[found.person_id]))
