"""From lists to calendars: which duties a unit on a list has, kept in step with the table of duties, events and deeds.

Everything here may run any number of times: `sync` writes only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.models import Organisation
from shutan.apps.directory.models import Entity, EntityKind, Event, Fact
from shutan.apps.duties import deeds
from shutan.apps.duties.making import GONE, units_of
from shutan.apps.duties.models import Duty, InnerDeadline, ListEntry, ListKind, UnitList
from shutan.apps.duties.models.duties import YEARLY
from shutan.rules.duties import clock, dues

UNIT = "unit"  # who acts; what the province owes stands on the unit's page, not in its calendar of rows
# The list of year N carries the duties about year N. For those that only report, the province fixes its scope in the year
# in which the year before is reported (work notice 2026, 四(一)); that the scope's year is the year of reporting is inferred.
YEARS_BEFORE = {ListKind.ETS: 0, ListKind.DIRECT: 1, ListKind.OTHER: 1}
KEPT = (
    "organisation_id",
    "unit_name",
    "division",
    "entry_id",
    "standing",
    "due",
    "provisional",
    "inner",
    "note_zh",
    "note_en",
    "source",
    "status",
    "lapsed",
    "lapsed_why",
)
Key = tuple[int, str, str, int, int]


@dataclass(frozen=True)
class Until:
    """From when a unit no longer owes what begins, and why."""

    day: date
    why: str


def begins(year: int, month: int) -> date:
    """The first day of what a duty is about."""
    return date(year, month or 1, 1)


def key_of(duty: Duty) -> Key:
    """What makes a duty of the table one."""
    return (duty.entity_id, duty.sector, duty.name, duty.year, duty.month)


def sync(entries: Iterable[ListEntry], *, today: date) -> int:
    """Bring the duties of units on published lists in step; how many rows were written."""
    held = [entry for entry in entries if entry.unit_list.state == UnitList.State.PUBLISHED]
    if not held:
        return 0
    pks = {entry.entity_id for entry in held}
    homes, gone = _homes(pks, today), _gone(pks)
    inner = list(InnerDeadline.objects.filter(withdrawn_at=None))
    wanted: dict[Key, Duty] = {}
    for entry in held:
        for duty in _of(entry, homes.get(entry.entity_id), gone.get(entry.entity_id), inner):
            known = wanted.get(key_of(duty))
            if known is None or (known.lapsed and not duty.lapsed):
                wanted[key_of(duty)] = duty
    with transaction.atomic():
        written = _write(wanted, _struck(held), pks)
        see({home.pk for home in homes.values()})
    return written


def _of(
    entry: ListEntry, home: Organisation | None, gone: Until | None, inner: list[InnerDeadline]
) -> Iterable[Duty]:
    """The duties that an entry brings."""
    unit_list = entry.unit_list
    left = Until(entry.ends, "left") if entry.ends else None
    if not entry.stands and left is None:
        return
    until = min((one for one in (left, gone) if one), key=lambda one: one.day, default=None)
    about = unit_list.year - YEARS_BEFORE[ListKind(unit_list.kind)]
    for due in dues(unit_list.sector, unit_list.kind):
        if due.duty.who != UNIT or due.year != about:
            continue
        first = begins(due.year, due.month or YEARLY)
        last = due.day or first
        if entry.begins and last < entry.begins:
            continue  # it fell due before the unit joined
        duty = duty_of(
            entry,
            home,
            note=due.note,
            source=due.source,
            status=due.status,
            name=due.duty.name,
            year=due.year,
            month=due.month or YEARLY,
            due=due.day,
        )
        if until is not None and first >= until.day:
            duty.lapsed, duty.lapsed_why = True, until.why
        duty.inner = min((one.day for one in inner if _applies(one, duty)), default=None)
        yield duty


def _struck(held: list[ListEntry]) -> Callable[[Duty], bool]:
    """Whether the table no longer has a duty that one of these lists brought."""
    about = {
        (
            one.unit_list.kind,
            one.unit_list.sector,
            one.unit_list.year - YEARS_BEFORE[ListKind(one.unit_list.kind)],
        )
        for one in held
    }
    law = {
        (standing, sector, due.duty.name, due.year, due.month or YEARLY)
        for standing, sector, _year in about
        for due in dues(sector, standing)
        if due.duty.who == UNIT
    }

    def struck(duty: Duty) -> bool:
        brought = (duty.standing, duty.sector, duty.year) in about
        return brought and (duty.standing, duty.sector, duty.name, duty.year, duty.month) not in law

    return struck


def duty_of(
    entry: ListEntry,
    home: Organisation | None,
    *,
    note: tuple[str, str],
    source: str,
    status: str,
    **about: Any,
) -> Duty:
    """A duty, not saved yet, of a unit as it stands on a list; `about` are the fields that say which duty and by when."""
    return Duty(
        entry=entry,
        entity=entry.entity,
        organisation=home,
        unit_name=entry.name,
        division=entry.division,
        sector=entry.unit_list.sector,
        standing=entry.unit_list.kind,
        note_zh=note[0][:300],
        note_en=note[1][:300],
        source=source[:300],
        status=status,
        **about,
    )


def _applies(inner: InnerDeadline, duty: Duty) -> bool:
    return (
        (inner.name, inner.sector, inner.year, inner.month) == (duty.name, duty.sector, duty.year, duty.month)
        and duty.division.startswith(inner.division)
        and (duty.due is None or inner.day <= duty.due)
    )


def _write(wanted: dict[Key, Duty], struck: Callable[[Duty], bool], pks: set[int]) -> int:
    known = {
        key_of(duty): duty
        for duty in Duty.objects.select_for_update().filter(entity__in=pks, started_on=None)
    }
    fresh = [duty for key, duty in wanted.items() if key not in known]
    changed = []
    for key, duty in known.items():
        new = wanted.get(key)
        if new is None:
            if struck(duty) and not duty.lapsed:
                duty.lapsed, duty.lapsed_why = True, "table"
                changed.append(duty)
        elif any(getattr(duty, name) != getattr(new, name) for name in KEPT):
            for name in KEPT:
                setattr(duty, name, getattr(new, name))
            changed.append(duty)
    Duty.objects.bulk_create(fresh)
    Duty.objects.bulk_update(changed, KEPT, batch_size=500)
    return len(fresh) + len(changed)


def _homes(pks: set[int], day: date) -> dict[int, Organisation]:
    """The account of each unit: a legal person's own, a reporting entity's through its lead member."""
    entities = Entity.objects.filter(pk__in=pks).select_related("organisation")
    homes = {one.pk: one.organisation for one in entities if one.organisation}
    joint = [one.pk for one in entities if one.kind == EntityKind.REPORTING_ENTITY]
    leads = Fact.objects.filter(
        entity__in=joint, name="lead", withdrawn_at=None, during__contains=day
    ).select_related("target__organisation")
    for fact in leads:
        if fact.target and fact.target.organisation:
            homes[fact.entity_id] = fact.target.organisation
    return homes


def _gone(pks: set[int]) -> dict[int, Until]:
    """From when a unit is closed or merged into another."""
    facts = Fact.objects.filter(entity__in=pks, name="state", value__in=GONE, withdrawn_at=None)
    return {fact.entity_id: Until(fact.during.lower, fact.value) for fact in facts.order_by("-during")}


def see(organisations: Iterable[int]) -> int:
    """Mark done what the system's own records prove; how many duties that were."""
    found = deeds.of(organisations)
    if not found:
        return 0
    open_ = Duty.objects.filter(
        organisation__in={key[0] for key in found}, done_on=None, name__in={key[1] for key in found}
    )
    seen = []
    for duty in open_:
        deed = found.get((duty.organisation_id or 0, duty.name, duty.sector, duty.year, duty.month))
        if deed is not None:
            duty.done_on, duty.evidence, duty.done_seen = deed.on, deed.evidence[:500], True
            duty.revision += 1
            seen.append(duty)
    Duty.objects.bulk_update(seen, ["done_on", "evidence", "done_seen", "revision"])
    return len(seen)


def unsee(organisations: Iterable[int], name: str) -> int:
    """Open the duties of a name again that records proved done and prove no longer; how many that were."""
    wanted = set(organisations)
    found, opened = deeds.of(wanted), []
    for duty in Duty.objects.filter(
        organisation__in=wanted, name=name, done_seen=True, done_on__isnull=False
    ):
        if (duty.organisation_id or 0, duty.name, duty.sector, duty.year, duty.month) not in found:
            duty.done_on, duty.evidence, duty.done_seen = None, "", False
            duty.revision += 1
            opened.append(duty)
    Duty.objects.bulk_update(opened, ["done_on", "evidence", "done_seen", "revision"])
    return len(opened)


def follow(event: Event) -> None:
    """After an event: the calendars of the units it is about."""
    today = timezone.localdate()
    subjects = set(event.subjects.values_list("entity", flat=True))
    pks = subjects | set(units_of(subjects, today).values())
    entries = ListEntry.objects.filter(entity__in=pks).select_related("unit_list", "entity")
    sync(list(entries), today=today)


def sync_all(*, today: date) -> int:
    """Every published list, and the clocks whose working days were provisional."""
    entries = ListEntry.objects.filter(unit_list__state=UnitList.State.PUBLISHED)
    written = sync(list(entries.select_related("unit_list", "entity")), today=today)
    return written + recount()


def recount(known_until: date | None = None) -> int:
    """Count clocks again whose last day was provisional: the State Council's notice may have come since."""
    changed = []
    for duty in Duty.objects.filter(provisional=True, started_on__isnull=False, done_on=None):
        assert duty.started_on is not None  # noqa: S101 - the filter above
        deadline = clock(duty.name).deadline(duty.started_on, known_until)
        if (deadline.day, deadline.provisional) != (duty.due, duty.provisional):
            duty.due, duty.provisional = deadline.day, deadline.provisional
            duty.revision += 1
            changed.append(duty)
    Duty.objects.bulk_update(changed, ["due", "provisional", "revision"])
    return len(changed)
