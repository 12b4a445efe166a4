"""What a kiln emits beside its fuel: calcium and magnesium carbonate of the raw material; the total; the supplementary data."""

from shutan.kernel import Total, fraction, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, MATERIAL, MATERIAL_MONTH


@rule("CER process", grain=MATERIAL_MONTH, unit="%")
def utilisation(utilisation_source, utilisation_reported, *, default_utilisation):
    """原料利用率 η: Measured, or the guide's default."""
    return when(utilisation_source == NcvSource.DEFAULT, default_utilisation, utilisation_reported)


@rule("CER process", grain=MATERIAL_MONTH, unit="tCO2/t")
def raw_material_factor(
    calcium_carbonate_share,
    magnesium_carbonate_share,
    *,
    molar_mass_co2,
    molar_mass_caco3,
    molar_mass_mgco3,
):
    """陶瓷原料排放因子: Carbon dioxide of both carbonates in a tonne of fired material, each with its own molar mass."""
    calcium = calcium_carbonate_share / 100 * molar_mass_co2 / molar_mass_caco3
    magnesium = magnesium_carbonate_share / 100 * molar_mass_co2 / molar_mass_mgco3
    return calcium + magnesium


@rule("CER process", grain=MATERIAL_MONTH, unit="tCO2")
def monthly_raw_material_emissions(raw_material_consumption, utilisation, raw_material_factor):
    """月陶瓷原料分解排放量: Raw material of one month, as far as it becomes ware, times its factor."""
    return raw_material_consumption * utilisation / 100 * raw_material_factor


@rule("CER process", grain=MATERIAL, unit="t")
def annual_raw_material_consumption(raw_material_consumption: Total):
    """年陶瓷原料消耗量 M: One raw material in the year."""
    return raw_material_consumption


@rule("CER process", grain=MATERIAL, unit="tCO2")
def annual_raw_material_emissions(monthly_raw_material_emissions: Total):
    """年陶瓷原料分解排放量: One raw material in the year, the sum of its months."""
    return monthly_raw_material_emissions


@rule("CER process", grain=ENTERPRISE, unit="tCO2")
def raw_material_emissions(annual_raw_material_emissions: Total):
    """陶瓷烧成过程排放量 E_过程: All raw materials of the year."""
    return annual_raw_material_emissions


@rule("CER total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(
    fuel_combustion_emissions, raw_material_emissions, net_electricity_emissions, heat_emissions
):
    """企业温室气体排放总量 E: Fuel, carbonates of the raw material, net electricity and net heat."""
    return fuel_combustion_emissions + raw_material_emissions + net_electricity_emissions + heat_emissions


# -- supplementary data: a boundary of its own, so none of the figures above enters ----------------------------------


@rule("CER supplement", grain=ENTERPRISE, unit="tCO2")
def supplement_electricity_emissions(supplement_electricity, *, reporting_electricity_factor):
    """补充数据净购入电力排放量: Net electricity within the supplementary boundary times the national factor."""
    return when(supplement_electricity == 0, 0, supplement_electricity * reporting_electricity_factor)


@rule("CER supplement", grain=ENTERPRISE, unit="tCO2")
def supplement_emissions(supplement_fuel_emissions, supplement_electricity_emissions):
    """补充数据二氧化碳排放总量: Fuel and net electricity within the supplementary boundary."""
    return supplement_fuel_emissions + supplement_electricity_emissions


@rule("CER supplement", grain=ENTERPRISE, unit="tCO2/t")
def sanitary_intensity(supplement_emissions, sanitary_output):
    """卫生陶瓷单位产品排放强度: Emissions within the supplementary boundary by output; none where none are stated."""
    return when(supplement_emissions == 0, 0, fraction(supplement_emissions, sanitary_output))
