"""The works of `steel` and the energy company that owns its power unit (both fictitious): one site, one joint report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shutan.cli.plants import steel
from shutan.cli.plants.common import (
    Cells,
    PlantYear,
    Tables,
    enterprise,
    hours_of,
    number,
    registered,
    wobble,
)
from shutan.cli.plants.units import UNTESTED
from shutan.documents.enterprise import Source, compose
from shutan.documents.problem import Reading
from shutan.kernel import Dataset, Member
from shutan.rules.common.fuels import Basis, CarbonSource, ConsumptionSource, FuelKind, NcvSource, YesNo
from shutan.rules.enterprise import RULES
from shutan.rules.enterprise.choices import Carrier, PartRelation, PartSector, TransferScope
from shutan.rules.power.choices import (
    BoilerHeatMethod,
    BoilerType,
    Cooling,
    OperatingStatus,
    Product,
    UnitCategory,
)
from shutan.rules.registry import rule_set

NAME = "攀西示范能源有限公司（虚构）"
CODE = "91510400MA00DEM18"
SITE = "攀西厂区"
FUELS = {
    "高炉煤气": FuelKind.BLAST_FURNACE_GAS,
    "转炉煤气": FuelKind.CONVERTER_GAS,
    "动力煤": FuelKind.BITUMINOUS,
}


def captive(year: int = 2024) -> PlantYear:
    """Return the power unit's year in a workbook of power: the same fuel and output as in the works' own report."""
    works = steel.steel_works(year).tables
    return PlantYear(
        f"captive_{year}",
        "攀西示范能源（虚构）：钢铁企业自备机组|Panxi Energy, captive unit of a steel works (fictitious)",
        year,
        year,
        {
            "enterprise": [_company()],
            "units": [_unit()],
            "generators": [
                {"unit": steel.UNIT, "generator": "1号发电机", "generator_capacity": Decimal(100)}
            ],
            "fuels": [
                {
                    "unit": steel.UNIT,
                    "fuel": fuel,
                    "fuel_kind": kind,
                    "consumption_source": ConsumptionSource.PRODUCTION_RECORD,
                    "fuel_origin": steel.NAME,
                }
                for fuel, kind in FUELS.items()
            ],
            "fuel_months": [_fuel(row) for row in works["unit_fuel_months"]],
            "generator_months": [
                {
                    "unit": steel.UNIT,
                    "generator": "1号发电机",
                    "month": row["month"],
                    "generation_reported": row["unit_generation"],
                    "generator_hours": row["unit_hours"],
                }
                for row in works["unit_months"]
            ],
            "unit_months": [_output(year, row) for row in works["unit_months"]],
        },
        organisation="industry",
    )


def joint_works(year: int = 2024) -> PlantYear:
    """Return the enterprise's workbook, its figures filled in from the workbooks of steel and of power."""
    plants = (steel.steel_works(year), captive(year))
    own = Reading(RULES, year, year, Dataset.of(_plan()))
    parts = [
        Source(f"{one.slug}.xlsx", Reading(rule_set(one.sector), year, year, one.dataset())) for one in plants
    ]
    made = compose([Source("group.xlsx", own), *parts]).reading
    return PlantYear(
        f"group_{year}",
        "攀西示范钢铁及能源公司（虚构）：两个法人合并报告|Panxi steel and its energy company, one report (fictitious)",
        year,
        year,
        {name: [row.values for row in rows] for name, rows in made.data.tables.items()},
        sector="enterprise",
        remarks=(
            "自备机组未列入名录：按发电规则核算，从钢铁企业剔除后计入能源公司，只计一次|the power unit is not on the power list: by the rules of power, counted once, with its owner",
        ),
    )


def _plan() -> Tables:
    works, energy = "钢铁", "自备电厂"
    return {
        "enterprise": [registered(steel.NAME, steel.CODE[:-1], "攀枝花市", "3120", "炼钢")],
        "legal_persons": [
            {"legal_person": steel.NAME, "member_credit_code": steel.CODE, "same_group": YesNo.YES},
            {
                "legal_person": NAME,
                "member_credit_code": _company()["credit_code"],
                "same_group": YesNo.YES,
            },
        ],
        "sites": [
            {
                "legal_person": person,
                "site": SITE,
                "site_address": "四川省攀枝花市（虚构地址）",
                "same_prefecture": YesNo.YES,
                "contiguous_site": YesNo.YES,
            }
            for person in (steel.NAME, NAME)
        ],
        "parts": [
            {
                "legal_person": steel.NAME,
                "site": SITE,
                "part": works,
                "part_sector": PartSector.STEEL,
                "part_file": "steel_2024.xlsx",
            },
            {
                "legal_person": NAME,
                "site": SITE,
                "part": energy,
                "part_sector": PartSector.POWER,
                "part_relation": PartRelation.WITHIN,
                "part_host": works,
                "part_listed": YesNo.NO,
                "part_file": "captive_2024.xlsx",
            },
        ],
        "transfers": [
            _transfer(NAME, "煤气", Carrier.GAS, (works, energy), 146_000),
            _transfer(steel.NAME, "自发电", Carrier.ELECTRICITY, (energy, works), 612_000),
        ],
    }


def _transfer(person: str, name: str, carrier: Member, parts: tuple[str, str], amount: int) -> Cells:
    """Return a transfer that neither total counts: the guides of 2024 leave electricity out, the gas moves with the unit."""
    return {
        "legal_person": person,
        "transfer": name,
        "carrier": carrier,
        "transfer_scope": TransferScope.BETWEEN,
        "transfer_from": parts[0],
        "transfer_to": parts[1],
        "transfer_amount": Decimal(amount),
        "receiver_factor": Decimal(0),
        "sender_factor": Decimal(0),
    }


def _company() -> Cells:
    return enterprise(
        NAME, registered(NAME, CODE, "", "", "")["credit_code"], "四川省攀枝花市", "101.718000", "26.582000"
    )


def _unit() -> Cells:
    return {
        "unit": steel.UNIT,
        "unit_category": UnitCategory.OTHER,
        "product": Product.CONDENSING,
        "main_fuel_kind": FuelKind.BLAST_FURNACE_GAS,
        "boiler_type": BoilerType.OTHER,
        "boiler_name": "1号燃气锅炉 320 t/h",
        "turbine_name": "1号凝汽式汽轮机",
        "turbine_type": "凝汽式",
        "turbine_capacity": Decimal(100),
        "cooling": Cooling.WATER,
        "boiler_heat_method": BoilerHeatMethod.REPORTED,
        "commissioned_on": dt.date(2012, 4, 1),
    }


def _fuel(row: Cells) -> Cells:
    """Return a month of a fuel: coal is tested, the works' own gases take the guide's defaults."""
    found = {
        "unit": steel.UNIT,
        "fuel": row["fuel"],
        "month": row["month"],
        "fuel_consumption_reported": row["unit_fuel_consumption"],
    }
    if row["fuel"] != "动力煤":
        return found | UNTESTED
    ncv = number(Decimal("22.8") + wobble("发热量", row["month"]) / 3, 3)
    return found | {
        "carbon_source": CarbonSource.MONTHLY_TEST,
        "carbon_reported": number(ncv * Decimal("0.02632"), 4),
        "carbon_basis": Basis.RECEIVED,
        "ncv_source": NcvSource.MEASURED,
        "ncv_ar_reported": ncv,
    }


def _output(year: int, row: Cells) -> Cells:
    generation = row["unit_generation"]
    return {
        "unit": steel.UNIT,
        "month": row["month"],
        "operating_status": OperatingStatus.RUNNING,
        "purchased_electricity": number((hours_of(year, row["month"]) - row["unit_hours"]) * 3, 3),
        "on_grid_energy": Decimal(0),
        "auxiliary_power": number(generation * Decimal("0.07"), 3),
    }
