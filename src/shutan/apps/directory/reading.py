"""From what was typed to facts: every value read by its declaration, every fault at its place, none of it saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shutan.apps.directory.facts import entered, types_of
from shutan.apps.directory.keeping import Said
from shutan.apps.directory.models import Entity, EventKind, Fact
from shutan.documents.problem import Message, Problem
from shutan.documents.values import Fault, is_empty
from shutan.kernel import Origin

# Finds the entity a link's text leads to: (kind, text) → entity or fault.
Find = Callable[[str, str], "Entity | Fault"]

# The events that change a fact, in both languages.
EVENT_WORDS = {
    EventKind.NAME_CHANGE: ("更名", "change of name"),
    EventKind.TRANSFER: ("转让", "transfer"),
    EventKind.CAPACITY_CHANGE: ("产能变更", "change of capacity"),
}


class FaultsError(Exception):
    """Nothing was saved; carries all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text("en") for problem in problems))
        self.problems = tuple(problems)


@dataclass
class Read:
    """What a form or row says, and what is wrong with it."""

    said: dict[str, Said] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(
    kind: str, raw: Mapping[str, Any], day: date, find: Find, place: Callable[[str], Origin] | None = None
) -> Read:
    """Read the facts of one entity. Only names that are in `raw` are read; an empty one says that there is none."""
    where = place or (lambda name: Origin("field", name))
    found = Read()
    for one in entered(kind):
        if one.name not in raw:
            continue
        value = raw[one.name]
        if is_empty(value):
            if one.required:
                message = Message(f"缺少“{one.field.zh}”", f"“{one.field.en}” is missing")
                found.problems.append(Problem("cell.missing", where(one.name), message))
            found.said[one.name] = Said(one.name)
            continue
        text, fault = one.read(value, day)
        if fault is None and one.target:
            target = find(one.target, text)
            if isinstance(target, Fault):
                fault = target
            else:
                found.said[one.name] = Said(one.name, target=target)
                continue
        if fault is not None:
            message = Message(
                f"“{one.field.zh}”：{fault.message.zh}", f"“{one.field.en}”: {fault.message.en}"
            )
            found.problems.append(Problem(fault.code, where(one.name), message, fault.expected))
        else:
            found.said[one.name] = Said(one.name, text)
    _both_or_none(found, where)
    return found


def _both_or_none(found: Read, where: Callable[[str], Origin]) -> None:
    """A capacity without unit says nothing."""
    capacity, unit = found.said.get("capacity"), found.said.get("capacity_unit")
    if capacity and unit and capacity.empty != unit.empty:
        name = "capacity" if capacity.empty else "capacity_unit"
        message = Message("产能和单位须一并填写", "capacity and its unit go together")
        found.problems.append(Problem("cell.missing", where(name), message))


def event_faults(
    kind: str, said: Mapping[str, Said], before: Callable[[str], Fact | None], place: Callable[[str], Origin]
) -> list[Problem]:
    """Facts that are known already and change by an event only."""
    found = []
    for name, one in types_of(kind).items():
        held = before(name) if one.event and name in said else None
        if held is not None and not said[name].same(held):
            label = EventKind(one.event)
            zh, en = EVENT_WORDS[label]
            message = Message(f"“{one.field.zh}”的变更须记录事件", f"“{one.field.en}” changes by an event")
            expected = Message(
                f"记录“{zh}”；录入有误的用“更正”", f"record “{en}”; what was wrong is corrected"
            )
            found.append(Problem("fact.event", place(name), message, expected))
    return found
