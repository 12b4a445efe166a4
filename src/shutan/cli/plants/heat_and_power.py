"""成都示范热电有限公司（虚构）: two circulating fluidised beds of 350 MW that burn gangue and sell steam and hot water."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shutan.cli.plants.coal import Coal, burned
from shutan.cli.plants.common import (
    LOAD,
    TONNE_OF_STANDARD_COAL,
    Cells,
    PlantedFault,
    PlantYear,
    Tables,
    enterprise,
    hours_of,
    number,
    row_of,
    wobble,
)
from shutan.cli.plants.units import OIL, ONE_GENERATOR, UNTESTED, generated, oil_of, plant_tables, sent_out
from shutan.rules.common.fuels import (
    CoalState,
    ConsumptionSource,
    FuelKind,
    MeterState,
)
from shutan.rules.power.choices import (
    BoilerHeatMethod,
    BoilerType,
    Cooling,
    HeatMethod,
    HeatOrigin,
    HeatRatioMethod,
    OperatingStatus,
    Product,
    UnitCategory,
)

NAME = "成都示范热电有限公司（虚构）"
UNITS = ("1号机组", "2号机组")
GANGUE, COAL = "煤矸石", "烟煤"
STEAM, WATER = "工业蒸汽", "热水"
CAPACITY = Decimal(350)
RATE = Decimal("0.2950")  # tce/MWh for electricity alone
HEAT_RATE = Decimal("0.0392")  # tce/GJ of heat supplied
STATION = Decimal("0.082")
BOILER = Decimal("91.6")  # efficiency, %
TURBINE = Decimal("0.893")  # part of the fuel's heat that reaches the turbine
GANGUE_SHARE = Decimal("0.57")  # of the heat
KINDS = {
    GANGUE: Coal(
        GANGUE,
        ncv=Decimal("13.40"),
        carbon_per_heat=Decimal("0.02680"),
        moisture_ar=Decimal("7.5"),
        moisture_ad=Decimal("1.2"),
        carbon_daf=Decimal(75),
        hydrogen_daf=Decimal("5.0"),
        sulphur_ad=Decimal("2.3"),
        basis="DRY",
    ),
    COAL: Coal(
        COAL,
        ncv=Decimal("18.90"),
        carbon_per_heat=Decimal("0.02605"),
        moisture_ar=Decimal("10.2"),
        moisture_ad=Decimal("2.1"),
        carbon_daf=Decimal(82),
        hydrogen_daf=Decimal("5.2"),
        sulphur_ad=Decimal("1.9"),
        basis="RECEIVED",
    ),
}
OUTAGES = {
    (2023, "1号机组", 4): 720,
    (2023, "2号机组", 10): 300,
    (2024, "2号机组", 4): 720,
    (2024, "1号机组", 9): 264,
}
BASE = {2023: (2201430, 2254870), 2024: (2155900, 2241300)}


def chengdu(year: int) -> PlantYear:
    """Return one year of the plant; 2023 has the planted faults."""
    tables = plant_tables(
        year,
        enterprise(NAME, "91510100MA00DEM02Q", "四川省成都市", "104.065700", "30.659800")
        | {"industry_code": "4412", "industry_class": "热电联产"},
        [_unit(unit) for unit in UNITS],
        generators={ONE_GENERATOR: CAPACITY},
        fuels=_fuels,
        bases=BASE[year],
        month=_month,
    )
    return PlantYear(
        slug=f"chengdu_{year}",
        title="成都示范热电 2×350 MW 循环流化床热电联产（虚构）|Chengdu, 2×350 MW heat and power, fluidised beds (fictitious)",
        year=year,
        rules_year=year,
        tables=tables,
        planted=_plant_faults(tables) if year == 2023 else (),  # noqa: PLR2004 - the year with faults
        organisation="heat",
        remarks=(
            "循环流化床按惯例归Ⅲ类，结果标“待核实”|fluidised beds are class III by practice: results say unconfirmed",
        ),
    )


def _unit(unit: str) -> Cells:
    return {
        "unit": unit,
        "unit_category": UnitCategory.NON_CONVENTIONAL_COAL,
        "product": Product.CHP,
        "main_fuel_kind": FuelKind.COAL_GANGUE,
        "boiler_type": BoilerType.CIRCULATING_FLUIDISED_BED,
        "boiler_name": f"{unit[0]}号锅炉 SF-1150/25.4-CFB（虚构）",
        "boiler_capacity": Decimal(1150),
        "turbine_name": f"{unit[0]}号汽轮机 C350-24.2（虚构）",
        "turbine_type": "抽汽凝汽式",
        "pressure_class": "超临界",
        "turbine_capacity": CAPACITY,
        "cooling": Cooling.WATER,
        "boiler_heat_method": BoilerHeatMethod.REPORTED,
        "heat_ratio_method": HeatRatioMethod.TURBINE_HEAT,
        "commissioned_on": dt.date(2015, 11, 6),
    }


def _fuels(unit: str) -> list[Cells]:
    coal = {
        "consumption_source": ConsumptionSource.PRODUCTION_RECORD,
        "consumption_state": CoalState.AS_FIRED,
        "tested_state": CoalState.AS_FIRED,
    }
    return [
        {"unit": unit, "fuel": GANGUE, "fuel_kind": FuelKind.COAL_GANGUE, **coal},
        {"unit": unit, "fuel": COAL, "fuel_kind": FuelKind.BITUMINOUS, **coal},
        oil_of(unit),
    ]


def _month(tables: Tables, year: int, unit: str, month: int) -> None:
    seed = (NAME, year, unit, month)
    out = OUTAGES.get((year, unit, month), 0)
    hours = Decimal(hours_of(year, month) - out)
    load = LOAD[month - 1] + Decimal("0.02") + wobble(*seed, "load") / 50
    generation = number(CAPACITY * hours * load, 3)
    steam = number(hours * (165 + 12 * wobble(*seed, "steam")), 2)
    water = number(hours * (Decimal(310) + 20 * wobble(*seed, "water")), 2)
    flows = _flows(unit, month, steam, water)
    heat = steam * (Decimal("2950.3") - Decimal("0.4") * 335 - Decimal("0.6") * Decimal("83.74")) / 1000
    heat += water * (92 - 20) * Decimal("4.1868") / 1000
    fuel_heat = (generation * RATE + heat * HEAT_RATE) * TONNE_OF_STANDARD_COAL
    for fuel, share in ((GANGUE, GANGUE_SHARE), (COAL, 1 - GANGUE_SHARE)):
        tests = KINDS[fuel].month(year, unit, month)
        amount = number(fuel_heat * share / tests["ncv_ar_reported"], 2)
        tables["fuel_months"].append(burned(unit, fuel, month, amount, tests))
    after = month > 1 and OUTAGES.get((year, unit, month - 1), 0) == hours_of(year, month - 1)
    oil = number(31 + 6 * wobble(*seed, "oil"), 2) if (out and hours) or after else Decimal("0.00")
    tables["fuel_months"].append(burned(unit, OIL, month, oil, UNTESTED))
    if hours:
        tables.setdefault("heat_flows", []).extend(flows)
    tables["generator_months"].append(generated(unit, ONE_GENERATOR, month, generation, number(hours, 2)))
    tables["unit_months"].append(
        {
            "unit": unit,
            "month": month,
            "operating_status": OperatingStatus.RUNNING if hours else OperatingStatus.STOPPED,
            "purchased_electricity": number(640 + 90 * wobble(*seed, "bought"), 3)
            if out
            else Decimal("0.000"),
            **sent_out(generation, STATION),
            "turbine_heat_input": number(fuel_heat * TURBINE, 2),
            "boiler_heat_reported": number(fuel_heat * BOILER / 100, 2),
            "boiler_efficiency": BOILER,
        }
    )


def _flows(unit: str, month: int, steam: Decimal, water: Decimal) -> list[Cells]:
    """Return steam sold with part of its condensate returned, and hot water by its temperature."""
    back = number(steam * Decimal("0.4"), 2)
    return [
        {
            "unit": unit,
            "month": month,
            "flow": STEAM,
            "heat_origin": HeatOrigin.TURBINE_DIRECT,
            "heat_method": HeatMethod.STEAM_BALANCE,
            "heat_medium": steam,
            "heat_medium_enthalpy": Decimal("2950.3"),
            "heat_medium_pressure": Decimal("0.98"),
            "heat_medium_temperature": Decimal("249.30"),
            "return_water": back,
            "return_water_enthalpy": Decimal(335),
            "makeup_water": steam - back,
            "makeup_water_enthalpy": Decimal("83.74"),
        },
        {
            "unit": unit,
            "month": month,
            "flow": WATER,
            "heat_origin": HeatOrigin.TURBINE_INDIRECT,
            "heat_method": HeatMethod.HOT_WATER,
            "heat_medium": water,
            "heat_medium_temperature": Decimal("92.00"),
        },
    ]


def _plant_faults(tables: Tables) -> tuple[PlantedFault, ...]:
    first, second = UNITS
    row_of(tables, "heat_flows", unit=first, month=8, flow=STEAM)["heat_medium_enthalpy"] = Decimal("3810.0")
    november = row_of(tables, "fuel_months", unit=second, fuel=COAL, month=11)
    november["carbon_reported"] = number(november["carbon_reported"] * Decimal("1.36"), 4)
    scale = row_of(tables, "fuel_months", unit=first, fuel=GANGUE, month=7)
    scale["fuel_meter_state"] = MeterState.NOT_CALIBRATED
    scale["fuel_meter_error_allowed"] = Decimal("0.5")
    wet = row_of(tables, "fuel_months", unit=second, fuel=GANGUE, month=2)
    del wet["ncv_ar_reported"]
    return (
        PlantedFault(
            "RNG-12",
            "heat_flows",
            (first, 8, STEAM),
            "heat_medium_enthalpy",
            "蒸汽焓3810 kJ/kg，超出蒸汽可能的范围|enthalpy of 3810 kJ/kg, more than such steam can have",
        ),
        PlantedFault(
            "RNG-02",
            "fuel_months",
            (second, COAL, 11),
            "carbon_reported",
            "单位热值含碳量约0.0354 tC/GJ，高于任何煤|about 0.0354 tC/GJ, more than any coal",
        ),
        PlantedFault(
            "STR-11",
            "fuel_months",
            (first, GANGUE, 7),
            "fuel_meter_state",
            "皮带秤未检定，消耗量按允许误差上调|belt scale not calibrated: consumption is raised by its allowed error",
        ),
        PlantedFault(
            "STR-01",
            "fuel_months",
            (second, GANGUE, 2),
            "ncv_ar_reported",
            "低位发热量漏填，报告不能提交|calorific value left out: the report cannot be submitted",
        ),
    )
