"""`shutan allocate` of steel, cement and aluminium, 2024 to 2026: ordinary lines, each exception, and what waits."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.cli.plants.steel import steel_works
from shutan.documents.template import write_template
from shutan.kernel import Choice, Dataset
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in (steel_works(), cement(), aluminium())}
# What a sector calls treatment, allowance and duty of the rows that are allocated, and a row's table and key.
WORDS = {
    "steel": ("allocation_treatment", "enterprise_allowance", "surrender_duty", "allocation", {}),
    "cement": ("line_treatment", "line_allowance", "line_duty", "line_allocation", {"line": "1号线"}),
    "aluminium": (
        "electrolysis_treatment", "electrolysis_allowance", "electrolysis_duty", "process_allocation", {"process": "一系列"},
    ),
}  # fmt: skip
BALANCE = {
    "steel": "balance_value",
    "cement": "clinker_balance_value",
    "aluminium": "electrolysis_balance_value",
}
ORDINARY = {
    "steel": {2024: "EQUAL_TO_EMISSIONS", 2025: "FORMULA", 2026: "FORMULA"},
    "cement": {2024: "EQUAL_TO_EMISSIONS", 2025: "INTENSITY", 2026: "INTENSITY"},
    "aluminium": {2024: "EQUAL_TO_EMISSIONS", 2025: "INTENSITY", 2026: "INTENSITY"},
}
YEARS = [(sector, year) for sector in PLANTS for year in (2024, 2025, 2026)]


@pytest.fixture
def allocated(tmp_path):
    """Write a workbook with some cells changed, allocate it, return its values by name and key."""

    def run(sector, year, changes=(), smaller=1):
        plant, rules = PLANTS[sector], rule_set(sector)
        tables = {name: [dict(row) for row in rows] for name, rows in plant.tables.items()}
        for table, key, cells in changes:
            rows = tables.setdefault(table, [])
            row = next((one for one in rows if key.items() <= one.items()), None)
            if row is None:
                rows.append(row := dict(key))
            inputs = next(one for one in rules.tables if one.name == table)
            row |= {
                name: inputs[name].choices[value] if isinstance(inputs[name], Choice) else value
                for name, value in cells.items()
            }
        for table in rules.tables if smaller > 1 else ():
            amounts = [
                one.name for one in table.inputs if getattr(one, "unit", "") in ("t", "fuel_unit", "tCO2")
            ]
            for row in tables.get(table.name, ()):
                row |= {name: round(Decimal(row[name]) / smaller, 2) for name in amounts if row.get(name)}
        path = tmp_path / "works.xlsx"
        write_template(rules, plant.year, path, data=Dataset.of(tables))
        done = CliRunner().invoke(
            cli, ("allocate", str(path), "--rules-year", str(year), "--json"), catch_exceptions=False
        )
        found = json.loads(done.stdout)
        assert found["rules_year"] == year
        return {(one["name"], *one["key"]): one for one in found["values"]}

    return run


def row(sector, values):
    """Treatment, allowance and duty of the sector's first row."""
    treatment, allowance, duty, _, key = WORDS[sector]
    return [values[name, *key.values()] for name in (treatment, allowance, duty)]


@pytest.mark.parametrize(("sector", "year"), YEARS)
def test_an_ordinary_year(allocated, sector, year):
    values = allocated(sector, year)
    treatment, allowance, duty = row(sector, values)
    assert treatment["value"] == ORDINARY[sector][year]
    assert int(duty["value"]) > 0
    if year == 2024:
        assert allowance["value"] == duty["value"]
    else:
        assert allowance["value"] is None
        assert allowance["waiting"] == [BALANCE[sector]]
        assert values["allowance_gap",]["waiting"] == [BALANCE[sector]]


@pytest.mark.parametrize(("sector", "year"), YEARS)
@pytest.mark.parametrize("state", ["COMMISSIONED", "CLOSED"])
def test_new_and_closed_ones_are_outside_until_the_draft_of_2026(allocated, sector, year, state):
    *_, table, key = WORDS[sector]
    treatment, allowance, duty = row(
        sector, allocated(sector, year, [(table, key, {"service_state": state})])
    )
    if year == 2026:
        assert treatment["value"] == "EQUAL_TO_EMISSIONS"
        assert allowance["value"] == duty["value"] != "0"
    else:
        assert treatment["value"] == "OUTSIDE"
        assert allowance["value"] == duty["value"] == "0"


@pytest.mark.parametrize(("sector", "year"), YEARS)
def test_one_that_is_not_on_the_list_has_no_allowance_and_no_duty(allocated, sector, year):
    table = "allocation" if sector == "steel" else "enterprise_allocation"
    values = allocated(sector, year, [(table, {}, {"on_key_unit_list": "NO"})])
    treatment, *amounts = row(sector, values)
    assert treatment["value"] == "OUTSIDE"
    assert [one["value"] for one in amounts] == ["0", "0"]
    assert values["allowance_gap",]["value"] == "0"


@pytest.mark.parametrize(
    ("year", "table", "cells", "treatment"),
    [
        (2025, "lines", {"line_technology": "GYPSUM_SULPHURIC_ACID"}, "EQUAL_TO_EMISSIONS"),
        (2026, "lines", {"line_technology": "GYPSUM_SULPHURIC_ACID"}, "EQUAL_TO_EMISSIONS"),
        (2025, "clinkers", {"clinker_class": "WHITE"}, "EQUAL_TO_EMISSIONS"),
        (2024, "clinkers", {"clinker_class": "ALUMINATE"}, "OUTSIDE"),
        (2026, "clinkers", {"clinker_class": "ALUMINATE"}, "OUTSIDE"),
    ],
)  # fmt: skip
def test_lines_of_other_clinker(allocated, year, table, cells, treatment):
    found, allowance, duty = row("cement", allocated("cement", year, [(table, {"line": "1号线"}, cells)]))
    assert found["value"] == treatment
    assert allowance["value"] == duty["value"]
    assert (duty["value"] == "0") == (treatment == "OUTSIDE")


def test_carbide_slag_above_the_limit_of_2025(allocated):
    values = allocated("cement", 2025)
    assert values["line_allocation_status", "2号线"]["value"] == "CARBIDE_SLAG"
    assert values["line_allowance", "2号线"]["value"] == values["line_duty", "2号线"]["value"]


def test_an_oxygen_blast_furnace_is_an_exception_of_the_draft_of_2026_only(allocated):
    change = [("allocation", {}, {"oxygen_blast_furnace": "YES"})]
    assert row("steel", allocated("steel", 2025, change))[0]["value"] == "FORMULA"
    treatment, allowance, duty = row("steel", allocated("steel", 2026, change))
    assert treatment["value"] == "EQUAL_TO_EMISSIONS"
    assert allowance["value"] == duty["value"]


@pytest.mark.parametrize("route", ["ELECTRIC", "ROLLING", "FOUNDRY_IRON"])
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_steel_of_another_route_is_outside(allocated, year, route):
    treatment, *amounts = row("steel", allocated("steel", year, [("allocation", {}, {"route": route})]))
    assert treatment["value"] == "OUTSIDE"
    assert [one["value"] for one in amounts] == ["0", "0"]


@pytest.mark.parametrize("sector", PLANTS)
def test_a_small_emitter_keeps_its_emissions_by_the_draft_of_2026(allocated, sector):
    assert row(sector, allocated(sector, 2025, smaller=1000))[0]["value"] == ORDINARY[sector][2025]
    treatment, allowance, duty = row(sector, allocated(sector, 2026, smaller=1000))
    assert treatment["value"] == "EQUAL_TO_EMISSIONS"
    assert allowance["value"] == duty["value"]


@pytest.mark.parametrize("sector", PLANTS)
def test_pre_allocation_is_a_share_of_last_years_emissions(allocated, sector):
    *_, table, key = WORDS[sector]
    base = "pre_allocation_base" if sector == "steel" else "last_year_verified_emissions"
    rows = [one["process"] for one in PLANTS[sector].tables["processes"]] if sector == "aluminium" else []
    lines = [one["line"] for one in PLANTS[sector].tables["lines"]] if sector == "cement" else []
    keys = [{"process": one} for one in rows] or [{"line": one} for one in lines] or [key]
    values = allocated(sector, 2025, [(table, one, {base: Decimal(1_000_001)}) for one in keys])
    assert values["pre_allocation",]["value"] == str(700_000 * len(keys))
