"""The same rules on NumPy arrays: a province at once, equal to the exact result after rounding.

Float64 with snap-rounding (`numbers.snapped`): ties are recognised, and sums of rounded terms are snapped back to their
decimals, so that no error travels on. A value that waits is NaN, a choice not given is 0. Published figures come from
`kernel.evaluate`; this path is for simulation and screening, and property tests hold it to the exact one.

Rows are worked through in blocks of whole reports small enough for the processor's cache, one thread a core: NumPy lets
the interpreter go while it computes, and no temporary is larger than a block. A column that is even within a block (a
sheet nobody filled in, one boiler type) is one scalar there, and so is what follows from even columns only.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from shutan.kernel.array_data import Array, ArrayData
from shutan.kernel.grain import Grain
from shutan.kernel.inputs import Choices, Member, Number
from shutan.kernel.numbers import snapped
from shutan.kernel.parameters import Parameters
from shutan.kernel.plan import Plan, Stretch
from shutan.kernel.rules import Aggregation, Argument, Rule
from shutan.kernel.symbols import Expression, Symbol, symbols_of
from shutan.kernel.symbols import evaluate as evaluate_tree

if TYPE_CHECKING:
    from shutan.kernel.ruleset import RuleSet

BLOCK_ROWS = (
    65_536  # of the finest grain: measured best between many small calls and temporaries out of cache
)
Column = Any  # an array, or a scalar (np.float64, Member) where all rows of the block are alike


@dataclass
class ArrayResult:
    """Columns of the wanted names, in the row order of `data`."""

    data: ArrayData
    columns: dict[str, Array]

    def column(self, name: str) -> Array:
        """Return all values of a name."""
        return self.columns[name]


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
    job = _Job(rules.plan(year, parameters), None if wanted is None else tuple(wanted))
    result = {name: job.empty(name, data) for name in job.outputs}
    blocks = list(_blocks(data))
    job.touch_parents(data)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for _ in pool.map(lambda block: _Block(job, data, block).run(result), blocks):
            pass
    return ArrayResult(data, result)


def _blocks(data: ArrayData) -> Iterable[tuple[int, int]]:
    """Cut the reports so that no grain has many more than BLOCK_ROWS rows in a block; no report is left out."""
    largest = max(data.report.values(), key=len)
    end = 1 + max((int(report[-1]) for report in data.report.values() if len(report)), default=-1)
    row = first = 0
    while first < end:
        last = end - 1 if row + BLOCK_ROWS >= len(largest) else int(largest[row + BLOCK_ROWS - 1])
        row = int(np.searchsorted(largest, last, side="right"))
        yield first, last + 1
        first = last + 1


class _Job:
    """What to run: the needed rules in order, with their parameters as floats."""

    def __init__(self, plan: Plan, wanted: tuple[str, ...] | None) -> None:
        self.plan, self.rules = plan, plan.rules
        self.outputs = tuple(plan.stretches) if wanted is None else wanted
        if missing := [name for name in self.outputs if name not in plan.stretches]:
            raise KeyError(f"not in force in {plan.year}: {missing}")
        needed = set(self.outputs)
        for name in reversed(plan.stretches):
            if name in needed:
                for stretch in plan.stretches[name]:
                    needed |= self.rules.dependencies(stretch.made)
        self.order = [name for name in plan.stretches if name in needed]
        self.habits = {
            stretch.made: plan.remember(("habits", stretch.made), partial(Habits.of, stretch.made))
            for name in self.order
            for stretch in plan.stretches[name]
        }

    def values(self, name: str, stretch: Stretch) -> Any:
        """Return a parameter as a float, or as a table to be indexed by the codes of its keys."""
        return self.plan.remember(("floats", name, stretch.day), lambda: self._values(name, stretch.day))

    def _values(self, name: str, day: Any) -> Any:
        parameter = self.plan.parameters[name]
        choices = [one for one in map(self.rules.unit_of, parameter.by) if isinstance(one, Choices)]
        table = np.full([len(one) + 1 for one in choices], np.nan)
        for key in parameter.keys() if choices else [()]:
            record = parameter.on(day, key)
            if record is not None and record.value is not None:
                table[tuple(int(one[word]) for one, word in zip(choices, key, strict=True))] = float(
                    record.value
                )
        return table if choices else np.float64(table)

    def empty(self, name: str, data: ArrayData) -> Array:
        """Return a column to be filled."""
        length = data.rows[self.rules.grain_of(name)]
        return (
            np.zeros(length, np.int8)
            if isinstance(self.rules.unit_of(name), Choices)
            else np.empty(length)  # the blocks fill every row
        )

    def touch_parents(self, data: ArrayData) -> None:
        """Work out the row maps before threads share them."""
        for name in self.order:
            for stretch in self.plan.stretches[name]:
                for need in self.rules.dependencies(stretch.made):
                    own, grain = self.rules.grain_of(need), stretch.made.grain
                    if own is not grain:
                        data.parent(*((grain, own) if grain.sees(own) else (own, grain)))
                for argument in stretch.made.arguments:
                    if argument.aggregation and argument.aggregation.weight:
                        fine, coarse = (
                            self.rules.grain_of(one) for one in (argument.name, argument.aggregation.weight)
                        )
                        if fine is not coarse:
                            data.parent(fine, coarse)

    def places(self, name: str) -> int | None:
        """Return how many decimals a name has for certain; sums of such values are snapped back to them."""
        return self.plan.remember(("places", name), lambda: self._places(name))  # type: ignore[no-any-return]

    def _places(self, name: str) -> int | None:
        if name not in self.rules.rules:
            one = self.rules.inputs[name]
            return one.places if isinstance(one, Number) else None
        found = [
            stretch.made.places
            if isinstance(stretch.made.places, int)
            else self._inferred(stretch.made.formula)
            for stretch in self.plan.stretches.get(name, ())
            if not isinstance(stretch.made.places, str)
        ]
        return None if None in found or not found else max(one for one in found if one is not None)

    def _inferred(self, node: Any) -> int | None:
        """Return the decimals of a sum, difference or choice of values whose decimals are known."""
        if isinstance(node, Symbol):
            return self.places(node.name) if node.name not in self.plan.parameters else None
        if not isinstance(node, Expression):
            return 0 if node == 0 else None
        parts = {"+": node.arguments, "-": node.arguments, "when": node.arguments[1:]}.get(node.operator)
        if parts is None:
            return None
        known = [self._inferred(part) for part in parts]
        return None if None in known else max(one for one in known if one is not None)


class _Block:
    """The rows of some whole reports."""

    def __init__(self, job: _Job, data: ArrayData, reports: tuple[int, int]) -> None:
        self.job, self.data, self.rules = job, data, job.rules
        self.bounds = {
            grain: tuple(int(one) for one in np.searchsorted(report, reports))
            for grain, report in data.report.items()
        }
        self.columns: dict[str, Column] = {}
        self.seen: dict[tuple[str, Grain], Column] = {}
        self.parents: dict[tuple[Grain, Grain], Array] = {}
        self.counts: dict[tuple[Grain, Grain], Array] = {}
        self.matched: dict[tuple[Grain, Grain], bool] = {}
        for name, column in data.inputs.items():
            start, stop = self.bounds[self.rules.grain_of(name)]
            self.columns[name] = even(column[start:stop], self.rules.unit_of(name))

    def run(self, result: dict[str, Array]) -> None:
        with np.errstate(all="ignore"):
            for name in self.job.order:
                self.columns[name] = self._column(name)
        for name in self.job.outputs:
            start, stop = self.bounds[self.rules.grain_of(name)]
            result[name][start:stop] = self.columns[name]

    def _length(self, grain: Grain) -> int:
        start, stop = self.bounds[grain]
        return int(stop - start)

    def _column(self, name: str) -> Column:
        stretches = self.job.plan.stretches[name]
        made = stretches[0].made
        if len(stretches) == 1 and stretches[0].whole:
            return self._run(stretches[0], None)
        column = self._blank(made)
        for stretch in stretches:
            rows = self._held(stretch)
            column[rows] = self._run(stretch, rows)
        return column

    def _blank(self, made: Rule) -> Array:
        length = self._length(made.grain)
        return np.zeros(length, np.int8) if isinstance(made.unit, Choices) else np.full(length, np.nan)

    def _held(self, stretch: Stretch) -> Array:
        """Return the rows of the months that a stretch covers."""
        start, stop = self.bounds[stretch.made.grain]
        return np.flatnonzero(np.isin(self.data.month[stretch.made.grain][start:stop], stretch.months))

    def _pick(self, column: Column, rows: Array | None) -> Column:
        return column if rows is None or np.ndim(column) == 0 else column[rows]

    def _run(self, stretch: Stretch, rows: Array | None) -> Column:
        made = stretch.made
        values: dict[str, Column] = {}
        for argument in made.arguments:
            values[argument.name] = self._pick(self._argument(argument, made.grain), rows)
        for name in made.parameters:
            values[name] = self._parameter(name, stretch, rows)
        places = self._parameter(made.places, stretch, rows) if isinstance(made.places, str) else made.places
        if places is None and isinstance(made.formula, Expression) and not isinstance(made.unit, Choices):
            places = self.job.places(made.name) if made.formula.operator in ("+", "-") else None
        return self._evaluate(self.job.habits[made], values, places)

    def _evaluate(self, habits: Habits, values: Mapping[str, Column], places: Any) -> Column:
        return run(habits, values, places)

    def _parameter(self, name: str, stretch: Stretch, rows: Array | None) -> Column:
        value = self.job.values(name, stretch)
        by = self.job.plan.parameters[name].by
        if not by:
            return value
        codes = [self._see(one, stretch.made.grain) for one in by]
        return value[tuple(int(c) if np.ndim(c) == 0 else self._pick(c, rows) for c in codes)]

    def _parent(self, fine: Grain, coarse: Grain) -> Array:
        found = self.parents.get((fine, coarse))
        if found is None:
            start, stop = self.bounds[fine]
            found = self.data.parent(fine, coarse)[start:stop] - self.bounds[coarse][0]
            self.parents[fine, coarse] = found
        return found

    def _see(self, name: str, grain: Grain) -> Column:
        own = self.rules.grain_of(name)
        column = self.columns[name]
        if own is grain or np.ndim(column) == 0:
            return column
        found = self.seen.get((name, grain))
        if found is None:
            found = self.seen[name, grain] = column[self._parent(grain, own)]
        return found

    def _argument(self, argument: Argument, grain: Grain) -> Column:
        how = argument.aggregation
        if how is None:
            return self._see(argument.name, grain)
        own = self.rules.grain_of(argument.name)
        column = self.columns[argument.name]
        if self._length(own) == 0:  # a sheet nobody filled in
            return np.float64(0 if how.how in ("count", "total") else np.nan)
        if how.how == "count":
            return self._count(own, grain).astype(np.float64)
        if how.how == "total":
            return self._sum(column, own, grain, self.job.places(argument.name))
        if how.how == "mean":
            return self._mean(argument, how, own, grain)
        return self._extreme(how.how, column, own, grain)

    def _one_to_one(self, own: Grain, grain: Grain) -> bool:
        """Say whether each row of the coarser grain has just the row of the finer one that stands at its place."""
        length = self._length(grain)
        if self._length(own) != length:
            return False
        found = self.matched.get((own, grain))
        if found is None:
            found = bool((self._parent(own, grain) == np.arange(length)).all())
            self.matched[own, grain] = found
        return found

    def _count(self, own: Grain, grain: Grain) -> Array:
        found = self.counts.get((own, grain))
        if found is None:
            found = self.counts[own, grain] = np.bincount(
                self._parent(own, grain), minlength=self._length(grain)
            )
        return found

    def _sum(self, column: Column, own: Grain, grain: Grain, places: int | None) -> Array:
        if np.ndim(column) == 0:
            count = self._count(own, grain)
            total = np.where(count == 0, 0.0, count * column)
        elif self._one_to_one(own, grain):
            return column  # type: ignore[no-any-return]
        else:
            total = np.bincount(self._parent(own, grain), weights=column, minlength=self._length(grain))
        return total if places is None else snapped(total, places)

    def _extreme(self, how: str, column: Column, own: Grain, grain: Grain) -> Array:
        found = np.full(self._length(grain), -np.inf if how == "largest" else np.inf)
        (np.maximum if how == "largest" else np.minimum).at(found, self._parent(own, grain), column)
        return np.where(np.isinf(found), np.nan, found)

    def _mean(self, argument: Argument, how: Aggregation, own: Grain, grain: Grain) -> Array:
        column, places = self.columns[argument.name], self.job.places(argument.name)
        if how.weight is None:
            return self._sum(column, own, grain, places) / self._count(own, grain)
        weight, more = self._see(how.weight, own), self.job.places(how.weight)
        together = None if places is None or more is None else places + more
        product = np.where(weight == 0, 0.0, column * weight)
        found = self._sum(product, own, grain, together) / self._sum(weight, own, grain, more)
        return np.where(np.isinf(found), np.nan, found)


def even(column: Array, unit: str | Choices) -> Column:
    """Return one scalar for a column whose rows are all alike: np.float64, or the Member of a choice."""
    length = len(column)
    if length == 0:
        return column
    if column.strides == (0,):  # nobody filled it in
        return scalar(column[0], unit)
    first, last, middle = column[0], column[-1], column[length // 2]
    if first != first:  # noqa: PLR0124 - NaN is the one number that differs from itself
        return np.float64(np.nan) if bool(np.isnan(column).all()) else column
    if first != last or first != middle or not bool((column == first).all()):
        return column
    return scalar(first, unit)


def scalar(value: Any, unit: str | Choices) -> Column:
    """Return a number or a choice's code as the scalar rules compute with; code 0 stays a number: not given."""
    if isinstance(unit, Choices):
        return value if isinstance(value, Member) else unit.by_code(int(value)) or np.int8(0)
    return np.float64(value)


@dataclass(frozen=True)
class Habits:
    """What the array path must watch in a rule, read off its formula once.

    Attributes:
        made: the rule.
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


def run(habits: Habits, values: Mapping[str, Column], places: Any) -> Column:
    """Compute and round one rule on columns; `values` run in the order of the rule's signature."""
    made, found = habits.made, computed(habits, values)
    if places is None or (np.ndim(found) == 0 and (isinstance(made.unit, Choices) or np.isnan(found))):
        return found
    return _round(made, found, magnitude(made.formula, values) if habits.cancels else None, places)


def computed(habits: Habits, values: Mapping[str, Column]) -> Column:
    """Compute one rule on columns, without rounding."""
    made = habits.made
    choice = isinstance(made.unit, Choices)
    found: Any = made.fast(*values.values())
    if np.ndim(found):
        found = np.asarray(found, np.int8 if choice else np.float64)
    else:
        found = scalar(found, made.unit)
    if habits.divides and not choice:
        found = (
            np.where(np.isinf(found), np.nan, found)
            if np.ndim(found)
            else (np.nan if np.isinf(found) else found)
        )
    if any(bool(np.any(_missing_leaf(values[name]))) for name in habits.judged):
        found = _lose(found, missing(made.formula, values), made.unit)
    return found


def _lose(found: Column, lost: Any, unit: str | Choices) -> Column:
    """Take away what the exact path would not know."""
    nothing = 0 if isinstance(unit, Choices) else np.nan
    if np.ndim(found) == 0 and np.ndim(lost) == 0:
        return scalar(nothing, unit) if lost else found
    kept = int(found) if isinstance(found, Member) else found
    return np.where(lost, nothing, kept).astype(np.int8 if isinstance(unit, Choices) else np.float64)


def _round(made: Rule, found: Column, size: Any, places: Any) -> Column:
    if np.ndim(places) == 0:
        if np.isnan(places):
            return np.full_like(found, np.nan)
        if size is not None and np.ndim(found) == 0:
            found = np.full(
                np.shape(size), found
            )  # alike as they are, the rows come from terms of different size
        whole = snapped(
            np.atleast_1d(found), int(places), made.mode, None if size is None else np.atleast_1d(size)
        )
        return whole if np.ndim(found) else whole[0]
    found, places, *sizes = np.broadcast_arrays(found, places, *([] if size is None else [size]))
    rounded = np.full(found.shape, np.nan)
    for one in np.unique(places[~np.isnan(places)]):
        at = places == one
        rounded[at] = snapped(found[at], int(one), made.mode, *(each[at] for each in sizes))
    return rounded


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
        if np.ndim(holds) == 0:  # one branch for all rows
            return magnitude(node.arguments[1 if holds else 2], values)
        return np.where(holds, magnitude(node.arguments[1], values), magnitude(node.arguments[2], values))
    return np.abs(evaluate_tree(node, values))


def _missing_leaf(value: Any) -> Any:
    if isinstance(value, Member):
        return False
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind == "i":
        return value == 0
    return np.isnan(value)


def missing(node: Any, values: Mapping[str, Any]) -> Any:
    """Say for each row whether the exact path would wait: only the branch that holds counts."""
    if isinstance(node, Symbol):
        return _missing_leaf(values[node.name])
    if not isinstance(node, Expression):
        return False
    if node.operator == "when":
        condition, then, otherwise = node.arguments
        holds = evaluate_tree(condition, values)
        if np.ndim(holds) == 0:  # one branch for all rows
            return missing(condition, values) | missing(then if holds else otherwise, values)
        return missing(condition, values) | np.where(holds, missing(then, values), missing(otherwise, values))
    parts = [missing(argument, values) for argument in node.arguments]
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
