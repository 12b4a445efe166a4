"""What a flat-glass works fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE_MONTH, MATERIAL, MATERIAL_MONTH
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "3041", BASIS, grid_area_input("NDRC electricity"))

MATERIAL_TABLE = Table(
    "materials",
    MATERIAL,
    "碳酸盐原料|Carbonate raw materials",
    (Choice("carbonate", Carbonate, "碳酸盐种类|kind of carbonate", clause="GLS carbonate"),),
    keys=("原料|material",),
    help="含几种碳酸盐的原料按碳酸盐分行；碎玻璃不产生过程排放，不填|a row for each carbonate a material holds; cullet emits nothing and is left out",
    optional=True,
)

MATERIAL_MONTH_TABLE = Table(
    "material_months",
    MATERIAL_MONTH,
    "碳酸盐原料消耗月报|Carbonate raw materials by month",
    (
        Number(
            "carbonate_material_consumption",
            "碳酸盐原料消耗量|raw material used",
            symbol="M",
            unit="t",
            places=4,
            minimum=0,
            clause="GLS carbonate",
        ),
        Number(
            "carbonate_mass_share",
            "碳酸盐质量分数（纯度）|mass share of the carbonate, purity",
            symbol="MF",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            clause="GLS carbonate",
        ),
        Choice(
            "calcination_source",
            NcvSource,
            "煅烧比例来源|source of the calcined share",
            default="DEFAULT",
            clause="GLS carbonate",
        ),
        Number(
            "calcination_reported",
            "煅烧比例（实测）|calcined share, measured",
            symbol="F",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            optional=True,
            required_when="煅烧比例为实测值时|when the calcined share is measured",
            clause="GLS carbonate",
        ),
    ),
    keys=("原料|material", "月份|month"),
    optional=True,
)

POWDER_TABLE = Table(
    "carbon_powder",
    ENTERPRISE_MONTH,
    "碳粉消耗月报|Carbon powder by month",
    (
        Number(
            "powder_consumption",
            "碳粉消耗量|carbon powder used",
            symbol="Q_c",
            unit="t",
            places=4,
            minimum=0,
            clause="GLS powder",
        ),
        Choice(
            "powder_carbon_source",
            NcvSource,
            "碳粉含碳量来源|source of the powder's carbon content",
            default="DEFAULT",
            clause="GLS powder",
        ),
        Number(
            "powder_carbon_reported",
            "碳粉含碳量（实测，0–1）|carbon content of the powder, measured, 0 to 1",
            symbol="C_c",
            unit="tC/t",
            places=4,
            minimum=0,
            maximum=1,
            optional=True,
            required_when="碳粉含碳量为实测值时|when the carbon content is measured",
            clause="GLS powder",
        ),
    ),
    keys=("月份|month",),
    optional=True,
    nil_when_empty=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    MATERIAL_TABLE,
    MATERIAL_MONTH_TABLE,
    POWDER_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
)
