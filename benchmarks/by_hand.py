"""The reference: the same formulas of 2024, written by hand for the province of `province.py`.

Polars, lazily, with the same tie-safe rounding, all columns that the rules print. It knows what the rules must find out
(one coal a unit, heat by the simplified formula, no biomass), so it is a reference that has it easy.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from shutan.kernel import last_day
from shutan.rules import power

KG = 0.001


def parameter(name: str, *key: str) -> float:
    """Return a parameter of 2024."""
    value = power.RULES.parameters[name].on(last_day(2024), key)
    assert value is not None
    assert value.value is not None
    return float(value.value)


def rounded(value: pl.Expr, places: int) -> pl.Expr:
    """Round half up, ties recognised: `kernel.numbers.snapped` as an expression."""
    scale = 10.0**places
    size = (value * scale).abs()
    return (size * (1 + 1e-15) + (0.5 + 1e-12)).floor() * value.sign() / scale


def floored(value: pl.Expr) -> pl.Expr:
    """Round down to whole tonnes."""
    return (value * (1 + 1e-15) + 1e-12).floor()


def power_2024(
    tables: dict[str, dict[str, Any]], measured: int, small_limit: float
) -> dict[str, pl.DataFrame]:
    """Compute accounting and allocation; return frames by month, unit and plant."""
    fuels = pl.LazyFrame(tables["fuel_months"])
    default_ncv_carbon = parameter("default_carbon_per_heat", "CONVENTIONAL_COAL")
    converted = (
        pl.col("carbon_reported") * (100 - pl.col("moisture_ar_reported")) / (100 - pl.col("moisture_ad"))
    )
    by_default = pl.col("ncv_ar_reported") * default_ncv_carbon
    carbon = rounded(pl.when(pl.col("carbon_source") == measured).then(converted).otherwise(by_default), 4)
    months = (
        fuels.with_columns(carbon=carbon)
        .with_columns(
            emissions=rounded(pl.col("fuel_consumption_reported") * pl.col("carbon") * 0.99 * 44 / 12, 2)
        )
        .select("report", "unit", "month", "emissions")
    )
    heat = pl.LazyFrame(tables["heat_flows"]).select(
        "report", "unit",
        heat=rounded(pl.col("heat_medium") * (pl.col("heat_medium_enthalpy") - parameter("cold_water_enthalpy")) * KG, 2),
    )  # fmt: skip
    generators = pl.LazyFrame(tables["generators"]).select("report", "unit", capacity="generator_capacity")
    output = pl.LazyFrame(tables["generator_months"])
    keys = ["report", "unit"]
    units = (
        months.group_by(keys).agg(total=rounded(pl.col("emissions").sum(), 2))
        .join(output.group_by(keys).agg(
            generation=rounded(pl.col("generation_reported").sum(), 3), hours=rounded(pl.col("generator_hours").sum(), 2)
        ), on=keys)
        .join(heat.group_by(keys).agg(heat=rounded(pl.col("heat").sum(), 2)), on=keys)
        .join(generators, on=keys)
        .with_columns(
            surrender=rounded(pl.col("total"), 0),
            load=rounded(pl.col("generation") / (pl.col("capacity") * pl.col("hours")) * 100, 2),
        )
    )  # fmt: skip
    big = pl.col("capacity") >= small_limit
    electricity = (
        pl.when(big)
        .then(parameter("electricity_benchmark", "I"))
        .otherwise(parameter("electricity_benchmark", "II"))
    )
    correction = (
        pl.when(pl.col("load") < 65)
        .then(rounded(pl.lit(1.015).pow(16 - 20 * pl.col("load") / 100), 6))
        .otherwise(1.0)
    )
    units = units.with_columns(correction=correction).with_columns(
        electricity_allowance=floored(pl.col("generation") * electricity * pl.col("correction")),
        heat_allowance=floored(pl.col("heat") * parameter("heat_benchmark", "I")),
    ).with_columns(allowance=pl.col("electricity_allowance") + pl.col("heat_allowance"))  # fmt: skip
    plants = units.group_by("report").agg(pl.col("surrender").sum(), initial=pl.col("allowance").sum())
    cap = pl.col("surrender") * 0.8
    plants = plants.with_columns(
        allowance=pl.when(pl.col("initial") >= cap).then(pl.col("initial")).otherwise(pl.col("initial") + floored(cap - pl.col("initial")))
    ).with_columns(gap=pl.col("allowance") - pl.col("surrender"))  # fmt: skip
    first, second, third = pl.collect_all([months, units.sort(keys), plants.sort("report")])
    return {"months": first, "units": second, "plants": third}
