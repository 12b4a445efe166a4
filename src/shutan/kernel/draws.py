"""How uncertain a value is by Monte Carlo: each draw is a report of the array path, roundings and flipped branches included.

Only the rules that a stated name reaches are computed again; whatever else they read is the exact result's. Draws run in
blocks of the same shape, so that keys are indexed once.
"""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from shutan.kernel import arrays
from shutan.kernel.array_data import Array, ArrayData
from shutan.kernel.evaluate import Result
from shutan.kernel.grain import Key
from shutan.kernel.inputs import Choices, Member
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.plan import Stretch
from shutan.kernel.uncertainty import COVERAGE, Case, Origin, Stated, StatementError, source_of


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
    """Run draws as reports of the array path, in blocks that all have the same keys."""
    result, grain = case.result, case.rules.grain_of(case.wanted)
    largest = max(len(result.keys(one)) for one in (grain, *case.rules.grains))
    blocks = math.ceil(draws * largest / arrays.BLOCK_ROWS)
    each = math.ceil(draws / blocks)
    job = _DrawnJob(case)
    data = _repeated(case, each)
    job.touch_parents(data)
    at = case.row_order(grain).index(result.row(grain, key))
    seeds = np.random.SeedSequence(seed).spawn(blocks)

    def run(own: np.random.SeedSequence) -> Array:
        found = {case.wanted: np.empty(data.rows[grain])}
        _DrawnBlock(job, data, each, np.random.Generator(np.random.SFC64(own))).run(found)
        return found[case.wanted].reshape(each, -1)[:, at].copy()

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        return np.concatenate(list(pool.map(run, seeds)))[:draws]


def _repeated(case: Case, count: int) -> ArrayData:
    """Return a report `count` times, with what the touched rules read of the exact result."""
    numbers, result = case.numbers, case.result
    tables = {}
    for table in case.rules.tables:
        keys = result.keys(table.grain)
        if keys:
            columns = [np.repeat(np.arange(count), len(keys))]
            columns += [
                np.tile([numbers[name][part] for part in parts], count)
                for name, parts in zip(table.grain.dimensions, zip(*keys, strict=True), strict=False)
            ]
            tables[table.name] = dict(zip(("report", *table.grain.dimensions), columns, strict=True))
    data = ArrayData.of(case.rules, tables)
    data.inputs = {}
    read = {case.wanted}
    for name in case.order:
        read.update(*(case.rules.dependencies(one.made) for one in result.plan.stretches[name]))
    for name in sorted(read - {*case.order, *case.drawn}):
        if result.has(name):
            column = _column(result, name, case.row_order(case.rules.grain_of(name)))
            even = len(column) and (column == column[0]).all()
            data.inputs[name] = (
                np.broadcast_to(column[0], len(column) * count) if even else np.tile(column, count)
            )
    return data


def _column(result: Result, name: str, order: list[int]) -> Array:
    """Return a column of the exact result as the array path has it."""
    choice = isinstance(result.rules.unit_of(name), Choices)
    kind, nothing = (np.int8, 0) if choice else (np.float64, math.nan)
    given = (result.columns[name][at] for at in order)
    return np.array([kind(one) if isinstance(one, Decimal | Member) else nothing for one in given], kind)


class _DrawnJob(arrays._Job):  # noqa: SLF001 - the same path, with some columns drawn
    """The touched rules only; sums of drawn values are not snapped to decimals that they do not have."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.result.plan, (case.wanted,) if case.wanted in case.rules.rules else ())
        self.case, self.outputs, self.order = case, (case.wanted,), case.order
        self.bases = {name: self._base(name) for name in case.drawn}

    def _base(self, name: str) -> tuple[Array, dict[Stated, list[int]]]:
        """Return an input's rows, and which of them each statement draws; what is zero stays zero."""
        grain = self.case.rules.grain_of(name)
        order, keys = self.case.row_order(grain), self.case.result.keys(grain)
        base = _column(self.case.result, name, order)
        rows: dict[Stated, list[int]] = defaultdict(list)
        for place, at in enumerate(order):
            statement = self.case.of(name, keys[at])
            if statement is not None and base[place] and not np.isnan(base[place]):
                rows[statement].append(place)
        return base, rows

    def places(self, name: str) -> int | None:
        if name not in self.case.touched:
            return super().places(name)
        found = [one.made.places for one in self.plan.stretches.get(name, ())]
        whole = [one for one in found if isinstance(one, int)]
        return max(whole) if whole and len(whole) == len(found) else None


class _DrawnBlock(arrays._Block):  # noqa: SLF001 - see above
    """Some draws. Each block has a generator of its own and draws in a fixed order."""

    def __init__(self, job: _DrawnJob, data: ArrayData, count: int, random: np.random.Generator) -> None:
        self.case, self.count, self.random = job.case, count, random
        self.job: _DrawnJob = job
        self.factors: dict[Origin, Array] = {}
        drawn = {name: self._drawn(name) for name in job.case.drawn}
        super().__init__(job, replace(data, inputs=data.inputs | drawn), (0, count))

    def _drawn(self, name: str) -> Array:
        base, rows = self.job.bases[name]
        values = np.empty((self.count, len(base)))
        values[:] = base
        for statement, places in rows.items():
            factors = statement.draw(self.random, (self.count, 1 if statement.shared else len(places)))
            if len(places) == len(base):
                values *= factors
            else:
                values[:, places] = base[places] * factors
        return values.ravel()

    def _factor(self, statement: Stated, record: ParameterValue) -> Array:
        source = source_of(statement, record)
        if source not in self.factors:
            self.factors[source] = statement.draw(self.random, (self.count,))
        return self.factors[source]

    def _parameter(self, name: str, stretch: Stretch, rows: Array | None) -> Any:
        value = super()._parameter(name, stretch, rows)
        if name not in self.case.names:
            return value
        parameter, grain = self.job.plan.parameters[name], stretch.made.grain
        choices = [one for one in map(self.rules.unit_of, parameter.by) if isinstance(one, Choices)]
        table = np.ones([*(len(one) + 1 for one in choices), self.count])
        for key in parameter.keys() if choices else [()]:
            record, statement = parameter.on(stretch.day, key), self.case.of(name, key)
            if record is not None and statement is not None:
                table[tuple(int(one[word]) for one, word in zip(choices, key, strict=True))] = self._factor(
                    statement, record
                )
        report = self.data.report[grain]
        codes = [np.broadcast_to(self._see(one, grain), len(report)) for one in parameter.by]
        factor = table[(*codes, report)]
        return value * (factor if rows is None else factor[rows])
