"""What the power plants of the examples have in common: sheets of units and generators, start-up oil, output by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from shutan.cli.plants.common import MONTHS, Cells, Tables, number
from shutan.rules.common.fuels import CarbonSource, ConsumptionSource, FuelKind, NcvSource

OIL = "柴油"
ONE_GENERATOR = "发电机"
UNTESTED: Cells = {"carbon_source": CarbonSource.NOT_MEASURED, "ncv_source": NcvSource.DEFAULT}
Month = Callable[[Tables, int, str, int], None]


def plant_tables(
    year: int,
    company: Cells,
    units: Sequence[Cells],
    *,
    generators: Mapping[str, Decimal],
    fuels: Callable[[str], list[Cells]],
    bases: Sequence[int],
    month: Month,
) -> Tables:
    """Return the sheets of a plant whose units all have the same generators (name → MW); `month` adds a unit's month.

    `bases` are the verified emissions that each unit's pre-allocation starts from, t.
    """
    names = [unit["unit"] for unit in units]
    tables: Tables = {
        "enterprise": [company],
        "units": list(units),
        "generators": [
            {"unit": unit, "generator": generator, "generator_capacity": capacity}
            for unit in names
            for generator, capacity in generators.items()
        ],
        "fuels": [row for unit in names for row in fuels(unit)],
        "fuel_months": [],
        "generator_months": [],
        "unit_months": [],
        "unit_allocation": [
            {"unit": unit, "pre_allocation_base": Decimal(base)}
            for unit, base in zip(names, bases, strict=True)
        ],
    }
    for unit in names:
        for at in MONTHS:
            month(tables, year, unit, at)
    return tables


def oil_of(unit: str) -> Cells:
    """Return the row of the oil that starts a unit."""
    return {
        "unit": unit,
        "fuel": OIL,
        "fuel_kind": FuelKind.DIESEL,
        "consumption_source": ConsumptionSource.STOCK_LEDGER,
    }


def generated(unit: str, generator: str, month: int, made: Decimal, hours: Decimal) -> Cells:
    """Return what one generator made in one month, MWh."""
    return {
        "unit": unit,
        "generator": generator,
        "month": month,
        "generation_reported": made,
        "generator_hours": hours,
    }


def sent_out(generation: Decimal, station: Decimal) -> Cells:
    """Return where a month's electricity went; `station` is the part that the plant itself used."""
    return {
        "on_grid_energy": number(generation * (1 - station), 3),
        "auxiliary_power": number(generation * station, 3),
    }
