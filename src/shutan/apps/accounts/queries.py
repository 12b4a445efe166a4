"""Every read of accounts, scoped to the person who asks: what they may not see is not in the answer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import ApiToken, Area, Kind, LogEntry, Organisation, User


def display_name(user: User) -> str:
    """How a person is called on pages (allauth asks for it)."""
    return user.get_full_name()


def organisations(person: User) -> QuerySet[Organisation]:
    """Those a person sees today in the directory: see `scope`."""
    return scope.organisations(person, Area.DIRECTORY, today=timezone.localdate())


def people(person: User) -> QuerySet[User]:
    """People of one's own organisation."""
    return (
        User.objects.filter(organisation=person.organisation)
        .exclude(organisation=None)
        .select_related("organisation")
        .order_by("username")
    )


def tokens(person: User) -> QuerySet[ApiToken]:
    """One's own tokens, the newest first."""
    return ApiToken.objects.filter(user=person).order_by("-created_at", "-pk")


def log(person: User) -> QuerySet[LogEntry]:
    """What was done by or in one's own organisation; a public person sees what they did themselves."""
    entries = LogEntry.objects.order_by("-at", "-pk")
    if person.kind == Kind.PUBLIC or person.organisation_id is None:
        return entries.filter(actor=person)
    return entries.filter(organisation_id=person.organisation_id)
