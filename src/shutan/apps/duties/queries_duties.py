"""Reads of duties, scoped to the person who asks, each row with its state of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.directory.queries import PROVINCE_WIDE, organisation_of
from shutan.apps.duties.models import Duty, InnerDeadline, ListEntry
from shutan.rules.duties import Due, dues

SOON = timedelta(days=30)
STATES = ("overdue", "due_soon", "inner_passed", "extended", "ahead", "undated", "done", "lapsed")


def duties(person: User, *, today: date) -> QuerySet[Any]:
    """The duties a person may see, with `until` (the date in force) and `at_state`, one of STATES."""
    rows: QuerySet[Any] = Duty.objects.select_related("organisation")
    if person.kind == Kind.PROVINCE:
        pass
    elif person.kind == Kind.CITY and person.organisation:
        rows = rows.filter(division__startswith=person.organisation.division_code[:4])
    else:
        homes = scope.organisations(person, Area.REPORTING, today=today).order_by()
        rows = rows.filter(organisation__in=homes)
    return with_state(rows, today)


def with_state(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Duties with the date in force and where each stands on a day."""
    rows = rows.annotate(until=Coalesce("extended_to", "due"))
    return rows.annotate(
        at_state=Case(
            When(lapsed=True, then=Value("lapsed")),
            When(done_on__isnull=False, then=Value("done")),
            When(until=None, inner__lt=today, then=Value("inner_passed")),
            When(until=None, then=Value("undated")),
            When(until__lt=today, then=Value("overdue")),
            When(extended_to=None, inner__lt=today, then=Value("inner_passed")),
            When(until__lte=today + SOON, then=Value("due_soon")),
            When(extended_to=None, inner__lte=today + SOON, then=Value("due_soon")),
            When(extended_to__isnull=False, then=Value("extended")),
            default=Value("ahead"),
            output_field=CharField(),
        )
    )


def overview(person: User, *, today: date) -> list[dict[str, Any]]:
    """How many duties of each name stand where: rows of name, total and each of STATES, in the table's order."""
    counts = {state: Count("pk", filter=Q(at_state=state)) for state in STATES}
    rows = duties(person, today=today).order_by().values("name").annotate(total=Count("pk"), **counts)
    return sorted(rows, key=lambda row: str(row["name"]))


def inner_deadlines(person: User) -> QuerySet[InnerDeadline]:
    """Those in force that a regulator set, or that hold for a city from above."""
    rows = InnerDeadline.objects.filter(withdrawn_at=None).select_related("organisation", "set_by")
    rows = rows.order_by("day", "pk")
    home = person.organisation
    if person.kind == Kind.PROVINCE:
        return rows
    if person.kind == Kind.CITY and home:
        return rows.filter(Q(organisation=home) | Q(division=PROVINCE_WIDE))
    return rows.none()


def provinces(person: User, *, today: date) -> list[Due]:
    """What the province owes the units a person sees: dates of the table, the standing of each list they are on."""
    standings = set(
        duties(person, today=today).order_by().values_list("sector", "standing", "year").distinct()[:50]
    )
    years = {(sector, standing, year) for sector, standing, year in standings}
    found = {
        (due.duty.name, due.year, due.day, sector): due
        for sector, standing, year in years
        for due in dues(sector, standing)
        if due.duty.who != "unit" and due.year == year and due.day and due.day >= today
    }
    return sorted(found.values(), key=lambda due: (due.day or date.max, due.duty.name))[:12]


def home_of(entry: ListEntry, today: date) -> Organisation | None:
    """The account of a unit on a list."""
    return organisation_of(entry.entity, today)


def ordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those with a date first, the earliest on top."""
    return rows.order_by(F("until").asc(nulls_last=True), "name", "month", "pk")
