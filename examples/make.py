"""Write the example workbooks and the README beside them: `python examples/make.py`. The same call, the same bytes."""

# ruff: noqa: INP001 - a script beside the workbooks it writes

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from shutan.cli.plants import PlantYear, captive, industrial_works, power_plants
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Member, Origin, Result
from shutan.kernel.evaluate import table_key
from shutan.rules.registry import rule_set

HERE = Path(__file__).parent

HEAD = """# Examples 示例

**Fictitious** enterprises of Sichuan, at least one of each sector, and one **real** plant of the United States. `python examples/make.py`
writes them anew, byte for byte; `shutan demo` sends the same figures through the web's actions.

每个行业至少一家**虚构**的四川企业，另有一家**真实**的美国电厂。名称、地址、人员、数据均为虚构（真实电厂除外），与任何单位无关。

    shutan report examples/chuannan_2024.xlsx -o out
    shutan explain examples/chuannan_2024.xlsx combustion_emissions@1号机组/烟煤/3
    shutan allocate examples/chengdu_2024.xlsx
    shutan report examples/us_coal_plant_2014.xlsx -o out --rules-year 2024
    shutan allocate examples/cement_2024.xlsx
    shutan enterprise examples/group_2024.xlsx examples/steel_2024.xlsx examples/captive_2024.xlsx -o out

## Power 发电

| file | plant | tCO2 burned | allowances | gap |
|---|---|---:|---:|---:|
"""

SECTORS = """
## Other sectors, energy, lists 其他行业、能耗、名录

| file | sector | enterprise | first result |
|---|---|---|---|
"""

FAULTS = """
## Planted faults 植入的错误

Put in on purpose; `shutan report` finds each, some by a second check too. The fictitious files not named here have no finding at all.

| file | check | cell | what |
|---|---|---|---|
"""

NOTES = """
## What to look at 看点

"""

TAIL = """
## The real plant

J. K. Spruce, San Antonio, Texas (EIA plant 7097), 2014. Coal, heat content and gas: US Energy Information Administration, form EIA-923, public
domain; stack measurement 9,015,725 t: US EPA continuous monitors, public domain. The monthly figures are in `src/shutan/cli/plants/us_coal_plant_2014.csv`.

It is **an exercise under the rules of 2024, not a legal report**. No carbon was tested, so the default path applies:

* one merged unit, because the source does not tell the units apart; coal and gas each month;
* net = gross − (206 × 3.5 + 23 × 27)/1000 GJ/t, three decimals; hydrogen 3.5 % and moisture 27 % are assumptions;
* coal 0.03085 tC/GJ; gas by the defaults of appendix A; carbon content **not rounded** (input *decimals of carbon content*; with the guideline's
  four decimals it is 9,848,535 t). Result 9,848,650 t, 9.2 % above the stack: the default is meant to be conservative;
* the source has *net* generation; 发电量 is what the generator makes. The cells stay empty: no allowance is shown, and the report says why.
"""


def main() -> None:
    """Write everything."""
    plants, faults, notes = HEAD, FAULTS, NOTES
    for plant in power_plants():
        result = _written(plant)
        plants += _line(plant, result)
        for fault in plant.planted:
            place = _place(result, fault.table, fault.key, fault.name)
            chinese, _, english = fault.text.partition("|")
            faults += f"| {plant.slug} | {fault.check} | {place} | {english}<br>{chinese} |\n"
        for remark in plant.remarks:
            chinese, _, english = remark.partition("|")
            notes += f"* **{plant.slug}**: {english} — {chinese}\n"
    works = (*industrial_works(), captive())
    sectors = SECTORS + "".join(_sector_line(plant, _written(plant)) for plant in works)
    (HERE / "README.md").write_text(plants + sectors + faults + notes + TAIL, encoding="utf-8")


def _written(plant: PlantYear) -> Result:
    """Write one workbook and return what is computed from it."""
    target = HERE / f"{plant.slug}.xlsx"
    write_template(rule_set(plant.sector), plant.year, target, data=plant.dataset())
    reading = read_workbook(target, rules_year=plant.rules_year)
    if reading.rules is None or not reading.computable:
        raise SystemExit(f"{target.name}: {[one.text('en') for one in reading.problems]}")
    print(target.name)  # noqa: T201 - says what it wrote
    return reading.rules.evaluate(plant.rules_year, reading.data)


def _sector_line(plant: PlantYear, result: Result) -> str:
    rules = result.rules
    assert rules.report is not None  # noqa: S101 - every example has one
    name = rules.report.summary[0]
    value = result.value(name)
    unit = rules.unit_of(name)
    label, _ = rules.labels_of(name)
    if isinstance(value, Decimal):
        shown = f"{value:,.2f} {unit}"
    else:
        shown = value.zh if isinstance(value, Member) else "waiting 待定"
    chinese, _, english = plant.title.partition("|")
    title = " ".join(rules.title.split("|"))
    return f"| `{plant.slug}.xlsx` | {title} | {english}, {plant.year}<br>{chinese} | {label}: {shown} |\n"


def _line(plant: PlantYear, result: Result) -> str:
    values = [
        _figure(result.value(name))
        for name in ("enterprise_combustion_emissions", "enterprise_allowance", "allowance_gap")
    ]
    chinese, _, english = plant.title.partition("|")
    return f"| `{plant.slug}.xlsx` | {english}, {plant.year}<br>{chinese} | {' | '.join(values)} |\n"


def _figure(value: object) -> str:
    return f"{value:,}" if isinstance(value, Decimal) else "waiting 待定"


def _place(result: Result, table: str, key: tuple[object, ...], name: str) -> str:
    """Return sheet and cell; a cell left empty has none, so its row's first cell stands for it."""
    rules = result.rules
    origin = result.origin(name, key)
    if origin is None:
        declared = next(one for one in rules.tables if one.name == table)
        row = next(one for one in result.data.rows(table) if table_key(declared, one.values) == key)
        first: Origin = next(iter(row.origins.values()))
        return f"{first} …: {rules.inputs[name].zh}"
    return str(origin)


if __name__ == "__main__":
    main()
