"""How allauth behaves here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shutan.apps.accounts import sessions


class AccountAdapter(DefaultAccountAdapter):
    """Log-ins are given by an organisation's administrator: nobody signs up alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong attempts: this log-in is locked for five minutes, also for the right password. If it was not you who tried, tell your administrator."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        """Never."""
        return False


class SocialAdapter(DefaultSocialAccountAdapter):
    """Who comes from the identity provider is matched to the log-in their organisation gave them, or turned away."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time: by an address the provider has verified and exactly one open log-in has."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified]
        person = sessions.invited(verified)
        if person is None:
            messages.error(
                request,
                _(
                    "No log-in has this address. Ask the administrator of your organisation to give you one, or to enter your address in it."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sessions.link_identity(person, provider=sociallogin.account.provider, now=timezone.now())
        sociallogin.connect(request, person)
