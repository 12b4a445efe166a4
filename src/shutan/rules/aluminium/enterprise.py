"""The whole enterprise: electrolysis, fuel, carbonates, power units and other facilities; what it buys and sells."""

from shutan.kernel import CO2_PER_C, MeanBy, Total, rule, when
from shutan.rules.aluminium.choices import FacilityKind
from shutan.rules.aluminium.grains import OTHER_FACILITY
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, FUEL, MATERIAL, MATERIAL_MONTH, WORKS_FUEL_MONTH
from shutan.rules.common.industrial_fuels import CarbonDetermination

# -- fuel ------------------------------------------------------------------------------------------------------------


@rule("ALU13 fuel", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3, name="ncv_ar")
def ncv_ar_to_2021(ncv_source, measured_ncv_ar, *, ndrc_ncv):
    """收到基低位发热量 NCV_ar: Measured, or the default of the guide of 2013."""
    return when(ncv_source == NcvSource.DEFAULT, ndrc_ncv, measured_ncv_ar)


@rule("ALU24 fuel", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3)
def ncv_ar(ncv_source, measured_ncv_ar, *, guide_ncv):
    """收到基低位发热量 NCV_ar: Measured, or the default of the guide of 2024."""
    return when(ncv_source == NcvSource.DEFAULT, guide_ncv, measured_ncv_ar)


@rule("ALU13 fuel", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5, name="carbon_per_heat")
def carbon_per_heat_to_2021(*, ndrc_carbon_per_heat):
    """单位热值含碳量 CC: Default of the guide of 2013."""
    return ndrc_carbon_per_heat


@rule("ALU24 fuel", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5)
def carbon_per_heat(*, guide_carbon_per_heat):
    """单位热值含碳量 CC: Default of the guide of 2024."""
    return guide_carbon_per_heat


@rule("ALU13 fuel", "ALU24 fuel", grain=WORKS_FUEL_MONTH, unit="tC/fuel_unit")
def carbon_of_fuel(carbon_determination, measured_carbon_ar, ncv_ar, carbon_per_heat):
    """单位燃料含碳量: Measured carbon, or calorific value times default carbon per unit of heat; not rounded by itself."""
    return when(
        carbon_determination == CarbonDetermination.MEASURED, measured_carbon_ar, ncv_ar * carbon_per_heat
    )


@rule("ALU13 fuel", grain=FUEL, unit="1", name="works_oxidation_rate")
def works_oxidation_rate_to_2021(*, ndrc_oxidation_rate):
    """燃料碳氧化率 OF: By kind of fuel, guide of 2013."""
    return ndrc_oxidation_rate


@rule("ALU24 fuel", grain=FUEL, unit="1")
def works_oxidation_rate(*, guide_oxidation_rate):
    """燃料碳氧化率 OF: By kind of fuel, guide of 2024."""
    return guide_oxidation_rate


@rule("ALU13 fuel", "ALU24 fuel", grain=WORKS_FUEL_MONTH, unit="tCO2", places=2)
def works_fuel_emissions(works_fuel_consumption, carbon_of_fuel, works_oxidation_rate):
    """月化石燃料燃烧排放量: Carbon burned in one fuel in one month, as CO2."""
    return when(
        works_fuel_consumption == 0,
        0,
        works_fuel_consumption * carbon_of_fuel * works_oxidation_rate * CO2_PER_C,
    )


@rule("ALU13 fuel", "ALU24 fuel", grain=FUEL, unit="fuel_unit")
def annual_works_fuel_consumption(works_fuel_consumption: Total):
    """企业年燃料消耗量 FC: One fuel in the year."""
    return works_fuel_consumption


@rule("ALU13 fuel", "ALU24 fuel", grain=FUEL, unit="GJ/fuel_unit", places=3)
def annual_works_ncv(ncv_ar: MeanBy["works_fuel_consumption"]):
    """企业年低位发热量 NCV_ar: The months' calorific values weighted by what was burned."""
    return ncv_ar


@rule("ALU13 fuel", "ALU24 fuel", grain=FUEL, unit="tCO2")
def annual_works_fuel_emissions(works_fuel_emissions: Total):
    """企业年化石燃料燃烧排放量: One fuel in the year, the sum of its months."""
    return works_fuel_emissions


# -- carbonates ------------------------------------------------------------------------------------------------------


@rule("ALU13 limestone", grain=MATERIAL_MONTH, unit="tCO2", places=2, name="carbonate_month_emissions")
def limestone_month_emissions(carbonate_kind, carbonate_consumption, *, limestone_factor):
    """月碳酸盐分解排放量: To 2021 limestone as received, with its purity folded into the factor."""
    return when(carbonate_kind == Carbonate.CALCIUM, carbonate_consumption * limestone_factor, 0)


@rule("ALU24 carbonate", grain=MATERIAL_MONTH, unit="tCO2", places=2)
def carbonate_month_emissions(carbonate_consumption, carbonate_purity, *, smelter_carbonate_factor):
    """月碳酸盐分解排放量: One carbonate in one month, pure part times factor."""
    return carbonate_consumption * smelter_carbonate_factor * carbonate_purity / 100


@rule("ALU13 limestone", "ALU24 carbonate", grain=MATERIAL, unit="tCO2")
def annual_carbonate_emissions(carbonate_month_emissions: Total):
    """年碳酸盐分解排放量: One carbonate in the year."""
    return carbonate_month_emissions


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("ALU13 fuel", "ALU24 fuel", grain=ENTERPRISE, unit="tCO2")
def enterprise_combustion_emissions(works_fuel_emissions: Total):
    """全厂化石燃料燃烧排放量: All fuels of the enterprise but those of power units and other facilities."""
    return works_fuel_emissions


@rule("ALU13 anode", "ALU24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_anode_emissions(process_anode_emissions: Total):
    """企业炭阳极消耗排放量: Energy used as raw material, all processes."""
    return process_anode_emissions


@rule("ALU13 PFC", "ALU24 enterprise", grain=ENTERPRISE, unit="tCO2e")
def enterprise_pfc_emissions(process_pfc_emissions: Total):
    """企业阳极效应排放量: Anode effect of all processes, CO2 equivalent."""
    return process_pfc_emissions


@rule("ALU13 limestone", "ALU24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_decomposition_emissions(annual_carbonate_emissions: Total):
    """企业碳酸盐分解排放量: All carbonates of the enterprise."""
    return annual_carbonate_emissions


@rule("ALU24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def power_unit_emissions(facility_kind, own_guide_emissions):
    """发电设施排放量: Of this facility, if it is a power unit that is not on the power list."""
    return when(facility_kind == FacilityKind.POWER_UNIT, own_guide_emissions, 0)


@rule("ALU24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def non_smelting_emissions(facility_kind, own_guide_emissions):
    """其他非铝冶炼设施排放量: Of this facility, if it makes something else than aluminium."""
    return when(facility_kind == FacilityKind.OTHER, own_guide_emissions, 0)


@rule("ALU24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_power_unit_emissions(power_unit_emissions: Total):
    """企业发电设施排放量: All power units that are not on the power list."""
    return power_unit_emissions


@rule("ALU24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_non_smelting_emissions(non_smelting_emissions: Total):
    """企业其他非铝冶炼设施排放量: All other facilities."""
    return non_smelting_emissions


@rule("ALU24 enterprise", grain=ENTERPRISE, unit="tCO2e")
def enterprise_electrolysis_emissions(electrolysis_emissions: Total):
    """企业铝电解工序排放量: Anodes and anode effect of all processes."""
    return electrolysis_emissions


@rule("ALU24 output", grain=ENTERPRISE, unit="t")
def enterprise_liquid_aluminium(process_liquid_aluminium: Total):
    """企业铝液产量: Liquid aluminium of all processes in the year."""
    return process_liquid_aluminium


@rule("ALU24 enterprise", grain=ENTERPRISE, unit="tCO2e")
def enterprise_emissions(
    enterprise_combustion_emissions,
    enterprise_electrolysis_emissions,
    enterprise_decomposition_emissions,
    enterprise_power_unit_emissions,
    enterprise_non_smelting_emissions,
):
    """全厂二氧化碳排放总量 E: CO2 and perfluorocarbons as CO2 equivalent; no electricity, no heat."""
    return (
        enterprise_combustion_emissions
        + enterprise_electrolysis_emissions
        + enterprise_decomposition_emissions
        + enterprise_power_unit_emissions
        + enterprise_non_smelting_emissions
    )


@rule("ALU13 total", grain=ENTERPRISE, unit="tCO2e", name="enterprise_emissions")
def enterprise_emissions_to_2021(
    enterprise_combustion_emissions,
    enterprise_anode_emissions,
    enterprise_pfc_emissions,
    enterprise_decomposition_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """全厂二氧化碳排放总量 E: To 2021 with electricity and heat."""
    return (
        enterprise_combustion_emissions
        + enterprise_anode_emissions
        + enterprise_pfc_emissions
        + enterprise_decomposition_emissions
        + net_electricity_emissions
        + heat_emissions
    )


# -- electricity and heat --------------------------------------------------------------------------------------------


@rule("ALU13 electricity", "ALU24 auxiliary 2", grain=ENTERPRISE, unit="MWh")
def net_purchased_electricity(purchased_electricity: Total, sold_electricity: Total):
    """净购入电量: Electricity bought less sold; negative for a net seller, which is lawful."""
    return purchased_electricity - sold_electricity


@rule("ALU13 heat", "ALU24 auxiliary 2", grain=ENTERPRISE, unit="GJ")
def net_purchased_heat(purchased_heat: Total, sold_heat: Total):
    """净购入热量: Heat bought less sold; negative for a net seller, which is lawful."""
    return purchased_heat - sold_heat


@rule("ALU13 electricity", grain=ENTERPRISE, unit="tCO2", places=2)
def net_electricity_emissions(net_purchased_electricity, *, regional_grid_factor):
    """净购入电力排放量: By the factor of the regional grid; part of the total to 2021."""
    return when(net_purchased_electricity == 0, 0, net_purchased_electricity * regional_grid_factor)


@rule("ALU13 heat", grain=ENTERPRISE, unit="tCO2", places=2)
def heat_emissions(net_purchased_heat, *, heat_factor):
    """净购入热力排放量: Part of the total to 2021."""
    return net_purchased_heat * heat_factor
