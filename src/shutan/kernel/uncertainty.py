"""How uncertain a value is to first order, given how uncertain its inputs are, and what each of them contributes.

A statement says for an input or a parameter: the half-width of its 95 % interval, relative to its value. What is not
stated is taken as exact; nothing is assumed. Rows of an input are independent sources unless the statement is `shared`
(one scale for the whole year); one record of a parameter is one source for all who read it.

First order differentiates the rules as they stand: rounding is left out, conditions, `minimum` and `maximum` are
decided by the exact values, so that no branch flips. `kernel.draws` is the same by Monte Carlo, roundings and flips included.
"""

from __future__ import annotations

import decimal
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import numpy as np
from uncertainties import ufloat, umath

from shutan.kernel.array_data import Array
from shutan.kernel.evaluate import Result
from shutan.kernel.grain import Grain, Key
from shutan.kernel.inputs import Choices, Number
from shutan.kernel.numbers import Ratio, Waiting, exact
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.plan import Stretch
from shutan.kernel.rules import Argument
from shutan.kernel.symbols import OPERATIONS, Expression, Symbol
from shutan.kernel.symbols import evaluate as exactly

COVERAGE = 0.95
NORMAL = NormalDist().inv_cdf(
    (1 + COVERAGE) / 2
)  # 1.96: half-width of a normal's 95 % by its standard deviation
NOISE = 1e-13  # relative change of a value that is float arithmetic, not influence
CANCELLED = 1e-6  # the same in units of a value that is zero: what is left when equal terms cancel
# For ±1 each: the half-width that holds 95 %, and the standard deviation.
BOUNDED = {
    "uniform": (COVERAGE, 1 / math.sqrt(3)),
    "triangular": (1 - math.sqrt(1 - COVERAGE), 1 / math.sqrt(6)),
}
SHAPES = ("normal", *BOUNDED)
Origin = tuple[str, Any]  # the name and the row, the record of a parameter, or None: all that move together


class StatementError(ValueError):
    """A statement names nothing that can be uncertain. The text is `中文|English`."""


@dataclass(frozen=True)
class Stated:
    """How uncertain an input or a parameter is.

    Attributes:
        name: an input that is a number, or a parameter.
        half_width: of the 95 % interval, relative to the value: 0.02 is ±2 %.
        key: one row of the input, or the words of a parameter's key; None: all that have no statement of their own.
        shape: "normal", "triangular" or "uniform"; the half-width is that of 95 % for each.
        shared: whether all of them are off by the same share, as what one scale weighs.
    """

    name: str
    half_width: float
    key: Key | None = None
    shape: str = "normal"
    shared: bool = False

    @property
    def deviation(self) -> float:
        """Return the relative standard uncertainty."""
        if self.shape == "normal":
            return self.half_width / NORMAL
        inside, deviation = BOUNDED[self.shape]
        return self.half_width / inside * deviation

    def draw(self, random: np.random.Generator, size: tuple[int, ...], values: Array | float) -> Array:
        """Return draws that scatter around the given values, which broadcast to `size` or the draws to them."""
        if self.shape == "normal":
            chance = random.standard_normal(size, np.float32)  # chance has no 16 digits
            drawn: Array = np.multiply(chance, values * self.deviation, dtype=np.float64)
        else:
            bound = self.half_width / BOUNDED[self.shape][0]
            drawn = values * (
                random.uniform(-bound, bound, size)
                if self.shape == "uniform"
                else random.triangular(-bound, 0, bound, size)
            )
        drawn += values
        return drawn


@dataclass(frozen=True)
class Share:
    """What one source contributes: its part of the variance, and the value's relative change for +1 % of it, in %."""

    name: str
    key: Key | None  # None: of the whole name
    share: float
    sensitivity: float


@dataclass(frozen=True)
class FirstOrder:
    """A value with its uncertainty. `value` is the filed one; a value that waits has no uncertainty."""

    name: str
    key: Key
    value: Decimal | Waiting
    deviation: float
    by_name: tuple[Share, ...] = ()
    by_row: tuple[Share, ...] = ()
    idle: tuple[str, ...] = ()  # stated, but without influence on this value

    @property
    def half_width(self) -> float:
        """Return the half-width of the 95 % interval, in the value's unit."""
        return NORMAL * self.deviation

    @property
    def relative(self) -> float | None:
        """Return the half-width relative to the value; None where the value is zero or waits."""
        return (
            self.half_width / abs(float(self.value))
            if isinstance(self.value, Decimal) and self.value
            else None
        )


def first_order(result: Result, name: str, key: Key, stated: Iterable[Stated]) -> FirstOrder:
    """Return the uncertainty of one value and the share of each source.

    Raises:
        StatementError: a statement or the wanted name is not one of numbers.
    """
    case = Case(result, name, stated)
    value = result.value(name, key)
    if isinstance(value, Waiting):
        return FirstOrder(name, key, value, math.nan)
    with decimal.localcontext(exact()):
        found = _Propagation(case).run()[result.row(result.rules.grain_of(name), key)]
    slopes: Mapping[Any, float] = getattr(found, "derivatives", {})
    nominal = float(getattr(found, "nominal_value", found))
    parts = {
        variable.tag: (slope * variable.std_dev, slope)
        for variable, slope in slopes.items()
        if abs(slope) > (NOISE * abs(nominal) if value else CANCELLED)
    }
    variance = math.fsum(part * part for part, _ in parts.values())

    def share(source: Key | None, one: str, some: list[tuple[float, float]]) -> Share:
        own = math.fsum(part * part for part, _ in some)
        slope = math.fsum(change for _, change in some)
        return Share(
            one, source, own / variance if variance else 0.0, slope / nominal if nominal else math.nan
        )

    names: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for origin, part in parts.items():
        names[origin[0]].append(part)
    by_name = sorted((share(None, one, some) for one, some in names.items()), key=lambda one: -one.share)
    by_row = sorted(
        (share(_key_of(source), one, [part]) for (one, source), part in parts.items()),
        key=lambda one: -one.share,
    )
    idle = tuple(one for one in case.names if one not in names)
    return FirstOrder(name, key, value, math.sqrt(variance), tuple(by_name), tuple(by_row), idle)


def sources(result: Result, wanted: str) -> list[str]:
    """Return what may be stated of a value: the inputs with figures and the parameters that its rules read, in order."""
    rules, needed, rates = result.rules, {wanted}, set()
    for name, stretches in reversed(result.plan.stretches.items()):
        if name in needed:
            for one in stretches:
                needed |= rules.dependencies(one.made)
                rates |= {*one.made.parameters}
    inputs = [
        name
        for name, one in rules.inputs.items()
        if name in needed
        and isinstance(one, Number)
        and any(isinstance(value, Decimal) and value for value in result.columns[name])
    ]
    return inputs + [name for name in result.parameters if name in rates]


class Case:
    """Statements that are proved to make sense, and the rules that they reach on the way to the wanted value."""

    def __init__(self, result: Result, wanted: str, stated: Iterable[Stated]) -> None:
        self.result, self.rules, self.wanted = result, result.rules, wanted
        self.statements: dict[tuple[str, Key | None], Stated] = {}
        self.rates = {
            rate for some in result.plan.stretches.values() for one in some for rate in one.made.parameters
        }
        if not result.has(wanted) or not self._is_number(wanted):
            raise StatementError(f"{wanted} 不是本年度的数值|{wanted} is no number of this year")
        for one in stated:
            self._check(one)
            if (one.name, one.key) in self.statements:
                raise StatementError(f"{one.name} 声明了两次|{one.name} is stated twice")
            self.statements[one.name, one.key] = one
        self.names = tuple(dict.fromkeys(name for name, _ in self.statements))
        self.touched = {name for name in self.names if name in self.rules.inputs}
        needed = {wanted}
        for name, stretches in reversed(result.plan.stretches.items()):
            if name in needed:
                needed.update(*(self.rules.dependencies(one.made) for one in stretches))
        for name, stretches in result.plan.stretches.items():
            if any(self._reaches(one) for one in stretches):
                self.touched.add(name)
        self.order = [name for name in result.plan.stretches if name in needed & self.touched]
        self.drawn = [name for name in self.names if name in needed and name in self.rules.inputs]

    def of(self, name: str, key: Key) -> Stated | None:
        """Return what is stated of a row of an input, or of a key of a parameter."""
        return self.statements.get((name, key)) or self.statements.get((name, None))

    def _reaches(self, stretch: Stretch) -> bool:
        return not self.touched.isdisjoint(self.rules.dependencies(stretch.made)) or not set(
            self.names
        ).isdisjoint(stretch.made.parameters)

    def _is_number(self, name: str) -> bool:
        if name in self.rules.rules:
            return not isinstance(self.rules.unit_of(name), Choices)
        return isinstance(self.rules.inputs.get(name), Number)

    def _check(self, one: Stated) -> None:
        name = one.name
        if name in self.rules.rules:
            raise StatementError(f"{name} 是计算值；请声明其输入|{name} is computed: state its inputs")
        if name not in self.rates and not self._is_number(name):
            known = name in self.rules.inputs or name in self.rules.parameters
            raise StatementError(
                f"{name} 在本年度不作为数值参与计算|{name} takes no part as a number in this year"
                if known
                else f"没有输入或参数 {name}|there is no input or parameter {name}"
            )
        if one.key is not None:
            keys: Iterable[Any] = (
                self.result.keys(self.rules.grain_of(name))
                if name in self.rules.inputs
                else self.result.parameters[name].keys()
            )
            if one.key not in keys:
                row = "/".join(map(str, one.key))
                raise StatementError(f"{name} 没有 {row}|{name} has no {row}")
        if one.shape not in SHAPES:
            raise StatementError(f"分布只有 {'、'.join(SHAPES)}|the shapes are {', '.join(SHAPES)}")
        if not 0 < one.half_width <= 1:
            raise StatementError(
                f"{name}：半宽须大于 0，至多 100 %|{name}: the half-width is above 0, at most 100 %"
            )


def source_of(statement: Stated, own: Any) -> Origin:
    """Return what is drawn, or differentiated, as one."""
    return statement.name, None if statement.shared and statement.key is None else own


def _key_of(source: Any) -> Key | None:
    return source.key if isinstance(source, ParameterValue) else source


# -- first order ------------------------------------------------------------------------------------------------


class _Propagation:
    """The touched rules in order, each row with `uncertainties` numbers; what nothing reaches is taken as filed."""

    def __init__(self, case: Case) -> None:
        self.case, self.result, self.rules = case, case.result, case.rules
        self.columns: dict[str, list[Any]] = {}
        self.units: dict[Origin, Any] = {}  # one variable a source, 1 ± its relative uncertainty

    def run(self) -> list[Any]:
        for name in self.case.drawn:
            self.columns[name] = [
                self._times(float(value), self.case.of(name, key), key)
                if isinstance(value, Decimal)
                else value
                for key, value in self.result.items(name)
            ]
        for name in self.case.order:
            if not isinstance(self.rules.unit_of(name), Choices):
                self.columns[name] = list(self.result.columns[name])
                for stretch in self.result.plan.stretches[name]:
                    self._stretch(name, stretch)
        return self.columns.get(self.case.wanted) or self.result.columns[self.case.wanted]

    def _times(self, value: float, statement: Stated | None, own: Any) -> Any:
        """Return a value times the variable of its source, or the value alone."""
        if statement is None or not value:
            return value
        source = source_of(statement, own)
        if source not in self.units:
            self.units[source] = ufloat(1, statement.deviation, tag=source)
        return value * self.units[source]

    def _stretch(self, name: str, stretch: Stretch) -> None:
        made, grain = stretch.made, stretch.made.grain
        legal = self.result.columns[name]
        known = {one.name: self.result.aggregated(one, grain) for one in made.arguments}
        for at, key in enumerate(self.result.keys(grain)):
            if not isinstance(legal[at], Decimal) or not (
                stretch.whole or grain.month(key) in stretch.months
            ):
                continue
            exacts = {one: column[at] for one, column in known.items()}
            values = {one.name: self._argument(one, grain, at, exacts[one.name]) for one in made.arguments}
            for one in made.parameters:
                record = self.result.parameter(one, grain, key)
                exacts[one] = values[one] = record
                if isinstance(record, ParameterValue):
                    exacts[one] = record.value
                    values[one] = self._times(float(record.value or 0), self.case.of(one, record.key), record)
            self.columns[name][at] = _spread(made.formula, exacts, values)

    def _cell(self, name: str, at: int) -> Any:
        value = self.columns.get(name, self.result.columns[name])[at]
        return float(value) if isinstance(value, Decimal) else value

    def _argument(self, argument: Argument, grain: Grain, at: int, legal: Any) -> Any:
        if not isinstance(legal, Decimal):
            return legal
        name, how = argument.name, argument.aggregation
        own = self.rules.grain_of(name)
        if how is None:
            return self._cell(name, at if own is grain else self.result.map(grain, own)[at])
        if how.how == "count" or self.columns.keys().isdisjoint((name, how.weight)):
            return float(legal)
        rows = self.result.groups(own, grain)[at]
        if how.how in ("largest", "least"):
            pick = max if how.how == "largest" else min
            return self._cell(name, pick(rows, key=lambda row: self.result.columns[name][row]))
        if how.weight is None:
            total = sum(self._cell(name, row) for row in rows)
            return total / len(rows) if how.how == "mean" else total
        weight = self.rules.grain_of(how.weight)
        place = range(len(self.result.keys(own))) if weight is own else self.result.map(own, weight)
        counted = [row for row in rows if self.result.columns[how.weight][place[row]]]
        weights = [self._cell(how.weight, place[row]) for row in counted]
        products = (self._cell(name, row) * one for row, one in zip(counted, weights, strict=True))
        return sum(products) / sum(weights)


def _spread(node: Any, exacts: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    """Compute a formula with uncertain values; whatever chooses is decided by the exact ones."""
    if isinstance(node, Symbol):
        return values[node.name]
    if isinstance(node, Ratio):
        return node.numerator / node.denominator
    if not isinstance(node, Expression):
        return float(node)
    word, parts = node.operator, node.arguments
    if word == "when":
        return _spread(parts[1 if exactly(parts[0], exacts) else 2], exacts, values)
    if word in ("minimum", "maximum"):
        pick = min if word == "minimum" else max
        return _spread(pick(parts, key=lambda part: exactly(part, exacts)), exacts, values)
    found = [_spread(part, exacts, values) for part in parts]
    if word == "exp":
        return umath.exp(found[0])
    if word == "abs":
        return -found[0] if exactly(parts[0], exacts) < 0 else found[0]
    return OPERATIONS["/" if word == "fraction" else word](*found)
