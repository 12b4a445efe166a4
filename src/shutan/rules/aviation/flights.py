"""Fuel of flights, vehicles and buildings, the share of biomass in a blend left out; and the total."""

from shutan.kernel import CO2_PER_C, Total, fraction, rule, when
from shutan.rules.aviation.choices import FuelUse
from shutan.rules.aviation.grains import USE, USE_FUEL, USE_FUEL_MONTH
from shutan.rules.common.grains import ENTERPRISE, FUEL

# -- one use ---------------------------------------------------------------------------------------------------------


@rule("AVI blend", grain=USE_FUEL_MONTH, unit="GJ")
def fossil_fuel_heat(fuel_consumption_reported, ncv_ar, blended_biomass):
    """化石燃料活动水平 AD: Heat of one fuel in one use and month, without its share of biomass."""
    return when(
        fuel_consumption_reported == 0,
        0,
        fuel_consumption_reported * ncv_ar * (100 - blended_biomass) / 100,
    )


@rule("NDRC fuel", grain=USE_FUEL_MONTH, unit="tCO2")
def monthly_use_fuel_emissions(fossil_fuel_heat, carbon_per_heat, oxidation_rate_used):
    """月分项燃料排放量: Carbon burned in one fuel in one use and month, as CO2."""
    return when(
        fossil_fuel_heat == 0, 0, fossil_fuel_heat * carbon_per_heat * oxidation_rate_used * CO2_PER_C
    )


@rule("AVI scope", grain=USE_FUEL, unit="fuel_unit")
def annual_use_fuel_consumption(fuel_consumption_reported: Total):
    """年分项燃料消耗量: One fuel of one use in the year."""
    return fuel_consumption_reported


@rule("AVI scope", grain=USE_FUEL, unit="tCO2")
def annual_use_fuel_emissions(monthly_use_fuel_emissions: Total):
    """年分项燃料排放量: One fuel of one use in the year."""
    return monthly_use_fuel_emissions


@rule("AVI scope", grain=USE, unit="tCO2")
def use_emissions(annual_use_fuel_emissions: Total):
    """分项燃料排放量: All fuels of one use in the year."""
    return annual_use_fuel_emissions


@rule("AVI scope", grain=USE, unit="tCO2")
def domestic_part(use_kind, use_emissions):
    """国内航班部分: Of this use, if it is domestic flights."""
    return when(use_kind == FuelUse.DOMESTIC_FLIGHT, use_emissions, 0)


@rule("AVI scope", grain=USE, unit="tCO2")
def international_part(use_kind, use_emissions):
    """国际航班部分: Of this use, if it is international flights."""
    return when(use_kind == FuelUse.INTERNATIONAL_FLIGHT, use_emissions, 0)


@rule("AVI scope", grain=USE, unit="tCO2")
def ground_vehicle_part(use_kind, use_emissions):
    """地面移动源部分: Of this use, if it is ground vehicles."""
    return when(use_kind == FuelUse.GROUND_VEHICLE, use_emissions, 0)


@rule("AVI scope", grain=USE, unit="tCO2")
def stationary_part(use_kind, use_emissions):
    """固定源部分: Of this use, if it is stationary sources."""
    return when(use_kind == FuelUse.STATIONARY, use_emissions, 0)


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("NDRC fuel", grain=FUEL, unit="fuel_unit")
def annual_fuel_consumption(fuel_consumption_reported: Total):
    """年燃料消耗量 FC: One fuel in all uses in the year."""
    return fuel_consumption_reported


@rule("NDRC fuel", grain=FUEL, unit="tCO2")
def annual_combustion_of_fuel(monthly_use_fuel_emissions: Total):
    """年燃料燃烧排放量: One fuel in all uses in the year."""
    return monthly_use_fuel_emissions


@rule("AVI scope", grain=ENTERPRISE, unit="tCO2")
def domestic_flight_emissions(domestic_part: Total):
    """国内航班排放量: Fuel of domestic flights in the year."""
    return domestic_part


@rule("AVI scope", grain=ENTERPRISE, unit="tCO2")
def international_flight_emissions(international_part: Total):
    """国际航班排放量: Fuel of international flights in the year."""
    return international_part


@rule("AVI scope", grain=ENTERPRISE, unit="tCO2")
def ground_vehicle_emissions(ground_vehicle_part: Total):
    """地面移动源排放量: Fuel of ground vehicles in the year."""
    return ground_vehicle_part


@rule("AVI scope", grain=ENTERPRISE, unit="tCO2")
def stationary_emissions(stationary_part: Total):
    """固定源排放量: Fuel of stationary sources in the year."""
    return stationary_part


@rule("NDRC fuel", grain=ENTERPRISE, unit="tCO2")
def fuel_combustion_emissions(annual_combustion_of_fuel: Total):
    """燃料燃烧排放量 E_燃烧: All fuels in all uses in the year."""
    return annual_combustion_of_fuel


@rule("AVI total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(fuel_combustion_emissions, net_electricity_emissions, heat_emissions):
    """企业温室气体排放总量 E: Fuel of all uses, net electricity and net heat."""
    return fuel_combustion_emissions + net_electricity_emissions + heat_emissions


@rule("AVI airport", grain=ENTERPRISE, unit="tCO2/t")
def throughput_intensity(greenhouse_gas_emissions, airport_throughput):
    """单位吞吐量排放量: Total of an airport by tonne of throughput."""
    return when(airport_throughput == 0, 0, fraction(greenhouse_gas_emissions, airport_throughput))
