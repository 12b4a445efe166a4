"""A real coal plant of 2014, run under the rules of 2024 as an exercise: what the default path gives against the stack."""

from __future__ import annotations

import csv
from decimal import Decimal
from importlib.resources import files

from shutan.cli.plants.common import Cells, PlantYear, Tables, number
from shutan.rules.common.fuels import (
    CarbonSource,
    CoalState,
    ConsumptionSource,
    FuelKind,
    MeterState,
    NcvSource,
    YesNo,
)
from shutan.rules.power.choices import BoilerType, CarbonRounding, Cooling, Product, UnitCategory

UNIT = "1、2号机组（合并）"
COAL, GAS = "次烟煤", "天然气"
HYDROGEN, MOISTURE = Decimal("3.5"), Decimal(27)  # %, typical of this coal: an assumption
STACK = Decimal("9015725.00")  # t, continuous monitors of both units
GENERATORS = {"1号发电机": Decimal(566), "2号发电机": Decimal(785)}
SOURCE = (
    "美国能源信息署 EIA-923 表（2014）和环保署烟气连续监测（2014），公有领域；J. K. Spruce 电厂（EIA 7097），得克萨斯州圣安东尼奥"
    "|US EIA form EIA-923 (2014) and US EPA continuous monitors (2014), public domain; J. K. Spruce (EIA plant 7097), San Antonio, Texas"
)

NOTE = (
    "练习，非法定报告（数据：EIA-923、EPA，2014）。源数据是净上网电量，不是发电机出口的发电量：发电量留空，不核定配额。"
    "|An exercise. The source has net generation, not 发电量 at the generator: left empty, so no allocation."
)


def net(gross: Decimal) -> Decimal:
    """Return net from gross calorific value, GJ/t: the heat of the vapour of hydrogen and moisture taken off."""
    return number(gross - (206 * HYDROGEN + 23 * MOISTURE) / 1000, 3)


def us_coal_plant() -> PlantYear:
    """Return the plant. Its units cannot be told apart in the source: one merged unit."""
    with (files("shutan.cli.plants") / "us_coal_plant_2014.csv").open(encoding="utf-8") as file:
        months = list(csv.DictReader(file))
    tables: Tables = {
        "enterprise": [
            {
                "enterprise_name": "J. K. Spruce 电厂（美国，EIA 7097）：练习，非法定报告 exercise, not a legal report",
                "credit_code": "不适用（境外）not applicable",
                "production_address": "San Antonio, Texas, USA",
                "production_changes": NOTE,
                "stack_measured_emissions": STACK,
                # Both readings of trap T3 are open; the unrounded one lets the arithmetic be compared with the stack.
                "carbon_rounding": CarbonRounding.UNROUNDED,
            }
        ],
        "units": [
            {
                "unit": UNIT,
                "unit_category": UnitCategory.CONVENTIONAL_COAL,
                "product": Product.CONDENSING,
                "main_fuel_kind": FuelKind.BITUMINOUS,
                "boiler_type": BoilerType.PULVERISED_COAL,
                "cooling": Cooling.WATER,
                "merged": YesNo.YES,
                "merged_units": "1, 2",
            }
        ],
        "generators": [
            {"unit": UNIT, "generator": name, "generator_capacity": capacity}
            for name, capacity in GENERATORS.items()
        ],
        "fuels": [
            {
                "unit": UNIT,
                "fuel": COAL,
                "fuel_kind": FuelKind.BITUMINOUS,
                "consumption_source": ConsumptionSource.PRODUCTION_RECORD,
                "consumption_state": CoalState.AS_RECEIVED,
                "tested_state": CoalState.AS_RECEIVED,
                "fuel_origin": "Powder River Basin",
            },
            {"unit": UNIT, "fuel": GAS, "fuel_kind": FuelKind.NATURAL_GAS},
        ],
        "fuel_months": [row for month in months for row in _burned(month)],
        # Net generation is known, 发电量 (at the generator's terminals) is not: the cells stay empty, and what needs them waits.
        "generator_months": [
            {
                "unit": UNIT,
                "generator": name,
                "month": int(month["month"]),
                "generation_meter_state": MeterState.IN_SPECIFICATION,
            }
            for name in GENERATORS
            for month in months
        ],
        "unit_months": [
            {"unit": UNIT, "month": int(month["month"]), "purchased_electricity": Decimal("0.000")}
            for month in months
        ],
    }
    return PlantYear(
        slug="us_coal_plant_2014",
        title="真实电厂练习：J. K. Spruce，2014年，按2024年度规则|A real plant as an exercise: J. K. Spruce, 2014, by the rules of 2024",
        year=2014,
        rules_year=2024,
        tables=tables,
        source=SOURCE,
        remarks=(
            "练习，非法定报告：按2024年度规则计算2014年的数据|an exercise, not a legal report: figures of 2014 by the rules of 2024",
            "源数据是净上网电量，不是发电量，因此发电量留空，配额等待|the source has net generation, which is not 发电量: left empty, so allowances wait",
            "低位发热量 = 高位发热量 − (206×3.5 + 23×27)/1000；氢3.5 %、水分27 % 为假设|net = gross − (206×3.5 + 23×27)/1000; hydrogen 3.5 % and moisture 27 % are assumptions",
        ),
    )


def _burned(month: dict[str, str]) -> list[Cells]:
    at = int(month["month"])
    return [
        {
            "unit": UNIT,
            "fuel": COAL,
            "month": at,
            "fuel_consumption_reported": Decimal(month["coal_t"]),
            "carbon_source": CarbonSource.NOT_MEASURED,
            "ncv_ar_reported": net(Decimal(month["coal_gross_calorific_value_GJ_per_t"])),
        },
        {
            "unit": UNIT,
            "fuel": GAS,
            "month": at,
            "fuel_consumption_reported": number(month["natural_gas_1e4Nm3_approx"], 2),
            "carbon_source": CarbonSource.NOT_MEASURED,
            "ncv_source": NcvSource.DEFAULT,
        },
    ]
