"""Cement and aluminium whole: what waits, what a published balance value does, arrays against Decimals, guides kept apart."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.kernel import Choice, Choices, Member, Number, ParameterValue, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.kernel.calculate import calculate
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in (cement(), aluminium())}
GAPS = {
    ("cement", 2024): {"auxiliary_electricity_factor"},
    ("cement", 2025): {
        "auxiliary_electricity_factor",
        "clinker_balance_value",
        "last_year_verified_emissions",
    },
    ("cement", 2026): {
        "auxiliary_electricity_factor",
        "clinker_balance_value",
        "last_year_verified_emissions",
    },
    ("aluminium", 2024): set(),
    ("aluminium", 2025): {"electrolysis_balance_value", "last_year_verified_emissions"},
    ("aluminium", 2026): {"electrolysis_balance_value", "last_year_verified_emissions"},
}

WORDS = {
    "cement": ("intensity_deviation", "line_allocation_status"),
    "aluminium": ("electrolysis_deviation", "electrolysis_allocation_status"),
}


def evaluated(sector, year, register=()):
    return rule_set(sector).evaluate(year, PLANTS[sector].dataset(), register)


@pytest.mark.parametrize(("sector", "year"), GAPS)
def test_a_whole_year_waits_only_for_what_is_not_told(sector, year):
    result = evaluated(sector, year)
    reasons = set()
    for name in result.rules.order:
        if result.has(name):
            waiting = [value for _, value in result.items(name) if isinstance(value, Waiting)]
            reasons |= {reason.name for value in waiting for reason in value.reasons}
    assert reasons == GAPS[sector, year]


@pytest.mark.parametrize("sector", PLANTS)
def test_the_years_of_the_instructions_not_seen_have_no_emissions(sector):
    for year in (2022, 2023):
        assert not evaluated(sector, year).has("enterprise_emissions")


@pytest.mark.parametrize(
    ("sector", "name", "value", "allowance", "emissions"),
    [
        ("cement", "clinker_balance_value", "0.800", "line_allowance", "verified_line_emissions"),
        (
            "aluminium",
            "electrolysis_balance_value",
            "1.600",
            "electrolysis_allowance",
            "verified_electrolysis_emissions",
        ),
    ],
)
def test_a_balance_value_by_notice_makes_the_allowances_known(sector, name, value, allowance, emissions):
    notice = ParameterValue(
        name,
        dt.date(2025, 1, 1),
        Decimal(value),
        "试验用通知",
        "official",
        registered_by="甲",
        confirmed_by="乙",
    )
    result = evaluated(sector, 2025, [notice])
    for key, granted in result.items(allowance):
        verified = result.value(emissions, key)
        assert Decimal("0.97") * verified - 1 < granted <= Decimal("1.03") * verified
        assert granted == granted.to_integral_value()
    assert not isinstance(result.value("allowance_gap"), Waiting)
    # a line better than the balance value gets more than it emitted, an exception what it emitted
    deviation, status = WORDS[sector]
    for key, x in result.items(deviation):
        granted, verified = result.value(allowance, key), result.value(emissions, key)
        if result.value(status, key).key == "INTENSITY":
            assert (granted > verified) == (x > 0)
        else:
            assert granted == verified


@pytest.mark.parametrize(("sector", "year"), GAPS)
def test_arrays_give_what_decimals_give(sector, year):
    rules = rule_set(sector)
    result = evaluated(sector, year)
    tables, numbers = _columns(rules, PLANTS[sector].tables)
    found = rules.evaluate_arrays(year, ArrayData.of(rules, tables))
    compared = 0
    for name, column in found.columns.items():
        if name not in rules.rules:
            continue
        grain = rules.grain_of(name)

        def place(pair, grain=grain):
            parts = zip(grain.dimensions, pair[0], strict=True)
            return tuple(part if one == "month" else numbers[one][part] for one, part in parts)

        for value, (_, exact) in zip(column, sorted(result.items(name), key=place), strict=True):
            if isinstance(exact, Waiting):
                assert value == 0 if isinstance(rules.unit_of(name), Choices) else np.isnan(value), name
            elif isinstance(exact, Member):
                assert value == int(exact), name
            elif rules.rules[name][0].places is None:
                assert value == pytest.approx(float(exact), rel=1e-12, abs=1e-6), name
            else:
                assert value == float(exact), name
            compared += 1
    assert compared > 300


def _columns(rules, tables):
    """The works as one report of columns: keys numbered in order of appearance."""
    numbers = {}
    columns = {}
    for table in rules.tables:
        rows = tables.get(table.name)
        if not rows:
            continue
        found = {"report": np.zeros(len(rows), dtype=int)}
        for name in table.grain.dimensions:
            known = numbers.setdefault(name, {})
            values = [row[name] for row in rows]
            found[name] = np.array(
                values if name == "month" else [known.setdefault(one, len(known)) for one in values]
            )
        for one in table.inputs:
            values = [row.get(one.name) for row in rows]
            if isinstance(one, Number):
                found[one.name] = np.array([np.nan if value is None else float(value) for value in values])
            elif isinstance(one, Choice):
                found[one.name] = np.array([0 if value is None else int(value) for value in values])
        columns[table.name] = found
    return columns, numbers


def test_each_guide_keeps_its_own_figures():
    """Traps 1, 3, 4 and 8: nothing of one guide is taken for another."""
    smelter, works = rule_set("aluminium"), rule_set("cement")
    given = {"liquid_aluminium": "1000000"}
    assert calculate(smelter, "monthly_pfc_emissions", year=2021, given=given) == Decimal("252280.00")
    assert calculate(smelter, "monthly_pfc_emissions", year=2024, given=given) == Decimal("144810.00")
    coal = {"fuel_kind": "ANTHRACITE", "works_fuel_consumption": "100000"}
    assert calculate(smelter, "works_fuel_emissions", year=2021, given=coal) == Decimal("192378.10")
    coal = {"fuel_kind": "BITUMINOUS"}
    assert calculate(works, "carbon_per_heat", year=2024, given=coal) == Decimal("0.02618")
    assert calculate(works, "carbon_per_heat", year=2020, given=coal) == Decimal("0.02560")
    mgo = works.parameters["molar_mass_mgo"].on(dt.date(2020, 12, 31))
    assert mgo.value == 40


@pytest.mark.parametrize("sector", PLANTS)
def test_nothing_of_a_guide_not_seen_is_called_official(sector):
    rules = rule_set(sector)
    found = [
        (parameter.name, value.since)
        for parameter in rules.parameters.values()
        for value in parameter.values
        if value.status == "official"
    ]
    assert found == []
