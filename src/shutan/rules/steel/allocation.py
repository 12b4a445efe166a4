"""Allowances of a steel works for 2024 to 2026: the verified emission, moved by how its ironmaking stands to the industry."""

from shutan.kernel import Total, both, either, fraction, minimum, rule, when
from shutan.rules.common import allocation
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, PROCESS
from shutan.rules.steel.choices import AllocationTreatment, ProcessKind, Route, ServiceState

FORMULA = ("IAP 2025 A", "IAP 2026 A")
DEVIATION = ("IAP 2025 X", "IAP 2026 X")

# -- the intensity that is compared: per tonne of iron, not of crude steel (trap 15) -----------------------------------


@rule("SA intensity", grain=PROCESS, unit="tCO2")
def iron_route_emissions(process_kind, process_emissions):
    """炼铁和烧结工序排放量: Emissions of an ironmaking or sintering process, zero for the others."""
    counted = either(process_kind == ProcessKind.IRONMAKING, process_kind == ProcessKind.SINTERING)
    return when(counted, process_emissions, 0)


@rule("SA intensity", grain=PROCESS, unit="t")
def iron_output(process_kind, annual_process_output):
    """炼铁工序产量: Output of an ironmaking process, zero for the others."""
    return when(process_kind == ProcessKind.IRONMAKING, annual_process_output, 0)


@rule("SA intensity", grain=ENTERPRISE, unit="tCO2")
def enterprise_iron_route_emissions(iron_route_emissions: Total):
    """炼铁和烧结工序排放量合计: Ironmaking and sintering of the works."""
    return iron_route_emissions


@rule("SA intensity", grain=ENTERPRISE, unit="t")
def enterprise_iron_output(iron_output: Total):
    """炼铁工序产量合计 Q: Iron made by the works."""
    return iron_output


@rule("SA intensity", grain=ENTERPRISE, unit="tCO2/t")
def iron_intensity(enterprise_iron_route_emissions, enterprise_iron_output):
    """炼铁产品碳排放强度 I: Emissions of ironmaking and sintering a tonne of iron; waits where no iron was made."""
    return fraction(enterprise_iron_route_emissions, enterprise_iron_output)


# -- who gets what -----------------------------------------------------------------------------------------------------


@rule("SA scope", grain=ENTERPRISE, unit=AllocationTreatment, name="allocation_treatment")
def allocation_treatment_2024(on_key_unit_list, route, service_state):
    """配额分配方式: In 2024 every listed long-process works gets its emissions; new and closed ones are left out."""
    listed = both(
        on_key_unit_list == YesNo.YES, route == Route.LONG, service_state == ServiceState.IN_SERVICE
    )
    return when(listed, AllocationTreatment.EQUAL_TO_EMISSIONS, AllocationTreatment.OUTSIDE)


@rule("SA 2025 scope", grain=ENTERPRISE, unit=AllocationTreatment, name="allocation_treatment")
def allocation_treatment_2025(on_key_unit_list, route, service_state):
    """配额分配方式: In 2025 every listed long-process works by the balance value; new and closed ones are left out."""
    listed = both(
        on_key_unit_list == YesNo.YES, route == Route.LONG, service_state == ServiceState.IN_SERVICE
    )
    return when(listed, AllocationTreatment.FORMULA, AllocationTreatment.OUTSIDE)


@rule("SA 2026 scope", grain=ENTERPRISE, unit=AllocationTreatment, name="allocation_treatment")
def allocation_treatment_2026(
    on_key_unit_list,
    route,
    service_state,
    oxygen_blast_furnace,
    enterprise_emissions,
    *,
    entry_threshold,
):
    """配额分配方式: By the draft for 2026 oxygen furnaces, new, closed and small works get their emissions."""
    exempt = either(
        oxygen_blast_furnace == YesNo.YES,
        service_state == ServiceState.COMMISSIONED,
        service_state == ServiceState.CLOSED,
        enterprise_emissions < entry_threshold,
    )
    listed = both(on_key_unit_list == YesNo.YES, route == Route.LONG)
    inside = when(exempt, AllocationTreatment.EQUAL_TO_EMISSIONS, AllocationTreatment.FORMULA)
    return when(listed, inside, AllocationTreatment.OUTSIDE)


@rule(*DEVIATION, grain=ENTERPRISE, unit="1")
def relative_deviation(iron_intensity, *, balance_value):
    """与行业平衡值的相对偏离度 X: Positive where the works emits less a tonne of iron than its industry."""
    return allocation.deviation(iron_intensity, balance_value)


@rule("IAP 2025 alpha", "IAP 2026 alpha", grain=ENTERPRISE, unit="1")
def allocation_coefficient(relative_deviation, *, allocation_band, allocation_slope, allocation_cap):
    """配额调整系数 α: Within the band a share of the deviation, beyond it a fixed coefficient."""
    return allocation.coefficient(relative_deviation, allocation_band, allocation_slope, allocation_cap)


@rule(
    "IAP 2024",
    grain=ENTERPRISE,
    unit="tCO2",
    name="enterprise_allowance",
    places="allowance_places",
    mode="floor",
)
def enterprise_allowance_2024(allocation_treatment, enterprise_emissions):
    """重点排放单位核定配额量 A: In 2024 the verified emissions."""
    return when(allocation_treatment == AllocationTreatment.OUTSIDE, 0, enterprise_emissions)


@rule(*FORMULA, grain=ENTERPRISE, unit="tCO2", places="allowance_places", mode="floor")
def enterprise_allowance(allocation_treatment, enterprise_emissions, allocation_coefficient):
    """重点排放单位核定配额量 A: Verified emissions moved by the coefficient, whole tonnes rounded down."""
    moved = enterprise_emissions * (1 + allocation_coefficient)
    inside = when(allocation_treatment == AllocationTreatment.FORMULA, moved, enterprise_emissions)
    return when(allocation_treatment == AllocationTreatment.OUTSIDE, 0, inside)


@rule("IAP 2024", *FORMULA, grain=ENTERPRISE, unit="tCO2")
def surrender_duty(allocation_treatment, enterprise_emissions):
    """应清缴配额量: The verified emissions of a works inside allocation."""
    return when(allocation_treatment == AllocationTreatment.OUTSIDE, 0, enterprise_emissions)


@rule("IAP 2024", *FORMULA, grain=ENTERPRISE, unit="tCO2")
def allowance_gap(enterprise_allowance, surrender_duty):
    """配额盈缺: Allowance less amount due; negative where the works must buy."""
    return enterprise_allowance - surrender_duty


@rule("IAP 2025 pre", "IAP 2026 pre", grain=ENTERPRISE, unit="tCO2", places="allowance_places", mode="floor")
def pre_allocation(pre_allocation_base, provincial_pre_allocation_share, *, pre_allocation_share):
    """重点排放单位预分配配额: A share of last year's verified emissions, which the province may lower, rounded down."""
    return pre_allocation_base * minimum(provincial_pre_allocation_share, pre_allocation_share) / 100
