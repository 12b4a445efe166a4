"""Electricity and heat bought less sold, by an NDRC guide. Both count in the total; a net seller has a negative term.

The guides ask for the factor the state published last. Which publication that is, the notices of each year say; so the
enterprise states it, and each is a dated record.
"""

from shutan.kernel import Choice, Choices, Total, rule, when
from shutan.rules.common.grains import ENTERPRISE, HEAT_TRADE
from shutan.rules.common.heat_media import HeatMedium, of_steam, of_water
from shutan.rules.common.purchased import HeatTrade

ElectricityBasis = Choices(
    "ElectricityBasis",
    REGIONAL="区域电网平均排放因子（2012年）|average factor of the regional grid, 2012",
    NATIONAL="年度报告通知规定的全国电网排放因子|national factor of the year's reporting notice",
    ANNOUNCED_AREA="公告的区域或省级电力平均排放因子|announced average factor of the area or province",
)

BASIS = Choice(
    "electricity_basis",
    ElectricityBasis,
    "电力排放因子依据|publication the electricity factor is taken from",
    optional=True,
    required_when="有净购入或净外供电力时|when electricity was bought or sold",
    help="2012年区域因子只按区域发布，四川属华中|the factors of 2012 are by region only; Sichuan belongs to Central China",
    clause="NDRC electricity",
)


@rule("NDRC electricity", grain=ENTERPRISE, unit="MWh")
def net_purchased_electricity(purchased_electricity: Total, sold_electricity: Total):
    """净购入电量: Electricity bought less sold; negative for a net seller, which is lawful."""
    return purchased_electricity - sold_electricity


@rule("NDRC electricity", grain=ENTERPRISE, unit="tCO2/MWh")
def net_electricity_factor(
    electricity_basis, *, regional_grid_factor, reporting_electricity_factor, electricity_factor_by_area
):
    """净购入电力排放因子: The factor of the publication that the enterprise states."""
    return when(
        electricity_basis == ElectricityBasis.REGIONAL,
        regional_grid_factor,
        when(
            electricity_basis == ElectricityBasis.NATIONAL,
            reporting_electricity_factor,
            electricity_factor_by_area,
        ),
    )


@rule("NDRC electricity", grain=ENTERPRISE, unit="tCO2")
def net_electricity_emissions(net_purchased_electricity, net_electricity_factor):
    """净购入电力排放量 E_电: Net electricity times its factor; part of the total."""
    return when(net_purchased_electricity == 0, 0, net_purchased_electricity * net_electricity_factor)


@rule("NDRC heat", grain=HEAT_TRADE, unit="GJ")
def steam_heat(heat_mass, steam_enthalpy, *, cold_water_enthalpy, enthalpy_to_heat):
    """蒸汽热量: Steam above water of 20 °C."""
    return of_steam(heat_mass, steam_enthalpy, cold_water_enthalpy, enthalpy_to_heat)


@rule("NDRC heat", grain=HEAT_TRADE, unit="GJ")
def water_heat(
    heat_mass, water_temperature, *, cold_water_temperature, water_specific_heat, enthalpy_to_heat
):
    """热水热量: Hot water above 20 °C."""
    return of_water(
        heat_mass, water_temperature, cold_water_temperature, water_specific_heat, enthalpy_to_heat
    )


@rule("NDRC heat", grain=HEAT_TRADE, unit="GJ")
def traded_heat(heat_trade, heat_carrier, steam_heat, water_heat):
    """购销热量: Heat of one flow of steam or hot water; what is sold counts against what is bought."""
    heat = when(heat_carrier == HeatMedium.STEAM, steam_heat, water_heat)
    return when(heat_trade == HeatTrade.BOUGHT, heat, -heat)


@rule("NDRC heat", grain=ENTERPRISE, unit="GJ")
def net_purchased_heat(purchased_heat: Total, sold_heat: Total, traded_heat: Total):
    """净购入热量: Heat bought less sold, steam and hot water by their flows too; negative for a net seller, lawfully."""
    return purchased_heat - sold_heat + traded_heat


@rule("NDRC heat", grain=ENTERPRISE, unit="tCO2")
def heat_emissions(net_purchased_heat, *, heat_factor):
    """净购入热力排放量 E_热: Net heat times its factor; part of the total."""
    return net_purchased_heat * heat_factor
