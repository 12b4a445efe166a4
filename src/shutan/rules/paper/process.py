"""What a mill emits beside its fuel: limestone burned to lime, methane of waste water; and the total."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH

# -- limestone -------------------------------------------------------------------------------------------------------


@rule("PAP limestone", grain=ENTERPRISE_MONTH, unit="tCO2/t")
def limestone_factor_used(
    limestone_factor_source, limestone_purity, *, limestone_factor, calcium_carbonate_factor
):
    """石灰石排放因子 EF: The guide's default, or measured purity times the factor of calcium carbonate."""
    return when(
        limestone_factor_source == NcvSource.DEFAULT,
        limestone_factor,
        limestone_purity / 100 * calcium_carbonate_factor,
    )


@rule("PAP limestone", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_limestone_emissions(limestone_consumption, limestone_factor_used):
    """月石灰石分解排放量: Purchased limestone of one month times its factor."""
    return limestone_consumption * limestone_factor_used


@rule("PAP limestone", grain=ENTERPRISE, unit="t")
def annual_limestone_consumption(limestone_consumption: Total):
    """年外购石灰石消耗量 AD: Purchased limestone of the year."""
    return limestone_consumption


@rule("PAP limestone", grain=ENTERPRISE, unit="tCO2")
def limestone_emissions(monthly_limestone_emissions: Total):
    """石灰石分解排放量 E_过程: Purchased limestone of the year, the sum of its months."""
    return monthly_limestone_emissions


# -- waste water -----------------------------------------------------------------------------------------------------


@rule("PAP methane", grain=ENTERPRISE, unit="1")
def methane_correction(methane_correction_source, methane_correction_reported, *, methane_correction_default):
    """甲烷修正因子 MCF: Measured, or the guide's default; one value for the enterprise."""
    return when(
        methane_correction_source == NcvSource.DEFAULT,
        methane_correction_default,
        methane_correction_reported,
    )


@rule("PAP organic", grain=ENTERPRISE_MONTH, unit="kg")
def organic_matter(waste_water_volume, inlet_demand, outlet_demand):
    """厌氧处理去除的有机物总量 TOW: Waste water times the fall of its chemical oxygen demand."""
    return waste_water_volume * (inlet_demand - outlet_demand)


@rule("PAP methane", grain=ENTERPRISE_MONTH, unit="kg")
def monthly_methane(
    organic_matter, sludge_demand, recovered_methane, methane_correction, *, methane_capacity
):
    """月甲烷排放量: Organic matter less sludge gives methane; what is recovered goes off, negative or not."""
    return (organic_matter - sludge_demand) * methane_capacity * methane_correction - recovered_methane


@rule("PAP organic", grain=ENTERPRISE, unit="kg")
def annual_organic_matter(organic_matter: Total):
    """年厌氧处理去除的有机物总量 TOW: The sum of its months."""
    return organic_matter


@rule("PAP methane", grain=ENTERPRISE, unit="t")
def methane_emissions(monthly_methane: Total, *, kilogram_in_tonnes):
    """废水厌氧处理甲烷排放量 E_CH4: Methane of the year in tonnes."""
    return monthly_methane * kilogram_in_tonnes


@rule("PAP methane", grain=ENTERPRISE, unit="tCO2e")
def waste_water_emissions(methane_emissions, *, methane_warming_potential):
    """废水厌氧处理排放量（折二氧化碳） E_废水: Methane of the year times its warming potential."""
    return methane_emissions * methane_warming_potential


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("PAP total", grain=ENTERPRISE, unit="tCO2e")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    limestone_emissions,
    waste_water_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, limestone, methane as CO2, net electricity and net heat."""
    return (
        fuel_combustion_emissions
        + limestone_emissions
        + waste_water_emissions
        + net_electricity_emissions
        + heat_emissions
    )
