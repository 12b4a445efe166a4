"""Import: every row of a file is judged, then all are written in one transaction or none.

A row with a number, or with a known credit code, or of a known name under the same owner, changes that record from its
day on; what it leaves empty ends, what is unchanged is left alone. Any other row registers something new.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.directory import keeping, queries
from shutan.apps.directory.facts import State, entered
from shutan.apps.directory.keeping import Hand, Said
from shutan.apps.directory.models import Entity, EntityKind, Fact
from shutan.apps.directory.reading import FaultsError, event_faults, read
from shutan.apps.directory.workbook import NUMBER, ORDER, SINCE, RawRow, Rows
from shutan.documents.problem import Message, Problem
from shutan.documents.values import Fault, is_empty, parse
from shutan.kernel import Date, Origin

DAY = Date("since", "有效期起|valid from")
# The link that, with the name, tells one from another.
ABOVE: dict[str, str] = {
    EntityKind.FACILITY: "owner",
    EntityKind.LINE: "facility",
    EntityKind.REPORTING_ENTITY: "lead",
}


@dataclass
class Imported:
    """What an import did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class _Row:
    """A row judged: the record it is, what it says, from when."""

    raw: RawRow
    kind: str
    entity: Entity
    since: date
    said: dict[str, Said] = field(default_factory=dict)
    state: str = "operating"
    is_new: bool = False


class _Known:
    """Every entity the actor may see with all that stands of it, found by number, code or name; two queries."""

    def __init__(self, actor: Actor, today: date) -> None:
        rows = queries.entities(actor, today=today) if isinstance(actor, User) else Entity.objects.all()
        self.entities = {entity.pk: entity for entity in rows.select_related("organisation")}
        self.facts: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        # (kind, text) → the entities of that name or code; new ones of the file are added
        self.texts: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.added: dict[int, Entity] = {}
        standing = (
            keeping.standing().filter(entity__in=rows.values("pk"))
            if isinstance(actor, User)
            else keeping.standing()
        )
        for fact in standing.order_by("during"):
            if fact.entity_id in self.entities:
                self.facts[fact.entity_id, fact.name].append(fact)
                if fact.name in ("name", "credit_code"):
                    self.texts[self.entities[fact.entity_id].kind, fact.value].add(fact.entity_id)

        for pk, entity in self.entities.items():
            if entity.kind == EntityKind.FACILITY:
                for owner in (links[-1].target_id for links in [self.facts.get((pk, "owner"))] if links):
                    self._join(pk, owner or 0)

    def _join(self, facility: int, owner: int) -> None:
        """`owner/name` tells facilities of one name apart."""
        for name in self.facts.get((facility, "name"), ()):
            for word in (*self.facts.get((owner, "name"), ()), *self.facts.get((owner, "credit_code"), ())):
                self.texts[EntityKind.FACILITY, f"{word.value}/{name.value}"].add(facility)

    def at(self, entity: Entity, name: str, day: date) -> Fact | None:
        for fact in self.facts.get((entity.pk or 0, name), ()):
            if fact.during.lower <= day and (fact.during.upper is None or day < fact.during.upper):
                return fact
        return None

    def add(self, entity: Entity, kind: str, place: int, *texts: str) -> None:
        self.added[place] = entity
        for text in texts:
            if text:
                self.texts[kind, text].add(place)

    def get(self, key: int) -> Entity:
        return self.added[key] if key < 0 else self.entities[key]

    def find(self, kind: str, text: str) -> Entity | Fault:
        found = set(self.texts.get((kind, text), ()))
        if not found and text.isascii() and text.isdigit() and int(text) in self.entities:
            one = self.entities[int(text)]
            found = {one.pk} if one.kind == kind else set()
        if len(found) == 1:
            return self.get(found.pop())
        if found:
            return Fault(
                "link.several",
                Message(f"“{text}”不止一个", f"there are several “{text}”"),
                Message(
                    "用统一社会信用代码、编号或“企业/设施”",
                    "give the credit code, the number, or “owner/facility”",
                ),
            )
        return Fault(
            "link.unknown",
            Message(
                f"名录和本文件中都没有“{text}”", f"“{text}” is neither in the directory nor in this file"
            ),
            Message("统一社会信用代码、名称或编号", "credit code, name or number"),
        )


def import_rows(
    actor: Actor, given: Rows, *, source: str = "", now: datetime, today: date, why: str = ""
) -> Imported:
    """Write all rows of a file, or none.

    Raises:
        FaultsError: with everything that is wrong, each at its sheet and cell.
    """
    with act(actor, "directory.import_workbook", now=now, why=why) as entry:
        known = _Known(actor, today)
        problems = list(given.problems)
        rows = _judge(given, known, problems)
        if problems:
            raise FaultsError(problems)
        hand = Hand(actor if isinstance(actor, User) else None, now, source[:300])
        done = Imported()
        try:
            with transaction.atomic():
                _create(actor, [row for row in rows if row.is_new], hand, done)
                _change([row for row in rows if not row.is_new], hand, done)
        except IntegrityError as error:
            message = Message(
                "有效期或统一社会信用代码与已有记录冲突",
                "days or a credit code collide with existing records",
            )
            raise FaultsError([Problem("fact.overlap", Origin("file", ""), message)]) from error
        _within(actor, rows, today)
        home = actor.organisation if isinstance(actor, User) else None
        subject = home or (rows[0].entity if rows else Organisation())
        counts = {"created": done.created, "changed": done.changed, "unchanged": done.unchanged}
        entry.about(subject, source[:200], **counts)
    return done


def _judge(given: Rows, known: _Known, problems: list[Problem]) -> list[_Row]:
    """Every row with its record and what it says; faults go into `problems`."""
    rows: list[_Row] = []
    for kind in ORDER:
        seen: dict[Any, RawRow] = {}
        for raw in given.rows.get(kind, []):
            row = _begin(raw, kind, known, problems)
            _tell_twice(raw, kind, seen, problems)
            if row.is_new:
                key = -(len(known.added) + 1)
                name, code = _text(raw, "name"), _text(raw, "credit_code")
                texts = [name, code, f"{_text(raw, ABOVE[kind])}/{name}" if kind in ABOVE else ""]
                known.add(row.entity, kind, key, *texts)
            rows.append(row)
    for row in rows:
        _read(row, known, problems)
    return rows


def _text(raw: RawRow, name: str) -> str:
    value = raw.values.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _begin(raw: RawRow, kind: str, known: _Known, problems: list[Problem]) -> _Row:
    """The record a row is about: by number, by credit code, by name under its owner; else a new one."""
    entity: Entity | None = None
    if number := _text(raw, NUMBER):
        entity = known.entities.get(int(number)) if number.isascii() and number.isdigit() else None
        if entity is None or entity.kind != kind:
            message = Message(f"没有编号 {number[:20]} 的主体", f"there is no record {number[:20]} here")
            expected = Message(
                "导出文件中的编号；新登记留空", "the number of an export; empty for a new record"
            )
            problems.append(Problem("number.unknown", raw.where(NUMBER), message, expected))
    elif kind == EntityKind.LEGAL_PERSON:
        found = known.texts.get((kind, _text(raw, "credit_code")), set())
        entity = next((known.entities[pk] for pk in found if pk > 0), None)
    else:
        above = known.find(
            EntityKind.LEGAL_PERSON if ABOVE[kind] != "facility" else EntityKind.FACILITY,
            _text(raw, ABOVE[kind]),
        )
        for pk in known.texts.get((kind, _text(raw, "name")), ()):
            if pk > 0 and not isinstance(above, Fault) and above.pk:
                links = known.facts.get((pk, ABOVE[kind]), [])
                if links and links[-1].target_id == above.pk:
                    entity = known.entities[pk]
    since = date.min
    if is_empty(raw.values.get(SINCE)):
        if entity is None:
            problems.append(
                Problem(
                    "cell.missing",
                    raw.where(SINCE),
                    Message("缺少“自…起有效”", "“valid from” is missing"),
                    Message("日期，如 2024-01-01", "a date such as 2024-01-01"),
                )
            )
    else:
        day, fault = parse(None, DAY, raw.values[SINCE])
        if fault is not None:
            problems.append(Problem(fault.code, raw.where(SINCE), fault.message, fault.expected))
        else:
            since = day
    is_new = entity is None
    return _Row(raw, kind, entity or Entity(kind=kind), since, is_new=is_new)


def _tell_twice(raw: RawRow, kind: str, seen: dict[Any, RawRow], problems: list[Problem]) -> None:
    """A record stands once in a file."""
    if kind == EntityKind.LEGAL_PERSON:
        key, name = _text(raw, "credit_code"), "credit_code"
    else:
        key, name = f"{_text(raw, ABOVE[kind])}\n{_text(raw, 'name')}", "name"
    if not key.strip():
        return
    if key in seen:
        first = seen[key].where(name)
        shown = key.replace("\n", " ")
        problems.append(
            Problem(
                "key.twice",
                raw.where(name),
                Message(f"“{shown}”重复，第一次在 {first}", f"“{shown}” stands twice, first at {first}"),
                Message("每个主体一行", "one row a record"),
            )
        )
    else:
        seen[key] = raw


def _read(row: _Row, known: _Known, problems: list[Problem]) -> None:
    """Read a row's facts; keep those that differ from what holds."""
    day = row.since if row.since != date.min else date.max
    values = {name: value for name, value in row.raw.values.items() if name not in (NUMBER, SINCE, "state")}
    if row.is_new:
        values = {one.name: values.get(one.name) for one in entered(row.kind)}
    found = read(row.kind, values, day, known.find, row.raw.where)
    problems.extend(found.problems)
    state, fault = _state(row, known, day)
    if fault:
        problems.append(fault)
    row.state = state
    if row.is_new:
        row.said = {name: said for name, said in found.said.items() if not said.empty}
        return
    row.said = {
        name: said
        for name, said in found.said.items()
        if not _same(said, known.at(row.entity, name, _held(day)))
    }
    problems += event_faults(
        row.kind, row.said, lambda name: known.at(row.entity, name, _held(day)), row.raw.where
    )
    if row.said and row.since == date.min:
        problems.append(
            Problem(
                "cell.missing",
                row.raw.where(SINCE),
                Message("有变更的行须填写“自…起有效”", "a row that changes something needs “valid from”"),
                Message("日期，如 2024-01-01", "a date such as 2024-01-01"),
            )
        )
    for name in row.said:
        later = [fact for fact in known.facts.get((row.entity.pk, name), ()) if fact.during.lower > day]
        if later:
            problems.append(
                Problem(
                    "fact.later",
                    row.raw.where(name),
                    Message(
                        f"{later[0].during.lower} 起另有记录，有效期重叠",
                        f"another record begins on {later[0].during.lower}: the days overlap",
                    ),
                    Message("在页面上更正", "correct it on the page"),
                )
            )


def _held(day: date) -> date:
    """The day on which what holds is asked for; without one, the last."""
    return day if day != date.max else date(9999, 12, 30)


def _same(said: Said, fact: Fact | None) -> bool:
    """Whether it holds already; what the file itself adds holds nowhere yet."""
    added = said.target is not None and said.target._state.adding  # noqa: SLF001 - Django documents it
    return not added and said.same(fact)


def _state(row: _Row, known: _Known, day: date) -> tuple[str, Problem | None]:
    raw = row.raw.values.get("state")
    if is_empty(raw):
        return "operating", None
    member = State.find(str(raw))
    if member is None or (row.is_new and member.key not in ("planned", "operating", "stopped")):
        message = Message(
            f"“{str(raw)[:40]}”不是可登记的状态", f"“{str(raw)[:40]}” is no state to begin with"
        )
        words = [State[key] for key in ("planned", "operating", "stopped")]
        expected = Message("、".join(one.zh for one in words), ", ".join(one.en for one in words))
        return "", Problem("choice.unknown", row.raw.where("state"), message, expected)
    if not row.is_new:
        held = known.at(row.entity, "state", _held(day))
        if held is None or held.value != member.key:
            message = Message("状态不能通过导入变更", "an import does not change a state")
            return "", Problem(
                "state.event",
                row.raw.where("state"),
                message,
                Message("在页面上记录事件", "record an event on the page"),
            )
    return member.key, None


def _create(actor: Actor, rows: list[_Row], hand: Hand, done: Imported) -> None:
    """New records and their facts, written in bulk: a thousand enterprises are a few statements."""
    for row in rows:
        entity = row.entity
        entity.created_at = entity.changed_at = hand.now
        entity.created_by = entity.changed_by = hand.person
        if isinstance(actor, User) and actor.kind == Kind.ENTERPRISE and row.kind == EntityKind.LEGAL_PERSON:
            entity.organisation = actor.organisation
    Entity.objects.bulk_create([row.entity for row in rows], batch_size=2000)
    keeping.begin_many(
        (
            (row.entity, said, row.since)
            for row in rows
            for said in (*row.said.values(), Said("state", row.state))
        ),
        hand,
    )
    done.created = len(rows)


def _change(rows: list[_Row], hand: Hand, done: Imported) -> None:
    for row in rows:
        if not row.said:
            done.unchanged += 1
            continue
        entity = Entity.objects.select_for_update().get(pk=row.entity.pk)
        for said in row.said.values():
            keeping.say(entity, said, row.since, hand)
        keeping.touch([entity], hand)
        done.changed += 1


def _within(actor: Actor, rows: list[_Row], today: date) -> None:
    """All that was touched must be the actor's to change."""
    if not isinstance(actor, User) or actor.kind == Kind.PROVINCE:
        return
    touched = {row.entity.pk: row for row in rows if row.is_new or row.said}
    seen = set(queries.entities(actor, today=today).filter(pk__in=touched).values_list("pk", flat=True))
    message = Message("不属于您可管理的范围", "this is not within what you may keep")
    foreign = [
        Problem("scope", row.raw.where("name"), message) for pk, row in touched.items() if pk not in seen
    ]
    if foreign:
        raise FaultsError(foreign)
