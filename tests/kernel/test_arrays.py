"""The array path equals the exact one, value by value, missing ones included."""

from decimal import Decimal as D

import numpy as np
import pytest
from sample_rules import FuelKind, Measured, rule_set

from shutan.kernel import Choices, Dataset, Member, Waiting, arrays
from shutan.kernel.array_data import ArrayData

RULES = rule_set()


def random_tables(reports, seed):
    """Return the same random plants as array columns (keys numbered) and as datasets, one a report."""
    random = np.random.default_rng(seed)
    rows = [(r, u, f, m) for r in range(reports) for u in range(2) for f in range(2) for m in range(1, 13)]
    report, unit, fuel, month = (np.array(part) for part in zip(*rows, strict=True))
    count = len(rows)
    burned = random.integers(0, 10**7, count) / 100
    burned[random.random(count) < 0.1] = 0
    carbon = random.integers(0, 10**4, count) / 10**4
    carbon[random.random(count) < 0.1] = np.nan
    kind = random.integers(0, 3, count)
    measured = random.integers(0, 3, count)
    capacity = random.integers(0, 3, reports * 2) * 300.0
    tables = {
        "units": {"report": np.repeat(np.arange(reports), 2), "unit": np.tile([0, 1], reports), "capacity": capacity},
        "fuels": {
            "report": report, "unit": unit, "fuel": fuel, "month": month,
            "fuel_kind": kind, "burned": burned, "carbon": carbon, "measured": measured,
        },
    }  # fmt: skip
    datasets = []
    for r in range(reports):
        fuels = []
        for at in np.flatnonzero(report == r):
            row = {
                "unit": int(unit[at]),
                "fuel": int(fuel[at]),
                "month": int(month[at]),
                "burned": D(str(burned[at])),
            }
            if kind[at]:
                row["fuel_kind"] = FuelKind.by_code(kind[at])
            if measured[at]:
                row["measured"] = Measured.by_code(measured[at])
            if not np.isnan(carbon[at]):
                row["carbon"] = D(str(carbon[at]))
            fuels.append(row)
        units = [{"unit": u, "capacity": D(str(capacity[r * 2 + u]))} for u in range(2)]
        datasets.append(Dataset.of({"plant": [{}], "units": units, "fuels": fuels}))
    return tables, datasets


def assert_equal(year, tables, datasets, **options):
    data = ArrayData.of(RULES, tables)
    found = RULES.evaluate_arrays(year, data, **options)
    exact = [RULES.evaluate(year, dataset) for dataset in datasets]
    for name, column in found.columns.items():
        grain = RULES.grain_of(name)
        expected = [value for one in exact for _, value in sorted(one.items(name), key=lambda item: item[0])]
        assert len(column) == len(expected)
        choice = isinstance(RULES.unit_of(name), Choices)
        for at, (value, legal) in enumerate(zip(column, expected, strict=True)):
            if isinstance(legal, Waiting):
                assert value == 0 if choice else np.isnan(value), (name, grain, at, legal)
            elif isinstance(legal, Member):
                assert value == int(legal)
            elif RULES.rules[name][0].places is None:
                assert value == pytest.approx(float(legal), rel=1e-14), (name, at)
            else:
                assert value == float(legal), (name, at, legal)
    return found


@pytest.mark.parametrize("year", [2021, 2022, 2024, 2026])
def test_equal_to_exact(year):
    assert_equal(year, *random_tables(12, year))


def test_blocks_and_threads_change_nothing(monkeypatch):
    tables, datasets = random_tables(7, 1)
    whole = assert_equal(2024, tables, datasets, threads=1)
    monkeypatch.setattr(arrays, "BLOCK_ROWS", 50)
    cut = assert_equal(2024, tables, datasets, threads=2)
    for name, column in whole.columns.items():
        assert np.array_equal(column, cut.columns[name], equal_nan=True)


def test_only_what_is_wanted():
    tables, _ = random_tables(2, 3)
    found = RULES.evaluate_arrays(2024, ArrayData.of(RULES, tables), wanted=["plant_emissions"])
    assert list(found.columns) == ["plant_emissions"]
    with pytest.raises(KeyError, match="nothing"):
        RULES.evaluate_arrays(2024, ArrayData.of(RULES, tables), wanted=["nothing"])


def test_rows_in_any_order():
    tables, datasets = random_tables(3, 4)
    shuffled = np.random.default_rng(0).permutation(len(tables["fuels"]["unit"]))
    tables["fuels"] = {name: column[shuffled] for name, column in tables["fuels"].items()}
    assert_equal(2024, tables, datasets)
