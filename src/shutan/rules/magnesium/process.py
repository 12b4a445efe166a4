"""What a magnesium smelter emits beside its fuel: its own ferrosilicon, calcined dolomite; and the total."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH

# -- ferrosilicon: what is bought was counted where it was made ------------------------------------------------------


@rule("MAG ferrosilicon", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_ferrosilicon_emissions(own_ferrosilicon, *, ferrosilicon_factor):
    """月自产硅铁排放量: Ferrosilicon the works made in one month times its factor; purchased ferrosilicon counts nothing."""
    return own_ferrosilicon * ferrosilicon_factor


@rule("MAG ferrosilicon", grain=ENTERPRISE, unit="t")
def annual_own_ferrosilicon(own_ferrosilicon: Total):
    """年自产硅铁产量 P_FeSi: Ferrosilicon the works made in the year."""
    return own_ferrosilicon


@rule("MAG ferrosilicon", grain=ENTERPRISE, unit="t")
def annual_purchased_ferrosilicon(purchased_ferrosilicon: Total):
    """年外购硅铁使用量: Purchased ferrosilicon of the year, for the record."""
    return purchased_ferrosilicon


@rule("MAG ferrosilicon", grain=ENTERPRISE, unit="tCO2")
def ferrosilicon_emissions(monthly_ferrosilicon_emissions: Total):
    """自产硅铁消耗还原剂排放量 E_原材料: Own ferrosilicon of the year, the sum of its months."""
    return monthly_ferrosilicon_emissions


# -- dolomite --------------------------------------------------------------------------------------------------------


@rule("MAG dolomite", grain=ENTERPRISE_MONTH, unit="%")
def dolomite_purity(dolomite_purity_source, dolomite_purity_reported, *, default_dolomite_purity):
    """白云石纯度 D: Measured, or the guide's default."""
    return when(
        dolomite_purity_source == NcvSource.DEFAULT, default_dolomite_purity, dolomite_purity_reported
    )


@rule("MAG dolomite", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_dolomite_emissions(dolomite_consumption, dolomite_purity, *, pure_dolomite_factor):
    """月白云石煅烧排放量: Dolomite calcined in one month times its purity times the factor of pure dolomite."""
    return dolomite_consumption * dolomite_purity / 100 * pure_dolomite_factor


@rule("MAG dolomite", grain=ENTERPRISE, unit="t")
def annual_dolomite_consumption(dolomite_consumption: Total):
    """年白云石原料消耗量 AD: Dolomite calcined in the year."""
    return dolomite_consumption


@rule("MAG dolomite", grain=ENTERPRISE, unit="tCO2")
def dolomite_emissions(monthly_dolomite_emissions: Total):
    """白云石煅烧分解排放量 E_过程: Dolomite of the year, the sum of its months."""
    return monthly_dolomite_emissions


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("MAG total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    ferrosilicon_emissions,
    dolomite_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, own ferrosilicon, dolomite, net electricity and net heat."""
    return (
        fuel_combustion_emissions
        + ferrosilicon_emissions
        + dolomite_emissions
        + net_electricity_emissions
        + heat_emissions
    )
