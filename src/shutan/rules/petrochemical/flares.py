"""Gas burned in flares, in normal operation and by accident."""

from shutan.kernel import CO2_PER_C, Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.petrochemical.grains import ACCIDENT, FLARE, FLARE_MONTH


@rule("PET flare", grain=FLARE, unit="1")
def flare_oxidation(flare_oxidation_source, flare_oxidation_reported, *, default_flare_oxidation):
    """火炬碳氧化率 OF: Measured, or the guide's default."""
    return when(
        flare_oxidation_source == NcvSource.DEFAULT, default_flare_oxidation, flare_oxidation_reported
    )


@rule("PET flare", grain=FLARE_MONTH, unit="tCO2")
def monthly_flare_emissions(
    flare_gas, flare_gas_carbon, flare_gas_dioxide, flare_oxidation, *, carbon_dioxide_density
):
    """月正常工况火炬排放量: Carbon that burns in the flare, and the CO2 that only passes through it."""
    return flare_gas * (
        flare_gas_carbon * flare_oxidation * CO2_PER_C + flare_gas_dioxide / 100 * carbon_dioxide_density
    )


@rule("PET flare", grain=FLARE, unit="10⁴Nm³")
def annual_flare_gas(flare_gas: Total):
    """年正常工况火炬气流量 Q: Gas of one flare in the year."""
    return flare_gas


@rule("PET flare", grain=FLARE, unit="tCO2")
def annual_flare_emissions(monthly_flare_emissions: Total):
    """年正常工况火炬排放量: One flare in the year, the sum of its months."""
    return monthly_flare_emissions


@rule("PET flare", grain=ENTERPRISE, unit="tCO2")
def flare_emissions(annual_flare_emissions: Total):
    """正常工况火炬排放量 E_正常火炬: All flares of the year."""
    return annual_flare_emissions


@rule("PET accident", grain=ACCIDENT, unit="1")
def accident_atoms(accident_atoms_source, accident_atoms_reported, *, default_accident_atoms):
    """事故火炬气平均碳原子数 CN: Measured, or the guide's default for refining or petrochemicals."""
    return when(accident_atoms_source == NcvSource.DEFAULT, default_accident_atoms, accident_atoms_reported)


@rule("PET accident", grain=ACCIDENT, unit="tCO2")
def accident_emissions(
    accident_gas_rate,
    accident_hours,
    accident_atoms,
    *,
    accident_oxidation,
    carbon_molar_mass,
    molar_volume,
):
    """单次事故火炬排放量: Gas of one accident, by the carbon atoms of its molecules."""
    return (
        accident_gas_rate
        * accident_hours
        * accident_atoms
        * accident_oxidation
        * carbon_molar_mass
        / molar_volume
        * CO2_PER_C
    )


@rule("PET accident", grain=ENTERPRISE, unit="tCO2")
def accident_flare_emissions(accident_emissions: Total):
    """事故火炬排放量 E_事故火炬: All accidents of the year."""
    return accident_emissions
