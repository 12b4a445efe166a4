"""What accounts ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import queries
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task

WARN_BEFORE = timedelta(days=14)


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Tokens that are about to expire: a program would stop working."""
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
