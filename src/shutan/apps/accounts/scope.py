"""THE scoping of all apps: of which organisations a person sees an area's rows, and for which they may change them.

    rows.filter(organisation__in=organisations(person, Area.REPORTING, today=today))
    if not acts_for(person, organisation, Area.REPORTING, today=today): raise PermissionDenied

Both ask the database each time, so that a mandate that ends takes effect with the next click.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import DEPARTMENTS, Area, Kind, Mandate, Organisation, User

# Whole province: the code of Sichuan; a city's or county's organisation has its own.
PROVINCE_DIVISION = "510000"
# Whose rows of an area may be changed by the organisation they belong to alone, and under a mandate.
PRINCIPALS = (Kind.ENTERPRISE,)


class MandateEnded(PermissionDenied):
    """A service company's person asks for what they could do until its mandate ended; says which and when."""

    def __init__(self, mandate: Mandate, today: date) -> None:
        super().__init__("mandate ended")
        self.mandate, self.today = mandate, today

    @property
    def words(self) -> str:
        """What happened, in the language of the page."""
        told = {"principal": self.mandate.principal.name, "number": self.mandate.number}
        if self.mandate.revoked_at is None:
            told["at"] = formats.date_format(self.mandate.ends, "DATE_FORMAT")
            return _("Your mandate %(number)s to act for %(principal)s ended with %(at)s.") % told
        told["at"] = formats.date_format(timezone.localtime(self.mandate.revoked_at), "DATETIME_FORMAT")
        told["why"] = self.mandate.reason
        return _("Your mandate %(number)s to act for %(principal)s was ended on %(at)s: %(why)s") % told


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


def check_acts_for(person: User, organisation: Organisation, area: str, *, today: date) -> None:
    """Let pass who may change an organisation's rows of an area.

    Raises:
        MandateEnded: the person could until a mandate ended.
        PermissionDenied: the person never could.
    """
    if acts_for(person, organisation, area, today=today):
        return
    tell_if_ended(person, organisation, area, today=today)
    raise PermissionDenied(area)


def tell_if_ended(
    person: User, organisation: Organisation, area: str, *, today: date, made: datetime | None = None
) -> None:
    """Tell a person who asks for a client's record that the mandate is over; silent on what came after it (`made`).

    Raises:
        MandateEnded: it is.
    """
    if person.organisation is None or person.kind != Kind.SERVICE:
        return
    held = (
        Mandate.objects.exclude(pk__in=Mandate.objects.in_force(today))
        .filter(agent=person.organisation, principal=organisation, areas__contains=[area], begins__lte=today)
        .filter(accepted_at__isnull=False)
        .select_related("principal")
    )
    for last in held.order_by("-ends", "-pk"):
        if made is None or _was_in_force(last, made):
            raise MandateEnded(last, today)


def _was_in_force(held: Mandate, at: datetime) -> bool:
    if held.revoked_at is not None and at >= held.revoked_at:
        return False
    return timezone.localdate(at) <= held.ends
