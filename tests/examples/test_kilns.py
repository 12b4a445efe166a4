"""Ceramics, magnesium and copper: workbook, hand arithmetic and command line agree; nothing is found in them."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.cli.plants.kilns import kiln_plants
from shutan.documents.workbook import read_workbook
from shutan.rules.common.codes import is_credit_code
from shutan.rules.common.fuels import NcvSource
from shutan.screening import engine

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANTS = {plant.sector: plant for plant in kiln_plants()}
CARBON = Decimal(44) / 12
SICHUAN = {2022: Decimal("0.1404"), 2023: Decimal("0.1564")}


def total(rows, name):
    return sum((row.get(name, Decimal(0)) for row in rows), Decimal(0))


def burned(tables, fuel, ncv, carbon, oxidation):
    amount = total([row for row in tables["fuel_months"] if row["fuel"] == fuel], "fuel_consumption_reported")
    return amount * Decimal(ncv) * Decimal(carbon) * Decimal(oxidation) * CARBON


def energy(plant):
    rows = plant.tables["purchased"]
    heat = total(rows, "purchased_heat") - total(rows, "sold_heat")
    return total(rows, "purchased_electricity") * SICHUAN[plant.year] + heat * Decimal("0.11")


def ceramics(tables):
    found = burned(tables, "天然气", "389.3", "0.0153", "0.99") + burned(
        tables, "柴油", "42.7", "0.0202", "0.98"
    )
    for row in tables["raw_materials"]:
        share = row["calcium_carbonate_share"] * 44 / 100 + row["magnesium_carbonate_share"] * 44 / 84
        used = row.get("utilisation_reported", Decimal(90))
        found += row["raw_material_consumption"] * used / 100 * share / 100
    return found


def magnesium(tables):
    found = burned(tables, "蓝炭", "28.435", "0.02942", "0.93")
    found += burned(tables, "半焦气", "81", "0.01196", "0.99")
    found += burned(tables, "柴油", "42.652", "0.0202", "0.98")
    found += total(tables["ferrosilicon"], "own_ferrosilicon") * Decimal(
        "2.79"
    )  # the purchased counts nothing
    for row in tables["dolomite"]:
        purity = row.get("dolomite_purity_reported", Decimal(98))
        found += row["dolomite_consumption"] * purity / 100 * Decimal("0.478")
    return found


def copper(tables):
    found = burned(tables, "天然气", "389.31", "0.0153", "0.99")
    found += burned(tables, "焦炭", "28.447", "0.0295", "0.93")
    found += total(tables["reductants"], "anthracite_reductant") * Decimal("1.924")
    found += total(tables["reductants"], "gas_reductant") * Decimal("21.622")
    factors = {"石灰石": Decimal("0.405"), "纯碱": Decimal("0.411")}
    return found + sum(
        row["carbonate_material_consumption"] * factors[row["material"]] for row in tables["material_months"]
    )


BY_HAND = {"ceramics": ceramics, "magnesium": magnesium, "nonferrous": copper}


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
        read = [row.values for row in reading.data.rows(table.name)]
        assert [row for row in read if set(row) - {"month"}] == given, (
            table.name
        )  # the template prepares months


@pytest.mark.parametrize("sector", PLANTS)
def test_rules_and_hand_arithmetic_agree(sector, computed):
    by_hand = BY_HAND[sector](PLANTS[sector].tables) + energy(PLANTS[sector])
    assert abs(computed[sector][1].value("greenhouse_gas_emissions") - by_hand) < Decimal("1e-15")


def test_supplementary_data_of_copper_stand_on_their_own(computed):
    """Electricity at the national factor of 2022, waste heat sold negative (traps 11 and 12)."""
    expected = Decimal("35120.46") + Decimal("96500.5") * Decimal("0.5703") - Decimal(4532)
    result = computed["nonferrous"][1]
    assert result.value("supplement_emissions") == expected
    assert result.value("supplement_emissions") != result.value("greenhouse_gas_emissions")


def test_purchased_ferrosilicon_counts_nothing():
    """Trap 10: whatever is bought, the total stays."""
    plant = next(plant for plant in kiln_plants() if plant.sector == "magnesium")
    reading = read_workbook(EXAMPLES / f"{plant.slug}.xlsx")
    before = reading.rules.evaluate(plant.year, plant.dataset()).value("greenhouse_gas_emissions")
    for row in plant.tables["ferrosilicon"]:
        row["purchased_ferrosilicon"] = Decimal(0)
    assert reading.rules.evaluate(plant.year, plant.dataset()).value("greenhouse_gas_emissions") == before


@pytest.mark.parametrize("sector", PLANTS)
def test_nothing_is_found(sector, computed):
    assert engine.run(computed[sector][1]).findings == ()


@pytest.mark.parametrize("sector", PLANTS)
def test_a_report_is_made(sector, tmp_path):
    done = CliRunner().invoke(
        cli, ["report", str(EXAMPLES / f"{PLANTS[sector].slug}.xlsx"), "-o", str(tmp_path), "--json"]
    )
    assert done.exit_code == 0, done.output
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".pdf", ".json"}


@pytest.mark.parametrize("sector", PLANTS)
def test_it_is_fictitious_with_a_well_formed_code(sector):
    row = PLANTS[sector].tables["enterprise"][0]
    assert "虚构" in row["enterprise_name"]
    assert is_credit_code(row["credit_code"])


def test_a_measured_figure_is_in_each_works_where_the_guide_allows_one():
    rows = [*PLANTS["ceramics"].tables["raw_materials"], *PLANTS["magnesium"].tables["dolomite"]]
    assert NcvSource.MEASURED in [row.get("utilisation_source") for row in rows]
    assert NcvSource.MEASURED in [row.get("dolomite_purity_source") for row in rows]
