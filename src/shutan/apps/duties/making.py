"""How a list is computed: the rule set `rules/entry` decides over the recorded emissions; nothing of the law is said here.

The list of year N is decided on verified emissions of N−2 (with N−3 for those who fell below), and for plants that began
in N−1 on expected ones. What the rules cannot decide stays undecided and says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shutan.apps.directory.models import Entity, EntityKind, Event, EventKind, Fact
from shutan.apps.directory.queries import value_at
from shutan.apps.duties.models import AnnualEmission, Change, ListEntry, ListKind, UnitList
from shutan.kernel import Dataset, Result, Waiting
from shutan.kernel.explain import parameters_of
from shutan.rules.common.fuels import YesNo
from shutan.rules.entry import RULES
from shutan.rules.entry.choices import EntryActivity, ReportingBasis, SectorCode

SECTORS: Mapping[str, tuple[str, ...]] = {
    ListKind.ETS: ("power", "steel", "cement", "aluminium"),
    ListKind.DIRECT: ("steel", "cement"),
    ListKind.OTHER: ("petrochemical", "chemical", "flat_glass", "nonferrous", "paper", "aviation"),
}
ACTIVITY_SECTOR = {
    "POWER": "power",
    "CAPTIVE_POWER": "power",
    "STEEL": "steel",
    "PORTLAND_CLINKER": "cement",
    "OTHER_CLINKER": "cement",
    "ELECTROLYTIC_ALUMINIUM": "aluminium",
    "PETROCHEMICAL": "petrochemical",
    "CHEMICAL": "chemical",
    "FLAT_GLASS": "flat_glass",
    "COPPER_SMELTING": "nonferrous",
    "PULP_PAPER": "paper",
    "AVIATION": "aviation",
}
LIST_SECTOR = {
    "POWER_LIST": "power",
    "STEEL_LIST": "steel",
    "CEMENT_LIST": "cement",
    "ALUMINIUM_LIST": "aluminium",
}
KIND_OF_STATUS = {"KEY_UNIT": ListKind.ETS, "UNLISTED": ListKind.DIRECT, "OTHER_KEY": ListKind.OTHER}
# Whose reason decides where a unit has several activities of one sector.
CHANGE_OF_REASON = {
    "ENTERS_VERIFIED": Change.ENTERS,
    "ENTERS_NEW": Change.ENTERS,
    "STAYS_ABOVE": Change.STAYS,
    "STAYS_ONE_YEAR": Change.STAYS,
    "LEAVES_TWO_YEARS": Change.LEAVES,
    "LEAVES_CLOSED": Change.LEAVES,
}
RANK = (Change.STAYS, Change.ENTERS, Change.UNDECIDED, Change.LEAVES)
MOST_EVENTS = 200
GONE = ("closed", "merged")
# Two years before the list: verified figures are there by then; the year before it: what began newly.
VERIFIED_BACK, BEFORE_BACK, NEW_BACK = 2, 3, 1


@dataclass
class Unit:
    """A reporting unit with what the directory says of it on a day."""

    entity: Entity
    name: str
    credit_code: str
    division: str
    sector: str
    state: str
    members: str = ""
    equipment: frozenset[str] | None = None  # None: the directory has no line of it
    commissioned: tuple[Event, ...] = ()


@dataclass
class Activity:
    """One activity of a unit, with the row of the rule set that decides on it."""

    unit: Unit
    name: str
    code: str
    row: dict[str, Any]
    basis: str
    missing: list[list[str]] = field(default_factory=list)


def units(pks: Iterable[int], day: date, year: int) -> dict[int, Unit]:
    """The reporting units of these keys with their facts of a day and what was commissioned in a year."""
    rows: Any = Entity.objects.filter(pk__in=list(pks))
    for name in ("name", "division", "sector", "state"):
        rows = rows.annotate(**{f"at_{name}": value_at(name, day)})
    rows = rows.annotate(at_lead=value_at("lead", day, field="target"))
    rows = rows.annotate(
        own_code=value_at("credit_code", day), lead_code=value_at("credit_code", day, of="at_lead")
    )
    found = {
        row.pk: Unit(
            row,
            row.at_name or f"{row.get_kind_display()} {row.pk}",
            row.own_code or row.lead_code or "",
            row.at_division or "",
            row.at_sector or "",
            row.at_state or "",
        )
        for row in rows
    }
    _members(found, day)
    _equipment(found, day)
    for pk, events in commissioned(year, day).items():
        if pk in found:
            found[pk].commissioned = tuple(events)
    return found


def _links(name: str, targets: Iterable[int], day: date) -> dict[int, list[int]]:
    """Who leads to each target by a link that holds on a day."""
    facts = Fact.objects.filter(
        name=name, target__in=list(targets), withdrawn_at=None, during__contains=day
    ).values_list("target", "entity")
    found: dict[int, list[int]] = {}
    for target, entity in facts:
        found.setdefault(target, []).append(entity)
    return found


def _members(found: dict[int, Unit], day: date) -> None:
    joint = [pk for pk, unit in found.items() if unit.entity.kind == EntityKind.REPORTING_ENTITY]
    members = _links("reporting_entity", joint, day)
    names = dict(
        Fact.objects.filter(
            entity__in=[pk for each in members.values() for pk in each],
            name="name",
            withdrawn_at=None,
            during__contains=day,
        ).values_list("entity", "value")
    )
    for pk, each in members.items():
        found[pk].members = "、".join(sorted(names.get(one, str(one)) for one in each))[:1000]


def _equipment(found: dict[int, Unit], day: date) -> None:
    """What runs in each unit: through its facilities, and those of its members, to their lines."""
    joint = _links("reporting_entity", found, day)
    owners = {pk: [pk, *joint.get(pk, [])] for pk in found}
    facilities = _links("owner", {one for each in owners.values() for one in each}, day)
    lines = _links("facility", {one for each in facilities.values() for one in each}, day)
    every = [line for each in lines.values() for line in each]
    facts = Fact.objects.filter(
        entity__in=every, name__in=("equipment", "state"), withdrawn_at=None, during__contains=day
    ).values_list("entity", "name", "value")
    said: dict[int, dict[str, str]] = {}
    for entity, name, value in facts:
        said.setdefault(entity, {})[name] = value
    for pk, persons in owners.items():
        own = [
            line
            for person in persons
            for facility in facilities.get(person, [])
            for line in lines.get(facility, [])
        ]
        if own:
            running = [said.get(line, {}) for line in own]
            found[pk].equipment = frozenset(
                one.get("equipment", "") for one in running if one.get("state") not in GONE
            )


def commissioned(year: int, day: date) -> dict[int, list[Event]]:
    """Events that brought something new into being in a year, by the key of who reports for it on a day."""
    events = (
        Event.objects.filter(kind=EventKind.COMMISSIONING, on__year=year, corrected_by=None)
        .order_by("on", "pk")
        .prefetch_related("subjects")
    )
    reporters = units_of((one.entity_id for event in events for one in event.subjects.all()), day)
    found: dict[int, list[Event]] = {}
    for event in events:
        for pk in dict.fromkeys(reporters.get(one.entity_id) for one in event.subjects.all()):
            if pk is not None:
                found.setdefault(pk, []).append(event)
    return found


def units_of(pks: Iterable[int], day: date) -> dict[int, int]:
    """Who reports for entities on a day, by key: from line to facility to owner, and on to the reporting entity it is within.

    A link that does not hold on the day counts as it last did, for what begins later or is gone; membership does not.
    """
    found = {pk: pk for pk in pks}
    for name in ("facility", "owner", "reporting_entity"):
        facts = Fact.objects.filter(name=name, entity__in=set(found.values()), withdrawn_at=None)
        facts = facts.filter(during__contains=day) if name == "reporting_entity" else facts
        links: dict[int, int] = {}
        holding: dict[int, int] = {}
        for entity, target, during in facts.order_by("during").values_list("entity", "target", "during"):
            links[entity] = target
            if day in during:
                holding[entity] = target
        found = {pk: (links | holding).get(at, at) for pk, at in found.items()}
    reporting = (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY)
    able = set(
        Entity.objects.filter(pk__in=set(found.values()), kind__in=reporting).values_list("pk", flat=True)
    )
    return {pk: at for pk, at in found.items() if at in able}


def latest(years: Iterable[int]) -> dict[tuple[int, str], dict[tuple[int, str], AnnualEmission]]:
    """The row that counts of each unit and activity, by (year, basis): the one recorded last."""
    rows = (
        AnnualEmission.objects.filter(year__in=list(years))
        .order_by("entity", "year", "activity", "basis", "-pk")
        .distinct("entity", "year", "activity", "basis")
    )
    found: dict[tuple[int, str], dict[tuple[int, str], AnnualEmission]] = {}
    for row in rows:
        found.setdefault((row.entity_id, row.activity), {})[row.year, row.basis] = row
    return found


def compute(kind: str, sector: str, year: int, *, today: date) -> list[ListEntry]:
    """Every unit that enters, stays on or leaves a list, and those that cannot be decided yet. Nothing is saved."""
    before = previous(kind, sector, year)
    rows = latest((year - VERIFIED_BACK, year - BEFORE_BACK, year - NEW_BACK))
    begun = commissioned(year - NEW_BACK, today)
    known = units({pk for pk, _ in rows} | set(before) | set(begun), today, year - NEW_BACK)
    activities = [
        _activity(known[pk], name, held, year, listed=pk in before)
        for (pk, name), held in rows.items()
        if pk in known
    ]
    result = evaluate(activities, year)
    found: dict[int, ListEntry] = {}
    for activity in activities:
        entry = _entry(activity, result, kind, sector, before)
        if entry is not None:
            _keep(found, entry)
    seen = {pk for pk, _ in rows}
    for pk, unit in known.items():
        if pk in seen or not (pk in before or unit.sector == sector):
            continue
        if pk in before or (kind == ListKind.ETS and unit.commissioned):
            _keep(found, _unseen(unit, kind, year, before))
    return sorted(found.values(), key=lambda entry: entry.name)


def _keep(found: dict[int, ListEntry], entry: ListEntry) -> None:
    held = found.get(entry.entity_id)
    if held is None or RANK.index(Change(entry.change)) < RANK.index(Change(held.change)):
        found[entry.entity_id] = entry


def previous(kind: str, sector: str, year: int) -> set[int]:
    """The units that stood on the list of the year before to its end."""
    return set(
        ListEntry.objects.filter(
            unit_list__kind=kind,
            unit_list__sector=sector,
            unit_list__year=year - 1,
            unit_list__state=UnitList.State.PUBLISHED,
            stands=True,
        ).values_list("entity", flat=True)
    )


def _activity(
    unit: Unit, name: str, held: dict[tuple[int, str], AnnualEmission], year: int, *, listed: bool
) -> Activity:
    """The row of the rule set for one activity."""
    base, new = year - VERIFIED_BACK, year - NEW_BACK
    verified = held.get((base, "verified"))
    before = held.get((year - BEFORE_BACK, "verified"))
    expected = held.get((new, "expected"))
    reported = held.get((base, "reported"))
    is_new = expected is not None and verified is None
    decisive = (expected if is_new else verified or reported or before) or next(iter(held.values()))
    total = verified or reported
    row: dict[str, Any] = {
        "activity": f"{unit.entity.pk}/{name}",
        "entry_activity": EntryActivity[name],
        "entry_sector_code": SectorCode[decisive.code],
        "on_previous_list": _yes(listed),
        "activity_closed": _yes(unit.state in GONE),
        "newly_commissioned": _yes(is_new),
        "verified_direct_emissions": verified.direct_t if verified else None,
        "verified_direct_emissions_before": before.direct_t if before else None,
        "expected_direct_emissions": expected.direct_t if is_new and expected else None,
        "total_emissions": total.total_t if total else None,
        "total_energy": total.energy_tce if total else None,
    }
    activity = Activity(unit, name, decisive.code, {}, "expected" if is_new else "verified")
    if total and total.total_t is None and total.energy_tce is not None:
        row["reporting_basis"] = ReportingBasis.ENERGY
        activity.basis = "energy"
    elif name in ACTIVITY_SECTOR and ACTIVITY_SECTOR[name] in SECTORS[ListKind.OTHER] and total:
        activity.basis = total.basis
    if name == "STEEL":
        if unit.equipment is None:
            activity.missing.append(
                [
                    "名录库中没有该企业的产线，无法判断是否高炉—转炉长流程",
                    "the directory has no line of it: blast furnace and converter are not known",
                ]
            )
        else:
            row["has_blast_furnace"] = _yes("blast_furnace" in unit.equipment)
            row["has_converter"] = _yes("converter" in unit.equipment)
    activity.row = {key: value for key, value in row.items() if value is not None}
    return activity


def _yes(condition: bool) -> Any:  # noqa: FBT001 - one value in, one out
    return YesNo.YES if condition else YesNo.NO


def evaluate(activities: Iterable[Activity], year: int) -> Result:
    """The rules of entry over activities, the year being that of the list."""
    rows = [activity.row for activity in activities]
    enterprise = [{"enterprise_name": "-", "credit_code": "-"}]
    return RULES.evaluate(year=year, data=Dataset.of({"enterprise": enterprise, "activities": rows}))


def _entry(activity: Activity, result: Result, kind: str, sector: str, before: set[int]) -> ListEntry | None:
    """The entry of one activity on a list; None where it has nothing to do with it."""
    key = (activity.row["activity"],)
    reason = result.value("entry_reason", key)
    unit = activity.unit
    listed = unit.entity.pk in before
    if isinstance(reason, Waiting) or activity.missing:
        if not (listed or nominal(activity) == (kind, sector)):
            return None
        waits = reason.reasons if isinstance(reason, Waiting) else ()
        missing = activity.missing + [_missing(one.name) for one in waits]
        return _made(activity, Change.UNDECIDED, "", missing, _law(result, key))
    status = result.value("list_status", key).key
    where = result.value("list_entered", key).key
    stands = KIND_OF_STATUS.get(status)
    at = LIST_SECTOR.get(where) or (
        unit.sector if where == "HOST_LIST" else ACTIVITY_SECTOR.get(activity.name, "")
    )
    if stands == kind and at == sector:
        change = CHANGE_OF_REASON.get(reason.key) or (Change.STAYS if listed else Change.ENTERS)
        return _made(activity, change, reason.key, [], _law(result, key))
    if listed and ACTIVITY_SECTOR.get(activity.name, unit.sector) == sector:
        return _made(activity, Change.LEAVES, reason.key, [], _law(result, key))
    return None


def nominal(activity: Activity) -> tuple[str, str]:
    """The list an activity would stand on if it were large enough."""
    sector = ACTIVITY_SECTOR.get(activity.name, activity.unit.sector)
    return (ListKind.OTHER if sector in SECTORS[ListKind.OTHER] else ListKind.ETS, sector)


def _missing(name: str) -> list[str]:
    """What the rules wait for, in both languages."""
    one: Any = RULES.inputs.get(name) or RULES.parameters.get(name)
    return [f"缺少：{one.zh}", f"missing: {one.en}"] if one else [f"缺少：{name}", f"missing: {name}"]


def _law(result: Result, key: tuple[str, ...]) -> list[dict[str, str]]:
    """The records of the law that took part."""
    records = parameters_of(result, "entry_reason", key).values()
    return [
        {
            "name": one.name,
            "value": str(one.value),
            "since": one.since.isoformat(),
            "source": one.source,
            "status": one.status,
        }
        for one in records
    ]


def _emission(activity: Activity, reason: str) -> Decimal | None:
    """The figure that decided."""
    row = activity.row
    name = {
        "expected": "expected_direct_emissions",
        "energy": "total_energy",
    }.get(activity.basis, "verified_direct_emissions")
    if activity.basis != "energy" and (reason == "OTHER_REPORTS" or nominal(activity)[0] == ListKind.OTHER):
        name = "total_emissions"
    value: Decimal | None = row.get(name)
    return value


def _made(
    activity: Activity, change: str, reason: str, missing: list[list[str]], law: list[dict[str, str]]
) -> ListEntry:
    entry = _bare(activity.unit, change, missing)
    entry.activity, entry.code, entry.reason, entry.law = activity.name, activity.code, reason, law
    entry.basis, entry.emission = activity.basis, _emission(activity, reason)
    return entry


def _bare(unit: Unit, change: str, missing: list[list[str]]) -> ListEntry:
    return ListEntry(
        entity=unit.entity,
        name=unit.name[:120],
        credit_code=unit.credit_code,
        division=unit.division,
        members=unit.members,
        change=change,
        missing=missing,
        stands=change in (Change.ENTERS, Change.STAYS),
    )


def _unseen(unit: Unit, kind: str, year: int, before: set[int]) -> ListEntry:
    """A unit without any recorded emission that was on the list before, or began the year before."""
    if unit.entity.pk in before and unit.state in GONE and kind == ListKind.ETS:
        entry = _bare(unit, Change.LEAVES, [])
        entry.reason = "LEAVES_CLOSED"
        return entry
    base = year - VERIFIED_BACK
    missing = [f"没有 {base} 年经核查的排放量", f"no verified emissions of {base} are recorded"]
    if unit.commissioned and unit.entity.pk not in before:
        on = unit.commissioned[0].on
        missing = [
            f"{on} 投产，没有预计年直接排放量",
            f"commissioned on {on}: no expected direct emissions are recorded",
        ]
    return _bare(unit, Change.UNDECIDED, [missing])


def above(figures: Iterable[tuple[str, Decimal | None, Decimal | None]], year: int) -> set[str]:
    """The keys whose direct emissions reach the threshold, or whose energy use is that of another key industry's reporter.

    Args:
        figures: key, direct emissions in tCO2, energy use in tce; an empty figure decides nothing.
        year: of the list for which the figures would count.
    """
    rows = []
    for key, direct, energy in figures:
        row: dict[str, Any] = {
            "activity": key,
            "entry_activity": EntryActivity.CHEMICAL,
            "entry_sector_code": SectorCode.OTHER_CODE,
            "reporting_basis": ReportingBasis.ENERGY,
        }
        row |= {"verified_direct_emissions": direct} if direct is not None else {}
        row |= {"total_energy": energy} if energy is not None else {}
        rows.append(row)
    if not rows:
        return set()
    result = RULES.evaluate(
        year=year,
        data=Dataset.of({"enterprise": [{"enterprise_name": "-", "credit_code": "-"}], "activities": rows}),
    )
    found = set()
    for row in rows:
        at = (row["activity"],)
        said = (result.value("reaches_threshold", at), result.value("reports_as_other", at))
        if any(one is YesNo.YES for one in said):  # a figure that was not given waits: no answer is no yes
            found.add(row["activity"])
    return found


def events_since(unit_list: UnitList, *, today: date) -> list[tuple[Event, Entity, ListEntry | None]]:
    """Events recorded since a list was computed that may change who is on it: event, unit, its entry."""
    kinds = [
        EventKind.COMMISSIONING,
        EventKind.SHUTDOWN,
        EventKind.CLOSURE,
        EventKind.MERGER,
        EventKind.SPLIT,
        EventKind.TRANSFER,
    ]
    events = (
        Event.objects.filter(corrected_by=None, kind__in=kinds, recorded_at__gte=unit_list.computed_at)
        .prefetch_related("subjects")
        .order_by("on", "pk")[:MOST_EVENTS]
    )
    reporters = units_of((one.entity_id for event in events for one in event.subjects.all()), today)
    entities = Entity.objects.in_bulk(set(reporters.values()))
    entries = {entry.entity_id: entry for entry in unit_list.entries.filter(entity__in=entities)}
    sectors = _sectors(set(entities), today)
    told = {}
    for event in events:
        for subject in event.subjects.all():
            pk = reporters.get(subject.entity_id)
            entry = entries.get(pk or 0)
            if pk is None or (entry is None and sectors.get(pk) != unit_list.sector):
                continue
            if entry is None or entry.event_id != event.pk:
                told[event.pk, pk] = (event, entities[pk], entry)
    return list(told.values())


def _sectors(pks: set[int], day: date) -> dict[int, str]:
    facts = Fact.objects.filter(
        entity__in=pks, name="sector", withdrawn_at=None, during__contains=day
    ).values_list("entity", "value")
    return dict(facts)
