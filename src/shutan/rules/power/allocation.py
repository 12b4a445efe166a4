"""Allowances of units and of the enterprise, the reliefs of each period, and the amount to surrender.

To 2022 the output is electricity supplied, from 2023 electricity generated. A unit outside allocation counts zero on
both sides. Relief works on the duty in 2019-2020 and on the allowance later.
"""

from shutan.kernel import Total, both, maximum, minimum, rule, when
from shutan.kernel.numbers import fraction
from shutan.rules.common.grains import ENTERPRISE, UNIT
from shutan.rules.power.allocation_choices import AllocationTreatment, UnitClass

BENCHMARKS = ("AP1920 App.4", "AP2122 App.2", "AP2324 App.2", "AP2526 T1")
FORMULA_2019 = ("AP1920 App.2 A", "AP1920 App.3 A", "AP2122 A")
FORMULA = ("AP2324 App.3 A", "AP2324 App.4 A", "AP2526 3(1)1", "AP2526 3(1)2")
DUTY = ("AP2122 surrender", "AP2324 6", "AP2526 5(1)")


@rule(*BENCHMARKS, grain=UNIT, unit="tCO2/MWh")
def electricity_benchmark_applied(*, electricity_benchmark):
    """供（发）电基准值 B_e: Electricity benchmark of the unit's class, per MWh supplied to 2022, generated from 2023."""
    return electricity_benchmark


@rule(*BENCHMARKS, grain=UNIT, unit="tCO2/GJ")
def heat_benchmark_applied(*, heat_benchmark):
    """供热基准值 B_h: Heat benchmark of the unit's class."""
    return heat_benchmark


@rule("AP2122 App.2", "AP2324 App.2", grain=UNIT, unit="tCO2/MWh")
def electricity_balance_applied(*, electricity_balance_value):
    """供（发）电平衡值: At this intensity the class's allowances and duties would be equal."""
    return electricity_balance_value


@rule("AP2122 App.2", "AP2324 App.2", grain=UNIT, unit="tCO2/GJ")
def heat_balance_applied(*, heat_balance_value):
    """供热平衡值: At this intensity the class's allowances and duties for heat would be equal."""
    return heat_balance_value


# -- one unit --------------------------------------------------------------------------------------------------------


@rule(
    "AP1920 App.2 Ae", "AP1920 App.3 Ae", "AP2122 Ae", grain=UNIT, unit="tCO2", name="electricity_allowance"
)
def electricity_allowance_supply(
    allocation_treatment,
    unit_class,
    electricity_supplied,
    cooling_correction,
    heat_supply_correction,
    load_correction,
    *,
    electricity_benchmark,
):
    """机组供（发）电配额量 A_e: Electricity supplied times benchmark times corrections; no rounding is printed to 2022."""
    base = electricity_supplied * electricity_benchmark * heat_supply_correction
    coal = base * cooling_correction * load_correction
    return when(
        allocation_treatment == AllocationTreatment.BENCHMARK,
        when(unit_class == UnitClass.IV, base, coal),
        0,
    )


@rule(
    "AP2324 App.3 Ae",
    "AP2324 App.4 Ae",
    "AP2526 3(1)1 Ae",
    grain=UNIT,
    unit="tCO2",
    places="allowance_places",
    mode="floor",
)
def electricity_allowance(
    allocation_treatment, unit_class, generation, load_correction, *, electricity_benchmark
):
    """机组供（发）电配额量 A_e: Electricity generated times benchmark times peak-shaving correction, rounded down."""
    base = generation * electricity_benchmark
    return when(
        allocation_treatment == AllocationTreatment.BENCHMARK,
        when(unit_class == UnitClass.IV, base, base * load_correction),
        0,
    )


@rule("AP1920 App.2 Ah", "AP2122 Ah", grain=UNIT, unit="tCO2", name="heat_allowance")
def heat_allowance_exact(allocation_treatment, heat_supplied, *, heat_benchmark):
    """机组供热配额量 A_h: Heat supplied times benchmark; no rounding is printed to 2022."""
    return when(
        allocation_treatment == AllocationTreatment.BENCHMARK,
        when(heat_supplied == 0, 0, heat_supplied * heat_benchmark),
        0,
    )


@rule("AP2324 App.3 Ah", "AP2526 3(1)1 Ah", grain=UNIT, unit="tCO2", places="allowance_places", mode="floor")
def heat_allowance(allocation_treatment, heat_supplied, *, heat_benchmark):
    """机组供热配额量 A_h: Heat supplied times benchmark, rounded down."""
    return when(
        allocation_treatment == AllocationTreatment.BENCHMARK,
        when(heat_supplied == 0, 0, heat_supplied * heat_benchmark),
        0,
    )


@rule(*FORMULA_2019, *FORMULA, grain=UNIT, unit="tCO2")
def benchmark_allowance(electricity_allowance, heat_allowance):
    """机组基准法配额量 A: Electricity and heat allowance together."""
    return electricity_allowance + heat_allowance


@rule(*FORMULA_2019, *FORMULA, "AP2526 3(3)1", grain=UNIT, unit="tCO2")
def unit_initial_allowance(allocation_treatment, surrender_emissions, benchmark_allowance):
    """机组初始配额量: The benchmark allowance, or the verified emissions where a special case says so."""
    return when(
        allocation_treatment == AllocationTreatment.EQUAL_TO_EMISSIONS,
        surrender_emissions,
        benchmark_allowance,
    )


@rule("AP2122 gas relief", "AP2324 5(3)1", "AP2526 3(1)4(1)", grain=UNIT, unit="tCO2")
def gas_top_up(allocation_treatment, unit_class, surrender_emissions, unit_initial_allowance):
    """燃气机组豁免补发配额量: What a gas unit lacks to its verified emissions; coal units get none."""
    gas = both(unit_class == UnitClass.IV, allocation_treatment == AllocationTreatment.BENCHMARK)
    return when(gas, maximum(surrender_emissions - unit_initial_allowance, 0), 0)


@rule("AP1920 4", grain=UNIT, unit="tCO2", name="unit_allowance")
def unit_allowance_2019(unit_initial_allowance):
    """机组核定配额量: In 2019-2020 the allowance by formula; relief works on the duty."""
    return unit_initial_allowance


@rule("AP2122 gas relief", "AP2324 5(3)1", "AP2526 3(1)4(1)", grain=UNIT, unit="tCO2")
def unit_allowance(unit_initial_allowance, gas_top_up):
    """机组核定配额量: Initial allowance and the gas units' top-up."""
    return unit_initial_allowance + gas_top_up


@rule("AP1920 6", *DUTY, grain=UNIT, unit="tCO2")
def covered_emissions(allocation_treatment, surrender_emissions):
    """纳入配额管理的核查排放量: Verified emissions of a unit inside allocation, else zero."""
    return when(allocation_treatment == AllocationTreatment.OUTSIDE, 0, surrender_emissions)


@rule("AP1920 6 gas", grain=UNIT, unit="tCO2", name="unit_duty")
def unit_duty_2019(allocation_treatment, unit_class, covered_emissions, unit_allowance):
    """机组应清缴配额量: In 2019-2020 a gas unit owes no more than its free allowance."""
    gas = both(unit_class == UnitClass.IV, allocation_treatment == AllocationTreatment.BENCHMARK)
    return when(gas, minimum(covered_emissions, unit_allowance), covered_emissions)


@rule(*DUTY, grain=UNIT, unit="tCO2")
def unit_duty(covered_emissions):
    """机组应清缴配额量: Verified emissions of a unit inside allocation."""
    return covered_emissions


@rule("AP1920 6", *DUTY, grain=UNIT, unit="tCO2")
def unit_allowance_gap(unit_allowance, unit_duty):
    """机组配额盈缺: Allowance less duty; negative where the unit is short."""
    return unit_allowance - unit_duty


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("AP1920 4", "AP2122 sum", "AP2324 4", "AP2526 3(1)3", grain=ENTERPRISE, unit="tCO2")
def enterprise_initial_allowance(unit_allowance: Total):
    """重点排放单位初始配额量: Sum of the units' verified allowances, gas top-ups included (trap T9)."""
    return unit_allowance


@rule("AP1920 6", *DUTY, grain=ENTERPRISE, unit="tCO2")
def enterprise_covered_emissions(covered_emissions: Total):
    """重点排放单位核查排放量: Verified emissions of the units inside allocation."""
    return covered_emissions


@rule("AP2122 cap", "AP2324 5(3)2", "AP2526 App.2 T2-5 n3", grain=ENTERPRISE, unit="%", places=2)
def initial_shortfall_rate(enterprise_covered_emissions, enterprise_initial_allowance):
    """初始配额履约缺口率: What the initial allowance lacks, as a share of the amount due; negative for a surplus."""
    shortfall = enterprise_covered_emissions - enterprise_initial_allowance
    return when(enterprise_covered_emissions == 0, 0, fraction(shortfall, enterprise_covered_emissions) * 100)


@rule(
    "AP2122 cap",
    "AP2324 5(3)2",
    "AP2526 3(1)4(2)",
    grain=ENTERPRISE,
    unit="tCO2",
    places="cap_top_up_places",
    mode="floor",
)
def cap_top_up(enterprise_covered_emissions, enterprise_initial_allowance, *, shortfall_cap):
    """履约缺口率上限豁免补发配额: What is missing to 80 % of verified emissions, rounded down."""
    floor_of_allowance = enterprise_covered_emissions * (100 - shortfall_cap) / 100
    return maximum(floor_of_allowance - enterprise_initial_allowance, 0)


@rule("AP1920 4", grain=ENTERPRISE, unit="tCO2", name="enterprise_allowance")
def enterprise_allowance_2019(enterprise_initial_allowance):
    """重点排放单位核定配额量: In 2019-2020 the sum of the units' allowances."""
    return enterprise_initial_allowance


@rule("AP2122 cap", "AP2324 5(3)2", "AP2526 3(1)4(2)", grain=ENTERPRISE, unit="tCO2")
def enterprise_allowance(enterprise_initial_allowance, cap_top_up):
    """重点排放单位核定配额量: Initial allowance and the top-up of the shortfall cap."""
    return enterprise_initial_allowance + cap_top_up


@rule("AP1920 6", grain=ENTERPRISE, unit="tCO2", name="surrender_duty")
def surrender_duty_2019(
    unit_duty: Total, enterprise_allowance, enterprise_covered_emissions, *, shortfall_cap
):
    """应清缴配额量: In 2019-2020 at most the free allowance and 20 % of verified emissions."""
    ceiling = enterprise_allowance + enterprise_covered_emissions * shortfall_cap / 100
    return minimum(unit_duty, ceiling)


@rule(*DUTY, grain=ENTERPRISE, unit="tCO2")
def surrender_duty(unit_duty: Total):
    """应清缴配额量: Verified emissions of the units inside allocation."""
    return unit_duty


@rule("AP1920 6", *DUTY, grain=ENTERPRISE, unit="tCO2")
def allowance_gap(enterprise_allowance, surrender_duty):
    """配额盈缺: Allowance less amount due; negative where the enterprise must buy."""
    return enterprise_allowance - surrender_duty


# -- how a unit stands to its benchmark ------------------------------------------------------------------------------


@rule(*FORMULA_2019, *FORMULA, grain=UNIT, unit="%", places=2)
def emissions_to_benchmark(surrender_emissions, benchmark_allowance):
    """排放与基准配额之比: Verified emissions by the benchmark allowance, above 100 % means short. For charts: not a figure of the plans."""
    return fraction(surrender_emissions, benchmark_allowance) * 100
