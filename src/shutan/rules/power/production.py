"""Electricity generated, running hours and load, for a single generator or for units reported together."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.calibration import downward
from shutan.rules.common.grains import (
    ENTERPRISE,
    ENTERPRISE_MONTH,
    GENERATOR,
    GENERATOR_MONTH,
    UNIT,
    UNIT_MONTH,
)
from shutan.rules.power.choices import GeneratorRole


@rule(
    "SDT-2019 output",
    "AG-9号 9.1",
    "AG 9.1",
    "VG-V01 calibration",
    "VG calibration production",
    grain=GENERATOR_MONTH,
    unit="MWh",
    places=3,
)
def generator_output(
    generation_reported, generation_meter_state, generation_meter_error_allowed, generation_meter_error_found
):
    """发电机发电量 W_fd: Electricity of one generator, lowered where the meter was not calibrated as it should have been."""
    return generation_reported * downward(
        generation_meter_state, generation_meter_error_allowed, generation_meter_error_found
    )


@rule("SDT-2019 output", "AG-9号 9.1", "AG 9.1", grain=UNIT_MONTH, unit="MWh")
def monthly_generation(generator_output: Total):
    """机组月发电量: Electricity of one unit in one month."""
    return generator_output


@rule("SDT-2019 output", "AG-9号 9.1", "AG 9.1", grain=UNIT, unit="MWh")
def generation(monthly_generation: Total):
    """机组发电量 W_fd: Electricity of one unit in the year."""
    return monthly_generation


@rule("SDT-2019 output", "AG-9号 9.1", "AG 9.1", grain=ENTERPRISE, unit="MWh")
def enterprise_generation(generation: Total):
    """全厂发电量: Electricity of all units in the year."""
    return generation


@rule("SDT-2019 output", "AG-9号 9.1", "AG 9.1", grain=ENTERPRISE_MONTH, unit="MWh")
def enterprise_monthly_generation(monthly_generation: Total):
    """全厂月发电量: Electricity of all units in one month."""
    return monthly_generation


# -- capacity, hours, load (trap T4: weights are rated capacity, load is not a mean of loads) -----------------------


@rule("SDT-2019 output", "AG-9号 A.23", "AG 9.3 merged", grain=GENERATOR, unit="MW")
def capacity_in_service(generator_capacity, generator_role):
    """在用额定功率: Rated power that counts in the mean; a spare's hours count for the generator it replaces."""
    return when(generator_role == GeneratorRole.SPARE, 0, generator_capacity)


@rule("SDT-2019 output", "AG-9号 A.23", "AG 9.3 merged", grain=UNIT, unit="MW")
def rated_capacity(capacity_in_service: Total):
    """机组额定功率 P_e: Rated power of the unit's generators, spares left out."""
    return capacity_in_service


@rule("SDT-2019 output", "AG-9号 A.23", "AG 9.3 merged", grain=GENERATOR_MONTH, unit="MW*h")
def capacity_hours(generator_capacity, generator_hours):
    """额定功率小时 P_e·t: What a generator would have made at rated power while it ran."""
    return generator_capacity * generator_hours


@rule("SDT-2019 output", "AG-9号 A.23", "AG 9.3 hours", grain=UNIT_MONTH, unit="h", places=2)
def monthly_operating_hours(capacity_hours: Total, rated_capacity):
    """机组月运行小时数 t: Hours of the generators weighted by rated capacity."""
    return capacity_hours / rated_capacity


@rule("SDT-2019 output", "AG-9号 A.23", "AG 9.3 hours", grain=UNIT, unit="h", places=2)
def operating_hours(capacity_hours: Total, rated_capacity):
    """机组年运行小时数 t: Hours of the generators in the year weighted by rated capacity."""
    return capacity_hours / rated_capacity


@rule("SDT-2019 output", "AG-9号 3.10", "AG-9号 A.24", "AG 9.3 load", grain=UNIT_MONTH, unit="%", places=2)
def monthly_load_factor(generator_output: Total, capacity_hours: Total):
    """机组月负荷（出力）系数 X: Electricity made by what rated power would have made; zero for a stopped month."""
    return when(capacity_hours == 0, 0, generator_output / capacity_hours * 100)


@rule("SDT-2019 output", "AG-9号 3.10", "AG-9号 A.24", "AG 9.3 load", grain=UNIT, unit="%", places=2)
def load_factor(generator_output: Total, capacity_hours: Total):
    """机组负荷（出力）系数 X: Electricity of the year by what rated power would have made in the hours run."""
    return when(capacity_hours == 0, 0, generator_output / capacity_hours * 100)
