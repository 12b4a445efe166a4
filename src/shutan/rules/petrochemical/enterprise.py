"""Ethylene furnaces, asphalt, and the totals of a petrochemical works."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.petrochemical.grains import CRACKING_FURNACE


@rule("PET ethylene", grain=CRACKING_FURNACE, unit="tCO2")
def furnace_decoking_emissions(
    decoking_gas_rate,
    decoking_hours,
    decoking_dioxide,
    decoking_monoxide,
    *,
    carbon_dioxide_density,
    cubic_metre_in_ten_thousand,
):
    """单台裂解炉烧焦排放量: CO2 and CO in the gas of decoking, both counted as CO2; shares are percentages."""
    return (
        decoking_gas_rate
        * decoking_hours
        * (decoking_dioxide + decoking_monoxide)
        / 100
        * carbon_dioxide_density
        * cubic_metre_in_ten_thousand
    )


@rule("PET ethylene", grain=ENTERPRISE, unit="tCO2")
def ethylene_cracking_emissions(furnace_decoking_emissions: Total):
    """乙烯裂解排放量: Decoking of all furnaces in the year."""
    return furnace_decoking_emissions


@rule("PET asphalt", grain=ENTERPRISE, unit="tCO2/t")
def asphalt_factor(asphalt_factor_source, asphalt_factor_reported, *, default_asphalt_factor):
    """氧化沥青排放因子 EF: Measured, or the guide's default."""
    return when(asphalt_factor_source == NcvSource.DEFAULT, default_asphalt_factor, asphalt_factor_reported)


@rule("PET asphalt", grain=ENTERPRISE, unit="tCO2")
def asphalt_emissions(asphalt_output, asphalt_factor):
    """氧化沥青排放量: Oxidised asphalt made times its factor."""
    return when(asphalt_output == 0, 0, asphalt_output * asphalt_factor)


@rule("PET process", grain=ENTERPRISE, unit="tCO2")
def petrochemical_process_emissions(
    cracking_emissions,
    reforming_emissions,
    other_catalyst_emissions,
    hydrogen_emissions,
    coking_emissions,
    calcining_emissions,
    asphalt_emissions,
    ethylene_cracking_emissions,
    ethylene_oxide_emissions,
    other_product_emissions,
):
    """石化工业生产过程排放量 E_过程: All units of the works."""
    return (
        cracking_emissions
        + reforming_emissions
        + other_catalyst_emissions
        + hydrogen_emissions
        + coking_emissions
        + calcining_emissions
        + asphalt_emissions
        + ethylene_cracking_emissions
        + ethylene_oxide_emissions
        + other_product_emissions
    )


@rule("PET total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    flare_emissions,
    accident_flare_emissions,
    petrochemical_process_emissions,
    recovered_carbon_dioxide,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, flares, processes, net electricity and net heat, less CO2 recovered."""
    return (
        fuel_combustion_emissions
        + flare_emissions
        + accident_flare_emissions
        + petrochemical_process_emissions
        - recovered_carbon_dioxide
        + net_electricity_emissions
        + heat_emissions
    )
