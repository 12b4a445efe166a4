"""Supplementary data by workshop: a boundary of its own, so no figure of the legal person enters."""

from shutan.kernel import CO2_PER_C, Total, either, fraction, rule, when
from shutan.rules.chemical.choices import WorkshopProduct, WorkshopStream
from shutan.rules.chemical.grains import WORKSHOP, WORKSHOP_STREAM

CLAUSE = "CHM supplement"


@rule(CLAUSE, grain=WORKSHOP_STREAM, unit="tC")
def workshop_carbon(workshop_stream_role, workshop_stream_amount, workshop_stream_carbon):
    """分厂（车间）物料碳量: Carbon of one material; what leaves counts against what comes in."""
    carbon = workshop_stream_amount * workshop_stream_carbon
    return when(workshop_stream_role == WorkshopStream.IN, carbon, -carbon)


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_material_emissions(workshop_product, workshop_carbon: Total):
    """分厂（车间）能源作为原材料排放量: Carbon in less carbon out, as CO2, for ammonia and carbide; none for urea and soda ash."""
    balanced = either(
        workshop_product == WorkshopProduct.AMMONIA, workshop_product == WorkshopProduct.CARBIDE
    )
    return when(balanced, workshop_carbon * CO2_PER_C, 0)


@rule(CLAUSE, grain=WORKSHOP, unit="MWh")
def workshop_electricity(
    workshop_grid_electricity,
    workshop_captive_electricity,
    workshop_renewable_electricity,
    workshop_recovered_electricity,
):
    """分厂（车间）消耗电量: Electricity of all four sources."""
    return (
        workshop_grid_electricity
        + workshop_captive_electricity
        + workshop_renewable_electricity
        + workshop_recovered_electricity
    )


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_electricity_emissions(
    workshop_grid_electricity, workshop_captive_electricity, *, reporting_electricity_factor
):
    """分厂（车间）电力排放量: Grid and captive electricity times the national factor; renewable and waste heat count nothing."""
    counted = workshop_grid_electricity + workshop_captive_electricity
    return when(counted == 0, 0, counted * reporting_electricity_factor)


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2/MWh")
def workshop_electricity_factor(workshop_electricity_emissions, workshop_electricity):
    """分厂（车间）电力加权平均排放因子: Emissions by electricity of all sources; zero where none was used."""
    return when(workshop_electricity == 0, 0, fraction(workshop_electricity_emissions, workshop_electricity))


@rule(CLAUSE, grain=WORKSHOP, unit="GJ")
def workshop_heat(workshop_recovered_heat, workshop_boiler_heat, workshop_captive_heat, workshop_other_heat):
    """分厂（车间）消耗热量: Heat of all four sources."""
    return workshop_recovered_heat + workshop_boiler_heat + workshop_captive_heat + workshop_other_heat


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_boiler_emissions(workshop_boiler_heat, boiler_heat_factor):
    """分厂（车间）锅炉供热排放量: Boiler heat times what the boilers emit for it; none without."""
    return when(workshop_boiler_heat == 0, 0, workshop_boiler_heat * boiler_heat_factor)


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_captive_emissions(workshop_captive_heat, captive_heat_factor):
    """分厂（车间）自备电厂供热排放量: Heat of the captive plant times the factor of its own table; none without."""
    return when(workshop_captive_heat == 0, 0, workshop_captive_heat * captive_heat_factor)


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_heat_emissions(
    workshop_boiler_emissions, workshop_captive_emissions, workshop_other_heat, *, heat_factor
):
    """分厂（车间）热力排放量: Boilers, captive plant and other heat at the default; recovered heat counts nothing."""
    return workshop_boiler_emissions + workshop_captive_emissions + workshop_other_heat * heat_factor


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2")
def workshop_emissions(workshop_material_emissions, workshop_electricity_emissions, workshop_heat_emissions):
    """分厂（车间）二氧化碳排放总量: Raw materials, electricity and heat of the workshop."""
    return workshop_material_emissions + workshop_electricity_emissions + workshop_heat_emissions


@rule(CLAUSE, grain=WORKSHOP, unit="tCO2/t")
def workshop_intensity(workshop_emissions, workshop_output):
    """分厂（车间）单位产品排放强度: Emissions by output; none where nothing was made."""
    return when(workshop_output == 0, 0, fraction(workshop_emissions, workshop_output))
