"""The declared figures of a report as series of numbers: what PDF and pages draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from shutan.documents.grids import unit_of
from shutan.documents.wording import key_text, label_of, pick, say, unit_text
from shutan.kernel import Result
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.report import Bars, Curves, Figure, Stack

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Series:
    """One colour of a figure; None where there is no value. A level is drawn dashed."""

    label: str
    values: tuple[Decimal | None, ...]
    level: bool = False


@dataclass(frozen=True)
class Drawing:
    """A figure with its numbers. `kind` is "stack", "lines" or "bars"."""

    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def drawings(result: Result, figures: tuple[Figure, ...], language: str = "zh") -> list[Drawing]:
    """Return every figure that has a value to show."""
    found = []
    for figure in figures:
        drawing = _drawing(result, figure, language)
        if drawing and any(
            value is not None for one in drawing.series if not one.level for value in one.values
        ):
            found.append(drawing)
    return found


def _drawing(result: Result, figure: Figure, language: str) -> Drawing | None:
    title = pick(figure.label, language)
    if isinstance(figure, Bars):
        return _bars(result, figure, title, language)
    if not result.has(figure.name):
        return None
    months = tuple(say(language, f"{month}月", MONTHS[month - 1]) for month in range(1, 13))
    unit = unit_of(result, figure.name, None, language)
    if isinstance(figure, Stack):
        return Drawing("stack", title, unit, months, _stack(result, figure))
    lines = _curves(result, figure, language)
    if "/" in unit:
        lines = tuple(replace(one, values=_without_standstill(one.values)) for one in lines)
    return Drawing("lines", title, unit, months, lines)


def _without_standstill(values: tuple[Decimal | None, ...]) -> tuple[Decimal | None, ...]:
    """Leave a gap where a ratio is exactly 0: nothing was made in that month, and a line down to 0 would say the opposite."""
    return tuple(value or None for value in values)


def _number(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _stack(result: Result, figure: Stack) -> tuple[Series, ...]:
    grain = result.rules.grain_of(figure.name)
    at = grain.dimensions.index(figure.by)
    found: dict[str, list[Decimal | None]] = {}
    for key, value in result.items(figure.name):
        row = found.setdefault(str(key[at]), [None] * 12)
        month = (grain.month(key) or 1) - 1
        if (number := _number(value)) is not None:
            row[month] = (row[month] or Decimal(0)) + number
    return tuple(Series(label, tuple(values)) for label, values in found.items())


def _curves(result: Result, figure: Curves, language: str) -> tuple[Series, ...]:
    grain = result.rules.grain_of(figure.name)
    at = grain.dimensions.index(MONTH)
    found: dict[Key, list[Decimal | None]] = {}
    for key, value in result.items(figure.name):
        rest = (*key[:at], *key[at + 1 :])
        found.setdefault(rest, [None] * 12)[(grain.month(key) or 1) - 1] = _number(value)
    lines = [
        Series(key_text(key) or label_of(result.rules, figure.name, language), tuple(values))
        for key, values in found.items()
    ]
    levels: dict[tuple[str, tuple[Decimal | None, ...]], None] = {}
    for key in found:
        full = (*key[:at], 12, *key[at:])
        values = tuple(_level(result, figure, (*full[:at], month, *full[at + 1 :])) for month in range(1, 13))
        if any(value is not None for value in values):
            label = label_of(result.rules, figure.against, language) if figure.against else ""
            levels.setdefault(
                (f"{label} {key_text(key)}".strip() if not _same(result, figure) else label, values)
            )
    several = {values for _, values in levels}
    base = label_of(result.rules, figure.against, language) if figure.against else ""
    if len(several) == 1:  # one benchmark for all units is one line
        return (*lines, Series(base, next(iter(several)), level=True))
    return (*lines, *(Series(label, values, level=True) for label, values in levels))


def _same(result: Result, figure: Curves) -> bool:
    return figure.against in result.parameters


def _level(result: Result, figure: Curves, key: Key) -> Decimal | None:
    """Return the level at one month: a parameter's value, or a name visible there."""
    name, grain = figure.against, result.rules.grain_of(figure.name)
    if not name:
        return None
    try:
        if name in result.parameters:
            record = result.parameter(name, grain, key)
            return record.value if isinstance(record, ParameterValue) else None
        own = result.rules.grain_of(name)
        return _number(result.value(name, grain.project(key, own))) if grain.sees(own) else None
    except KeyError:
        return None


def _bars(result: Result, figure: Bars, title: str, language: str) -> Drawing | None:
    names = [name for name in figure.names if result.has(name)]
    if not names:
        return None
    grain = result.rules.grain_of(names[0])
    names = [name for name in names if result.rules.grain_of(name) is grain]
    keys = result.keys(grain)
    categories = tuple(key_text(key, grain, language) or say(language, "全部", "all") for key in keys)
    unit = unit_text(result.rules, result.rules.unit_of(names[0]), language)
    series = tuple(
        Series(label_of(result.rules, name, language), tuple(_number(value) for value in result.column(name)))
        for name in names
    )
    return Drawing("bars", title, unit, categories, series)
