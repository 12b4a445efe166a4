"""Allowances of electrolysis and of the enterprise: 2024 by emissions, 2025 and 2026 by intensity, with the exceptions."""

from shutan.kernel import Total, either, rule, when
from shutan.rules.aluminium.choices import ElectrolysisAllocation
from shutan.rules.common.allocation import (
    AllocationTreatment,
    case_in_service,
    coefficient,
    deviation,
    emissions_if_inside,
    share_of_last_year,
    treatment,
    verified_allowance,
)
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, PROCESS

DUTY = ("IAP24 aluminium duty", "IAP26 aluminium 5(1)")
VERIFIED = ("IAP 2025 A", "IAP 2026 A")


def in_scope(on_key_unit_list, service_state, otherwise):
    """Return why a process is not in the ordinary allocation, or what follows if it is."""
    return when(
        on_key_unit_list == YesNo.NO,
        ElectrolysisAllocation.NOT_LISTED,
        case_in_service(service_state, ElectrolysisAllocation, otherwise),
    )


# -- how a process is treated ----------------------------------------------------------------------------------------


@rule("IAP 2024", grain=PROCESS, unit=ElectrolysisAllocation, name="electrolysis_allocation_status")
def electrolysis_allocation_status_2024(on_key_unit_list, service_state):
    """铝电解工序分配情形: In 2024 every process on the list has its emissions, closed and new ones are outside."""
    return in_scope(on_key_unit_list, service_state, ElectrolysisAllocation.FIRST_YEAR)


@rule("IAP 2025 A", grain=PROCESS, unit=ElectrolysisAllocation, name="electrolysis_allocation_status")
def electrolysis_allocation_status_2025(on_key_unit_list, service_state):
    """铝电解工序分配情形: In 2025 by intensity; closed and new processes are outside."""
    return in_scope(on_key_unit_list, service_state, ElectrolysisAllocation.INTENSITY)


@rule("IAP26 aluminium 3(3)", grain=PROCESS, unit=ElectrolysisAllocation)
def electrolysis_allocation_status(
    on_key_unit_list, service_state, enterprise_emissions, *, small_emitter_limit
):
    """铝电解工序分配情形: In 2026 (draft) by intensity, with closed, new and small ones as exceptions."""
    ordinary = when(
        enterprise_emissions < small_emitter_limit,
        ElectrolysisAllocation.SMALL_EMITTER,
        ElectrolysisAllocation.INTENSITY,
    )
    return in_scope(on_key_unit_list, service_state, ordinary)


@rule("IAP24 aluminium scope", grain=PROCESS, unit=AllocationTreatment, name="electrolysis_treatment")
def electrolysis_treatment_to_2025(electrolysis_allocation_status):
    """铝电解工序分配方式: To 2025 closed and new processes are outside; in the first year allowances are emissions."""
    outside = either(
        electrolysis_allocation_status == ElectrolysisAllocation.NOT_LISTED,
        electrolysis_allocation_status == ElectrolysisAllocation.CLOSED,
        electrolysis_allocation_status == ElectrolysisAllocation.COMMISSIONED,
    )
    return treatment(outside, electrolysis_allocation_status, ElectrolysisAllocation)


@rule("IAP26 aluminium 3(3)", grain=PROCESS, unit=AllocationTreatment)
def electrolysis_treatment(electrolysis_allocation_status):
    """铝电解工序分配方式: In 2026 (draft) every exception has its emissions; only the unlisted are outside."""
    outside = electrolysis_allocation_status == ElectrolysisAllocation.NOT_LISTED
    return treatment(outside, electrolysis_allocation_status, ElectrolysisAllocation)


# -- one process -----------------------------------------------------------------------------------------------------


@rule(*DUTY, grain=PROCESS, unit="tCO2e", places="verified_emissions_places")
def verified_electrolysis_emissions(electrolysis_emissions):
    """铝电解工序经核查排放量 E: What the process is allocated and owes for, in whole tonnes."""
    return electrolysis_emissions


@rule("IAP 2025 X", "IAP 2026 X", grain=PROCESS, unit="1")
def electrolysis_deviation(electrolysis_intensity, *, electrolysis_balance_value):
    """铝电解工序碳排放强度偏离度 X: How far the intensity lies below the balance value, as a share of it."""
    return deviation(electrolysis_intensity, electrolysis_balance_value)


@rule("IAP 2025 alpha", "IAP 2026 alpha", grain=PROCESS, unit="1")
def electrolysis_coefficient(electrolysis_deviation, *, allocation_band, allocation_slope, allocation_cap):
    """铝电解工序碳排放强度系数 α: A share of the deviation, never more than the cap either way."""
    return coefficient(electrolysis_deviation, allocation_band, allocation_slope, allocation_cap)


@rule("IAP 2024", grain=PROCESS, unit="tCO2e", name="electrolysis_allowance")
def electrolysis_allowance_2024(electrolysis_treatment, verified_electrolysis_emissions):
    """铝电解工序核定配额量 A: In 2024 the verified emissions."""
    return emissions_if_inside(electrolysis_treatment, verified_electrolysis_emissions)


@rule(*VERIFIED, grain=PROCESS, unit="tCO2e", places="allowance_places", mode="floor")
def electrolysis_allowance(electrolysis_treatment, verified_electrolysis_emissions, electrolysis_coefficient):
    """铝电解工序核定配额量 A: Verified emissions times one plus the coefficient, rounded down; exceptions their emissions."""
    return verified_allowance(
        electrolysis_treatment, verified_electrolysis_emissions, electrolysis_coefficient
    )


@rule(*DUTY, grain=PROCESS, unit="tCO2e")
def electrolysis_duty(electrolysis_treatment, verified_electrolysis_emissions):
    """铝电解工序应清缴配额量: Verified emissions of a process in the allocation."""
    return emissions_if_inside(electrolysis_treatment, verified_electrolysis_emissions)


@rule(*DUTY, grain=PROCESS, unit="tCO2e")
def electrolysis_allowance_gap(electrolysis_allowance, electrolysis_duty):
    """铝电解工序配额盈缺: Allowance less duty; negative where the process is short."""
    return electrolysis_allowance - electrolysis_duty


@rule("IAP 2025 pre", "IAP 2026 pre", grain=PROCESS, unit="tCO2e", places="allowance_places", mode="floor")
def electrolysis_pre_allocation(
    last_year_verified_emissions, provincial_pre_allocation_share, *, pre_allocation_share
):
    """铝电解工序预分配配额: A share of last year's verified emissions, lowered where the province says so, rounded down."""
    return share_of_last_year(
        last_year_verified_emissions, pre_allocation_share, provincial_pre_allocation_share
    )


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("IAP 2024", *VERIFIED, grain=ENTERPRISE, unit="tCO2e")
def enterprise_allowance(electrolysis_allowance: Total):
    """重点排放单位核定配额量: Allowances of all its processes."""
    return electrolysis_allowance


@rule(*DUTY, grain=ENTERPRISE, unit="tCO2e")
def surrender_duty(electrolysis_duty: Total):
    """应清缴配额量: Verified emissions of all processes in the allocation."""
    return electrolysis_duty


@rule(*DUTY, grain=ENTERPRISE, unit="tCO2e")
def allowance_gap(enterprise_allowance, surrender_duty):
    """配额盈缺: Allowance less amount due; negative where the enterprise must buy."""
    return enterprise_allowance - surrender_duty


@rule("IAP 2025 pre", "IAP 2026 pre", grain=ENTERPRISE, unit="tCO2e")
def pre_allocation(electrolysis_pre_allocation: Total):
    """重点排放单位预分配配额: Pre-allocations of all its processes."""
    return electrolysis_pre_allocation


@rule("IAP 2025 pre", "IAP 2026 pre", grain=ENTERPRISE, unit="tCO2e")
def settlement_difference(enterprise_allowance, pre_allocation):
    """多退少补配额: Verified allowance less what was pre-allocated; negative is given back."""
    return enterprise_allowance - pre_allocation
