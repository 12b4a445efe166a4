"""Write the example workbooks of the sectors and the README beside them: `python examples/sectors/make.py`."""

# ruff: noqa: INP001 - a script beside the workbooks it writes

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from shutan.cli.plants.sectors import sector_plants
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.rules.registry import rule_set

HERE = Path(__file__).parent

HEAD = """# Sectors 行业示例

One **fictitious** enterprise of Sichuan for each sector. `python examples/sectors/make.py` writes them anew, byte for byte.

每个行业一家**虚构**的四川企业。名称、地址、人员、数据均为虚构，与任何单位无关。

    shutan report examples/sectors/glass_2023.xlsx -o out

| file | sector | enterprise | tCO2e |
|---|---|---|---:|
"""


def main() -> None:
    """Write everything."""
    lines = HEAD
    for plant in sector_plants():
        target = HERE / f"{plant.slug}.xlsx"
        rules = rule_set(plant.sector)
        write_template(rules, plant.year, target, data=plant.dataset())
        reading = read_workbook(target, rules_year=plant.rules_year)
        if reading.rules is None or not reading.complete:
            raise SystemExit(f"{target.name}: {[one.text('en') for one in reading.problems]}")
        assert rules.report is not None  # noqa: S101 - every sector has one
        total = rules.evaluate(plant.rules_year, reading.data).value(rules.report.summary[0])
        figure = f"{total:,.2f}" if isinstance(total, Decimal) else "waiting 待定"
        chinese, _, english = plant.title.partition("|")
        lines += (
            f"| `{plant.slug}.xlsx` | {rules.title.partition('|')[0]} | {english}<br>{chinese} | {figure} |\n"
        )
        print(target.name)  # noqa: T201 - says what it wrote
    (HERE / "README.md").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
