"""Electrolysis: carbon of the anodes and perfluorocarbons of the anode effect."""

from shutan.kernel import CO2_PER_C, Total, fraction, rule, when
from shutan.rules.aluminium.choices import AnodeSource, PfcMethod
from shutan.rules.common.grains import PROCESS, PROCESS_MONTH

# -- anodes ----------------------------------------------------------------------------------------------------------


@rule("ALU13 anode", grain=PROCESS_MONTH, unit="t", places=2, name="net_anode_consumption")
def net_anode_consumption_to_2021(
    liquid_aluminium, anode_use_source, anode_use_reported, *, default_anode_use
):
    """炭阳极净耗量 NC: To 2021 aluminium times what a tonne of it uses."""
    use = when(anode_use_source == AnodeSource.MEASURED, anode_use_reported, default_anode_use)
    return liquid_aluminium * use


@rule("ALU24 anode", grain=PROCESS_MONTH, unit="t", places=2)
def net_anode_consumption(gross_anode_consumption, *, anode_loss_rate):
    """炭阳极净耗量 NC: Gross consumption less the butts, a fixed share."""
    return gross_anode_consumption * (100 - anode_loss_rate) / 100


@rule("ALU13 anode", "ALU24 anode", grain=PROCESS_MONTH, unit="%")
def anode_sulphur(anode_source, anode_sulphur_reported, *, default_anode_sulphur):
    """炭阳极含硫量 S: Measured or the default."""
    return when(anode_source == AnodeSource.MEASURED, anode_sulphur_reported, default_anode_sulphur)


@rule("ALU13 anode", "ALU24 anode", grain=PROCESS_MONTH, unit="%")
def anode_ash(anode_source, anode_ash_reported, *, default_anode_ash):
    """炭阳极灰分 A: Measured or the default."""
    return when(anode_source == AnodeSource.MEASURED, anode_ash_reported, default_anode_ash)


@rule("ALU13 anode", "ALU24 anode", grain=PROCESS_MONTH, unit="tCO2", places=2)
def monthly_anode_emissions(net_anode_consumption, anode_sulphur, anode_ash, *, carbon_of_anode_matter):
    """月炭阳极消耗排放量 E_炭阳极: What is neither sulphur nor ash of the anodes used, as CO2."""
    share = (100 - anode_sulphur - anode_ash) / 100
    return net_anode_consumption * share * carbon_of_anode_matter * CO2_PER_C


# -- anode effect ----------------------------------------------------------------------------------------------------


@rule("ALU13 PFC", grain=PROCESS_MONTH, unit="kg/t", name="cf4_factor")
def cf4_factor_to_2021(pfc_method, anode_effect_minutes, *, cf4_slope, default_cf4_factor):
    """四氟化碳排放因子 EF_CF4: To 2021 from the minutes of anode effect, or the default."""
    return when(pfc_method == PfcMethod.ANODE_EFFECT, cf4_slope * anode_effect_minutes, default_cf4_factor)


@rule("ALU24 PFC", grain=PROCESS_MONTH, unit="kg/t", places=3)
def cf4_factor(*, default_cf4_factor):
    """四氟化碳排放因子 EF_CF4: The guide's own figure."""
    return default_cf4_factor


@rule("ALU13 PFC", grain=PROCESS_MONTH, unit="kg/t", name="c2f6_factor")
def c2f6_factor_to_2021(pfc_method, cf4_factor, *, c2f6_by_cf4, default_c2f6_factor):
    """六氟化二碳排放因子 EF_C2F6: To 2021 a share of the other one where minutes are recorded, or the default."""
    return when(pfc_method == PfcMethod.ANODE_EFFECT, cf4_factor * c2f6_by_cf4, default_c2f6_factor)


@rule("ALU24 PFC", grain=PROCESS_MONTH, unit="kg/t", places=4)
def c2f6_factor(*, default_c2f6_factor):
    """六氟化二碳排放因子 EF_C2F6: The guide's own figure."""
    return default_c2f6_factor


@rule("ALU13 PFC", "ALU24 PFC", grain=PROCESS_MONTH, unit="tCO2e", places=2)
def monthly_pfc_emissions(
    liquid_aluminium, cf4_factor, c2f6_factor, *, gwp_cf4, gwp_c2f6, kilograms_of_a_tonne
):
    """月阳极效应排放量 E_PFC: Both perfluorocarbons as CO2 equivalent, by the warming potentials of the guide."""
    return (
        liquid_aluminium * cf4_factor * gwp_cf4 + liquid_aluminium * c2f6_factor * gwp_c2f6
    ) / kilograms_of_a_tonne


# -- the process -----------------------------------------------------------------------------------------------------


@rule("ALU24 process", grain=PROCESS_MONTH, unit="tCO2e")
def monthly_electrolysis_emissions(monthly_anode_emissions, monthly_pfc_emissions):
    """铝电解工序月排放量: Anodes and anode effect of one process in one month, CO2 equivalent."""
    return monthly_anode_emissions + monthly_pfc_emissions


@rule("ALU24 intensity", grain=PROCESS_MONTH, unit="tCO2e/t", places=4)
def monthly_electrolysis_intensity(monthly_electrolysis_emissions, liquid_aluminium):
    """铝电解工序月吨铝排放量: Emissions of one process by its aluminium in one month."""
    return when(liquid_aluminium == 0, 0, fraction(monthly_electrolysis_emissions, liquid_aluminium))


@rule("ALU13 anode", "ALU24 output", grain=PROCESS, unit="t")
def process_liquid_aluminium(liquid_aluminium: Total):
    """铝电解工序铝液产量 P: Liquid aluminium of one process in the year."""
    return liquid_aluminium


@rule("ALU13 anode", "ALU24 anode", grain=PROCESS, unit="t")
def process_net_anode_consumption(net_anode_consumption: Total):
    """铝电解工序炭阳极净耗量 NC: Anodes used by one process in the year."""
    return net_anode_consumption


@rule("ALU13 anode", "ALU24 anode", grain=PROCESS, unit="tCO2")
def process_anode_emissions(monthly_anode_emissions: Total):
    """铝电解工序炭阳极排放量: Anodes of one process in the year, the sum of its months."""
    return monthly_anode_emissions


@rule("ALU13 PFC", "ALU24 PFC", grain=PROCESS, unit="tCO2e")
def process_pfc_emissions(monthly_pfc_emissions: Total):
    """铝电解工序阳极效应排放量: Anode effect of one process in the year, the sum of its months."""
    return monthly_pfc_emissions


@rule("ALU24 process", grain=PROCESS, unit="tCO2e")
def electrolysis_emissions(process_anode_emissions, process_pfc_emissions):
    """铝电解工序排放量 E: Anodes and anode effect of one process in the year, CO2 equivalent."""
    return process_anode_emissions + process_pfc_emissions


@rule("ALU24 intensity", grain=PROCESS, unit="tCO2e/t", places=4)
def electrolysis_intensity(electrolysis_emissions, process_liquid_aluminium):
    """铝电解工序吨铝排放量 I: Emissions of one process by its aluminium in the year."""
    return when(process_liquid_aluminium == 0, 0, fraction(electrolysis_emissions, process_liquid_aluminium))


@rule("ALU24 auxiliary 1", grain=PROCESS, unit="MWh")
def annual_process_ac_electricity(process_ac_electricity: Total):
    """铝电解工序年交流电耗: Alternating current of one process in the year; an auxiliary item."""
    return process_ac_electricity
