"""Chemicals and petrochemicals: columns equal Decimals, one fuel table, and bad cells are told at their place."""

import io
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Choice, Dataset, Member, Number, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.kernel.calculate import calculate
from shutan.rules.registry import rule_set

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from cases import _typed, cases

SECTORS = ("chemical", "petrochemical")


def works(sector):
    """Return the year and the rows of the sector's whole-plant golden case."""
    rules = rule_set(sector)
    tables = {table.name: table for table in rules.tables}
    whole = [case for _, case in cases() if case["rule_set"] == sector and "data" in case]
    case = max(whole, key=lambda one: len(one["data"]))
    rows = {name: [_typed(tables[name], row) for row in part] for name, part in case["data"].items()}
    return rules, case["year"], rows


def as_arrays(rules, data):
    """Return one enterprise as columns, its keys numbered in order of appearance."""
    numbers, tables = {}, {}
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


@pytest.mark.parametrize("sector", SECTORS)
def test_columns_equal_decimals(sector):
    rules, year, rows = works(sector)
    data = Dataset.of(rows)
    tables, numbers = as_arrays(rules, data)
    exactly = rules.evaluate(year, data)
    found = rules.evaluate_arrays(year, ArrayData.of(rules, tables))
    for name in rules.rules:
        dimensions = rules.grain_of(name).dimensions
        legal = sorted(
            (
                tuple(
                    part if one == "month" else numbers[one][part]
                    for one, part in zip(dimensions, key, strict=True)
                ),
                float("nan")
                if isinstance(value, Waiting)
                else int(value)
                if isinstance(value, Member)
                else float(value),
            )
            for key, value in exactly.items(name)
        )
        expected = [value for _, value in legal]
        assert list(found.columns[name]) == pytest.approx(expected, rel=1e-12, abs=1e-6, nan_ok=True), name


@pytest.mark.parametrize("sector", SECTORS)
def test_nothing_waits_in_a_report_that_is_filled_in(sector):
    rules, year, rows = works(sector)
    result = rules.evaluate(year, Dataset.of(rows))
    assert [
        (name, key) for name in rules.rules for key, value in result.items(name) if isinstance(value, Waiting)
    ] == []


@pytest.mark.parametrize("sector", SECTORS)
def test_anthracite_is_that_of_the_chemical_family(sector):
    """A thousand tonnes of the same coal differ by guideline (sectors_examples.md, part B)."""
    given = {"fuel_kind": "ANTHRACITE", "fuel_consumption_reported": "1000"}
    found = calculate(rule_set(sector), "monthly_combustion_of_fuel", year=2024, given=given)
    assert round(found, 3) == Decimal("2322.768")


@pytest.mark.parametrize(
    ("sector", "table", "name", "value"),
    [
        ("chemical", "fuel_months", "fuel_consumption_reported", Decimal(-1)),
        ("chemical", "fuel_months", "feedstock_use", Decimal(-1)),
        ("chemical", "carbonate_months", "process_carbonate_purity", Decimal(101)),
        ("chemical", "recovery", "purity_for_sale", Decimal("100.5")),
        ("chemical", "nitric_plants", "nitric_removal_reported", Decimal(101)),
        ("chemical", "nitric_plants", "nitric_plant_hours", Decimal(9000)),
        ("chemical", "material_months", "material_carbon_reported", Decimal(20)),  # percent for a share
        ("petrochemical", "regenerations", "carbon_before", Decimal(5)),  # percent for a share
        ("petrochemical", "flare_months", "flare_gas_dioxide", Decimal(101)),
        ("petrochemical", "streams", "stream_volume", Decimal(-1)),
        ("petrochemical", "purchased", "purchased_electricity", Decimal(-3)),  # sold stands in its own column
    ],
)
def test_a_figure_out_of_its_meaning_is_told_at_its_cell(sector, table, name, value):
    rules, year, rows = works(sector)
    rows[table][0][name] = value
    stream = io.BytesIO()
    write_template(rules, year, stream, data=Dataset.of(rows))
    problems = read_workbook(stream.getvalue(), name="a.xlsx").problems
    assert len(problems) == 1
    assert problems[0].place.place
