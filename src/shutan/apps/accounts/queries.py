"""Every read of accounts, scoped to the person who asks: what they may not see is not in the answer."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import ApiToken, Area, Kind, LogEntry, Mandate, Organisation, User


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


def history(subject: Model) -> QuerySet[LogEntry]:
    """What was done to a record the person was given by another query, the latest first."""
    found = LogEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))  # noqa: SLF001
    return found.select_related("organisation").order_by("-at", "-pk")
