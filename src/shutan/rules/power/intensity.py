"""Electricity supplied, coal rates and carbon intensities of a unit, by the output basis of each period."""

from shutan.kernel import Total, both, either, rule, when
from shutan.rules.common.fuels import FuelGroup, FuelKind
from shutan.rules.common.grains import FUEL_MONTH, UNIT, UNIT_MONTH
from shutan.rules.power.choices import HeatRatioMethod, Product

# -- electricity supplied: the output basis of 2019 to 2022 ----------------------------------------------------------


@rule(
    "SDT-2019 supply",
    "AG-9号 A.4",
    "AG-9号 A.5",
    grain=UNIT_MONTH,
    unit="MWh",
    places=3,
    name="monthly_electricity_supplied",
)
def monthly_electricity_supplied_9(
    product,
    monthly_generation,
    auxiliary_power,
    auxiliary_power_generation,
    auxiliary_power_shared,
    monthly_heat_ratio,
):
    """月供电量 W_gd: Generation less station power; of power shared with heat only the part for electricity."""
    heat_and_power = monthly_generation - (
        auxiliary_power_generation + auxiliary_power_shared * (1 - monthly_heat_ratio)
    )
    return when(product == Product.CONDENSING, monthly_generation - auxiliary_power, heat_and_power)


@rule("AG-111号 supply", grain=UNIT_MONTH, unit="MWh", places=3)
def monthly_electricity_supplied(
    product, monthly_generation, auxiliary_power, auxiliary_power_heat, monthly_heat_ratio
):
    """月供电量 W_gd: Generation less station power; power used for heat alone is taken out before the split."""
    heat_and_power = monthly_generation - (auxiliary_power - auxiliary_power_heat) * (1 - monthly_heat_ratio)
    return when(product == Product.CONDENSING, monthly_generation - auxiliary_power, heat_and_power)


@rule("SDT-2019 supply", "AG-9号 A.4", "AG-111号 supply", grain=UNIT, unit="MWh")
def electricity_supplied(monthly_electricity_supplied: Total):
    """机组供电量 W_gd: Electricity supplied in the year."""
    return monthly_electricity_supplied


@rule("SDT-2019 output", "AG-9号 9.1", "AG 9.1", grain=UNIT, unit="MWh")
def annual_on_grid_energy(on_grid_energy: Total):
    """年上网电量: Electricity sent to the grid in the year."""
    return on_grid_energy


# -- coal rates ------------------------------------------------------------------------------------------------------


@rule("SDT-2019 auxiliary", "AG-9号 A.17", "AG E coal rates", grain=UNIT, unit="tce/GJ")
def heat_coal_rate(heat_ratio_method, heat_supplied, heat_ratio, standard_coal, monthly_coal_for_heat: Total):
    """供热煤耗 b_r: Standard coal per unit of heat supplied; as given where the ratio itself was made from it."""
    coal = when(
        heat_ratio_method == HeatRatioMethod.HEAT_COAL_RATE, monthly_coal_for_heat, heat_ratio * standard_coal
    )
    return when(heat_supplied == 0, 0, coal / heat_supplied)


@rule("SDT-2019 supply", "AG-9号 A.18", "AG-111号 supply", grain=UNIT, unit="tce/MWh")
def supply_coal_rate(heat_ratio, standard_coal, electricity_supplied):
    """供电煤耗 b_g: Standard coal per MWh supplied."""
    return when(electricity_supplied == 0, 0, (1 - heat_ratio) * standard_coal / electricity_supplied)


@rule("AG-485号 generation basis", grain=UNIT, unit="tce/MWh")
def generation_coal_rate(heat_ratio, standard_coal, generation):
    """发电煤耗 b_fd: Standard coal per MWh generated."""
    return when(generation == 0, 0, (1 - heat_ratio) * standard_coal / generation)


# -- gas rates -------------------------------------------------------------------------------------------------------


@rule("SDT-2019 auxiliary", "AG-9号 A.15", "AG E coal rates", grain=FUEL_MONTH, unit="10⁴Nm³")
def gas_volume(fuel_group, fuel_kind, fuel_consumption):
    """燃气消耗量: Gas burned by volume; refinery gas is weighed and has none."""
    by_volume = both(fuel_group == FuelGroup.GAS, fuel_kind != FuelKind.REFINERY_GAS)
    return when(by_volume, fuel_consumption, 0)


@rule("AG E coal rates", grain=UNIT, unit="10⁴Nm³/GJ")
def heat_gas_rate(gas_volume: Total, heat_ratio, heat_supplied):
    """供热气耗: Gas per unit of heat supplied."""
    return when(heat_supplied == 0, 0, heat_ratio * gas_volume / heat_supplied)


@rule("AG-485号 generation basis", grain=UNIT, unit="10⁴Nm³/MWh")
def generation_gas_rate(gas_volume: Total, heat_ratio, generation):
    """发电气耗: Gas per MWh generated."""
    return when(generation == 0, 0, (1 - heat_ratio) * gas_volume / generation)


# -- carbon intensities as the guideline reports them ---------------------------------------------------------------


@rule(
    "SDT-2019 supply",
    "AG-9号 A.19",
    "AG-111号 supply",
    grain=UNIT,
    unit="tCO2/MWh",
    places="intensity_places",
)
def supply_intensity(heat_ratio, unit_emissions, electricity_supplied):
    """供电碳排放强度 S_gd: Emissions of electricity per MWh supplied, purchased electricity included."""
    return when(electricity_supplied == 0, 0, (1 - heat_ratio) * unit_emissions / electricity_supplied)


@rule("AG-485号 generation basis", grain=UNIT, unit="tCO2/MWh", places="intensity_places")
def generation_intensity(heat_ratio, unit_emissions, generation):
    """发电碳排放强度: Emissions of electricity per MWh generated, of the total as reported."""
    return when(generation == 0, 0, (1 - heat_ratio) * unit_emissions / generation)


@rule(
    "SDT-2019 auxiliary",
    "AG-9号 A.20",
    "AG E intensities",
    grain=UNIT,
    unit="tCO2/GJ",
    places="intensity_places",
)
def heat_intensity(product, heat_supplied, heat_ratio, unit_emissions):
    """供热碳排放强度 S_gr: Emissions of heat per GJ supplied."""
    return when(
        either(product == Product.CONDENSING, heat_supplied == 0),
        0,
        heat_ratio * unit_emissions / heat_supplied,
    )


# -- intensity on the benchmark's basis ------------------------------------------------------------------------------
# The benchmark of a class is per MWh supplied until 2022 and per MWh generated since, and against emissions that are
# surrendered for. These two follow it, so that a chart sets like beside like; they wait for no electricity factor.


@rule("AP 2019-2022 scope", grain=UNIT_MONTH, unit="tCO2/MWh", name="monthly_benchmark_intensity")
def monthly_benchmark_intensity_supply(
    monthly_heat_ratio, monthly_surrender_emissions, monthly_electricity_supplied
):
    """月对标碳排放强度: Emissions of electricity surrendered for, per MWh supplied in one month."""
    return (1 - monthly_heat_ratio) * monthly_surrender_emissions / monthly_electricity_supplied


@rule("AP 2023 scope", grain=UNIT_MONTH, unit="tCO2/MWh")
def monthly_benchmark_intensity(monthly_heat_ratio, monthly_surrender_emissions, monthly_generation):
    """月对标碳排放强度: Emissions of electricity surrendered for, per MWh generated in one month."""
    return (1 - monthly_heat_ratio) * monthly_surrender_emissions / monthly_generation


@rule("AP 2019-2022 scope", grain=UNIT, unit="tCO2/MWh", name="benchmark_intensity")
def benchmark_intensity_supply(heat_ratio, surrender_emissions, electricity_supplied):
    """对标碳排放强度: Emissions of electricity surrendered for, per MWh supplied in the year."""
    return (1 - heat_ratio) * surrender_emissions / electricity_supplied


@rule("AP 2023 scope", grain=UNIT, unit="tCO2/MWh")
def benchmark_intensity(heat_ratio, surrender_emissions, generation):
    """对标碳排放强度: Emissions of electricity surrendered for, per MWh generated in the year."""
    return (1 - heat_ratio) * surrender_emissions / generation
