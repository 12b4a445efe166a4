"""What accounts ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access, queries
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task

WARN_BEFORE = timedelta(days=14)
MANDATE_ENDS = timedelta(days=30)


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Tokens that are about to expire, for a program would stop working; mandates to accept or to renew."""
    soon = queries.tokens(person).filter(
        revoked_at=None, expires_at__gt=now, expires_at__lt=now + WARN_BEFORE
    )
    for token in soon:
        yield Task(
            title=_("API token expires: %(label)s") % {"label": token.label},
            url=reverse("accounts:profile") + "#tokens",
            state="due",
            due=timezone.localtime(token.expires_at).date(),
        )
    if access.may_do(person, "accounts.end_mandate"):
        yield from _mandates(person, timezone.localdate(now))


def _mandates(person: User, today: date) -> Iterator[Task]:
    """Those offered to one's company, and those in force that end soon without one to follow."""
    for mandate in queries.mandates(person).filter(revoked_at=None, ends__gte=today):
        url = reverse("accounts:mandate", args=[mandate.pk])
        is_agent = mandate.agent_id == person.organisation_id
        other = str(mandate.principal if is_agent else mandate.agent)
        if mandate.accepted_at is None and is_agent:
            yield Task(_("Accept or decline the mandate offered to you"), url, "due", subject=other)
        elif mandate.accepted_at and mandate.ends < today + MANDATE_ENDS:
            yield Task(_("Mandate ends: give a new one if work goes on"), url, "due", mandate.ends, other)
