"""Coke burned off catalysts: without pause in cracking, now and then in reforming."""

from shutan.kernel import CO2_PER_C, Total, fraction, rule, when
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.petrochemical.choices import BurnOffUnit, RegeneratedUnit
from shutan.rules.petrochemical.grains import BURN_OFF, REGENERATION

# -- without pause -----------------------------------------------------------------------------------------------------


@rule("PET burn-off", grain=BURN_OFF, unit="tC/t")
def coke_carbon(coke_carbon_source, coke_carbon_reported, *, default_coke_carbon):
    """焦层含碳量 CF: Measured, or the guide's default."""
    return when(coke_carbon_source == NcvSource.DEFAULT, default_coke_carbon, coke_carbon_reported)


@rule("PET burn-off", grain=BURN_OFF, unit="1")
def burn_off_oxidation(burn_off_oxidation_source, burn_off_oxidation_reported, *, default_burn_off_oxidation):
    """连续烧焦碳氧化率 OF: Measured, or the guide's default."""
    return when(
        burn_off_oxidation_source == NcvSource.DEFAULT,
        default_burn_off_oxidation,
        burn_off_oxidation_reported,
    )


@rule("PET burn-off", grain=BURN_OFF, unit="tCO2")
def burn_off_emissions(counted_as_fuel, coke_burned, coke_carbon, burn_off_oxidation):
    """连续烧焦排放量: Coke burned off one unit; nothing where the gas is counted as fuel of a CO boiler."""
    return when(counted_as_fuel == YesNo.YES, 0, coke_burned * coke_carbon * burn_off_oxidation * CO2_PER_C)


@rule("PET burn-off", grain=BURN_OFF, unit="tCO2")
def cracking_unit_emissions(burn_off_unit, burn_off_emissions):
    """催化裂化单装置排放量: What is burned off if the unit is a cracker, else nothing."""
    return when(burn_off_unit == BurnOffUnit.CRACKING, burn_off_emissions, 0)


@rule("PET burn-off", grain=BURN_OFF, unit="tCO2")
def coking_unit_emissions(burn_off_unit, burn_off_emissions):
    """流化焦化单装置排放量: What is burned off if the unit is a fluid coker, else nothing."""
    return when(burn_off_unit == BurnOffUnit.FLUID_COKING, burn_off_emissions, 0)


@rule("PET burn-off", grain=BURN_OFF, unit="tCO2")
def other_burn_off_emissions(burn_off_unit, burn_off_emissions):
    """其他连续烧焦单装置排放量: What is burned off another unit, else nothing."""
    return when(burn_off_unit == BurnOffUnit.OTHER, burn_off_emissions, 0)


# -- now and then ------------------------------------------------------------------------------------------------------


@rule("PET regeneration", grain=REGENERATION, unit="1")
def regeneration_oxidation(
    regeneration_oxidation_source, regeneration_oxidation_reported, *, default_burn_off_oxidation
):
    """间歇烧焦碳氧化率 OF: Measured, or the guide's default."""
    return when(
        regeneration_oxidation_source == NcvSource.DEFAULT,
        default_burn_off_oxidation,
        regeneration_oxidation_reported,
    )


@rule("PET regeneration", grain=REGENERATION, unit="tCO2")
def regeneration_emissions(
    catalyst_amount, carbon_before, carbon_after, regeneration_oxidation, *, deposit_carbon
):
    """单次再生烧焦排放量: Carbon before less carbon after, both on the catalyst without its carbon."""
    return (
        catalyst_amount
        * (deposit_carbon - carbon_before)
        * (
            fraction(carbon_before, deposit_carbon - carbon_before)
            - fraction(carbon_after, deposit_carbon - carbon_after)
        )
        * regeneration_oxidation
        * CO2_PER_C
    )


@rule("PET regeneration", grain=REGENERATION, unit="tCO2")
def reforming_unit_emissions(regenerated_unit, regeneration_emissions):
    """催化重整单次排放量: What a regeneration burns if the unit is a reformer, else nothing."""
    return when(regenerated_unit == RegeneratedUnit.REFORMING, regeneration_emissions, 0)


@rule("PET regeneration", grain=REGENERATION, unit="tCO2")
def other_regeneration_emissions(regenerated_unit, regeneration_emissions):
    """其他间歇烧焦单次排放量: What a regeneration burns if the unit is another, else nothing."""
    return when(regenerated_unit == RegeneratedUnit.OTHER, regeneration_emissions, 0)


# -- the enterprise ----------------------------------------------------------------------------------------------------


@rule("PET burn-off", grain=ENTERPRISE, unit="tCO2")
def cracking_emissions(cracking_unit_emissions: Total):
    """催化裂化排放量: All crackers of the year."""
    return cracking_unit_emissions


@rule("PET burn-off", grain=ENTERPRISE, unit="tCO2")
def coking_emissions(coking_unit_emissions: Total):
    """流化焦化排放量: All fluid cokers of the year."""
    return coking_unit_emissions


@rule("PET regeneration", grain=ENTERPRISE, unit="tCO2")
def reforming_emissions(reforming_unit_emissions: Total):
    """催化重整排放量: All regenerations of reformers in the year."""
    return reforming_unit_emissions


@rule("PET other catalyst", grain=ENTERPRISE, unit="tCO2")
def other_catalyst_emissions(other_burn_off_emissions: Total, other_regeneration_emissions: Total):
    """其他装置催化剂烧焦排放量: Other units, with continuous and with intermittent burn-off."""
    return other_burn_off_emissions + other_regeneration_emissions
