"""Pages of accounts: profile with tokens, people, activity log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access, actions, queries
from shutan.apps.accounts.forms import TokenForm
from shutan.apps.accounts.models import Kind, LogEntry, Role, User
from shutan.apps.accounts.words import action_names
from shutan.apps.common.listing import Column, Filter, Listing


def _profile(
    request: HttpRequest, form: TokenForm, issued: actions.IssuedToken | None = None
) -> HttpResponse:
    person = access.me(request)
    facts = [
        (_("Log-in"), person.username),
        (_("Full name"), person.name),
        (_("E-mail"), person.email),
        (_("Organisation"), person.organisation),
        (_("Role"), person.get_role_display()),
    ]
    context = {
        "facts": facts,
        "form": form,
        "issued": issued,
        "now": timezone.now(),
        "tokens": queries.tokens(person),
        "may_create_token": access.may_do(person, "accounts.create_token"),
        "densities": User.Density.choices,
        "languages": User.Language.choices,
    }
    return render(request, "accounts/profile.html", context)


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am, how pages look for me, my tokens."""
    return _profile(request, TokenForm())


@require_POST
@never_cache
def token_create(request: HttpRequest) -> HttpResponse:
    """Issue a token; its secret is on this one answer and nowhere else."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _profile(request, form)
    issued = actions.create_token(access.me(request), **form.cleaned_data, now=timezone.now())
    return _profile(request, TokenForm(), issued)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my tokens."""
    token = get_object_or_404(queries.tokens(access.me(request)), pk=pk)
    actions.revoke_token(access.me(request), token, now=timezone.now())
    return redirect("accounts:profile")


@require_POST
def density(request: HttpRequest) -> HttpResponse:
    """Keep the row height; the page has changed it already, so the answer is empty."""
    chosen = request.POST.get("density", "")
    if chosen in User.Density.values:
        actions.change_preferences(access.me(request), density=chosen, now=timezone.now())
    return HttpResponse(status=204)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who has a log-in in my organisation; for the province's administrator also who administers the others."""
    person = access.me(request)
    sees_others = person.kind == Kind.PROVINCE and person.role == Role.ADMIN
    listing = Listing(
        request,
        key="people",
        title=_("People"),
        rows=queries.people(person),
        columns=[
            Column(
                "name",
                _("Full name"),
                value=str,
                sort="name",
                link=lambda user: reverse("accounts:person", args=[user.pk]),
            ),
            Column("username", _("Log-in"), sort="username"),
            Column("organisation", _("Organisation"), sort="organisation__name_zh", shown=sees_others),
            Column("role", _("Role"), value=lambda user: user.get_role_display(), sort="role"),
            Column("email", _("E-mail"), shown=False),
            Column("last_login", _("Last sign-in"), sort="last_login"),
            Column(
                "state", _("Status"), value=lambda user: "normal" if user.is_active else "closed", badge=True
            ),
        ],
        filters=[Filter("role", _("Role"), lambda rows, value: rows.filter(role=value), Role.choices)],
        search=("name", "username"),
        sort="username",
        empty_title=_("No person fits"),
        empty_text=_("Take a filter away to see more people of your organisation."),
    )
    context = {"listing": listing, "may_invite": access.may_open(person, "accounts:person_new")}
    return listing.response() or render(request, "accounts/people.html", context)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """What was done, by whom and why."""
    names = action_names()
    listing = Listing(
        request,
        key="log",
        title=_("Activity log"),
        rows=queries.log(access.me(request)),
        columns=[
            Column("at", _("When"), sort="at"),
            Column("actor_name", _("Who"), sort="actor_name"),
            Column(
                "action",
                _("Action"),
                value=lambda entry: names.get(entry.action, entry.action),
                sort="action",
            ),
            Column("subject_label", _("Subject")),
            Column("why", _("Reason")),
            Column("organisation", _("Organisation"), shown=False),
            Column("on_behalf_of", _("On behalf of"), wide=True),
            Column("via", _("Through"), value=lambda entry: entry.get_via_display(), shown=False),
        ],
        filters=[
            Filter("action", _("Action"), lambda rows, value: rows.filter(action=value), list(names.items())),
            Filter("via", _("Through"), lambda rows, value: rows.filter(via=value), LogEntry.Via.choices),
            Filter("since", _("From (2026-01-31)"), lambda rows, value: queries.logged(rows, since=value)),
            Filter("until", _("To (2026-01-31)"), lambda rows, value: queries.logged(rows, until=value)),
        ],
        search=("actor_name", "subject_label", "why"),
        sort="-at",
        empty_title=_("Nothing was done yet"),
        empty_text=_("Each action of your organisation will stand here with its time, person and reason."),
    )
    return listing.response() or render(request, "accounts/log.html", {"listing": listing})
