"""A synthetic province as columns: units × 12 months, one coal each, heat supply. Nothing here is about a real plant."""

from __future__ import annotations

from typing import Any

import numpy as np

from shutan.rules import power

UNITS_A_PLANT = 4


def code(name: str, key: str) -> int:
    """Return the number of a choice."""
    return int(
        next(t for t in power.RULES.tables if any(i.name == name for i in t.inputs))[name].choices[key]
    )  # type: ignore[attr-defined]


def tables(units: int) -> dict[str, dict[str, Any]]:
    """Return the columns of `units` units in plants of four, all tables sorted by plant, unit and month."""
    random = np.random.default_rng(7)
    report = np.arange(units) // UNITS_A_PLANT
    unit = np.arange(units) % UNITS_A_PLANT
    months = np.tile(np.arange(1, 13), units)
    rows = {"report": np.repeat(report, 12), "unit": np.repeat(unit, 12), "month": months}
    count = units * 12
    zero = np.zeros(units, dtype=np.int64)

    def figures(low: float, high: float, places: int) -> Any:
        whole = random.integers(int(low * 10**places), int(high * 10**places), count)
        return whole / 10**places

    small = random.random(units) < 0.4
    measured = random.random(count) < 0.9
    return {
        "enterprise": {"report": np.unique(report)},
        "units": {
            "report": report, "unit": unit,
            "unit_category": np.full(units, code("unit_category", "CONVENTIONAL_COAL")),
            "product": np.full(units, code("product", "CHP")),
            "main_fuel_kind": np.full(units, code("main_fuel_kind", "BITUMINOUS")),
            "boiler_type": np.full(units, code("boiler_type", "PULVERISED_COAL")),
            "cooling": np.full(units, code("cooling", "WATER")),
        },
        "generators": {"report": report, "unit": unit, "generator": zero, "generator_capacity": np.where(small, 350.0, 600.0)},
        "fuels": {"report": report, "unit": unit, "fuel": zero, "fuel_kind": np.full(units, code("fuel_kind", "BITUMINOUS"))},
        "fuel_months": rows | {
            "fuel": np.zeros(count, dtype=np.int64),
            "fuel_consumption_reported": figures(80000, 140000, 2),
            "carbon_source": np.where(measured, code("carbon_source", "MONTHLY_COMPOSITE"), code("carbon_source", "NOT_MEASURED")),
            "carbon_reported": figures(0.52, 0.58, 4),
            "carbon_basis": np.full(count, code("carbon_basis", "AIR_DRIED")),
            "moisture_ad": figures(1, 4, 2),
            "moisture_ar_reported": figures(8, 14, 2),
            "ncv_ar_reported": figures(19, 23, 3),
        },
        "generator_months": rows | {
            "generator": np.zeros(count, dtype=np.int64),
            "generation_reported": figures(100000, 390000, 3),
            "generator_hours": figures(600, 700, 2),
        },
        "unit_months": rows | {"purchased_electricity": np.zeros(count), "turbine_heat_input": figures(2000000, 2800000, 2)},
        "heat_flows": rows | {
            "flow": np.zeros(count, dtype=np.int64),
            "heat_origin": np.full(count, code("heat_origin", "TURBINE_DIRECT")),
            "heat_method": np.full(count, code("heat_method", "STEAM_SIMPLIFIED")),
            "heat_medium": figures(9000, 30000, 2),
            "heat_medium_enthalpy": figures(2800, 3100, 2),
        },
    }  # fmt: skip
