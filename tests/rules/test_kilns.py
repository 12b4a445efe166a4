"""Ceramics, magnesium and copper: columns equal Decimals, each guide has its own fuel table, bad cells are told."""

import io
from decimal import Decimal

import pytest
from tests.rules.test_ndrc_sectors import as_arrays

from shutan.cli.plants.kilns import kiln_plants
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Dataset, Member, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.kernel.calculate import calculate
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in kiln_plants()}


@pytest.mark.parametrize("sector", PLANTS)
def test_arrays_equal_decimals(sector):
    plant, rules = PLANTS[sector], rule_set(sector)
    tables, numbers = as_arrays(rules, plant.dataset())
    exactly = rules.evaluate(plant.year, plant.dataset())
    found = rules.evaluate_arrays(plant.year, ArrayData.of(rules, tables))
    for name in rules.rules:
        names = rules.grain_of(name).dimensions
        legal = {
            tuple(
                part if one == "month" else numbers[one][part] for one, part in zip(names, key, strict=True)
            ): value
            for key, value in exactly.items(name)
        }
        assert len(found.columns[name]) == len(legal), name
        for value, key in zip(found.columns[name], sorted(legal), strict=True):
            assert not isinstance(legal[key], Waiting | Member), name
            assert value == pytest.approx(float(legal[key]), rel=1e-12, abs=1e-6), name


@pytest.mark.parametrize(
    ("sector", "expected"),
    [("ceramics", "2222.962133"), ("magnesium", "1923.780989"), ("nonferrous", "1923.780989")],
)
def test_anthracite_is_that_of_the_guide(sector, expected):
    """A thousand tonnes of the same coal differ by guideline (sectors_examples.md, part B)."""
    given = {"fuel_kind": "ANTHRACITE", "fuel_consumption_reported": "1000"}
    found = calculate(rule_set(sector), "monthly_combustion_of_fuel", year=2024, given=given)
    assert round(found, 6) == Decimal(expected)


def changed(sector, table, name, value):
    """Return the problems of an example with one cell changed."""
    plant = next(plant for plant in kiln_plants() if plant.sector == sector)
    plant.tables[table][0][name] = value
    stream = io.BytesIO()
    write_template(rule_set(sector), plant.year, stream, data=plant.dataset())
    return read_workbook(stream.getvalue(), name="a.xlsx").problems


@pytest.mark.parametrize(
    ("sector", "table", "name", "value"),
    [
        ("ceramics", "raw_materials", "calcium_carbonate_share", Decimal(101)),
        ("ceramics", "raw_materials", "raw_material_consumption", Decimal(-1)),
        ("magnesium", "dolomite", "dolomite_purity_reported", Decimal("100.5")),
        ("magnesium", "ferrosilicon", "own_ferrosilicon", Decimal(-1)),
        ("nonferrous", "material_months", "carbonate_purity_reported", Decimal(101)),
        ("nonferrous", "reductants", "gas_reductant", Decimal(-5)),
        ("nonferrous", "purchased", "purchased_electricity", Decimal(-3)),  # sold stands in its own column
    ],
)
def test_a_figure_out_of_its_meaning_is_told_at_its_cell(sector, table, name, value):
    problems = changed(sector, table, name, value)
    assert len(problems) == 1
    assert problems[0].place.place


@pytest.mark.parametrize("sector", PLANTS)
def test_a_works_that_only_buys_electricity_has_a_total(sector):
    """What a works does not have is an empty sheet, which means none and not unknown."""
    enterprise = PLANTS[sector].tables["enterprise"]
    bought = [{"month": 1, "purchased_electricity": Decimal(100)}]
    data = Dataset.of({"enterprise": enterprise, "purchased": bought})
    result = rule_set(sector).evaluate(2023, data)
    assert result.value("greenhouse_gas_emissions") == Decimal("15.64")


@pytest.mark.parametrize("sector", PLANTS)
def test_no_text_of_these_guides_was_seen_so_no_figure_is_official(sector):
    rules = rule_set(sector)
    own = {
        value.status
        for parameter in rules.parameters.values()
        if parameter.name != "electricity_factor_by_area"
        for value in parameter.values
    }
    assert "official" not in own
    assert {clause.status for clause in rules.clauses.values()} <= {"secondary", "recalled", "unknown"}
