"""A fictitious enterprise of Sichuan for each sector of the NDRC guides: flat glass, paper, civil aviation."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import MONTHS, PlantYear, about, fuel_months, number, wobble, works
from shutan.rules.aviation.choices import FuelUse
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.industrial_fuels import IndustrialFuel

YEAR = 2023  # the last year of which the announced factor of Sichuan is known
GLASS = "泸州示范玻璃有限公司（虚构）"
PAPER = "宜宾示范纸业有限公司（虚构）"
AVIATION = "绵阳示范航空有限公司（虚构）"


def sector_plants() -> list[PlantYear]:
    """Return the examples of flat glass, paper and civil aviation."""
    return [glass(), mill(), airline()]


def glass() -> PlantYear:
    """Return a float-glass works of 600 t a day: gas, soda ash, dolomite, limestone and a little carbon powder."""
    materials = {
        "纯碱": (Carbonate.SODIUM, 3600, "99.2"),
        "白云石": (Carbonate.DOLOMITE, 2900, "97.5"),
        "石灰石": (Carbonate.CALCIUM, 640, "98.1"),
    }
    tables = works(
        (GLASS, "91510500MA00DEM04", "泸州市", "3041", "平板玻璃制造"),
        {"天然气": (IndustrialFuel.NATURAL_GAS, 312), "柴油": (IndustrialFuel.DIESEL, 4)},
        electricity=2900,
    )
    tables |= {
        "materials": [
            {"material": name, "carbonate": carbonate} for name, (carbonate, *_) in materials.items()
        ],
        "material_months": [
            {
                "material": name,
                "month": month,
                "carbonate_material_consumption": about(GLASS, name, month, of=tonnes),
                "carbonate_mass_share": Decimal(purity),
            }
            for name, (_, tonnes, purity) in materials.items()
            for month in MONTHS
        ],
        "carbon_powder": [
            {"month": month, "powder_consumption": about(GLASS, "碳粉", month, of=9)} for month in MONTHS
        ],
    }
    return PlantYear(
        "glass_2023",
        "泸州示范浮法玻璃 600 t/d（虚构）|Luzhou, a 600 t/d float line (fictitious)",
        YEAR,
        YEAR,
        tables,
        sector="flat_glass",
    )


def mill() -> PlantYear:
    """Return a pulp and paper mill: coal with measured heat, purchased lime rock, waste water treated anaerobically."""
    tables = works(
        (PAPER, "91511500MA00DEM05", "宜宾市", "2221", "机制纸及纸板制造"),
        {"烟煤": (IndustrialFuel.BITUMINOUS, 5200), "天然气": (IndustrialFuel.NATURAL_GAS, 18)},
        electricity=3400,
        heat=2600,
        sold_heat=300,
    )
    for row in tables["fuel_months"]:
        if row["fuel"] == "烟煤":
            row["ncv_source"] = NcvSource.MEASURED
            row["ncv_ar_reported"] = number(Decimal("21.6") + wobble(PAPER, "ncv", row["month"]), 3)
    tables |= {
        "limestone": [
            {"month": month, "limestone_consumption": about(PAPER, "石灰石", month, of=410)}
            for month in MONTHS
        ],
        "waste_water_treatment": [{"methane_correction_source": NcvSource.DEFAULT}],
        "waste_water": [
            {
                "month": month,
                "waste_water_volume": number(310000 * (1 + wobble(PAPER, "water", month) / 12), 1),
                "inlet_demand": number(Decimal("2.9") + wobble(PAPER, "in", month) / 4, 3),
                "outlet_demand": number(Decimal("0.6") + wobble(PAPER, "out", month) / 10, 3),
                "sludge_demand": number(21000 * (1 + wobble(PAPER, "sludge", month) / 10), 1),
                "recovered_methane": number(64000 * (1 + wobble(PAPER, "biogas", month) / 15), 1),
            }
            for month in MONTHS
        ],
    }
    return PlantYear(
        "paper_2023",
        "宜宾示范竹浆造纸（虚构）|Yibin, a bamboo pulp and paper mill (fictitious)",
        YEAR,
        YEAR,
        tables,
        sector="paper",
    )


def airline() -> PlantYear:
    """Return an airline: domestic and international flights, a blend with biomass, vehicles and a boiler."""
    fuels = {
        "航空煤油": IndustrialFuel.JET_KEROSENE,
        "掺混航煤": IndustrialFuel.JET_KEROSENE,
        "柴油": IndustrialFuel.DIESEL,
        "天然气": IndustrialFuel.NATURAL_GAS,
    }
    uses = {
        "国内航班": FuelUse.DOMESTIC_FLIGHT,
        "国际航班": FuelUse.INTERNATIONAL_FLIGHT,
        "机场车辆": FuelUse.GROUND_VEHICLE,
        "基地锅炉": FuelUse.STATIONARY,
    }
    burned = (
        ("国内航班", "航空煤油", 7600, "0"),
        ("国际航班", "航空煤油", 2300, "0"),
        ("国际航班", "掺混航煤", 150, "10"),
        ("机场车辆", "柴油", 42, "0"),
        ("基地锅炉", "天然气", 11, "0"),
    )
    tables = works(
        (AVIATION, "91510700MA00DEM06", "绵阳市", "5611", "航空旅客运输"), {}, electricity=860, heat=120
    )
    del tables["fuel_months"]  # an airline counts fuel by use
    tables |= {
        "uses": [{"use": name, "use_kind": kind} for name, kind in uses.items()],
        "fuels": [{"fuel": name, "fuel_kind": kind} for name, kind in fuels.items()],
        "use_fuel_months": [
            {"use": use, "blended_biomass": Decimal(biomass), **row}
            for use, fuel, amount, biomass in burned
            for row in fuel_months(f"{AVIATION}{use}", fuel, amount)
        ],
    }
    return PlantYear(
        "aviation_2023",
        "绵阳示范航空（虚构）|Mianyang, an airline (fictitious)",
        YEAR,
        YEAR,
        tables,
        sector="aviation",
    )
