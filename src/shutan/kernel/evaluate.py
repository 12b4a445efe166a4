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
from functools import cache
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from shutan.kernel.compiled import always_needed, loop
from shutan.kernel.grain import Grain, Key, last_day
from shutan.kernel.inputs import Choice, Choices, Member, Number, Table
from shutan.kernel.numbers import MODES, Reason, Waiting, exact, quantum
from shutan.kernel.parameters import Parameters, ParameterValue
from shutan.kernel.plan import Plan, Stretch
from shutan.kernel.rules import Aggregation, Argument, Rule
from shutan.kernel.symbols import evaluate as tree

if TYPE_CHECKING:
    from shutan.kernel.dataset import Dataset, Origin, Row
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
    plan: Plan
    columns: dict[str, list[Any]] = field(default_factory=dict)
    _keys: dict[Grain, list[Key]] = field(default_factory=dict)
    _rows: dict[Grain, dict[Key, int]] = field(default_factory=dict)
    _maps: dict[tuple[Grain, Grain], list[int]] = field(default_factory=dict)
    _seen: dict[tuple[str, Grain], list[Any]] = field(default_factory=dict)
    _groups: dict[tuple[Grain, Grain], list[list[int]]] = field(default_factory=dict)
    _brought: dict[tuple[Argument, Grain], list[Any]] = field(default_factory=dict)
    even: dict[str, Any] = field(default_factory=dict)  # names whose rows are all alike, and that value
    given: dict[str, dict[Key, Row]] = field(default_factory=dict)  # the rows of each table by key

    def keys(self, grain: Grain) -> list[Key]:
        """Return the keys of a grain's rows."""
        return self._keys[grain]

    def set_keys(self, grain: Grain, keys: list[Key]) -> None:
        """Fix the rows of a grain, before anything is computed."""
        self._keys[grain] = keys
        self._rows[grain] = {key: at for at, key in enumerate(keys)}

    def months(self, grain: Grain) -> list[int | None]:
        """Return the month of each row."""
        return [grain.month(key) for key in self.keys(grain)]

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
        row = self.given[table.name].get(key)
        return row.origins.get(name) if row else None

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
            if not column:  # an empty sheet
                return self._brought.setdefault(
                    (argument, grain), [aggregate(how, ())] * len(self.keys(grain))
                )
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
    result = Result(rules, year, data, parameters, rules.plan(year, parameters))
    _index(result)
    _fill_inputs(result)
    with decimal.localcontext(exact()):
        for name, stretches in result.plan.stretches.items():
            result.columns[name] = _column(result, stretches)
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
        rows = result.data.rows(table.name)
        result.given[table.name] = given = {table_key(table, row.values): row for row in rows}
        if len(given) < len(rows):
            keys = [table_key(table, row.values) for row in rows]
            raise KeyFaultError(
                f"{table.name}: {next(key for key in keys if keys.count(key) > 1)} stands twice"
            )
        own[table.grain].update(dict.fromkeys(given))
    for grain in result.rules.grains:
        found = dict(own[grain])
        for finer in result.rules.grains:
            if finer is not grain and finer.sees(grain) and own[finer]:
                at = [finer.dimensions.index(name) for name in grain.dimensions]
                found.update(dict.fromkeys([tuple([key[one] for one in at]) for key in own[finer]]))
        if not grain.dimensions:
            found[()] = None
        result.set_keys(grain, list(found))


def _fill_inputs(result: Result) -> None:
    nothing: dict[str, Any] = {}
    for table in result.rules.tables:
        keys = result.keys(table.grain)
        given = result.given[table.name]
        found = [given[key].values if key in given else nothing for key in keys]
        for one in table.inputs:
            name = one.name
            empty: Any = one.default
            if isinstance(empty, str) and isinstance(one, Number):
                empty = Decimal(empty)
            column = [row.get(name, empty) for row in found]
            if empty is None and isinstance(one, Number | Choice) and not any(name in row for row in found):
                result.even[name] = Waiting(
                    Reason("input", name)
                )  # nobody filled it in: one reason for all rows
                column = [result.even[name]] * len(keys)
            elif empty is None and isinstance(one, Number | Choice) and None in map(_none, column):
                column = [
                    Waiting(Reason("input", name, key)) if value is None else value
                    for key, value in zip(keys, column, strict=True)
                ]
            elif isinstance(one, Choice) and len(set(map(id, column))) == 1:
                result.even[name] = column[0]
            elif empty is not None and not any(name in row for row in found):
                result.even[name] = empty
            result.columns[name] = column


def _none(value: Any) -> Any:
    return value if value is None else False


def _column(result: Result, stretches: Sequence[Stretch]) -> list[Any]:
    """Compute one rule for all its rows."""
    made = stretches[0].made
    keys = result.keys(made.grain)
    if len(stretches) == 1 and stretches[0].whole:
        return _run(result, stretches[0], None)
    months = result.months(made.grain)
    column: list[Any] = [Waiting(Reason("version", made.name))] * len(keys)
    for stretch in stretches:
        rows = [at for at, month in enumerate(months) if month in stretch.months]
        for at, value in zip(rows, _run(result, stretch, rows), strict=True):
            column[at] = value
    return column


def _run(result: Result, stretch: Stretch, rows: list[int] | None) -> list[Any]:
    """Run one version down all rows of its grain (None) or some of them, and round."""
    made = stretch.made
    count = len(result.keys(made.grain)) if rows is None else len(rows)
    if rows is None and count > 1:
        value = _even(result, stretch)
        if value is not None:
            result.even[made.name] = value
            return [value] * count
    sources: list[Iterable[Any]] = []
    for argument in made.arguments:
        column = result.aggregated(argument, made.grain)
        sources.append(column if rows is None else [column[at] for at in rows])
    sources.extend(_parameter_source(result, name, stretch, rows) for name in made.parameters)
    if not made.arguments:  # a rule of parameters only has one value a row all the same
        sources = [islice(source, count) for source in sources]
    try:
        values = _loop(made)(
            *sources, made.places.__class__ is int and quantum(made.places), MODES[made.mode]
        )
    except (*_ZERO, TypeError):  # a divisor is zero or a condition waits: row by row
        columns = [
            list(islice(source, count)) if isinstance(source, repeat) else list(source) for source in sources
        ]
        return _rounded(result, stretch, [guarded(made, one) for one in zip(*columns, strict=True)], rows)
    return _rounded(result, stretch, values, rows) if isinstance(made.places, str) else values


_loop = cache(loop)


def _even(result: Result, stretch: Stretch) -> Any:
    """Return the one value of all rows, None where they may differ: empty sheets and what follows cost nothing."""
    made = stretch.made
    lost = [result.even[name] for name in _always_needed(made) if result.even.get(name).__class__ is Waiting]
    if lost:
        return Waiting(*(reason for one in lost for reason in one.reasons))
    for one in made.arguments:
        if (
            one.name not in result.even
            if one.aggregation is None
            else result.keys(result.rules.grain_of(one.name))
        ):
            return None
    if any(by not in result.even for name in made.reads for by in result.parameters[name].by):
        return None
    return _run(result, stretch, [0])[0]


@cache
def _always_needed(made: Rule) -> tuple[str, ...]:
    seen = {one.name for one in made.arguments if one.aggregation is None}
    return tuple(name for name in sorted(always_needed(made.formula)) if name in seen)


def guarded(made: Rule, arguments: Sequence[Any]) -> Any:
    """Call for one row; a division by zero makes this value wait, not the report fail.

    Python computes both branches of a `when` before it chooses; the formula looks only at the one that holds, so that
    `when(heat == 0, 0, coal / heat)` is zero, not waiting.
    """
    names = (*(one.name for one in made.arguments), *made.parameters)
    try:
        return made.fast(*arguments)
    except _ZERO:
        try:
            return tree(made.formula, dict(zip(names, arguments, strict=True)))
        except _ZERO:
            return Waiting(Reason("division", made.name))


_ZERO = (decimal.DivisionByZero, decimal.InvalidOperation, ZeroDivisionError)


def _parameter_source(result: Result, name: str, stretch: Stretch, rows: list[int] | None) -> Iterable[Any]:
    parameter = result.parameters[name]
    table = result.plan.remember(("values", name, stretch.day), lambda: _table(result, name, stretch.day))
    if not parameter.by:
        return repeat(table[()])
    columns = [result.seen(by, stretch.made.grain) for by in parameter.by]
    if rows is not None:
        columns = [[column[at] for at in rows] for column in columns]
    return list(map(table.__getitem__, zip(*columns, strict=True)))


class _Values(dict[tuple[Any, ...], Any]):
    """A parameter's values on a day, by the members of its keys; a key without a value says why."""

    def __init__(self, name: str, day: dt.date) -> None:
        super().__init__()
        self.name, self.day = name, day

    def __missing__(self, members: tuple[Any, ...]) -> Waiting:
        waiting = [one for one in members if isinstance(one, Waiting)]
        if waiting:
            return Waiting(*(reason for one in waiting for reason in one.reasons))
        return _absent(self.name, tuple(member.key for member in members), self.day)


def _table(result: Result, name: str, day: dt.date) -> _Values:
    parameter = result.parameters[name]
    choices = [one for one in map(result.rules.unit_of, parameter.by) if isinstance(one, Choices)]
    values = _Values(name, day)
    for key in parameter.keys() if parameter.by else [()]:
        values[tuple(one[word] for one, word in zip(choices, key, strict=True))] = _number(
            result.record(name, key, day)
        )
    return values


def _number(record: ParameterValue | Waiting) -> Any:
    return record if isinstance(record, Waiting) else record.value


def _absent(name: str, words: tuple[str, ...], day: dt.date) -> Waiting:
    return Waiting(Reason("parameter", name, words, day.isoformat()))


def _rounded(result: Result, stretch: Stretch, values: list[Any], rows: list[int] | None) -> list[Any]:
    """Round the numbers; the literals 0, 1 and 100 of a rule's body become exact numbers like any other."""
    made = stretch.made
    if made.places is None:
        if int in set(map(type, values)):
            return [Decimal(value) if value.__class__ is int else value for value in values]
        return values
    rounding = MODES[made.mode]
    if isinstance(made.places, str):
        decimals = _parameter_source(result, made.places, stretch, rows)
        return [_round_by(value, places, rounding) for value, places in zip(values, decimals, strict=False)]
    unit = quantum(made.places)
    return [
        value.quantize(unit, rounding)
        if value.__class__ is Decimal
        else Decimal(value).quantize(unit)
        if value.__class__ is int
        else value
        for value in values
    ]


def _round_by(value: Any, places: Any, rounding: str) -> Any:
    if isinstance(value, Waiting | Member):
        return value
    return places if isinstance(places, Waiting) else Decimal(value).quantize(quantum(int(places)), rounding)
