"""A fictitious enterprise of Sichuan for each sector of the NDRC guides: the examples of `examples/sectors` and their tests."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import Cells, PlantYear, Tables, number, wobble
from shutan.kernel import Member
from shutan.rules.aviation.choices import FuelUse
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.electricity import GridArea
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.industrial_fuels import IndustrialFuel
from shutan.rules.common.ndrc_energy import ElectricityBasis

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
    tables = _head(GLASS, "91510500MA00DEM04K", "泸州市", "3041", "平板玻璃制造")
    tables |= {
        "fuels": [_fuel("天然气", IndustrialFuel.NATURAL_GAS), _fuel("柴油", IndustrialFuel.DIESEL)],
        "fuel_months": [
            *_burned(GLASS, "天然气", 312),
            *_burned(GLASS, "柴油", 4),
        ],
        "materials": [
            {"material": name, "carbonate": carbonate} for name, (carbonate, *_) in materials.items()
        ],
        "material_months": [
            {
                "material": name,
                "month": month,
                "carbonate_material_consumption": _amount(GLASS, name, month, of=tonnes),
                "carbonate_mass_share": Decimal(purity),
            }
            for name, (_, tonnes, purity) in materials.items()
            for month in range(1, 13)
        ],
        "carbon_powder": [
            {"month": month, "powder_consumption": _amount(GLASS, "碳粉", month, of=9)}
            for month in range(1, 13)
        ],
        "purchased": _bought(GLASS, electricity=2900),
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
    tables = _head(PAPER, "91511500MA00DEM053", "宜宾市", "2221", "机制纸及纸板制造")
    coal = [
        row
        | {
            "ncv_source": NcvSource.MEASURED,
            "ncv_ar_reported": number(Decimal("21.6") + wobble(PAPER, "ncv", row["month"]), 3),
        }
        for row in _burned(PAPER, "烟煤", 5200)
    ]
    tables |= {
        "fuels": [_fuel("烟煤", IndustrialFuel.BITUMINOUS), _fuel("天然气", IndustrialFuel.NATURAL_GAS)],
        "fuel_months": [*coal, *_burned(PAPER, "天然气", 18)],
        "limestone": [
            {"month": month, "limestone_consumption": _amount(PAPER, "石灰石", month, of=410)}
            for month in range(1, 13)
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
            for month in range(1, 13)
        ],
        "purchased": _bought(PAPER, electricity=3400, heat=2600, sold_heat=300),
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
    tables = _head(AVIATION, "91510700MA00DEM064", "绵阳市", "5611", "航空旅客运输")
    tables |= {
        "uses": [{"use": name, "use_kind": kind} for name, kind in uses.items()],
        "fuels": [_fuel(name, kind) for name, kind in fuels.items()],
        "use_fuel_months": [
            {"use": use, "blended_biomass": Decimal(biomass), **row}
            for use, fuel, amount, biomass in burned
            for row in _burned(f"{AVIATION}{use}", fuel, amount)
        ],
        "purchased": _bought(AVIATION, electricity=860, heat=120),
    }
    return PlantYear(
        "aviation_2023",
        "绵阳示范航空（虚构）|Mianyang, an airline (fictitious)",
        YEAR,
        YEAR,
        tables,
        sector="aviation",
    )


def _head(name: str, code: str, place: str, industry_code: str, industry: str) -> Tables:
    return {
        "enterprise": [
            {
                "enterprise_name": name,
                "credit_code": code,
                "enterprise_nature": "有限责任公司（虚构）",
                "legal_representative": "虚构人员",
                "production_address": f"四川省{place}（虚构地址）",
                "contact": "虚构人员",
                "contact_phone": "000-00000000",
                "supervising_department": "演示省级主管部门（虚构）",
                "industry_class": industry,
                "sector_code": industry_code,
                "electricity_basis": ElectricityBasis.ANNOUNCED_AREA,
                "grid_area": GridArea.SICHUAN,
            }
        ]
    }


def _fuel(name: str, kind: Member) -> Cells:
    return {"fuel": name, "fuel_kind": kind}


def _amount(*seed: object, of: int) -> Decimal:
    return number(of * (1 + wobble(*seed) / 14), 2)


def _burned(name: str, fuel: str, amount: int) -> list[Cells]:
    return [
        {
            "fuel": fuel,
            "month": month,
            "fuel_consumption_reported": _amount(name, fuel, month, of=amount),
        }
        for month in range(1, 13)
    ]


def _bought(name: str, *, electricity: int, heat: int = 0, sold_heat: int = 0) -> list[Cells]:
    return [
        {
            "month": month,
            "purchased_electricity": number(electricity * (1 + wobble(name, "MWh", month) / 9), 3),
            "sold_electricity": Decimal(0),
            "purchased_heat": number(heat * (1 + wobble(name, "GJ", month) / 9), 2),
            "sold_heat": Decimal(sold_heat),
        }
        for month in range(1, 13)
    ]
