"""What follows from an event, worked out before anything is written: `propose` for the page that asks, `events.py` to do it.

Each kind of event is one function below; it reads the directory of the event's day, says what it would change, and
refuses what cannot have happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shutan.apps.directory import keeping
from shutan.apps.directory.facts import State, types_of
from shutan.apps.directory.keeping import Said
from shutan.apps.directory.models import Entity, EntityKind, EventKind, EventSubject, Fact
from shutan.apps.directory.reading import Find, read
from shutan.documents.problem import Message, Problem
from shutan.kernel import Origin

GONE = ("closed", "merged")
Part = EventSubject.Part


@dataclass(frozen=True)
class Happened:
    """An event as entered. `others` are merged legal persons or facilities split off; `into` who takes over."""

    kind: str
    on: date
    subject: Entity
    others: tuple[Entity, ...] = ()
    into: Entity | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""
    note: str = ""


@dataclass(frozen=True)
class Change:
    """One fact that becomes another from the event's day. `before` is the fact that ends, None where there was none."""

    entity: Entity | None  # None: the new line
    said: Said
    before: Fact | None = None


@dataclass
class Proposal:
    """What an event would do, and why it cannot be where it cannot."""

    event: Happened
    find: Find
    parts: dict[int, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_line: bool = False
    registry: bool = False  # the registry must change, after the province's review
    look: list[Message] = field(default_factory=list)

    def refuse(self, code: str, place: str, zh: str, en: str) -> None:
        """Say what is impossible."""
        self.problems.append(Problem(code, Origin("field", place), Message(zh, en)))

    def change(self, entity: Entity, name: str, value: str = "", target: Entity | None = None) -> None:
        """Let a fact become another from the event's day; what begins later stands in the way."""
        said, on = Said(name, value, target), self.event.on
        before = keeping.at(entity, name, on)
        if said.same(before):
            return
        later = (
            keeping.standing(entity).filter(name=name, during__startswith__gt=on).order_by("during").first()
        )
        if later is not None:
            label = types_of(entity.kind)[name].field
            self.refuse(
                "event.later",
                "on",
                f"“{name_on(entity, on)}”的“{label.zh}”在 {later.during.lower} 另有记录；请先撤销较晚的事件",
                f"“{label.en}” of “{name_on(entity, on)}” is recorded anew from {later.during.lower}; undo what is later first",
            )
            return
        self.parts.setdefault(entity.pk, Part.AFFECTED)
        self.changes.append(Change(entity, said, before))


def name_on(entity: Entity, day: date) -> str:
    """The name on a day, else the latest."""
    names = keeping.standing(entity).filter(name="name")
    fact = names.filter(during__contains=day).first() or names.order_by("during").last()
    return fact.value if fact else str(entity.pk)


def state_on(entity: Entity, day: date) -> str:
    """The state on a day; '' where the entity is not known on it."""
    fact = keeping.at(entity, "state", day)
    return fact.value if fact else ""


def linked(name: str, to: Entity, day: date) -> list[Entity]:
    """The entities whose link leads to one on a day: its facilities, its lines, its members."""
    facts = Fact.objects.filter(name=name, target=to, withdrawn_at=None, during__contains=day)
    return [fact.entity for fact in facts.select_related("entity").order_by("entity")]


def propose(event: Happened, find: Find) -> Proposal:
    """Work out what an event would do. Nothing is written; with `problems` it cannot be recorded."""
    proposal = Proposal(event, find)
    kinds = SUBJECTS[event.kind]
    if event.subject.kind not in kinds:
        proposal.refuse(
            "event.kind", "kind", "该主体不会发生这类事件", "this cannot happen to this kind of entity"
        )
        return proposal
    proposal.parts[event.subject.pk] = Part.SUBJECT
    for other in event.others:
        proposal.parts.setdefault(other.pk, Part.OTHER)
    if event.into is not None:
        proposal.parts[event.into.pk] = Part.INTO
    FOLLOW[event.kind](proposal)
    if not proposal.problems and not proposal.changes:
        proposal.refuse("event.nothing", "kind", "该事件不会改变任何事实", "this event would change nothing")
    proposal.look.extend(_look(event))
    return proposal


# Units and facilities


def _commissioning(proposal: Proposal) -> None:
    event = proposal.event
    unit = event.subject
    if unit.kind == EntityKind.FACILITY and any(str(value or "").strip() for value in event.values.values()):
        _new_line(proposal)
        return
    state = state_on(unit, event.on)
    if state not in ("", "planned"):
        _wrong_state(
            proposal,
            unit,
            state,
            "投产前应为“拟建或在建”",
            "before commissioning it is planned or being built",
        )
        return
    if not state and keeping.at(unit, "name", event.on) is None:
        _unknown(proposal, unit)
        return
    proposal.change(unit, "state", "operating")


def _new_line(proposal: Proposal) -> None:
    event = proposal.event
    _stands(proposal, event.subject, ("planned", "operating", "stopped"))
    values = dict.fromkeys(("name", "sector")) | dict(event.values) | {"facility": str(event.subject.pk)}
    found = read(EntityKind.LINE, values, event.on, proposal.find)
    proposal.problems.extend(found.problems)
    proposal.new_line = True
    name = found.said.get("name")
    if name and name.value in {
        name_on(line, event.on) for line in linked("facility", event.subject, event.on)
    }:
        proposal.refuse(
            "event.twice",
            "name",
            "该设施已有同名的机组或产线",
            "the facility has a line of this name already",
        )
    said = [*(one for one in found.said.values() if not one.empty), Said("state", "operating")]
    proposal.changes.extend(Change(None, one) for one in said)


def _stop(proposal: Proposal) -> None:
    _units(proposal, ("operating",), "stopped")


def _resume(proposal: Proposal) -> None:
    unit, on = proposal.event.subject, proposal.event.on
    if not _stands(proposal, unit, ("stopped",)):
        return
    proposal.change(unit, "state", "operating")
    held = keeping.at(unit, "state", on)
    for line in linked("facility", unit, on):
        state = keeping.at(line, "state", on)
        # Lines that stopped with the facility go on with it; one that stopped by itself stays stopped.
        if state and held and held.begun_by_id and state.begun_by_id == held.begun_by_id:
            proposal.change(line, "state", "operating")


def _shutdown(proposal: Proposal) -> None:
    _units(proposal, ("planned", "operating", "stopped"), "closed")


def _units(proposal: Proposal, allowed: tuple[str, ...], state: str) -> None:
    """A unit, with its lines where it is a facility, goes from an allowed state into another."""
    unit, on = proposal.event.subject, proposal.event.on
    if _stands(proposal, unit, allowed):
        proposal.change(unit, "state", state)
        for line in linked("facility", unit, on):
            if state_on(line, on) in allowed:
                proposal.change(line, "state", state)


def _capacity_change(proposal: Proposal) -> None:
    event = proposal.event
    if not _stands(proposal, event.subject, ("planned", "operating", "stopped")):
        return
    values = {name: event.values.get(name) for name in ("capacity", "capacity_unit")}
    for name, value in values.items():
        if not str(value or "").strip():
            proposal.refuse("cell.missing", name, "须填写产能和单位", "capacity and unit are needed")
    found = read(EntityKind.LINE, values, event.on, proposal.find)
    proposal.problems.extend(found.problems)
    if not proposal.problems:
        for said in found.said.values():
            proposal.change(event.subject, said.name, said.value)


# Legal persons


def _merger(proposal: Proposal) -> None:
    event, on = proposal.event, proposal.event.on
    into = _taker(proposal)
    parties = [event.subject, *event.others]
    if into is None:
        return
    for party in parties:
        if party.kind != EntityKind.LEGAL_PERSON:
            proposal.refuse("event.kind", "others", "只有法人可以合并", "only legal persons merge")
        elif party.pk == into.pk:
            proposal.refuse(
                "event.self",
                "into",
                "承接方不能同时是被并入方",
                "who takes over cannot be merged into itself",
            )
        elif _stands(proposal, party, ("operating",)):
            proposal.change(party, "state", "merged")
            if keeping.at(party, "reporting_entity", on):
                proposal.change(party, "reporting_entity")
            for facility in linked("owner", party, on):
                proposal.change(facility, "owner", target=into)
            for joint in linked("lead", party, on):
                proposal.change(joint, "lead", target=into)
    proposal.registry = True


def _split(proposal: Proposal) -> None:
    event, on = proposal.event, proposal.event.on
    into = _taker(proposal)
    if not _stands(proposal, event.subject, ("operating",)) or into is None:
        return
    if into.pk == event.subject.pk:
        proposal.refuse(
            "event.self", "into", "分立出的应是另一法人", "what is split off is another legal person"
        )
        return
    if not event.others:
        proposal.refuse(
            "cell.missing", "others", "须选择分立出去的设施", "choose the facilities that are split off"
        )
    for facility in event.others:
        _handed(proposal, facility, event.subject, into, on)
    proposal.registry = True


def _transfer(proposal: Proposal) -> None:
    event = proposal.event
    into = _taker(proposal)
    owner = keeping.at(event.subject, "owner", event.on)
    if into is None:
        return
    if owner is None:
        _unknown(proposal, event.subject)
    elif owner.target_id == into.pk:
        proposal.refuse(
            "event.self", "into", "设施在这一天已属于承接方", "the facility is theirs already on that day"
        )
    else:
        _stands(proposal, event.subject, ("planned", "operating", "stopped"))
        proposal.change(event.subject, "owner", target=into)
        proposal.parts.setdefault(owner.target_id or 0, Part.OTHER)


def _handed(proposal: Proposal, facility: Entity, owner: Entity, into: Entity, on: date) -> None:
    held = keeping.at(facility, "owner", on)
    if held is None or held.target_id != owner.pk:
        name = name_on(facility, on)
        proposal.refuse(
            "event.owner", "others", f"“{name}”在这一天不属于该法人", f"“{name}” is not theirs on that day"
        )
    else:
        proposal.change(facility, "owner", target=into)


def _name_change(proposal: Proposal) -> None:
    event = proposal.event
    if keeping.at(event.subject, "name", event.on) is None:
        _unknown(proposal, event.subject)
        return
    found = read(event.subject.kind, {"name": event.values.get("name")}, event.on, proposal.find)
    proposal.problems.extend(found.problems)
    if not proposal.problems:
        proposal.change(event.subject, "name", found.said["name"].value)
    proposal.registry = event.subject.kind in (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY)


def _closure(proposal: Proposal) -> None:
    event, on = proposal.event, proposal.event.on
    if not _stands(proposal, event.subject, ("planned", "operating", "stopped")):
        return
    proposal.change(event.subject, "state", "closed")
    for facility in linked("owner", event.subject, on):
        for unit in (facility, *linked("facility", facility, on)):
            if state_on(unit, on) not in ("", *GONE):
                proposal.change(unit, "state", "closed")


# What they share


def _taker(proposal: Proposal) -> Entity | None:
    """Who takes over: a legal person that exists and is not gone on the day."""
    into = proposal.event.into
    if into is None or into.kind != EntityKind.LEGAL_PERSON:
        proposal.refuse("cell.missing", "into", "须选择承接的法人", "choose the legal person that takes over")
        return None
    return into if _stands(proposal, into, ("operating",), "into") else None


def _stands(proposal: Proposal, entity: Entity, allowed: tuple[str, ...], place: str = "on") -> bool:
    state = state_on(entity, proposal.event.on)
    if not state:
        _unknown(proposal, entity, place)
    elif state not in allowed:
        zh = "、".join(State[one].zh for one in allowed)
        en = ", ".join(State[one].en.lower() for one in allowed)
        _wrong_state(proposal, entity, state, f"应为：{zh}", f"expected: {en}", place=place)
    return state in allowed


def _unknown(proposal: Proposal, entity: Entity, place: str = "on") -> None:
    on, name = proposal.event.on, name_on(entity, proposal.event.on)
    proposal.refuse(
        "event.before",
        place,
        f"“{name}”在 {on} 尚未存在（投产或登记之前）",
        f"“{name}” did not exist on {on}",
    )


def _wrong_state(
    proposal: Proposal, entity: Entity, state: str, zh: str, en: str, *, place: str = "on"
) -> None:
    on, name, member = proposal.event.on, name_on(entity, proposal.event.on), State[state]
    proposal.refuse(
        "event.state",
        place,
        f"“{name}”在 {on} 为“{member.zh}”；{zh}",
        f"“{name}” is “{member.en.lower()}” on {on}; {en}",
    )


def _look(event: Happened) -> Iterable[Message]:
    """The lists and duties that the event touches; other apps add theirs through `WATCHERS`."""
    yield from LOOK.get(event.kind, ())
    for watcher in WATCHERS:
        yield from watcher(event)


_UNITS = (EntityKind.LINE, EntityKind.FACILITY)
SUBJECTS: dict[str, tuple[str, ...]] = {
    EventKind.COMMISSIONING: _UNITS,
    EventKind.STOP: _UNITS,
    EventKind.RESUME: _UNITS,
    EventKind.SHUTDOWN: _UNITS,
    EventKind.CAPACITY_CHANGE: (EntityKind.LINE,),
    EventKind.MERGER: (EntityKind.LEGAL_PERSON,),
    EventKind.SPLIT: (EntityKind.LEGAL_PERSON,),
    EventKind.TRANSFER: (EntityKind.FACILITY,),
    EventKind.NAME_CHANGE: tuple(EntityKind.values),
    EventKind.CLOSURE: (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY),
}
FOLLOW: dict[str, Callable[[Proposal], None]] = {
    EventKind.COMMISSIONING: _commissioning,
    EventKind.STOP: _stop,
    EventKind.RESUME: _resume,
    EventKind.SHUTDOWN: _shutdown,
    EventKind.CAPACITY_CHANGE: _capacity_change,
    EventKind.MERGER: _merger,
    EventKind.SPLIT: _split,
    EventKind.TRANSFER: _transfer,
    EventKind.NAME_CHANGE: _name_change,
    EventKind.CLOSURE: _closure,
}
_LEAVES = Message(
    "名录：停业、关闭或不再排放的，由省厅移出（管理办法第十一条）",
    "Lists: closed and no longer emitting means removal by the province (Measures 11)",
)
_ENTERS = Message(
    "名录：新投产的按预计直接排放判断是否纳入；数据质量控制方案须包括新机组或产线",
    "Lists: a new plant is judged by its expected direct emissions; the quality-control scheme must cover the new unit",
)
_REGISTRY = Message(
    "注册登记：省厅审核后变更登记（管理办法第十八条）",
    "Registry: changed after the province's review (Measures 18)",
)
_PERMIT = Message(
    "排污许可证与报告中的名称、编号须一致",
    "Names and codes must agree between the pollution permit and the report",
)
_ALLOCATION = Message(
    "配额：按分配方案核对受影响年度的配额",
    "Allowances: check those of the years concerned by the allocation plan",
)
LOOK: dict[str, tuple[Message, ...]] = {
    EventKind.COMMISSIONING: (_ENTERS, _PERMIT),
    EventKind.SHUTDOWN: (_LEAVES, _ALLOCATION),
    EventKind.CAPACITY_CHANGE: (_ALLOCATION, _PERMIT),
    EventKind.MERGER: (_REGISTRY, _LEAVES, _ALLOCATION),
    EventKind.SPLIT: (_REGISTRY, _ENTERS, _ALLOCATION),
    EventKind.TRANSFER: (_ALLOCATION, _PERMIT),
    EventKind.NAME_CHANGE: (_REGISTRY, _PERMIT),
    EventKind.CLOSURE: (_LEAVES, _ALLOCATION),
}
# Functions of other apps: what else an event makes someone look at again.
WATCHERS: list[Callable[[Happened], Iterable[Message]]] = []
