"""A fictitious cement works of Sichuan: two lines, one with carbide slag, a fleet, a boiler and a quoted power unit."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import Cells, PlantYear, Tables, enterprise, number, wobble
from shutan.rules.cement.choices import (
    AlternativeMaterial,
    ClinkerClass,
    ClinkerVariety,
    Equipment,
    FacilityKind,
)
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.industrial_fuels import IndustrialFuel

NAME = "绵阳示范水泥有限公司（虚构）"
MONTHS = range(1, 13)
# line → clinker t a day, running days of each month (kilns stop in the staggered-production months), coal t a tonne
LINES = {
    "1号线": (5000, (0, 28, 31, 30, 31, 15, 0, 31, 30, 31, 30, 16), "0.138"),
    "2号线": (2500, (31, 0, 31, 30, 31, 30, 15, 0, 30, 31, 30, 31), "0.142"),
}
# line, material → kilograms a tonne of clinker
MATERIALS = {
    ("1号线", "粉煤灰"): (AlternativeMaterial.COAL_FLY_ASH, 22),
    ("1号线", "钢渣"): (AlternativeMaterial.STEEL_SLAG, 31),
    ("2号线", "电石渣"): (AlternativeMaterial.CARBIDE_SLAG, 240),
    ("2号线", "硫酸渣"): (AlternativeMaterial.PYRITE_CINDER, 18),
}


def cement(year: int = 2024) -> PlantYear:
    """Return the works' year."""
    return PlantYear(
        f"cement_{year}",
        "绵阳示范水泥（虚构）：两条熟料线，一条以电石渣替代部分石灰石"
        "|Mianyang, two clinker lines, one with carbide slag (fictitious)",
        year,
        year,
        _tables(),
        sector="cement",
    )


def _tables() -> Tables:
    head = _head()
    made = {(line, month): _made(line, month) for line in LINES for month in MONTHS}
    return {
        "enterprise": [head],
        "lines": [
            {"line": "1号线", "approved_clinker_capacity": Decimal(5000), "kiln_size": "φ4.8×74"},
            {"line": "2号线", "approved_clinker_capacity": Decimal(2500), "kiln_size": "φ4.0×60"},
        ],
        "clinkers": [
            {
                "line": line,
                "clinker": "普通熟料",
                "clinker_class": ClinkerClass.PORTLAND,
                "clinker_variety": ClinkerVariety.GENERAL,
            }
            for line in LINES
        ],
        "clinker_months": [
            {"line": line, "clinker": "普通熟料", "month": month, "clinker_output": tonnes}
            for (line, month), tonnes in made.items()
        ],
        "fuels": [
            {"fuel": "烟煤", "fuel_kind": IndustrialFuel.BITUMINOUS},
            {"fuel": "柴油", "fuel_kind": IndustrialFuel.DIESEL},
        ],
        "fuel_months": [
            {
                "fuel": "烟煤",
                "month": month,
                "ncv_source": NcvSource.MEASURED,
                "measured_ncv_ar": number(Decimal("22.9") + wobble(NAME, "ncv", month), 3),
            }
            for month in MONTHS
        ],
        "line_fuel_months": [
            {
                "line": line,
                "fuel": "烟煤",
                "month": month,
                "line_fuel_consumption": number(
                    tonnes * Decimal(LINES[line][2]) * (1 + wobble(line, "coal", month) / 50), 2
                ),
            }
            for (line, month), tonnes in made.items()
        ],
        "materials": [
            {"material": name, "alternative_material": kind} for (_, name), (kind, _) in MATERIALS.items()
        ],
        "line_material_months": [
            {
                "line": line,
                "material": name,
                "month": month,
                "material_consumption": number(tonnes * kilograms / 1000, 2),
            }
            for (line, name), (_, kilograms) in MATERIALS.items()
            for (other, month), tonnes in made.items()
            if other == line
        ],
        "other_facilities": [
            {"facility": "矿山车队", "facility_kind": FacilityKind.MOBILE},
            {
                "facility": "办公供热锅炉",
                "facility_kind": FacilityKind.OTHER,
                "equipment": Equipment.INDUSTRIAL_BOILER,
            },
        ],
        "other_fuel_months": [
            *_other("矿山车队", "柴油", 62),
            *_other("办公供热锅炉", "烟煤", 40, winter=True),
        ],
        "purchased": [
            {
                "month": month,
                "purchased_electricity": number(Decimal(9800) + 900 * wobble(NAME, "power", month), 3),
            }
            for month in MONTHS
        ],
    }


def _head() -> Cells:
    code = "91510700MA00DEM13U"
    row = enterprise(NAME, code, "四川省绵阳市", "104.7", "31.5")
    row |= {"industry_class": "水泥制造", "sector_code": "3011"}
    row["analysis_laboratory"] = row.pop("coal_laboratory")
    del row["industry_code"]
    return row


def _made(line: str, month: int) -> Decimal:
    daily, days, _ = LINES[line]
    return number(daily * days[month - 1] * (1 + wobble(line, "output", month) / 40), 2)


def _other(facility: str, fuel: str, tonnes: int, *, winter: bool = False) -> list[Cells]:
    months = (1, 2, 3, 11, 12) if winter else MONTHS
    return [
        {
            "facility": facility,
            "fuel": fuel,
            "month": month,
            "other_fuel_consumption": number(tonnes * (1 + wobble(facility, month) / 10), 2),
        }
        for month in months
    ]
