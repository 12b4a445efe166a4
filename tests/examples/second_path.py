"""The examples once more by hand: plain Decimal arithmetic over the rows, sharing no code with the rules.

Only what these plants need, for reporting years 2023 to 2025; figures of the law are written out again here.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

CO2 = Decimal(44) / 12
OXIDATION = {"coal": Decimal("0.99"), "柴油": Decimal("0.98"), "天然气": Decimal("0.99")}
DEFAULT_NCV = {"coal": Decimal("26.7"), "柴油": Decimal("42.652"), "天然气": Decimal("389.31")}
DEFAULT_PER_HEAT = {
    "CONVENTIONAL_COAL": Decimal("0.03085"),
    "NON_CONVENTIONAL_COAL": Decimal("0.02858"),
    "柴油": Decimal("0.0202"),
    "天然气": Decimal("0.01532"),
}
BENCHMARK = {
    (2023, "I"): "0.7950", (2024, "I"): "0.7910", (2025, "I"): "0.7902",
    (2023, "III"): "0.8285", (2024, "III"): "0.8244",
    (2023, "IV"): "0.3305", (2024, "IV"): "0.3288",
}  # fmt: skip
HEAT_BENCHMARK = {2023: Decimal("0.1038"), 2024: Decimal("0.1033"), 2025: Decimal("0.1027")}


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def whole(value):
    return value.to_integral_value(ROUND_FLOOR)


def key_of(value):
    return getattr(value, "key", value)


def recompute(tables, year):
    """Return combustion by unit, surrender emissions, generation, heat and allowances, or None where a cell is missing."""
    units = {}
    for unit in tables["units"]:
        name = unit["unit"]
        burned = [burn(row, unit, tables) for row in tables["fuel_months"] if row["unit"] == name]
        combustion = sum(burned)
        made = [row.get("generation_reported") for row in tables["generator_months"] if row["unit"] == name]
        generation = None if None in made else sum(made)
        heat = sum((sold(row) for row in tables.get("heat_flows", ()) if row["unit"] == name), Decimal(0))
        emissions = rounded(combustion, 0)
        allowance = None
        if generation is not None and class_is_known(name, tables):
            allowance = allowed(unit, tables, year, (generation, heat, emissions))
        units[name] = {
            "combustion": combustion,
            "surrender": emissions,
            "generation": generation,
            "heat": heat,
            "allowance": allowance,
        }
    return units


def is_coal(fuel):
    return fuel not in ("柴油", "天然气")


def burn(row, unit, tables):
    """One fuel of one unit in one month."""
    fuel, amount = row["fuel"], row["fuel_consumption_reported"]
    kind = "coal" if is_coal(fuel) else fuel
    if key_of(row.get("fuel_meter_state")) == "NOT_CALIBRATED":
        amount = rounded(amount * (1 + row["fuel_meter_error_allowed"] / 100), 2)
    if not amount:
        return Decimal(0)
    days = [
        one
        for one in tables.get("samples", ())
        if (one["unit"], one["fuel"], one["month"]) == (row["unit"], fuel, row["month"])
    ]
    if key_of(row["carbon_source"]) in ("NOT_MEASURED", "NOT_COMPLIANT"):
        per_heat = DEFAULT_PER_HEAT[unit["unit_category"].key if is_coal(fuel) else fuel]
        carbon = ncv(row, days, kind) * per_heat
    else:
        carbon = measured(row, days, kind)
    rounding = key_of(tables["enterprise"][0].get("carbon_rounding"))
    carbon = carbon if rounding == "UNROUNDED" else rounded(carbon, 4)
    return rounded(amount * carbon * OXIDATION[kind] * CO2, 2)


def ncv(row, days, kind):
    if key_of(row.get("ncv_source")) == "DEFAULT":
        return DEFAULT_NCV[kind]
    if key_of(row.get("ncv_detail")) != "SAMPLES":
        return rounded(row["ncv_ar_reported"], 3)
    values = [
        DEFAULT_NCV["coal"]
        if key_of(one.get("sample_ncv_compliance")) == "NOT_COMPLIANT"
        else one["sample_ncv_ar"]
        for one in days
    ]
    return rounded(mean(values, days, kind), 3)


def mean(values, days, kind):
    if kind != "coal":
        return sum(values) / len(values)
    weights = [one["sample_amount"] for one in days]
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def measured(row, days, kind):
    if key_of(row.get("carbon_detail")) == "SAMPLES":
        if kind != "coal":
            return mean([one["sample_carbon"] for one in days], days, kind)
        values = [
            one["sample_carbon"] * (100 - one["sample_moisture_ar"]) / (100 - one["sample_moisture_ad"])
            for one in days
        ]
        return mean(values, days, kind)
    carbon, basis = row["carbon_reported"], key_of(row["carbon_basis"])
    if kind != "coal" or basis == "RECEIVED":
        return carbon
    moisture = row["moisture_ar_reported"]
    if key_of(row.get("moisture_detail")) == "SAMPLES":
        moisture = mean([one["sample_moisture_ar"] for one in days], days, kind)
    moisture = rounded(moisture, 2)
    return carbon * (100 - moisture) / (100 - row["moisture_ad"] if basis == "AIR_DRIED" else 100)


def sold(row):
    """Heat of one flow: steam with return and make-up water, or hot water by temperature."""
    if key_of(row["heat_method"]) == "HOT_WATER":
        return rounded(
            row["heat_medium"] * (row["heat_medium_temperature"] - 20) * Decimal("4.1868") / 1000, 2
        )
    heat = row["heat_medium"] * row["heat_medium_enthalpy"]
    heat -= row["return_water"] * row["return_water_enthalpy"]
    heat -= row["makeup_water"] * row["makeup_water_enthalpy"]
    return rounded(heat / 1000, 2)


def class_is_known(name, tables):
    """A calorific value left out keeps the shares of fuels, and with them the class, from being known."""
    return not any(
        row["unit"] == name
        and row["fuel_consumption_reported"]
        and key_of(row.get("ncv_source")) != "DEFAULT"
        and key_of(row.get("ncv_detail")) != "SAMPLES"
        and "ncv_ar_reported" not in row
        for row in tables["fuel_months"]
    )


def allowed(unit, tables, year, figures):
    """Benchmark allowance of one unit; all of these run above the load below which conventional coal is corrected."""
    generation, heat, emissions = figures
    category, boiler = unit["unit_category"].key, unit["boiler_type"].key
    kind = "IV" if category == "CCPP" else "III" if boiler == "CIRCULATING_FLUIDISED_BED" else "I"
    if kind == "I":
        hours = sum(
            row["generator_hours"] for row in tables["generator_months"] if row["unit"] == unit["unit"]
        )
        capacity = sum(
            row["generator_capacity"] for row in tables["generators"] if row["unit"] == unit["unit"]
        )
        assert generation / (hours * capacity) > Decimal("0.65")
    allowance = whole(generation * Decimal(BENCHMARK[year, kind]))
    if kind == "III":
        allowance += whole(heat * HEAT_BENCHMARK[year])
    return max(allowance, emissions) if kind == "IV" else allowance
