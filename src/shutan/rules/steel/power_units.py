"""Power units that co-fire own secondary energy: formula (3), the only one with an oxidation rate (table C.4)."""

from shutan.kernel import MeanBy, Total, fraction, rule, when
from shutan.rules.common.balance import burned
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import FUEL_MONTH, UNIT, UNIT_FUEL, UNIT_MONTH
from shutan.rules.common.industrial_fuels import FuelOrigin


@rule("SG 7.2.2", grain=FUEL_MONTH, unit="GJ/fuel_unit")
def unit_fuel_ncv(ncv_ar):
    """发电设施燃料低位发热量 NCV: The value of the whole works for the month."""
    return ncv_ar


@rule("SG 7.2.2", grain=FUEL_MONTH, unit="tC/GJ")
def unit_fuel_carbon_per_heat(carbon_per_heat):
    """发电设施燃料单位热值含碳量 CC: The guide's default."""
    return carbon_per_heat


@rule("SG 7.2.2", grain=FUEL_MONTH, unit="1")
def unit_oxidation_rate(*, oxidation_rate):
    """发电设施碳氧化率 OF: By kind of fuel."""
    return oxidation_rate


@rule("SG F3", grain=FUEL_MONTH, unit="tCO2", places=2)
def unit_fuel_emissions(
    on_power_list,
    unit_fuel_consumption,
    unit_fuel_ncv,
    unit_fuel_carbon_per_heat,
    unit_oxidation_rate,
):
    """发电设施燃料排放量: One fuel of one unit in one month; nothing for a unit that is on the power list."""
    emitted = burned(unit_fuel_consumption, unit_fuel_ncv, unit_fuel_carbon_per_heat, unit_oxidation_rate)
    return when(on_power_list == YesNo.YES, 0, when(unit_fuel_consumption == 0, 0, emitted))


@rule("SG F3", grain=UNIT_FUEL, unit="fuel_unit")
def annual_unit_fuel_consumption(unit_fuel_consumption: Total):
    """年消耗量 FC: One fuel of one unit in the year."""
    return unit_fuel_consumption


@rule("SG 7.2.2", grain=UNIT_FUEL, unit="GJ/fuel_unit", places=3)
def annual_unit_fuel_ncv(unit_fuel_consumption: Total, unit_fuel_ncv: MeanBy["unit_fuel_consumption"]):
    """发电设施年低位发热量 NCV: The months' values weighted by consumption, zero where nothing was burned."""
    return when(unit_fuel_consumption == 0, 0, unit_fuel_ncv)


@rule("SG F3", grain=UNIT_FUEL, unit="tCO2")
def annual_unit_fuel_emissions(unit_fuel_emissions: Total):
    """年燃料排放量: One fuel of one unit in the year, as CO2."""
    return unit_fuel_emissions


@rule("SG F3", grain=UNIT_MONTH, unit="tCO2")
def monthly_cofiring_emissions(unit_fuel_emissions: Total):
    """掺烧发电设施月排放量 E_掺烧: All fuels of one unit in one month."""
    return unit_fuel_emissions


@rule("SG F3", grain=UNIT, unit="tCO2")
def cofiring_emissions(monthly_cofiring_emissions: Total):
    """掺烧发电设施排放量 E_掺烧: One unit in the year."""
    return monthly_cofiring_emissions


# -- how much of the heat is own ---------------------------------------------------------------------------------------


@rule("SG C.4", grain=FUEL_MONTH, unit="GJ")
def unit_fuel_heat(unit_fuel_consumption, unit_fuel_ncv):
    """发电设施燃料热量: Heat of one fuel of one unit in one month."""
    return when(unit_fuel_consumption == 0, 0, unit_fuel_consumption * unit_fuel_ncv)


@rule("SG C.4", grain=FUEL_MONTH, unit="GJ")
def own_fuel_heat(fuel_procurement, unit_fuel_heat):
    """自产燃料热量: Heat of own coke and own gas, zero for fuel that is bought."""
    return when(fuel_procurement == FuelOrigin.OWN, unit_fuel_heat, 0)


@rule("SG C.4", grain=UNIT_MONTH, unit="%", places=2)
def monthly_own_energy_share(own_fuel_heat: Total, unit_fuel_heat: Total):
    """月自产二次能源热量占比: Own secondary energy among the month's fuel, by heat."""
    return when(unit_fuel_heat == 0, 0, fraction(own_fuel_heat, unit_fuel_heat) * 100)


@rule("SG C.4", grain=UNIT, unit="%", places=2)
def own_energy_share(own_fuel_heat: Total, unit_fuel_heat: Total):
    """自产二次能源热量占比: Own secondary energy among the year's fuel, from the year's own sums."""
    return when(unit_fuel_heat == 0, 0, fraction(own_fuel_heat, unit_fuel_heat) * 100)


@rule("SG 8.3", grain=UNIT, unit="MWh")
def annual_unit_generation(unit_generation: Total):
    """年发电量: Electricity of one unit in the year."""
    return unit_generation


@rule("SG 8.3", grain=UNIT, unit="GJ")
def annual_unit_heat_supplied(unit_heat_supplied: Total):
    """年供热量: Heat of one unit in the year."""
    return unit_heat_supplied
