"""THE scoping of all apps: of which organisations a person sees an area's rows, and for which they may change them.

    rows.filter(organisation__in=organisations(person, Area.REPORTING, today=today))
    if not acts_for(person, organisation, Area.REPORTING, today=today): raise PermissionDenied

Both ask the database each time, so that a mandate that ends takes effect with the next click.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shutan.apps.accounts.models import DEPARTMENTS, Area, Kind, Mandate, Organisation, User

# Whole province: the code of Sichuan; a city's or county's organisation has its own.
PROVINCE_DIVISION = "510000"
# Whose rows of an area may be changed by the organisation they belong to alone, and under a mandate.
PRINCIPALS = (Kind.ENTERPRISE,)


def organisations(person: User, area: str, *, today: date) -> QuerySet[Organisation]:
    """The organisations whose rows of an area the person may SEE on a day, ordered by name."""
    every = Organisation.objects.order_by("name_zh")
    home = person.organisation
    if home is None:
        return every.none()
    own = Q(pk=home.pk)
    if person.kind == Kind.PROVINCE:
        return every
    if person.kind == Kind.CITY:
        return every.filter(own | _division(home))
    if person.kind == Kind.GROUP:
        return every.filter(own | Q(head_office=home))
    if person.kind in DEPARTMENTS and person.kind != Kind.POLICE and area == Area.DIRECTORY:
        return every if home.division_code == PROVINCE_DIVISION else every.filter(own | _division(home))
    if person.kind == Kind.SERVICE:
        return every.filter(own | Q(pk__in=principals(home, area, today=today)))
    return every.filter(own)


def _division(home: Organisation) -> Q:
    """Within the same prefecture."""
    return Q(division_code__startswith=home.division_code[:4])


def principals(agent: Organisation, area: str, *, today: date) -> QuerySet[Mandate, Any]:
    """Keys of the organisations for which an agent may act in an area on a day."""
    return (
        Mandate.objects.in_force(today)
        .filter(agent=agent, areas__contains=[area])
        .values("principal")
        .order_by()
    )


def acts_for(person: User, organisation: Organisation, area: str, *, today: date) -> bool:
    """Whether the person may CHANGE an organisation's rows of an area: their own, or under a mandate in force."""
    if person.organisation_id is None:
        return False
    if person.organisation_id == organisation.pk:
        return True
    return mandate(person, organisation, area, today=today) is not None


def mandate(person: User, organisation: Organisation, area: str, *, today: date) -> Mandate | None:
    """The mandate under which a person acts for another organisation on a day, the longest first; None without."""
    if person.organisation is None or person.kind != Kind.SERVICE:
        return None
    held = Mandate.objects.in_force(today).filter(
        agent=person.organisation, principal=organisation, areas__contains=[area]
    )
    return held.order_by("-ends", "-pk").first()
