"""What was burned and bought, as CO2: by fuel, unit and plant, by month and year."""

from shutan.kernel import CO2_PER_C, MeanBy, Total, rule, when
from shutan.rules.common.calibration import upward
from shutan.rules.common.grains import (
    ENTERPRISE,
    ENTERPRISE_MONTH,
    FUEL_MONTH,
    UNIT,
    UNIT_FUEL,
    UNIT_MONTH,
)

# -- one fuel in one month -------------------------------------------------------------------------------------------


@rule(
    "SDT-2019 consumption",
    "AG-9号 6.2.1",
    "AG 6.2.1",
    "VG-V01 calibration",
    "VG calibration activity",
    grain=FUEL_MONTH,
    unit="fuel_unit",
    places=2,
)
def fuel_consumption(
    fuel_consumption_reported, fuel_meter_state, fuel_meter_error_allowed, fuel_meter_error_found
):
    """燃料消耗量 FC: Fuel burned, raised where the meter was not calibrated as it should have been."""
    return fuel_consumption_reported * upward(
        fuel_meter_state, fuel_meter_error_allowed, fuel_meter_error_found
    )


@rule("SDT-2019 NCV", "AG-9号 A.1", "AG C.3 fossil heat", grain=FUEL_MONTH, unit="GJ", places=2)
def fossil_heat(fuel_consumption, ncv_ar):
    """化石燃料热量 AD: Heat of the fuel burned."""
    return fuel_consumption * ncv_ar


@rule(
    "SDT-2019 combustion",
    "AG-9号 6.1(1)",
    grain=FUEL_MONTH,
    unit="tCO2",
    places=2,
    name="combustion_emissions",
)
def combustion_emissions_through_heat(fuel_consumption, ncv_ar, carbon_per_heat, oxidation_rate_used):
    """化石燃料燃烧排放量 E_燃烧: Until March 2022: heat burned times carbon per unit of heat, as CO2."""
    return when(
        fuel_consumption == 0,
        0,
        fuel_consumption * ncv_ar * carbon_per_heat * oxidation_rate_used * CO2_PER_C,
    )


@rule("AG 6.2.1(1)", grain=FUEL_MONTH, unit="tCO2", places=2)
def combustion_emissions(fuel_consumption, carbon_content_ar, oxidation_rate_used):
    """化石燃料燃烧排放量 E_燃烧: Carbon burned in one fuel of one generating unit in one month, as CO2."""
    return when(
        fuel_consumption == 0, 0, fuel_consumption * carbon_content_ar * oxidation_rate_used * CO2_PER_C
    )


# -- one fuel in the year --------------------------------------------------------------------------------------------


@rule("SDT-2019 consumption", "AG-9号 6.2.1", "AG C.3 year", grain=UNIT_FUEL, unit="fuel_unit")
def annual_fuel_consumption(fuel_consumption: Total):
    """年燃料消耗量 FC: Fuel burned in the year."""
    return fuel_consumption


@rule("SDT-2019 consumption", "AG-9号 6.2.1", "AG C.3 year", grain=UNIT_FUEL, unit="fuel_unit")
def annual_fuel_purchased(fuel_purchased: Total):
    """年燃料购入量: Fuel bought in the year."""
    return fuel_purchased


@rule("SDT-2019 NCV", "AG-9号 A.1", "AG C.3 year", grain=UNIT_FUEL, unit="GJ")
def annual_fossil_heat(fossil_heat: Total):
    """年化石燃料热量: Heat of the fuel burned in the year."""
    return fossil_heat


@rule("SDT-2019 NCV", "AG-9号 6.2.2 year", "AG C.3 year", grain=UNIT_FUEL, unit="GJ/fuel_unit", places=3)
def annual_ncv_ar(ncv_ar: MeanBy["fuel_consumption"]):
    """年低位发热量 NCV_ar: The months' calorific values weighted by what was burned."""
    return ncv_ar


@rule(
    "SDT-2019 carbon",
    "AG-9号 6.2.3 year",
    "AG C.3 year",
    grain=UNIT_FUEL,
    unit="tC/fuel_unit",
    places="carbon_content_places",
)
def annual_carbon_content_ar(carbon_content_ar: MeanBy["fuel_consumption"]):
    """年收到基元素碳含量 C_ar: The months' carbon contents weighted by what was burned."""
    return carbon_content_ar


@rule("SDT-2019 carbon", "AG-9号 6.2.3 year", "AG C.3 year", grain=UNIT_FUEL, unit="tC/GJ", places=5)
def annual_carbon_per_heat(carbon_per_heat: MeanBy["fossil_heat"]):
    """年单位热值含碳量 CC: The months' carbon per unit of heat weighted by heat."""
    return carbon_per_heat


@rule("SDT-2019 combustion", "AG-9号 6.1(1)", "AG C.3 year", grain=UNIT_FUEL, unit="tCO2")
def annual_combustion_emissions(combustion_emissions: Total):
    """年化石燃料燃烧排放量 F: Emissions of one fuel of one unit in the year, the sum of its months."""
    return combustion_emissions


# -- one unit --------------------------------------------------------------------------------------------------------


@rule("SDT-2019 combustion", "AG-9号 6.1(1)", "AG C.3 G", grain=UNIT_MONTH, unit="tCO2")
def monthly_combustion_emissions(combustion_emissions: Total):
    """机组月化石燃料燃烧排放量 G: All fuels of one unit in one month."""
    return combustion_emissions


@rule("SDT-2019 NCV", "AG-9号 A.1", "AG C.3 fossil heat", grain=UNIT_MONTH, unit="GJ")
def monthly_fossil_heat(fossil_heat: Total):
    """机组月化石燃料热量: Heat of all fuels of one unit in one month."""
    return fossil_heat


@rule("SDT-2019 electricity", "AG-9号 7.1(2)", "AG 7(5)", grain=UNIT_MONTH, unit="tCO2", places=2)
def electricity_emissions(purchased_electricity, *, electricity_factor):
    """购入使用电力排放量 E_电: Electricity bought and used times the national factor; negative where more was given back."""
    return purchased_electricity * electricity_factor


@rule("SDT-2019 total", "AG-9号 8(3)", "AG 8(6)", grain=UNIT_MONTH, unit="tCO2", name="monthly_emissions")
def monthly_emissions(monthly_combustion_emissions, electricity_emissions):
    """机组月二氧化碳排放量 E: Combustion and purchased electricity of one unit in one month."""
    return monthly_combustion_emissions + electricity_emissions


@rule("AG-V04 7", grain=UNIT_MONTH, unit="tCO2", name="monthly_emissions")
def monthly_emissions_direct(monthly_combustion_emissions):
    """机组月二氧化碳排放量 E: Combustion alone: from 2026 purchased electricity has left the total."""
    return monthly_combustion_emissions


@rule("SDT-2019 combustion", "AG-9号 6.1(1)", "AG C.3 G", grain=UNIT, unit="tCO2")
def unit_combustion_emissions(monthly_combustion_emissions: Total):
    """机组化石燃料燃烧排放量 G: All fuels of one unit in the year."""
    return monthly_combustion_emissions


@rule("SDT-2019 electricity", "AG-9号 7.1(2)", "AG 7(5)", grain=UNIT, unit="tCO2")
def unit_electricity_emissions(electricity_emissions: Total):
    """机组购入使用电力排放量: Purchased electricity of one unit in the year."""
    return electricity_emissions


@rule("SDT-2019 total", "AG-9号 8(3)", "AG 8(6)", "AG-V04 7", grain=UNIT, unit="tCO2", places=0)
def unit_emissions(monthly_emissions: Total):
    """机组二氧化碳排放量 Q: What one unit reports for the year, in whole tonnes."""
    return monthly_emissions


@rule("SDT-2019 electricity", "AG-9号 7.1(2)", "AG 7(5)", "AG-V04 7", grain=UNIT, unit="MWh")
def annual_purchased_electricity(purchased_electricity: Total):
    """年购入使用电量: Electricity one unit bought and used in the year; an auxiliary item from 2026."""
    return purchased_electricity


# -- what allowances are surrendered for (trap T7) -------------------------------------------------------------------


@rule("AP 2019-2022 scope", grain=UNIT_MONTH, unit="tCO2", name="monthly_surrender_emissions")
def monthly_surrender_emissions_with_electricity(monthly_emissions):
    """机组月应清缴口径排放量: Until 2022 purchased electricity counts for surrender."""
    return monthly_emissions


@rule("AP 2023 scope", grain=UNIT_MONTH, unit="tCO2", name="monthly_surrender_emissions")
def monthly_surrender_emissions_direct(monthly_combustion_emissions):
    """机组月应清缴口径排放量: From 2023 only what the unit burned counts for surrender."""
    return monthly_combustion_emissions


@rule("AP 2019-2022 scope", "AP 2023 scope", grain=UNIT, unit="tCO2", places=0)
def surrender_emissions(monthly_surrender_emissions: Total):
    """机组应清缴口径排放量: Emissions of one unit for which allowances are surrendered, in whole tonnes."""
    return monthly_surrender_emissions


# -- the plant -------------------------------------------------------------------------------------------------------


@rule("SDT-2019 combustion", "AG-9号 6.1(1)", "AG C.5 plant", grain=ENTERPRISE, unit="tCO2")
def enterprise_combustion_emissions(unit_combustion_emissions: Total):
    """全厂化石燃料燃烧排放量: Combustion of all units in the year."""
    return unit_combustion_emissions


@rule("SDT-2019 total", "AG-9号 8(3)", "AG C.5 plant", grain=ENTERPRISE, unit="tCO2")
def enterprise_emissions(unit_emissions: Total):
    """全厂二氧化碳排放总量: What the plant reports: its units' whole tonnes added up."""
    return unit_emissions


@rule("AP 2019-2022 scope", "AP 2023 scope", grain=ENTERPRISE, unit="tCO2")
def enterprise_surrender_emissions(surrender_emissions: Total):
    """全厂应清缴口径排放量: Emissions of all units for which allowances are surrendered."""
    return surrender_emissions


@rule("SDT-2019 combustion", "AG-9号 6.1(1)", "AG C.5 plant", grain=ENTERPRISE_MONTH, unit="tCO2")
def enterprise_monthly_combustion_emissions(monthly_combustion_emissions: Total):
    """全厂月化石燃料燃烧排放量: Combustion of all units in one month."""
    return monthly_combustion_emissions


@rule("SDT-2019 total", "AG-9号 8(3)", "AG C.5 plant", grain=ENTERPRISE_MONTH, unit="tCO2")
def enterprise_monthly_emissions(monthly_emissions: Total):
    """全厂月二氧化碳排放量: What all units emitted in one month, as reported."""
    return monthly_emissions
