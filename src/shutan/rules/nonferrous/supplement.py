"""Supplementary data of copper smelting: a boundary of its own, so no figure of the legal person enters."""

from shutan.kernel import fraction, rule, when
from shutan.rules.common.grains import ENTERPRISE


@rule("NFM supplement", grain=ENTERPRISE, unit="tCO2")
def supplement_electricity_emissions(supplement_electricity, *, reporting_electricity_factor):
    """补充数据净购入电力排放量: Net electricity within the supplementary boundary times the national factor."""
    return when(supplement_electricity == 0, 0, supplement_electricity * reporting_electricity_factor)


@rule("NFM supplement", grain=ENTERPRISE, unit="tCO2")
def supplement_heat_emissions(supplement_heat, *, heat_factor):
    """补充数据净购入热力排放量: Net heat within the supplementary boundary times the heat factor."""
    return supplement_heat * heat_factor


@rule("NFM supplement", grain=ENTERPRISE, unit="tCO2")
def supplement_emissions(
    supplement_fuel_emissions, supplement_electricity_emissions, supplement_heat_emissions
):
    """补充数据二氧化碳排放总量: Fuel, net electricity and net heat within the supplementary boundary."""
    return supplement_fuel_emissions + supplement_electricity_emissions + supplement_heat_emissions


@rule("NFM supplement", grain=ENTERPRISE, unit="tCO2/t")
def blister_copper_intensity(supplement_emissions, blister_copper_output):
    """粗铜单位产品排放强度: Emissions within the supplementary boundary by blister copper; none where none are stated."""
    return when(supplement_emissions == 0, 0, fraction(supplement_emissions, blister_copper_output))
