"""Glass, paper and aviation: columns equal Decimals, each guide has its own fuel table, and bad cells are told at their place."""

import io
from decimal import Decimal

import numpy as np
import pytest

from shutan.cli.plants.sectors import sector_plants
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Choice, Choices, Member, Number, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.kernel.calculate import calculate
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in sector_plants()}


def as_arrays(rules, data):
    """One enterprise as columns: keys numbered in order of appearance."""
    numbers: dict[str, dict[str, int]] = {}
    tables = {}
    for table in rules.tables:
        rows = data.rows(table.name)
        if not rows:
            continue
        columns = {"report": np.zeros(len(rows), dtype=int)}
        for name in table.grain.dimensions:
            known = {} if name == "month" else numbers.setdefault(name, {})
            parts = [row.values[name] for row in rows]
            columns[name] = np.array(
                parts if name == "month" else [known.setdefault(part, len(known)) for part in parts]
            )
        for one in table.inputs:
            values = [row.values.get(one.name) for row in rows]
            if isinstance(one, Number):
                columns[one.name] = np.array([np.nan if value is None else float(value) for value in values])
            elif isinstance(one, Choice):
                columns[one.name] = np.array([0 if value is None else int(value) for value in values])
        tables[table.name] = columns
    return tables, numbers


@pytest.mark.parametrize("sector", PLANTS)
def test_arrays_equal_decimals(sector):
    plant, rules = PLANTS[sector], rule_set(sector)
    tables, numbers = as_arrays(rules, plant.dataset())
    exactly = rules.evaluate(plant.year, plant.dataset())
    found = rules.evaluate_arrays(plant.year, ArrayData.of(rules, tables))
    compared = 0
    for name in rules.rules:
        grain = rules.grain_of(name)

        def numbered(key, grain=grain):
            pairs = zip(grain.dimensions, key, strict=True)
            return tuple(part if one == "month" else numbers[one][part] for one, part in pairs)

        legal = sorted(
            ((numbered(key), value) for key, value in exactly.items(name)), key=lambda pair: pair[0]
        )
        assert len(found.columns[name]) == len(legal), name
        for value, (_, exact) in zip(found.columns[name], legal, strict=True):
            compared += 1
            if isinstance(exact, Waiting):
                assert value == 0 if isinstance(rules.unit_of(name), Choices) else np.isnan(value), name
            elif isinstance(exact, Member):
                assert value == int(exact), name
            else:
                assert value == pytest.approx(float(exact), rel=1e-12, abs=1e-6), name
    assert compared > 150


@pytest.mark.parametrize(
    ("sector", "rule", "expected"),
    [
        ("flat_glass", "monthly_combustion_of_fuel", "2222.962133"),
        ("paper", "monthly_combustion_of_fuel", "1923.780989"),
        ("aviation", "monthly_use_fuel_emissions", "2191.921453"),
    ],
)
def test_anthracite_is_that_of_the_guide(sector, rule, expected):
    """A thousand tonnes of the same coal differ by guideline (sectors_examples.md, part B)."""
    given = {"fuel_kind": "ANTHRACITE", "fuel_consumption_reported": "1000"}
    found = calculate(rule_set(sector), rule, year=2024, given=given)
    assert round(found, 6) == Decimal(expected)


def changed(sector, table, name, value):
    """Return the problems of an example with one cell changed."""
    plant = next(plant for plant in sector_plants() if plant.sector == sector)
    plant.tables[table][0][name] = value
    stream = io.BytesIO()
    write_template(rule_set(sector), plant.year, stream, data=plant.dataset())
    return read_workbook(stream.getvalue(), name="a.xlsx").problems


@pytest.mark.parametrize(
    ("sector", "table", "name", "value"),
    [
        ("flat_glass", "fuel_months", "fuel_consumption_reported", Decimal(-1)),
        ("flat_glass", "material_months", "carbonate_mass_share", Decimal("100.5")),
        ("flat_glass", "carbon_powder", "powder_carbon_reported", Decimal(98)),  # percent for a share
        ("paper", "waste_water_treatment", "methane_correction_reported", Decimal(50)),
        ("paper", "limestone", "limestone_purity", Decimal(101)),
        ("aviation", "use_fuel_months", "blended_biomass", Decimal(101)),
        ("aviation", "purchased", "purchased_electricity", Decimal(-3)),  # sold stands in its own column
    ],
)
def test_a_figure_out_of_its_meaning_is_told_at_its_cell(sector, table, name, value):
    problems = changed(sector, table, name, value)
    assert len(problems) == 1
    assert problems[0].place.place


def test_no_text_of_these_guides_was_seen_so_no_figure_is_official():
    for sector in PLANTS:
        rules = rule_set(sector)
        own = {
            value.status
            for parameter in rules.parameters.values()
            if parameter.name not in ("electricity_factor_by_area", "kilogram_in_tonnes")
            for value in parameter.values
        }
        assert "official" not in own
        assert {clause.status for clause in rules.clauses.values()} <= {"secondary", "recalled", "unknown"}
