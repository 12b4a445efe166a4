"""What the API of the directory takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from shutan.apps.common.api import Line, Text
from shutan.apps.directory import queries
from shutan.apps.directory.facts import FACTS
from shutan.apps.directory.models import Entity, Event, Fact, RegistryChange

KindName = Literal["legal_person", "reporting_entity", "facility", "line"]
EventName = Literal[
    "commissioning", "stop", "resume", "shutdown", "capacity_change", "merger", "split", "transfer", "name_change",
    "closure",
]  # fmt: skip
Name = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Values = Annotated[dict[Name, Line | None], Field(max_length=40)]
Key = Annotated[int, Field(ge=1, le=2**53)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class FactOut(Schema):
    """One fact: its value, or the entity it leads to; `until` is the first day it no longer holds."""

    id: int
    name: str
    value: str
    target: int | None
    since: date
    until: date | None
    source: str
    withdrawn: str | None = None

    @classmethod
    def whole(cls, fact: Fact) -> FactOut:
        """A fact as stored."""
        return cls(
            id=fact.pk,
            name=fact.name,
            value=fact.value,
            target=fact.target_id,
            since=fact.during.lower,
            until=fact.during.upper,
            source=fact.source,
            withdrawn=fact.withdrawn_why if fact.withdrawn_at else None,
        )


class EntityOut(Schema):
    """An entity with its facts of a day: values, or numbers of entities."""

    id: int
    kind: str
    version: int
    organisation: int | None
    facts: dict[str, str | int | None]
    details: list[FactOut] = []

    @classmethod
    def annotated(cls, row: Any, kind: str) -> EntityOut:
        """A row of `queries.as_of`."""
        facts = {one.name: getattr(row, f"at_{one.name}") for one in FACTS[kind]}
        return cls(
            id=row.pk, kind=row.kind, version=row.version, organisation=row.organisation_id, facts=facts
        )

    @classmethod
    def of(cls, entity: Entity, day: date) -> EntityOut:
        """One entity."""
        facts = queries.facts_on(entity, day)
        return cls(
            id=entity.pk,
            kind=entity.kind,
            version=entity.version,
            organisation=entity.organisation_id,
            facts={name: fact.target_id or fact.value for name, fact in facts.items()},
            details=[FactOut.whole(fact) for fact in facts.values()],
        )


class EntityPage(Schema):
    """Some of them, and how many there are."""

    items: list[EntityOut]
    count: int


class EntityIn(Schema):
    """A new entity; links by number, credit code or name."""

    kind: KindName
    since: Day
    facts: Values
    planned: bool = False
    source: Line = ""


class ChangeIn(Schema):
    """Facts to be others from a day on; null or empty: there is none any more."""

    version: Key
    since: Day
    facts: Values
    source: Line = ""
    why: Line = ""


class FactIn(Schema):
    """The right value of a fact that was wrong, or the first day it no longer holds."""

    version: Key
    value: Line = ""
    ends: Day | None = None
    why: Line


class EventIn(Schema):
    """An event. `others`: merged legal persons or facilities split off; `into`: who takes over; `values`: name, capacity …"""

    kind: EventName
    on: Day
    others: Annotated[list[Key], Field(max_length=100)] = []
    into: Key | None = None
    values: Values = {}
    document: Line = ""
    note: Text = ""
    version: Key | None = None
    dry_run: bool = True


class PreviewOut(Schema):
    """What would follow."""

    changes: list[dict[str, str]]
    registry_change: bool
    look: list[str]


class EventOut(Schema):
    """An event as recorded."""

    id: int
    kind: str
    on: date
    document: str
    note: str
    corrects: int | None
    subjects: dict[str, list[int]]

    @classmethod
    def of(cls, event: Event) -> EventOut:
        """One event."""
        parts: dict[str, list[int]] = {}
        for one in event.subjects.all():
            parts.setdefault(one.part, []).append(one.entity_id)
        return cls(
            id=event.pk,
            kind=event.kind,
            on=event.on,
            document=event.document,
            note=event.note,
            corrects=event.corrects_id,
            subjects=parts,
        )


class EventPage(Schema):
    """Some of them, and how many there are."""

    items: list[EventOut]
    count: int


class WhyIn(Schema):
    """The reason."""

    why: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\u0000-\u001f\u007f]*$")]


class RegistryChangeOut(Schema):
    """A notice of what the registry must change."""

    id: int
    event: int
    kind: str
    on: date
    state: str
    reason: str

    @classmethod
    def of(cls, notice: RegistryChange) -> RegistryChangeOut:
        """One notice."""
        return cls(
            id=notice.pk,
            event=notice.event_id,
            kind=notice.event.kind,
            on=notice.event.on,
            state=notice.state,
            reason=notice.reason,
        )


class RegistryDecisionIn(Schema):
    """The province's decision; a rejection needs a reason."""

    approve: bool
    reason: Line = ""


class DirectoryImportOut(Schema):
    """What an import did."""

    created: int
    changed: int
    unchanged: int
