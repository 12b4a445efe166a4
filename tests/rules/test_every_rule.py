"""Every rule through every kind of number: Decimal against arrays, units, symbols."""

from __future__ import annotations

import decimal
import sys
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from shutan.kernel import Choices, Member, Number, rounded
from shutan.kernel.arrays import Habits, run
from shutan.kernel.numbers import exact
from shutan.kernel.render import EXCEL, LATEX, MATHML, TYPST, WORDS
from shutan.kernel.symbols import Expression, Symbol, symbols_of
from shutan.rules.registry import rule_sets

sys.path.insert(0, str(Path(__file__).parent))
from units import UnitError, check, unit, walk

ROWS = 100_000
RULES = [
    pytest.param(rule_set, made, id=f"{rule_set.name}-{made.function.__name__}")
    for rule_set in rule_sets().values()
    for versions in rule_set.rules.values()
    for made in versions
]
# by unit: the largest figure a plant would file, so that random rows look like reports
LARGEST = {
    "%": 100, "1": 2, "t": 500_000, "fuel_unit": 500_000, "GJ": 5_000_000, "MWh": 600_000, "tCO2": 2_000_000, "tCO2e": 2_000_000, "h": 744,
    "MW": 1000, "kJ/kg": 3500, "GJ/fuel_unit": 50, "tC/fuel_unit": 1, "tC/GJ": Decimal("0.05"), "tCO2/MWh": 2,
    "tCO2/GJ": 1, "kg/t": 1, "tce": 500_000, "degC": 600, "MPa": 30, "MW*h": 700_000, "t/h": 3000,
}  # fmt: skip


def places_of(rule_set, name):
    if name in rule_set.rules:
        found = {made.places for made in rule_set.rules[name]}
        return max((one for one in found if isinstance(one, int)), default=4)
    if name in rule_set.parameters:
        values = [value.value for value in rule_set.parameters[name].values if value.value is not None]
        return max((-int(value.as_tuple().exponent) for value in values), default=4)
    one = rule_set.inputs[name]
    return one.places if isinstance(one, Number) else 0


@lru_cache(maxsize=48)
def number_column(top, places, position):
    """Return the same random figures as Decimals and floats. Rules share columns: only their position must differ."""
    random = np.random.default_rng([top, places, position])
    whole = random.integers(0, max(top, 2), ROWS)
    whole[random.random(ROWS) < 0.02] = 0
    with decimal.localcontext(exact()):
        return [Decimal(int(value)).scaleb(-places) for value in whole], whole / 10**places


def random_column(rule_set, name, position):
    """Return the same figures as Decimals and floats, or the same choices as members and codes."""
    choices = rule_set.unit_of(name)
    if isinstance(choices, Choices):
        codes = np.random.default_rng(position).integers(1, len(choices) + 1, ROWS)
        members = [None, *choices]
        return [members[code] for code in codes], codes.astype(np.int8)
    places = places_of(rule_set, name)
    return number_column(int(Decimal(LARGEST.get(str(choices), 1000)) * 10**places), places, position)


def parameter_column(rule_set, name, position):
    values = [value.value for value in rule_set.parameters[name].values if value.value is not None]
    known = values or [Decimal(1)]
    pick = np.random.default_rng(position).integers(0, len(known), ROWS)
    return [known[at] for at in pick], np.array([float(value) for value in known])[pick]


def both_kinds(rule_set, made):
    columns = [random_column(rule_set, one.name, at) for at, one in enumerate(made.arguments)]
    columns += [parameter_column(rule_set, name, 100 + at) for at, name in enumerate(made.parameters)]
    return [one for one, _ in columns], [other for _, other in columns]


def call_exactly(made, columns):
    with decimal.localcontext(exact()):
        values = []
        for row in zip(*columns, strict=True):
            try:
                value = made.fast(*row)
            except ArithmeticError:
                value = None
            values.append(Decimal(value) if type(value) is int else value)
        return values


# rules that several sectors take from `common` are one function: its arithmetic is compared once
ONCE = list({param.values[1]: param for param in reversed(RULES)}.values())


@pytest.mark.parametrize(("rule_set", "made"), ONCE)
def test_arrays_equal_decimals(rule_set, made):
    """100,000 random rows, ties included where the rule rounds: the printed value never differs."""
    if not made.arguments and not made.parameters:
        pytest.skip("a rule without arguments has one value")
    exactly, arrays = both_kinds(rule_set, made)
    places = made.places
    if isinstance(places, str):
        places = max(int(value.value) for value in rule_set.parameters[places].values)
    legal = call_exactly(made, exactly)
    names = [*(argument.name for argument in made.arguments), *made.parameters]
    with np.errstate(all="ignore"):
        found = np.broadcast_to(run(Habits.of(made), dict(zip(names, arrays, strict=True)), places), ROWS)
    comparable = np.array([isinstance(value, Decimal | Member) for value in legal])
    assert comparable.mean() > 0.5, "the random rows say nothing about this rule"
    with decimal.localcontext(exact()):
        wanted = np.array(
            [number(value, places, made.mode) for value in legal if isinstance(value, Decimal | Member)]
        )
    if places is None and not isinstance(made.unit, Choices):
        scale = max(float(np.max(np.abs(wanted))), 1.0)
        assert np.allclose(found[comparable], wanted, rtol=1e-12, atol=1e-12 * scale)
        return
    differ = np.flatnonzero(found[comparable] != wanted)
    assert not len(differ), (
        f"{len(differ)} rows differ, first: {found[comparable][differ[0]]} instead of {wanted[differ[0]]}"
    )


def number(value, places, mode):
    if isinstance(value, Member):
        return int(value)
    return float(value if places is None else rounded(value, places, mode))


@pytest.mark.parametrize(("rule_set", "made"), RULES)
def test_units_agree(rule_set, made):
    check(made, rule_set)


@pytest.mark.parametrize(("rule_set", "made"), RULES)
def test_symbols_give_the_formula(rule_set, made):
    names = {argument.name for argument in made.arguments} | set(made.parameters)
    tree = made.formula
    if isinstance(tree, Expression):
        assert set(symbols_of(tree)) <= names
    assert set(symbols_of(tree)) == names, "an argument that the formula does not use"
    for style in (LATEX, MATHML, TYPST, WORDS, EXCEL):
        written = style.write(tree, lambda name: f"«{name}»")
        for name in names:
            assert f"«{name}»" in written


@pytest.mark.parametrize(("rule_set", "made"), RULES)
def test_both_languages_name_it(rule_set, made):
    assert made.zh
    assert made.sentence.endswith(".")
    assert all(ord(letter) < 0x3000 for letter in made.en)


def test_the_unit_proof_can_fail():
    names = {"t": unit("t"), "kjkg": unit("kJ/kg"), "gj": unit("GJ"), "share": unit("1"), "pct": unit("%")}
    with pytest.raises(UnitError):
        walk(Symbol("t") * Symbol("kjkg") + Symbol("gj"), names.__getitem__)
    with pytest.raises(UnitError):
        walk(100 - Symbol("share"), names.__getitem__)
    walk((100 - Symbol("pct")) / 100, names.__getitem__)
