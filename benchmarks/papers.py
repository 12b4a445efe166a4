"""Workbook in, PDF out: a plant of four units whose coal is weighed and tested every day."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Callable
from typing import Any

from benchmarks import plants
from shutan.documents.report_pdf import write_pdf
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Dataset
from shutan.kernel.dataset import Row
from shutan.rules import power

YEAR = 2024
PAGES = 20  # of the report the bar is about


def daily_plant(units: int = 4) -> Dataset:
    """Return the plant of `plants.py` with a sample of its coal for every day."""
    data = plants.plant(units)
    for row in data.rows("fuel_months"):
        if row.values["fuel"] == "烟煤":
            row.values |= plants.typed("fuel_months", ncv_detail="SAMPLES", moisture_detail="SAMPLES")
    data.tables["samples"] = [
        Row(plants.typed(
            "samples", unit=f"{unit}号机组", fuel="烟煤", month=month, sample=day,
            sample_amount=f"{3000 + 37 * day % 211}.25", sample_ncv_ar=f"{20 + day % 7 / 10:.3f}",
            sample_moisture_ar=f"{9 + day % 5 / 4:.2f}", sample_moisture_ad=f"{2 + day % 3 / 4:.2f}",
        ))
        for unit in range(1, units + 1) for month in range(1, 13) for day in range(1, calendar.monthrange(YEAR, month)[1] + 1)
    ]  # fmt: skip
    return data


def cells(data: Dataset) -> int:
    """Return how many cells a person filled in, besides those that say what a row is about."""
    return sum(
        len(row.values.keys() - plants.TABLES[name].grain.dimensions)
        for name, rows in data.tables.items()
        for row in rows
    )


def pages(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    return max(map(int, re.findall(rb"/Count (\d+)", content)), default=0)


def lines(
    best: Callable[[Callable[[], Any], int], float], units: int = 4
) -> list[tuple[str, str, str, bool]]:
    """Return the lines of the table."""
    data = daily_plant(units)
    filled = io.BytesIO()
    write_template(power.RULES, YEAR, filled, data=data)
    reading = read_workbook(filled.getvalue())
    assert {one.code for one in reading.errors} <= {"cell.missing"}, reading.errors[
        :3
    ]  # the plant has no name
    result = power.RULES.evaluate(YEAR, reading.data)
    assert result.column("combustion_emissions") == power.RULES.evaluate(YEAR, data).column(
        "combustion_emissions"
    )
    read = best(lambda: read_workbook(filled.getvalue()), 3)
    longer = power.RULES.evaluate(YEAR, plants.plant(2 * units))

    def report() -> bytes:
        target = io.BytesIO()
        write_pdf(longer, target)
        return target.getvalue()

    count = pages(report())
    written = best(report, 3)
    return [
        (f"workbook of a {units}-unit plant with daily coal: read and validate",
         f"{read:.2f} s, {cells(data):,} cells", "≤ 1.5 s", read <= 1.5),
        (f"PDF of the report of {2 * units} units", f"{written:.2f} s, {count} pages",
         f"≤ 2 s for {PAGES} pages", written <= 2 and count >= PAGES),
    ]  # fmt: skip
