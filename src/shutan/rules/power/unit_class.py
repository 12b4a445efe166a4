"""Which benchmark a generating unit has, or why it has none.

Four plans, four lists: each version of `allocation_status` asks the questions of its plan and names the first that applies.
"""

from shutan.kernel import Largest, both, either, rule, when
from shutan.rules.common.fuels import FuelKind, YesNo
from shutan.rules.common.grains import UNIT
from shutan.rules.power.allocation_choices import (
    AllocationStatus,
    AllocationTreatment,
    CfbReview,
    IssueBar,
    ServiceState,
    SpecialFacility,
    SpecialFuel,
    UnitClass,
)
from shutan.rules.power.choices import BoilerType, UnitCategory

CLASS_TESTS = ("AP1920 App.1", "AP2122 App.1", "AP2324 App.1 T1", "AP2526 T1 classes")


@rule(*CLASS_TESTS, grain=UNIT, unit="MW")
def class_capacity(generator_capacity: Largest):
    """判定容量: rated power that decides the class; of units reported together the largest, the least favourable one."""
    return generator_capacity


@rule(*CLASS_TESTS, grain=UNIT, unit=UnitClass)
def conventional_coal_class(class_capacity, *, large_unit_capacity):
    """常规燃煤类别: class I from 400 MW of rated power, although its name says 300 MW; class II below."""
    return when(class_capacity >= large_unit_capacity, UnitClass.I, UnitClass.II)


@rule(*CLASS_TESTS, grain=UNIT, unit=UnitClass)
def coal_class(
    conventional_coal_class,
    non_conventional_share,
    boiler_type,
    cfb_review,
    merged_with_conventional,
    *,
    non_conventional_share_limit,
    cfb_counts_as_class_iii,
):
    """燃煤机组类别: class III above half of the heat from non-conventional coal, or for a fluidised bed as reviewed."""
    by_fuel = when(
        non_conventional_share > non_conventional_share_limit, UnitClass.III, conventional_coal_class
    )
    # nested, not both(): the unconfirmed practice then marks only the results of fluidised beds
    by_practice = when(
        boiler_type == BoilerType.CIRCULATING_FLUIDISED_BED,
        when(cfb_counts_as_class_iii == 1, UnitClass.III, by_fuel),
        by_fuel,
    )
    reviewed = when(
        cfb_review == CfbReview.CLASS_III,
        UnitClass.III,
        when(cfb_review == CfbReview.BY_FUEL, by_fuel, by_practice),
    )
    return when(merged_with_conventional == YesNo.YES, conventional_coal_class, reviewed)


@rule(*CLASS_TESTS, grain=UNIT, unit="%")
def gas_cofired_share(total_heat_input, natural_gas_share):
    """燃气机组掺烧其他燃料热量占比: Share of the year's heat that did not come from natural gas; none in a unit that stood still."""
    return when(total_heat_input == 0, 0, 100 - natural_gas_share)


@rule(*CLASS_TESTS, grain=UNIT, unit=UnitClass)
def unit_class(unit_category, main_fuel_kind, coal_class, gas_cofired_share, *, gas_cofired_share_limit):
    """配额机组类别: one of the four classes of the plan, or none."""
    coal = either(
        unit_category == UnitCategory.CONVENTIONAL_COAL, unit_category == UnitCategory.NON_CONVENTIONAL_COAL
    )
    gas = both(
        either(unit_category == UnitCategory.GAS, unit_category == UnitCategory.CCPP),
        either(main_fuel_kind == FuelKind.NATURAL_GAS, main_fuel_kind == FuelKind.LNG),
    )
    gas_class = when(gas_cofired_share <= gas_cofired_share_limit, UnitClass.IV, UnitClass.NONE)
    return when(coal, coal_class, when(gas, gas_class, UnitClass.NONE))


# -- special cases ---------------------------------------------------------------------------------------------------


def first_of(otherwise, *cases):
    """Return the word of the first case whose condition holds."""
    for condition, word in reversed(cases):
        otherwise = when(condition, word, otherwise)
    return otherwise


def fuel_reasons(biomass_share, self_produced_share, biomass_limit, biomass_main, secondary_limit):
    """Return the cases of the plans to 2024 that a unit's fuel decides."""
    return (
        (100 - biomass_share == 0, AllocationStatus.PURE_BIOMASS),
        (biomass_share > biomass_main, AllocationStatus.BIOMASS_MAIN),
        (biomass_share > biomass_limit, AllocationStatus.BIOMASS_COFIRED),
        (self_produced_share > secondary_limit, AllocationStatus.SECONDARY_ENERGY),
    )


def facility_reasons(unit_category, special_fuel, special_facility):
    """Return the cases that a unit's equipment decides."""
    return (
        (special_fuel == SpecialFuel.SPECIAL_FOSSIL, AllocationStatus.SPECIAL_FUEL),
        (special_fuel == SpecialFuel.OWN_WASTE_GAS, AllocationStatus.OWN_WASTE_GAS),
        (
            special_facility == SpecialFacility.BOILER_CONVERTED_TO_GAS,
            AllocationStatus.BOILER_CONVERTED_TO_GAS,
        ),
        (
            either(
                unit_category == UnitCategory.OIL,
                unit_category == UnitCategory.IGCC,
                special_facility == SpecialFacility.INTERNAL_COMBUSTION,
            ),
            AllocationStatus.OTHER_TECHNOLOGY,
        ),
    )


def service_reasons(service_state):
    """Return the cases of units that did not serve the whole year."""
    return (
        (service_state == ServiceState.CLOSED, AllocationStatus.CLOSED),
        (service_state == ServiceState.COMMISSIONED, AllocationStatus.COMMISSIONED),
    )


@rule(
    "AP1920 2 scope",
    "AP1920 8(1)",
    "AP1920 8(2)",
    grain=UNIT,
    unit=AllocationStatus,
    name="allocation_status",
)
def allocation_status_2019(
    unit_class,
    unit_category,
    special_fuel,
    special_facility,
    service_state,
    issue_bar,
    biomass_share,
    self_produced_share,
    on_key_unit_list,
    *,
    biomass_share_limit,
    biomass_main_share,
    secondary_energy_share_limit,
):
    """配额分配状态: Whether the unit is allocated by benchmark, or the first reason of the 2019-2020 plan why not."""
    return first_of(
        AllocationStatus.BENCHMARK,
        (on_key_unit_list == YesNo.NO, AllocationStatus.NOT_LISTED),
        (special_facility == SpecialFacility.PURE_HEATING, AllocationStatus.PURE_HEATING),
        (issue_bar == IssueBar.PILOT_MARKET, AllocationStatus.PILOT_MARKET),
        *fuel_reasons(
            biomass_share,
            self_produced_share,
            biomass_share_limit,
            biomass_main_share,
            secondary_energy_share_limit,
        ),
        *facility_reasons(unit_category, special_fuel, special_facility),
        (issue_bar == IssueBar.UNLAWFUL, AllocationStatus.UNLAWFUL),
        (issue_bar == IssueBar.ORDERED_CLOSED, AllocationStatus.ORDERED_CLOSED),
        (issue_bar == IssueBar.NO_PERMIT, AllocationStatus.NO_PERMIT),
        *service_reasons(service_state),
        (unit_class == UnitClass.NONE, AllocationStatus.NO_CLASS),
    )


@rule("AP2122 App.1 scope", "AP2324 2 scope", "AP2324 App.1 T2", grain=UNIT, unit=AllocationStatus)
def allocation_status(
    unit_class,
    unit_category,
    special_fuel,
    special_facility,
    service_state,
    biomass_share,
    self_produced_share,
    on_key_unit_list,
    *,
    biomass_share_limit,
    biomass_main_share,
    secondary_energy_share_limit,
):
    """配额分配状态: Whether the unit is allocated by benchmark, or the first reason of the plan why not."""
    return first_of(
        AllocationStatus.BENCHMARK,
        (on_key_unit_list == YesNo.NO, AllocationStatus.NOT_LISTED),
        (special_facility == SpecialFacility.PURE_HEATING, AllocationStatus.PURE_HEATING),
        *fuel_reasons(
            biomass_share,
            self_produced_share,
            biomass_share_limit,
            biomass_main_share,
            secondary_energy_share_limit,
        ),
        *facility_reasons(unit_category, special_fuel, special_facility),
        *service_reasons(service_state),
        (unit_class == UnitClass.NONE, AllocationStatus.NO_CLASS),
    )


@rule("AP2526 3(3)1", "AP2526 3(3)4", grain=UNIT, unit=AllocationStatus, name="allocation_status")
def allocation_status_2025(
    unit_class,
    unit_category,
    special_fuel,
    special_facility,
    service_state,
    biomass_share,
    self_produced_share,
    green_fuel_share,
    enterprise_surrender_emissions,
    on_key_unit_list,
    *,
    biomass_share_limit,
    secondary_energy_share_limit,
    biomass_and_secondary_share_limit,
    green_fuel_share_limit,
    market_entry_emissions,
):
    """配额分配状态: Whether the unit is allocated by benchmark, or the first special case of the 2025-2026 plan."""
    return first_of(
        AllocationStatus.BENCHMARK,
        (on_key_unit_list == YesNo.NO, AllocationStatus.NOT_LISTED),
        (special_facility == SpecialFacility.PURE_HEATING, AllocationStatus.PURE_HEATING),
        (biomass_share > biomass_share_limit, AllocationStatus.BIOMASS_COFIRED),
        (self_produced_share > secondary_energy_share_limit, AllocationStatus.SECONDARY_ENERGY),
        (
            biomass_share + self_produced_share > biomass_and_secondary_share_limit,
            AllocationStatus.BIOMASS_AND_SECONDARY,
        ),
        *facility_reasons(unit_category, special_fuel, special_facility),
        (special_facility == SpecialFacility.EMERGENCY_RESERVE, AllocationStatus.EMERGENCY_RESERVE),
        (green_fuel_share > green_fuel_share_limit, AllocationStatus.GREEN_FUEL),
        *service_reasons(service_state),
        (enterprise_surrender_emissions < market_entry_emissions, AllocationStatus.SMALL_EMITTER),
        (unit_class == UnitClass.NONE, AllocationStatus.NO_CLASS),
    )


@rule(
    "AP1920 2 scope",
    "AP1920 8(1)",
    "AP1920 8(2)",
    "AP2122 App.1 scope",
    "AP2324 2 scope",
    "AP2324 App.1 T2",
    grain=UNIT,
    unit=AllocationTreatment,
)
def allocation_treatment(allocation_status, *, leaves_allocation):
    """配额分配方式: To 2024 a unit outside the benchmark classes has neither allowance nor duty; it still reports."""
    withheld = either(
        allocation_status == AllocationStatus.UNLAWFUL,
        allocation_status == AllocationStatus.ORDERED_CLOSED,
        allocation_status == AllocationStatus.NO_PERMIT,
    )
    outside = when(leaves_allocation == 1, AllocationTreatment.OUTSIDE, AllocationTreatment.BENCHMARK)
    return when(
        allocation_status == AllocationStatus.BENCHMARK,
        AllocationTreatment.BENCHMARK,
        when(withheld, AllocationTreatment.WITHHELD, outside),
    )


@rule("AP2526 3(3)1", "AP2526 3(3)4", grain=UNIT, unit=AllocationTreatment, name="allocation_treatment")
def allocation_treatment_2025(allocation_status, *, leaves_allocation):
    """配额分配方式: From 2025 a special case is allocated exactly its verified emissions."""
    unnamed = either(
        allocation_status == AllocationStatus.NOT_LISTED,
        allocation_status == AllocationStatus.PURE_HEATING,
        allocation_status == AllocationStatus.NO_CLASS,
    )
    special = AllocationTreatment.EQUAL_TO_EMISSIONS
    return when(
        allocation_status == AllocationStatus.BENCHMARK,
        AllocationTreatment.BENCHMARK,
        when(unnamed, when(leaves_allocation == 1, AllocationTreatment.OUTSIDE, special), special),
    )
