"""N2O of nitric and adipic acid with its abatement; and the total of the enterprise."""

from shutan.kernel import Total, fraction, rule, when
from shutan.rules.chemical.choices import AdipicAbatement, NitricAbatement
from shutan.rules.chemical.grains import ADIPIC_PLANT, NITRIC_PLANT
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE

# -- nitric acid -------------------------------------------------------------------------------------------------------


@rule("CHM nitric", grain=NITRIC_PLANT, unit="kg/t")
def nitric_factor_used(nitric_factor_source, nitric_factor_reported, *, default_nitric_factor):
    """硝酸N2O生成因子 EF: Measured, or the default of the route."""
    return when(nitric_factor_source == NcvSource.DEFAULT, default_nitric_factor, nitric_factor_reported)


@rule("CHM nitric", grain=NITRIC_PLANT, unit="%")
def nitric_removal_used(
    nitric_abatement, nitric_removal_source, nitric_removal_reported, *, default_nitric_removal
):
    """硝酸N2O去除率 η: None without abatement; else measured, or the default of the abatement."""
    return when(
        nitric_abatement == NitricAbatement.NONE,
        0,
        when(nitric_removal_source == NcvSource.DEFAULT, default_nitric_removal, nitric_removal_reported),
    )


@rule("CHM nitric", grain=NITRIC_PLANT, unit="1")
def nitric_abatement_use(nitric_abatement, nitric_abatement_hours, nitric_plant_hours):
    """硝酸尾气去除设施使用率 μ: Hours the abatement ran over hours the plant ran."""
    return when(
        nitric_abatement == NitricAbatement.NONE, 0, fraction(nitric_abatement_hours, nitric_plant_hours)
    )


@rule("CHM nitric", grain=NITRIC_PLANT, unit="t")
def nitric_nitrous_oxide(
    nitric_output, nitric_factor_used, nitric_removal_used, nitric_abatement_use, *, kilogram_in_tonnes
):
    """硝酸装置N2O排放量: Output times factor, less what the abatement removes while it runs."""
    return (
        nitric_output
        * nitric_factor_used
        * (1 - nitric_removal_used / 100 * nitric_abatement_use)
        * kilogram_in_tonnes
    )


# -- adipic acid -------------------------------------------------------------------------------------------------------


@rule("CHM adipic", grain=ADIPIC_PLANT, unit="kg/t")
def adipic_factor_used(adipic_factor_source, adipic_factor_reported, *, default_adipic_factor):
    """己二酸N2O生成因子 EF: Measured, or the default of the route."""
    return when(adipic_factor_source == NcvSource.DEFAULT, default_adipic_factor, adipic_factor_reported)


@rule("CHM adipic", grain=ADIPIC_PLANT, unit="%")
def adipic_removal_used(
    adipic_abatement, adipic_removal_source, adipic_removal_reported, *, default_adipic_removal
):
    """己二酸N2O去除率 η: None without abatement; else measured, or the default of the abatement."""
    return when(
        adipic_abatement == AdipicAbatement.NONE,
        0,
        when(adipic_removal_source == NcvSource.DEFAULT, default_adipic_removal, adipic_removal_reported),
    )


@rule("CHM adipic", grain=ADIPIC_PLANT, unit="1")
def adipic_abatement_use(adipic_abatement, adipic_abatement_hours, adipic_plant_hours):
    """己二酸尾气去除设施使用率 μ: Hours the abatement ran over hours the plant ran."""
    return when(
        adipic_abatement == AdipicAbatement.NONE, 0, fraction(adipic_abatement_hours, adipic_plant_hours)
    )


@rule("CHM adipic", grain=ADIPIC_PLANT, unit="t")
def adipic_nitrous_oxide(
    adipic_output, adipic_factor_used, adipic_removal_used, adipic_abatement_use, *, kilogram_in_tonnes
):
    """己二酸装置N2O排放量: Output times factor, less what the abatement removes while it runs."""
    return (
        adipic_output
        * adipic_factor_used
        * (1 - adipic_removal_used / 100 * adipic_abatement_use)
        * kilogram_in_tonnes
    )


# -- the enterprise ----------------------------------------------------------------------------------------------------


@rule("CHM process", grain=ENTERPRISE, unit="t")
def process_nitrous_oxide(nitric_nitrous_oxide: Total, adipic_nitrous_oxide: Total):
    """工业生产过程N2O排放量 E_N2O: Nitric and adipic acid, in tonnes of N2O."""
    return nitric_nitrous_oxide + adipic_nitrous_oxide


@rule("CHM process", grain=ENTERPRISE, unit="tCO2e")
def process_nitrous_emissions(process_nitrous_oxide, *, nitrous_oxide_warming_potential):
    """工业生产过程N2O排放量（折二氧化碳）: N2O of the year times its warming potential."""
    return process_nitrous_oxide * nitrous_oxide_warming_potential


@rule("CHM total", grain=ENTERPRISE, unit="tCO2e")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    process_carbon_dioxide,
    process_nitrous_emissions,
    recovered_carbon_dioxide,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, processes, net electricity and net heat, less CO2 recovered."""
    return (
        fuel_combustion_emissions
        + process_carbon_dioxide
        + process_nitrous_emissions
        - recovered_carbon_dioxide
        + net_electricity_emissions
        + heat_emissions
    )
