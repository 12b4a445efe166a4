"""What the examples are made of: exact figures that differ from month to month and are the same on every machine."""

from __future__ import annotations

import calendar
import datetime as dt
import zlib
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shutan.kernel import Dataset, Member
from shutan.rules.common.codes import credit_code_check_character
from shutan.rules.common.electricity import GridArea
from shutan.rules.common.ndrc_energy import ElectricityBasis

Cells = dict[str, Any]
Tables = dict[str, list[Cells]]

MONTHS = range(1, 13)
TONNE_OF_STANDARD_COAL = Decimal("29.3076")  # GJ
# How much a unit of Sichuan runs: much in the dry winter and the hot August, little while the rivers are high.
LOAD = [Decimal(one) / 100 for one in (78, 76, 74, 70, 63, 60, 67, 75, 62, 61, 69, 79)]


@dataclass(frozen=True)
class PlantedFault:
    """A fault put in on purpose: the check that finds it, the cell, and what is wrong there."""

    check: str
    table: str
    key: tuple[Any, ...]
    name: str
    text: str  # 中文|English


@dataclass(frozen=True)
class PlantYear:
    """The filled-in workbook of one plant and year."""

    slug: str
    title: str  # 中文|English
    year: int
    rules_year: int
    tables: Tables
    sector: str = "power"
    planted: tuple[PlantedFault, ...] = ()
    source: str = ""  # 中文|English
    organisation: str = ""  # key of the demonstration's organisation
    remarks: tuple[str, ...] = field(default=())  # 中文|English: what to look at

    def dataset(self) -> Dataset:
        """Return the tables as the kernel takes them."""
        return Dataset.of(self.tables)


def number(value: Decimal | int | str, places: int) -> Decimal:
    """Return an exact number rounded as the form takes it."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def wobble(*seed: object) -> Decimal:
    """Return a number between −1 and 1 that depends on nothing but the seed."""
    return Decimal(zlib.crc32("|".join(map(str, seed)).encode()) % 20001 - 10000) / 10000


def days_of(year: int, month: int) -> int:
    """Return the days of a month."""
    return calendar.monthrange(year, month)[1]


def hours_of(year: int, month: int) -> int:
    """Return the hours of a month."""
    return 24 * days_of(year, month)


def last_of(year: int, month: int, plus: int = 0) -> dt.date:
    """Return the last day of a month, or some days later."""
    return dt.date(year, month, days_of(year, month)) + dt.timedelta(days=plus)


def row_of(tables: Tables, table: str, **key: object) -> Cells:
    """Return the row with this key."""
    return next(row for row in tables[table] if all(row[name] == value for name, value in key.items()))


def shares(total: Decimal, count: int, *seed: object) -> list[Decimal]:
    """Divide a month's amount over its days, uneven and without a remainder."""
    weights = [1 + wobble(*seed, day) / 8 for day in range(count)]
    parts = [number(total * weight / sum(weights), 2) for weight in weights[:-1]]
    return [*parts, total - sum(parts)]


def enterprise(name: str, code: str, place: str, longitude: str, latitude: str) -> Cells:
    """Return the row of basic information of a fictitious plant."""
    return {
        "enterprise_name": name,
        "credit_code": code,
        "enterprise_nature": "有限责任公司（虚构）",
        "legal_representative": "虚构人员",
        "production_address": f"{place}（虚构地址）",
        "longitude": Decimal(longitude),
        "latitude": Decimal(latitude),
        "postcode": "600000",
        "contact": "虚构人员",
        "contact_phone": "000-00000000",
        "supervising_department": "演示省级主管部门（虚构）",
        "industry_class": "火力发电",
        "industry_code": "4411",
        "coal_laboratory": "示范检测中心（虚构）",
    }


def about(*seed: object, of: int) -> Decimal:
    """Return a month's amount: near a figure, by the seed, to two decimals."""
    return number(of * (1 + wobble(*seed) / 14), 2)


def registered(name: str, code: str, place: str, industry_code: str, industry: str) -> Cells:
    """Return the basic information of a fictitious industrial enterprise; the code without its check character."""
    return {
        "enterprise_name": name,
        "credit_code": code + credit_code_check_character(code),
        "enterprise_nature": "有限责任公司（虚构）",
        "legal_representative": "虚构人员",
        "production_address": f"四川省{place}（虚构地址）",
        "contact": "虚构人员",
        "contact_phone": "000-00000000",
        "supervising_department": "演示省级主管部门（虚构）",
        "industry_class": industry,
        "sector_code": industry_code,
    }


def works(
    who: tuple[str, str, str, str, str],
    fuels: dict[str, tuple[Member, int]],
    *,
    electricity: int,
    heat: int = 0,
    sold_heat: int = 0,
) -> Tables:
    """Return what every works by an NDRC guide has: who it is, its fuels by month (kind, amount a month), what it buys and sells."""
    name = who[0]
    return {
        "enterprise": [
            registered(*who)
            | {"electricity_basis": ElectricityBasis.ANNOUNCED_AREA, "grid_area": GridArea.SICHUAN}
        ],
        "fuels": [{"fuel": fuel, "fuel_kind": kind} for fuel, (kind, _) in fuels.items()],
        "fuel_months": [
            burned for fuel, (_, amount) in fuels.items() for burned in fuel_months(name, fuel, amount)
        ],
        "purchased": [
            {
                "month": month,
                "purchased_electricity": number(electricity * (1 + wobble(name, "MWh", month) / 9), 3),
                "sold_electricity": Decimal(0),
                "purchased_heat": number(heat * (1 + wobble(name, "GJ", month) / 9), 2),
                "sold_heat": Decimal(sold_heat),
            }
            for month in MONTHS
        ],
    }


def fuel_months(name: str, fuel: str, amount: int) -> list[Cells]:
    """Return a year of a fuel, near an amount a month."""
    return [
        {"fuel": fuel, "month": month, "fuel_consumption_reported": about(name, fuel, month, of=amount)}
        for month in MONTHS
    ]
