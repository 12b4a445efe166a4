"""`make bench`: the bars of each issue, as ratios against a reference of the same run. Exit 1 where a bar is missed."""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import bare, by_hand, plants, province
from shutan.kernel import Choices, Dataset, Member
from shutan.kernel.array_data import ArrayData
from shutan.rules import power

WANTED = (
    "combustion_emissions", "monthly_combustion_emissions", "unit_combustion_emissions", "surrender_emissions", "generation",
    "operating_hours", "load_factor", "heat_supplied", "unit_class", "load_correction", "electricity_allowance",
    "heat_allowance", "unit_allowance", "enterprise_surrender_emissions", "enterprise_allowance", "allowance_gap",
)  # fmt: skip
SAME = {
    "surrender_emissions": ("units", "surrender", 0), "generation": ("units", "generation", 3),
    "operating_hours": ("units", "hours", 2), "load_factor": ("units", "load", 2), "heat_supplied": ("units", "heat", 2),
    "load_correction": ("units", "correction", 6), "electricity_allowance": ("units", "electricity_allowance", 0),
    "heat_allowance": ("units", "heat_allowance", 0), "combustion_emissions": ("months", "emissions", 2),
    "enterprise_allowance": ("plants", "allowance", 0), "allowance_gap": ("plants", "gap", 0),
}  # fmt: skip


@dataclass
class Line:
    """One row of the table."""

    what: str
    found: str
    bar: str
    kept: bool


def best(action: Callable[[], Any], times: int = 5) -> float:
    """Return the least time of some runs, seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        found.append(time.perf_counter() - start)
    return min(found)


def report() -> list[Line]:
    """Explained annual report against the same arithmetic in bare Decimal."""
    data = plants.plant()
    result = power.RULES.evaluate(2024, data)
    assert bare.report(data)["enterprise_allowance"] == result.value("enterprise_allowance")
    ours = best(lambda: power.RULES.evaluate(2024, data), 20)
    reference = best(lambda: bare.report(data), 20)
    values = sum(len(column) for column in result.columns.values())
    words = f"{ours * 1000:.1f} ms, {ours / reference:.1f} × bare Decimal ({reference * 1000:.1f} ms), {values} values kept"
    return [
        Line(
            "explained report, 4 units × 12 months × 2 fuels + heat",
            words,
            "≤ 10 ms and ≤ 3 ×",
            ours <= 0.01 and ours <= 3 * reference,
        )
    ]


def arrays(units: int = 100_000) -> list[Line]:
    """1,200,000 unit-months against Polars by hand; printed values against Decimal."""
    tables = province.tables(units)
    measured = province.code("carbon_source", "MONTHLY_COMPOSITE")

    def ours() -> Any:
        return power.RULES.evaluate_arrays(2024, ArrayData.of(power.RULES, tables), wanted=WANTED)

    def hand() -> Any:
        return by_hand.power_2024(tables, measured, 400.0)

    found, reference = ours(), hand()
    differ = sum(
        int(
            (
                np.rint(found.column(name) * 10**places)
                != np.rint(reference[frame][column].to_numpy() * 10**places)
            ).sum()
        )
        for name, (frame, column, places) in SAME.items()
    )
    time_ours, time_hand = best(ours), best(hand)
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    checked, wrong = against_decimal(tables, found, units // 50)
    return [
        Line(f"{units * 12:,} unit-months on arrays, tables in, results out",
             f"{time_ours:.2f} s, {time_ours / time_hand:.1f} × Polars by hand ({time_hand:.2f} s)", "≤ 3 ×", time_ours <= 3 * time_hand),
        Line("the same: printed values that differ", f"{differ} from Polars, {wrong} of {checked:,} from Decimal", "0", differ + wrong == 0),
        Line("the same: memory of the whole run", f"{gigabytes:.2f} GB", "≤ 2 GB", gigabytes <= 2),
    ]  # fmt: skip


def against_decimal(tables: dict[str, Any], found: Any, plants_checked: int) -> tuple[int, int]:
    """Compare the first plants with the exact path."""
    checked = wrong = 0
    for plant in range(plants_checked):
        exact = power.RULES.evaluate(2024, dataset(tables, plant))
        for name in WANTED:
            grain = power.RULES.grain_of(name)
            rows = (
                np.flatnonzero(found.data.report[grain] == plant)
                if plant < 0
                else slice(*np.searchsorted(found.data.report[grain], [plant, plant + 1]))
            )
            legal = [value for _, value in sorted(exact.items(name), key=lambda item: item[0])]
            numbers = [int(value) if isinstance(value, Member) else float(value) for value in legal]
            checked += len(numbers)
            wrong += int((found.column(name)[rows] != numbers).sum())
    return checked, wrong


def dataset(tables: dict[str, Any], plant: int) -> Dataset:
    """Return one plant of the province with exact values."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, columns in tables.items():
        start, stop = np.searchsorted(columns["report"], [plant, plant + 1])
        words = [column for column in columns if column != "report"]
        rows[name] = [
            plants.typed(name, **{word: value(name, word, columns[word][at]) for word in words})
            for at in range(start, stop)
        ] or [{}]  # fmt: skip
    return Dataset.of(rows)


def value(table: str, name: str, raw: Any) -> Any:
    """Return a column's element as a row has it."""
    if name in plants.TABLES[table].grain.dimensions:
        return int(raw)
    unit = power.RULES.unit_of(name)
    return unit.by_code(int(raw)).key if isinstance(unit, Choices) else repr(float(raw))  # type: ignore[union-attr]


def openfisca(units: int = 100_000) -> list[Line]:
    """The same figures in OpenFisca-Core."""
    try:
        from benchmarks import openfisca_reference as reference
    except ImportError:
        return [Line("OpenFisca-Core", "not installed (requirements/bench.txt)", "faster", kept=False)]
    tables = province.tables(units)
    columns = {
        name: np.asarray(column, dtype=np.float64).reshape(units, 12)
        for table in ("fuel_months", "generator_months", "heat_flows")
        for name, column in tables[table].items()
        if name in reference.INPUTS
    }
    composite = province.code("carbon_source", "MONTHLY_COMPOSITE")
    columns["measured"] = (
        (tables["fuel_months"]["carbon_source"] == composite).reshape(units, 12).astype(float)
    )
    capacity = tables["generators"]["generator_capacity"]
    times, result = [], {}
    for _ in range(3):
        built = reference.simulation(columns, capacity)
        start = time.perf_counter()
        result = reference.run(built)
        times.append(time.perf_counter() - start)
    data = ArrayData.of(power.RULES, tables)
    wanted = ("combustion_emissions", "surrender_emissions", "unit_allowance")
    found = power.RULES.evaluate_arrays(2024, data, wanted=wanted)
    ours = best(lambda: power.RULES.evaluate_arrays(2024, data, wanted=wanted))
    off = np.abs(result["emissions"].reshape(-1) - found.column("combustion_emissions")) > 0.005
    allowances = int((result["allowance"] != found.column("unit_allowance")).sum())
    words = (
        f"{ours:.2f} s against {min(times):.2f} s; OpenFisca is off by more than half a cent in {off.mean():.0%} of the "
        f"monthly totals and {allowances:,} of {units:,} allowances"
    )
    return [
        Line(
            "the same in OpenFisca-Core (filled in, then computed)",
            words,
            "faster and exact",
            ours < min(times),
        )
    ]


def documents() -> list[Line]:
    """Workbook in, PDF out."""
    from benchmarks import papers

    return [Line(*line) for line in papers.lines(best, io.BytesIO)]


def main() -> int:
    """Print the table."""
    wanted = set(sys.argv[1:])
    parts = {"report": report, "arrays": arrays, "openfisca": openfisca, "documents": documents}
    missed = 0
    for name, part in parts.items():
        if wanted and name not in wanted:
            continue
        for line in part():
            missed += not line.kept
            print(
                f"{'ok  ' if line.kept else 'MISS'}  {line.what}\n      {line.found}   (bar: {line.bar})",
                flush=True,
            )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
