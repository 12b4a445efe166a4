"""What a ceramics works fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, MATERIAL_MONTH
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "3071", BASIS, grid_area_input("NDRC electricity"))


def _share(name: str, label: str, symbol: str) -> Number:
    return Number(
        name, label, symbol=symbol, unit="%", places=4, minimum=0, maximum=100, clause="CER process"
    )


MATERIAL_MONTH_TABLE = Table(
    "raw_materials",
    MATERIAL_MONTH,
    "陶瓷原料消耗月报|Ceramic raw materials by month",
    (
        Number(
            "raw_material_consumption",
            "陶瓷原料消耗量|ceramic raw material used",
            symbol="M",
            unit="t",
            places=4,
            minimum=0,
            clause="CER process",
        ),
        _share("calcium_carbonate_share", "原料碳酸钙质量分数|mass share of calcium carbonate", "C_CaCO3"),
        _share(
            "magnesium_carbonate_share", "原料碳酸镁质量分数|mass share of magnesium carbonate", "C_MgCO3"
        ),
        Choice(
            "utilisation_source",
            NcvSource,
            "原料利用率来源|source of the utilisation ratio",
            default="DEFAULT",
            clause="CER process",
        ),
        Number(
            "utilisation_reported",
            "原料利用率（实测）|utilisation ratio, measured",
            symbol="η",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            optional=True,
            required_when="原料利用率为实测值时|when the utilisation ratio is measured",
            clause="CER process",
        ),
    ),
    keys=("原料|material", "月份|month"),
    help="质量分数以百分数计|shares are in percent",
    optional=True,
)

SUPPLEMENT_TABLE = Table(
    "supplement",
    ENTERPRISE,
    "补充数据表（卫生陶瓷）|Supplementary data, sanitary ware",
    (
        Number(
            "supplement_fuel_emissions",
            "补充数据核算边界内燃料燃烧排放量|emissions of fuel within the supplementary boundary",
            unit="tCO2",
            places=4,
            minimum=0,
            default="0",
            clause="CER supplement",
        ),
        Number(
            "supplement_electricity",
            "补充数据核算边界内净购入电量|net electricity within the supplementary boundary",
            unit="MWh",
            places=4,
            default="0",
            clause="CER supplement",
        ),
        Number(
            "sanitary_output",
            "卫生陶瓷产品产量|output of sanitary ware",
            unit="t",
            places=4,
            minimum=0,
            optional=True,
            clause="CER supplement",
        ),
    ),
    help="补充数据表的边界小于企业法人边界，二者不相等|the boundary of this table is narrower than the legal person's",
    optional=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    MATERIAL_MONTH_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
    SUPPLEMENT_TABLE,
)
