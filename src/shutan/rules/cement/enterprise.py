"""The whole enterprise: its lines, what else it burns, and what it buys and sells."""

from shutan.kernel import Total, rule, when
from shutan.rules.cement.choices import FacilityKind
from shutan.rules.cement.grains import OTHER_FACILITY
from shutan.rules.common.grains import ENTERPRISE

# -- facilities beside the lines -------------------------------------------------------------------------------------


@rule("CEM13 fuel", "CEM24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def facility_emissions(own_guide_emissions, other_fuel_emissions: Total):
    """其他设施排放量: Fuel of a facility, or what the guide of its own sector gives."""
    return own_guide_emissions + other_fuel_emissions


@rule("CEM24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def mobile_emissions(facility_kind, facility_emissions):
    """移动源及其他燃料排放量: Of this facility, if it is a mobile source or other use of fuel."""
    return when(facility_kind == FacilityKind.MOBILE, facility_emissions, 0)


@rule("CEM24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def power_unit_emissions(facility_kind, facility_emissions):
    """发电设施排放量: Of this facility, if it is a power unit that is not on the power list."""
    return when(facility_kind == FacilityKind.POWER_UNIT, facility_emissions, 0)


@rule("CEM24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def non_clinker_emissions(facility_kind, facility_emissions):
    """其他非熟料生产设施排放量: Of this facility, if it makes something else than clinker."""
    return when(facility_kind == FacilityKind.OTHER, facility_emissions, 0)


@rule("CEM24 enterprise", grain=OTHER_FACILITY, unit="tCO2")
def quoted_emissions(facility_kind, facility_emissions):
    """引用的发电设施排放量: Of this facility, if it is on the power list: quoted, not counted here."""
    return when(facility_kind == FacilityKind.LISTED_POWER_UNIT, facility_emissions, 0)


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_line_emissions(line_emissions: Total):
    """熟料生产排放量: All clinker lines in the year."""
    return line_emissions


@rule("CEM24 clinker", grain=ENTERPRISE, unit="t")
def enterprise_clinker_output(line_clinker_output: Total):
    """企业熟料产量: Clinker of all lines in the year."""
    return line_clinker_output


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_mobile_emissions(mobile_emissions: Total):
    """企业移动源及其他燃料排放量: All mobile sources and other use of fuel."""
    return mobile_emissions


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_power_unit_emissions(power_unit_emissions: Total):
    """企业发电设施排放量: All power units that are not on the power list."""
    return power_unit_emissions


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_non_clinker_emissions(non_clinker_emissions: Total):
    """企业其他非熟料生产设施排放量: All other facilities."""
    return non_clinker_emissions


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_quoted_emissions(quoted_emissions: Total):
    """引用的发电行业机组排放量: Units on the power list; not part of the total."""
    return quoted_emissions


@rule("CEM24 enterprise", grain=ENTERPRISE, unit="tCO2")
def enterprise_emissions(
    enterprise_line_emissions,
    enterprise_mobile_emissions,
    enterprise_power_unit_emissions,
    enterprise_non_clinker_emissions,
):
    """全厂二氧化碳排放总量 E: Lines, other fuel, power units and other facilities; no electricity, no heat."""
    return (
        enterprise_line_emissions
        + enterprise_mobile_emissions
        + enterprise_power_unit_emissions
        + enterprise_non_clinker_emissions
    )


# -- electricity and heat --------------------------------------------------------------------------------------------


@rule("CEM13 electricity", "CEM24 auxiliary", grain=ENTERPRISE, unit="MWh")
def net_purchased_electricity(purchased_electricity: Total, sold_electricity: Total):
    """净购入电量: Electricity bought less sold; negative for a net seller, which is lawful."""
    return purchased_electricity - sold_electricity


@rule("CEM13 heat", "CEM24 auxiliary", grain=ENTERPRISE, unit="GJ")
def net_purchased_heat(purchased_heat: Total, sold_heat: Total):
    """净购入热量: Heat bought less sold; negative for a net seller, which is lawful."""
    return purchased_heat - sold_heat


@rule("CEM13 electricity", grain=ENTERPRISE, unit="tCO2", places=2, name="net_electricity_emissions")
def net_electricity_emissions_to_2021(net_purchased_electricity, *, regional_grid_factor):
    """净购入电力排放量: By the factor of the regional grid; part of the total to 2021."""
    return when(net_purchased_electricity == 0, 0, net_purchased_electricity * regional_grid_factor)


@rule("CEM24 auxiliary", grain=ENTERPRISE, unit="tCO2", places=2)
def net_electricity_emissions(net_purchased_electricity, *, auxiliary_electricity_factor):
    """净购入电力排放量: An auxiliary item, not part of the total."""
    return when(net_purchased_electricity == 0, 0, net_purchased_electricity * auxiliary_electricity_factor)


@rule("CEM13 heat", "CEM24 auxiliary", grain=ENTERPRISE, unit="tCO2", places=2)
def heat_emissions(net_purchased_heat, *, heat_factor):
    """净购入热力排放量: Part of the total to 2021, an auxiliary item from 2024."""
    return net_purchased_heat * heat_factor


# -- guide of 2013 ---------------------------------------------------------------------------------------------------


@rule("CEM13 fuel", grain=ENTERPRISE, unit="tCO2")
def enterprise_combustion_emissions(line_combustion: Total, facility_emissions: Total):
    """全厂化石燃料燃烧排放量: Fuel of the whole legal person, to 2021."""
    return line_combustion + facility_emissions


@rule("CEM13 clinker", grain=ENTERPRISE, unit="tCO2")
def enterprise_carbonate_emissions(carbonate_emissions: Total):
    """企业原料碳酸盐分解排放量: All lines, to 2021."""
    return carbonate_emissions


@rule("CEM13 raw meal", grain=ENTERPRISE, unit="tCO2")
def enterprise_raw_meal_emissions(raw_meal_emissions: Total):
    """企业生料中非燃料碳煅烧排放量: All lines, to 2021."""
    return raw_meal_emissions


@rule("CEM13 alternative fuel", grain=ENTERPRISE, unit="tCO2")
def enterprise_waste_fuel_emissions(waste_fuel_emissions: Total):
    """企业替代燃料燃烧排放量: All waste burned, to 2021."""
    return waste_fuel_emissions


@rule("CEM13 total", grain=ENTERPRISE, unit="tCO2", name="enterprise_emissions")
def enterprise_emissions_to_2021(
    enterprise_combustion_emissions,
    enterprise_waste_fuel_emissions,
    enterprise_carbonate_emissions,
    enterprise_raw_meal_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """全厂二氧化碳排放总量 E: Fuel, waste, carbonate, raw-meal carbon, electricity and heat."""
    return (
        enterprise_combustion_emissions
        + enterprise_waste_fuel_emissions
        + enterprise_carbonate_emissions
        + enterprise_raw_meal_emissions
        + net_electricity_emissions
        + heat_emissions
    )
