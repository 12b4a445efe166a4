"""Fuels of the whole works: net consumption, calorific value, carbon, and the CO2 they stand for (table C.3)."""

from shutan.kernel import Mean, MeanBy, Total, both, either, maximum, rule, when
from shutan.rules.common.balance import burned, contained
from shutan.rules.common.fuels import Detail, NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH, FUEL, WORKS_FUEL_MONTH
from shutan.rules.common.industrial_fuels import FuelOrigin, FuelState, IndustrialFuel, is_solid

# -- how much ----------------------------------------------------------------------------------------------------------


@rule("SG 6.2.1", "SN fuel", grain=WORKS_FUEL_MONTH, unit="fuel_unit", places=2)
def net_consumption(
    fuel_procurement,
    fuel_purchased,
    fuel_opening_stock,
    fuel_closing_stock,
    fuel_sold,
    fuel_to_listed_units,
    fuel_left_out,
):
    """净消耗量 FC: What was bought and used; own coke and gas sold count against it, so that a month may be negative."""
    bought = when(fuel_procurement == FuelOrigin.OWN, 0, fuel_purchased)
    return fuel_opening_stock + bought - fuel_closing_stock - fuel_sold - fuel_to_listed_units - fuel_left_out


@rule("SG 6.2.1", "SN fuel", grain=FUEL, unit="fuel_unit")
def annual_net_consumption(net_consumption: Total):
    """年净消耗量 FC: Net consumption of the year."""
    return net_consumption


@rule("SG 6.2.2.3", grain=WORKS_FUEL_MONTH, unit="fuel_unit")
def consumption_weight(net_consumption):
    """消耗量权重: Size of the net consumption, by which the months' calorific values are weighted."""
    return maximum(net_consumption, -net_consumption)


# -- calorific value and carbon ----------------------------------------------------------------------------------------


@rule("SG 6.2.2.3", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit")
def ncv_of_batches(test_ncv: MeanBy["test_amount"]):
    """月加权低位发热量: Batches of solid fuel weighted by what each received."""
    return test_ncv


@rule("SG 6.2.2.4", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit")
def ncv_of_tests(test_ncv: Mean):
    """月平均低位发热量: Analyses of liquid or gas, arithmetic mean."""
    return test_ncv


@rule("SG A.1", grain=FUEL, unit=FuelState)
def fuel_state(fuel_kind):
    """燃料形态: Solid fuel comes in batches that weigh their tests; liquid and gas are averaged."""
    return when(is_solid(fuel_kind), FuelState.SOLID, FuelState.FLUID)


@rule("SG 6.2.2", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3)
def ncv_ar(
    fuel_kind,
    fuel_ncv_source,
    ncv_detail,
    ncv_reported,
    fuel_state,
    ncv_of_batches,
    ncv_of_tests,
    *,
    default_ncv,
):
    """收到基低位发热量 NCV: Measured or by default, one way for the year; coke always has the default."""
    tests = when(fuel_state == FuelState.SOLID, ncv_of_batches, ncv_of_tests)
    measured = when(ncv_detail == Detail.SAMPLES, tests, ncv_reported)
    by_default = either(fuel_ncv_source == NcvSource.DEFAULT, fuel_kind == IndustrialFuel.COKE)
    return when(by_default, default_ncv, measured)


@rule("SN fuel", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit", places=3, name="ncv_ar")
def ncv_ar_ndrc(fuel_ncv_source, ncv_reported, *, ndrc_ncv):
    """收到基低位发热量 NCV: Measured or by default under the guideline of 2013."""
    return when(fuel_ncv_source == NcvSource.DEFAULT, ndrc_ncv, ncv_reported)


@rule("SG 6.2.3", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5)
def carbon_per_heat(*, default_carbon_per_heat):
    """单位热值含碳量 CC: Always the guide's default; measured carbon is no option for steel."""
    return default_carbon_per_heat


@rule("SN fuel", grain=WORKS_FUEL_MONTH, unit="tC/GJ", places=5, name="carbon_per_heat")
def carbon_per_heat_ndrc(*, ndrc_carbon_per_heat):
    """单位热值含碳量 CC: The default of the guideline of 2013."""
    return ndrc_carbon_per_heat


@rule("SG 6.2.2.3", grain=FUEL, unit="GJ/fuel_unit", places=3)
def annual_ncv_ar(consumption_weight: Total, ncv_ar: MeanBy["consumption_weight"]):
    """年低位发热量 NCV: The months' calorific values weighted by consumption, zero for fuel not consumed."""
    return when(consumption_weight == 0, 0, ncv_ar)


# -- as CO2 ------------------------------------------------------------------------------------------------------------


@rule("SG F1", grain=WORKS_FUEL_MONTH, unit="tCO2", places=2)
def fuel_emissions(net_consumption, ncv_ar, carbon_per_heat):
    """化石燃料排放量: All carbon of the net consumption as CO2: a mass balance, so no oxidation rate."""
    return when(net_consumption == 0, 0, contained(net_consumption, ncv_ar, carbon_per_heat))


@rule("SN fuel", grain=WORKS_FUEL_MONTH, unit="tCO2", places=2, name="fuel_emissions")
def fuel_emissions_ndrc(net_consumption, ncv_ar, carbon_per_heat, *, ndrc_oxidation_rate):
    """化石燃料排放量: Carbon burned as CO2, with the oxidation rates of the guideline of 2013."""
    emitted = burned(net_consumption, ncv_ar, carbon_per_heat, ndrc_oxidation_rate)
    return when(net_consumption == 0, 0, emitted)


@rule("SG F1", "SN fuel", grain=FUEL, unit="tCO2")
def annual_fuel_emissions(fuel_emissions: Total):
    """年化石燃料排放量: One fuel in the year."""
    return fuel_emissions


@rule("SG F1", "SN fuel", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_fuel_emissions(fuel_emissions: Total):
    """月化石燃料排放量合计: All fuels of the works in one month."""
    return fuel_emissions


@rule("SG F1", "SN fuel", grain=ENTERPRISE, unit="tCO2")
def enterprise_fuel_emissions(monthly_fuel_emissions: Total):
    """化石燃料排放量合计: All fuels of the works in the year."""
    return monthly_fuel_emissions


# -- auxiliary items of purchased solid fuel ---------------------------------------------------------------------------


@rule("SG C.6", grain=WORKS_FUEL_MONTH, unit="fuel_unit", places=2)
def dry_consumption(fuel_procurement, fuel_state, net_consumption, fuel_moisture):
    """外购固体燃料干基净消耗量: Net consumption of a solid fuel that is bought, without its water."""
    counted = both(
        fuel_procurement == FuelOrigin.PURCHASED, fuel_state == FuelState.SOLID, net_consumption != 0
    )
    return when(counted, net_consumption * (100 - fuel_moisture) / 100, 0)


@rule("SG C.6", grain=FUEL, unit="fuel_unit")
def annual_dry_consumption(dry_consumption: Total):
    """年外购固体燃料干基净消耗量: The months' dry consumption together."""
    return dry_consumption
