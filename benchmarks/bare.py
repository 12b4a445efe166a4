"""The reference for one report: the same arithmetic in bare Decimal, written straight down, nothing kept but the totals.

It computes what the rules compute for the plant of `plants.py` under the law of 2024: every monthly and yearly value that
the report prints for coal and oil, generation, load, heat, intensities and allowances. It checks nothing.
"""

from __future__ import annotations

import decimal
from collections import defaultdict
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

D = Decimal
CENT, MILLI, TENTH_MILLI, MICRO, ONE = D("0.01"), D("0.001"), D("0.0001"), D("0.000001"), D(1)
CC, CC5, OIL_NCV, OIL_CC = D("0.03085"), D("0.00001"), D("42.652"), D("0.0202")


def near(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, ROUND_HALF_UP)


def report(data: Any) -> dict[str, Decimal]:
    """Return the totals of a plant."""
    with decimal.localcontext(decimal.Context(prec=50)):
        return _report({name: [row.values for row in rows] for name, rows in data.tables.items()})


def _report(tables: dict[str, list[dict[str, Any]]]) -> dict[str, Decimal]:
    kept: dict[str, list[Decimal]] = defaultdict(list)
    emitted, burned_heat = defaultdict(Decimal), defaultdict(Decimal)
    shares: dict[Any, list[tuple[Decimal, ...]]] = defaultdict(list)
    by_fuel: dict[Any, list[tuple[Decimal, ...]]] = defaultdict(list)
    for row in tables["fuel_months"]:
        coal = row["fuel"] == "烟煤"
        amount = near(row["fuel_consumption_reported"] * 1, CENT)
        if coal:
            moisture = near(row["moisture_ar_reported"], CENT)
            ncv = near(row["ncv_ar_reported"], MILLI)
            carbon = near(row["carbon_reported"] * (100 - moisture) / (100 - row["moisture_ad"]), TENTH_MILLI)
            rate = D("0.99")
        else:
            ncv, rate = near(OIL_NCV, MILLI), D("0.98")
            carbon = near(ncv * OIL_CC, TENTH_MILLI)
        heat = near(amount * ncv, CENT)
        per_heat = near(carbon / ncv, CC5)
        emission = near(amount * carbon * rate * 44 / 12, CENT)
        gas = near(amount * (0 if coal else 1) * 0, CENT)
        odd, own, natural = (
            heat * 0,
            heat * 0,
            heat * 0,
        )  # of non-conventional, self-produced and natural-gas fuels: none
        kept["fuel"] += [amount, ncv, carbon, rate, heat, per_heat, emission, gas, odd, own, natural]
        shares[row["unit"]].append((heat, odd, own, natural))
        emitted[row["unit"], row["month"]] += emission
        burned_heat[row["unit"], row["month"]] += heat
        by_fuel[row["unit"], row["fuel"]].append((amount, ncv, carbon, heat, per_heat, emission))
    for rows in by_fuel.values():
        amount, heat = sum((r[0] for r in rows), D(0)), sum((r[3] for r in rows), D(0))
        kept["fuel_year"] += [
            amount, heat, near(sum((r[1] * r[0] for r in rows), D(0)) / amount, MILLI),
            near(sum((r[2] * r[0] for r in rows), D(0)) / amount, TENTH_MILLI),
            near(sum((r[4] * r[3] for r in rows), D(0)) / heat, CC5), sum((r[5] for r in rows), D(0)),
        ]  # fmt: skip
    supplied = defaultdict(Decimal)
    for row in tables["heat_flows"]:
        supplied[row["unit"], row["month"]] += near(
            row["heat_medium"] * (row["heat_medium_enthalpy"] - D("83.74")) * MILLI, CENT
        )
    capacity = {row["unit"]: row["generator_capacity"] for row in tables["generators"]}
    made, power_hours = defaultdict(Decimal), defaultdict(Decimal)
    plant_made, plant_emitted, coal_heat = defaultdict(Decimal), defaultdict(Decimal), defaultdict(Decimal)
    coal_all, supply = defaultdict(Decimal), defaultdict(Decimal)
    turbine = {(row["unit"], row["month"]): row["turbine_heat_input"] for row in tables["unit_months"]}
    for row in tables["generator_months"]:
        at, unit = (row["unit"], row["month"]), row["unit"]
        output = near(row["generation_reported"] * 1, MILLI)
        hours = capacity[unit] * row["generator_hours"]
        made[unit] += output
        power_hours[unit] += hours
        ratio = supplied[at] / turbine[at]
        standard = burned_heat[at] / D("29.3076")
        kept["month"] += [
            output, near(hours / capacity[unit], CENT), near(output / hours * 100, CENT), near(ratio * 100, CENT), standard,
            ratio * standard, emitted[at] * 1, near(emitted[at] / output, TENTH_MILLI), supplied[at] * 1, supplied[at] * 0,
        ]  # fmt: skip
        plant_made[row["month"]] += output
        plant_emitted[row["month"]] += emitted[at]
        coal_heat[unit] += ratio * standard
        coal_all[unit] += standard
        supply[unit] += supplied[at]
    for unit, rows in shares.items():
        heat, odd, own, natural = (sum(column, D(0)) for column in zip(*rows, strict=True))
        kept["share"] += [
            near(odd / heat * 100, CENT),
            near(own / heat * 100, CENT),
            near(natural / heat * 100, CENT),
        ]
        kept["rate"] += [
            coal_heat[unit] / coal_all[unit], coal_heat[unit] / supply[unit], (coal_all[unit] - coal_heat[unit]) / made[unit]
        ]  # fmt: skip
    return _allowances(capacity, emitted, supplied, made, power_hours, kept)


def _allowances(
    capacity: Any, emitted: Any, supplied: Any, made: Any, power_hours: Any, kept: Any
) -> dict[str, Decimal]:
    due = initial = D(0)
    for unit, size in capacity.items():
        load = near(made[unit] / power_hours[unit] * 100, CENT)
        factor = near(D("1.015") ** (16 - 20 * load / 100), MICRO) if load < 65 else ONE
        benchmark = D("0.7910") if size >= 400 else D("0.8049")
        heat = sum((supplied[unit, month] for month in range(1, 13)), D(0))
        own = near(sum((emitted[unit, month] for month in range(1, 13)), D(0)), ONE)
        electric = (made[unit] * benchmark * factor).quantize(ONE, ROUND_FLOOR)
        warm = (heat * D("0.1033")).quantize(ONE, ROUND_FLOOR)
        kept["unit"] += [
            load,
            factor,
            heat,
            own,
            electric,
            warm,
            near(power_hours[unit] / size, CENT),
            own / (electric + warm),
        ]
        due += own
        initial += electric + warm
    cap = due * D("0.8")
    final = initial if initial >= cap else initial + (cap - initial).quantize(ONE, ROUND_FLOOR)
    return {
        "enterprise_surrender_emissions": due,
        "enterprise_allowance": final,
        "allowance_gap": final - due,
    }
