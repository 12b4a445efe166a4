"""RNG-01 to RNG-05, RNG-10, RNG-11: properties of fuels that lie where such fuels lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from shutan.rules.common.fuels import FuelGroup, FuelKind
from shutan.screening.case import Band, Case, View, is_word
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Hit, check

COAL = is_word("fuel_group", FuelGroup.CONVENTIONAL_COAL, FuelGroup.NON_CONVENTIONAL_COAL)
BURNED = pl.col("fuel_consumption") > 0
NCV_MEASURED = pl.col("ncv_source") == "MEASURED"
CARBON_MEASURED = pl.col("carbon_route") == "MEASURED"
CHECK_TEST = Words("请核对化验单、单位和基准", "Check the test, its unit and basis")

# Where a derived property was filled in, so that a finding can name the cell.
FILLED = {
    "ncv_ar": ("ncv_ar_reported",),
    "carbon_content_ar": ("carbon_reported",),
    "carbon_per_heat": ("carbon_reported", "ncv_ar_reported"),
    "moisture_ar": ("moisture_ar_reported",),
}


def itself(value: Any) -> Any:
    """Return the figure as it is."""
    return value


def kind(row: View) -> tuple[str, ...]:
    """Return the kind of fuel, by which a threshold is keyed."""
    return (row.fuel_kind.key,)


@check(
    "RNG-01",
    needs=("ncv_ar", "ncv_source", "fuel_group", "fuel_consumption"),
    thresholds=("coal_ncv_least", "coal_ncv_most", "coal_ncv_low", "coal_ncv_high"),
)
def calorific_value_out_of_range(case: Case) -> Iterator[Hit]:
    """Calorific value of coal: of a month by both bounds, of a single test by the hard ones."""
    hard = Band("coal_ncv_least", "coal_ncv_most", Severity.HIGH)
    soft = Band("coal_ncv_low", "coal_ncv_high", case.check.entry.soft)
    for found in case.outside(
        case.grain("ncv_ar"), ("ncv_ar",), itself, (hard, soft), where=COAL & BURNED & NCV_MEASURED
    ):
        yield case.out_of_range(
            found, case.label("ncv_ar"), "GJ/t", "ncv_ar", "ncv_ar_reported", remedy=CHECK_TEST
        )
    if case.has("sample_ncv_ar", "sample_ncv_compliance"):
        tested = (
            COAL & (pl.col("sample_ncv_compliance") == "COMPLIANT") & pl.col("sample_ncv_ar").is_not_null()
        )
        for found in case.outside(
            case.grain("sample_ncv_ar"), ("sample_ncv_ar",), itself, (hard,), where=tested
        ):
            yield case.out_of_range(
                found, case.label("sample_ncv_ar"), "GJ/t", "sample_ncv_ar", remedy=CHECK_TEST
            )


@check(
    "RNG-02",
    needs=("carbon_content_ar", "ncv_ar", "carbon_route", "ncv_source", "fuel_group", "fuel_consumption"),
    thresholds=(
        "coal_carbon_per_heat_least",
        "coal_carbon_per_heat_most",
        "coal_carbon_per_heat_low",
        "coal_carbon_per_heat_high",
    ),
)
def carbon_per_heat_out_of_range(case: Case) -> Iterator[Hit]:
    """Measured carbon of coal by measured calorific value."""
    bands = (
        Band("coal_carbon_per_heat_least", "coal_carbon_per_heat_most"),
        Band("coal_carbon_per_heat_low", "coal_carbon_per_heat_high", case.check.entry.soft),
    )
    for found in case.outside(
        case.grain("carbon_content_ar"),
        ("carbon_content_ar", "ncv_ar"),
        lambda carbon, heat: carbon / heat,
        bands,
        where=COAL & BURNED & CARBON_MEASURED & NCV_MEASURED,
    ):
        yield case.out_of_range(
            found,
            Words("单位热值含碳量", "carbon per unit of heat"),
            "tC/GJ",
            *("carbon_content_ar", "ncv_ar", "carbon_reported", "ncv_ar_reported"),
            remedy=Words(
                "请核对元素碳与发热量是否同一批样、同一基准",
                "Are carbon and calorific value of the same sample and basis?",
            ),
        )


def ash_free(value: Any, moisture: Any, ash: Any) -> Any:
    """Return a share of air-dried coal as a share of its dry ash-free part."""
    return value * 100 / (100 - moisture - ash)


@check(
    "RNG-03",
    needs=("carbon_content_measured", "carbon_route", "moisture_ar", "moisture_ad", "ash_ad", "fuel_kind"),
    thresholds=("carbon_ash_free_low", "carbon_ash_free_high"),
)
def ash_free_carbon_out_of_range(case: Case) -> Iterator[Hit]:
    """Carbon on dry ash-free basis by kind of coal."""

    def quantity(carbon: Any, moist: Any, moisture: Any, ash: Any) -> Any:
        return ash_free(carbon * 100 * (100 - moisture) / (100 - moist), moisture, ash)

    for found in case.outside(
        case.grain("carbon_content_measured"),
        ("carbon_content_measured", "moisture_ar", "moisture_ad", "ash_ad"),
        quantity,
        (Band("carbon_ash_free_low", "carbon_ash_free_high"),),
        where=COAL & BURNED & CARBON_MEASURED,
        key=kind,
        also=("fuel_kind",),
    ):
        yield case.out_of_range(
            found,
            Words("干燥无灰基碳", "carbon, dry ash-free"),
            "%",
            *("carbon_reported", "moisture_ar_reported", "moisture_ad", "ash_ad", "fuel_kind"),
            remedy=Words("请核对煤种、元素碳、水分和灰分", "Check kind of coal, carbon, moisture and ash"),
        )


@check(
    "RNG-04",
    needs=("hydrogen_ad", "moisture_ad", "ash_ad", "fuel_group"),
    thresholds=(
        "hydrogen_ash_free_least",
        "hydrogen_ash_free_most",
        "hydrogen_ash_free_low",
        "hydrogen_ash_free_high",
    ),
)
def ash_free_hydrogen_out_of_range(case: Case) -> Iterator[Hit]:
    """Hydrogen on dry ash-free basis."""
    bands = (
        Band("hydrogen_ash_free_least", "hydrogen_ash_free_most"),
        Band("hydrogen_ash_free_low", "hydrogen_ash_free_high", case.check.entry.soft),
    )
    names = ("hydrogen_ad", "moisture_ad", "ash_ad")
    for found in case.outside(case.grain("hydrogen_ad"), names, ash_free, bands, where=COAL & BURNED):
        yield case.out_of_range(
            found,
            Words("干燥无灰基氢", "hydrogen, dry ash-free"),
            "%",
            *names,
            remedy=Words("请核对氢含量的基准及水分、灰分", "Check the basis of hydrogen, moisture and ash"),
        )


@check(
    "RNG-05",
    needs=("fuel_group", "fuel_consumption"),
    thresholds=("sulphur_low", "sulphur_high", "moisture_low", "moisture_high", "ash_low", "ash_high"),
)
def coal_analysis_out_of_range(case: Case) -> Iterator[Hit]:
    """Sulphur, moisture and ash of coal."""
    for name, band in (
        ("sulphur_ad", Band("sulphur_low", "sulphur_high")),
        ("moisture_ar", Band("moisture_low", "moisture_high")),
        ("ash_ad", Band("ash_low", "ash_high")),
    ):
        if case.has(name):
            for found in case.outside(case.grain(name), (name,), itself, (band,), where=COAL & BURNED):
                yield case.out_of_range(
                    found, case.label(name), "%", name, *FILLED.get(name, ()), remedy=CHECK_TEST
                )


def _fuel(
    case: Case, fuels: Sequence[Any], name: str, *, unit: str, band: Band, measured: pl.Expr
) -> Iterator[Hit]:
    where = is_word("fuel_kind", *fuels) & BURNED & measured
    for found in case.outside(
        case.grain(name), (name,), itself, (band,), where=where, key=kind, also=("fuel_kind",)
    ):
        yield case.out_of_range(found, case.label(name), unit, name, *FILLED[name], remedy=CHECK_TEST)


@check(
    "RNG-10",
    needs=("fuel_kind", "fuel_consumption", "ncv_ar", "ncv_source", "carbon_content_ar", "carbon_route"),
    thresholds=("gas_ncv_low", "gas_ncv_high", "gas_carbon_low", "gas_carbon_high"),
)
def natural_gas_out_of_range(case: Case) -> Iterator[Hit]:
    """Calorific value and carbon of natural gas."""
    gas = (FuelKind.NATURAL_GAS,)
    heat, carbon = Band("gas_ncv_low", "gas_ncv_high"), Band("gas_carbon_low", "gas_carbon_high")
    yield from _fuel(case, gas, "ncv_ar", unit="GJ/10⁴Nm³", band=heat, measured=NCV_MEASURED)
    yield from _fuel(case, gas, "carbon_content_ar", unit="tC/10⁴Nm³", band=carbon, measured=CARBON_MEASURED)


@check(
    "RNG-11",
    needs=("fuel_kind", "fuel_consumption", "ncv_ar", "ncv_source", "carbon_per_heat", "carbon_route"),
    thresholds=("oil_ncv_low", "oil_ncv_high", "oil_carbon_per_heat_low", "oil_carbon_per_heat_high"),
)
def liquid_fuel_out_of_range(case: Case) -> Iterator[Hit]:
    """Calorific value and carbon of diesel and fuel oil."""
    oils = (FuelKind.DIESEL, FuelKind.FUEL_OIL)
    heat = Band("oil_ncv_low", "oil_ncv_high")
    carbon = Band("oil_carbon_per_heat_low", "oil_carbon_per_heat_high")
    yield from _fuel(case, oils, "ncv_ar", unit="GJ/t", band=heat, measured=NCV_MEASURED)
    yield from _fuel(case, oils, "carbon_per_heat", unit="tC/GJ", band=carbon, measured=CARBON_MEASURED)
