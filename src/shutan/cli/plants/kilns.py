"""A fictitious enterprise of Sichuan for ceramics, magnesium and copper."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import MONTHS, PlantYear, about, number, wobble, works
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.industrial_fuels import IndustrialFuel

JUNE = 6


def kiln_plants() -> list[PlantYear]:
    """Return all three."""
    return [tiles(), magnesium(), copper()]


def tiles() -> PlantYear:
    """Return a works of floor tiles: gas, a body with some dolomite, and a glaze whose utilisation was measured."""
    tables = works(
        ("乐山示范陶瓷有限公司（虚构）", "91511100MA00DEM07", "乐山市", "3071", "建筑陶瓷制品制造"),
        {"天然气": (IndustrialFuel.NATURAL_GAS, 265), "柴油": (IndustrialFuel.DIESEL, 6)},
        electricity=4100,
    )
    tables["raw_materials"] = [
        *(
            {
                "material": "坯料",
                "month": month,
                "raw_material_consumption": about("坯料", month, of=21000),
                "calcium_carbonate_share": number(3 + wobble("Ca", month) / 5, 2),
                "magnesium_carbonate_share": number(Decimal("1.2") + wobble("Mg", month) / 8, 2),
            }
            for month in MONTHS
        ),
        *(
            {
                "material": "釉料",
                "month": month,
                "raw_material_consumption": about("釉料", month, of=480),
                "calcium_carbonate_share": number(11 + wobble("glaze", month), 2),
                "magnesium_carbonate_share": Decimal("0.4"),
                "utilisation_source": NcvSource.MEASURED,
                "utilisation_reported": number(94 + wobble("use", month), 1),
            }
            for month in MONTHS
        ),
    ]
    title = "乐山示范建筑陶瓷（虚构）|Leshan, a works of floor tiles (fictitious)"
    return PlantYear("ceramics_2023", title, 2023, 2023, tables, sector="ceramics")


def magnesium() -> PlantYear:
    """Return a smelter by the Pidgeon process that makes two thirds of its ferrosilicon and buys the rest."""
    tables = works(
        ("广元示范镁业有限公司（虚构）", "91510800MA00DEM08", "广元市", "3217", "镁冶炼"),
        {
            "蓝炭": (IndustrialFuel.SEMI_COKE, 900),
            "半焦气": (IndustrialFuel.SEMI_COKE_GAS, 640),
            "柴油": (IndustrialFuel.DIESEL, 9),
        },
        electricity=7600,
        sold_heat=450,
    )
    tables["ferrosilicon"] = [
        {
            "month": month,
            "own_ferrosilicon": about("自产", month, of=700),
            "purchased_ferrosilicon": about("外购", month, of=350),
        }
        for month in MONTHS
    ]
    tables["dolomite"] = [
        {"month": month, "dolomite_consumption": about("白云石", month, of=10500)}
        | (
            {
                "dolomite_purity_source": NcvSource.MEASURED,
                "dolomite_purity_reported": number(97 + wobble("purity", month), 2),
            }
            if month > JUNE
            else {}
        )
        for month in MONTHS
    ]
    title = "广元示范镁冶炼（虚构）|Guangyuan, a magnesium smelter (fictitious)"
    return PlantYear("magnesium_2023", title, 2023, 2023, tables, sector="magnesium")


def copper() -> PlantYear:
    """Return a copper smelter of 2022, the last year whose national electricity factor for supplementary data is known."""
    tables = works(
        ("凉山示范铜业有限公司（虚构）", "91513400MA00DEM09", "凉山州", "3211", "铜冶炼"),
        {"天然气": (IndustrialFuel.NATURAL_GAS, 140), "焦炭": (IndustrialFuel.COKE, 260)},
        electricity=9800,
        sold_heat=5200,
    )
    materials = {"石灰石": (Carbonate.CALCIUM, 2100), "纯碱": (Carbonate.SODIUM, 60)}
    tables |= {
        "reductants": [
            {
                "month": month,
                "anthracite_reductant": about("无烟煤", month, of=310),
                "gas_reductant": about("还原气", month, of=22),
            }
            for month in MONTHS
        ],
        "materials": [{"material": name, "carbonate": kind} for name, (kind, _) in materials.items()],
        "material_months": [
            {
                "material": name,
                "month": month,
                "carbonate_material_consumption": about(name, month, of=tonnes),
            }
            for name, (_, tonnes) in materials.items()
            for month in MONTHS
        ],
        "supplement": [
            {
                "supplement_fuel_emissions": Decimal("35120.46"),
                "supplement_electricity": Decimal("96500.5"),
                "supplement_heat": Decimal(-41200),
                "blister_copper_output": Decimal("118600.25"),
            }
        ],
    }
    title = "凉山示范铜冶炼（虚构）|Liangshan, a copper smelter (fictitious)"
    return PlantYear("copper_2022", title, 2022, 2022, tables, sector="nonferrous")
