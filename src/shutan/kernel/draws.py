"""How uncertain a value is by Monte Carlo: the array path on draws of one report, roundings and flipped branches included.

Only the rules that a stated name reaches are computed again; whatever else they read is the exact result's. A column is
rows of the report × draws: what does not differ between draws has one column, what does not differ between rows one row,
and NumPy broadcasts. Draws run in blocks small enough for the processor's cache, one thread a core.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np

from shutan.kernel import arrays
from shutan.kernel.array_data import Array
from shutan.kernel.evaluate import Result
from shutan.kernel.grain import Grain, Key
from shutan.kernel.inputs import Choices, Member
from shutan.kernel.numbers import snapped
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.plan import Stretch
from shutan.kernel.rules import Rule
from shutan.kernel.uncertainty import COVERAGE, Case, Origin, Stated, StatementError, source_of

Made = TypeVar("Made")
TIE = 1e-12  # relative; a draw is a tie by chance only
# Of the largest column: measured best between many small calls and temporaries that leave the cache.
BLOCK_CELLS = 131_072


@dataclass(frozen=True)
class Drawn:
    """What many draws say. `waiting` of them had no value (a divisor became zero) and are left out."""

    draws: int
    waiting: int
    seed: int
    mean: float
    deviation: float
    low: float  # 2.5 %
    high: float  # 97.5 %


def monte_carlo(
    result: Result,
    name: str,
    key: Key,
    stated: Iterable[Stated],
    *,
    draws: int,
    seed: int = 0,
    threads: int | None = None,
) -> Drawn:
    """Return the distribution of one value; the same seed and number of draws give the same figures.

    Raises:
        StatementError: a statement or the wanted name is not one of numbers, or there are fewer than two draws.
    """
    if draws < 2:  # noqa: PLR2004 - a spread needs two
        raise StatementError("至少抽样 2 次|at least 2 draws are needed")
    case = Case(result, name, stated)
    found = _simulate(case, key, draws, seed, threads)
    known = found[~np.isnan(found)]
    if not len(known):
        return Drawn(draws, draws, seed, *[math.nan] * 4)
    low, high = np.percentile(known, [100 * (1 - COVERAGE) / 2, 100 * (1 + COVERAGE) / 2])
    deviation = float(known.std(ddof=1)) if len(known) > 1 else math.nan
    return Drawn(draws, draws - len(known), seed, float(known.mean()), deviation, float(low), float(high))


def _simulate(case: Case, key: Key, draws: int, seed: int, threads: int | None) -> Array:
    """Run the draws in blocks; each has a generator of its own and draws in a fixed order."""
    job = _DrawnJob(case)
    each = max(1, min(draws, BLOCK_CELLS // job.rows))
    at = case.result.row(case.rules.grain_of(case.wanted), key)

    def run(own: np.random.SeedSequence) -> Array:
        found = _DrawnBlock(job, each, np.random.Generator(np.random.SFC64(own))).compute(case.wanted)
        return np.array(np.broadcast_to(found, (job.length(case.wanted), each))[at])

    first, *others = np.random.SeedSequence(seed).spawn(math.ceil(draws / each))
    found = [run(first)]  # alone: it fills the maps between grains that the others read
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        found += pool.map(run, others)
    return np.concatenate(found)[:draws]


def _column(result: Result, name: str) -> Array:
    """Return a column of the exact result as the array path has it."""
    choice = isinstance(result.rules.unit_of(name), Choices)
    kind, nothing = (np.int8, 0) if choice else (np.float64, math.nan)
    return np.array(
        [kind(one) if isinstance(one, Decimal | Member) else nothing for one in result.columns[name]], kind
    )


@dataclass(frozen=True)
class _Groups:
    """The rows of a finer grain by the row of a coarser one that they belong to."""

    rows: list[slice | list[int]]
    count: Array  # rows of each group, groups × 1
    matched: bool  # each group has one row, in the same order

    @classmethod
    def of(cls, groups: list[list[int]]) -> _Groups:
        count = np.array([len(rows) for rows in groups], np.intp)
        matched = groups == [[at] for at in range(len(groups))]
        return cls([_evenly(rows) for rows in groups], count[:, None], matched)

    def reduce(self, how: np.ufunc, column: arrays.Column, nothing: float) -> Array:
        """Return a row for each group; `nothing` for one without rows."""
        if np.ndim(column) == 0 or len(column) == 1:  # alike in all rows
            width = 1 if np.ndim(column) == 0 else column.shape[1]
            column = np.broadcast_to(column, (int(self.count.sum()), width))
        if self.matched:
            return np.asarray(column)
        found = np.full((len(self.rows), column.shape[1]), nothing)
        for at, rows in enumerate(self.rows):
            if self.count[at, 0]:
                how.reduce(column[rows], axis=0, out=found[at])
        return found


def _evenly(rows: list[int]) -> slice | list[int]:
    """Return a slice for rows at even distances, which need not be copied."""
    if not rows:
        return rows
    step = rows[1] - rows[0] if len(rows) > 1 else 1
    even = step > 0 and rows == list(range(rows[0], rows[-1] + 1, step))
    return slice(rows[0], rows[-1] + 1, step) if even else rows


def _nearest(values: Array, places: int) -> Array:
    """Round half up; what is a tie but for float arithmetic is one, as `numbers.snapped` has it, in fewer steps."""
    found: Array = values * (10.0**places * (1 + TIE))
    np.rint(found, out=found)
    found /= 10.0**places
    return found


class _DrawnJob(arrays._Job):  # noqa: SLF001 - the same path, with some columns drawn
    """The touched rules only; sums of drawn values are not snapped to decimals that they do not have."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.result.plan, (case.wanted,) if case.wanted in case.rules.rules else ())
        self.case, self.result, self.order = case, case.result, case.order
        self.bases = {name: self._base(name) for name in case.drawn}
        read = {case.wanted}
        for name in case.order:
            read.update(*(case.rules.dependencies(one.made) for one in self.plan.stretches[name]))
        self.exact = {
            name: self._alike(name)
            for name in sorted(read - {*case.order, *case.drawn})
            if self.result.has(name)
        }
        self.rows = max(1, *(self.length(name) for name in (*case.order, *case.drawn, case.wanted)))
        self.memory: dict[Any, Any] = {}

    def length(self, name: str) -> int:
        """Return how many rows a name has in the report."""
        return len(self.result.columns[name])

    def _alike(self, name: str) -> arrays.Column:
        """Return a column of the exact result, rows × 1, or a scalar where all rows are alike."""
        column = arrays.even(_column(self.result, name), self.rules.unit_of(name))
        return column if np.ndim(column) == 0 else column[:, None]

    def _base(self, name: str) -> tuple[Array, dict[Stated, list[int]]]:
        """Return an input's rows, and which of them each statement draws; what is zero stays zero."""
        base, keys = _column(self.result, name), self.result.keys(self.rules.grain_of(name))
        rows: dict[Stated, list[int]] = defaultdict(list)
        for at, key in enumerate(keys):
            statement = self.case.of(name, key)
            if statement is not None and base[at] and not np.isnan(base[at]):
                rows[statement].append(at)
        return base[:, None], rows

    def places(self, name: str) -> int | None:
        if name not in self.case.touched:
            return super().places(name)
        found = [one.made.places for one in self.plan.stretches.get(name, ())]
        whole = [one for one in found if isinstance(one, int)]
        return max(whole) if whole and len(whole) == len(found) else None

    def parent(self, fine: Grain, coarse: Grain) -> Array:
        """Return the row of `coarse` that each row of `fine` belongs to."""
        return self._once((fine, coarse, "map"), lambda: np.array(self.result.map(fine, coarse), np.intp))

    def groups(self, fine: Grain, coarse: Grain) -> _Groups:
        """Return the rows of `fine` by the row of `coarse` that they belong to."""
        return self._once((fine, coarse), lambda: _Groups.of(self.result.groups(fine, coarse)))

    def held(self, stretch: Stretch) -> Array:
        """Return the rows that a stretch of a year computes."""
        months = self.result.months(stretch.made.grain)
        return self._once(
            (stretch.made.grain, stretch.months),
            lambda: np.array([at for at, month in enumerate(months) if month in stretch.months], np.intp),
        )

    def _once(self, key: Any, make: Callable[[], Made]) -> Made:
        if key not in self.memory:
            self.memory[key] = make()
        found: Made = self.memory[key]
        return found


class _DrawnBlock(arrays._Block):  # noqa: SLF001 - see above
    """Some draws. A column is a scalar, or rows × draws, where either may be one that stands for all."""

    job: _DrawnJob

    def __init__(self, job: _DrawnJob, count: int, random: np.random.Generator) -> None:
        self.job, self.case, self.rules = job, job.case, job.rules
        self.count, self.random = count, random
        self.seen: dict[tuple[str, Grain], arrays.Column] = {}
        self.factors: dict[Origin, Array] = {}
        self.rates: dict[tuple[str, dt.date], Array] = {}
        self.columns = job.exact | {name: self._drawn(name) for name in job.case.drawn}

    def compute(self, wanted: str) -> arrays.Column:
        """Return the wanted column."""
        with np.errstate(all="ignore"):
            for name in self.job.order:
                self.columns[name] = self._column(name)
        return self.columns[wanted]

    def _drawn(self, name: str) -> Array:
        base, rows = self.job.bases[name]
        if len(rows) == 1:
            ((statement, places),) = rows.items()
            if len(places) == len(base):
                return self._around(statement, base)
        values = np.repeat(base, self.count, axis=1)
        for statement, places in rows.items():
            values[places] = self._around(statement, base[places])
        return values

    def _around(self, statement: Stated, base: Array) -> Array:
        return statement.draw(self.random, (1 if statement.shared else len(base), self.count), base)

    def _factor(self, statement: Stated, record: ParameterValue) -> Array:
        source = source_of(statement, record)
        if source not in self.factors:
            self.factors[source] = statement.draw(self.random, (self.count,), 1.0)
        return self.factors[source]

    def _parameter(self, name: str, stretch: Stretch, rows: Array | None) -> arrays.Column:
        if name not in self.case.names:
            return super()._parameter(name, stretch, rows)
        if (name, stretch.day) not in self.rates:
            self.rates[name, stretch.day] = self._rates(name, stretch)
        table = self.rates[name, stretch.day]
        codes = [self._see(one, stretch.made.grain) for one in self.job.plan.parameters[name].by]
        if all(np.ndim(one) == 0 for one in codes):
            return table[tuple(map(int, codes))][None]
        picked = [int(one) if np.ndim(one) == 0 else self._pick(one, rows) for one in codes]
        if all(isinstance(one, int) or one.shape[1] == 1 for one in picked):  # alike in all draws: whole rows
            return table[tuple(one if isinstance(one, int) else one[:, 0] for one in picked)]
        return table[(*picked, np.arange(self.count)[None])]

    def _rates(self, name: str, stretch: Stretch) -> Array:
        """Return the drawn values of a parameter: one row for each of its keys' codes."""
        parameter, value = self.job.plan.parameters[name], self.job.values(name, stretch)
        choices = [one for one in map(self.rules.unit_of, parameter.by) if isinstance(one, Choices)]
        table = np.repeat(np.asarray(value)[..., None], self.count, axis=-1)
        for key in parameter.keys() if choices else [()]:
            record, statement = parameter.on(stretch.day, key), self.case.of(name, key)
            if record is not None and statement is not None:
                code = tuple(int(one[word]) for one, word in zip(choices, key, strict=True))
                table[code] *= self._factor(statement, record)
        return table

    def _evaluate(
        self, habits: arrays.Habits, values: Mapping[str, arrays.Column], places: Any
    ) -> arrays.Column:
        if habits.made.mode != "half_up" or not isinstance(places, int):
            return super()._evaluate(habits, values, places)
        found = arrays.computed(habits, values)
        return found if isinstance(found, Member) else _nearest(np.atleast_2d(found), places)

    # -- rows × draws instead of rows ---------------------------------------------------------------------------

    def _length(self, grain: Grain) -> int:
        return len(self.job.result.keys(grain))

    def _held(self, stretch: Stretch) -> Array:
        return self.job.held(stretch)

    def _blank(self, made: Rule) -> Array:
        shape = self._length(made.grain), self.count
        return np.zeros(shape, np.int8) if isinstance(made.unit, Choices) else np.full(shape, np.nan)

    def _pick(self, column: arrays.Column, rows: Array | None) -> arrays.Column:
        return column if rows is None or np.ndim(column) == 0 or len(column) == 1 else column[rows]

    def _see(self, name: str, grain: Grain) -> arrays.Column:
        own, column = self.rules.grain_of(name), self.columns[name]
        if own is grain or np.ndim(column) == 0 or len(column) == 1:
            return column
        if (name, grain) not in self.seen:
            self.seen[name, grain] = column[self.job.parent(grain, own)]
        return self.seen[name, grain]

    def _count(self, own: Grain, grain: Grain) -> Array:
        return self.job.groups(own, grain).count

    def _sum(self, column: arrays.Column, own: Grain, grain: Grain, places: int | None) -> Array:
        total = self.job.groups(own, grain).reduce(np.add, column, 0.0)
        return total if places is None else snapped(total, places)

    def _extreme(self, how: str, column: arrays.Column, own: Grain, grain: Grain) -> Array:
        return self.job.groups(own, grain).reduce(
            np.maximum if how == "largest" else np.minimum, column, np.nan
        )
