"""The reference for the heaviest sector: what a steel works prints under the guide of 2024, written by hand in Polars.

Lazily, with the same tie-safe rounding as `by_hand`. It knows what the rules must find out (no default stands in a cell,
every fuel and material is in the guide's tables), so it is a reference that has it easy.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from benchmarks.by_hand import rounded
from shutan.kernel import last_day
from shutan.rules.common.fuels import Detail, NcvSource, YesNo
from shutan.rules.common.heat_media import HeatMedium
from shutan.rules.common.industrial_fuels import FuelOrigin, IndustrialFuel
from shutan.rules.steel import RULES
from shutan.rules.steel.choices import HeatDirection, MaterialKind

YEAR = 2024
FASTEST: Any = "streaming"  # takes half of the time of "in-memory" here
TO_CO2 = 44 / 12
SOLIDS = (
    "ANTHRACITE", "BITUMINOUS", "LIGNITE", "WASHED_COAL", "OTHER_WASHED_COAL", "OTHER_COAL", "COAL_GANGUE",
    "COAL_SLIME", "COKE", "SEMI_COKE", "BRIQUETTE", "MIDDLINGS", "PETROLEUM_COKE",
)  # fmt: skip
FUEL, MONTH, YEARLY = ["report", "fuel"], ["report", "month"], ["report"]
# What is compared: rule → frame, column, decimals.
SAME = {
    "net_consumption": ("fuel_months", "net", 2), "ncv_ar": ("fuel_months", "ncv", 3),
    "fuel_emissions": ("fuel_months", "emissions", 2), "dry_consumption": ("fuel_months", "dry", 2),
    "annual_net_consumption": ("fuels", "net", 2), "annual_ncv_ar": ("fuels", "ncv", 3),
    "annual_fuel_emissions": ("fuels", "emissions", 2),
    "material_emissions": ("material_months", "emissions", 2), "annual_material_emissions": ("materials", "emissions", 2),
    "monthly_fuel_emissions": ("months", "fuel", 2), "monthly_material_emissions": ("months", "material", 2),
    "monthly_product_carbon": ("months", "product", 2), "enterprise_level_monthly_emissions": ("months", "balance", 2),
    "monthly_emissions_filed": ("months", "filed", 0), "monthly_steel_intensity": ("months", "intensity", 4),
    "process_input_emissions": ("process_fuel_months", "entered", 2),
    "process_output_emissions": ("process_fuel_months", "left", 2),
    "annual_process_ncv": ("process_fuels", "ncv", 3), "annual_process_input_emissions": ("process_fuels", "entered", 2),
    "annual_process_output_emissions": ("process_fuels", "left", 2),
    "monthly_process_emissions": ("process_months", "emissions", 2), "monthly_process_intensity": ("process_months", "intensity", 4),
    "monthly_process_heat": ("process_months", "heat", 2),
    "process_emissions": ("processes", "emissions", 2), "annual_process_output": ("processes", "output", 2),
    "process_intensity": ("processes", "intensity", 4), "annual_process_heat": ("processes", "heat", 2),
    "unit_fuel_emissions": ("unit_fuel_months", "emissions", 2), "annual_unit_fuel_ncv": ("unit_fuels", "ncv", 3),
    "monthly_cofiring_emissions": ("unit_months", "emissions", 2), "monthly_own_energy_share": ("unit_months", "own", 2),
    "monthly_unit_load": ("unit_months", "load", 2),
    "cofiring_emissions": ("units", "emissions", 2), "own_energy_share": ("units", "own", 2), "unit_load": ("units", "load", 2),
    "enterprise_carbon_balance": ("works", "balance", 2), "enterprise_emissions": ("works", "emissions", 0),
    "steel_intensity": ("works", "intensity", 4), "process_total": ("works", "processes", 2),
    "cofiring_total": ("works", "cofiring", 2), "other_emissions": ("works", "other", 2),
}  # fmt: skip


def parameter(name: str, *key: str) -> float | None:
    """Return a parameter of the year, None where the table does not list the key."""
    record = RULES.parameters[name].on(last_day(YEAR), key)
    return None if record is None or record.value is None else float(record.value)


def steel_2024(tables: dict[str, dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Compute enterprise, process and power-unit level; return the frames that SAME names, in any order."""
    fuel_months = _fuel_months(tables).collect(engine=FASTEST).lazy()  # all others read it
    fuels = _by(fuel_months.with_columns(weight=pl.col("net").abs()), FUEL, "net", "emissions", heat="weight")
    materials, material_months = _materials(tables)
    processes = _processes(tables, fuel_months)
    units = _units(tables, fuel_months)
    months = _months(tables, fuel_months, material_months)
    works = _works(months, processes["processes"], units["units"])
    frames = processes | units | {
        "fuel_months": fuel_months, "fuels": fuels, "materials": materials, "material_months": material_months,
        "months": months, "works": works,
    }  # fmt: skip
    return dict(zip(frames, pl.collect_all(list(frames.values()), engine=FASTEST), strict=True))


def _total(name: str, places: int = 2) -> pl.Expr:
    return rounded(pl.col(name).sum(), places)


def _ratio(value: pl.Expr, divisor: pl.Expr, places: int) -> pl.Expr:
    return pl.when(divisor == 0).then(0.0).otherwise(rounded(value / divisor, places))


def _by(frame: pl.LazyFrame, keys: list[str], *sums: str, heat: str) -> pl.LazyFrame:
    """Sum columns by key; the calorific value is the months' weighted by a column."""
    ncv = _ratio((pl.col("ncv") * pl.col(heat)).sum(), pl.col(heat).sum(), 3)
    return frame.group_by(keys).agg(*(_total(one).alias(one) for one in sums), ncv=ncv)


def _fuel_months(tables: dict[str, dict[str, Any]]) -> pl.LazyFrame:
    kinds = pl.LazyFrame(
        {
            "fuel_kind": [int(one) for one in IndustrialFuel],
            "default_ncv": [parameter("default_ncv", one.key) for one in IndustrialFuel],
            "carbon": [parameter("default_carbon_per_heat", one.key) for one in IndustrialFuel],
            "oxidation": [parameter("oxidation_rate", one.key) for one in IndustrialFuel],
            "solid": [one.key in SOLIDS for one in IndustrialFuel],
        }
    )
    fuels = pl.LazyFrame(tables["fuels"]).join(kinds, on="fuel_kind", how="left").with_columns(
        own=pl.col("fuel_procurement") == int(FuelOrigin["OWN"]),
        by_default=(pl.col("fuel_ncv_source") == int(NcvSource["DEFAULT"])) | (pl.col("fuel_kind") == int(IndustrialFuel["COKE"])),
    )  # fmt: skip
    keys = ["report", "fuel", "month"]
    tests = pl.LazyFrame(tables["fuel_tests"]).group_by(keys).agg(
        batches=(pl.col("test_ncv") * pl.col("test_amount")).sum() / pl.col("test_amount").sum(), mean=pl.col("test_ncv").mean(),
    )  # fmt: skip
    tested = pl.when(pl.col("solid")).then("batches").otherwise("mean")
    measured = pl.when(pl.col("ncv_detail") == int(Detail["SAMPLES"])).then(tested).otherwise("ncv_reported")
    net = (
        pl.col("fuel_opening_stock") + pl.when("own").then(0.0).otherwise("fuel_purchased") - pl.col("fuel_closing_stock")
        - pl.col("fuel_sold") - pl.col("fuel_to_listed_units") - pl.col("fuel_left_out")
    )  # fmt: skip
    dry = pl.col("net") * (100 - pl.col("fuel_moisture")) / 100
    counted = ~pl.col("own") & pl.col("solid") & (pl.col("net") != 0)
    return (
        pl.LazyFrame(tables["fuel_months"])
        .join(fuels, on=FUEL, how="left")
        .join(tests, on=keys, how="left")
        .with_columns(
            net=rounded(net, 2), ncv=rounded(pl.when("by_default").then("default_ncv").otherwise(measured), 3)
        )
        .with_columns(
            emissions=_emissions("net"),
            dry=pl.when(counted).then(rounded(dry, 2)).otherwise(0.0),
        )
        .select(*keys, "net", "ncv", "carbon", "oxidation", "own", "emissions", "dry")
    )


def _emissions(amount: str) -> pl.Expr:
    return rounded(pl.col(amount) * pl.col("ncv") * pl.col("carbon") * TO_CO2, 2)


def _materials(tables: dict[str, dict[str, Any]]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    factors = pl.LazyFrame(
        {
            "material_kind": [int(one) for one in MaterialKind],
            "factor": [
                0.0 if one.key == "NOT_LISTED" else parameter("material_factor", one.key)
                for one in MaterialKind
            ],
        }
    )
    keys = ["report", "material"]
    listed = pl.LazyFrame(tables["materials"]).join(factors, on="material_kind", how="left")
    months = (
        pl.LazyFrame(tables["material_months"])
        .join(listed, on=keys, how="left")
        .with_columns(emissions=rounded(pl.col("material_amount") * pl.col("factor"), 2))
        .select(*keys, "month", "emissions")
    )
    return months.group_by(keys).agg(emissions=_total("emissions")), months


def _months(
    tables: dict[str, dict[str, Any]], fuel_months: pl.LazyFrame, material_months: pl.LazyFrame
) -> pl.LazyFrame:
    carried = {
        "crude_steel_output": "crude_steel_factor", "pig_iron_sold": "pig_iron_factor",
        "crude_benzol_sold": "crude_benzol_factor", "tar_sold": "tar_factor",
    }  # fmt: skip
    product = pl.sum_horizontal(
        rounded(pl.col(one) * parameter(factor), 2) for one, factor in carried.items()
    )
    return (
        pl.LazyFrame(tables["products"]).select(
            *MONTH, steel=pl.col("crude_steel_output"), product=rounded(product, 2)
        )
        .join(fuel_months.group_by(MONTH).agg(fuel=_total("emissions")), on=MONTH, how="left")
        .join(material_months.group_by(MONTH).agg(material=_total("emissions")), on=MONTH, how="left")
        .with_columns(balance=rounded(pl.col("fuel") + pl.col("material") - pl.col("product"), 2))
        .with_columns(filed=rounded(pl.col("balance"), 0), intensity=_ratio(pl.col("balance"), pl.col("steel"), 4))
    )  # fmt: skip


def _processes(tables: dict[str, dict[str, Any]], fuel_months: pl.LazyFrame) -> dict[str, pl.LazyFrame]:
    keys, both = ["report", "process", "month"], ["report", "process", "fuel"]
    fuels = (
        pl.LazyFrame(tables["process_fuel_months"])
        .join(
            fuel_months.select(*FUEL, "month", "ncv", "carbon"), on=["report", "fuel", "month"], how="left"
        )
        .with_columns(
            entered=_emissions("process_fuel_input"), left=_emissions("process_fuel_output"),
            through=pl.col("process_fuel_input") + pl.col("process_fuel_output"),
        )
    )  # fmt: skip
    steam = pl.col("steam_enthalpy") - parameter("cold_water_enthalpy")
    water = (pl.col("water_temperature") - parameter("cold_water_temperature")) * parameter(
        "water_specific_heat"
    )
    carrier = pl.when(pl.col("heat_carrier") == int(HeatMedium["STEAM"])).then(steam).otherwise(water)
    heat = pl.col("heat_mass") * carrier * parameter("enthalpy_to_heat")
    way = pl.when(pl.col("heat_direction") == int(HeatDirection["INTO"])).then(1.0).otherwise(-1.0)
    flows = pl.LazyFrame(tables["process_heat"]).select(*keys, heat=way * rounded(heat, 2))
    months = (
        pl.LazyFrame(tables["process_months"]).select(*keys, output=pl.col("process_output"))
        .join(fuels.group_by(keys).agg(emissions=rounded(pl.col("entered").sum() - pl.col("left").sum(), 2)), on=keys, how="left")
        .join(flows.group_by(keys).agg(heat=_total("heat")), on=keys, how="left")
        .with_columns(pl.col("emissions", "heat").fill_null(0.0))
        .with_columns(intensity=_ratio(pl.col("emissions"), pl.col("output"), 4))
    )  # fmt: skip
    year = (
        months.group_by(keys[:2]).agg(_total(one).alias(one) for one in ("emissions", "output", "heat"))
        .with_columns(intensity=_ratio(pl.col("emissions"), pl.col("output"), 4))
    )  # fmt: skip
    return {
        "process_fuel_months": fuels.select(*both, "month", "entered", "left"),
        "process_fuels": _by(fuels, both, "entered", "left", heat="through"),
        "process_months": months,
        "processes": year,
    }


def _units(tables: dict[str, dict[str, Any]], fuel_months: pl.LazyFrame) -> dict[str, pl.LazyFrame]:
    keys, both = ["report", "unit", "month"], ["report", "unit", "fuel"]
    units = pl.LazyFrame(tables["units"]).select(
        "report", "unit", capacity="unit_capacity", listed=pl.col("on_power_list") == int(YesNo["YES"])
    )
    emissions = (
        pl.col("unit_fuel_consumption") * pl.col("ncv") * pl.col("carbon") * pl.col("oxidation") * TO_CO2
    )
    fuels = (
        pl.LazyFrame(tables["unit_fuel_months"]).join(units, on=keys[:2], how="left")
        .join(fuel_months.select(*FUEL, "month", "ncv", "carbon", "oxidation", "own"), on=["report", "fuel", "month"], how="left")
        .with_columns(
            emissions=pl.when("listed").then(0.0).otherwise(rounded(emissions, 2)), heat=pl.col("unit_fuel_consumption") * pl.col("ncv"),
        )
        .with_columns(own_heat=pl.when("own").then("heat").otherwise(0.0))
    )  # fmt: skip

    def burned(some: list[str]) -> pl.LazyFrame:
        own = _ratio(100 * pl.col("own_heat").sum(), pl.col("heat").sum(), 2)
        return fuels.group_by(some).agg(emissions=_total("emissions"), own=own)

    output = pl.LazyFrame(tables["unit_months"]).join(units, on=keys[:2], how="left")
    load = _ratio(100 * pl.col("unit_generation"), pl.col("capacity") * pl.col("unit_hours"), 2)
    made = _total("unit_generation", 3)
    year = output.group_by(keys[:2]).agg(
        load=_ratio(100 * made, pl.col("capacity").first() * _total("unit_hours"), 2)
    )
    return {
        "unit_fuel_months": fuels.select(*both, "month", "emissions"),
        "unit_fuels": _by(fuels, both, "emissions", heat="unit_fuel_consumption"),
        "unit_months": output.select(*keys, load=load).join(burned(keys), on=keys, how="left"),
        "units": burned(keys[:2]).join(year, on=keys[:2], how="left"),
    }


def _works(months: pl.LazyFrame, processes: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    return (
        months.group_by(YEARLY).agg(balance=_total("balance"), steel=_total("steel"))
        .join(processes.group_by(YEARLY).agg(processes=_total("emissions")), on=YEARLY, how="left")
        .join(units.group_by(YEARLY).agg(cofiring=_total("emissions")), on=YEARLY, how="left")
        .with_columns(emissions=rounded(pl.col("balance"), 0), intensity=_ratio(pl.col("balance"), pl.col("steel"), 4))
        .with_columns(other=rounded(pl.col("emissions") - pl.col("processes") - pl.col("cofiring"), 2))
    )  # fmt: skip
