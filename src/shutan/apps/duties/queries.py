"""Reads of lists, scoped to the person who asks: drafts are the province's, opinions those of who was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.duties.models import (
    AnnualEmission,
    Candidate,
    Change,
    ListEntry,
    Opinion,
    RightsNotice,
    UnitList,
)
from shutan.apps.duties.steps import PEERS

State = UnitList.State


def lists(person: User) -> QuerySet[Any]:
    """The lists a person may see: the province all, a department those it was asked about, everybody what is public."""
    rows: QuerySet[Any] = UnitList.objects.order_by("-year", "kind", "sector")
    if person.kind != Kind.PROVINCE:
        public = Q(state__in=(State.NOTICE, State.PUBLISHED))
        asked = Q(opinions__organisation=person.organisation_id) if person.kind in PEERS else Q(pk__in=[])
        rows = rows.filter(pk__in=UnitList.objects.filter(public | asked).values("pk"))
    return rows


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Lists with how many units stand, enter, leave and are not decided."""
    return rows.annotate(
        standing=Count("entries", filter=Q(entries__stands=True)),
        entering=Count("entries", filter=Q(entries__change=Change.ENTERS, entries__stands=True)),
        leaving=Count("entries", filter=Q(entries__change=Change.LEAVES, entries__stands=False)),
        undecided=Count("entries", filter=Q(entries__change=Change.UNDECIDED, entries__decision="")),
    )


def published() -> QuerySet[Any]:
    """The units on the lists that are public: what anybody may read."""
    return (
        ListEntry.objects.filter(unit_list__state=State.PUBLISHED, stands=True)
        .select_related("unit_list")
        .order_by("-unit_list__year", "unit_list__sector", "name", "pk")
    )


def opinions(person: User, unit_list: UnitList) -> QuerySet[Opinion]:
    """The province reads all, a department its own."""
    rows = unit_list.opinions.select_related("organisation", "answered_by").order_by("organisation__name_zh")
    return rows if person.kind == Kind.PROVINCE else rows.filter(organisation=person.organisation_id)


def asked(person: User) -> QuerySet[Opinion]:
    """The opinions that a department still owes."""
    return Opinion.objects.filter(
        organisation=person.organisation_id, answer=Opinion.Answer.ASKED, unit_list__state=State.OPINIONS
    ).select_related("unit_list")


def departments() -> QuerySet[Organisation]:
    """Who can be asked."""
    return Organisation.objects.filter(kind__in=PEERS).order_by("kind", "name_zh")


def notices(person: User, *, today: date) -> QuerySet[RightsNotice]:
    """Notices of rights and duties: a unit's own, a regulator's of its area."""
    rows = RightsNotice.objects.select_related("entry__unit_list", "organisation", "acknowledged_by")
    rows = rows.order_by("-told_at", "pk")
    if person.kind == Kind.PROVINCE:
        return rows
    if person.kind == Kind.CITY and person.organisation:
        return rows.filter(entry__division__startswith=person.organisation.division_code[:4])
    return rows.filter(organisation__in=scope.organisations(person, Area.REPORTING, today=today).order_by())


def emissions(person: User) -> QuerySet[Any]:
    """Recorded emissions, for the province alone: they are not public."""
    rows: QuerySet[Any] = AnnualEmission.objects.select_related("entity", "recorded_by")
    return rows.order_by("-year", "-pk") if person.kind == Kind.PROVINCE else rows.none()


def candidates(person: User, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """The province sees all candidates, a department those it uploaded."""
    return rows if person.kind == Kind.PROVINCE else rows.filter(organisation=person.organisation_id)


@dataclass(frozen=True)
class Difference:
    """One unit in two lists: before, after, what became of it and why."""

    name: str
    credit_code: str
    division: str
    change: str
    before: ListEntry | None
    after: ListEntry | None

    @property
    def why(self) -> str:
        """The reason that the later list gives."""
        if self.after is None:
            return ""
        return " · ".join(part for part in (self.after.reason_name, self.after.decided_why) if part)


def compare(before: UnitList, after: UnitList) -> list[Difference]:
    """What became of each unit from one list to the other: who entered, who left, who stayed."""
    old = {entry.entity_id: entry for entry in before.entries.filter(stands=True)}
    every = {entry.entity_id: entry for entry in after.entries.all()}
    new = {pk: entry for pk, entry in every.items() if entry.stands}
    order = (Change.ENTERS, Change.LEAVES, Change.STAYS)
    found = []
    for pk in old.keys() | new.keys():
        change = Change.STAYS if pk in old and pk in new else Change.ENTERS if pk in new else Change.LEAVES
        one = new.get(pk) or every.get(pk) or old[pk]
        found.append(Difference(one.name, one.credit_code, one.division, change, old.get(pk), every.get(pk)))
    return sorted(found, key=lambda one: (order.index(Change(one.change)), one.name))
