"""Carbonates, electrodes and bought carbon materials, and the carbon that leaves in products (table C.3)."""

from shutan.kernel import Total, either, rule, when
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH, MATERIAL, MATERIAL_MONTH
from shutan.rules.steel.choices import MaterialGroup, MaterialKind

# -- what comes in -----------------------------------------------------------------------------------------------------


@rule("SG A.2", "SN process", grain=MATERIAL, unit=MaterialGroup)
def material_group(material_kind):
    """原料类别: Carbonate, electrode or other carbon material: a term of its own in the formula."""
    flux = either(material_kind == MaterialKind.LIMESTONE, material_kind == MaterialKind.DOLOMITE)
    return when(
        flux,
        MaterialGroup.FLUX,
        when(material_kind == MaterialKind.ELECTRODE, MaterialGroup.ELECTRODE, MaterialGroup.CARBON_MATERIAL),
    )


@rule("SG A.2", "SN process", grain=MATERIAL, unit="tCO2/t")
def material_factor_used(material_kind, *, material_factor):
    """采用的原料排放因子 EF: The table's factor; a material that it does not list is not counted."""
    return when(material_kind == MaterialKind.NOT_LISTED, 0, material_factor)


@rule("SG F1", "SN process", grain=MATERIAL_MONTH, unit="tCO2", places=2)
def material_emissions(material_amount, material_factor_used):
    """原料排放量: A carbonate, electrode or bought carbon material times its factor."""
    return material_amount * material_factor_used


@rule("SG F1", "SN process", grain=MATERIAL, unit="t")
def annual_material_amount(material_amount: Total):
    """年原料消耗量: What was used in the year."""
    return material_amount


@rule("SG F1", "SN process", grain=MATERIAL, unit="tCO2")
def annual_material_emissions(material_emissions: Total):
    """年原料排放量: One material in the year."""
    return material_emissions


@rule("SG F1", "SN process", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_material_emissions(material_emissions: Total):
    """月原料排放量合计: All materials in one month."""
    return material_emissions


@rule("SG F1", "SN process", grain=MATERIAL, unit="tCO2")
def flux_emissions(material_group, annual_material_emissions):
    """碳酸盐排放量: Emissions of a carbonate, zero for other materials."""
    return when(material_group == MaterialGroup.FLUX, annual_material_emissions, 0)


@rule("SG F1", "SN process", grain=MATERIAL, unit="tCO2")
def electrode_emissions(material_group, annual_material_emissions):
    """电极排放量: Emissions of electrodes, zero for other materials."""
    return when(material_group == MaterialGroup.ELECTRODE, annual_material_emissions, 0)


@rule("SG F1", "SN process", grain=ENTERPRISE, unit="tCO2")
def enterprise_flux_emissions(flux_emissions: Total):
    """碳酸盐排放量合计: All carbonates in the year."""
    return flux_emissions


@rule("SG F1", "SN process", grain=ENTERPRISE, unit="tCO2")
def enterprise_electrode_emissions(electrode_emissions: Total):
    """电极排放量合计: All electrodes in the year."""
    return electrode_emissions


@rule("SG F1", "SN process", grain=ENTERPRISE, unit="tCO2")
def enterprise_material_emissions(monthly_material_emissions: Total):
    """生产过程排放量合计: Carbonates, electrodes and carbon materials in the year."""
    return monthly_material_emissions


# -- what leaves in products -------------------------------------------------------------------------------------------


@rule("SG 6.2.1.3", "SN products", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def crude_steel_carbon(crude_steel_output, *, crude_steel_factor):
    """粗钢隐含排放量: Carbon that stays in all crude steel made."""
    return crude_steel_output * crude_steel_factor


@rule("SG 6.2.1.3", "SN products", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def pig_iron_carbon(pig_iron_sold, *, pig_iron_factor):
    """外销生铁隐含排放量: Carbon in pig iron that is sold."""
    return pig_iron_sold * pig_iron_factor


@rule("SG 6.2.1.3", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def crude_benzol_carbon(crude_benzol_sold, *, crude_benzol_factor):
    """粗苯隐含排放量: Carbon in crude benzol that is sold or processed further."""
    return crude_benzol_sold * crude_benzol_factor


@rule("SG 6.2.1.3", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def tar_carbon(tar_sold, *, tar_factor):
    """焦油隐含排放量: Carbon in tar that is sold or processed further."""
    return tar_sold * tar_factor


@rule("SN products", grain=ENTERPRISE_MONTH, unit="tCO2", places=2)
def methanol_carbon(methanol_output, *, methanol_factor):
    """甲醇隐含排放量: Carbon in methanol, deducted under the guideline of 2013 only."""
    return methanol_output * methanol_factor


@rule("SG 6.2.1.3", "SN products", grain=ENTERPRISE, unit="tCO2")
def annual_crude_steel_carbon(crude_steel_carbon: Total):
    """年粗钢隐含排放量: Carbon in the crude steel of the year."""
    return crude_steel_carbon


@rule("SG 6.2.1.3", "SN products", grain=ENTERPRISE, unit="t")
def annual_pig_iron_sold(pig_iron_sold: Total):
    """年外销生铁: Pig iron sold in the year."""
    return pig_iron_sold


@rule("SG 6.2.1.3", "SN products", grain=ENTERPRISE, unit="tCO2")
def annual_pig_iron_carbon(pig_iron_carbon: Total):
    """年外销生铁隐含排放量: Carbon in the pig iron sold in the year."""
    return pig_iron_carbon


@rule("SG 6.2.1.3", grain=ENTERPRISE, unit="t")
def annual_crude_benzol_sold(crude_benzol_sold: Total):
    """年外销（或深加工）粗苯: Crude benzol sold or processed further in the year."""
    return crude_benzol_sold


@rule("SG 6.2.1.3", grain=ENTERPRISE, unit="tCO2")
def annual_crude_benzol_carbon(crude_benzol_carbon: Total):
    """年粗苯隐含排放量: Carbon in the crude benzol of the year."""
    return crude_benzol_carbon


@rule("SG 6.2.1.3", grain=ENTERPRISE, unit="t")
def annual_tar_sold(tar_sold: Total):
    """年外销（或深加工）焦油: Tar sold or processed further in the year."""
    return tar_sold


@rule("SG 6.2.1.3", grain=ENTERPRISE, unit="tCO2")
def annual_tar_carbon(tar_carbon: Total):
    """年焦油隐含排放量: Carbon in the tar of the year."""
    return tar_carbon


@rule("SN products", grain=ENTERPRISE, unit="tCO2")
def annual_methanol_carbon(methanol_carbon: Total):
    """年甲醇隐含排放量: Carbon in the methanol of the year."""
    return methanol_carbon


@rule("SG F1", grain=ENTERPRISE_MONTH, unit="tCO2")
def monthly_product_carbon(crude_steel_carbon, pig_iron_carbon, crude_benzol_carbon, tar_carbon):
    """月固碳产品隐含排放量: Crude steel made, pig iron, crude benzol and tar sold; nothing else is deducted."""
    return crude_steel_carbon + pig_iron_carbon + crude_benzol_carbon + tar_carbon


@rule("SN products", grain=ENTERPRISE_MONTH, unit="tCO2", name="monthly_product_carbon")
def monthly_product_carbon_ndrc(crude_steel_carbon, pig_iron_carbon, methanol_carbon):
    """月固碳产品隐含排放量: Crude steel, pig iron and methanol under the guideline of 2013."""
    return crude_steel_carbon + pig_iron_carbon + methanol_carbon


@rule("SG F1", "SN products", grain=ENTERPRISE, unit="tCO2")
def product_carbon(monthly_product_carbon: Total):
    """固碳产品隐含排放量: Carbon that left in products in the year."""
    return monthly_product_carbon


@rule("SG 8.1", "SN products", grain=ENTERPRISE, unit="t")
def annual_crude_steel(crude_steel_output: Total):
    """年粗钢产量: Crude steel made in the year."""
    return crude_steel_output
