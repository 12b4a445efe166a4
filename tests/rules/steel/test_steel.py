"""A fictitious steel works: arrays equal Decimals, the traps of the field, and what a full year waits for."""

from decimal import Decimal

import numpy as np
import pytest

from shutan.cli.plants.steel import steel_works
from shutan.kernel import Choice, Choices, Dataset, Member, Number, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.rules.steel import RULES

WORKS = steel_works()


@pytest.fixture(scope="module")
def year():
    return RULES.evaluate(2024, WORKS.dataset())


def as_arrays(data: Dataset):
    """The works as one report of columns: keys numbered in order of appearance."""
    numbers: dict[str, dict[str, int]] = {}
    tables = {}
    for table in RULES.tables:
        rows = data.rows(table.name)
        if not rows:
            continue
        columns = {"report": np.zeros(len(rows), dtype=int)}
        for name in table.grain.dimensions:
            if name == "month":
                columns[name] = np.array([row.values[name] for row in rows])
            else:
                known = numbers.setdefault(name, {})
                columns[name] = np.array([known.setdefault(row.values[name], len(known)) for row in rows])
        for one in table.inputs:
            values = [row.values.get(one.name) for row in rows]
            if isinstance(one, Number):
                columns[one.name] = np.array([np.nan if value is None else float(value) for value in values])
            elif isinstance(one, Choice):
                columns[one.name] = np.array([0 if value is None else int(value) for value in values])
        tables[table.name] = columns
    return tables, numbers


def test_arrays_equal_decimals(year):
    tables, numbers = as_arrays(WORKS.dataset())
    found = RULES.evaluate_arrays(2024, ArrayData.of(RULES, tables))
    compared = 0
    for name, column in found.columns.items():
        if name not in RULES.rules:
            continue
        grain = RULES.grain_of(name)

        def numbered(key, grain=grain):
            pairs = zip(grain.dimensions, key, strict=True)
            return tuple(part if one == "month" else numbers[one][part] for one, part in pairs)

        pairs = sorted(((numbered(key), value) for key, value in year.items(name)), key=lambda pair: pair[0])
        legal = [value for _, value in pairs]
        assert len(column) == len(legal), name
        for value, exact in zip(column, legal, strict=True):
            if isinstance(exact, Waiting):
                assert value == 0 if isinstance(RULES.unit_of(name), Choices) else np.isnan(value), name
            elif isinstance(exact, Member):
                assert value == int(exact), name
            elif RULES.rules[name][0].places is None:
                assert value == pytest.approx(float(exact), rel=1e-12, abs=1e-6), name
            else:
                assert value == float(exact), name
            compared += 1
    assert compared > 1000


def test_a_full_year_waits_for_no_figure_of_its_tables(year):
    waiting = {
        (name, key)
        for table in RULES.report_tables(2024)
        if hasattr(table, "lines")
        for line in table.lines
        for name in (line.month, line.year)
        if name in RULES.rules and year.has(name)
        for key, value in year.items(name)
        if isinstance(value, Waiting)
    }
    assert waiting == set()


def test_the_parts_make_the_whole(year):
    value = year.value
    assert value("enterprise_carbon_balance") == (
        value("enterprise_fuel_emissions") + value("enterprise_material_emissions") - value("product_carbon")
    )
    assert value("other_emissions") == (
        value("enterprise_emissions") - value("process_total") - value("cofiring_total")
    )


def test_nothing_is_clamped(year):
    """Trap 12: a converter sends more carbon out as gas than comes in; own gas sold counts against the works."""
    assert value_of(year, "process_emissions", "转炉") < 0
    assert value_of(year, "annual_net_consumption", "焦炉煤气") < 0


def test_electricity_changes_no_emission(year):
    """Trap 14: a process's electricity is an auxiliary item."""
    data = WORKS.dataset()
    for row in data.rows("process_months"):
        row.values["process_electricity"] *= 2
    again = RULES.evaluate(2024, data)
    assert again.value("enterprise_emissions") == year.value("enterprise_emissions")
    assert again.value("process_emissions", ("烧结",)) == year.value("process_emissions", ("烧结",))


def test_no_oxidation_rate_outside_power_units():
    """Trap 13: neither the works nor a process has one."""
    readers = {name for name, made in RULES.rules.items() if "oxidation_rate" in made[0].reads}
    assert readers == {"unit_oxidation_rate"}


def test_dolomite_by_guide():
    """Trap 13: 0.471 until the guide of 2024, 0.476 from then on."""
    series = RULES.parameters["material_factor"]
    years = {value.since.year: value.value for value in series.values if value.key == ("DOLOMITE",)}
    assert years == {2013: Decimal("0.471"), 2022: None, 2024: Decimal("0.476")}


def value_of(result, name, *key):
    return result.value(name, key)
