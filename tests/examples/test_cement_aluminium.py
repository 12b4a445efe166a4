"""The cement works and the smelter: workbook, hand arithmetic and command line agree; nothing is found in them."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.documents.workbook import read_workbook
from shutan.rules.common.codes import is_credit_code
from shutan.screening import engine

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANTS = {plant.sector: plant for plant in (cement(), aluminium())}
CARBON = Decimal(44) / 12
DEDUCTIONS = {"粉煤灰": "0.055", "钢渣": "0.215", "电石渣": "0.480", "硫酸渣": "0.055"}


def cents(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def cement_by_hand(tables):
    heat = {row["month"]: row["measured_ncv_ar"] for row in tables["fuel_months"]}
    found = {}
    for line in ("1号线", "2号线"):
        total = Decimal(0)
        for month in range(1, 13):

            def of(table, word, line=line, month=month):
                return [
                    (row.get("material"), row[word])
                    for row in tables[table]
                    if row["line"] == line and row["month"] == month
                ]

            coal = sum(amount for _, amount in of("line_fuel_months", "line_fuel_consumption"))
            total += cents(coal * heat[month] * Decimal("0.02618") * Decimal("0.99") * CARBON)
            clinker = sum(amount for _, amount in of("clinker_months", "clinker_output"))
            less = sum(
                amount * Decimal(DEDUCTIONS[name])
                for name, amount in of("line_material_months", "material_consumption")
            )
            total += cents(clinker * Decimal("0.535") - less)
        found[line] = total
    other = Decimal(0)
    for row in tables["other_fuel_months"]:
        if row["fuel"] == "柴油":
            carbon = Decimal("42.652") * Decimal("0.0202") * Decimal("0.98")
        else:
            carbon = heat[row["month"]] * Decimal("0.02618") * Decimal("0.85")
        other += cents(row["other_fuel_consumption"] * carbon * CARBON)
    return found, sum(found.values()) + other


def aluminium_by_hand(tables):
    found = dict.fromkeys(("一系列", "二系列"), Decimal(0))
    for row in tables["process_months"]:
        ash = row.get("anode_ash_reported", Decimal("0.4"))
        sulphur = row.get("anode_sulphur_reported", Decimal(2))
        net = cents(row["gross_anode_consumption"] * Decimal("0.8482"))
        found[row["process"]] += cents(net * (100 - sulphur - ash) / 100 * CARBON)
        found[row["process"]] += cents(row["liquid_aluminium"] * Decimal("0.14481"))
    fuels = {
        "天然气": Decimal("389.31") * Decimal("0.01532") * Decimal("0.99"),
        "柴油": Decimal("42.652") * Decimal("0.0202") * Decimal("0.98"),
    }
    other = sum(
        cents(row["works_fuel_consumption"] * fuels[row["fuel"]] * CARBON) for row in tables["fuel_months"]
    )
    other += sum(
        cents(row["carbonate_consumption"] * Decimal("0.4149") * row["carbonate_purity"] / 100)
        for row in tables["material_months"]
    )
    return found, sum(found.values()) + other + Decimal("38412.55")


BY_HAND = {
    "cement": (cement_by_hand, "line_emissions", "line_allowance"),
    "aluminium": (aluminium_by_hand, "electrolysis_emissions", "electrolysis_allowance"),
}


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
    by_hand, name, allowance = BY_HAND[sector]
    parts, total = by_hand(PLANTS[sector].tables)
    result = computed[sector][1]
    assert {key: value for (key,), value in result.items(name)} == parts
    assert result.value("enterprise_emissions") == total
    whole = {key: value.quantize(Decimal(1), ROUND_HALF_UP) for key, value in parts.items()}
    assert {key: value for (key,), value in result.items(allowance)} == whole  # in 2024 allowance = emissions
    assert result.value("allowance_gap") == 0


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
