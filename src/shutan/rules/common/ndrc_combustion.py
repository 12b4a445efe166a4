"""Fossil fuel burned by a whole works, by an NDRC guide: month by month, added up over the year."""

from shutan.kernel import CO2_PER_C, MeanBy, Table, Total, rule, when
from shutan.rules.common.grains import ENTERPRISE, FUEL, WORKS_FUEL_MONTH
from shutan.rules.common.ndrc_fuel import CONSUMPTION, PROPERTIES

FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "化石燃料消耗月报|Fossil fuels by month",
    (CONSUMPTION, *PROPERTIES),
    keys=("燃料|fuel", "月份|month"),
)


@rule("NDRC fuel", grain=WORKS_FUEL_MONTH, unit="tCO2")
def monthly_combustion_of_fuel(fuel_consumption_reported, ncv_ar, carbon_per_heat, oxidation_rate_used):
    """月燃料燃烧排放量: Carbon burned in one fuel in one month, as CO2."""
    return when(
        fuel_consumption_reported == 0,
        0,
        fuel_consumption_reported * ncv_ar * carbon_per_heat * oxidation_rate_used * CO2_PER_C,
    )


@rule("NDRC fuel", grain=FUEL, unit="fuel_unit")
def annual_fuel_consumption(fuel_consumption_reported: Total):
    """年燃料消耗量 FC: One fuel in the year."""
    return fuel_consumption_reported


@rule("NDRC fuel", grain=FUEL, unit="GJ/fuel_unit")
def annual_ncv_ar(ncv_ar: MeanBy["fuel_consumption_reported"]):
    """年低位发热量 NCV: The months' calorific values weighted by what was burned."""
    return ncv_ar


@rule("NDRC fuel", grain=FUEL, unit="tCO2")
def annual_combustion_of_fuel(monthly_combustion_of_fuel: Total):
    """年燃料燃烧排放量: One fuel in the year, the sum of its months."""
    return monthly_combustion_of_fuel


@rule("NDRC fuel", grain=ENTERPRISE, unit="tCO2")
def fuel_combustion_emissions(annual_combustion_of_fuel: Total):
    """燃料燃烧排放量 E_燃烧: All fuels of the enterprise in the year."""
    return annual_combustion_of_fuel
