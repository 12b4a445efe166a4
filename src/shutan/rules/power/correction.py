"""Correction factors of the electricity benchmark: cooling, heat supply, load or peak shaving.

Trap T1: the load enters the power of 1.015 as a fraction, the exponentials of 2025 as a percent number.
"""

from shutan.kernel import both, either, exp, rule, when
from shutan.rules.common.grains import UNIT
from shutan.rules.power.allocation_choices import UnitClass
from shutan.rules.power.choices import Cooling, Product


def conventional_coal(unit_class):
    """Say whether a class is conventional coal, the only one with a load correction."""
    return either(unit_class == UnitClass.I, unit_class == UnitClass.II)


def heat_supply_factor(unit_class, heat_ratio, slope_coal, slope_gas):
    """Return 1 less the class's slope times the heat-supply ratio, a fraction."""
    return 1 - when(unit_class == UnitClass.IV, slope_gas, slope_coal) * heat_ratio


def stepped_load_factor(
    load, full, middle, low, slope_upper, start_lower, slope_lower, base, constant, slope
):
    """Return table L of the plans to 2022 for a load in percent; it is continuous at its three joints."""
    return when(
        load >= full,
        1,
        when(
            load >= middle,
            1 + slope_upper * (full - load),
            when(
                load >= low,
                start_lower + slope_lower * (middle - load),
                base ** (constant - slope * load / 100),
            ),
        ),
    )


@rule("AP1920 App.2 Fl", "AP2122 Fl", grain=UNIT, unit="1")
def cooling_correction(unit_class, cooling, *, air_cooling_correction):
    """冷却方式修正系数 F_l: Air-cooled coal units get more, water-cooled and back-pressure ones 1; gas units have none."""
    return when(both(unit_class != UnitClass.IV, cooling == Cooling.AIR), air_cooling_correction, 1)


@rule("AP1920 App.2 Fr", "AP1920 App.3 Fr", "AP2122 Fr", grain=UNIT, unit="1")
def heat_supply_correction(unit_class, product, heat_ratio, *, heat_supply_slope_coal, heat_supply_slope_gas):
    """供热量修正系数 F_r: Falls with the heat-supply ratio; condensing units 1."""
    factor = heat_supply_factor(unit_class, heat_ratio, heat_supply_slope_coal, heat_supply_slope_gas)
    return when(product == Product.CONDENSING, 1, factor)


@rule(
    "AP1920 App.2 Ff",
    "AP2122 Ff",
    grain=UNIT,
    unit="1",
    places="load_correction_places",
    name="load_correction",
)
def load_correction_2019(
    unit_class,
    product,
    load_factor,
    *,
    load_correction_covers_chp,
    load_threshold_full,
    load_threshold_middle,
    load_threshold_low,
    load_slope_upper,
    load_start_lower,
    load_slope_lower,
    load_power_base,
    load_power_constant,
    load_power_slope,
):
    """负荷（调峰）修正系数 F_f: Table L, for conventional coal: condensing units only in 2019-2020, also heat and power later."""
    applies = both(
        conventional_coal(unit_class),
        either(product == Product.CONDENSING, load_correction_covers_chp == 1),
    )
    factor = stepped_load_factor(
        load_factor,
        load_threshold_full,
        load_threshold_middle,
        load_threshold_low,
        load_slope_upper,
        load_start_lower,
        load_slope_lower,
        load_power_base,
        load_power_constant,
        load_power_slope,
    )
    return when(applies, factor, 1)


@rule("AP2324 App.3 Ff", grain=UNIT, unit="1", places="load_correction_places", name="load_correction")
def load_correction_2023(
    unit_class, load_factor, *, load_threshold_full, load_power_base, load_power_constant, load_power_slope
):
    """负荷（调峰）修正系数 F_f: Table P, for conventional coal below 65 % load; the step there is the law's (trap T2)."""
    applies = both(conventional_coal(unit_class), load_factor < load_threshold_full)
    return when(applies, load_power_base ** (load_power_constant - load_power_slope * load_factor / 100), 1)


@rule("AP2526 T2", grain=UNIT, unit="1", places="load_correction_places")
def load_correction(
    unit_class,
    load_factor,
    *,
    load_threshold_full,
    peak_ceiling,
    peak_slow_weight,
    peak_slow_scale,
    peak_fast_weight,
    peak_fast_scale,
):
    """负荷（调峰）修正系数 F_f: Table Q, for conventional coal below 50 % load, with the load as a percent number."""
    factor = (
        peak_ceiling
        - peak_slow_weight * (1 - exp(-load_factor / peak_slow_scale))
        - peak_fast_weight * (1 - exp(-load_factor / peak_fast_scale))
    )
    return when(both(conventional_coal(unit_class), load_factor < load_threshold_full), factor, 1)
