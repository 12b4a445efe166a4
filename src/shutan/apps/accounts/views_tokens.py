"""API tokens of one's organisation, for its administrator: who has which, and an end to any of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access, tokens
from shutan.apps.accounts.models import ApiToken
from shutan.apps.common.listing import Column, Filter, Listing


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All tokens of people of my organisation."""
    person, now = access.me(request), timezone.now()
    states = [("normal", _("Usable")), ("expired", _("Expired")), ("revoked", _("Revoked"))]
    listing = Listing(
        request,
        key="tokens",
        title=_("API tokens"),
        rows=tokens.of_organisation(person),
        columns=[
            Column(
                "label",
                _("Used for"),
                sort="label",
                link=lambda token: reverse("accounts:token", args=[token.pk]),
            ),
            Column("user__name", _("Person"), sort="user__name"),
            Column("scope", _("Scope"), value=lambda token: token.get_scope_display(), sort="scope"),
            Column("state", _("Status"), value=lambda token: token.state(now), badge=True),
            Column("last_used_at", _("Last used"), sort="last_used_at", wide=True),
            Column("expires_at", _("Expires"), sort="expires_at", wide=True),
            Column("hint", _("Begins with"), shown=False),
            Column("created_at", _("Created"), sort="created_at", shown=False),
        ],
        filters=[
            Filter("scope", _("Scope"), lambda rows, value: rows.filter(scope=value), ApiToken.Scope.choices),
            Filter(
                "state",
                _("Status"),
                lambda rows, value: rows & tokens.of_organisation(person).in_state(value, now),
                states,
            ),
        ],
        search=("label", "user__name", "hint"),
        sort="-created_at",
        empty_title=_("No tokens"),
        empty_text=_("People make them in their profile, for programs that act for them."),
    )
    return listing.response() or render(request, "accounts/tokens.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One token of my organisation; posted, it ends."""
    person = access.me(request)
    token = get_object_or_404(tokens.of_organisation(person), pk=pk)
    if request.method == "POST":
        tokens.revoke(person, token, now=timezone.now(), why=request.POST.get("why", "")[:500])
        messages.success(request, _("The token was revoked: programs that use it stop working."))
        return redirect("accounts:tokens")
    now = timezone.now()
    facts = [
        (_("Person"), token.user),
        (_("Scope"), token.get_scope_display()),
        (_("Begins with"), f"{token.hint}…"),
        (_("Created"), token.created_at),
        (_("Last used"), token.last_used_at),
        (_("Expires"), token.expires_at),
        (_("Revoked"), token.revoked_at),
    ]
    context = {"token": token, "facts": facts, "state": token.state(now), "usable": token.is_usable(now)}
    return render(request, "accounts/token.html", context)
