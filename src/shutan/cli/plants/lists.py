"""A fictitious group of Sichuan for the two rule sets that are no sector: energy and its levels, entry to the lists."""

from __future__ import annotations

from decimal import Decimal

from shutan.cli.plants.common import Cells, PlantYear, Tables, registered
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.energy.choices import EnergyKind, ProductRoute
from shutan.rules.entry.choices import EntryActivity, SectorCode

GROUP = ("川南示范材料集团有限公司（虚构）", "91510500MA00DEM12", "泸州市", "3011", "水泥制造")
# product, line → route, approved capacity, output (t, or weight cases of glass; None: no data), raw coal t, gas 10⁴Nm³, MWh
LINES: dict[tuple[str, str], tuple[str, int, str | None, int, int, int]] = {
    ("水泥熟料", "1号线"): ("CLINKER", 1_550_000, "1386200", 180000, 0, 79100),
    ("水泥熟料", "2号线"): ("CLINKER", 775_000, "702400", 101300, 0, 41800),
    ("水泥熟料", "3号线"): ("CLINKER", 775_000, None, 0, 0, 0),
    ("平板玻璃", "浮法一线"): ("GLASS_MEDIUM", 219_000, "3650000", 0, 3080, 9600),
    ("电石", "1号炉"): ("CARBIDE", 100_000, "91300", 0, 0, 287400),
}


def energy() -> PlantYear:
    """Return a group's energy of 2022, the last year whose levels were all seen: one line at the benchmark, some between, one below, one without data."""
    tables: Tables = {
        "enterprise": [registered(*GROUP)],
        "energies": [
            {
                "energy": "原煤",
                "energy_kind": EnergyKind.RAW_COAL,
                "energy_consumed": Decimal("290450.6"),
            },
            {
                "energy": "天然气",
                "energy_kind": EnergyKind.NATURAL_GAS,
                "energy_consumed": Decimal("3142.8"),
                # GB/T 2589 gives a range for gas, so its heat is measured
                "coal_coefficient_source": NcvSource.MEASURED,
                "energy_heat_measured": Decimal("356.2"),
            },
            {
                "energy": "焦炭",
                "energy_kind": EnergyKind.COKE,
                "energy_consumed": Decimal("53120.4"),
            },
            {
                "energy": "电力",
                "energy_kind": EnergyKind.ELECTRICITY,
                "energy_consumed": Decimal("431200.5"),
                "energy_exported": Decimal("1250.5"),
            },
            {"energy": "热力", "energy_kind": EnergyKind.HEAT, "energy_exported": Decimal(18400)},
        ],
        "product_lines": [_line(*key) for key in LINES],
        "product_line_energies": [row for key in LINES for row in _used(*key)],
    }
    title = "川南示范材料集团：综合能耗与能效水平（虚构）|Chuannan materials group, energy and levels (fictitious)"
    return PlantYear("energy_2022", title, 2022, 2022, tables, sector="energy")


def _line(product: str, line: str) -> Cells:
    route, capacity, output, *_ = LINES[product, line]
    row: Cells = {
        "product": product,
        "line": line,
        "product_route": ProductRoute[route],
        "line_approved_capacity": Decimal(capacity),
    }
    return row | (
        {"energy_data_available": YesNo.NO} if output is None else {"product_output": Decimal(output)}
    )


def _used(product: str, line: str) -> list[Cells]:
    _, _, output, coal, gas, electricity = LINES[product, line]
    used = {"原煤": coal, "天然气": gas, "电力": electricity, "焦炭": 52500 if product == "电石" else 0}
    return [
        {"product": product, "line": line, "energy": name, "line_energy_consumed": Decimal(amount)}
        for name, amount in used.items()
        if output is not None and amount
    ]


def entry() -> PlantYear:
    """Return a group before the lists of 2026: it stays, enters, leaves or only reports, activity by activity."""
    activities: dict[str, tuple[str, str, dict[str, object]]] = {
        "自备电厂": (
            "CAPTIVE_POWER",
            "C3120",
            {
                "on_previous_list": YesNo.YES,
                "verified_direct_emissions": Decimal("24180.35"),
                "verified_direct_emissions_before": Decimal("26410.8"),
            },
        ),
        "长流程钢铁": (
            "STEEL",
            "C3120",
            {
                "has_blast_furnace": YesNo.YES,
                "has_converter": YesNo.YES,
                "on_previous_list": YesNo.YES,
                "verified_direct_emissions": Decimal(4406610),
            },
        ),
        "电炉炼钢": ("STEEL", "C3120", {"verified_direct_emissions": Decimal("41250.6")}),
        "水泥熟料": (
            "PORTLAND_CLINKER",
            "C3011",
            {"newly_commissioned": YesNo.YES, "expected_direct_emissions": Decimal(698000)},
        ),
        "浮法玻璃": (
            "FLAT_GLASS",
            "C3041",
            {
                "verified_direct_emissions": Decimal("98210.4"),
                "total_emissions": Decimal("123038.58"),
            },
        ),
        "电解铝老系列": (
            "ELECTROLYTIC_ALUMINIUM",
            "C3216",
            {"on_previous_list": YesNo.YES, "activity_closed": YesNo.YES},
        ),
        "特种纸": (
            "PULP_PAPER",
            "C2221",
            {"verified_direct_emissions": Decimal("8120.9"), "total_emissions": Decimal("11960.2")},
        ),
    }
    tables: Tables = {
        "enterprise": [registered(*GROUP)],
        "activities": [
            {
                "activity": name,
                "entry_activity": EntryActivity[kind],
                "entry_sector_code": SectorCode[code],
                **cells,
            }
            for name, (kind, code, cells) in activities.items()
        ],
    }
    title = "川南示范材料集团：名录纳入与退出（虚构）|Chuannan materials group, the lists (fictitious)"
    return PlantYear("entry_2026", title, 2026, 2026, tables, sector="entry")
