"""Auxiliary items of table C.6: electricity and heat of the processes without any CO2, hours and load of power units."""

from shutan.kernel import Total, fraction, rule, when
from shutan.rules.common.grains import PROCESS, PROCESS_HEAT_FLOW, PROCESS_MONTH, UNIT, UNIT_MONTH
from shutan.rules.common.heat_media import HeatMedium, of_steam, of_water
from shutan.rules.steel.choices import HeatDirection

# -- processes ---------------------------------------------------------------------------------------------------------


@rule("SG C.6", grain=PROCESS, unit="MWh")
def annual_process_electricity(process_electricity: Total):
    """年工序用电量: Electricity of one process in the year; no factor is applied to it."""
    return process_electricity


@rule("SG E.2", grain=PROCESS_HEAT_FLOW, unit="GJ")
def steam_heat(heat_mass, steam_enthalpy, *, cold_water_enthalpy, enthalpy_to_heat):
    """蒸汽热量: Steam above water of 20 °C."""
    return of_steam(heat_mass, steam_enthalpy, cold_water_enthalpy, enthalpy_to_heat)


@rule("SG E.3", grain=PROCESS_HEAT_FLOW, unit="GJ")
def water_heat(
    heat_mass, water_temperature, *, cold_water_temperature, water_specific_heat, enthalpy_to_heat
):
    """热水热量: Hot water above 20 °C."""
    return of_water(
        heat_mass, water_temperature, cold_water_temperature, water_specific_heat, enthalpy_to_heat
    )


@rule("SG E.1", grain=PROCESS_HEAT_FLOW, unit="GJ", places=2)
def heat_flow(heat_direction, heat_carrier, steam_heat, water_heat):
    """热流热量: Heat of one flow; what is recovered and sent out counts against what comes in."""
    heat = when(heat_carrier == HeatMedium.STEAM, steam_heat, water_heat)
    return when(heat_direction == HeatDirection.INTO, heat, -heat)


@rule("SG E.1", grain=PROCESS_MONTH, unit="GJ")
def monthly_process_heat(heat_flow: Total):
    """月工序用热量: Heat in less heat recovered and sent out; no CO2 is computed from it."""
    return heat_flow


@rule("SG E.1", grain=PROCESS, unit="GJ")
def annual_process_heat(monthly_process_heat: Total):
    """年工序用热量: Heat of one process in the year."""
    return monthly_process_heat


# -- power units -------------------------------------------------------------------------------------------------------


@rule("SG C.6", grain=UNIT, unit="h")
def annual_unit_hours(unit_hours: Total):
    """年运行小时数: Running hours of one unit in the year."""
    return unit_hours


@rule("SG C.6", grain=UNIT_MONTH, unit="%", places=2)
def monthly_unit_load(unit_generation, unit_capacity, unit_hours):
    """月负荷（出力）系数: Electricity made by what rated power would make in the running hours, zero in a stopped month."""
    return when(unit_hours == 0, 0, fraction(unit_generation, unit_capacity * unit_hours) * 100)


@rule("SG C.6", grain=UNIT, unit="%", places=2)
def unit_load(annual_unit_generation, unit_capacity, annual_unit_hours):
    """负荷（出力）系数: The same over the year."""
    return when(
        annual_unit_hours == 0, 0, fraction(annual_unit_generation, unit_capacity * annual_unit_hours) * 100
    )


@rule("SG C.6", grain=UNIT_MONTH, unit="tCO2")
def monthly_emissions_for_heat(monthly_cofiring_emissions, unit_heat_ratio):
    """月供热排放量: The share of a unit's emissions that goes with its heat."""
    return monthly_cofiring_emissions * unit_heat_ratio


@rule("SG C.6", grain=UNIT, unit="tCO2")
def emissions_for_heat(monthly_emissions_for_heat: Total):
    """供热排放量: The share of a unit's emissions that goes with its heat, in the year."""
    return monthly_emissions_for_heat


@rule("SG C.6", grain=UNIT, unit="tCO2/MWh", places=4)
def unit_generation_intensity(cofiring_emissions, emissions_for_heat, annual_unit_generation):
    """发电设施发电碳排放强度: Emissions that go with electricity, by electricity generated."""
    return when(
        annual_unit_generation == 0,
        0,
        fraction(cofiring_emissions - emissions_for_heat, annual_unit_generation),
    )


@rule("SG C.6", grain=UNIT, unit="tCO2/GJ", places=4)
def unit_heat_intensity(emissions_for_heat, annual_unit_heat_supplied):
    """发电设施供热碳排放强度: Emissions that go with heat, by heat supplied."""
    return when(annual_unit_heat_supplied == 0, 0, fraction(emissions_for_heat, annual_unit_heat_supplied))
