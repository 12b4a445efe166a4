"""What a chemical works fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.chemical.choices import CarbonRole, ChemicalMaterial
from shutan.rules.chemical.grains import CARBONATE_USE, CARBONATE_USE_MONTH
from shutan.rules.chemical.nitrous_inputs import ADIPIC_TABLE, NITRIC_TABLE
from shutan.rules.chemical.supplement_inputs import STREAM_TABLE, WORKSHOP_TABLE
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import MATERIAL, MATERIAL_MONTH, WORKS_FUEL_MONTH
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import CONSUMPTION, FUEL_TABLE, PROPERTIES
from shutan.rules.common.ndrc_recovery import RECOVERY_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "2614", BASIS, grid_area_input("NDRC electricity"))

# The guide keeps fuel that is burned apart from fuel that is raw material; both have the same heat and carbon.
FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "化石燃料消耗月报|Fossil fuels by month",
    (
        CONSUMPTION,
        Number(
            "feedstock_use",
            "用作原料的燃料量|fuel used as raw material",
            symbol="AD_r",
            unit="fuel_unit",
            places=4,
            minimum=0,
            default="0",
            help="不含燃烧的部分；只作原料的燃料，消耗量填0|without what is burned; a fuel that is raw material only has consumption 0",
            clause="CHM raw material",
        ),
        *PROPERTIES,
    ),
    keys=("燃料|fuel", "月份|month"),
)

MATERIAL_TABLE = Table(
    "materials",
    MATERIAL,
    "含碳原料、产品和输出物|Materials and products that carry carbon",
    (
        Choice(
            "chemical_material", ChemicalMaterial, "含碳物料品种|kind of material", clause="CHM raw material"
        ),
        Choice("carbon_role", CarbonRole, "碳流向|where its carbon goes", clause="CHM raw material"),
    ),
    keys=("物料|material",),
    help="作原料的化石燃料填在燃料表|fossil fuel used as raw material is filled in with the fuels",
    optional=True,
)

MATERIAL_MONTH_TABLE = Table(
    "material_months",
    MATERIAL_MONTH,
    "含碳物料月报|Materials that carry carbon by month",
    (
        Number(
            "carbon_material_amount",
            "含碳物料投入量或产出量|amount put in or made",
            symbol="AD",
            unit="t",
            places=4,
            minimum=0,
            clause="CHM raw material",
        ),
        Choice(
            "material_carbon_source",
            NcvSource,
            "含碳物料含碳量来源|source of the carbon content",
            default="DEFAULT",
            clause="CHM raw material",
        ),
        Number(
            "material_carbon_reported",
            "含碳物料含碳量（实测，0–1）|carbon content, measured, 0 to 1",
            symbol="CC",
            unit="tC/t",
            places=6,
            minimum=0,
            maximum=1,
            optional=True,
            required_when="含碳量为实测值时|when the carbon content is measured",
            clause="CHM raw material",
        ),
    ),
    keys=("物料|material", "月份|month"),
    optional=True,
)

CARBONATE_TABLE = Table(
    "carbonates",
    CARBONATE_USE,
    "过程中分解的碳酸盐|Carbonates that decompose in processes",
    (Choice("carbonate", Carbonate, "碳酸盐种类|kind of carbonate", clause="CHM carbonate"),),
    keys=("碳酸盐用途|carbonate in use",),
    help="作原料、助熔剂或脱硫剂的碳酸盐|carbonates as raw material, flux or for desulphurisation",
    optional=True,
)

CARBONATE_MONTH_TABLE = Table(
    "carbonate_months",
    CARBONATE_USE_MONTH,
    "碳酸盐消耗月报|Carbonates by month",
    (
        Number(
            "carbonate_use_amount",
            "过程碳酸盐消耗量|carbonate used in processes",
            symbol="AD",
            unit="t",
            places=4,
            minimum=0,
            clause="CHM carbonate",
        ),
        Number(
            "process_carbonate_purity",
            "过程碳酸盐纯度|purity of the carbonate",
            symbol="PUR",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            default="100",
            clause="CHM carbonate",
        ),
    ),
    keys=("碳酸盐用途|carbonate in use", "月份|month"),
    optional=True,
)


TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    MATERIAL_TABLE,
    MATERIAL_MONTH_TABLE,
    CARBONATE_TABLE,
    CARBONATE_MONTH_TABLE,
    NITRIC_TABLE,
    ADIPIC_TABLE,
    RECOVERY_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
    WORKSHOP_TABLE,
    STREAM_TABLE,
)
