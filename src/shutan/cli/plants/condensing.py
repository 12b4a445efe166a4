"""川南示范发电有限公司（虚构）: two condensing units of 600 MW that burn bituminous coal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shutan.cli.plants.coal import Coal, burned, daily_sheet
from shutan.cli.plants.common import (
    LOAD,
    TONNE_OF_STANDARD_COAL,
    Cells,
    PlantedFault,
    PlantYear,
    Tables,
    enterprise,
    hours_of,
    last_of,
    number,
    row_of,
    wobble,
)
from shutan.cli.plants.units import OIL, ONE_GENERATOR, UNTESTED, generated, oil_of, plant_tables, sent_out
from shutan.rules.common.fuels import (
    CarbonSource,
    CoalState,
    Compliance,
    ConsumptionSource,
    FuelKind,
)
from shutan.rules.power.choices import (
    BoilerHeatMethod,
    BoilerType,
    Cooling,
    OperatingStatus,
    Product,
    UnitCategory,
)

NAME = "川南示范发电有限公司（虚构）"
UNITS = ("1号机组", "2号机组")
COAL = "烟煤"
CAPACITY = Decimal(600)
RATE = Decimal("0.2885")  # tce/MWh generated, supercritical
STATION = Decimal("0.052")
BOILER = Decimal("93.8")  # efficiency, %
BITUMINOUS = Coal(
    COAL,
    ncv=Decimal("20.45"),
    carbon_per_heat=Decimal("0.02592"),
    moisture_ar=Decimal("9.6"),
    moisture_ad=Decimal("1.9"),
    carbon_daf=Decimal(83),
    hydrogen_daf=Decimal("5.1"),
    sulphur_ad=Decimal("1.6"),
)
# Hours out of service (year, unit, month); what a whole month is, is a stopped month.
OUTAGES = {
    (2023, "2号机组", 5): 744,
    (2023, "1号机组", 10): 260,
    (2024, "1号机组", 6): 720,
    (2024, "2号机组", 9): 312,
    (2025, "2号机组", 6): 408,
    (2026, "1号机组", 4): 336,
}
# Year of the verified emissions that pre-allocation starts from, by unit: figures of the year before.
BASE = {
    2023: (2861540, 2790315),
    2024: (2893016, 2674530),
    2025: (2722534, 2833905),
    2026: (2908459, 2809322),
}


def chuannan(year: int) -> PlantYear:
    """Return one year of the plant; 2023 has the planted faults, 2024 is ready to be submitted, 2026 waits for the law."""
    tables = plant_tables(
        year,
        enterprise(NAME, "91510500MA00DEM01A", "四川省泸州市", "105.441800", "28.871200")
        | {"production_changes": "无"},
        [_unit(unit) for unit in UNITS],
        generators={ONE_GENERATOR: CAPACITY},
        fuels=_fuels,
        bases=BASE[year],
        month=_month,
    )
    daily_sheet(tables, year, "1号机组", COAL, carbon=False)
    if year == 2024:  # noqa: PLR2004 - the year whose second unit tests carbon day by day
        daily_sheet(tables, year, "2号机组", COAL, carbon=True)
    planted = _plant_faults(tables) if year == 2023 else ()  # noqa: PLR2004 - the year with faults
    return PlantYear(
        slug=f"chuannan_{year}",
        title="川南示范发电 2×600 MW 纯凝（虚构）|Chuannan, 2×600 MW condensing (fictitious)",
        year=year,
        rules_year=year,
        tables=tables,
        planted=planted,
        organisation="coal",
        remarks=REMARKS.get(year, ()),
    )


LATE_TEST = (
    "2号机组5月全月停运；1号机组3月元素碳检测报告超过40日，按缺省值计算"
    "|unit 2 stopped all May; unit 1's carbon test of March came after 40 days: default carbon"
)
BAD_DAY = (
    "1号机组8月17日热值检测不合格，当日按26.7 GJ/t"
    "|unit 1's calorific test of 17 August failed: that day takes 26.7 GJ/t"
)
READY = (
    "可直接提交：1号机组6月停运、7月用启动油，2号机组每日检测元素碳"
    "|ready to be submitted: unit 1 stopped in June and started with oil in July, unit 2 tests carbon daily"
)
DRAFT = "分配方案为征求意见稿，结果标“待核实”|the allocation plan is a consultation draft: results say unconfirmed"
WAITS = (
    "碳氧化率自2026年起由全国数据库按炉型和海拔给出，尚未见公布值：排放量、配额及盈缺待定，发电量、热值、煤耗等照常算出"
    "|from 2026 the national database gives oxidation rates by boiler type and altitude, of which no value has been seen: "
    "emissions, allowance and gap wait; generation, calorific values and coal consumption compute"
)
REMARKS = {2023: (LATE_TEST, BAD_DAY), 2024: (READY,), 2025: (DRAFT,), 2026: (WAITS,)}


def _unit(unit: str) -> Cells:
    return {
        "unit": unit,
        "unit_category": UnitCategory.CONVENTIONAL_COAL,
        "product": Product.CONDENSING,
        "main_fuel_kind": FuelKind.BITUMINOUS,
        "boiler_type": BoilerType.PULVERISED_COAL,
        "boiler_name": f"{unit[0]}号锅炉 SF-1913/25.4（虚构）",
        "boiler_capacity": Decimal(1913),
        "turbine_name": f"{unit[0]}号汽轮机 N600-24.2（虚构）",
        "turbine_type": "凝汽式",
        "pressure_class": "超临界",
        "turbine_capacity": CAPACITY,
        "cooling": Cooling.WATER,
        "boiler_heat_method": BoilerHeatMethod.REPORTED,
        "commissioned_on": dt.date(2009, 9, 28) if unit == UNITS[0] else dt.date(2010, 3, 19),
    }


def _fuels(unit: str) -> list[Cells]:
    return [
        {
            "unit": unit,
            "fuel": COAL,
            "fuel_kind": FuelKind.BITUMINOUS,
            "consumption_source": ConsumptionSource.PRODUCTION_RECORD,
            "consumption_state": CoalState.AS_FIRED,
            "tested_state": CoalState.AS_FIRED,
            "fuel_origin": "川南、滇东北（虚构供应商）",
        },
        oil_of(unit),
    ]


def _month(tables: Tables, year: int, unit: str, month: int) -> None:
    seed = (NAME, year, unit, month)
    hours = max(Decimal(hours_of(year, month) - OUTAGES.get((year, unit, month), 0)), Decimal(0))
    load = LOAD[month - 1] + wobble(*seed, "load") / 50
    generation = number(CAPACITY * hours * load, 3)
    tests = BITUMINOUS.month(year, unit, month)
    rate = RATE + (Decimal("0.75") - load) / 50
    coal = number(generation * rate * TONNE_OF_STANDARD_COAL / tests["ncv_ar_reported"], 2)
    # A unit is started with oil when it comes back: in the outage's own month, or after a whole month stopped in the next.
    back = OUTAGES.get((year, unit, month), 0) if hours else 0
    after = month > 1 and OUTAGES.get((year, unit, month - 1), 0) == hours_of(year, month - 1)
    oil = number(58 + 9 * wobble(*seed, "oil"), 2) if back or after else Decimal("0.00")
    stopped = not hours
    tables["fuel_months"] += [
        burned(unit, COAL, month, coal, tests),
        burned(unit, OIL, month, oil, UNTESTED),
    ]
    tables["generator_months"].append(generated(unit, ONE_GENERATOR, month, generation, number(hours, 2)))
    bought = number(1180 + 200 * wobble(*seed, "bought"), 3) if stopped or back else Decimal("0.000")
    tables["unit_months"].append(
        {
            "unit": unit,
            "month": month,
            "operating_status": OperatingStatus.STOPPED if stopped else OperatingStatus.RUNNING,
            "purchased_electricity": bought,
            **sent_out(generation, STATION),
            "boiler_heat_reported": number(coal * tests["ncv_ar_reported"] * BOILER / 100, 2),
            "boiler_efficiency": BOILER,
        }
    )


def _plant_faults(tables: Tables) -> tuple[PlantedFault, ...]:
    """Put the faults of 2023 in: each breaks one rule of data quality and nothing else."""
    first, second = UNITS
    months = tables["fuel_months"]
    # Lawful, not a fault: a late test report, declared as such, and a day whose calorific test failed.
    late = row_of(tables, "fuel_months", unit=first, fuel=COAL, month=3)
    late["carbon_source"] = CarbonSource.NOT_COMPLIANT
    late["test_reported_on"] = last_of(2023, 3, 47)
    bad_day = row_of(tables, "samples", unit=first, fuel=COAL, sample="08-17")
    bad_day["sample_ncv_compliance"] = Compliance.NOT_COMPLIANT
    del row_of(tables, "fuel_months", unit=first, fuel=COAL, month=8)["ncv_ar_reported"]

    june = row_of(tables, "fuel_months", unit=first, fuel=COAL, month=6)
    days = [
        row["sample_ncv_ar"]
        for row in tables["samples"]
        if row["unit"] == first and row["month"] == 6  # noqa: PLR2004 - June
    ]
    june["ncv_ar_reported"] = number(sum(days, Decimal(0)) / len(days), 3)
    october = next(row for row in months if (row["unit"], row["fuel"], row["month"]) == (second, COAL, 10))
    october["ncv_ar_reported"] += 9  # two digits of 20.… typed as 29.…
    row_of(tables, "generator_months", unit=first, month=4)["generator_hours"] = Decimal("733.00")
    idle = row_of(tables, "fuel_months", unit=second, fuel=COAL, month=5)
    idle.update(BITUMINOUS.month(2023, second, 5), fuel_consumption_reported=Decimal("412.30"))
    return (
        PlantedFault(
            "CAL-02",
            "fuel_months",
            (first, COAL, 6),
            "ncv_ar_reported",
            "月低位发热量按简单平均填报，未按每日煤量加权|calorific value filled in as a plain mean of the days, not weighted by coal",
        ),
        PlantedFault(
            "RNG-01",
            "fuel_months",
            (second, COAL, 10),
            "ncv_ar_reported",
            "低位发热量多填9 GJ/t，高于电煤范围|calorific value typed 9 GJ/t too high, above steam coal",
        ),
        PlantedFault(
            "RNG-13",
            "generator_months",
            (first, ONE_GENERATOR, 4),
            "generator_hours",
            "4月只有720小时，填了733|April has 720 hours, 733 were filled in",
        ),
        PlantedFault(
            "STR-09",
            "fuel_months",
            (second, COAL, 5),
            "fuel_consumption_reported",
            "全月停运仍填报用煤|coal in a month stopped throughout",
        ),
    )
