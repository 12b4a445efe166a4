"""The works as a whole: formula (1), what is filed in C.3 and C.5, and what remains beside processes and power units."""

from shutan.kernel import Total, fraction, rule, when
from shutan.rules.common.balance import net
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH

# -- electricity and heat bought: part of the total up to 2023 only ----------------------------------------------------


@rule("SN electricity", grain=ENTERPRISE_MONTH, unit="MWh")
def net_electricity(purchased_electricity, sold_electricity):
    """净购入电量: Electricity bought less sold; negative for a net exporter."""
    return net(purchased_electricity, sold_electricity)


@rule("SN electricity", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def net_electricity_emissions(net_electricity, *, regional_electricity_factor):
    """净购入电力排放量: Net electricity times the factor of the regional grid; a net exporter's is negative."""
    return when(net_electricity == 0, 0, net_electricity * regional_electricity_factor)


@rule("SN heat", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def heat_emissions(purchased_heat, sold_heat, *, heat_factor):
    """净购入热力排放量: Net heat times its factor."""
    return net(purchased_heat, sold_heat) * heat_factor


@rule("SN electricity", grain=ENTERPRISE, unit="tCO2")
def enterprise_electricity_emissions(net_electricity_emissions: Total):
    """净购入电力排放量合计: Net electricity of the year as CO2."""
    return net_electricity_emissions


@rule("SN heat", grain=ENTERPRISE, unit="tCO2")
def enterprise_heat_emissions(heat_emissions: Total):
    """净购入热力排放量合计: Net heat of the year as CO2."""
    return heat_emissions


# -- the works ---------------------------------------------------------------------------------------------------------


@rule("SG F1", grain=ENTERPRISE_MONTH, unit="tCO2")
def enterprise_level_monthly_emissions(
    monthly_fuel_emissions, monthly_material_emissions, monthly_product_carbon
):
    """企业层级月排放量: Carbon that came in less what left in products; electricity and heat have no part in it."""
    return monthly_fuel_emissions + monthly_material_emissions - monthly_product_carbon


@rule("SN total", grain=ENTERPRISE_MONTH, unit="tCO2", name="enterprise_level_monthly_emissions")
def monthly_emissions_ndrc(
    monthly_fuel_emissions,
    monthly_material_emissions,
    monthly_product_carbon,
    net_electricity_emissions,
    heat_emissions,
):
    """企业层级月排放量: Under the guideline of 2013, net electricity and heat included."""
    direct = monthly_fuel_emissions + monthly_material_emissions - monthly_product_carbon
    return direct + net_electricity_emissions + heat_emissions


@rule("SG F1", "SN total", grain=ENTERPRISE, unit="tCO2")
def enterprise_carbon_balance(enterprise_level_monthly_emissions: Total):
    """企业层级排放量（C.3）: Sum of the months' items, each rounded to two decimals."""
    return enterprise_level_monthly_emissions


@rule("SG C.5", "SN total", grain=ENTERPRISE, unit="tCO2", places=0)
def enterprise_emissions(enterprise_carbon_balance):
    """全厂二氧化碳排放总量 E_企业: What is filed at enterprise level: whole tonnes, rounded once, at the end."""
    return enterprise_carbon_balance


@rule("SG C.5", grain=ENTERPRISE_MONTH, unit="tCO2", places=0)
def monthly_emissions_filed(enterprise_level_monthly_emissions):
    """企业层级月排放量（C.5） E_企业: The month in whole tonnes; the year is not the sum of these."""
    return enterprise_level_monthly_emissions


@rule("SG C.3", "SN intensity", grain=ENTERPRISE_MONTH, unit="tCO2/t", places=4)
def monthly_steel_intensity(enterprise_level_monthly_emissions, crude_steel_output):
    """月单位粗钢碳排放量: Emissions a tonne of crude steel in one month, zero where none was made."""
    return when(crude_steel_output == 0, 0, fraction(enterprise_level_monthly_emissions, crude_steel_output))


@rule("SG C.3", "SN intensity", grain=ENTERPRISE, unit="tCO2/t", places=4)
def steel_intensity(enterprise_carbon_balance, annual_crude_steel):
    """单位粗钢碳排放量: Emissions a tonne of crude steel in the year, zero where none was made."""
    return when(annual_crude_steel == 0, 0, fraction(enterprise_carbon_balance, annual_crude_steel))


# -- what remains ------------------------------------------------------------------------------------------------------


@rule("SG F2", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_process_total(monthly_process_emissions: Total):
    """主要工序月排放量合计: All main processes in one month."""
    return monthly_process_emissions


@rule("SG F2", grain=ENTERPRISE, unit="tCO2")
def process_total(process_emissions: Total):
    """主要工序排放量合计 ΣE_工序: All main processes in the year."""
    return process_emissions


@rule("SG F3", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_cofiring_total(monthly_cofiring_emissions: Total):
    """掺烧发电设施月排放量合计: All power units that co-fire own secondary energy, in one month."""
    return monthly_cofiring_emissions


@rule("SG F3", grain=ENTERPRISE, unit="tCO2")
def cofiring_total(cofiring_emissions: Total):
    """掺烧发电设施排放量合计 ΣE_掺烧: All power units that co-fire own secondary energy, in the year."""
    return cofiring_emissions


@rule("SG F4", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_other_emissions(monthly_emissions_filed, monthly_process_total, monthly_cofiring_total):
    """其他月排放量 E_其他: What the works emitted in one month beside main processes and power units."""
    return monthly_emissions_filed - monthly_process_total - monthly_cofiring_total


@rule("SG F4", grain=ENTERPRISE, unit="tCO2")
def other_emissions(enterprise_emissions, process_total, cofiring_total):
    """其他排放量 E_其他: What remains: refining, casting, rolling, lime and the rest. It may be negative."""
    return enterprise_emissions - process_total - cofiring_total
