"""Every read of referrals: the two sides see them, nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from shutan.apps.accounts.models import DEPARTMENTS, Area, Kind, Organisation, User
from shutan.apps.accounts.scope import organisations
from shutan.apps.referrals.models import Referral

# Who sends and answers.
AUTHORITIES = (Kind.PROVINCE, Kind.CITY, *DEPARTMENTS)


def referrals(person: User, *, today: date) -> QuerySet[Any]:
    """Those one's organisation sent or received, with `at_state`: the state, or `overdue`; what waits comes first."""
    mine = Q(sender=person.organisation_id) | Q(recipient=person.organisation_id)
    found = Referral.objects.filter(mine) if person.organisation_id else Referral.objects.none()
    late = When(state=Referral.State.OPEN, due__lt=today, then=Value("overdue"))
    return (
        found.select_related("sender", "recipient", "about")
        .annotate(at_state=Case(late, default="state"))
        .order_by("-changed_at", "-pk")
    )


def recipients(person: User) -> QuerySet[Organisation]:
    """To whom a person's authority may send: every other authority."""
    return (
        Organisation.objects.filter(kind__in=AUTHORITIES)
        .exclude(pk=person.organisation_id or 0)
        .order_by("kind", "division_code", "name_zh")
    )


def subjects(person: User, *, today: date) -> QuerySet[Organisation]:
    """The enterprises a referral may be about: those whose directory rows the sender sees."""
    return organisations(person, Area.DIRECTORY, today=today).filter(kind=Kind.ENTERPRISE)
