"""The reference for one report: the same arithmetic in bare Decimal, written straight down for the plant of `plants.py`.

It computes every number that the rules compute under the law of 2024, each once, and keeps each by its name; what is a
constant for this plant is put down, not computed. It has it easy: it knows that the coal is measured and air-dried, that
the oil takes the default values and that no other way of the law is used. It decides, checks and explains nothing.
"""

from __future__ import annotations

import decimal
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

D = Decimal
Rows = list[dict[str, Any]]
CENT, MILLI, TENTH_MILLI, CC5, MICRO, ONE, ZERO, HUNDRED = map(
    D, ("0.01", "0.001", "0.0001", "0.00001", "0.000001", "1", "0", "100")
)
OIL_NCV, OIL_CARBON, COAL_CARBON, COLD_WATER = D("42.652"), D("0.0202"), D("0.03085"), D("83.74")
COAL_OXIDATION, OIL_OXIDATION, STANDARD_COAL = D("0.99"), D("0.98"), D("29.3076")

FUEL = (
    "fuel_consumption", "default_carbon_used", "gas_volume", "ncv_ar", "oxidation_rate_used", "fossil_heat",
    "non_conventional_heat", "self_produced_heat", "natural_gas_heat", "carbon_content_ar", "carbon_per_heat",
    "combustion_emissions",
)  # fmt: skip
COAL = ("moisture_ar", "carbon_content_measured")
UNIT_FUEL = (
    "annual_fuel_consumption", "annual_ncv_ar", "annual_fossil_heat", "annual_carbon_content_ar", "annual_carbon_per_heat",
    "annual_combustion_emissions",
)  # fmt: skip
GENERATOR = ("generator_output", "capacity_hours")
FLOW = ("heat_of_steam_simplified", "flow_heat", "turbine_flow_heat")
MONTH = (
    "monthly_turbine_heat", "monthly_generation", "monthly_load_factor", "monthly_operating_hours", "monthly_heat_supplied",
    "monthly_fossil_heat", "monthly_turbine_heat_supplied", "monthly_biomass_share", "monthly_standard_coal",
    "monthly_heat_ratio", "monthly_combustion_emissions", "monthly_surrender_emissions", "monthly_benchmark_intensity",
)  # fmt: skip
UNIT = (
    "annual_purchased_electricity", "capacity_in_service", "class_capacity", "rated_capacity", "load_factor", "generation",
    "operating_hours", "heat_supplied", "total_heat_input", "biomass_share", "non_conventional_share",
    "self_produced_share", "natural_gas_share", "standard_coal", "heat_ratio", "gas_cofired_share", "heat_coal_rate",
    "generation_coal_rate", "heat_gas_rate", "generation_gas_rate", "unit_combustion_emissions", "load_correction",
    "electricity_benchmark_applied", "heat_benchmark_applied", "electricity_balance_applied", "heat_balance_applied",
    "surrender_emissions", "benchmark_intensity", "electricity_allowance", "heat_allowance", "covered_emissions",
    "benchmark_allowance", "unit_initial_allowance", "emissions_to_benchmark", "gas_top_up", "unit_allowance", "unit_duty",
    "unit_allowance_gap",
)  # fmt: skip


def near(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, ROUND_HALF_UP)


def down(value: Decimal) -> Decimal:
    return value.quantize(ONE, ROUND_FLOOR)


def add(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def report(data: Any) -> dict[str, list[Decimal]]:
    """Return every column of a plant."""
    tables = {name: [row.values for row in rows] for name, rows in data.tables.items()}
    with decimal.localcontext(decimal.Context(prec=50, rounding=ROUND_HALF_UP)):
        kept, by_fuel = _fuels(tables["fuel_months"])
        _years_of_fuels(kept, by_fuel)
        months = _months(kept, tables)
        units = _units(kept, months, tables["generators"])
        _enterprise(kept, months, units)
    return kept


def _keep(kept: dict[str, list[Decimal]], names: Iterable[str], rows: Iterable[tuple[Decimal, ...]]) -> None:
    kept.update(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _fuels(table: Rows) -> tuple[dict[str, list[Decimal]], dict[Any, list[tuple[Decimal, ...]]]]:
    rows, coals, by_fuel = [], [], defaultdict(list)
    for row in table:
        coal = row["fuel"] == "烟煤"
        amount = near(row["fuel_consumption_reported"], CENT)
        if coal:
            default, rate = COAL_CARBON, COAL_OXIDATION
            moisture, ncv = near(row["moisture_ar_reported"], CENT), near(row["ncv_ar_reported"], MILLI)
            measured = row["carbon_reported"] * (HUNDRED - moisture) / (HUNDRED - row["moisture_ad"])
            carbon, per_heat = near(measured, TENTH_MILLI), near(measured / ncv, CC5)
            coals.append((moisture, measured))
        else:
            default, rate, ncv = OIL_CARBON, OIL_OXIDATION, near(OIL_NCV, MILLI)
            carbon, per_heat = near(ncv * OIL_CARBON, TENTH_MILLI), near(OIL_CARBON, CC5)
        heat = near(amount * ncv, CENT)
        emission = near(amount * carbon * rate * 44 / 12, CENT)
        found = (amount, default, ZERO, ncv, rate, heat, ZERO, ZERO, ZERO, carbon, per_heat, emission)
        rows.append(found)
        by_fuel[row["unit"], row["fuel"]].append((row["month"], *found))
    kept: dict[str, list[Decimal]] = {}
    _keep(kept, FUEL, rows)
    _keep(kept, COAL, coals)
    return kept, by_fuel


def _years_of_fuels(kept: dict[str, list[Decimal]], by_fuel: dict[Any, list[tuple[Decimal, ...]]]) -> None:
    years = []
    for rows in by_fuel.values():
        _, amounts, _, _, ncvs, _, heats, _, _, _, carbons, per_heats, emissions = zip(*rows, strict=True)
        amount, heat = add(amounts), add(heats)
        ncv = near(add(a * b for a, b in zip(ncvs, amounts, strict=True)) / amount, MILLI)
        carbon = near(add(a * b for a, b in zip(carbons, amounts, strict=True)) / amount, TENTH_MILLI)
        per_heat = near(add(a * b for a, b in zip(per_heats, heats, strict=True)) / heat, CC5)
        years.append((amount, ncv, heat, carbon, per_heat, add(emissions)))
    _keep(kept, UNIT_FUEL, years)


def _months(kept: dict[str, list[Decimal]], tables: dict[str, Rows]) -> dict[Any, list[tuple[Decimal, ...]]]:
    heats: dict[Any, Decimal] = defaultdict(Decimal)
    emitted: dict[Any, Decimal] = defaultdict(Decimal)
    for row, heat, emission in zip(
        tables["fuel_months"], kept["fossil_heat"], kept["combustion_emissions"], strict=True
    ):
        heats[row["unit"], row["month"]] += heat
        emitted[row["unit"], row["month"]] += emission
    flows, supplied = [], {}
    for row in tables["heat_flows"]:
        steam = row["heat_medium"] * (row["heat_medium_enthalpy"] - COLD_WATER) * MILLI
        heat = near(steam, CENT)
        flows.append((steam, heat, heat))
        supplied[row["unit"], row["month"]] = heat
    _keep(kept, FLOW, flows)
    turbine = {(row["unit"], row["month"]): row for row in tables["unit_months"]}
    capacity = {row["unit"]: row["generator_capacity"] for row in tables["generators"]}
    generators, months = [], defaultdict(list)
    for row in tables["generator_months"]:
        unit, at = row["unit"], (row["unit"], row["month"])
        output = near(row["generation_reported"], MILLI)
        hours = capacity[unit] * row["generator_hours"]
        generators.append((output, hours))
        into = turbine[at]["turbine_heat_input"]
        ratio = supplied[at] / into
        months[unit].append((
            into, output, near(output / hours * 100, CENT), near(hours / capacity[unit], CENT), supplied[at], heats[at],
            supplied[at], ZERO, heats[at] / STANDARD_COAL, ratio, emitted[at], emitted[at], (1 - ratio) * emitted[at] / output,
            hours, turbine[at]["purchased_electricity"],
        ))  # fmt: skip
    _keep(kept, GENERATOR, generators)
    _keep(kept, MONTH, [row[: len(MONTH)] for rows in months.values() for row in rows])
    return months


def _units(kept: dict[str, list[Decimal]], months: dict[Any, list[tuple[Decimal, ...]]], table: Rows) -> Any:
    units = []
    capacity = {row["unit"]: row["generator_capacity"] for row in table}
    for unit, rows in months.items():
        into, outputs, _, _, heats, fossils, _, _, coals, _, emissions, _, _, hours, bought = zip(
            *rows, strict=True
        )
        size, worked, made, heat, fossil, coal, emitted = (
            capacity[unit], add(hours), add(outputs), add(heats), add(fossils), add(coals), add(emissions),
        )  # fmt: skip
        load, ratio = near(made / worked * 100, CENT), heat / add(into)
        factor = near(D("1.015") ** (16 - 20 * load / 100), MICRO) if load < 65 else ONE
        power, warm = (D("0.7910"), D("0.1033")) if size >= 400 else (D("0.8049"), D("0.1033"))
        own = near(emitted, ONE)
        electric, heating = down(made * power * factor), down(heat * warm)
        given = electric + heating
        units.append((
            add(bought), size, size, size, load, made, near(worked / size, CENT), heat, fossil, ZERO, ZERO, ZERO, ZERO, coal,
            ratio, HUNDRED, ratio * coal / heat, (1 - ratio) * coal / made, ZERO, ZERO, emitted, factor, power, warm,
            D("0.7982"), D("0.1041"), own, (1 - ratio) * own / made, electric, heating, own, given, given,
            near(own / given * 100, CENT), ZERO, given, own, given - own,
        ))  # fmt: skip
    _keep(kept, UNIT, units)
    return dict(zip(UNIT, zip(*units, strict=True), strict=True))


def _enterprise(
    kept: dict[str, list[Decimal]], months: dict[Any, list[tuple[Decimal, ...]]], units: Any
) -> None:
    by_month = list(zip(*months.values(), strict=True))
    kept["enterprise_monthly_generation"] = [add(row[1] for row in rows) for rows in by_month]
    kept["enterprise_monthly_combustion_emissions"] = [add(row[10] for row in rows) for rows in by_month]
    due, initial = add(units["surrender_emissions"]), add(units["unit_allowance"])
    top_up = down(max(due * (HUNDRED - 20) / 100 - initial, ZERO))
    final = initial + top_up
    for name, value in {
        "deductions_due": ZERO, "enterprise_generation": add(units["generation"]),
        "enterprise_heat_supplied": add(units["heat_supplied"]),
        "enterprise_combustion_emissions": add(units["unit_combustion_emissions"]),
        "enterprise_surrender_emissions": due, "enterprise_covered_emissions": add(units["covered_emissions"]),
        "enterprise_initial_allowance": initial, "initial_shortfall_rate": near((due - initial) / due * 100, CENT),
        "cap_top_up": top_up, "enterprise_allowance": final, "surrender_duty": add(units["unit_duty"]),
        "allowance_gap": final - due, "held_by_province": ZERO, "handed_over": ZERO,
    }.items():  # fmt: skip
        kept[name] = [value]
