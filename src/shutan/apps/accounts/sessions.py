"""Where a person is signed in, and who comes from an identity provider."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db.models import Q

from shutan.apps.accounts.log import Actor, System, act
from shutan.apps.accounts.models import User


def of(person: User) -> list[UserSession]:
    """The person's open sessions, the latest first; those that ended meanwhile are forgotten."""
    found: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def end(actor: Actor, person: User, ended: Iterable[UserSession], *, now: datetime, why: str = "") -> int:
    """End some of a person's sessions at once; returns how many."""
    several = [session for session in ended if session.user_id == person.pk]
    with act(actor, "accounts.end_sessions", now=now, why=why) as entry:
        get_adapter().end_sessions(several)
        entry.about(person, count=len(several))
    return len(several)


def invited(addresses: Iterable[str]) -> User | None:
    """The one open log-in of an organisation that has one of these addresses; none where several have."""
    wanted = Q()
    for address in addresses:
        wanted |= Q(email__iexact=address)
    if not wanted:
        return None
    found = User.objects.filter(wanted, is_active=True, organisation__isnull=False)[:2]
    return found[0] if len(found) == 1 else None


def link_identity(person: User, *, provider: str, now: datetime) -> None:
    """Note that a person of the identity provider is the person of this log-in from now on."""
    with act(System("OpenID Connect"), "accounts.link_identity", now=now) as entry:
        entry.about(person, provider=provider)
