"""RNG-06 to RNG-08, RNG-12: how much coal, carbon and station power a unit needs for what it delivers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from shutan.kernel import ParameterValue
from shutan.screening.case import Band, Case, Outlier, View
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, check

UNIT_WORDS = ("unit_category", "product", "boiler_type", "cofires_biomass")
CONDENSING = (pl.col("product") == "CONDENSING") & (pl.col("cofires_biomass") == "NO")
KILO = 1000  # tce/MWh to gce/kWh, kJ/kg to GJ/t
CHECK_POWER = Words("请核对燃料、发电量和厂用电量", "Check fuel, generation and station power")


def kind_of_unit(row: View) -> str | None:
    """Return the word by which ranges of units are keyed, None for units without a range."""
    category = row.unit_category.key
    if category in ("CONVENTIONAL_COAL", "NON_CONVENTIONAL_COAL"):
        return "FLUIDISED_BED" if row.boiler_type.key == "CIRCULATING_FLUIDISED_BED" else "COAL"
    combined = category in ("GAS", "CCPP") and row.boiler_type.key == "WASTE_HEAT"
    return "COMBINED_CYCLE" if combined else None


def supplied(case: Case, row: View) -> Decimal | None:
    """Return generation less station power of the year, None where one of them is not known or nothing is left."""
    made, own = case.total("monthly_generation", row), case.total("auxiliary_power", row)
    return made - own if made is not None and own is not None and made > own else None


def units(
    case: Case, name: str, where: pl.Expr | None = None, also: tuple[str, ...] = ()
) -> Iterator[tuple[View, str]]:
    """Yield the units that have a range, with its key. The check itself counts which it judged."""
    for row in case.rows(case.grain(name), (name, *UNIT_WORDS), where=where, also=also):
        case.judged -= 1
        word = kind_of_unit(row)
        if word is not None:
            yield row, word


@check(
    "RNG-06",
    needs=("standard_coal", "monthly_generation", "auxiliary_power", "rated_capacity", "merged", *UNIT_WORDS),
    thresholds=("coal_rate_low", "coal_rate_high", "coal_rate_margin", "capacity_of_class"),
)
def coal_rate_out_of_class(case: Case) -> Iterator[Hit]:
    """Net coal rate of a condensing coal unit that is reported by itself."""
    alone = CONDENSING & (pl.col("merged") == "NO")
    also = ("rated_capacity", *(("pressure_class",) if case.has("pressure_class") else ()))
    for row, kind in units(case, "standard_coal", alone, also):
        if kind == "COMBINED_CYCLE":
            continue
        word = class_of(case, row, kind)
        if word is None:
            case.lack("pressure_class")
            continue
        net = supplied(case, row)
        if net is None:
            continue
        case.judged += 1
        rate = row.standard_coal / net * KILO
        found = case.beyond(row, rate, (Band("coal_rate_low", "coal_rate_high"),), (word,))
        if found is not None:
            if not _far(case, rate, found.limit, above=found.above):
                found = Outlier(row, rate, found.limit, found.above, case.check.entry.soft)
            yield case.out_of_range(
                found,
                Words("供电煤耗", "net coal rate"),
                "gce/kWh",
                *("standard_coal", "generation"),
                remedy=CHECK_POWER,
                places=2,
            )


def _far(case: Case, rate: Decimal, limit: ParameterValue, *, above: bool) -> bool:
    """Say whether a rate lies beyond the hard bound."""
    margin = case.number("coal_rate_margin") / 100
    bound = limit.value or Decimal(0)
    return rate > bound * (1 + margin) if above else rate < bound * (1 - margin)


def class_of(case: Case, row: View, kind: str) -> str | None:
    """Return the class of a coal unit by capacity and steam pressure, None where the pressure is not told."""
    if kind == "FLUIDISED_BED":
        return kind
    capacity = row.rated_capacity
    if not isinstance(capacity, Decimal) or capacity < case.number("capacity_of_class", key=("C300",)):
        return "SMALL" if isinstance(capacity, Decimal) else None
    if capacity < case.number("capacity_of_class", key=("C600",)):
        return "C300"
    pressure = str(getattr(row, "pressure_class", None) or "") if case.has("pressure_class") else ""
    large = capacity >= case.number("capacity_of_class", key=("C1000",))
    if "超超临界" in pressure:
        return "C1000_ULTRA" if large else "C600_ULTRA"
    if large:
        return None
    if "亚临界" in pressure:
        return "C600_SUB"
    return "C600_SUPER" if "超临界" in pressure else None


@check(
    "RNG-07",
    needs=("unit_combustion_emissions", "monthly_generation", "auxiliary_power", *UNIT_WORDS),
    thresholds=("supply_intensity_low", "supply_intensity_high"),
)
def intensity_out_of_range(case: Case) -> Iterator[Hit]:
    """Emissions per MWh supplied by a condensing unit."""
    for row, kind in units(case, "unit_combustion_emissions", CONDENSING):
        net = supplied(case, row)
        if net is None:
            continue
        case.judged += 1
        word = "COAL" if kind == "FLUIDISED_BED" else kind
        value = row.unit_combustion_emissions / net
        found = case.beyond(row, value, (Band("supply_intensity_low", "supply_intensity_high"),), (word,))
        if found is not None:
            yield case.out_of_range(
                found,
                Words("供电排放强度", "emissions per MWh supplied"),
                "tCO2/MWh",
                *("unit_combustion_emissions", "generation"),
                remedy=CHECK_POWER,
                places=4,
            )


@check(
    "RNG-08",
    needs=("generation", "auxiliary_power", *UNIT_WORDS),
    thresholds=("station_power_low", "station_power_high"),
)
def station_power_out_of_range(case: Case) -> Iterator[Hit]:
    """Station power as a share of generation."""
    for row, kind in units(case, "generation"):
        made, own = row.generation, case.total("auxiliary_power", row)
        if own is None or made <= 0:
            continue
        case.judged += 1
        bands = (Band("station_power_low", "station_power_high"),)
        found = case.beyond(row, own / made * 100, bands, (kind,))
        if found is not None:
            yield case.out_of_range(
                found,
                Words("厂用电率", "share of station power"),
                "%",
                "generation",
                remedy=CHECK_POWER,
                places=2,
            )


@check(
    "RNG-12",
    needs=("heat_method", "heat_medium_enthalpy"),
    thresholds=("steam_heat_low", "steam_heat_high", "steam_water_enthalpy"),
)
def steam_enthalpy_out_of_range(case: Case) -> Iterator[Hit]:
    """Heat of a tonne of steam supplied, less that of water at 20 °C."""
    steam = pl.col("heat_method").is_in(["STEAM_BALANCE", "STEAM_SIMPLIFIED"])
    for row in case.rows(
        case.grain("heat_medium_enthalpy"), ("heat_medium_enthalpy", "heat_method"), where=steam
    ):
        water = case.number("steam_water_enthalpy", month=row.grain.month(row.key))
        heat = (row.heat_medium_enthalpy - water) / KILO
        found = case.beyond(row, heat, (Band("steam_heat_low", "steam_heat_high"),))
        if found is not None:
            yield case.out_of_range(
                found,
                Words("每吨蒸汽热量（扣除 20 ℃ 水焓）", "heat per tonne of steam, less water of 20 °C"),
                "GJ/t",
                "heat_medium_enthalpy",
                remedy=Words(
                    "请核对蒸汽压力、温度和焓值", "Check pressure, temperature and enthalpy of the steam"
                ),
                places=4,
            )
