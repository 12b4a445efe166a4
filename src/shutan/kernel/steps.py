"""What exact evaluation needs of a plan, worked out once: where each argument comes from, which values a parameter has.

A report of one plant has many rules and few rows, so what a rule costs before its first row counts as much as the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from shutan.kernel.compiled import Loop, always_needed, loop
from shutan.kernel.grain import Grain
from shutan.kernel.inputs import Choice, Choices, Input, Number, Table
from shutan.kernel.numbers import Reason, Waiting, quantum
from shutan.kernel.parameters import Parameters, ParameterValue
from shutan.kernel.plan import Plan, Stretch
from shutan.kernel.rules import Argument, Rule


class Values(dict[tuple[Any, ...], Any]):
    """A parameter's values on a day, by the members of its keys; a key without a value says why."""

    def __init__(self, name: str, day: dt.date) -> None:
        super().__init__()
        self.name, self.day = name, day

    def __missing__(self, members: tuple[Any, ...]) -> Waiting:
        waiting = [one for one in members if isinstance(one, Waiting)]
        if waiting:
            return Waiting(*(reason for one in waiting for reason in one.reasons))
        words = tuple(member.key for member in members)
        return self.setdefault(members, absent(self.name, words, self.day))  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Source:
    """A parameter read by a rule: its values, the choices that pick one, and the coarsest grain that sees these."""

    table: dict[tuple[Any, ...], Any]
    by: tuple[str, ...]
    grain: Grain

    @cached_property
    def choices(self) -> frozenset[str]:
        """Return the choices as a set."""
        return frozenset(self.by)


@dataclass(frozen=True, eq=False)
class Step:
    """One stretch of one rule, ready to run.

    Attributes:
        stretch: the version and its months.
        made: the version.
        grain: its grain.
        arguments: each, and whether it is a column of this grain as it stands.
        picked: parameters that differ by row; the last is the unit of the last place, if that does.
        constants: parameters that are the same in every row, and so the unit.
        fixed: the values of the constants.
        plain: arguments that are not aggregated, and the choices that pick parameters.
        gathered: grains of the aggregated arguments.
        needed: plain arguments without which it has no value.
        rounds: whether it is rounded.
        loop: a function of the arguments, the picked columns and the constants.
        alone: whether it computes every row, so that the year has no other stretch of this rule.
    """

    stretch: Stretch
    made: Rule
    grain: Grain
    arguments: tuple[tuple[Argument, bool], ...]
    picked: dict[str, Source]
    constants: dict[str, Any]
    fixed: tuple[Any, ...]
    plain: frozenset[str]
    gathered: tuple[Grain, ...]
    needed: tuple[str, ...]
    rounds: bool
    loop: Loop
    alone: bool


def steps(plan: Plan) -> list[tuple[str, tuple[Step, ...]]]:
    """Return the steps of every rule in force, in order; the same list for every report of a plan."""
    return plan.remember("steps", lambda: list(_steps(plan)))  # type: ignore[no-any-return]


def _steps(plan: Plan) -> Iterator[tuple[str, tuple[Step, ...]]]:
    for name, stretches in plan.stretches.items():
        alone = len(stretches) == 1 and stretches[0].whole
        yield name, tuple(_step(plan, stretch, alone=alone) for stretch in stretches)


def _step(plan: Plan, stretch: Stretch, *, alone: bool) -> Step:
    made = stretch.made
    sources = {name: _source(plan, name, stretch.day) for name in made.parameters}
    unit = None if isinstance(made.unit, Choices) else _unit(plan, made.places, stretch.day)
    if unit is not None:
        sources["unit"] = unit
    picked = {name: source for name, source in sources.items() if source.by}
    constants = {name: source.table[()] for name, source in sources.items() if not source.by}
    plain = {one.name for one in made.arguments if one.aggregation is None}
    columns = (*(one.name for one in made.arguments), *picked)
    return Step(
        stretch=stretch,
        made=made,
        grain=made.grain,
        arguments=tuple(
            (one, one.aggregation is None and plan.rules.grain_of(one.name) is made.grain)
            for one in made.arguments
        ),
        picked=picked,
        constants=constants,
        fixed=tuple(constants.values()),
        plain=frozenset(plain).union(*(source.by for source in picked.values())),
        gathered=tuple(plan.rules.grain_of(one.name) for one in made.arguments if one.aggregation),
        needed=tuple(sorted(always_needed(made.formula) & plain)),
        rounds=unit is not None,
        loop=loop(made, columns or ("_",), tuple(constants)),
        alone=alone,
    )


def _source(plan: Plan, name: str, day: dt.date) -> Source:
    return plan.remember(("values", name, day), lambda: _read(plan, name, day))  # type: ignore[no-any-return]


def _read(plan: Plan, name: str, day: dt.date) -> Source:
    parameter = plan.parameters[name]
    choices = [one for one in map(plan.rules.unit_of, parameter.by) if isinstance(one, Choices)]
    values = Values(name, day)
    for words in parameter.keys() if parameter.by else [()]:
        found = record(plan.parameters, name, words, day)
        members = tuple(one[word] for one, word in zip(choices, words, strict=True))
        values[members] = found if isinstance(found, Waiting) else found.value
    return Source(
        values, tuple(parameter.by), _coarsest(plan, [plan.rules.grain_of(by) for by in parameter.by])
    )


def _coarsest(plan: Plan, grains: list[Grain]) -> Grain:
    seeing = (one for one in plan.rules.grains if all(map(one.sees, grains)))
    return min(seeing, key=lambda one: len(one.dimensions))


def _unit(plan: Plan, places: int | str | None, day: dt.date) -> Source | None:
    """Return the unit of the last place as a parameter whose values are units instead of numbers of decimals."""
    if places is None:
        return None
    if isinstance(places, int):
        return Source({(): quantum(places)}, (), _coarsest(plan, []))
    decimals = _source(plan, places, day)
    units = Values(places, day)
    for members, value in decimals.table.items():
        units[members] = value if isinstance(value, Waiting) else quantum(int(value))
    return Source(units, decimals.by, decimals.grain)


def record(
    parameters: Parameters, name: str, words: tuple[str, ...], day: dt.date
) -> ParameterValue | Waiting:
    """Return the record of a parameter for a key on a day, or why there is none."""
    found = parameters[name].on(day, words)
    return absent(name, words, day) if found is None or found.value is None else found


def absent(name: str, words: tuple[str, ...], day: dt.date) -> Waiting:
    """Return the waiting value of a parameter that has none."""
    return Waiting(Reason("parameter", name, words, day.isoformat()))


def coarser(plan: Plan) -> list[tuple[Grain, list[Grain]]]:
    """Return every grain, the finest first, with the next finer ones: their rows imply rows of it."""
    return plan.remember("coarser", lambda: list(_coarser(plan.rules.grains)))  # type: ignore[no-any-return]


def _coarser(grains: Sequence[Grain]) -> Iterator[tuple[Grain, list[Grain]]]:
    for one in reversed(grains):
        finer = [other for other in grains if other is not one and other.sees(one)]
        yield one, [other for other in finer if not any(other is not by and other.sees(by) for by in finer)]


def left_empty(plan: Plan) -> list[tuple[Table, list[tuple[Input, Any]]]]:
    """Return the inputs of every table, each with what it is where nobody filled it in."""
    return plan.remember(  # type: ignore[no-any-return]
        "left_empty",
        lambda: [(table, [(one, _empty(one)) for one in table.inputs]) for table in plan.rules.tables],
    )


def _empty(one: Input) -> Any:
    if one.default is None and isinstance(one, Number | Choice):
        return Waiting(Reason("input", one.name))
    return Decimal(one.default) if isinstance(one, Number) and isinstance(one.default, str) else one.default
