"""达州示范燃机发电有限公司（虚构）: two combined cycles that burn natural gas when the rivers are low."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shutan.cli.plants.common import (
    Cells,
    PlantedFault,
    PlantYear,
    Tables,
    days_of,
    enterprise,
    hours_of,
    last_of,
    number,
    row_of,
    wobble,
)
from shutan.cli.plants.units import generated, plant_tables, sent_out
from shutan.rules.common.fuels import Basis, CarbonSource, ConsumptionSource, Detail, FuelKind, NcvSource
from shutan.rules.power.choices import (
    BoilerHeatMethod,
    BoilerType,
    Cooling,
    OperatingStatus,
    Product,
    UnitCategory,
)

NAME = "达州示范燃机发电有限公司（虚构）"
UNITS = ("1号机组", "2号机组")
GAS = "天然气"
GENERATORS = {"燃气轮发电机": Decimal(310), "汽轮发电机": Decimal(160)}
EFFICIENCY = Decimal("0.571")
STATION = Decimal("0.021")
WASTE_HEAT = Decimal("0.47")  # part of the gas's heat that the waste-heat boiler takes up
NCV, CARBON_PER_HEAT = Decimal("354.2"), Decimal("0.01531")
# Share of the month's hours that a unit runs; the second one stands still while the rivers are high.
RUNNING = {
    "1号机组": [Decimal(one) / 100 for one in (78, 74, 66, 41, 18, 12, 35, 82, 30, 22, 55, 81)],
    "2号机组": [Decimal(one) / 100 for one in (70, 69, 52, 20, 0, 0, 16, 74, 0, 12, 44, 76)],
}
BASE = {2023: (571230, 428115), 2024: (598410, 436200)}


def dazhou(year: int) -> PlantYear:
    """Return one year of the plant; 2023 has the planted faults."""
    tables = plant_tables(
        year,
        enterprise(NAME, "91511700MA00DEM037", "四川省达州市", "107.468000", "31.209500"),
        [_unit(unit) for unit in UNITS],
        generators=GENERATORS,
        fuels=_fuels,
        bases=BASE[year],
        month=_month,
    )
    return PlantYear(
        slug=f"dazhou_{year}",
        title="达州示范燃机 2×470 MW 燃气联合循环（虚构）|Dazhou, 2×470 MW gas combined cycle (fictitious)",
        year=year,
        rules_year=year,
        tables=tables,
        planted=_plant_faults(tables) if year == 2023 else (),  # noqa: PLR2004 - the year with faults
        organisation="gas",
        remarks=(
            "1号机组每月两次气质分析取算术平均；2号机组丰水期停运|unit 1: mean of two gas analyses a month; unit 2 stands still in the wet season",
        ),
    )


def _unit(unit: str) -> Cells:
    return {
        "unit": unit,
        "unit_category": UnitCategory.CCPP,
        "product": Product.CONDENSING,
        "main_fuel_kind": FuelKind.NATURAL_GAS,
        "boiler_type": BoilerType.WASTE_HEAT,
        "boiler_name": f"{unit[0]}号余热锅炉 SF-HRSG（虚构）",
        "turbine_name": f"{unit[0]}号燃气轮机、汽轮机（虚构）",
        "turbine_type": "燃气—蒸汽联合循环",
        "turbine_capacity": Decimal(470),
        "cooling": Cooling.WATER,
        "boiler_heat_method": BoilerHeatMethod.REPORTED,
        "commissioned_on": dt.date(2016, 6, 30),
    }


def _fuels(unit: str) -> list[Cells]:
    return [
        {
            "unit": unit,
            "fuel": GAS,
            "fuel_kind": FuelKind.NATURAL_GAS,
            "consumption_source": ConsumptionSource.PRODUCTION_RECORD,
            "fuel_origin": "川东北气田（虚构供应商）",
        }
    ]


def _month(tables: Tables, year: int, unit: str, month: int) -> None:
    seed = (NAME, year, unit, month)
    share = RUNNING[unit][month - 1]
    hours = number(hours_of(year, month) * share * (1 + wobble(*seed, "hours") / 20), 2)
    load = Decimal("0.84") + wobble(*seed, "load") / 25
    generation = Decimal(0)
    for generator, capacity in GENERATORS.items():
        made = number(capacity * hours * load, 3)
        generation += made
        tables["generator_months"].append(generated(unit, generator, month, made, hours))
    ncv = number(NCV * (1 + wobble(*seed, "ncv") / 60), 3)
    carbon = number(ncv * (CARBON_PER_HEAT + wobble(*seed, "carbon") / 50000), 4)
    amount = number(generation * Decimal("3.6") / EFFICIENCY / ncv, 2)
    row: Cells = {
        "unit": unit,
        "fuel": GAS,
        "month": month,
        "fuel_consumption_reported": amount,
        "fuel_purchased": amount,
    }
    if not amount:
        row["carbon_source"] = CarbonSource.NOT_MEASURED
    else:
        row |= {
            "carbon_source": CarbonSource.MONTHLY_TEST,
            "carbon_reported": carbon,
            "carbon_basis": Basis.RECEIVED,
            "ncv_source": NcvSource.MEASURED,
            "ncv_ar_reported": ncv,
        }
        if unit == UNITS[0]:
            _analyses(tables, year, row)
    tables["fuel_months"].append(row)
    tables["unit_months"].append(
        {
            "unit": unit,
            "month": month,
            "operating_status": OperatingStatus.RUNNING if amount else OperatingStatus.STOPPED,
            "purchased_electricity": number((1 - share) * (820 + 60 * wobble(*seed, "bought")), 3),
            **sent_out(generation, STATION),
            "boiler_heat_reported": number(amount * ncv * WASTE_HEAT, 2),
        }
    )


def _analyses(tables: Tables, year: int, row: Cells) -> None:
    """Add two analyses of the gas, of which the month is the arithmetic mean."""
    month = row["month"]
    ncv, carbon = row.pop("ncv_ar_reported"), row.pop("carbon_reported")
    row["carbon_detail"] = row["ncv_detail"] = Detail.SAMPLES
    for at, sign in enumerate((1, -1)):
        day = 8 if at == 0 else days_of(year, month) - 6
        tables.setdefault("samples", []).append(
            {
                "unit": row["unit"],
                "fuel": GAS,
                "month": month,
                "sample": f"{month:02d}-{at + 1}",
                "sampled_on": last_of(year, month).replace(day=day),
                "sample_ncv_ar": ncv + sign * number(wobble(year, month, "pair"), 3),
                "sample_carbon": carbon + sign * number(wobble(year, month, "pair") / 60, 4),
                "sample_carbon_basis": Basis.RECEIVED,
            }
        )


def _plant_faults(tables: Tables) -> tuple[PlantedFault, ...]:
    first, second = UNITS
    march = row_of(tables, "fuel_months", unit=second, fuel=GAS, month=3)
    march["ncv_ar_reported"] = Decimal("417.900")
    december = row_of(tables, "generator_months", unit=second, generator="汽轮发电机", month=12)
    december["generation_reported"] = number(december["generation_reported"] * Decimal("1.46"), 3)
    row_of(tables, "generator_months", unit=first, generator="汽轮发电机", month=8)["generator_hours"] = (
        Decimal("0.00")
    )
    return (
        PlantedFault(
            "RNG-10",
            "fuel_months",
            (second, GAS, 3),
            "ncv_ar_reported",
            "低位发热量417.9 GJ/10⁴Nm³，超出天然气范围（疑似高位发热量）"
            "|417.9 GJ/10⁴Nm³, outside natural gas (a gross value?)",
        ),
        PlantedFault(
            "RNG-09",
            "generator_months",
            (second, "汽轮发电机", 12),
            "generation_reported",
            "发电量超过额定功率乘运行小时|more electricity than rated power times hours",
        ),
        PlantedFault(
            "STR-09",
            "generator_months",
            (first, "汽轮发电机", 8),
            "generator_hours",
            "有发电量而运行小时为0|electricity but no running hours",
        ),
    )
