"""Write the workbooks of the fictitious works of ceramics, magnesium and copper: `python examples/make_kilns.py`. The same bytes each time."""

# ruff: noqa: INP001 - a script beside the workbooks it writes

from __future__ import annotations

from pathlib import Path

from shutan.cli.plants.kilns import kiln_plants
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.rules.registry import rule_set

HERE = Path(__file__).parent


def main() -> None:
    """Write all three."""
    for plant in kiln_plants():
        target = HERE / f"{plant.slug}.xlsx"
        write_template(rule_set(plant.sector), plant.year, target, data=plant.dataset())
        reading = read_workbook(target, rules_year=plant.rules_year)
        if reading.rules is None or not reading.complete:
            raise SystemExit(f"{target.name}: {[one.text('en') for one in reading.problems]}")
        print(target.name)  # noqa: T201 - says what it wrote


if __name__ == "__main__":
    main()
