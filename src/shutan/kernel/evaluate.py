"""Exact evaluation: each rule runs down its column, and every named value is kept.

Columns, not objects: a report of some thousand values takes milliseconds, and whatever a reader wants explained is
re-derived from the columns on demand (`kernel.explain`).
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, Any

from shutan.kernel.grain import Grain, Key, last_day
from shutan.kernel.inputs import Member, Number, Table
from shutan.kernel.numbers import MODES, Reason, Waiting, exact, quantum
from shutan.kernel.parameters import Parameters, ParameterValue
from shutan.kernel.rules import Aggregation, Argument, Rule
from shutan.kernel.symbols import evaluate as tree

if TYPE_CHECKING:
    from shutan.kernel.dataset import Dataset, Origin
    from shutan.kernel.ruleset import RuleSet

NONE = Waiting(Reason("weight", "no rows"))


class KeyFaultError(ValueError):
    """Rows that have the same key, or no key at all; readers report these before, with their place."""


@dataclass
class Result:
    """Every named value of one report. Columns run in the order of `keys(grain)`."""

    rules: RuleSet
    year: int
    data: Dataset
    parameters: Parameters
    columns: dict[str, list[Any]] = field(default_factory=dict)
    _keys: dict[Grain, list[Key]] = field(default_factory=dict)
    _rows: dict[Grain, dict[Key, int]] = field(default_factory=dict)
    _maps: dict[tuple[Grain, Grain], list[int]] = field(default_factory=dict)
    _seen: dict[tuple[str, Grain], list[Any]] = field(default_factory=dict)
    _groups: dict[tuple[Grain, Grain], list[list[int]]] = field(default_factory=dict)
    _brought: dict[tuple[Argument, Grain], list[Any]] = field(default_factory=dict)
    _origins: dict[str, dict[Key, dict[str, Origin]]] = field(default_factory=dict)

    def keys(self, grain: Grain) -> list[Key]:
        """Return the keys of a grain's rows."""
        return self._keys[grain]

    def set_keys(self, grain: Grain, keys: list[Key]) -> None:
        """Fix the rows of a grain, before anything is computed."""
        self._keys[grain] = keys
        self._rows[grain] = {key: at for at, key in enumerate(keys)}

    def row(self, grain: Grain, key: Key) -> int:
        """Return the row number of a key.

        Raises:
            KeyError: there is no such row.
        """
        return self._rows[grain][key]

    def column(self, name: str) -> list[Any]:
        """Return all values of a name.

        Raises:
            KeyError: no such name, or no version of the rule is in force in this year.
        """
        return self.columns[name]

    def value(self, name: str, key: Key = ()) -> Any:
        """Return one value: a Decimal, a Member, a text, a date, None (empty text) or a Waiting."""
        return self.columns[name][self.row(self.rules.grain_of(name), key)]

    def has(self, name: str) -> bool:
        """Say whether a name has values in this year."""
        return name in self.columns

    def items(self, name: str) -> Iterable[tuple[Key, Any]]:
        """Yield key and value of each row of a name."""
        return zip(self.keys(self.rules.grain_of(name)), self.columns[name], strict=True)

    def origin(self, name: str, key: Key) -> Origin | None:
        """Return where an input was given; None for one left empty."""
        table = self.rules.input_table[name]
        if table.name not in self._origins:
            self._origins[table.name] = {
                table_key(table, row.values): row.origins for row in self.data.rows(table.name)
            }
        return self._origins[table.name].get(key, {}).get(name)

    def day(self, grain: Grain, key: Key) -> dt.date:
        """Return the day by whose law a row is judged."""
        return last_day(self.year, grain.month(key))

    def version(self, name: str, key: Key) -> Rule | None:
        """Return the version of a rule that computed a row."""
        return self.rules.version(name, self.day(self.rules.grain_of(name), key))

    def parameter(self, name: str, grain: Grain, key: Key) -> ParameterValue | Waiting:
        """Return the record of a parameter that holds for a row, or why there is none."""
        words = []
        for by in self.parameters[name].by:
            member = self.seen(by, grain)[self.row(grain, key)]
            if not isinstance(member, Member):
                return member if isinstance(member, Waiting) else _absent(name, (), self.day(grain, key))
            words.append(member.key)
        return self.record(name, tuple(words), self.day(grain, key))

    def record(self, name: str, words: tuple[str, ...], day: dt.date) -> ParameterValue | Waiting:
        """Return the record of a parameter for a key on a day, or why there is none."""
        found = self.parameters[name].on(day, words)
        return _absent(name, words, day) if found is None or found.value is None else found

    # -- columns as another grain sees them ------------------------------------------------------------------------

    def map(self, fine: Grain, coarse: Grain) -> list[int]:
        """Return for each row of `fine` the row of `coarse` it belongs to."""
        found = self._maps.get((fine, coarse))
        if found is None:
            positions = [fine.dimensions.index(name) for name in coarse.dimensions]
            rows = self._rows[coarse]
            found = [rows[tuple([key[at] for at in positions])] for key in self._keys[fine]]
            self._maps[fine, coarse] = found
        return found

    def seen(self, name: str, grain: Grain) -> list[Any]:
        """Return a column as the rows of `grain` see it (its own grain or a coarser one)."""
        own = self.rules.grain_of(name)
        if own is grain:
            return self.columns[name]
        found = self._seen.get((name, grain))
        if found is None:
            column = self.columns[name]
            found = [column[at] for at in self.map(grain, own)]
            self._seen[name, grain] = found
        return found

    def groups(self, fine: Grain, coarse: Grain) -> list[list[int]]:
        """Return for each row of `coarse` the rows of `fine` that belong to it."""
        found = self._groups.get((fine, coarse))
        if found is None:
            found = [[] for _ in self._keys[coarse]]
            for at, group in enumerate(self.map(fine, coarse)):
                found[group].append(at)
            self._groups[fine, coarse] = found
        return found

    def aggregated(self, argument: Argument, grain: Grain) -> list[Any]:
        """Return a column as an argument of a rule at `grain` wants it: seen as it is, or aggregated."""
        name, how = argument.name, argument.aggregation
        if how is None:
            return self.seen(name, grain)
        found = self._brought.get((argument, grain))
        if found is None:
            own = self.rules.grain_of(name)
            column = self.columns[name]
            weights = self.seen(how.weight, own) if how.weight else None
            found = [
                aggregate(how, [column[at] for at in group], weights and [weights[at] for at in group])
                for group in self.groups(own, grain)
            ]
            self._brought[argument, grain] = found
        return found


def aggregate(how: Aggregation, values: Sequence[Any], weights: Sequence[Any] | None = None) -> Any:
    """Bring values to one. A row whose weight is zero does not count, so that its value may wait."""
    if how.how == "count":
        return Decimal(len(values))
    if how.how == "total":
        return sum(values, Decimal(0))
    if not values:
        return NONE
    if how.how == "mean":
        if weights is None:
            return sum(values, Decimal(0)) / len(values)
        pairs = [
            (v, w) for v, w in zip(values, weights, strict=True) if not (isinstance(w, Decimal) and w == 0)
        ]
        if not pairs:
            return Waiting(Reason("weight", how.weight or ""))
        return sum((v * w for v, w in pairs), Decimal(0)) / sum((w for _, w in pairs), Decimal(0))
    waiting = [value for value in values if isinstance(value, Waiting)]
    if waiting:
        return Waiting(*(reason for value in waiting for reason in value.reasons))
    return max(values) if how.how == "largest" else min(values)


def evaluate(rules: RuleSet, year: int, data: Dataset, parameters: Parameters) -> Result:
    """Compute every rule in force in `year` for the rows of `data`.

    Raises:
        KeyFaultError: two rows of one table have the same key, or a row lacks a part of its key.
    """
    result = Result(rules, year, data, parameters)
    _index(result)
    _fill_inputs(result)
    with decimal.localcontext(exact()):
        for name in rules.order:
            column = _column(result, name)
            if column is not None:
                result.columns[name] = column
    return result


def table_key(table: Table, values: dict[str, Any]) -> Key:
    """Return the key of a row.

    Raises:
        KeyFaultError: a part of the key is missing.
    """
    try:
        return tuple([values[name] for name in table.grain.dimensions])
    except KeyError as error:
        raise KeyFaultError(f"{table.name}: a row has no {error.args[0]}") from None


def _index(result: Result) -> None:
    """Collect the keys of every grain: its own tables' rows first, then what finer rows imply."""
    own: dict[Grain, dict[Key, None]] = {grain: {} for grain in result.rules.grains}
    for table in result.rules.tables:
        seen: set[Key] = set()
        for row in result.data.rows(table.name):
            key = table_key(table, row.values)
            if key in seen:
                raise KeyFaultError(f"{table.name}: {key} stands twice")
            seen.add(key)
        own[table.grain].update(
            dict.fromkeys(table_key(table, row.values) for row in result.data.rows(table.name))
        )
    for grain in result.rules.grains:
        keys = dict(own[grain])
        for finer in result.rules.grains:
            if finer is not grain and finer.sees(grain):
                keys.update(dict.fromkeys(finer.project(key, grain) for key in own[finer]))
        if not grain.dimensions:
            keys[()] = None
        result.set_keys(grain, list(keys))


def _fill_inputs(result: Result) -> None:
    for table in result.rules.tables:
        keys = result.keys(table.grain)
        rows = {table_key(table, row.values): row.values for row in result.data.rows(table.name)}
        found = [rows.get(key, {}) for key in keys]
        for one in table.inputs:
            name = one.name
            empty: Any = one.default
            if isinstance(empty, str) and isinstance(one, Number):
                empty = Decimal(empty)
            if empty is None and hasattr(one, "choices" if not isinstance(one, Number) else "places"):
                result.columns[name] = [
                    Waiting(Reason("input", name, key)) if value is None else value
                    for key, value in zip(keys, [row.get(name) for row in found], strict=True)
                ]
            else:
                result.columns[name] = [
                    empty if value is None else value for value in [row.get(name) for row in found]
                ]


def _column(result: Result, name: str) -> list[Any] | None:
    """Compute one rule for all its rows; None where it is not in force in this year at all."""
    grain = result.rules.grain_of(name)
    keys = result.keys(grain)
    if not grain.monthly:
        made = result.rules.version(name, last_day(result.year))
        return None if made is None else _run(result, made, range(len(keys)), last_day(result.year))
    months = [grain.month(key) for key in keys]
    regimes = {month: _regime(result, name, last_day(result.year, month)) for month in range(1, 13)}
    if all(regime[0] is None for regime in regimes.values()):
        return None
    if len(set(regimes.values())) == 1:  # the law did not change within the year
        made = regimes[12][0]
        return None if made is None else _run(result, made, range(len(keys)), last_day(result.year))
    column: list[Any] = [Waiting(Reason("version", name))] * len(keys)
    for regime in dict.fromkeys(regimes.values()):
        rows = [at for at, month in enumerate(months) if month and regimes[month] == regime]
        made = regime[0]
        if made is not None and rows:
            day = last_day(result.year, months[rows[0]])
            for at, value in zip(rows, _run(result, made, rows, day), strict=True):
                column[at] = value
    return column


def _regime(result: Result, name: str, day: dt.date) -> tuple[Any, ...]:
    """Return what decides a month: the version of the rule and the stretch of each parameter it reads."""
    made = result.rules.version(name, day)
    if made is None:
        return (None,)
    names = (*made.parameters, *([made.places] if isinstance(made.places, str) else []))
    return (made, *(sum(change <= day for change in result.parameters[one].changes()) for one in names))


def _run(result: Result, made: Rule, rows: Sequence[int], day: dt.date) -> list[Any]:
    """Run one version down some rows of its grain, and round."""
    whole = isinstance(rows, range)
    grain = made.grain
    sources: list[Iterable[Any]] = []
    for argument in made.arguments:
        column = result.aggregated(argument, grain)
        sources.append(column if whole else [column[at] for at in rows])
    sources.extend(_parameter_source(result, name, grain, rows, day) for name in made.parameters)
    function = made.fast
    if sources and not all(isinstance(source, repeat) for source in sources):
        materialised = sources
    else:
        materialised = [*sources, range(len(rows))]
        plain = function
        function = lambda *values: plain(*values[:-1])  # noqa: E731 - a rule of parameters only, once a row
    try:
        values = list(map(function, *materialised))
    except _ZERO:
        materialised = [list(source) if not isinstance(source, repeat) else source for source in materialised]
        values = [guarded(made, one) for one in zip(*materialised, strict=False)]
    if any(value.__class__ is int for value in values):  # the literals 0, 1 and 100 of a rule's body
        values = [Decimal(value) if value.__class__ is int else value for value in values]
    return _round(result, made, values, rows, day)


def guarded(made: Rule, arguments: Sequence[Any]) -> Any:
    """Call for one row; a division by zero makes this value wait, not the report fail.

    Python computes both branches of a `when` before it chooses; the formula looks only at the one that holds, so that
    `when(heat == 0, 0, coal / heat)` is zero, not waiting.
    """
    names = (*(one.name for one in made.arguments), *made.parameters)
    arguments = arguments[: len(names)]
    try:
        return made.fast(*arguments)
    except _ZERO:
        try:
            return tree(made.formula, dict(zip(names, arguments, strict=True)))
        except _ZERO:
            return Waiting(Reason("division", made.name))


_ZERO = (decimal.DivisionByZero, decimal.InvalidOperation, ZeroDivisionError)


def _parameter_source(
    result: Result, name: str, grain: Grain, rows: Sequence[int], day: dt.date
) -> Iterable[Any]:
    parameter = result.parameters[name]
    if not parameter.by:
        return repeat(_number(result.record(name, (), day)))
    columns = [result.seen(by, grain) for by in parameter.by]
    known: dict[tuple[Any, ...], Any] = {}
    found = []
    for at in rows:
        members = tuple([column[at] for column in columns])
        value = known.get(members)
        if value is None:
            waiting = [one for one in members if isinstance(one, Waiting)]
            if waiting:
                value = Waiting(*(reason for one in waiting for reason in one.reasons))
            else:
                value = _number(result.record(name, tuple(member.key for member in members), day))
            known[members] = value
        found.append(value)
    return found


def _number(record: ParameterValue | Waiting) -> Any:
    return record if isinstance(record, Waiting) else record.value


def _absent(name: str, words: tuple[str, ...], day: dt.date) -> Waiting:
    return Waiting(Reason("parameter", name, words, day.isoformat()))


def _round(result: Result, made: Rule, values: list[Any], rows: Sequence[int], day: dt.date) -> list[Any]:
    if made.places is None:
        return values
    rounding = MODES[made.mode]
    if isinstance(made.places, int):
        unit = quantum(made.places)
        return [value.quantize(unit, rounding) if value.__class__ is Decimal else value for value in values]
    decimals = _parameter_source(result, made.places, made.grain, rows, day)
    return [
        value.quantize(quantum(int(places)), rounding)
        if value.__class__ is Decimal and not isinstance(places, Waiting)
        else (places if isinstance(places, Waiting) and value.__class__ is Decimal else value)
        for value, places in zip(values, decimals, strict=False)
    ]
