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
from functools import partial
from itertools import accumulate, chain, repeat
from operator import itemgetter
from types import NoneType
from typing import TYPE_CHECKING, Any

from shutan.kernel.aggregates import ZERO, gathered, summed
from shutan.kernel.grain import Grain, Key, last_day
from shutan.kernel.inputs import Choice, Member, Table
from shutan.kernel.numbers import MODES, Reason, Waiting, exact
from shutan.kernel.parameters import Parameters, ParameterValue
from shutan.kernel.plan import Plan
from shutan.kernel.rules import Argument, Rule
from shutan.kernel.steps import Source, Step, absent, coarser, left_empty, record, steps
from shutan.kernel.symbols import evaluate as tree

if TYPE_CHECKING:
    from shutan.kernel.dataset import Dataset, Origin, Row
    from shutan.kernel.ruleset import RuleSet

NOTHING: dict[str, Any] = {}
SEVERAL = 3  # rows a group from which sums of slices are faster than a walk down the column


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
    _parts: dict[Grain, dict[str, Sequence[object]]] = field(default_factory=dict)
    _maps: dict[tuple[Grain, Grain], list[int]] = field(default_factory=dict)
    _seen: dict[tuple[str, Grain], list[Any]] = field(default_factory=dict)
    _groups: dict[tuple[Grain, Grain], list[list[int]]] = field(default_factory=dict)
    _spans: dict[tuple[Grain, Grain], list[slice] | None] = field(default_factory=dict)
    picked: dict[tuple[Source, Grain], list[Any]] = field(default_factory=dict)
    _brought: dict[tuple[str, str, str | None, Grain], list[Any]] = field(default_factory=dict)
    even: dict[str, Any] = field(default_factory=dict)  # names whose rows are all alike, and that value
    given: dict[str, dict[Key, Row]] = field(default_factory=dict)  # the rows of each table by key

    def keys(self, grain: Grain) -> list[Key]:
        """Return the keys of a grain's rows."""
        return self._keys[grain]

    def set_keys(self, grain: Grain, keys: list[Key]) -> None:
        """Fix the rows of a grain, before anything is computed."""
        self._keys[grain] = keys

    def months(self, grain: Grain) -> list[int | None]:
        """Return the month of each row."""
        return [grain.month(key) for key in self.keys(grain)]

    def row(self, grain: Grain, key: Key) -> int:
        """Return the row number of a key.

        Raises:
            KeyError: there is no such row.
        """
        return self._places(grain)[key]

    def _places(self, grain: Grain) -> dict[Key, int]:
        found = self._rows.get(grain)
        if found is None:
            keys = self._keys[grain]
            found = self._rows[grain] = dict(zip(keys, range(len(keys)), strict=True))
        return found

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

    def nil(self, name: str) -> bool:
        """Say whether an input is 0 because its whole sheet was left empty."""
        table = self.rules.input_table[name]
        return not self.given[table.name] and table.is_nil(table[name])

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
                return member if isinstance(member, Waiting) else absent(name, (), self.day(grain, key))
            words.append(member.key)
        return self.record(name, tuple(words), self.day(grain, key))

    def record(self, name: str, words: tuple[str, ...], day: dt.date) -> ParameterValue | Waiting:
        """Return the record of a parameter for a key on a day, or why there is none."""
        return record(self.parameters, name, words, day)

    # -- columns as another grain sees them ------------------------------------------------------------------------

    def map(self, fine: Grain, coarse: Grain) -> list[int]:
        """Return for each row of `fine` the row of `coarse` it belongs to."""
        found = self._maps.get((fine, coarse))
        if found is None and not coarse.dimensions:
            found = self._maps[fine, coarse] = [0] * len(self._keys[fine])
        elif found is None:
            rows, columns = self._places(coarse), self.parts(fine)
            keys = zip(*(columns[name] for name in coarse.dimensions), strict=True)
            found = self._maps[fine, coarse] = list(map(rows.__getitem__, keys))
        return found

    def parts(self, grain: Grain) -> dict[str, Sequence[object]]:
        """Return the keys of a grain as columns."""
        found = self._parts.get(grain)
        if found is None:
            columns = zip(*self._keys[grain], strict=True) if self._keys[grain] else repeat(())
            found = self._parts[grain] = dict(zip(grain.dimensions, columns, strict=False))
        return found

    def seen(self, name: str, grain: Grain) -> list[Any]:
        """Return a column as the rows of `grain` see it (its own grain or a coarser one)."""
        own = self.rules.grain_of(name)
        if own is grain:
            return self.columns[name]
        found = self._seen.get((name, grain))
        if found is None:
            column = self.columns[name]
            if name in self.even:
                found = [self.even[name]] * len(self._keys[grain])
            else:
                found = [column[at] for at in self.map(grain, own)]
            self._seen[name, grain] = found
        return found

    def spans(self, fine: Grain, coarse: Grain) -> list[slice] | None:
        """Return the rows of `fine` of each row of `coarse` as slices; None where they do not stand together, in order."""
        if (fine, coarse) not in self._spans:
            groups, count = self.map(fine, coarse), len(self._keys[coarse])
            found = None
            if len(groups) >= SEVERAL * count and groups == sorted(groups):
                sizes = list(map(groups.count, range(count)))
                ends = list(accumulate(sizes))
                found = list(map(slice, [0, *ends], ends)) if all(sizes) else None
            self._spans[fine, coarse] = found
        return self._spans[fine, coarse]

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
        own, count = self.rules.grain_of(name), len(self._keys[grain])
        found = self._brought.get((name, how.how, how.weight, grain))
        if found is None:
            groups = self.map(own, grain)
            alike = self.even.get(name)
            if not groups:  # an empty sheet
                found = [gathered(how, groups, 1, (), None)[0]] * count
            elif how.how == "total" and alike.__class__ is Waiting and len(set(groups)) == count:
                found = [alike] * count  # every sum waits for the same
            else:
                weights = self.seen(how.weight, own) if how.weight else None
                found = summed(how, self.spans(own, grain), self.columns[name], weights)
                if found is None:
                    found = gathered(how, groups, count, self.columns[name], weights)
            self._brought[name, how.how, how.weight, grain] = found
        return found


def evaluate(rules: RuleSet, year: int, data: Dataset, parameters: Parameters) -> Result:
    """Compute every rule in force in `year` for the rows of `data`.

    Raises:
        KeyFaultError: two rows of one table have the same key, or a row lacks a part of its key.
    """
    result = Result(rules, year, data, parameters, rules.plan(year, parameters))
    _index(result)
    _fill_inputs(result)
    with decimal.localcontext(exact()):
        columns = result.columns
        for name, some in steps(result.plan):
            first = some[0]
            columns[name] = _run(result, first, None) if first.alone else _pieced(result, some)
    return result


def table_key(table: Table, values: dict[str, Any]) -> Key:
    """Return the key of a row.

    Raises:
        KeyFaultError: a part of the key is missing.
    """
    return _table_keys(table, [values])[0]


def _table_keys(table: Table, rows: Sequence[dict[str, Any]]) -> list[Key]:
    try:
        return _keys([list(map(itemgetter(name), rows)) for name in table.grain.dimensions], len(rows))
    except KeyError as error:
        raise KeyFaultError(f"{table.name}: a row has no {error.args[0]}") from None


def _keys(parts: Sequence[Sequence[object]], count: int) -> list[Key]:
    """Return the keys whose parts stand in columns."""
    return list(zip(*parts, strict=True)) if parts else [()] * count


def _index(result: Result) -> None:
    """Collect the keys of every grain: its own tables' rows first, then what finer rows imply."""
    own: dict[Grain, dict[Key, Any]] = {}
    for table in result.rules.tables:
        rows = result.data.rows(table.name)
        if not rows:
            result.given[table.name] = {}
            continue
        keys = _table_keys(table, [row.values for row in rows])
        result.given[table.name] = given = dict(zip(keys, rows, strict=True))
        if len(given) < len(rows):
            raise KeyFaultError(
                f"{table.name}: {next(key for key in keys if keys.count(key) > 1)} stands twice"
            )
        own[table.grain] = own[table.grain] | given if table.grain in own else given
    for grain, finer in coarser(result.plan):
        found = own.get(grain, {})
        implied = [
            zip(*(result.parts(one)[name] for name in grain.dimensions), strict=True)
            for one in finer
            if result.keys(one)
        ]
        if not grain.dimensions:
            found = {(): None}
        elif implied:
            found = dict.fromkeys(chain(found, *implied))
        result.set_keys(grain, list(found))


def _fill_inputs(result: Result) -> None:
    for table, inputs in left_empty(result.plan):
        keys = result.keys(table.grain)
        given = result.given[table.name]
        if list(given) == keys:
            rows = [row.values for row in given.values()]
        else:
            rows = [given[key].values if key in given else NOTHING for key in keys]
        filled = set().union(*rows)
        for one, waits in inputs:
            empty = ZERO if not given and table.is_nil(one) else waits
            if one.name not in filled:  # nobody filled it in: one value, or one reason, for all rows
                result.columns[one.name] = [empty] * len(keys)
                if empty is not None:
                    result.even[one.name] = empty
                continue
            try:
                column = list(map(itemgetter(one.name), rows))
            except KeyError:
                column = [row.get(one.name) for row in rows]
            if empty is not None and NoneType in set(map(type, column)):
                column = _completed(column, one.name, empty, keys)
            if isinstance(one, Choice) and len(set(column)) == 1:
                result.even[one.name] = column[0]
            result.columns[one.name] = column


def _completed(column: list[Any], name: str, empty: Any, keys: list[Key]) -> list[Any]:
    """Return an input's column with what stands for its empty cells: a default, or a reason that names the row."""
    if empty.__class__ is not Waiting:
        return [empty if value is None else value for value in column]
    reason = partial(tuple.__new__, Reason)  # past the named tuple's own call: there are hundreds
    return [
        Waiting(reason(("input", name, key, ""))) if value is None else value
        for key, value in zip(keys, column, strict=True)
    ]


def _pieced(result: Result, some: Sequence[Step]) -> list[Any]:
    """Compute a rule that changes within the year, each version for its months."""
    made = some[0].made
    months = result.months(made.grain)
    column: list[Any] = [Waiting(Reason("version", made.name))] * len(months)
    for step in some:
        rows = [at for at, month in enumerate(months) if month in step.stretch.months]
        for at, value in zip(rows, _run(result, step, rows), strict=True):
            column[at] = value
    return column


def _run(result: Result, step: Step, rows: list[int] | None) -> list[Any]:
    """Run one version down all rows of its grain (None) or some of them, and round."""
    count = len(result._keys[step.grain]) if rows is None else len(rows)  # noqa: SLF001 - ours
    if not count:
        return []
    if rows is None and count > 1 and not (step.plain and step.plain.isdisjoint(result.even)):
        value = _even(result, step)
        if value is not None:
            result.even[step.made.name] = value
            return [value] * count
    known, grain = result.columns, step.grain
    columns = [known[one.name] if own else result.aggregated(one, grain) for one, own in step.arguments]
    if step.picked:
        columns += [_picked(result, source, grain) for source in step.picked.values()]
    if rows is not None:
        columns = [[column[at] for at in rows] for column in columns]
    try:
        return step.loop(*(columns or [[None] * count]), *step.fixed)
    except (*_ZERO, TypeError):  # a divisor is zero, a condition waits or nobody knows where to round
        if count == 1:
            names = [one.name for one, _ in step.arguments]
            lost = _lost(step, {name: column[0] for name, column in zip(names, columns, strict=False)})
            if lost is not None:
                return [lost]
        return _row_by_row(step, columns, count)


def _row_by_row(step: Step, columns: list[list[Any]], count: int) -> list[Any]:
    made = step.made
    names = [one.name for one, _ in step.arguments]
    known = dict(zip([*names, *step.picked], columns, strict=True))
    known |= {name: [value] * count for name, value in step.constants.items()}
    rows = zip(*(known[name] for name in (*names, *made.parameters)), strict=True)
    found = [guarded(made, one) for one in rows]
    if not step.rounds:
        return [Decimal(value) if value.__class__ is int else value for value in found]
    return [_rounded(value, unit, MODES[made.mode]) for value, unit in zip(found, known["unit"], strict=True)]


def _rounded(value: Any, unit: Any, mode: str) -> Any:
    if value.__class__ is Waiting:
        return value
    return unit if unit.__class__ is Waiting else Decimal(value).quantize(unit, mode)


def _even(result: Result, step: Step) -> Any:
    """Return the one value of all rows, None where they may differ: empty sheets and what follows cost nothing."""
    even = result.even
    lost = _lost(step, even)
    if lost is not None:
        return lost
    if not even.keys() >= step.plain or any(map(result.keys, step.gathered)):
        return None
    return _run(result, step, [0])[0]


def _lost(step: Step, known: dict[str, Any]) -> Waiting | None:
    """Return what a rule waits for, whatever its conditions say; None where that is not certain."""
    lost = [known[name] for name in step.needed if known.get(name).__class__ is Waiting]
    return Waiting(*(reason for one in lost for reason in one.reasons)) if lost else None


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


def _picked(result: Result, source: Source, grain: Grain) -> list[Any]:
    """Return a parameter's value for each row. It is looked up where its choices live, and seen from there."""
    found = result.picked.get((source, grain))
    if found is None:
        if result.even.keys() >= source.choices:
            found = [source.table[tuple([result.even[by] for by in source.by])]] * len(result.keys(grain))
        elif source.grain is grain or not grain.sees(source.grain):
            columns = [result.seen(by, grain) for by in source.by]
            found = [source.table[members] for members in zip(*columns, strict=True)]
        else:
            own = _picked(result, source, source.grain)
            found = [own[at] for at in result.map(grain, source.grain)]
        result.picked[source, grain] = found
    return found
