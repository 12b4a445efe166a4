"""A fictitious aluminium smelter of Sichuan: two potlines on water power, gas in the cast house, an anode shop."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import Cells, PlantYear, Tables, enterprise, number, wobble
from shutan.rules.aluminium.choices import AnodeSource, FacilityKind
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.industrial_fuels import IndustrialFuel

NAME = "广元示范铝业有限公司（虚构）"
MONTHS = range(1, 13)
# potline → aluminium t a month, gross anodes t a tonne, MWh a tonne, cells, kA
LINES = {
    "一系列": (10400, "0.492", "13.32", 160, 400),
    "二系列": (20900, "0.486", "13.18", 256, 500),
}
# less water in winter: part of the cells stand still
WATER = [Decimal(one) / 100 for one in (84, 82, 88, 95, 100, 100, 100, 97, 100, 100, 96, 88)]


def aluminium(year: int = 2024) -> PlantYear:
    """Return the smelter's year."""
    return PlantYear(
        f"aluminium_{year}",
        "广元示范铝业（虚构）：两个电解系列|Guangyuan, two potlines (fictitious)",
        year,
        year,
        _tables(),
        sector="aluminium",
    )


def _tables() -> Tables:
    months = [_month(line, month) for line in LINES for month in MONTHS]
    return {
        "enterprise": [_head()],
        "processes": [
            {
                "process": line,
                "design_current": Decimal(current),
                "design_voltage": Decimal("3.95"),
                "cell_number": Decimal(cells),
                "electrolysis_capacity": Decimal(monthly * 12),
            }
            for line, (monthly, _, _, cells, current) in LINES.items()
        ],
        "process_months": months,
        "fuels": [
            {"fuel": "天然气", "fuel_kind": IndustrialFuel.NATURAL_GAS},
            {"fuel": "柴油", "fuel_kind": IndustrialFuel.DIESEL},
        ],
        "fuel_months": [
            {
                "fuel": fuel,
                "month": month,
                "works_fuel_consumption": number(amount * (1 + wobble(NAME, fuel, month) / 10), 2),
            }
            for fuel, amount in (("天然气", 118), ("柴油", 24))
            for month in MONTHS
        ],
        "materials": [{"material": "纯碱", "carbonate_kind": Carbonate.SODIUM}],
        "material_months": [
            {
                "material": "纯碱",
                "month": month,
                "carbonate_consumption": number(35 + 4 * wobble(NAME, "soda", month), 2),
                "carbonate_purity": Decimal("99.2"),
            }
            for month in MONTHS
        ],
        "other_facilities": [
            {
                "facility": "阳极车间",
                "facility_kind": FacilityKind.OTHER,
                "own_guide_emissions": Decimal("38412.55"),
            }
        ],
        "purchased": [
            {
                "month": month,
                "purchased_electricity": number(
                    sum(
                        (row["process_ac_electricity"] for row in months if row["month"] == month), Decimal(0)
                    )
                    * Decimal("1.04"),
                    3,
                ),
            }
            for month in MONTHS
        ],
    }


def _month(line: str, month: int) -> Cells:
    monthly, anodes, power, _, _ = LINES[line]
    made = number(monthly * WATER[month - 1] * (1 + wobble(line, month) / 60), 2)
    row: Cells = {
        "process": line,
        "month": month,
        "liquid_aluminium": made,
        "gross_anode_consumption": number(
            made * Decimal(anodes) * (1 + wobble(line, "anode", month) / 80), 2
        ),
        "process_ac_electricity": number(made * Decimal(power), 3),
    }
    if line == "二系列":  # its anodes are analysed
        row |= {
            "anode_source": AnodeSource.MEASURED,
            "anode_sulphur_reported": number(Decimal("1.86") + wobble(line, "S", month) / 10, 2),
            "anode_ash_reported": number(Decimal("0.42") + wobble(line, "A", month) / 20, 2),
        }
    return row


def _head() -> Cells:
    code = "91510800MA00DEM16A"
    row = enterprise(NAME, code, "四川省广元市", "105.8", "32.4")
    row |= {"industry_class": "铝冶炼", "sector_code": "3216"}
    row["analysis_laboratory"] = row.pop("coal_laboratory")
    del row["industry_code"]
    return row
