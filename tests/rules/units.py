"""Proof that the units of a rule agree: its formula is walked with pint units instead of figures.

The units must agree in scale, not only in kind: kJ where GJ is declared fails, and a percentage is a unit of its own, so
that a share (0.62) used where percent (62) is meant fails too (trap T1). The literal 100 is 100 %, the literal 0 fits all.
"""

from __future__ import annotations

from decimal import Decimal

import pint

from shutan.kernel import Choices, Member, Ratio
from shutan.kernel.symbols import Expression, Symbol

REGISTRY = pint.UnitRegistry(non_int_type=Decimal)
for definition in (
    "percent_point = [percent]",
    "tC = [carbon]",
    "tCO2 = [carbon_dioxide]",
    "tCO2e = tCO2",  # other gases by their warming potential: they add up with carbon dioxide
    "tce = [standard_coal]",
    "fuel_unit = [fuel]",
    "product_unit = [product]",
    "level_unit = [energy_level]",
    "stream_unit = [stream]",
    "transfer_unit = [transfer]",
    "yuan = [money]",
    "place = [decimal_place]",
    "kelvin_step = [temperature_step]",
    "yyyymmdd = [calendar_day]",
):
    REGISTRY.define(definition)

# unit texts of declarations → pint; `1` is a pure number. Degrees stand for differences of temperature.
WORDS = {
    "%": "percent_point",
    "1": "",
    "degC": "kelvin_step",
    "K": "kelvin_step",
    "CNY": "yuan",
    "degree": "radian",
}
ANY = object()  # the literal 0


class UnitError(AssertionError):
    """Units do not agree."""


def unit(text: str) -> pint.Unit:
    """Return the pint unit of a declared unit text."""
    if text in WORDS:
        return REGISTRY.Unit(WORDS[text])
    for short, word in (
        ("degC", "kelvin_step"),
        ("K)", "kelvin_step)"),
        ("%", "percent_point"),
        ("CNY", "yuan"),
    ):
        text = text.replace(short, word)
    return REGISTRY.Unit(text.replace("10⁴Nm³", "fuel_unit"))


def same(one: object, other: object) -> bool:
    """Say whether two units agree in kind and scale."""
    if one is ANY or other is ANY:
        return True
    if isinstance(one, Choices) or isinstance(other, Choices):
        return one is other
    ratio = (1 * one) / (1 * other)
    return bool(ratio.dimensionless and ratio.to_base_units().magnitude == 1)


def check(made, rule_set) -> None:
    """Raise UnitError where the formula of a rule does not have its declared unit."""
    found = walk(made.formula, lambda name: declared(rule_set, name, made))
    wanted = made.unit if isinstance(made.unit, Choices) else unit(made.unit)
    if not same(found, wanted):
        raise UnitError(f"{made.name}: the formula gives {found}, declared is {made.unit}")


def declared(rule_set, name, made):
    text = rule_set.unit_of(name)
    aggregation = next((one.aggregation for one in made.arguments if one.name == name), None)
    if aggregation is not None and aggregation.how == "count":
        return unit("1")
    return text if isinstance(text, Choices) else unit(text)


def walk(node, name):
    """Return the unit of a tree."""
    if isinstance(node, Symbol):
        return name(node.name)
    if not isinstance(node, Expression):
        return constant(node)
    parts = [walk(argument, name) for argument in node.arguments]
    return operate(node.operator, parts, node)


def constant(node):
    if isinstance(node, Member):
        return node.choices
    if isinstance(node, Ratio):
        return unit(node.unit)
    if node == 0:
        return ANY
    return unit("%" if node == 100 else "1")


def operate(word, parts, node):
    if word in ("+", "-", "minimum", "maximum", "==", "!=", "<", "<=", ">", ">="):
        known = [part for part in parts if part is not ANY]
        if any(not same(known[0], part) for part in known):
            raise UnitError(f"{node!r}: {parts} do not agree")
        return (known[0] if known else ANY) if word in ("+", "-", "minimum", "maximum") else unit("1")
    if word == "when":
        return operate("+", parts[1:], node)
    if word in ("both", "either", "negate"):
        return unit("1")
    if word == "*":
        return ANY if ANY in parts else parts[0] * parts[1]
    if word == "/":
        return ANY if parts[0] is ANY else parts[0] / parts[1]
    if word in ("exp", "**"):
        if any(not same(part, unit("1")) for part in parts):
            raise UnitError(f"{node!r}: an exponent or its base has a unit: {parts}")
        return unit("1")
    return parts[0]  # neg, abs
