"""A fictitious chemical works and a fictitious refinery of Sichuan, by the NDRC guides of 2013 and 2014."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import MONTHS, PlantYear, Tables, about, number, wobble, works
from shutan.rules.chemical.choices import (
    CarbonRole,
    ChemicalMaterial,
    NitricAbatement,
    NitricRoute,
)
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.common.industrial_fuels import IndustrialFuel
from shutan.rules.petrochemical.choices import (
    AccidentKind,
    BalanceUnit,
    BurnOffUnit,
    RegeneratedUnit,
    StreamMaterial,
    StreamRole,
)

YEAR = 2023  # the last year of which the announced factor of Sichuan is known
FEEDSTOCK = {"天然气": 1850, "无烟煤": 0, "柴油": 0}


def chemical() -> PlantYear:
    """Return a works of ammonia from gas: urea, methanol, acetylene from carbide, nitric acid, CO2 sold to others."""
    tables = works(
        ("泸州示范化工有限公司（虚构）", "91510500MA00DEM10", "泸州市", "2621", "氮肥制造"),
        {
            "天然气": (IndustrialFuel.NATURAL_GAS, 620),
            "无烟煤": (IndustrialFuel.ANTHRACITE, 1450),
            "柴油": (IndustrialFuel.DIESEL, 7),
        },
        electricity=14200,
        sold_heat=1900,
    )
    for row in tables["fuel_months"]:
        row["feedstock_use"] = about("原料", row["fuel"], row["month"], of=FEEDSTOCK[row["fuel"]])
    materials = {
        "尿素": (ChemicalMaterial.UREA, CarbonRole.PRODUCT, 19500),
        "甲醇": (ChemicalMaterial.METHANOL, CarbonRole.PRODUCT, 3100),
        "电石": (ChemicalMaterial.CALCIUM_CARBIDE, CarbonRole.INPUT, 240),
        "炭黑废水渣": (ChemicalMaterial.OTHER, CarbonRole.RESIDUE, 85),
    }
    tables |= {
        "materials": [
            {"material": name, "chemical_material": kind, "carbon_role": role}
            for name, (kind, role, _) in materials.items()
        ],
        "material_months": [
            {"material": name, "month": month, "carbon_material_amount": about(name, month, of=tonnes)}
            | (
                {
                    "material_carbon_source": NcvSource.MEASURED,
                    "material_carbon_reported": number(Decimal("0.62") + wobble(name, "C", month) / 50, 4),
                }
                if kind == ChemicalMaterial.OTHER
                else {}
            )
            for name, (kind, _, tonnes) in materials.items()
            for month in MONTHS
        ],
        "carbonates": [{"carbonate_use": "脱硫石灰石", "carbonate": Carbonate.CALCIUM}],
        "carbonate_months": [
            {
                "carbonate_use": "脱硫石灰石",
                "month": month,
                "carbonate_use_amount": about("脱硫石灰石", month, of=160),
                "process_carbonate_purity": number(96 + wobble("脱硫", month), 2),
            }
            for month in MONTHS
        ],
        "nitric_plants": [
            {
                "nitric_plant": "硝酸装置",
                "nitric_route": NitricRoute.DUAL_PRESSURE,
                "nitric_abatement": NitricAbatement.SELECTIVE,
                "nitric_output": Decimal("121500.40"),
                "nitric_plant_hours": Decimal(7920),
                "nitric_abatement_hours": Decimal(7584),
            }
        ],
        "recovery": [
            {
                "month": month,
                "recovered_for_sale": about("CO2", month, of=46),
                "purity_for_sale": Decimal("99.5"),
            }
            for month in MONTHS
        ],
    }
    title = "泸州示范化工：天然气制合成氨（虚构）|Luzhou, ammonia from natural gas (fictitious)"
    return PlantYear("chemical_2023", title, YEAR, YEAR, tables, sector="chemical")


def petrochemical() -> PlantYear:
    """Return a refinery with ethylene: flares and one accident, coke on catalysts, hydrogen, ethylene oxide, asphalt."""
    tables = works(
        ("彭州示范石化有限公司（虚构）", "91510182MA00DEM11", "彭州市", "2511", "原油加工及石油制品制造"),
        {
            "炼厂干气": (IndustrialFuel.REFINERY_GAS, 21000),
            "天然气": (IndustrialFuel.NATURAL_GAS, 1650),
            "燃料油": (IndustrialFuel.FUEL_OIL, 900),
        },
        electricity=38500,
        sold_heat=12400,
    )
    tables |= _flares() | _catalysts() | _balances()
    tables["recovery"] = [
        {
            "month": month,
            "recovered_for_sale": about("CO2", month, of=120),
            "purity_for_sale": Decimal("99.9"),
        }
        for month in MONTHS
    ]
    title = "彭州示范炼化（虚构）|Pengzhou, a refinery with ethylene (fictitious)"
    return PlantYear("petrochemical_2023", title, YEAR, YEAR, tables, sector="petrochemical")


def _flares() -> Tables:
    gas = {"炼油火炬": (32, "5.1"), "化工火炬": (18, "6.4")}
    return {
        "flares": [{"flare": name} for name in gas],
        "flare_months": [
            {
                "flare": name,
                "month": month,
                "flare_gas": about(name, month, of=volume),
                "flare_gas_carbon": number(Decimal(carbon) + wobble(name, "C", month) / 5, 3),
                "flare_gas_dioxide": number(Decimal("1.8") + wobble(name, "CO2", month) / 5, 2),
            }
            for name, (volume, carbon) in gas.items()
            for month in MONTHS
        ],
        "accidents": [
            {
                "accident": "7月停电",
                "accident_kind": AccidentKind.PETROCHEMICAL,
                "accident_gas_rate": Decimal("4.25"),
                "accident_hours": Decimal("3.5"),
            }
        ],
    }


def _catalysts() -> Tables:
    return {
        "burn_offs": [
            {
                "burn_off": "1#催化裂化",
                "burn_off_unit": BurnOffUnit.CRACKING,
                "counted_as_fuel": YesNo.NO,
                "coke_burned": Decimal("96420.5"),
            }
        ],
        "regenerations": [
            {
                "regeneration": f"重整{batch}批",
                "regenerated_unit": RegeneratedUnit.REFORMING,
                "catalyst_amount": Decimal(amount),
                "carbon_before": Decimal(before),
                "carbon_after": Decimal("0.0005"),
            }
            for batch, amount, before in (("第一", "86.4", "0.048"), ("第二", "86.4", "0.051"))
        ],
        "cracking_furnaces": [
            {
                "cracking_furnace": f"{furnace}号裂解炉",
                "decoking_gas_rate": Decimal(rate),
                "decoking_hours": Decimal(hours),
                "decoking_dioxide": Decimal("4.6"),
                "decoking_monoxide": Decimal("0.3"),
            }
            for furnace, rate, hours in ((1, "26500", "236"), (2, "25900", "212"), (3, "27100", "248"))
        ],
        "asphalt": [{"asphalt_output": Decimal("18650.2")}],
    }


def _balances() -> Tables:
    measured = NcvSource.MEASURED
    return {
        "balance_units": [
            {"balance_unit": "制氢装置", "balance_kind": BalanceUnit.HYDROGEN},
            {"balance_unit": "环氧乙烷装置", "balance_kind": BalanceUnit.ETHYLENE_OXIDE},
        ],
        "streams": [
            {
                "balance_unit": "制氢装置",
                "stream": "原料天然气",
                "stream_role": StreamRole.INPUT,
                "stream_volume": Decimal("14200.6"),
                "stream_volume_carbon": Decimal("5.36"),
            },
            {
                "balance_unit": "制氢装置",
                "stream": "粉尘",
                "stream_role": StreamRole.RESIDUE,
                "stream_mass": Decimal("12.5"),
                "stream_carbon_source": measured,
                "stream_carbon_reported": Decimal("0.85"),
            },
            {
                "balance_unit": "环氧乙烷装置",
                "stream": "乙烯",
                "stream_role": StreamRole.INPUT,
                "stream_material": StreamMaterial.ETHYLENE,
                "stream_mass": Decimal("62400.8"),
            },
            {
                "balance_unit": "环氧乙烷装置",
                "stream": "当量环氧乙烷",
                "stream_role": StreamRole.PRODUCT,
                "stream_material": StreamMaterial.ETHYLENE_OXIDE,
                "stream_mass": Decimal("81950.3"),
            },
        ],
    }
