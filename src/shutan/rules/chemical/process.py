"""CO2 of chemical processes: the carbon balance of raw materials, and carbonates."""

from shutan.kernel import CO2_PER_C, Total, rule, when
from shutan.rules.chemical.choices import CarbonRole
from shutan.rules.chemical.grains import CARBONATE_USE, CARBONATE_USE_MONTH
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import (
    ENTERPRISE,
    FUEL,
    MATERIAL,
    MATERIAL_MONTH,
    WORKS_FUEL_MONTH,
)

# -- carbon balance of raw materials -----------------------------------------------------------------------------------


@rule("CHM raw material", grain=WORKS_FUEL_MONTH, unit="tC")
def monthly_feedstock_carbon(feedstock_use, ncv_ar, carbon_per_heat):
    """月原料用燃料含碳: All carbon of a fuel used as raw material; nothing stays unburned in a balance."""
    return when(feedstock_use == 0, 0, feedstock_use * ncv_ar * carbon_per_heat)


@rule("CHM raw material", grain=FUEL, unit="fuel_unit")
def annual_feedstock_use(feedstock_use: Total):
    """年用作原料的燃料量 AD_r: One fuel used as raw material in the year."""
    return feedstock_use


@rule("CHM raw material", grain=FUEL, unit="tC")
def annual_feedstock_carbon(monthly_feedstock_carbon: Total):
    """年原料用燃料含碳: Carbon of one fuel used as raw material in the year."""
    return monthly_feedstock_carbon


@rule("CHM raw material", grain=MATERIAL_MONTH, unit="tC/t")
def material_carbon_content(material_carbon_source, material_carbon_reported, *, default_material_carbon):
    """含碳物料含碳量 CC: Measured, or the guide's default."""
    return when(
        material_carbon_source == NcvSource.DEFAULT, default_material_carbon, material_carbon_reported
    )


@rule("CHM raw material", grain=MATERIAL_MONTH, unit="tC")
def monthly_material_carbon(carbon_material_amount, material_carbon_content):
    """月含碳物料含碳: Carbon of one material in one month, going in or coming out."""
    return when(carbon_material_amount == 0, 0, carbon_material_amount * material_carbon_content)


@rule("CHM raw material", grain=MATERIAL, unit="t")
def annual_carbon_material(carbon_material_amount: Total):
    """年含碳物料投入量或产出量 AD: One material in the year."""
    return carbon_material_amount


@rule("CHM raw material", grain=MATERIAL, unit="tC")
def annual_material_carbon(monthly_material_carbon: Total):
    """年含碳物料含碳: Carbon of one material in the year."""
    return monthly_material_carbon


@rule("CHM raw material", grain=MATERIAL, unit="tC")
def material_carbon_in(annual_material_carbon, carbon_role):
    """物料输入碳: Carbon of a material that goes in, else nothing."""
    return when(carbon_role == CarbonRole.INPUT, annual_material_carbon, 0)


@rule("CHM raw material", grain=MATERIAL, unit="tC")
def material_carbon_out(annual_material_carbon, carbon_role):
    """物料输出碳: Carbon of a product or residue, else nothing."""
    return when(carbon_role == CarbonRole.INPUT, 0, annual_material_carbon)


@rule("CHM raw material", grain=ENTERPRISE, unit="tC")
def carbon_in(annual_feedstock_carbon: Total, material_carbon_in: Total):
    """原料输入碳合计 ΣAD×CC: Carbon of all raw materials, fuels among them."""
    return annual_feedstock_carbon + material_carbon_in


@rule("CHM raw material", grain=ENTERPRISE, unit="tC")
def carbon_out(material_carbon_out: Total):
    """产品和输出物含碳合计 ΣY×CC+ΣW×CC: Carbon of all products and other outputs."""
    return material_carbon_out


@rule("CHM raw material", grain=ENTERPRISE, unit="tCO2")
def carbon_balance_emissions(carbon_in, carbon_out):
    """原料碳平衡排放量 E_原料: Carbon that went in and did not come out, as CO2."""
    return (carbon_in - carbon_out) * CO2_PER_C


# -- carbonates --------------------------------------------------------------------------------------------------------


@rule("CHM carbonate", grain=CARBONATE_USE_MONTH, unit="tCO2")
def monthly_carbonate_use_emissions(carbonate_use_amount, process_carbonate_purity, *, carbonate_factor):
    """月过程碳酸盐分解排放量: One carbonate in one month times its purity and factor."""
    return carbonate_use_amount * carbonate_factor * process_carbonate_purity / 100


@rule("CHM carbonate", grain=CARBONATE_USE, unit="t")
def annual_carbonate_use(carbonate_use_amount: Total):
    """年过程碳酸盐消耗量 AD: One carbonate in the year."""
    return carbonate_use_amount


@rule("CHM carbonate", grain=CARBONATE_USE, unit="tCO2")
def annual_carbonate_use_emissions(monthly_carbonate_use_emissions: Total):
    """年过程碳酸盐分解排放量: One carbonate in the year, the sum of its months."""
    return monthly_carbonate_use_emissions


@rule("CHM carbonate", grain=ENTERPRISE, unit="tCO2")
def process_carbonate_emissions(annual_carbonate_use_emissions: Total):
    """碳酸盐使用过程排放量 E_碳酸盐: All carbonates of the year."""
    return annual_carbonate_use_emissions


@rule("CHM process", grain=ENTERPRISE, unit="tCO2")
def process_carbon_dioxide(carbon_balance_emissions, process_carbonate_emissions):
    """工业生产过程二氧化碳排放量 E_过程: Raw-material balance and carbonates."""
    return carbon_balance_emissions + process_carbonate_emissions
