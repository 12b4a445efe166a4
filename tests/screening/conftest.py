"""A lawful plant of one condensing coal unit and one combined-cycle gas unit, to plant faults in."""

from __future__ import annotations

import calendar
import copy
from decimal import Decimal

import pytest

from shutan.kernel import Dataset, Origin, Row
from shutan.rules.common import fuels
from shutan.rules.common.codes import credit_code_check_character
from shutan.rules.power import RULES, choices
from shutan.screening import run

YEAR = 2024
COAL, GAS = "1号机组", "2号机组"
BODY = "91510000MA6XXXX0A"
CODE = BODY + credit_code_check_character(BODY)


def number(text):
    return Decimal(str(text))


def tables(year=YEAR):
    """Return the tables as plain rows."""
    units = {
        COAL: {
            "unit_category": choices.UnitCategory.CONVENTIONAL_COAL,
            "product": choices.Product.CONDENSING,
            "main_fuel_kind": fuels.FuelKind.BITUMINOUS,
            "boiler_type": choices.BoilerType.PULVERISED_COAL,
            "cooling": choices.Cooling.WATER,
            "pressure_class": "超临界",
        },
        GAS: {
            "unit_category": choices.UnitCategory.GAS,
            "product": choices.Product.CONDENSING,
            "main_fuel_kind": fuels.FuelKind.NATURAL_GAS,
            "boiler_type": choices.BoilerType.WASTE_HEAT,
            "cooling": choices.Cooling.WATER,
            "pressure_class": "",
        },
    }
    found = {
        "enterprise": [{"enterprise_name": "示例电厂（虚构）", "credit_code": CODE, "industry_code": "4411"}],
        "units": [dict(unit=unit, **values) for unit, values in units.items()],
        "generators": [
            {"unit": COAL, "generator": "1", "generator_capacity": number(600)},
            {"unit": GAS, "generator": "2", "generator_capacity": number(300)},
        ],
        "fuels": [
            {
                "unit": COAL,
                "fuel": "烟煤",
                "fuel_kind": fuels.FuelKind.BITUMINOUS,
                "consumption_state": fuels.CoalState.AS_FIRED,
                "tested_state": fuels.CoalState.AS_FIRED,
            },
            {"unit": COAL, "fuel": "柴油", "fuel_kind": fuels.FuelKind.DIESEL},
            {"unit": GAS, "fuel": "天然气", "fuel_kind": fuels.FuelKind.NATURAL_GAS},
        ],
        "fuel_months": [],
        "samples": [],
        "generator_months": [],
        "unit_months": [],
        "heat_flows": [],
    }
    for month in range(1, 13):
        hours = number(24 * calendar.monthrange(year, month)[1])
        found["fuel_months"] += [
            {
                "unit": COAL,
                "fuel": "烟煤",
                "month": month,
                "fuel_consumption_reported": number("141000.00"),
                "carbon_source": fuels.CarbonSource.MONTHLY_COMPOSITE,
                "carbon_reported": number("0.5300"),
                "carbon_basis": fuels.Basis.RECEIVED,
                "moisture_ad": number("2.00"),
                "moisture_ar_reported": number("10.00"),
                "ash_ad": number("30.00"),
                "hydrogen_ad": number("3.50"),
                "sulphur_ad": number("1.20"),
                "ncv_ar_reported": number("21.000"),
            },
            {
                "unit": COAL,
                "fuel": "柴油",
                "month": month,
                "fuel_consumption_reported": number("20.00"),
                "carbon_source": fuels.CarbonSource.MONTHLY_TEST,
                "carbon_reported": number("0.8600"),
                "ncv_ar_reported": number("42.652"),
            },
            {
                "unit": GAS,
                "fuel": "天然气",
                "month": month,
                "fuel_consumption_reported": number("2500.00"),
                "carbon_source": fuels.CarbonSource.MONTHLY_TEST,
                "carbon_reported": number("5.9600"),
                "ncv_ar_reported": number("389.310"),
            },
        ]
        for unit, generator, made, own in ((COAL, "1", "341000", "17000"), (GAS, "2", "150000", "3000")):
            found["generator_months"].append(
                {
                    "unit": unit,
                    "generator": generator,
                    "month": month,
                    "generation_reported": number(made),
                    "generator_hours": hours,
                }
            )
            found["unit_months"].append(
                {
                    "unit": unit,
                    "month": month,
                    "purchased_electricity": number("-12.500"),
                    "auxiliary_power": number(own),
                }
            )
    return found


class Plant:
    """The lawful plant with changes: `Plant().set("fuel_months", {"fuel": "烟煤", "month": 3}, ncv_ar_reported="5")`."""

    def __init__(self, year=YEAR):
        self.year = year
        self.tables = tables(year)
        self.origins = {}

    def of(self, year):
        return Plant(year)

    def rows(self, table, **where):
        return [
            row for row in self.tables[table] if all(row.get(name) == value for name, value in where.items())
        ]

    def set(self, table, where, **values):
        rows = self.rows(table, **where)
        assert rows, f"no row {where} in {table}"
        for row in rows:
            for name, value in values.items():
                if value is None:
                    row.pop(name, None)
                else:
                    row[name] = number(value) if isinstance(value, str) and is_number(value) else value
        return self

    def add(self, table, **values):
        self.tables[table].append(values)
        return self

    def drop(self, table, **where):
        gone = self.rows(table, **where)
        assert gone
        self.tables[table] = [row for row in self.tables[table] if row not in gone]
        return self

    def data(self):
        return Dataset(
            {
                name: [
                    Row(
                        copy.copy(row),
                        {
                            one: Origin("cell", f"{chr(65 + column)}{number}", sheet=name)
                            for column, one in enumerate(row)
                        },
                    )
                    for number, row in enumerate(rows, start=3)
                ]
                for name, rows in self.tables.items()
            }
        )

    def result(self, register=()):
        return RULES.evaluate(self.year, self.data(), register)

    def screen(self, *only, register=(), **options):
        return run(self.result(register), only=only, **options)

    def ids(self, *only, **options):
        """Return (check, subject key) of every finding."""
        return [(one.check, one.subject.key) for one in self.screen(*only, **options).findings]


def is_number(text):
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


@pytest.fixture
def plant():
    """A fresh lawful plant of 2024; `plant.of(2022)` makes one of another year."""
    return Plant()
