"""Auxiliary items: biomass share, heat-supply ratio, electricity supplied, coal rates, intensities, shares of fuels."""

from shutan.kernel import Total, either, rule, when
from shutan.rules.common.fuels import FuelGroup, FuelKind, YesNo
from shutan.rules.common.grains import FUEL_MONTH, UNIT, UNIT_MONTH
from shutan.rules.power.choices import BoilerHeatMethod, HeatRatioMethod, OperatingStatus, Product

# -- heat of boiler and turbine, biomass -----------------------------------------------------------------------------


@rule("SDT-2019 auxiliary", "AG-9号 A.13", "AG E.2", grain=UNIT_MONTH, unit="GJ", places=2)
def monthly_boiler_heat(
    operating_status,
    boiler_heat_method,
    boiler_heat_reported,
    main_steam,
    main_steam_enthalpy,
    feed_water,
    feed_water_enthalpy,
    reheat_steam,
    reheat_enthalpy_rise,
    *,
    enthalpy_to_heat,
):
    """锅炉产热量 Q_cr: Heat the boiler gave to steam, reheat included; without reheat it is the simplified form of 9号."""
    balance = (
        main_steam * main_steam_enthalpy
        - feed_water * feed_water_enthalpy
        + reheat_steam * reheat_enthalpy_rise
    ) * enthalpy_to_heat
    return when(
        operating_status == OperatingStatus.STOPPED,
        0,
        when(boiler_heat_method == BoilerHeatMethod.REPORTED, boiler_heat_reported, balance),
    )


@rule("SDT-2019 auxiliary", "AG-9号 5.2", "AG E.1", grain=UNIT_MONTH, unit="GJ")
def monthly_heat_into_boiler(operating_status, monthly_boiler_heat, boiler_efficiency):
    """锅炉输入热量 Q_cr/η_gl: Heat of all that was burned, fossil and biomass, by the boiler's efficiency."""
    return when(operating_status == OperatingStatus.STOPPED, 0, monthly_boiler_heat / boiler_efficiency * 100)


@rule("SDT-2019 auxiliary", "AG-9号 5.2", "AG E.1", grain=UNIT_MONTH, unit="%", places=2)
def monthly_biomass_share(cofires_biomass, monthly_heat_into_boiler, monthly_fossil_heat):
    """月生物质掺烧热量占比: Part of the month's heat that does not come from fossil fuel."""
    share = (monthly_heat_into_boiler - monthly_fossil_heat) / monthly_heat_into_boiler * 100
    return when(either(cofires_biomass == YesNo.NO, monthly_heat_into_boiler == 0), 0, share)


@rule("SDT-2019 auxiliary", "AG-9号 5.2", "AG E.1", grain=UNIT, unit="GJ")
def total_heat_input(cofires_biomass, monthly_heat_into_boiler: Total, monthly_fossil_heat: Total):
    """年输入总热量: Heat of all that was burned in the year; of fossil fuel alone where no biomass is co-fired."""
    return when(cofires_biomass == YesNo.YES, monthly_heat_into_boiler, monthly_fossil_heat)


@rule("SDT-2019 auxiliary", "AG-9号 5.2", "AG E.1", grain=UNIT, unit="%", places=2)
def biomass_share(cofires_biomass, total_heat_input, monthly_fossil_heat: Total):
    """生物质掺烧热量占比 P_biomass: Part of the year's heat that does not come from fossil fuel."""
    share = (total_heat_input - monthly_fossil_heat) / total_heat_input * 100
    return when(either(cofires_biomass == YesNo.NO, total_heat_input == 0), 0, share)


# -- shares of fuels by heat, for the class of the unit --------------------------------------------------------------


@rule("AP fuel shares", grain=FUEL_MONTH, unit="GJ")
def non_conventional_heat(fuel_group, fossil_heat):
    """非常规煤热量: Heat of gangue, slime, coal-water slurry and the like."""
    return when(fuel_group == FuelGroup.NON_CONVENTIONAL_COAL, fossil_heat, 0)


@rule("AP fuel shares", grain=FUEL_MONTH, unit="GJ")
def self_produced_heat(self_produced, fossil_heat):
    """自产二次能源热量: Heat of secondary energy the enterprise makes itself."""
    return when(self_produced == YesNo.YES, fossil_heat, 0)


@rule("AP fuel shares", grain=FUEL_MONTH, unit="GJ")
def natural_gas_heat(fuel_kind, fossil_heat):
    """天然气热量: Heat of natural gas."""
    return when(either(fuel_kind == FuelKind.NATURAL_GAS, fuel_kind == FuelKind.LNG), fossil_heat, 0)


@rule("AP fuel shares", grain=UNIT, unit="%")
def non_conventional_share(non_conventional_heat: Total, total_heat_input):
    """非常规煤热量年均占比: Share of non-conventional coal in the year's heat."""
    return when(total_heat_input == 0, 0, non_conventional_heat / total_heat_input * 100)


@rule("AP fuel shares", grain=UNIT, unit="%")
def self_produced_share(self_produced_heat: Total, total_heat_input):
    """自产二次能源热量年均占比: Share of self-produced secondary energy in the year's heat."""
    return when(total_heat_input == 0, 0, self_produced_heat / total_heat_input * 100)


@rule("AP fuel shares", grain=UNIT, unit="%")
def natural_gas_share(natural_gas_heat: Total, total_heat_input):
    """天然气热量年均占比: Share of natural gas in the year's heat."""
    return when(total_heat_input == 0, 0, natural_gas_heat / total_heat_input * 100)


# -- heat-supply ratio -----------------------------------------------------------------------------------------------


@rule("SDT-2019 auxiliary", "AG-9号 A.18", "AG E coal rates", grain=UNIT_MONTH, unit="tce")
def monthly_standard_coal(monthly_fossil_heat, *, standard_coal_heat):
    """月耗标准煤量 B_h: Heat burned, as standard coal."""
    return monthly_fossil_heat / standard_coal_heat


@rule("SDT-2019 auxiliary", "AG-9号 A.18", "AG E coal rates", grain=UNIT, unit="tce")
def standard_coal(monthly_standard_coal: Total):
    """耗标准煤量 B_h: Heat burned in the year, as standard coal."""
    return monthly_standard_coal


@rule("SDT-2019 auxiliary", "AG-9号 A.14", "AG E heat ratio", grain=UNIT_MONTH, unit="tce")
def monthly_coal_for_heat(operating_status, heat_coal_rate_reported, monthly_heat_supplied):
    """月供热耗标准煤量 b_r·Q_gr: Standard coal for heat where the plant gives its coal rate of heat."""
    return when(
        operating_status == OperatingStatus.STOPPED, 0, heat_coal_rate_reported * monthly_heat_supplied
    )


@rule("SDT-2019 auxiliary", "AG-9号 A.11", "AG E heat ratio", grain=UNIT_MONTH, unit="GJ")
def monthly_turbine_heat(operating_status, turbine_heat_input):
    """月汽轮机总耗热量 Q_sr: Heat into the turbine, none in a stopped month."""
    return when(operating_status == OperatingStatus.STOPPED, 0, turbine_heat_input)


def heat_ratio_of(method, product, *, supplied, from_turbine, turbine, boiler, coal, coal_for_heat, fuel):
    """Return the heat-supply ratio by the plant's method; a condensing unit has none."""
    ratio = when(
        method == HeatRatioMethod.BOILER_HEAT,
        supplied / boiler,
        when(
            method == HeatRatioMethod.TURBINE_HEAT,
            from_turbine / turbine,
            when(method == HeatRatioMethod.FUEL_HEAT, supplied / fuel, coal_for_heat / coal),
        ),
    )
    return when(either(product == Product.CONDENSING, supplied == 0), 0, ratio)


@rule(
    "SDT-2019 auxiliary",
    "AG-9号 A.11",
    "AG-9号 A.12",
    "AG-9号 A.14",
    "AG-9号 A.15",
    grain=UNIT_MONTH,
    unit="1",
    name="monthly_heat_ratio",
)
def monthly_heat_ratio_9(
    product,
    heat_ratio_method,
    monthly_heat_supplied,
    monthly_turbine_heat_supplied,
    monthly_turbine_heat,
    monthly_boiler_heat,
    monthly_standard_coal,
    monthly_coal_for_heat,
    monthly_fossil_heat,
):
    """月供热比 a: Part of the month's heat that was supplied; through the turbine only what the turbine supplied counts."""
    return heat_ratio_of(
        heat_ratio_method,
        product,
        supplied=monthly_heat_supplied,
        from_turbine=monthly_turbine_heat_supplied,
        turbine=monthly_turbine_heat,
        boiler=monthly_boiler_heat,
        coal=monthly_standard_coal,
        coal_for_heat=monthly_coal_for_heat,
        fuel=monthly_fossil_heat,
    )


@rule("AG E heat ratio", grain=UNIT_MONTH, unit="1")
def monthly_heat_ratio(
    product,
    heat_ratio_method,
    monthly_heat_supplied,
    monthly_turbine_heat,
    monthly_boiler_heat,
    monthly_standard_coal,
    monthly_coal_for_heat,
    monthly_fossil_heat,
):
    """月供热比 a: Part of the month's heat that was supplied."""
    return heat_ratio_of(
        heat_ratio_method,
        product,
        supplied=monthly_heat_supplied,
        from_turbine=monthly_heat_supplied,
        turbine=monthly_turbine_heat,
        boiler=monthly_boiler_heat,
        coal=monthly_standard_coal,
        coal_for_heat=monthly_coal_for_heat,
        fuel=monthly_fossil_heat,
    )


@rule(
    "SDT-2019 auxiliary",
    "AG-9号 A.11",
    "AG-9号 A.12",
    "AG-9号 A.14",
    "AG-9号 A.15",
    grain=UNIT,
    unit="1",
    name="heat_ratio",
)
def heat_ratio_9(
    product,
    heat_ratio_method,
    monthly_heat_supplied: Total,
    monthly_turbine_heat_supplied: Total,
    monthly_turbine_heat: Total,
    monthly_boiler_heat: Total,
    monthly_standard_coal: Total,
    monthly_coal_for_heat: Total,
    monthly_fossil_heat: Total,
):
    """供热比 a: Part of the year's heat that was supplied, from the sums of the months."""
    return heat_ratio_of(
        heat_ratio_method,
        product,
        supplied=monthly_heat_supplied,
        from_turbine=monthly_turbine_heat_supplied,
        turbine=monthly_turbine_heat,
        boiler=monthly_boiler_heat,
        coal=monthly_standard_coal,
        coal_for_heat=monthly_coal_for_heat,
        fuel=monthly_fossil_heat,
    )


@rule("AG E heat ratio", grain=UNIT, unit="1")
def heat_ratio(
    product,
    heat_ratio_method,
    monthly_heat_supplied: Total,
    monthly_turbine_heat: Total,
    monthly_boiler_heat: Total,
    monthly_standard_coal: Total,
    monthly_coal_for_heat: Total,
    monthly_fossil_heat: Total,
):
    """供热比 a: Part of the year's heat that was supplied, from the sums of the months."""
    return heat_ratio_of(
        heat_ratio_method,
        product,
        supplied=monthly_heat_supplied,
        from_turbine=monthly_heat_supplied,
        turbine=monthly_turbine_heat,
        boiler=monthly_boiler_heat,
        coal=monthly_standard_coal,
        coal_for_heat=monthly_coal_for_heat,
        fuel=monthly_fossil_heat,
    )
