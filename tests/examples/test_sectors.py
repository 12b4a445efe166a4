"""The examples of the sectors: the workbook, hand arithmetic and the command line agree."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.cli.plants.sectors import sector_plants
from shutan.documents.workbook import read_workbook
from shutan.rules.common.codes import is_credit_code
from shutan.screening import engine

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANTS = {plant.sector: plant for plant in sector_plants()}
CARBON = Decimal(44) / 12
SICHUAN_2023, HEAT = Decimal("0.1564"), Decimal("0.11")


def total(rows, *names):
    """Sum over rows of the product of some cells."""
    found = Decimal(0)
    for row in rows:
        product = Decimal(1)
        for name in names:
            product *= row[name]
        found += product
    return found


def burned(rows, fuel, ncv, carbon, oxidation):
    amount = total([row for row in rows if row["fuel"] == fuel], "fuel_consumption_reported")
    return amount * Decimal(ncv) * Decimal(carbon) * Decimal(oxidation) * CARBON


def energy(tables):
    rows = tables["purchased"]
    electricity = total(rows, "purchased_electricity") - total(rows, "sold_electricity")
    heat = total(rows, "purchased_heat") - total(rows, "sold_heat")
    return electricity * SICHUAN_2023 + heat * HEAT


def flat_glass(tables):
    factors = {"纯碱": "0.41492", "白云石": "0.47732", "石灰石": "0.43971"}
    carbonates = sum(
        total(
            [row for row in tables["material_months"] if row["material"] == name],
            "carbonate_material_consumption",
            "carbonate_mass_share",
        )
        / 100
        * Decimal(factor)
        for name, factor in factors.items()
    )
    fuel = burned(tables["fuel_months"], "天然气", "389.3", "0.0153", "0.99")
    fuel += burned(tables["fuel_months"], "柴油", "42.7", "0.0202", "0.98")
    return fuel + carbonates + total(tables["carbon_powder"], "powder_consumption") * CARBON


def paper(tables):
    coal = [row for row in tables["fuel_months"] if row["fuel"] == "烟煤"]
    heat = total(coal, "fuel_consumption_reported", "ncv_ar_reported")
    fuel = heat * Decimal("0.02618") * Decimal("0.93") * CARBON
    fuel += burned(tables["fuel_months"], "天然气", "389.31", "0.0153", "0.99")
    limestone = total(tables["limestone"], "limestone_consumption") * Decimal("0.405")
    water = tables["waste_water"]
    organic = total(water, "waste_water_volume", "inlet_demand")
    organic -= total(water, "waste_water_volume", "outlet_demand") + total(water, "sludge_demand")
    methane = organic * Decimal("0.25") * Decimal("0.5") - total(water, "recovered_methane")
    return fuel + limestone + methane / 1000 * 21


def aviation(tables):
    rows = tables["use_fuel_months"]
    jet = Decimal("3.15315")
    return (
        total([row for row in rows if row["fuel"] == "航空煤油"], "fuel_consumption_reported") * jet
        + total([row for row in rows if row["fuel"] == "掺混航煤"], "fuel_consumption_reported")
        * jet
        * Decimal("0.9")
        + burned(rows, "柴油", "42.652", "0.0202", "0.98")
        + burned(rows, "天然气", "389.31", "0.0153", "0.99")
    )


BY_HAND = {"flat_glass": flat_glass, "paper": paper, "aviation": aviation}


@pytest.fixture(scope="module")
def computed():
    """Reading and result of each committed workbook."""
    found = {}
    for sector, plant in PLANTS.items():
        reading = read_workbook(EXAMPLES / f"{plant.slug}.xlsx")
        found[sector] = reading, reading.rules.evaluate(reading.year, reading.data)
    return found


@pytest.mark.parametrize("sector", PLANTS)
def test_workbook_holds_what_the_generator_makes(sector, computed):
    reading, _ = computed[sector]
    assert reading.complete
    made = PLANTS[sector].dataset()
    for table in reading.rules.tables:
        given = [row.values for row in made.rows(table.name)]
        assert [row.values for row in reading.data.rows(table.name) if row.values] == given, table.name


@pytest.mark.parametrize("sector", PLANTS)
def test_rules_and_hand_arithmetic_agree(sector, computed):
    tables = PLANTS[sector].tables
    by_rules = computed[sector][1].value("greenhouse_gas_emissions")
    by_hand = BY_HAND[sector](tables) + energy(tables)
    assert abs(by_rules - by_hand) < Decimal("1e-15")


@pytest.mark.parametrize("sector", PLANTS)
def test_nothing_is_found(sector, computed):
    assert engine.run(computed[sector][1]).findings == ()


@pytest.mark.parametrize("sector", PLANTS)
def test_a_report_is_made(sector, computed, tmp_path):
    done = CliRunner().invoke(
        cli, ["report", str(EXAMPLES / f"{PLANTS[sector].slug}.xlsx"), "-o", str(tmp_path), "--json"]
    )
    assert done.exit_code == 0, done.output
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".pdf", ".json"}
    assert "greenhouse_gas_emissions" in json.dumps(
        json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("sector", PLANTS)
def test_they_are_fictitious_with_well_formed_codes(sector):
    row = PLANTS[sector].tables["enterprise"][0]
    assert "虚构" in row["enterprise_name"]
    assert is_credit_code(row["credit_code"])
