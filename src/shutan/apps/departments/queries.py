"""Reads of departments' data: a department sees what it gave, the province all, a city what is about its area; enterprises none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from shutan.apps.accounts.models import DEPARTMENTS, Kind, Organisation, User
from shutan.apps.common.values import exact
from shutan.apps.departments.models import Delivery, Figure


def deliveries(person: User) -> QuerySet[Delivery]:
    """Uploads, the last first."""
    rows = Delivery.objects.select_related("organisation", "by").order_by("-at", "-pk")
    if person.kind == Kind.PROVINCE:
        return rows
    return rows.filter(organisation=person.organisation_id) if person.kind in DEPARTMENTS else rows.none()


def figures(person: User) -> QuerySet[Any]:
    """Figures with `home` (the name of the enterprise known here by that code; None where none is) and `replaced`."""
    known = Organisation.objects.filter(kind=Kind.ENTERPRISE, credit_code=OuterRef("credit_code"))
    later = Figure.objects.filter(
        **{name: OuterRef(name) for name in ("credit_code", "year", "month", "item", "variable")},
        delivery__organisation=OuterRef("delivery__organisation"),
        delivery__kind=OuterRef("delivery__kind"),
        delivery__gt=OuterRef("delivery"),
    )
    rows: QuerySet[Any] = Figure.objects.select_related("delivery__organisation")
    rows = rows.annotate(home=Subquery(known.values("name_zh")[:1]), replaced=Exists(later))
    rows = rows.order_by("-year", F("month").desc(), "credit_code", "variable", "-pk")
    home = person.organisation
    if person.kind == Kind.PROVINCE:
        return rows
    if person.kind == Kind.CITY and home is not None:
        area = Organisation.objects.filter(
            kind=Kind.ENTERPRISE, division_code__startswith=home.division_code[:4], credit_code__isnull=False
        )
        return rows.filter(credit_code__in=area.values("credit_code"))
    return rows.filter(delivery__organisation=home) if person.kind in DEPARTMENTS else rows.none()


@dataclass
class Sum:
    """What one department says of one thing in a year: the sum, and of how many months (0: said of the whole year)."""

    what: str
    unit: str
    source: str
    number: Decimal = Decimal(0)
    months: int = 0


def sums(person: User, organisation: Organisation, year: int) -> list[Sum]:
    """What departments say of an enterprise's year today, as far as the person may know."""
    if not organisation.credit_code:
        return []
    rows = figures(person).filter(credit_code=organisation.credit_code, year=year, replaced=False)
    found: dict[tuple[int, str, str], Sum] = {}
    for one in rows.order_by("variable", "item", "pk"):
        key = (one.delivery.organisation_id, one.item, one.variable)
        total = found.setdefault(key, Sum(one.what, one.unit, str(one.delivery.organisation)))
        total.number = exact(total.number + one.number)
        total.months += bool(one.month)
    return list(found.values())
