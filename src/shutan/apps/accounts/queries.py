"""Every read of accounts, scoped to the person who asks: what they may not see is not in the answer."""

from __future__ import annotations

from datetime import date

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import (
    ApiToken,
    Area,
    Deputy,
    Kind,
    LogEntry,
    Mandate,
    Organisation,
    Role,
    User,
)


def display_name(user: User) -> str:
    """How a person is called on pages (allauth asks for it)."""
    return user.get_full_name()


def organisations(person: User) -> QuerySet[Organisation]:
    """Those a person sees today in the directory: see `scope`."""
    return scope.organisations(person, Area.DIRECTORY, today=timezone.localdate())


def people(person: User) -> QuerySet[User]:
    """People of one's own organisation; the province's administrator also sees who administers the others."""
    every = User.objects.exclude(organisation=None).select_related("organisation").order_by("username")
    if person.kind == Kind.PUBLIC:  # members of the public share an organisation and nothing else
        return every.filter(pk=person.pk)
    own = Q(organisation=person.organisation_id)
    if person.kind == Kind.PROVINCE and person.role == Role.ADMIN:
        return every.filter(own | Q(role=Role.ADMIN))
    return every.filter(own)


def deputies(person: User, today: date) -> QuerySet[Deputy]:
    """Who stands in for a person the asker was given by `people`: now or later."""
    found = Deputy.objects.filter(person=person, ended_at=None, ends__gte=today)
    return found.select_related("deputy", "person").order_by("begins", "pk")


def tokens(person: User) -> QuerySet[ApiToken]:
    """One's own tokens, the newest first."""
    return ApiToken.objects.filter(user=person).order_by("-created_at", "-pk")


def mandates(person: User) -> QuerySet[Mandate]:
    """Those one's organisation gave or holds, the latest first."""
    if person.organisation_id is None:
        return Mandate.objects.none()
    parties = Q(principal=person.organisation_id) | Q(agent=person.organisation_id)
    found = Mandate.objects.filter(parties).order_by("-given_at", "-pk")
    return found.select_related("principal", "agent", "given_by", "accepted_by", "revoked_by")


def agents() -> QuerySet[Organisation]:
    """Service companies, which anyone may give a mandate to."""
    return Organisation.objects.filter(kind=Kind.SERVICE).order_by("name_zh")


def log(person: User) -> QuerySet[LogEntry]:
    """What was done by one's own organisation or for it under a mandate; a public person sees what they did themselves."""
    entries = LogEntry.objects.select_related("organisation", "on_behalf_of").order_by("-at", "-pk")
    if person.kind == Kind.PUBLIC or person.organisation_id is None:
        return entries.filter(actor=person)
    return entries.filter(Q(organisation=person.organisation_id) | Q(on_behalf_of=person.organisation_id))


def logged(entries: QuerySet[LogEntry], *, since: str = "", until: str = "") -> QuerySet[LogEntry]:
    """Entries between two days as people type them; what is no day narrows nothing."""
    for text, lookup in ((since, "at__date__gte"), (until, "at__date__lte")):
        try:
            entries = entries.filter(**{lookup: date.fromisoformat(text)}) if text else entries
        except ValueError:
            continue
    return entries


def history(subject: Model) -> QuerySet[LogEntry]:
    """What was done to a record the person was given by another query, the latest first."""
    found = LogEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))  # noqa: SLF001
    return found.select_related("organisation").order_by("-at", "-pk")
