"""Every read of the directory, scoped to the person who asks: what they may not see is not in the answer.

    as_of(person, day, "legal_person", today=today)    # each row with its facts of that day: row.at_name, row.at_division

A link's fact is annotated twice: `at_owner` is the key of the entity it leads to, `at_owner_name` that entity's name.
Who owns what is asked of today and of the days to come: a facility that begins next month is seen by its owner, one that
was handed over is not seen by who had it before.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from shutan.apps.accounts import scope
from shutan.apps.accounts.models import DEPARTMENTS, Area, Kind, Organisation, User
from shutan.apps.directory.facts import FACTS, FactType
from shutan.apps.directory.models import Entity, EntityKind, Event, EventSubject, Fact, RegistryChange

PROVINCE_WIDE = "51"


def _reach(person: User) -> str | None:
    """The beginning of the division codes a person oversees; None for who oversees none."""
    home = person.organisation
    if home is None:
        return None
    if person.kind == Kind.PROVINCE:
        return PROVINCE_WIDE
    if person.kind == Kind.CITY:
        return home.division_code[:4]
    if person.kind in DEPARTMENTS and person.kind != Kind.POLICE:
        return PROVINCE_WIDE if home.division_code == scope.PROVINCE_DIVISION else home.division_code[:4]
    return None


def _held(name: str, today: date) -> QuerySet[Fact]:
    """Facts of a name that hold today or later."""
    return Fact.objects.filter(
        Q(during__endswith__gt=today) | Q(during__upper_inf=True), name=name, withdrawn_at=None
    )


def entity(person: User, number: int, *, today: date) -> Entity:
    """One entity the person may see.

    Raises:
        MandateEnded: a service company's person could, until the mandate for it ended.
        Http404: there is none, or it is not theirs to know of.
    """
    rows = entities(person, today=today).select_related("organisation", "changed_by")
    found = rows.filter(pk=number).first()
    if found is None:
        if lost := Entity.objects.filter(pk=number).first():
            _tell_if_ended(person, lost, today, lost.created_at)
        raise Http404
    return found


def entities(person: User, *, today: date) -> QuerySet[Entity]:
    """The entities a person may see."""
    every = Entity.objects.order_by("pk")
    reach = _reach(person)
    if reach == PROVINCE_WIDE:
        return every
    mine = Q(organisation__in=scope.organisations(person, Area.DIRECTORY, today=today).order_by())
    placed = Q(pk__in=[])
    if reach:
        placed = Q(pk__in=_held("division", today).filter(value__startswith=reach).values("entity"))
    persons = Entity.objects.filter(mine | placed, kind=EntityKind.LEGAL_PERSON).values("pk")
    facilities = Entity.objects.filter(
        placed | Q(pk__in=_held("owner", today).filter(target__in=persons).values("entity")),
        kind=EntityKind.FACILITY,
    ).values("pk")
    lines = _held("facility", today).filter(target__in=facilities).values("entity")
    joint = _held("reporting_entity", today).filter(entity__in=persons).values("target")
    led = _held("lead", today).filter(target__in=persons).values("entity")
    return every.filter(
        mine
        | placed
        | Q(pk__in=persons)
        | Q(pk__in=facilities)
        | Q(pk__in=lines)
        | Q(pk__in=joint)
        | Q(pk__in=led)
    )


def value_at(name: str, day: date, of: str = "pk", field: str = "value") -> Subquery:
    """A fact's value on a day, for the entity whose key stands in `of`."""
    facts = Fact.objects.filter(entity=OuterRef(of), name=name, withdrawn_at=None, during__contains=day)
    return Subquery(facts.values(field)[:1])


def with_facts(rows: QuerySet[Any], types: tuple[FactType, ...], day: date) -> QuerySet[Any]:
    """Rows annotated with their facts of a day, as the head of this file says.

    The name is joined: lists are sorted by it and leave out who has none, so that it is wanted of every row. The others
    are looked up by key, which the database does after the sort, for the rows of one page.
    """
    named = Q(facts__name="name", facts__withdrawn_at=None, facts__during__contains=day)
    rows = rows.annotate(named=FilteredRelation("facts", condition=named), at_name=F("named__value"))
    for one in types:
        if one.name == "name":
            continue
        if one.target:
            rows = rows.annotate(**{f"at_{one.name}": value_at(one.name, day, field="target")})
            rows = rows.annotate(**{f"at_{one.name}_name": value_at("name", day, of=f"at_{one.name}")})
        else:
            rows = rows.annotate(**{f"at_{one.name}": value_at(one.name, day)})
    return rows


COMMON = ("name", "sector", "division", "state")


def as_of(person: User, day: date, kind: str = "", *, today: date) -> QuerySet[Any]:
    """The entities a person may see that are known on a day, with their facts of that day.

    Without a kind, only what several kinds have in common is annotated.
    """
    common = tuple(one for one in FACTS[EntityKind.FACILITY] if one.name in COMMON)
    rows: QuerySet[Any] = entities(person, today=today)
    rows = rows.filter(kind=kind) if kind else rows
    return with_facts(rows, FACTS[kind] if kind else common, day).exclude(at_name=None)


def reporters(person: User, day: date, *, today: date) -> QuerySet[Any]:
    """Who reports on a day: reporting entities, and the legal persons that are not within one; neither closed nor merged."""
    within = Fact.objects.filter(name="reporting_entity", withdrawn_at=None, during__contains=day).values(
        "entity"
    )
    rows = as_of(person, day, today=today).annotate(at_credit_code=value_at("credit_code", day))
    return rows.filter(
        Q(kind=EntityKind.REPORTING_ENTITY) | (Q(kind=EntityKind.LEGAL_PERSON) & ~Q(pk__in=within))
    ).exclude(at_state__in=("closed", "merged"))


def reporter_of(entity: Entity, day: date) -> Entity:
    """Who reports for a legal person on a day: the reporting entity it is within, else itself."""
    fact = facts_on(entity, day).get("reporting_entity")
    return fact.target if fact is not None and fact.target is not None else entity


def facts_on(entity: Entity, day: date) -> dict[str, Fact]:
    """The facts of an entity on a day, by name."""
    found = Fact.objects.filter(entity=entity, withdrawn_at=None, during__contains=day)
    return {fact.name: fact for fact in found.select_related("target")}


def history(entity: Entity) -> QuerySet[Fact]:
    """Everything ever said of an entity, the latest first, withdrawn facts included."""
    return (
        Fact.objects.filter(entity=entity)
        .select_related("target", "begun_by", "ended_by", "recorded_by", "withdrawn_by")
        .annotate(target_name=value_now("target"))
        .order_by("-during", "name", "-pk")
    )


def value_now(of: str) -> Subquery:
    """The latest name of the entity whose key stands in `of`."""
    names = Fact.objects.filter(entity=OuterRef(of), name="name", withdrawn_at=None).order_by("-during")
    return Subquery(names.values("value")[:1])


def events(person: User, *, today: date) -> QuerySet[Event]:
    """Events of entities the person may see, the latest first."""
    seen = entities(person, today=today).order_by().values("pk")
    return (
        Event.objects.filter(subjects__entity__in=seen)
        .distinct()
        .select_related("recorded_by", "registry_change", "corrects")
        .order_by("-on", "-pk")
    )


def event(person: User, number: int, *, today: date) -> Event:
    """One event the person may see.

    Raises:
        MandateEnded: a service company's person could, until the mandate for a subject of it ended.
        Http404: there is none, or it is not theirs to know of.
    """
    found = events(person, today=today).filter(pk=number).first()
    if found is None:
        for lost in EventSubject.objects.filter(event=number).select_related("entity", "event"):
            _tell_if_ended(person, lost.entity, today, lost.event.recorded_at)
        raise Http404
    return found


def events_of(entity: Entity) -> QuerySet[Event]:
    """Events of one entity, which whoever asks may see, the latest first."""
    found = Event.objects.filter(subjects__entity=entity)
    return found.select_related("recorded_by", "registry_change", "corrects", "corrected_by").order_by(
        "-on", "-pk"
    )


def with_subject(rows: QuerySet[Any], event: str = "pk") -> QuerySet[Any]:
    """Rows about events, each with the name of its subject; `event` is where the event's key stands."""
    first = EventSubject.objects.filter(event=OuterRef(event), part="subject")
    return rows.annotate(subject_key=Subquery(first.values("entity")[:1])).annotate(
        subject_name=value_now("subject_key")
    )


def registry_changes(person: User, *, today: date) -> QuerySet[RegistryChange]:
    """Registry change notices of what the person may see, those that wait first."""
    seen = events(person, today=today).order_by().values("pk")
    return (
        RegistryChange.objects.filter(event__in=seen).select_related("event").order_by("-state", "-event__on")
    )


def owner_of(entity: Entity, day: date) -> Entity | None:
    """The legal person an entity belongs to on a day or, before it begins, at its beginning."""
    steps: dict[str, str] = {
        EntityKind.LINE: "facility",
        EntityKind.FACILITY: "owner",
        EntityKind.REPORTING_ENTITY: "lead",
    }
    found: Entity | None = entity
    while found is not None and found.kind in steps:
        name = steps[found.kind]
        links = Fact.objects.filter(entity=found, name=name, withdrawn_at=None)
        every = list(links.select_related("target__organisation").order_by("during"))
        link = next((one for one in reversed(every) if one.during.lower <= day), every[0] if every else None)
        found = link.target if link else None
    return found


def organisation_of(entity: Entity, day: date) -> Organisation | None:
    """The account an entity belongs to on a day."""
    owner = owner_of(entity, day)
    return owner.organisation if owner else entity.organisation


def may_change(person: User, entity: Entity, *, today: date) -> bool:
    """Whether a person may change an entity: the province all, a city its own, else the owner or who acts for it."""
    if person.kind == Kind.PROVINCE:
        return True
    if person.kind == Kind.CITY:
        return entities(person, today=today).filter(pk=entity.pk).exists()
    organisation = organisation_of(entity, today)
    return organisation is not None and scope.acts_for(person, organisation, Area.DIRECTORY, today=today)


def check_may_change(person: User, entity: Entity, *, today: date) -> None:
    """Let pass who may change an entity.

    Raises:
        MandateEnded: the person could until a mandate ended.
        PermissionDenied: the person never could.
    """
    if not may_change(person, entity, today=today):
        _tell_if_ended(person, entity, today, entity.created_at)
        raise PermissionDenied("directory")


def _tell_if_ended(person: User, entity: Entity, today: date, made: datetime) -> None:
    organisation = organisation_of(entity, today)
    if organisation is not None:
        scope.tell_if_ended(person, organisation, Area.DIRECTORY, today=today, made=made)
