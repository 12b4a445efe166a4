"""A plant whose every cell is filled in waits for nothing but what the law has not told yet."""

from decimal import Decimal

import pytest

from shutan.kernel import Dataset, Waiting
from shutan.rules.power import RULES

CHOICES = RULES.choices()
KNOWN_GAPS = {
    2023: {"electricity_factor"},
    2024: {"electricity_factor"},
    2025: {"electricity_factor"},
    2026: {"oxidation_rate_coal_database", "oxidation_rate_fuel_database"},
}
UNITS = {
    "凝汽": {"unit_category": "CONVENTIONAL_COAL", "product": "CONDENSING", "boiler_type": "PULVERISED_COAL"},
    "热电": {
        "unit_category": "NON_CONVENTIONAL_COAL",
        "product": "CHP",
        "boiler_type": "CIRCULATING_FLUIDISED_BED",
    },
}


def row(table, **values):
    """Make a row whose words are members and whose numbers are Decimals."""
    inputs = {one.name: one for one in next(one for one in RULES.tables if one.name == table).inputs}
    found = {}
    for name, value in values.items():
        choices = getattr(inputs.get(name), "choices", None)
        number = isinstance(value, int | str) and name in inputs and hasattr(inputs[name], "places")
        found[name] = choices[value] if choices else Decimal(value) if number else value
    return found


def plant():
    """Two coal units with start-up oil; all months, all cells that a year may ask for."""
    tables = {
        name: []
        for name in (
            "units",
            "generators",
            "generator_months",
            "unit_months",
            "heat_flows",
            "fuels",
            "fuel_months",
        )
    }
    tables["enterprise"] = [row("enterprise", enterprise_name="虚构", credit_code="0")]
    for unit, facts in UNITS.items():

        def add(table, unit=unit, **values):
            tables[table].append(row(table, **values) | {"unit": unit})

        add(
            "units",
            main_fuel_kind="BITUMINOUS",
            cooling="WATER",
            heat_ratio_method="TURBINE_HEAT",
            cofires_biomass="NO",
            **facts,
        )
        add("generators", generator="G", generator_capacity=300)
        add("fuels", fuel="煤", fuel_kind="BITUMINOUS")
        add("fuels", fuel="油", fuel_kind="DIESEL")
        for month in range(1, 13):
            add(
                "generator_months",
                generator="G",
                month=month,
                generation_reported=100000,
                generator_hours=600,
            )
            add(
                "unit_months",
                month=month,
                purchased_electricity=10,
                on_grid_energy=90000,
                auxiliary_power=6000,
                auxiliary_power_generation=4000,
                auxiliary_power_shared=2000,
                turbine_heat_input=900000,
                heat_coal_rate_reported="0.04",
                main_steam=300000,
                main_steam_enthalpy=3400,
                feed_water=300000,
                feed_water_enthalpy=1100,
                boiler_efficiency=92,
            )
            if facts["product"] == "CHP":
                add(
                    "heat_flows",
                    month=month,
                    flow="汽",
                    heat_origin="TURBINE_DIRECT",
                    heat_method="SETTLEMENT",
                    settled_heat=90000,
                )
            add(
                "fuel_months",
                fuel="煤",
                month=month,
                fuel_consumption_reported=45000,
                carbon_source="MONTHLY_COMPOSITE",
                carbon_reported="0.55",
                ncv_ar_reported="21.2",
                fuel_purchased=45000,
            )
            add(
                "fuel_months",
                fuel="油",
                month=month,
                fuel_consumption_reported=5,
                carbon_source="NOT_MEASURED",
                ncv_source="DEFAULT",
                fuel_purchased=5,
            )
    return Dataset.of(tables)


def of_accounting(name):
    modules = ("accounting", "carbon", "production", "heat", "auxiliary", "intensity")
    return any(made.function.__module__.rpartition(".")[2] in modules for made in RULES.rules[name])


@pytest.mark.parametrize("year", range(2019, 2027))
def test_totals_of_the_year_wait_for_nothing_but_the_law(year):
    result = RULES.evaluate(year, plant())
    gaps = KNOWN_GAPS.get(year, set())
    for name in filter(of_accounting, RULES.order):
        if not result.has(name) or RULES.grain_of(name).monthly:
            continue
        for key, value in result.items(name):
            if isinstance(value, Waiting):
                assert {reason.name for reason in value.reasons} <= gaps, f"{name}{key} in {year}: {value}"


@pytest.mark.parametrize("year", range(2023, 2026))
def test_what_is_surrendered_is_known_although_the_total_waits(year):
    result = RULES.evaluate(year, plant())
    assert isinstance(result.value("enterprise_emissions"), Waiting)
    # coal 45000 × 0.55 × 3.63 = 89842.5 a month and unit; oil 5 × 0.8616 × 0.98 × 44/12 = 15.48 (42.652 × 0.0202 = 0.8616)
    # a unit: 12 × (89842.50 + 15.48) = 1078295.76
    assert result.value("enterprise_surrender_emissions") == Decimal(2 * 1078296)


def test_a_plant_of_2020_by_hand():
    result = RULES.evaluate(2020, plant())
    # CC 0.55/21.2 = 0.02594; 45000 × 21.2 × 0.02594 × 3.63 = 89830.7388; oil 5 × 42.652 × 0.0202 × 0.98 × 44/12 = 15.479548 → 15.48
    assert result.value("combustion_emissions", ("凝汽", "煤", 1)) == Decimal("89830.74")
    assert result.value("combustion_emissions", ("凝汽", "油", 1)) == Decimal("15.48")
    # 12 × (89830.74 + 15.48 + 10 × 0.6101 → 6.10) = 1078227.84
    assert result.value("unit_emissions", ("凝汽",)) == Decimal(1078228)
    assert result.value("heat_ratio", ("热电",)) == Decimal("0.1")
    # 100000 − (4000 + 2000 × 0.9) = 94200 a month
    assert result.value("electricity_supplied", ("热电",)) == Decimal(12 * 94200)
