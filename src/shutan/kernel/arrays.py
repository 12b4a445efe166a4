"""The same rules on NumPy arrays: a province at once, equal to the exact result after rounding.

Float64 with snap-rounding (`numbers.snapped`): ties are recognised, and sums of rounded terms are snapped back to their
decimals, so that no error travels on. A value that waits is NaN, a choice not given is 0. Published figures come from
`kernel.evaluate`; this path is for simulation and screening, and property tests hold it to the exact one.

Rows are worked through in blocks of whole reports small enough for the processor's cache, one thread a core: NumPy lets
the interpreter go while it computes, and no temporary is larger than a block.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shutan.kernel.grain import MONTH, Grain, last_day
from shutan.kernel.inputs import Choice, Choices, Number
from shutan.kernel.numbers import snapped
from shutan.kernel.parameters import Parameters
from shutan.kernel.rules import Aggregation, Argument, Rule
from shutan.kernel.symbols import Expression, Symbol, symbols_of
from shutan.kernel.symbols import evaluate as evaluate_tree

if TYPE_CHECKING:
    from shutan.kernel.ruleset import RuleSet

Array = np.ndarray[Any, Any]
BLOCK_ROWS = 16_384  # of the finest grain: some 128 KB a column, so that a rule's temporaries stay in cache


@dataclass
class ArrayData:
    """Inputs as columns, with the row maps between grains.

    Attributes:
        rows: number of rows by grain; a grain without dimensions has one row a report.
        report: by grain, the report number of each row, ascending.
        month: by monthly grain, the month of each row.
        parent: by (fine, coarse), the row of the coarse grain each fine row belongs to.
        inputs: one array an input; numbers float64 (NaN not given), choices small integers (0 not given).
    """

    rows: dict[Grain, int] = field(default_factory=dict)
    report: dict[Grain, Array] = field(default_factory=dict)
    month: dict[Grain, Array] = field(default_factory=dict)
    parent: dict[tuple[Grain, Grain], Array] = field(default_factory=dict)
    inputs: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: RuleSet, tables: Mapping[str, Mapping[str, Any]]) -> ArrayData:
        """Index columns by table name. Key columns are whole numbers; `report` may be left out when there is one.

        Rows may come in any order; the arrays of the result follow the order of `keys` sorted by report and dimensions.
        """
        return _Indexer(rules, tables).build()


@dataclass
class ArrayResult:
    """Columns of the wanted names, in the row order of `data`."""

    data: ArrayData
    columns: dict[str, Array]

    def column(self, name: str) -> Array:
        """Return all values of a name."""
        return self.columns[name]


class _Indexer:
    """Turns key columns into row numbers. Every key becomes one whole number, so that sorting and matching are fast."""

    def __init__(self, rules: RuleSet, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.rules = rules
        self.tables = {table: tables[table.name] for table in rules.tables if table.name in tables}
        self.size: dict[str, int] = {}
        for columns in self.tables.values():
            for name, column in columns.items():
                if name == "report" or any(name in grain.dimensions for grain in rules.grains):
                    self.size[name] = max(self.size.get(name, 0), int(np.max(column, initial=0)) + 1)

    def _codes(self, columns: Mapping[str, Any], grain: Grain, length: int) -> Array:
        code = np.asarray(columns.get("report", np.zeros(length)), dtype=np.int64)
        for name in grain.dimensions:
            code = code * self.size[name] + np.asarray(columns[name], dtype=np.int64)
        return code

    def _decode(self, codes: Array, grain: Grain) -> dict[str, Array]:
        parts = {}
        for name in reversed(grain.dimensions):
            codes, parts[name] = np.divmod(codes, self.size[name])
        return parts | {"report": codes}

    def build(self) -> ArrayData:
        table_codes = {
            table: self._codes(columns, table.grain, len(next(iter(columns.values()))))
            for table, columns in self.tables.items()
        }
        codes = {grain: self._known(grain) for grain in self.rules.grains}
        data = ArrayData()
        for grain in self.rules.grains:
            self._place_grain(data, grain, codes)
        for table in self.rules.tables:
            columns = self.tables.get(table, {})
            at = np.searchsorted(codes[table.grain], table_codes[table]) if table in table_codes else slice(0)
            for one in table.inputs:
                if isinstance(one, Number | Choice):
                    data.inputs[one.name] = _placed(one, columns.get(one.name), at, data.rows[table.grain])
        return data

    def _known(self, grain: Grain) -> Array:
        """Return the sorted codes of a grain's rows: those of every table that is as fine or finer."""
        found = [
            self._codes(columns, grain, len(next(iter(columns.values()))))
            for table, columns in self.tables.items()
            if table.grain.sees(grain)
        ]
        return _unique(found)

    def _place_grain(self, data: ArrayData, grain: Grain, codes: dict[Grain, Array]) -> None:
        parts = self._decode(codes[grain], grain)
        data.rows[grain] = len(codes[grain])
        data.report[grain] = parts["report"]
        if grain.monthly:
            data.month[grain] = parts[MONTH]
        for coarse in self.rules.grains:
            if coarse is not grain and grain.sees(coarse):
                wanted = self._codes(parts, coarse, len(codes[grain]))
                data.parent[grain, coarse] = np.searchsorted(codes[coarse], wanted)


def _unique(found: list[Array]) -> Array:
    if len(found) == 1 and bool(np.all(np.diff(found[0]) > 0)):
        return found[0]  # already in order, as a database returns them
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _placed(one: Number | Choice, column: Any, at: Any, length: int) -> Array:
    """Put an input's column where the sorted keys want it; fill defaults."""
    default = one.default
    if isinstance(one, Choice):
        member = one.choices[default] if isinstance(default, str) else default
        placed = np.full(length, 0 if member is None else int(member), dtype=np.int8)
        if column is not None:
            given = np.asarray(column, dtype=np.int8)
            placed[at] = np.where(given == 0, placed[at], given)
        return placed
    placed = np.full(length, np.nan if default is None else float(default))
    if column is not None:
        given = np.asarray(column, dtype=np.float64)
        placed[at] = given if default is None else np.where(np.isnan(given), placed[at], given)
    return placed


def evaluate_arrays(
    rules: RuleSet,
    year: int,
    data: ArrayData,
    parameters: Parameters,
    *,
    wanted: Iterable[str] | None = None,
    threads: int | None = None,
) -> ArrayResult:
    """Compute the wanted names (default: every rule in force) for all rows.

    Raises:
        KeyError: a wanted name does not exist or is not in force in `year`.
    """
    plan = _Plan(rules, year, parameters, None if wanted is None else tuple(wanted))
    result = {name: plan.empty(name, data) for name in plan.outputs}
    blocks = list(_blocks(data))
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for _ in pool.map(lambda block: _Block(plan, data, block).run(result), blocks):
            pass
    return ArrayResult(data, result)


def _blocks(data: ArrayData) -> Iterable[tuple[int, int]]:
    """Cut the reports so that no grain has many more than BLOCK_ROWS rows in a block."""
    largest = max(data.report.values(), key=len)
    if not len(largest):
        return
    start = 0
    while start < len(largest):
        stop = min(start + BLOCK_ROWS, len(largest))
        last = largest[stop - 1]
        yield int(largest[start]), int(last) + 1
        start = int(np.searchsorted(largest, last, side="right"))


class _Plan:
    """What to run, decided once a call: the needed rules in order, their versions by month, parameters as floats."""

    def __init__(
        self, rules: RuleSet, year: int, parameters: Parameters, wanted: tuple[str, ...] | None
    ) -> None:
        self.rules, self.year, self.parameters = rules, year, parameters
        in_force = [name for name in rules.order if self._regimes(name)]
        self.outputs = tuple(in_force) if wanted is None else wanted
        needed = set(self.outputs)
        for name in reversed(rules.order):
            if name in needed:
                for made in rules.rules[name]:
                    needed |= rules.dependencies(made)
        self.order = [name for name in in_force if name in needed]
        self.regimes = {name: self._regimes(name) for name in self.order}
        if missing := [name for name in self.outputs if name not in self.regimes]:
            raise KeyError(f"not in force in {year}: {missing}")
        self.habits = {made: Habits.of(made) for name in self.order for made in rules.rules[name]}

    def _regimes(self, name: str) -> list[tuple[Rule, tuple[int, ...], dict[str, Any]]]:
        """Return versions with the months they hold and their parameters; yearly grains have one with no months."""
        grain = self.rules.grain_of(name)
        months: Sequence[int | None] = range(1, 13) if grain.monthly else [None]
        found: dict[tuple[Any, ...], tuple[Rule, list[int], dict[str, Any]]] = {}
        for month in months:
            day = last_day(self.year, month)
            made = self.rules.version(name, day)
            if made is None:
                continue
            names = [*made.parameters, *([made.places] if isinstance(made.places, str) else [])]
            stretch = (
                made,
                *(sum(change <= day for change in self.parameters[one].changes()) for one in names),
            )
            if stretch not in found:
                found[stretch] = (made, [], {one: self._values(one, day) for one in names})
            if month is not None:
                found[stretch][1].append(month)
        return [(made, tuple(held), values) for made, held, values in found.values()]

    def _values(self, name: str, day: Any) -> Any:
        """Return a parameter as a float, or as a table to be indexed by the codes of its keys."""
        parameter = self.parameters[name]
        if not parameter.by:
            record = parameter.on(day)
            return np.nan if record is None or record.value is None else float(record.value)
        choices = [self.rules.unit_of(by) for by in parameter.by]
        table = np.full([len(one) + 1 for one in choices if isinstance(one, Choices)], np.nan)
        for key in parameter.keys():  # noqa: SIM118 - not a mapping
            record = parameter.on(day, key)
            if record is not None and record.value is not None:
                at = tuple(
                    int(one[word]) for one, word in zip(choices, key, strict=True) if isinstance(one, Choices)
                )
                table[at] = float(record.value)
        return table

    def empty(self, name: str, data: ArrayData) -> Array:
        length = data.rows[self.rules.grain_of(name)]
        if isinstance(self.rules.unit_of(name), Choices):
            return np.zeros(length, dtype=np.int8)
        return np.full(length, np.nan)

    def places(self, name: str) -> int | None:
        """Return how many decimals a name has for certain; sums of such values are snapped back to them."""
        if name in self.rules.rules:
            found = {made.places for made in self.rules.rules[name]}
            return max(found) if all(isinstance(one, int) for one in found) else None  # type: ignore[type-var, return-value]
        one = self.rules.inputs[name]
        return one.places if isinstance(one, Number) else None


class _Block:
    """The rows of some whole reports."""

    def __init__(self, plan: _Plan, data: ArrayData, reports: tuple[int, int]) -> None:
        self.plan, self.data = plan, data
        self.bounds = {
            grain: tuple(int(one) for one in np.searchsorted(report, reports))
            for grain, report in data.report.items()
        }
        self.columns: dict[str, Array] = {}
        self.seen: dict[tuple[str, Grain], Array] = {}
        self.parents: dict[tuple[Grain, Grain], Array] = {}
        for name, column in data.inputs.items():
            start, stop = self.bounds[plan.rules.grain_of(name)]
            self.columns[name] = column[start:stop]

    def run(self, result: dict[str, Array]) -> None:
        with np.errstate(all="ignore"):
            for name in self.plan.order:
                self.columns[name] = self._column(name)
        for name in self.plan.outputs:
            start, stop = self.bounds[self.plan.rules.grain_of(name)]
            result[name][start:stop] = self.columns[name]

    def _length(self, grain: Grain) -> int:
        start, stop = self.bounds[grain]
        return int(stop - start)

    def _column(self, name: str) -> Array:
        regimes = self.plan.regimes[name]
        made = regimes[0][0]
        if len(regimes) == 1 and len(regimes[0][1]) in (0, 12):
            return self._run(made, regimes[0][2], None)
        start, stop = self.bounds[made.grain]
        months = self.data.month[made.grain][start:stop]
        choice = isinstance(made.unit, Choices)
        column = np.zeros(stop - start, dtype=np.int8) if choice else np.full(stop - start, np.nan)
        for made, held, values in regimes:
            rows = np.flatnonzero(np.isin(months, held))
            column[rows] = self._run(made, values, rows)
        return column

    def _run(self, made: Rule, parameters: dict[str, Any], rows: Array | None) -> Array:
        values: dict[str, Any] = {}
        for argument in made.arguments:
            column = self._argument(argument, made.grain)
            values[argument.name] = column if rows is None else column[rows]
        for name in made.parameters:
            values[name] = self._parameter(name, parameters[name], made.grain, rows)
        length = self._length(made.grain) if rows is None else len(rows)
        places: Any = made.places
        if isinstance(places, str):
            places = self._parameter(places, parameters[places], made.grain, rows)
        return run(self.plan.habits[made], values, length, places)

    def _parameter(self, name: str, value: Any, grain: Grain, rows: Array | None) -> Any:
        by = self.plan.parameters[name].by
        if not by:
            return value
        codes = [self._see(one, grain) for one in by]
        return value[tuple(code if rows is None else code[rows] for code in codes)]

    def _parent(self, fine: Grain, coarse: Grain) -> Array:
        found = self.parents.get((fine, coarse))
        if found is None:
            start, stop = self.bounds[fine]
            found = self.data.parent[fine, coarse][start:stop] - self.bounds[coarse][0]
            self.parents[fine, coarse] = found
        return found

    def _see(self, name: str, grain: Grain) -> Array:
        own = self.plan.rules.grain_of(name)
        if own is grain:
            return self.columns[name]
        found = self.seen.get((name, grain))
        if found is None:
            found = self.columns[name][self._parent(grain, own)]
            self.seen[name, grain] = found
        return found

    def _argument(self, argument: Argument, grain: Grain) -> Array:
        how = argument.aggregation
        if how is None:
            return self._see(argument.name, grain)
        own = self.plan.rules.grain_of(argument.name)
        group, length = self._parent(own, grain), self._length(grain)
        column = self.columns[argument.name]
        if how.how == "count":
            return np.bincount(group, minlength=length).astype(np.float64)
        if how.how == "total":
            return self._sum(column, group, length, self.plan.places(argument.name))
        if how.how == "mean":
            return self._mean(argument, how, column, group, length)
        return _extreme(how.how, column, group, length)

    def _sum(self, column: Array, group: Array, length: int, places: int | None) -> Array:
        total = np.bincount(group, weights=column, minlength=length)
        return total if places is None else snapped(total, places)

    def _mean(self, argument: Argument, how: Aggregation, column: Array, group: Array, length: int) -> Array:
        places = self.plan.places(argument.name)
        if how.weight is None:
            return self._sum(column, group, length, places) / np.bincount(group, minlength=length)
        weight = self._see(how.weight, self.plan.rules.grain_of(argument.name))
        more = self.plan.places(how.weight)
        together = None if places is None or more is None else places + more
        product = np.where(weight == 0, 0.0, column * weight)
        found = self._sum(product, group, length, together) / self._sum(weight, group, length, more)
        return np.where(np.isinf(found), np.nan, found)


@dataclass(frozen=True)
class Habits:
    """What the array path must watch in a rule, read off its formula once.

    Attributes:
        judged: names that stand in a condition; if one is missing, a comparison would lie.
        divides: it may divide by zero.
        cancels: it subtracts quantities, so that ties are judged by the size of the terms, not of the difference.
    """

    made: Rule
    judged: frozenset[str]
    divides: bool
    cancels: bool

    @classmethod
    def of(cls, made: Rule) -> Habits:
        """Read the habits of a rule."""
        return cls(made, _judged(made.formula), _divides(made.formula), _cancels(made.formula))


def run(habits: Habits, values: Mapping[str, Any], length: int, places: Any) -> Array:
    """Compute and round one rule on columns; `values` run in the order of the rule's signature."""
    made = habits.made
    raw = made.fast(*values.values())
    choice = isinstance(made.unit, Choices)
    found = np.broadcast_to(np.asarray(raw, dtype=np.int8 if choice else np.float64), length)
    if habits.divides and not choice:
        found = np.where(np.isinf(found), np.nan, found)
    if any(_has_missing(values[name]) for name in habits.judged):
        found = np.where(missing(made.formula, values), 0 if choice else np.nan, found)
    if places is None:
        return found
    size = np.broadcast_to(magnitude(made.formula, values), length) if habits.cancels else None
    if np.ndim(places) == 0:
        return (
            np.full_like(found, np.nan) if np.isnan(places) else snapped(found, int(places), made.mode, size)
        )
    rounded = np.full_like(found, np.nan)
    for one in np.unique(places[~np.isnan(places)]):
        at = places == one
        rounded[at] = snapped(found[at], int(one), made.mode, None if size is None else size[at])
    return rounded


def _extreme(how: str, column: Array, group: Array, length: int) -> Array:
    found = np.full(length, -np.inf if how == "largest" else np.inf)
    (np.maximum if how == "largest" else np.minimum).at(found, group, column)
    return np.where(np.isinf(found), np.nan, found)


def _judged(node: Any) -> frozenset[str]:
    if not isinstance(node, Expression) or isinstance(node, Symbol):
        return frozenset()
    if node.operator in ("==", "!=", "<", "<=", ">", ">="):
        return frozenset(symbols_of(node))
    return frozenset().union(*(_judged(argument) for argument in node.arguments))


def _divides(node: Any) -> bool:
    if not isinstance(node, Expression) or isinstance(node, Symbol):
        return False
    own = node.operator in ("/", "**") and any(symbols_of(node.arguments[1]))
    return own or any(_divides(argument) for argument in node.arguments)


def _cancels(node: Any) -> bool:
    if not isinstance(node, Expression) or isinstance(node, Symbol):
        return False
    own = node.operator == "-" and all(any(symbols_of(argument)) for argument in node.arguments)
    return own or any(_cancels(argument) for argument in node.arguments)


def magnitude(node: Any, values: Mapping[str, Any]) -> Any:
    """Return how large the terms of a formula are: the same arithmetic with every difference taken as a sum."""
    if isinstance(node, Symbol):
        return np.abs(values[node.name])
    if not isinstance(node, Expression):
        return node
    if node.operator in ("+", "-"):
        return magnitude(node.arguments[0], values) + magnitude(node.arguments[1], values)
    if node.operator == "*":
        return magnitude(node.arguments[0], values) * magnitude(node.arguments[1], values)
    if node.operator == "/":
        return magnitude(node.arguments[0], values) / np.abs(evaluate_tree(node.arguments[1], values))
    if node.operator == "when":
        holds = evaluate_tree(node.arguments[0], values)
        return np.where(holds, magnitude(node.arguments[1], values), magnitude(node.arguments[2], values))
    return np.abs(evaluate_tree(node, values))


def _has_missing(value: Any) -> bool:
    return bool(np.any(_missing_leaf(value)))


def _missing_leaf(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind == "i":
        return value == 0
    return np.isnan(value)


def missing(node: Any, values: Mapping[str, Any]) -> Any:
    """Say for each row whether the exact path would wait: only the branch that holds counts."""
    if isinstance(node, Symbol):
        return _missing_leaf(values[node.name])
    if not isinstance(node, Expression):
        return False
    parts = [missing(argument, values) for argument in node.arguments]
    if node.operator == "when":
        holds = evaluate_tree(node.arguments[0], values)
        return parts[0] | np.where(holds, parts[1], parts[2])
    if node.operator in ("both", "either"):
        decides = node.operator == "either"
        held = [evaluate_tree(argument, values) for argument in node.arguments]
        decided = np.logical_or.reduce(
            np.broadcast_arrays(
                *((np.equal(one, decides)) & ~np.asarray(lost) for one, lost in zip(held, parts, strict=True))
            )
        )
        return np.logical_or.reduce(np.broadcast_arrays(*parts)) & ~decided
    return np.logical_or.reduce(np.broadcast_arrays(*parts))
