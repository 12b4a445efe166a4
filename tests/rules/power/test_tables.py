"""The report's tables carry the guideline's numbers of each year (trap T15)."""

import pytest

from shutan.rules.power import RULES


def numbers(year):
    return {table.number: table.en for table in reversed(RULES.report_tables(year))}


@pytest.mark.parametrize("year", [2020, 2022, 2024, 2025])
def test_until_2025_electricity_has_a_table_and_totals_are_c5(year):
    found = numbers(year)
    assert found["C.4"] == "Purchased electricity"
    assert found["C.5"] == "Production data and emissions"
    assert found["C.6"] == "How calorific value and carbon were determined"
    assert found["C.7"] == "Auxiliary items"


def test_from_2026_the_numbers_move_up():
    found = numbers(2026)
    assert found["C.4"] == "Production data and emissions"
    assert found["C.5"] == "How calorific value and carbon were determined"
    assert found["C.6"] == "Auxiliary items"
    assert "C.7" not in found


@pytest.mark.parametrize("year", [2020, 2024, 2026])
def test_unit_emissions_are_row_q(year):
    """The verification guide once calls them T (trap T16); the form's letter counts."""
    table = next(one for one in RULES.report_tables(year) if one.en == "Production data and emissions")
    assert {line.code: line.year for line in table.lines}["Q"] == "unit_emissions"


def test_altitude_is_asked_from_2026():
    def basic(year):
        return next(table.names for table in RULES.report_tables(year) if table.number == "C.1")

    assert "altitude" not in basic(2025)
    assert "altitude" in basic(2026)


def test_a_gas_is_measured_in_volume():
    unit = RULES.units["fuel_unit"]
    kinds = RULES.choices()["FuelKind"]
    assert unit.text(kinds.NATURAL_GAS) == "10⁴Nm³"
    assert unit.text(kinds.LNG) == "t"
    assert unit.text(kinds.BITUMINOUS) == "t"
