"""Synthetic plants for measuring: 4 units, 12 months, coal and start-up oil, heat. Nothing here is about a real plant."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from shutan.kernel import Choice, Dataset, Number
from shutan.rules import power

TABLES = {table.name: table for table in power.RULES.tables}


def typed(table: str, **values: object) -> dict[str, object]:
    """Return a row with choices and numbers in their types."""
    row: dict[str, object] = {}
    for name, value in values.items():
        if name in TABLES[table].grain.dimensions:
            row[name] = value
            continue
        one = TABLES[table][name]
        if isinstance(one, Choice):
            row[name] = one.choices[str(value)]
        else:
            row[name] = Decimal(str(value)) if isinstance(one, Number) else value
    return row


def plant(units: int = 4) -> Dataset:
    """Return a plant of condensing units with heat supply, measured carbon, oil by default values."""
    random = np.random.default_rng(1)

    def figure(low: float, high: float, places: int) -> str:
        return f"{random.uniform(low, high):.{places}f}"

    tables: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    tables["enterprise"].append({})
    for unit in (f"{at}号机组" for at in range(1, units + 1)):
        tables["units"].append(
            typed("units", unit=unit, unit_category="CONVENTIONAL_COAL", product="CHP", main_fuel_kind="BITUMINOUS",
                  boiler_type="PULVERISED_COAL", cooling="WATER")
        )  # fmt: skip
        tables["generators"].append(typed("generators", unit=unit, generator="G", generator_capacity="600"))
        for fuel, kind in (("烟煤", "BITUMINOUS"), ("柴油", "DIESEL")):
            tables["fuels"].append(typed("fuels", unit=unit, fuel=fuel, fuel_kind=kind))
        for month in range(1, 13):
            tables["fuel_months"].append(
                typed("fuel_months", unit=unit, fuel="烟煤", month=month, carbon_source="MONTHLY_COMPOSITE",
                      fuel_consumption_reported=figure(80000, 140000, 2), carbon_reported=figure(0.52, 0.58, 4),
                      carbon_basis="AIR_DRIED", moisture_ad=figure(1, 4, 2), moisture_ar_reported=figure(8, 14, 2),
                      ncv_ar_reported=figure(19, 23, 3))
            )  # fmt: skip
            tables["fuel_months"].append(
                typed("fuel_months", unit=unit, fuel="柴油", month=month, carbon_source="NOT_MEASURED",
                      fuel_consumption_reported=figure(5, 60, 2), ncv_source="DEFAULT")
            )  # fmt: skip
            tables["generator_months"].append(
                typed("generator_months", unit=unit, generator="G", month=month,
                      generation_reported=figure(250000, 390000, 3), generator_hours=figure(600, 700, 2))
            )  # fmt: skip
            tables["unit_months"].append(
                typed("unit_months", unit=unit, month=month, purchased_electricity=figure(0, 300, 3),
                      turbine_heat_input=figure(2000000, 2800000, 2))
            )  # fmt: skip
            tables["heat_flows"].append(
                typed("heat_flows", unit=unit, month=month, flow="工业蒸汽", heat_origin="TURBINE_DIRECT",
                      heat_method="STEAM_SIMPLIFIED", heat_medium=figure(9000, 30000, 2), heat_medium_enthalpy="2950.30")
            )  # fmt: skip
    return Dataset.of(tables)
