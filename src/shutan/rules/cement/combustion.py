"""Fossil fuel: what it carries, how much of that burns, and what comes of it in kilns and elsewhere."""

from shutan.kernel import CO2_PER_C, MeanBy, Total, rule, when
from shutan.rules.cement.grains import OTHER_FUEL, OTHER_FUEL_MONTH
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import (
    LINE,
    LINE_FUEL,
    LINE_FUEL_MONTH,
    LINE_MONTH,
    WORKS_FUEL_MONTH,
)
from shutan.rules.common.industrial_fuels import CarbonDetermination
from shutan.rules.common.solid_fuels import is_solid

# -- one fuel in one month -------------------------------------------------------------------------------------------


@rule("CEM13 fuel", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3, name="ncv_ar")
def ncv_ar_to_2021(ncv_source, measured_ncv_ar, *, ndrc_ncv):
    """收到基低位发热量 NCV_ar: Measured, or the default of the guide of 2013."""
    return when(ncv_source == NcvSource.DEFAULT, ndrc_ncv, measured_ncv_ar)


@rule("CEM24 NCV", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3)
def ncv_ar(ncv_source, measured_ncv_ar, *, guide_ncv):
    """收到基低位发热量 NCV_ar: Measured, or the default of the guide of 2024."""
    return when(ncv_source == NcvSource.DEFAULT, guide_ncv, measured_ncv_ar)


@rule("CEM13 fuel", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5, name="carbon_per_heat")
def carbon_per_heat_to_2021(*, ndrc_carbon_per_heat):
    """单位热值含碳量 CC: Default of the guide of 2013."""
    return ndrc_carbon_per_heat


@rule("CEM24 carbon", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5)
def carbon_per_heat(*, guide_carbon_per_heat):
    """单位热值含碳量 CC: Default of the guide of 2024."""
    return guide_carbon_per_heat


@rule("CEM13 fuel", "CEM24 carbon", grain=WORKS_FUEL_MONTH, unit="tC/fuel_unit")
def carbon_of_fuel(carbon_determination, measured_carbon_ar, ncv_ar, carbon_per_heat):
    """单位燃料含碳量: Measured carbon, or calorific value times default carbon per unit of heat; not rounded by itself."""
    return when(
        carbon_determination == CarbonDetermination.MEASURED, measured_carbon_ar, ncv_ar * carbon_per_heat
    )


# -- in the kilns ----------------------------------------------------------------------------------------------------


@rule("CEM13 fuel", grain=LINE_FUEL, unit="1", name="line_oxidation_rate")
def line_oxidation_rate_to_2021(*, ndrc_oxidation_rate):
    """生产线碳氧化率 OF: By kind of fuel, guide of 2013."""
    return ndrc_oxidation_rate


@rule("CEM24 oxidation", grain=LINE_FUEL, unit="1")
def line_oxidation_rate(fuel_kind, *, kiln_oxidation_rate, guide_oxidation_rate):
    """生产线碳氧化率 OF: Solid fuel as in a kiln, oil and gas by kind."""
    return when(is_solid(fuel_kind), kiln_oxidation_rate, guide_oxidation_rate)


@rule("CEM13 fuel", "CEM24 NCV", grain=LINE_FUEL_MONTH, unit="GJ/fuel_unit")
def line_ncv(ncv_ar):
    """生产线燃料低位发热量 NCV_ar: The fuel's calorific value where the line burns it."""
    return ncv_ar


@rule("CEM13 fuel", "CEM24 carbon", grain=LINE_FUEL_MONTH, unit="tC/fuel_unit")
def line_carbon(carbon_of_fuel):
    """生产线燃料含碳量 C: The fuel's carbon where the line burns it."""
    return carbon_of_fuel


@rule("CEM13 fuel", "CEM24 combustion", grain=LINE_FUEL_MONTH, unit="tCO2", places=2)
def line_fuel_emissions(line_fuel_consumption, line_carbon, line_oxidation_rate):
    """生产线燃料燃烧排放量 E_燃烧: One fuel of one line in one month."""
    return when(
        line_fuel_consumption == 0, 0, line_fuel_consumption * line_carbon * line_oxidation_rate * CO2_PER_C
    )


@rule("CEM13 fuel", "CEM24 consumption", grain=LINE_FUEL, unit="fuel_unit")
def annual_line_fuel_consumption(line_fuel_consumption: Total):
    """年燃料消耗量 FC: One fuel of one line in the year."""
    return line_fuel_consumption


@rule("CEM13 fuel", "CEM24 NCV", grain=LINE_FUEL, unit="GJ/fuel_unit", places=3)
def annual_line_ncv(line_ncv: MeanBy["line_fuel_consumption"]):
    """年低位发热量 NCV_ar: The months' calorific values weighted by what the line burned."""
    return line_ncv


@rule("CEM13 fuel", "CEM24 combustion", grain=LINE_FUEL, unit="tCO2")
def annual_line_fuel_emissions(line_fuel_emissions: Total):
    """年燃料燃烧排放量: One fuel of one line in the year, the sum of its months."""
    return line_fuel_emissions


@rule("CEM13 fuel", "CEM24 combustion", grain=LINE_MONTH, unit="tCO2")
def monthly_line_combustion(line_fuel_emissions: Total):
    """生产线月化石燃料燃烧排放量: All fuels of one line in one month."""
    return line_fuel_emissions


@rule("CEM13 fuel", "CEM24 combustion", grain=LINE, unit="tCO2")
def line_combustion(monthly_line_combustion: Total):
    """生产线化石燃料燃烧排放量: All fuels of one line in the year."""
    return monthly_line_combustion


# -- elsewhere -------------------------------------------------------------------------------------------------------


@rule("CEM13 fuel", grain=OTHER_FUEL, unit="1", name="other_oxidation_rate")
def other_oxidation_rate_to_2021(*, ndrc_oxidation_rate):
    """其他设施碳氧化率 OF: By kind of fuel, guide of 2013."""
    return ndrc_oxidation_rate


@rule("CEM24 oxidation", grain=OTHER_FUEL, unit="1")
def other_oxidation_rate(fuel_kind, *, solid_oxidation_rate, guide_oxidation_rate):
    """其他设施碳氧化率 OF: Solid fuel by the equipment that burns it, oil and gas by kind."""
    return when(is_solid(fuel_kind), solid_oxidation_rate, guide_oxidation_rate)


@rule("CEM13 fuel", "CEM24 combustion", grain=OTHER_FUEL_MONTH, unit="tCO2", places=2)
def other_fuel_emissions(other_fuel_consumption, carbon_of_fuel, other_oxidation_rate):
    """其他设施燃料燃烧排放量: One fuel of a vehicle fleet, power unit or other facility in one month."""
    return when(
        other_fuel_consumption == 0,
        0,
        other_fuel_consumption * carbon_of_fuel * other_oxidation_rate * CO2_PER_C,
    )
