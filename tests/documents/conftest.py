"""A small sector of its own: documents must work for a rule set they have never seen."""

from decimal import Decimal
from types import ModuleType

import pytest

from shutan.kernel import (
    CO2_PER_C,
    Choice,
    Choices,
    Dataset,
    Date,
    Grain,
    MeanBy,
    Number,
    Rule,
    RuleSet,
    Table,
    Text,
    Total,
    both,
    maximum,
    rule,
    when,
)
from shutan.kernel.report import Bars, Curves, Line, ListTable, MonthTable, Report, RowTable, Stack, UnitBy

PLANT, UNIT, UNIT_MONTH = Grain("plant"), Grain("unit", "unit"), Grain("unit_month", "unit", "month")
FUEL, FUEL_MONTH = Grain("fuel", "unit", "fuel"), Grain("fuel_month", "unit", "fuel", "month")
TEST = Grain("test", "unit", "fuel", "month", "sample")

Kind = Choices("Kind", COAL="煤|coal", GAS="气|gas", PEAT="泥炭|peat")
Answer = Choices("Answer", NO="否|no", YES="是|yes")
Size = Choices("Size", SMALL="小|small", LARGE="大|large")

TABLES = (
    Table("plant", PLANT, "基本信息|Plant", (
        Text("plant_name", "名称|name"), Text("remark", "备注|remark", optional=True, length=50),
        Date("opened", "投产|opened", optional=True),
        Number("altitude", "海拔|altitude", unit="m", places=1, optional=True),
        Choice("listed", Answer, "上市|listed", default="NO"),
    )),
    Table("units", UNIT, "机组|Units", (
        Number("capacity", "容量|capacity", unit="MW", places=1, minimum=0, clause="T 1"),
        Date("closed", "关停|closed", optional=True),
    ), keys=("机组|unit",)),
    Table("fuels", FUEL, "燃料|Fuels", (Choice("kind", Kind, "品种|kind", clause="T 1"),), keys=("机组|unit", "燃料|fuel")),
    Table("fuel_months", FUEL_MONTH, "燃料月报|Fuel by month", (
        Number("amount", "消耗量|amount", unit="fuel_unit", places=2, minimum=0, symbol="FC", clause="T 1"),
        Number("carbon", "含碳量|carbon", unit="tC/fuel_unit", places=4, minimum=0, symbol="C", clause="T 1", help="实测|measured"),
        Number("ncv", "热值|calorific value", unit="GJ/fuel_unit", places=3, minimum=0, optional=True),
        Number("moisture", "水分|moisture", unit="%", places=2, minimum=0, maximum=100, optional=True),
        Text("report_number", "报告编号|report number", optional=True),
    ), keys=("机组|unit", "燃料|fuel", "月份|month")),
    Table("unit_months", UNIT_MONTH, "机组月报|Unit by month", (
        Number("bought", "购入电量|bought electricity", unit="MWh", places=3),
        Number("output", "发电量|output", unit="MWh", places=3, minimum=0),
    ), keys=("机组|unit", "月份|month")),
    Table("tests", TEST, "检测|Tests", (
        Date("tested", "日期|tested on", optional=True),
        Number("test_amount", "煤量|amount", unit="t", places=2, minimum=0),
        Number("test_ncv", "热值|calorific value", unit="GJ/t", places=3, minimum=0),
    ), keys=("机组|unit", "燃料|fuel", "月份|month", "样品|sample"), optional=True),
)  # fmt: skip


@rule("T 1", grain=FUEL_MONTH, unit="tCO2", places=2)
def emissions(amount, carbon, kind, *, oxidation):
    """排放量 E_燃烧: Carbon burned, as CO2."""
    return when(amount == 0, 0, when(kind == Kind.PEAT, amount, amount * carbon * oxidation * CO2_PER_C))


@rule("T 1", grain=FUEL_MONTH, unit="GJ/t", places=3)
def tested_ncv(test_ncv: MeanBy["test_amount"]):
    """检测热值 NCV: Tests weighted by amount."""
    return test_ncv


@rule("T 1", grain=UNIT_MONTH, unit="tCO2")
def unit_emissions(emissions: Total, bought, *, grid):
    """机组排放量 E: Fuels and electricity."""
    return emissions + bought * grid


@rule("T 1", grain=UNIT_MONTH, unit="tCO2/MWh", places=4)
def intensity(unit_emissions, output):
    """强度 I: Emissions by output."""
    return unit_emissions / output


@rule("T 1", grain=UNIT, unit="tCO2", places=0, mode="floor")
def yearly(unit_emissions: Total):
    """年排放量: The year."""
    return unit_emissions


@rule("T 1", grain=UNIT, unit=Size)
def size(capacity, yearly):
    """规模: By capacity."""
    return when(both(capacity >= 100, yearly >= 0), Size.LARGE, Size.SMALL)


@rule("T 1", grain=UNIT, unit="tCO2", places=1, mode="half_even")
def allowance(output: Total, capacity, *, benchmark):
    """配额 A: Output times benchmark, at least the capacity."""
    return maximum(output * benchmark, capacity)


@rule("T 1", grain=PLANT, unit="tCO2")
def total(yearly: Total):
    """总量 S: All units."""
    return yearly


@rule("T 1", grain=PLANT, unit="t", places=0)
def unknown_total(total, *, later):
    """待定量: Waits for a value."""
    return total * later


@rule("T 1", grain=PLANT, unit="tCO2")
def plant_allowance(allowance: Total):
    """总配额: All units."""
    return allowance


def module():
    """The rules above, as the module a rule set takes."""
    made = ModuleType("sector")
    vars(made).update({name: one for name, one in globals().items() if isinstance(one, Rule)})
    return made


REPORT = Report(
    "年度报告|Annual report",
    tables=(
        ListTable("C.1", "基本信息|Basics", PLANT, ("plant_name", "opened", "listed")),
        ListTable("C.2", "机组|Units", UNIT, ("capacity", "size")),
        MonthTable("C.3", "燃烧|Combustion", UNIT, (
            Line("amount", "", "A"), Line("carbon", "", "B"), Line("emissions", "", "F"), Line("unit_emissions", "yearly", "G"),
        )),
        RowTable("C.4", "配额|Allowances", UNIT, ("size", "yearly", "allowance"), note="注|Note"),
    ),
    figures=(
        Stack("月排放量|Monthly emissions", "emissions", "fuel"),
        Curves("强度|Intensity", "intensity", "benchmark"),
        Bars("配额|Allowances", ("yearly", "allowance")),
    ),
    summary=("total", "plant_allowance", "unknown_total"),
    explained=("total", "yearly", "emissions"),
    name_input="plant_name",
)  # fmt: skip

CLAUSES = """[{id: T 1, instrument: 试行指南, number: '1', zh: 排放, en: Emissions, summary: s, summary_zh: 排放,
  from: 2020-01-01, kind: computed, status: official, source: t}]"""
PARAMETERS = """
oxidation:
  {zh: 氧化率, en: oxidation rate, unit: "1", by: [kind], values: [
    {from: 2020-01-01, value: {COAL: "0.99", GAS: "0.995"}, source: 一号文, article: "3", status: official},
    {from: 2024-07-01, value: {COAL: "0.98"}, source: 二号文, article: "4", status: recalled}]}
grid: {zh: 电网因子, en: grid factor, unit: tCO2/MWh, values: [{from: 2020-01-01, value: "0.5703", source: 一号文, status: secondary}]}
benchmark: {zh: 基准值, en: benchmark, unit: tCO2/MWh, values: [{from: 2020-01-01, value: "0.8125", source: 一号文, status: official}]}
later: {zh: 以后公布的系数, en: later factor, unit: "1", values: [{from: 2020-01-01, value: null, source: 一号文, status: unknown}]}
"""


@pytest.fixture(scope="session")
def sector(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sector")
    (folder / "parameters").mkdir()
    (folder / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    (folder / "parameters" / "p.yaml").write_text(PARAMETERS, encoding="utf-8")
    return RuleSet(
        "sector",
        "试验行业|Test sector",
        tables=TABLES,
        modules=(module(),),
        folders=(folder,),
        report=REPORT,
        units={"fuel_unit": UnitBy("kind", "t|t", GAS="10⁴Nm³|10⁴ Nm³")},
    )


def filled(units=2, tests=0):
    """A lawful year: a stopped month, more electricity given back than bought, awkward text, ties."""
    data = {
        "plant": [{"plant_name": "=蜀虚构电厂", "remark": "@x", "listed": Answer.YES}],
        "units": [], "fuels": [], "fuel_months": [], "unit_months": [], "tests": [],
    }  # fmt: skip
    for unit in range(1, units + 1):
        name = f"{unit}号机组"
        data["units"].append({"unit": name, "capacity": Decimal(600 if unit == 1 else 50)})
        for fuel, kind in (("烟煤", Kind.COAL), ("天然气", Kind.GAS)):
            data["fuels"].append({"unit": name, "fuel": fuel, "kind": kind})
            for month in range(1, 13):
                amount = Decimal(0) if month == 5 else Decimal("123456.78") + month * Decimal("0.25")
                row = {
                    "unit": name,
                    "fuel": fuel,
                    "month": month,
                    "amount": amount,
                    "carbon": Decimal("0.5235"),
                }
                row |= {"ncv": Decimal("22.123"), "report_number": "+1"} if kind is Kind.COAL else {}
                data["fuel_months"].append(row)
                for day in range(1, tests + 1) if kind is Kind.COAL else ():
                    data["tests"].append(
                        {"unit": name, "fuel": fuel, "month": month, "sample": f"{month}-{day}",
                         "test_amount": Decimal("4000.5"), "test_ncv": Decimal("21.5") + day * Decimal("0.001")}
                    )  # fmt: skip
        for month in range(1, 13):
            data["unit_months"].append(
                {
                    "unit": name,
                    "month": month,
                    "bought": Decimal("-12.345"),
                    "output": Decimal("250000.123") + month,
                }
            )
    return Dataset.of({name: rows for name, rows in data.items() if rows})


@pytest.fixture(scope="session", name="filled")
def filled_fixture():
    """The function that makes a year of data."""
    return filled
