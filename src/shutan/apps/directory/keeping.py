"""How dated facts change: begin, end, withdraw. The one place that writes them; who may is asked in `actions.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg.types.range import DateRange

from shutan.apps.accounts.models import User
from shutan.apps.directory.models import Entity, Event, Fact


@dataclass(frozen=True)
class Hand:
    """Who writes, when, from what source, because of which event."""

    person: User | None
    now: datetime
    source: str = ""
    event: Event | None = None


@dataclass(frozen=True)
class Said:
    """A fact to be: its name and its value, or the entity it leads to. Neither: nothing is known any more."""

    name: str
    value: str = ""
    target: Entity | None = None

    @property
    def empty(self) -> bool:
        """Whether it says that there is none."""
        return not self.value and self.target is None

    def same(self, fact: Fact | None) -> bool:
        """Whether a fact says the same already."""
        if fact is None:
            return self.empty
        return fact.value == self.value and fact.target_id == (self.target.pk if self.target else None)


def standing(entity: Entity | None = None) -> QuerySet[Fact]:
    """Facts that were not withdrawn."""
    found = Fact.objects.filter(withdrawn_at=None)
    return found.filter(entity=entity) if entity else found


def at(entity: Entity, name: str, day: date) -> Fact | None:
    """The fact of a name on a day."""
    return standing(entity).filter(name=name, during__contains=day).first()


def say(entity: Entity, said: Said, since: date, hand: Hand, until: date | None = None) -> Fact | None:
    """Let a fact hold from a day: the one before it ends, one that begins later stays. None where nothing changed."""
    before = at(entity, said.name, since)
    if said.same(before):
        return None
    later = standing(entity).filter(name=said.name, during__startswith__gt=since)
    following = later.order_by("during").values_list("during", flat=True).first()
    ends = min((day for day in (until, following.lower if following else None) if day), default=None)
    if before is not None:
        end(before, since, hand)
    return None if said.empty else begin(entity, said, DateRange(since, ends), hand)


def begin(entity: Entity, said: Said, during: Any, hand: Hand) -> Fact:
    """Write one fact."""
    return Fact.objects.create(
        entity=entity,
        name=said.name,
        value=said.value,
        target=said.target,
        during=during,
        source=hand.source,
        begun_by=hand.event,
        recorded_at=hand.now,
        recorded_by=hand.person,
    )


# Five arrays: `bulk_create` needs a placeholder a value for ranges, and a thousand enterprises took three times as long.
MANY = """
    INSERT INTO directory_fact
        (entity_id, name, value, target_id, during, source, begun_by_id, recorded_at, recorded_by_id, withdrawn_why)
    SELECT entity, name, value, target, daterange(since, NULL), %s, %s, %s, %s, ''
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::date[])
        AS given (entity, name, value, target, since)
"""


def begin_many(facts: Iterable[tuple[Entity, Said, date]], hand: Hand) -> None:
    """Write new facts, each of an entity from a day on, in one statement."""
    given = [
        (entity.pk, said.name, said.value, said.target.pk if said.target else None, since)
        for entity, said, since in facts
    ]
    shared = (
        hand.source,
        hand.event.pk if hand.event else None,
        hand.now,
        hand.person.pk if hand.person else None,
    )
    if given:
        with connection.cursor() as cursor:
            cursor.execute(MANY, [*shared, *map(list, zip(*given, strict=True))])


def end(fact: Fact, on: date, hand: Hand) -> None:
    """Let a fact hold until the day before `on`; one that would hold no day at all is withdrawn."""
    if fact.during.lower >= on:
        withdraw(fact, hand, "replaced from its first day")
        return
    fact.during = DateRange(fact.during.lower, on)
    fact.ended_by = hand.event
    fact.save(update_fields=["during", "ended_by"])


def withdraw(fact: Fact, hand: Hand, why: str) -> None:
    """Say that a fact was wrong: it stays in the history and holds on no day."""
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_why = hand.now, hand.person, why
    fact.ended_by = hand.event or fact.ended_by
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "ended_by"])


def touch(entities: Iterable[Entity], hand: Hand) -> None:
    """Count a change of each."""
    for entity in {entity.pk: entity for entity in entities}.values():
        entity.version += 1
        entity.changed_at, entity.changed_by = hand.now, hand.person
        entity.save(update_fields=["version", "changed_at", "changed_by"])
