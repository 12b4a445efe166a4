"""What a works emits beside its fuel: reductants, carbonates, oxalic acid; and the total."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH, MATERIAL, MATERIAL_MONTH

# -- energy used as reductant ----------------------------------------------------------------------------------------


@rule("NFM reductant", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_reductant_emissions(
    semi_coke_reductant,
    coke_reductant,
    anthracite_reductant,
    gas_reductant,
    *,
    semi_coke_reductant_factor,
    coke_reductant_factor,
    anthracite_reductant_factor,
    gas_reductant_factor,
):
    """月还原剂排放量: Each reductant of one month times its factor."""
    return (
        semi_coke_reductant * semi_coke_reductant_factor
        + coke_reductant * coke_reductant_factor
        + anthracite_reductant * anthracite_reductant_factor
        + gas_reductant * gas_reductant_factor
    )


@rule("NFM reductant", grain=ENTERPRISE, unit="t")
def annual_semi_coke_reductant(semi_coke_reductant: Total):
    """年还原剂蓝炭用量: Semi-coke that reduced ore in the year."""
    return semi_coke_reductant


@rule("NFM reductant", grain=ENTERPRISE, unit="t")
def annual_coke_reductant(coke_reductant: Total):
    """年还原剂焦炭用量: Coke that reduced ore in the year."""
    return coke_reductant


@rule("NFM reductant", grain=ENTERPRISE, unit="t")
def annual_anthracite_reductant(anthracite_reductant: Total):
    """年还原剂无烟煤用量: Anthracite that reduced ore in the year."""
    return anthracite_reductant


@rule("NFM reductant", grain=ENTERPRISE, unit="10⁴Nm³")
def annual_gas_reductant(gas_reductant: Total):
    """年还原剂天然气用量: Natural gas that reduced ore in the year."""
    return gas_reductant


@rule("NFM reductant", grain=ENTERPRISE, unit="tCO2")
def reductant_emissions(monthly_reductant_emissions: Total):
    """能源作为还原剂排放量 E_原材料: All reductants of the year, the sum of its months."""
    return monthly_reductant_emissions


# -- carbonates ------------------------------------------------------------------------------------------------------


@rule("NFM carbonate", grain=MATERIAL_MONTH, unit="tCO2/t")
def carbonate_factor_used(
    carbonate_purity_source, carbonate_purity_reported, *, received_carbonate_factor, carbonate_factor
):
    """碳酸盐原料排放因子 EF: The guide's default of the material as received, or measured purity times the pure factor."""
    return when(
        carbonate_purity_source == NcvSource.DEFAULT,
        received_carbonate_factor,
        carbonate_purity_reported / 100 * carbonate_factor,
    )


@rule("NFM carbonate", grain=MATERIAL_MONTH, unit="tCO2")
def monthly_decomposition_emissions(carbonate_material_consumption, carbonate_factor_used):
    """月原料碳酸盐分解排放量: Carbonate material of one month times its factor."""
    return carbonate_material_consumption * carbonate_factor_used


@rule("NFM carbonate", grain=MATERIAL, unit="t")
def annual_carbonate_consumption(carbonate_material_consumption: Total):
    """年碳酸盐原料消耗量 AD: One material in the year."""
    return carbonate_material_consumption


@rule("NFM carbonate", grain=MATERIAL, unit="tCO2")
def annual_decomposition_emissions(monthly_decomposition_emissions: Total):
    """年原料碳酸盐分解排放量: One material in the year, the sum of its months."""
    return monthly_decomposition_emissions


@rule("NFM carbonate", grain=ENTERPRISE, unit="tCO2")
def decomposition_emissions(annual_decomposition_emissions: Total):
    """碳酸盐原料分解排放量: All carbonate materials of the year."""
    return annual_decomposition_emissions


# -- oxalic acid -----------------------------------------------------------------------------------------------------


@rule("NFM oxalic", grain=ENTERPRISE_MONTH, unit="%")
def oxalic_purity(oxalic_purity_source, oxalic_purity_reported, *, default_oxalic_purity):
    """草酸浓度: Measured, or the guide's default."""
    return when(oxalic_purity_source == NcvSource.DEFAULT, default_oxalic_purity, oxalic_purity_reported)


@rule("NFM oxalic", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_oxalic_emissions(oxalic_acid_consumption, oxalic_purity, *, oxalic_factor):
    """月草酸分解排放量: Oxalic acid of one month times its concentration times the factor of the pure acid."""
    return oxalic_acid_consumption * oxalic_purity / 100 * oxalic_factor


@rule("NFM oxalic", grain=ENTERPRISE, unit="t")
def annual_oxalic_acid(oxalic_acid_consumption: Total):
    """年草酸消耗量: Oxalic acid of the year."""
    return oxalic_acid_consumption


@rule("NFM oxalic", grain=ENTERPRISE, unit="tCO2")
def oxalic_emissions(monthly_oxalic_emissions: Total):
    """草酸分解排放量: Oxalic acid of the year, the sum of its months."""
    return monthly_oxalic_emissions


# -- the enterprise --------------------------------------------------------------------------------------------------


@rule("NFM total", grain=ENTERPRISE, unit="tCO2")
def nonferrous_process_emissions(decomposition_emissions, oxalic_emissions):
    """有色金属工业生产过程排放量 E_过程: Carbonates and oxalic acid."""
    return decomposition_emissions + oxalic_emissions


@rule("NFM total", grain=ENTERPRISE, unit="tCO2")
def greenhouse_gas_emissions(
    fuel_combustion_emissions,
    reductant_emissions,
    nonferrous_process_emissions,
    net_electricity_emissions,
    heat_emissions,
):
    """企业温室气体排放总量 E: Fuel, reductants, process, net electricity and net heat."""
    return (
        fuel_combustion_emissions
        + reductant_emissions
        + nonferrous_process_emissions
        + net_electricity_emissions
        + heat_emissions
    )
