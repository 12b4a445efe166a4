"""What a glass furnace emits beside its fuel: carbon powder burned off, carbonates decomposed; and the total."""

from shutan.kernel import CO2_PER_C, Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH, MATERIAL, MATERIAL_MONTH


@rule("GLS powder", grain=ENTERPRISE_MONTH, unit="tC/t")
def powder_carbon(powder_carbon_source, powder_carbon_reported, *, default_powder_carbon):
    """碳粉含碳量 C_c: Measured, or the guide's default."""
    return when(powder_carbon_source == NcvSource.DEFAULT, default_powder_carbon, powder_carbon_reported)


@rule("GLS powder", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_powder_emissions(powder_consumption, powder_carbon):
    """月碳粉氧化排放量: Carbon powder of one month, all its carbon as CO2."""
    return powder_consumption * powder_carbon * CO2_PER_C


@rule("GLS powder", grain=ENTERPRISE, unit="t")
def annual_powder_consumption(powder_consumption: Total):
    """年碳粉消耗量 Q_c: Carbon powder of the year."""
    return powder_consumption


@rule("GLS powder", grain=ENTERPRISE, unit="tCO2")
def powder_emissions(monthly_powder_emissions: Total):
    """碳粉氧化排放量: Carbon powder of the year, the sum of its months."""
    return monthly_powder_emissions


@rule("GLS carbonate", grain=MATERIAL_MONTH, unit="%")
def calcination(calcination_source, calcination_reported, *, default_calcination):
    """煅烧比例 F: Measured, or the guide's default."""
    return when(calcination_source == NcvSource.DEFAULT, default_calcination, calcination_reported)


@rule("GLS carbonate", grain=MATERIAL_MONTH, unit="tCO2")
def monthly_decomposition_emissions(
    carbonate_material_consumption, carbonate_mass_share, calcination, *, carbonate_factor
):
    """月原料碳酸盐分解排放量: Carbonate in one material and month, as far as it is calcined, times its factor."""
    return carbonate_material_consumption * carbonate_mass_share / 100 * carbonate_factor * calcination / 100


@rule("GLS carbonate", grain=MATERIAL, unit="t")
def annual_carbonate_consumption(carbonate_material_consumption: Total):
    """年碳酸盐原料消耗量 M: One material in the year."""
    return carbonate_material_consumption


@rule("GLS carbonate", grain=MATERIAL, unit="tCO2")
def annual_decomposition_emissions(monthly_decomposition_emissions: Total):
    """年原料碳酸盐分解排放量: One material in the year, the sum of its months."""
    return monthly_decomposition_emissions


@rule("GLS carbonate", grain=ENTERPRISE, unit="tCO2")
def decomposition_emissions(annual_decomposition_emissions: Total):
    """碳酸盐原料分解排放量: All carbonate raw materials of the year."""
    return annual_decomposition_emissions


@rule("GLS total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    powder_emissions,
    decomposition_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, carbon powder, carbonates, net electricity and net heat."""
    return (
        fuel_combustion_emissions
        + powder_emissions
        + decomposition_emissions
        + net_electricity_emissions
        + heat_emissions
    )
