"""Figures as a reader wants them: grouped, and sums and weighted means spelled out row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from shutan.kernel.evaluate import Result
from shutan.kernel.grain import Grain, Key
from shutan.kernel.inputs import Choices, Member
from shutan.kernel.numbers import Waiting
from shutan.kernel.render import plain_number
from shutan.kernel.rules import Argument, Rule

ROWS = 12  # a year of months is still read in a formula; more rows are listed below it instead


def show(value: Any, language: str = "zh") -> str:
    """Write a value as text."""
    if isinstance(value, Waiting):
        return "…"
    if isinstance(value, Member):
        return value.zh if language.startswith("zh") else value.en
    return "" if value is None else plain_number(value)


def grouped(value: Any, language: str = "zh") -> str:
    """Write a number with thousands separators, as one reads it."""
    text = show(value, language)
    if not isinstance(value, Decimal):
        return text
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0", "") else text


def unit_at(result: Result, name: str, key: Key | None, language: str = "zh") -> str:
    """Return the unit of a name as it is in one row: GJ/t of coal, GJ/10⁴Nm³ of gas; key None: of no row in particular."""
    rules = result.rules
    unit = rules.unit_of(name)
    if isinstance(unit, Choices):
        return ""
    for word, declared in rules.units.items():
        if word in unit and name not in rules.parameters:
            unit = unit.replace(word, declared.text(choice_at(result, declared.by, name, key), language))
    return unit


def choice_at(result: Result, by: str, name: str, key: Key | None) -> Member | None:
    """Return the choice that decides the unit of a row of `name`, such as its fuel; None of no row or where it is not given."""
    if key is None or name in result.rules.parameters or not result.has(by):
        return None
    own, grain = result.rules.grain_of(name), result.rules.grain_of(by)
    if not own.sees(grain):
        return None
    found = result.value(by, own.project(key, grain))
    return found if isinstance(found, Member) else None


def parts_of(result: Result, argument: Argument, grain: Grain, key: Key) -> list[tuple[Key, Any]]:
    """Return the rows an aggregated argument of one row comes from, with their values."""
    own = result.rules.grain_of(argument.name)
    keys, column = result.keys(own), result.column(argument.name)
    return [(keys[at], column[at]) for at in result.groups(own, grain)[result.row(grain, key)]]


@dataclass(frozen=True)
class Sums:
    """How a language of formulas writes a figure, sums and quotients."""

    figure: Callable[[Any], str]
    plus: str
    times: str
    divided: str
    parenthesis: str


def in_words(language: str) -> Sums:
    """Return how plain text writes them."""
    return Sums(lambda value: show(value, language), " + ", " × ", "({0}) ÷ ({1})", "({0})")


def in_mathml(language: str) -> Sums:
    """Return how MathML writes them."""
    return Sums(
        lambda value: f"<mn>{escape(grouped(value, language))}</mn>",
        "<mo>+</mo>",
        "<mo>×</mo>",
        "<mfrac><mrow>{0}</mrow><mrow>{1}</mrow></mfrac>",
        "<mrow><mo>(</mo>{0}<mo>)</mo></mrow>",
    )


def spread(result: Result, made: Rule, key: Key, figures: dict[str, Any], sums: Sums) -> Callable[[str], str]:
    """Return a writer of the figures of one row; an aggregate of a few rows is written as its arithmetic."""
    gathered = {one.name: one for one in made.arguments if one.aggregation}

    def write(name: str) -> str:
        argument = gathered.get(name)
        parts = parts_of(result, argument, made.grain, key) if argument else []
        if argument is None or not 1 < len(parts) <= ROWS:
            return sums.figure(figures[name])
        return _arithmetic(result, made, argument, parts, sums) or sums.figure(figures[name])

    return write


def _arithmetic(
    result: Result, made: Rule, argument: Argument, parts: list[tuple[Key, Any]], sums: Sums
) -> str:
    how = argument.aggregation
    if how is None or how.how not in ("total", "mean"):
        return ""
    values = [sums.figure(value) for _, value in parts]
    total = sums.plus.join(values)
    if how.how == "total":
        return total if made.formula.operator == "symbol" else sums.parenthesis.format(total)
    if how.weight is None:
        return sums.divided.format(total, sums.figure(Decimal(len(values))))
    own = result.rules.grain_of(argument.name)
    column = result.seen(how.weight, own)
    weights = [sums.figure(column[result.row(own, row)]) for row, _ in parts]
    weighted = sums.plus.join(
        f"{value}{sums.times}{weight}" for value, weight in zip(values, weights, strict=True)
    )
    return sums.divided.format(weighted, sums.plus.join(weights))
