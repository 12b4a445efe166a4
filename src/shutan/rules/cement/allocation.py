"""Allowances of clinker lines and of the enterprise: 2024 by emissions, 2025 and 2026 by intensity, with the exceptions."""

from shutan.kernel import Total, both, either, fraction, rule, when
from shutan.rules.cement.choices import (
    AlternativeMaterial,
    ClinkerClass,
    LineAllocation,
    LineTechnology,
)
from shutan.rules.cement.grains import LINE_CLINKER
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
from shutan.rules.common.grains import ENTERPRISE, LINE, LINE_MATERIAL_MONTH

SCOPE = ("IAP24 cement scope", "IAP26 cement 3(3)")
EXCEPTIONS = ("IAP25 cement exceptions", "IAP26 cement 3(3)")
DUTY = ("IAP24 cement duty", "IAP26 cement 5(1)")
VERIFIED = ("IAP 2025 A", "IAP 2026 A")

# -- what a line makes and of what -----------------------------------------------------------------------------------


@rule(*SCOPE, grain=LINE_CLINKER, unit="t")
def portland_output(clinker_class, annual_clinker_output):
    """硅酸盐水泥熟料产量: Clinker of this kind, if it is ordinary Portland clinker."""
    return when(clinker_class == ClinkerClass.PORTLAND, annual_clinker_output, 0)


@rule(*SCOPE, grain=LINE_CLINKER, unit="t")
def white_output(clinker_class, annual_clinker_output):
    """白色硅酸盐水泥熟料产量: Clinker of this kind, if it is white Portland clinker."""
    return when(clinker_class == ClinkerClass.WHITE, annual_clinker_output, 0)


@rule(*EXCEPTIONS, grain=LINE_CLINKER, unit="t")
def coloured_output(clinker_class, annual_clinker_output):
    """白色以外熟料产量: Clinker of this kind, if it is anything but white Portland clinker."""
    return when(clinker_class == ClinkerClass.WHITE, 0, annual_clinker_output)


@rule(*SCOPE, grain=LINE, unit="t")
def line_portland_output(portland_output: Total):
    """生产线硅酸盐水泥熟料产量: Ordinary Portland clinker of the line in the year."""
    return portland_output


@rule(*SCOPE, grain=LINE, unit="t")
def line_white_output(white_output: Total):
    """生产线白色硅酸盐水泥熟料产量: White Portland clinker of the line in the year."""
    return white_output


@rule(*EXCEPTIONS, grain=LINE, unit="t")
def line_coloured_output(coloured_output: Total):
    """生产线白色以外熟料产量: Clinker of the line that is not white; zero means the line makes only white clinker."""
    return coloured_output


@rule("IAP25 cement exceptions", "IAP26 cement T2-3", grain=LINE_MATERIAL_MONTH, unit="tCO2")
def carbide_slag_deducted(alternative_material, deducted_emissions):
    """电石渣扣减量: Deduction of this material, if it is carbide slag."""
    return when(alternative_material == AlternativeMaterial.CARBIDE_SLAG, deducted_emissions, 0)


@rule("IAP25 cement exceptions", "IAP26 cement T2-3", grain=LINE, unit="%")
def carbide_slag_rate(carbide_slag_deducted: Total, gross_process_emissions: Total):
    """电石渣替代率: Carbide slag times its deduction factor by clinker times its process factor."""
    return when(
        gross_process_emissions == 0, 0, fraction(carbide_slag_deducted, gross_process_emissions) * 100
    )


# -- how a line is treated -------------------------------------------------------------------------------------------


def in_scope(on_key_unit_list, portland, white, otherwise):
    """Return why a line is not in the allocation at all, or what follows if it is."""
    return when(
        on_key_unit_list == YesNo.NO,
        LineAllocation.NOT_LISTED,
        when(both(portland == 0, white == 0), LineAllocation.NOT_PORTLAND, otherwise),
    )


def special(coloured, technology, rate, limit, otherwise):
    """Return which exception a line is, or what follows for an ordinary one."""
    return when(
        coloured == 0,
        LineAllocation.WHITE_ONLY,
        when(
            technology == LineTechnology.GYPSUM_SULPHURIC_ACID,
            LineAllocation.GYPSUM_SULPHURIC_ACID,
            when(rate > limit, LineAllocation.CARBIDE_SLAG, otherwise),
        ),
    )


@rule("IAP 2024", grain=LINE, unit=LineAllocation, name="line_allocation_status")
def line_allocation_status_2024(on_key_unit_list, service_state, line_portland_output, line_white_output):
    """生产线分配情形: In 2024 every line on the list has its emissions, closed and new ones are outside."""
    return in_scope(
        on_key_unit_list,
        line_portland_output,
        line_white_output,
        case_in_service(service_state, LineAllocation, LineAllocation.FIRST_YEAR),
    )


@rule("IAP25 cement exceptions", grain=LINE, unit=LineAllocation, name="line_allocation_status")
def line_allocation_status_2025(
    on_key_unit_list,
    service_state,
    line_portland_output,
    line_white_output,
    line_coloured_output,
    line_technology,
    carbide_slag_rate,
    *,
    carbide_slag_limit,
):
    """生产线分配情形: In 2025 by intensity, with three exceptions; closed and new lines are outside."""
    exception = special(
        line_coloured_output,
        line_technology,
        carbide_slag_rate,
        carbide_slag_limit,
        LineAllocation.INTENSITY,
    )
    return in_scope(
        on_key_unit_list,
        line_portland_output,
        line_white_output,
        case_in_service(service_state, LineAllocation, exception),
    )


@rule("IAP26 cement 3(3)", grain=LINE, unit=LineAllocation)
def line_allocation_status(
    on_key_unit_list,
    service_state,
    line_portland_output,
    line_white_output,
    line_coloured_output,
    line_technology,
    carbide_slag_rate,
    enterprise_emissions,
    *,
    carbide_slag_limit,
    small_emitter_limit,
):
    """生产线分配情形: In 2026 (draft) by intensity, with the three exceptions, closed, new and small ones."""
    exception = special(
        line_coloured_output,
        line_technology,
        carbide_slag_rate,
        carbide_slag_limit,
        when(
            enterprise_emissions < small_emitter_limit, LineAllocation.SMALL_EMITTER, LineAllocation.INTENSITY
        ),
    )
    return in_scope(
        on_key_unit_list,
        line_portland_output,
        line_white_output,
        case_in_service(service_state, LineAllocation, exception),
    )


@rule("IAP24 cement scope", grain=LINE, unit=AllocationTreatment, name="line_treatment")
def line_treatment_to_2025(line_allocation_status):
    """生产线分配方式: To 2025 closed and new lines are outside; exceptions and the first year have their emissions."""
    outside = either(
        line_allocation_status == LineAllocation.NOT_LISTED,
        line_allocation_status == LineAllocation.NOT_PORTLAND,
        line_allocation_status == LineAllocation.CLOSED,
        line_allocation_status == LineAllocation.COMMISSIONED,
    )
    return treatment(outside, line_allocation_status, LineAllocation)


@rule("IAP26 cement 3(3)", grain=LINE, unit=AllocationTreatment)
def line_treatment(line_allocation_status):
    """生产线分配方式: In 2026 (draft) every exception has its emissions; only unlisted and other clinker is outside."""
    outside = either(
        line_allocation_status == LineAllocation.NOT_LISTED,
        line_allocation_status == LineAllocation.NOT_PORTLAND,
    )
    return treatment(outside, line_allocation_status, LineAllocation)


# -- one line --------------------------------------------------------------------------------------------------------


@rule(*DUTY, grain=LINE, unit="tCO2", places="verified_emissions_places")
def verified_line_emissions(line_emissions):
    """生产线经核查排放量 E: What the line is allocated and owes for, in whole tonnes."""
    return line_emissions


@rule("IAP 2025 X", "IAP 2026 X", grain=LINE, unit="1")
def intensity_deviation(line_intensity, *, clinker_balance_value):
    """碳排放强度偏离度 X: How far the line's intensity lies below the balance value, as a share of it."""
    return deviation(line_intensity, clinker_balance_value)


@rule("IAP 2025 alpha", "IAP 2026 alpha", grain=LINE, unit="1")
def intensity_coefficient(intensity_deviation, *, allocation_band, allocation_slope, allocation_cap):
    """碳排放强度系数 α: A share of the deviation, never more than the cap either way."""
    return coefficient(intensity_deviation, allocation_band, allocation_slope, allocation_cap)


@rule("IAP 2024", grain=LINE, unit="tCO2", name="line_allowance")
def line_allowance_2024(line_treatment, verified_line_emissions):
    """生产线核定配额量 A: In 2024 the verified emissions."""
    return emissions_if_inside(line_treatment, verified_line_emissions)


@rule(*VERIFIED, grain=LINE, unit="tCO2", places="allowance_places", mode="floor")
def line_allowance(line_treatment, verified_line_emissions, intensity_coefficient):
    """生产线核定配额量 A: Verified emissions times one plus the coefficient, rounded down; exceptions their emissions."""
    return verified_allowance(line_treatment, verified_line_emissions, intensity_coefficient)


@rule(*DUTY, grain=LINE, unit="tCO2")
def line_duty(line_treatment, verified_line_emissions):
    """生产线应清缴配额量: Verified emissions of a line in the allocation."""
    return emissions_if_inside(line_treatment, verified_line_emissions)


@rule(*DUTY, grain=LINE, unit="tCO2")
def line_allowance_gap(line_allowance, line_duty):
    """生产线配额盈缺: Allowance less duty; negative where the line is short."""
    return line_allowance - line_duty


@rule("IAP 2025 pre", "IAP 2026 pre", grain=LINE, unit="tCO2", places="allowance_places", mode="floor")
def line_pre_allocation(
    last_year_verified_emissions, provincial_pre_allocation_share, *, pre_allocation_share
):
    """生产线预分配配额: A share of last year's verified emissions, lowered where the province says so, rounded down."""
    return share_of_last_year(
        last_year_verified_emissions, pre_allocation_share, provincial_pre_allocation_share
    )


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("IAP 2024", *VERIFIED, grain=ENTERPRISE, unit="tCO2")
def enterprise_allowance(line_allowance: Total):
    """重点排放单位核定配额量: Allowances of all its clinker lines."""
    return line_allowance


@rule(*DUTY, grain=ENTERPRISE, unit="tCO2")
def surrender_duty(line_duty: Total):
    """应清缴配额量: Verified emissions of all lines in the allocation."""
    return line_duty


@rule(*DUTY, grain=ENTERPRISE, unit="tCO2")
def allowance_gap(enterprise_allowance, surrender_duty):
    """配额盈缺: Allowance less amount due; negative where the enterprise must buy."""
    return enterprise_allowance - surrender_duty


@rule("IAP 2025 pre", "IAP 2026 pre", grain=ENTERPRISE, unit="tCO2")
def pre_allocation(line_pre_allocation: Total):
    """重点排放单位预分配配额: Pre-allocations of all its lines."""
    return line_pre_allocation


@rule("IAP 2025 pre", "IAP 2026 pre", grain=ENTERPRISE, unit="tCO2")
def settlement_difference(enterprise_allowance, pre_allocation):
    """多退少补配额: Verified allowance less what was pre-allocated; negative is given back."""
    return enterprise_allowance - pre_allocation
