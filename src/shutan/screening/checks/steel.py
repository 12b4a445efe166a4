"""SEC-05 to SEC-08: what a steel works' processes take and give, as far as the year's report tells.

The report tells fuel into and out of the main processes, fuel of power units, purchases, stock and sales. It tells neither what
rolling and lime kilns burn nor what is flared, so that own fuel can be found used beyond what was made, not unaccounted for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from shutan.kernel.grain import Key
from shutan.screening.case import Band, Case, View
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, check

KILOGRAMS = 1000  # in a tonne; kWh in a MWh
VOLUME = 10000  # Nm³ in the unit of gas
COAL = (
    "ANTHRACITE", "BITUMINOUS", "LIGNITE", "WASHED_COAL", "OTHER_WASHED_COAL", "OTHER_COAL", "COAL_SLIME",
)  # fmt: skip
COKE = ("COKE", "SEMI_COKE")
USED = ("annual_process_fuel_input", "annual_process_fuel_output", "fuel_kind")
FLOWS = ("process_fuel_input", "process_fuel_output", "unit_fuel_consumption")
STOCK = ("fuel_purchased", "fuel_opening_stock", "fuel_closing_stock", "fuel_sold", "fuel_to_listed_units")
CHECK_FUEL = Words("请核对工序燃料、单位和产品产量", "Check the fuel of the process, its unit and the output")


@check(
    "SEC-05",
    needs=("fuel_procurement", *FLOWS, *STOCK),
    thresholds=("own_fuel_gap_low", "own_fuel_gap_high"),
)
def own_fuel_beyond_its_source(case: Case) -> Iterator[Hit]:
    """More of own coke or own gas is used and sold in the year than was made, bought and taken from stock."""
    grain = case.grain("fuel_procurement")
    flows = {name: _totals(case, name) for name in (*FLOWS, *STOCK)}
    own = pl.col("fuel_procurement") == "OWN"
    for row in case.rows(grain, ("fuel_procurement",), where=own):
        found = {name: totals.get(row.key, Decimal(0)) for name, totals in flows.items()}
        there = (
            found["process_fuel_output"]
            + found["fuel_purchased"]
            + found["fuel_opening_stock"]
            - found["fuel_closing_stock"]
        )
        gone = (
            found["process_fuel_input"]
            + found["unit_fuel_consumption"]
            + found["fuel_sold"]
            + found["fuel_to_listed_units"]
        )
        if there <= 0:
            case.judged -= 1  # none was made in a main process
            continue
        bands = (
            Band(None, "own_fuel_gap_high"),
            Band(None, "own_fuel_gap_low", case.check.entry.soft),
        )
        outlier = case.beyond(row, (gone - there) / there * 100, bands)
        if outlier is not None:
            hit = case.out_of_range(
                outlier,
                Words("自产燃料用量超出来源的比例", "own fuel used and sold beyond what there was"),
                "%",
                remedy=Words(
                    "请核对各工序和机组的用量、外销量和库存", "Check use by process and unit, sales and stock"
                ),
                places=2,
            )
            yield replace(hit, names=case.below(row, *FLOWS, "fuel_sold"), trial=True)


def _totals(case: Case, name: str) -> dict[Key, Decimal]:
    """Return the year's amount of each fuel, added up over processes or units and months."""
    grain, fuels = case.grain(name), case.grain("fuel_procurement")
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for key, value in zip(case.frames.keys(grain), case.frames.exact(name, grain), strict=True):
        if isinstance(value, Decimal):
            found[grain.project(key, fuels)] += value
    return found


@check(
    "SEC-06",
    needs=("process_kind", "annual_process_output", *USED),
    thresholds=(
        "coke_rate_low", "coke_rate_high", "injected_coal_low", "injected_coal_high",
        "furnace_fuel_low", "furnace_fuel_high",
    ),
)  # fmt: skip
def coke_rate_out_of_range(case: Case) -> Iterator[Hit]:
    """Coke, injected coal and both together for a tonne of iron of a blast furnace."""
    for row in _processes(case, "IRONMAKING"):
        fuels = _fuels(case, row, "annual_process_fuel_input")
        coke, coal = (sum(fuels.get(kind, 0) for kind in kinds) for kinds in (COKE, COAL))
        if coke == 0:
            continue  # a furnace that needs no coke is no blast furnace
        case.judged += 1
        for amount, name, words in (
            (coke, "coke_rate", Words("焦比", "coke rate")),
            (coal, "injected_coal", Words("煤比", "injected coal")),
            (coke + coal, "furnace_fuel", Words("燃料比", "fuel rate")),
        ):
            rate = Decimal(amount) / row.annual_process_output * KILOGRAMS
            yield from _judged(case, row, rate, name, words)


@check(
    "SEC-07",
    needs=("process_kind", "annual_process_output", *USED),
    thresholds=("furnace_gas_low", "furnace_gas_high"),
)
def furnace_gas_out_of_range(case: Case) -> Iterator[Hit]:
    """Gas that a blast furnace gives for a tonne of iron. Its balance is that of SEC-05."""
    for row in _processes(case, "IRONMAKING"):
        gas = _fuels(case, row, "annual_process_fuel_output").get("BLAST_FURNACE_GAS")
        if gas is None:
            continue
        case.judged += 1
        rate = gas * VOLUME / row.annual_process_output
        words = Words("吨铁高炉煤气产生量", "blast-furnace gas of a tonne of iron")
        yield from _judged(case, row, rate, "furnace_gas", words)


@check(
    "SEC-08",
    needs=("process_kind", "annual_process_output", "annual_process_electricity"),
    thresholds=("arc_furnace_electricity_low", "arc_furnace_electricity_high"),
)
def arc_furnace_electricity_out_of_range(case: Case) -> Iterator[Hit]:
    """Electricity of an electric furnace for a tonne of steel."""
    for row in _processes(case, "ELECTRIC_FURNACE", "annual_process_electricity"):
        case.judged += 1
        rate = row.annual_process_electricity / row.annual_process_output * KILOGRAMS
        words = Words("电炉冶炼电耗", "electricity of the furnace")
        yield from _judged(case, row, rate, "arc_furnace_electricity", words)


def _processes(case: Case, kind: str, *names: str) -> Iterator[View]:
    """Yield the processes of a kind that made something. The check itself counts which it judged."""
    of_kind = pl.col("process_kind") == kind
    for row in case.rows(
        case.grain("annual_process_output"), ("process_kind", "annual_process_output", *names), where=of_kind
    ):
        case.judged -= 1
        if row.annual_process_output > 0:
            yield row


def _fuels(case: Case, row: View, name: str) -> dict[str, Decimal]:
    """Return the year's amount of a process by kind of fuel."""
    grain = case.grain(name)
    columns: list[list[Any]] = [case.frames.exact(one, grain) for one in ("fuel_kind", name)]
    found: dict[str, Decimal] = {}
    for key, kind, amount in zip(case.frames.keys(grain), *columns, strict=True):
        if grain.project(key, row.grain) == row.key and isinstance(amount, Decimal) and amount:
            found[kind.key] = found.get(kind.key, Decimal(0)) + amount
    return found


def _judged(case: Case, row: View, rate: Decimal, name: str, words: Words) -> Iterator[Hit]:
    """Judge a rate by the two thresholds of its name."""
    found = case.beyond(row, rate, (Band(f"{name}_low", f"{name}_high"),))
    if found is not None:
        unit = case.thresholds[f"{name}_low"].unit
        yield case.out_of_range(found, words, unit, "annual_process_output", remedy=CHECK_FUEL, places=2)
