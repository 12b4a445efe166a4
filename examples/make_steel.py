"""Write the workbook of a fictitious steel works: `python examples/make_steel.py`. The same call, the same bytes.

Everything in it is made up: name, code, people, figures. 虚构企业，名称、代码、人员、数据均为虚构。
"""

# ruff: noqa: INP001 - a script beside the workbook it writes

from __future__ import annotations

from pathlib import Path

from shutan.cli.plants.steel import steel_works
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

HERE = Path(__file__).parent


def main() -> None:
    """Write the workbook."""
    plant = steel_works()
    target = HERE / f"{plant.slug}.xlsx"
    write_template(rule_set(plant.sector), plant.year, target, data=plant.dataset())
    print(target.name)  # noqa: T201 - says what it wrote


if __name__ == "__main__":
    main()
