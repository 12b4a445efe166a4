"""Allocation of steel, cement and aluminium: how far a unit's intensity lies from the balance value of its industry.

Clauses and numbers that the three share stand in `common/industry_allocation`; a sector lists that folder beside its own and
declares `balance_value` itself. Clinker lines and electrolysis processes are treated in the same way from case to allowance;
what the cases are, and in which year each of them is an exception, their own rules say.
"""

from shutan.kernel import Choices, fraction, minimum, when
from shutan.kernel.report import ALLOWANCES, ListTable
from shutan.rules.common.grains import ENTERPRISE

ServiceState = Choices(
    "InstallationServiceState",
    IN_SERVICE="正常在役|in service",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定配额前已关停|closed before the verified allowance",
)

AllocationTreatment = Choices(
    "InstallationAllocationTreatment",
    INTENSITY="按碳排放强度系数|by intensity coefficient",
    EQUAL_TO_EMISSIONS="配额等于核查排放量|allowance equals verified emissions",
    OUTSIDE="不参加当年度分配|outside the year's allocation",
)

KEY_UNIT_ALLOWANCES = ListTable(
    ALLOWANCES,
    "重点排放单位配额|Allowances of the key emitting unit",
    ENTERPRISE,
    (
        "pre_allocation",
        "enterprise_allowance",
        "surrender_duty",
        "allowance_gap",
        "settlement_difference",
    ),
)


def deviation(intensity, balance_value):
    """Return X: positive where the unit emits less per tonne than its industry."""
    return fraction(balance_value - intensity, balance_value)


def coefficient(deviation, band, slope, cap):
    """Return α: in the band a share of the deviation, beyond it a fixed one."""
    return when(deviation >= band, cap, when(deviation <= -band, -cap, slope * deviation))


def case_in_service(service_state, cases, otherwise):
    """Return what a closed or new line or process is called among `cases`, or what follows for one in service."""
    return when(
        service_state == ServiceState.CLOSED,
        cases.CLOSED,
        when(service_state == ServiceState.COMMISSIONED, cases.COMMISSIONED, otherwise),
    )


def treatment(outside, case, cases):
    """Return how a case is treated: outside, by intensity, or every other one by its emissions."""
    return when(
        outside,
        AllocationTreatment.OUTSIDE,
        when(case == cases.INTENSITY, AllocationTreatment.INTENSITY, AllocationTreatment.EQUAL_TO_EMISSIONS),
    )


def emissions_if_inside(treatment, verified_emissions):
    """Return the verified emissions of what is in the allocation, 0 of what is outside."""
    return when(treatment == AllocationTreatment.OUTSIDE, 0, verified_emissions)


def verified_allowance(treatment, verified_emissions, coefficient):
    """Return A: emissions times one plus α; of an exception its emissions."""
    return when(
        treatment == AllocationTreatment.INTENSITY,
        verified_emissions * (1 + coefficient),
        emissions_if_inside(treatment, verified_emissions),
    )


def share_of_last_year(verified_emissions, share, provincial_share):
    """Return what is pre-allocated: the share of the scheme, or the province's lower one, of last year's emissions."""
    return verified_emissions * minimum(share, provincial_share) / 100
