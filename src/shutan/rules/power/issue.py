"""From pre-allocation to the account: what is issued, deducted, returned and held back."""

from shutan.kernel import Total, maximum, minimum, rule, when
from shutan.rules.common.grains import ENTERPRISE, UNIT
from shutan.rules.power.allocation_choices import AllocationTreatment, UnitClass
from shutan.rules.power.choices import Product
from shutan.rules.power.correction import conventional_coal, heat_supply_factor, stepped_load_factor

PRE_ALLOCATION = ("AP1920 5", "AP2122 pre-allocation", "AP2324 5(1)", "AP2526 4(1)1")
PRE_ISSUE = ("AP1920 5", "AP2122 issue", "AP2324 5(5)", "AP2526 App.1 T1-5")
ISSUE = ("AP1920 5", "AP2122 issue", "AP2324 5(2)", "AP2526 App.2 T2-5")
HELD_BACK = ("AP1920 5", "AP2122 issue", "AP2324 5(4)", "AP2526 4(3)")

# -- pre-allocation of a unit ----------------------------------------------------------------------------------------


@rule("AP1920 5", grain=UNIT, unit="1", places="load_correction_places")
def base_year_load_correction(
    unit_class,
    product,
    base_year_load_factor,
    *,
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
    """2018年负荷系数修正系数: Table L with the load of 2018, for conventional coal condensing units; heat and power 1."""
    factor = stepped_load_factor(
        base_year_load_factor,
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
    return when(conventional_coal(unit_class), when(product == Product.CONDENSING, factor, 1), 1)


@rule("AP1920 5", grain=UNIT, unit="1")
def base_year_heat_supply_correction(
    unit_class, product, base_year_heat_ratio, *, heat_supply_slope_coal, heat_supply_slope_gas
):
    """2018年供热量修正系数: By the heat-supply ratio of 2018; condensing units 1."""
    factor = heat_supply_factor(
        unit_class, base_year_heat_ratio, heat_supply_slope_coal, heat_supply_slope_gas
    )
    return when(product == Product.CONDENSING, 1, factor)


@rule(
    "AP1920 5",
    grain=UNIT,
    unit="tCO2",
    places="pre_allocation_places",
    mode="floor",
    name="unit_pre_allocation",
)
def unit_pre_allocation_2019(
    allocation_treatment,
    unit_class,
    base_year_electricity_supplied,
    base_year_heat_supplied,
    cooling_correction,
    base_year_heat_supply_correction,
    base_year_load_correction,
    *,
    electricity_benchmark,
    heat_benchmark,
    pre_allocation_share,
):
    """机组预分配配额量: 70 % of the supply and heat of 2018 at the benchmarks and corrections of 2019-2020."""
    gas = base_year_electricity_supplied * electricity_benchmark * base_year_heat_supply_correction
    electricity = when(unit_class == UnitClass.IV, gas, gas * cooling_correction * base_year_load_correction)
    heat = base_year_heat_supplied * heat_benchmark
    return when(
        allocation_treatment == AllocationTreatment.BENCHMARK,
        (electricity + heat) * pre_allocation_share / 100,
        0,
    )


@rule(
    "AP2122 pre-allocation",
    "AP2324 5(1)",
    grain=UNIT,
    unit="tCO2",
    places="pre_allocation_places",
    mode="floor",
)
def unit_pre_allocation(allocation_treatment, pre_allocation_base, *, pre_allocation_share):
    """机组预分配配额量: 70 % of the verified emissions of the year before (of 2021 for 2021 and 2022), rounded down."""
    return when(
        allocation_treatment == AllocationTreatment.OUTSIDE,
        0,
        pre_allocation_base * pre_allocation_share / 100,
    )


@rule(
    "AP2526 4(1)1",
    grain=UNIT,
    unit="tCO2",
    places="pre_allocation_places",
    mode="floor",
    name="unit_pre_allocation",
)
def unit_pre_allocation_2025(
    allocation_treatment, pre_allocation_base, provincial_pre_allocation_share, *, pre_allocation_share
):
    """机组预分配配额量: At most 50 % of the verified emissions of the year before; the province may set less."""
    share = minimum(pre_allocation_share, provincial_pre_allocation_share)
    return when(allocation_treatment == AllocationTreatment.OUTSIDE, 0, pre_allocation_base * share / 100)


# -- issue of pre-allocation (draft of 2025: table 1-5) --------------------------------------------------------------


@rule(*PRE_ALLOCATION, grain=ENTERPRISE, unit="tCO2")
def pre_allocation(unit_pre_allocation: Total):
    """重点排放单位预分配配额: Sum of the units' pre-allocations."""
    return unit_pre_allocation


@rule(*PRE_ISSUE, grain=ENTERPRISE, unit="tCO2")
def deductions_due(
    enforcement_deduction, unpaid_deduction, borrowed_deduction, left_over_deduction, other_deduction
):
    """应核减配额量: Everything to be deducted this year, known before pre-allocation."""
    return (
        enforcement_deduction + unpaid_deduction + borrowed_deduction + left_over_deduction + other_deduction
    )


@rule(*PRE_ISSUE, grain=ENTERPRISE, unit="tCO2")
def pre_issue_deduction(deductions_due, pre_allocation):
    """预分配环节核减量: As much of the deductions as the pre-allocation covers."""
    return minimum(deductions_due, pre_allocation)


@rule(*PRE_ISSUE, grain=ENTERPRISE, unit="tCO2")
def pre_issue(pre_allocation, pre_issue_deduction):
    """预分配实发配额: Pre-allocation less deductions, never below zero."""
    return pre_allocation - pre_issue_deduction


@rule(*PRE_ISSUE, grain=ENTERPRISE, unit="tCO2")
def deductions_after_pre_issue(deductions_due, pre_issue_deduction):
    """预分配后剩余待调整配额: Deductions carried to the verified stage."""
    return deductions_due - pre_issue_deduction


# -- issue of the verified allowance (draft of 2025: table 2-5) ------------------------------------------------------


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def settlement_difference(enterprise_allowance, pre_allocation):
    """多退少补配额: Verified allowance less pre-allocation."""
    return enterprise_allowance - pre_allocation


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def returned_deduction(pre_issue_deduction, enterprise_allowance):
    """退回已核减配额: What was deducted before but exceeds the verified allowance goes back to the items it came from."""
    return maximum(pre_issue_deduction - enterprise_allowance, 0)


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def verified_issue_deduction(
    settlement_difference,
    deductions_after_pre_issue,
    verified_stage_deduction,
    enterprise_allowance,
    pre_issue_deduction,
):
    """核定环节核减量: Deducted from what is added; where the allowance fell, from what has been issued, never below zero."""
    fallen = maximum(enterprise_allowance - pre_issue_deduction, 0)
    room = when(settlement_difference < 0, fallen, settlement_difference)
    return minimum(deductions_after_pre_issue + verified_stage_deduction, room)


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def verified_issue(settlement_difference, returned_deduction, verified_issue_deduction):
    """核定实发配额: Difference to the pre-allocation, with deductions returned and made; negative means hand back."""
    return settlement_difference + returned_deduction - verified_issue_deduction


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def total_issue(pre_issue, verified_issue):
    """实发配额合计: Issued at both stages together."""
    return pre_issue + verified_issue


@rule(*ISSUE, grain=ENTERPRISE, unit="tCO2")
def deductions_left_over(
    deductions_after_pre_issue, verified_stage_deduction, returned_deduction, verified_issue_deduction
):
    """核定发放后剩余待调整配额: Deductions that wait for the next year."""
    return (
        deductions_after_pre_issue + verified_stage_deduction + returned_deduction - verified_issue_deduction
    )


# -- differentiated issue --------------------------------------------------------------------------------------------


@rule(*HELD_BACK, grain=ENTERPRISE, unit="tCO2")
def held_by_province(total_issue, *, withheld_to_province):
    """差异化发放至省级账户配额: The whole issue where the unit is at risk; the province surrenders for it first."""
    return when(withheld_to_province == 1, total_issue, 0)


@rule(*HELD_BACK, grain=ENTERPRISE, unit="tCO2")
def handed_over(held_by_province, surrender_duty):
    """强制履约后发放至企业账户配额: What the province hands over after surrendering the amount due."""
    return maximum(held_by_province - surrender_duty, 0)


@rule(*HELD_BACK, grain=ENTERPRISE, unit="tCO2")
def still_to_buy(total_issue, surrender_duty):
    """尚需补缴配额: What the issue of the year leaves to be bought or taken from other holdings."""
    return maximum(surrender_duty - total_issue, 0)
