"""Carbonate of the raw material: by clinker and alternative materials from 2024, by CaO and MgO before."""

from shutan.kernel import CO2_PER_C, Total, fraction, rule, when
from shutan.rules.cement.grains import LINE_CLINKER, LINE_CLINKER_MONTH, WASTE_FUEL
from shutan.rules.common.grains import LINE, LINE_MATERIAL_MONTH, LINE_MONTH

# -- guide of 2024 ---------------------------------------------------------------------------------------------------


@rule("CEM24 clinker", grain=LINE_CLINKER, unit="t")
def annual_clinker_output(clinker_output: Total):
    """年熟料产量 Q: One kind of clinker of one line in the year."""
    return clinker_output


@rule("CEM24 clinker", grain=LINE_MONTH, unit="t")
def monthly_clinker_output(clinker_output: Total):
    """月熟料产量 Q: All clinker of one line in one month."""
    return clinker_output


@rule("CEM13 clinker", "CEM24 clinker", grain=LINE, unit="t")
def line_clinker_output(clinker_output: Total):
    """生产线熟料产量 Q: All clinker of one line in the year."""
    return clinker_output


@rule("CEM24 process", grain=LINE_CLINKER_MONTH, unit="tCO2")
def gross_process_emissions(clinker_output, *, clinker_factor):
    """熟料基准过程排放量: Clinker times the base factor of its class, before deductions."""
    return clinker_output * clinker_factor


@rule("CEM24 process", grain=LINE_MATERIAL_MONTH, unit="tCO2")
def deducted_emissions(material_consumption, *, deduction_factor):
    """替代原料扣减量: Alternative raw material times its deduction factor."""
    return material_consumption * deduction_factor


@rule("CEM24 process", grain=LINE_MONTH, unit="tCO2", places=2)
def monthly_line_process(gross_process_emissions: Total, deducted_emissions: Total):
    """月熟料生产过程排放量 E_过程: What carbonate gave off in one line and month."""
    return gross_process_emissions - deducted_emissions


@rule("CEM24 process", grain=LINE, unit="tCO2")
def line_process_emissions(monthly_line_process: Total):
    """生产线过程排放量 E_过程: What carbonate gave off in one line, the sum of its months."""
    return monthly_line_process


@rule("CEM24 line", grain=LINE_MONTH, unit="tCO2")
def monthly_line_emissions(monthly_line_combustion, monthly_line_process):
    """生产线月排放量 E: Fuel and process of one line in one month."""
    return monthly_line_combustion + monthly_line_process


@rule("CEM24 line", grain=LINE, unit="tCO2")
def line_emissions(line_combustion, line_process_emissions):
    """熟料生产线排放量 E: Fuel and process of one line in the year; electricity and heat are not part of it."""
    return line_combustion + line_process_emissions


@rule("CEM24 intensity", grain=LINE_MONTH, unit="tCO2/t", places=4)
def monthly_line_intensity(monthly_line_emissions, monthly_clinker_output):
    """生产线月单位熟料排放量: Emissions of one line by its clinker in one month."""
    return when(monthly_clinker_output == 0, 0, fraction(monthly_line_emissions, monthly_clinker_output))


@rule("CEM24 intensity", grain=LINE, unit="tCO2/t", places=4)
def line_intensity(line_emissions, line_clinker_output):
    """单位熟料排放量 I: Emissions of one line by its clinker in the year."""
    return when(line_clinker_output == 0, 0, fraction(line_emissions, line_clinker_output))


# -- guide of 2013 ---------------------------------------------------------------------------------------------------


@rule("CEM13 clinker", grain=LINE, unit="tCO2", places=2)
def carbonate_emissions(
    line_clinker_output,
    kiln_dust,
    bypass_dust,
    clinker_cao,
    clinker_cao_without_carbonate,
    clinker_mgo,
    clinker_mgo_without_carbonate,
    *,
    molar_mass_co2,
    molar_mass_cao,
    molar_mass_mgo,
):
    """原料碳酸盐分解排放量: Clinker and dust times the CaO and MgO that came from carbonate, to 2021."""
    calcium = (clinker_cao - clinker_cao_without_carbonate) / 100 * molar_mass_co2 / molar_mass_cao
    magnesium = (clinker_mgo - clinker_mgo_without_carbonate) / 100 * molar_mass_co2 / molar_mass_mgo
    return (line_clinker_output + kiln_dust + bypass_dust) * (calcium + magnesium)


@rule("CEM13 raw meal", grain=LINE, unit="tCO2", places=2)
def raw_meal_emissions(raw_meal, *, raw_meal_carbon_share):
    """生料中非燃料碳煅烧排放量: Carbon in raw meal that is no fuel, as CO2, to 2021."""
    return raw_meal * raw_meal_carbon_share * CO2_PER_C


@rule("CEM13 alternative fuel", grain=WASTE_FUEL, unit="tCO2", places=2)
def waste_fuel_emissions(
    alternative_fuel_consumption,
    *,
    alternative_fuel_heat,
    alternative_fuel_factor,
    alternative_fuel_fossil_share,
):
    """替代燃料燃烧排放量: Waste burned, the share of its carbon that is not biogenic, to 2021."""
    return (
        alternative_fuel_consumption
        * alternative_fuel_heat
        * alternative_fuel_factor
        * alternative_fuel_fossil_share
        / 100
    )
