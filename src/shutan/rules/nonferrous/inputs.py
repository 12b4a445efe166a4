"""What a works of other nonferrous metals fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH, MATERIAL, MATERIAL_MONTH
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "3211", BASIS, grid_area_input("NDRC electricity"))


def _amount(name: str, label: str, clause: str, unit: str = "t", symbol: str = "AD") -> Number:
    return Number(name, label, symbol=symbol, unit=unit, places=4, minimum=0, default="0", clause=clause)


def _measured(stem: str, label: str, english: str, clause: str) -> tuple[Choice, Number]:
    return (
        Choice(
            f"{stem}_source",
            NcvSource,
            f"{label}来源|source of {english}",
            default="DEFAULT",
            clause=clause,
        ),
        Number(
            f"{stem}_reported",
            f"{label}（实测）|{english}, measured",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            optional=True,
            required_when=f"{label}为实测值时|when {english} is measured",
            clause=clause,
        ),
    )


REDUCTANT_TABLE = Table(
    "reductants",
    ENTERPRISE_MONTH,
    "还原剂消耗月报|Reductants by month",
    (
        _amount("semi_coke_reductant", "还原剂蓝炭用量|semi-coke as reductant", "NFM reductant"),
        _amount("coke_reductant", "还原剂焦炭用量|coke as reductant", "NFM reductant"),
        _amount("anthracite_reductant", "还原剂无烟煤用量|anthracite as reductant", "NFM reductant"),
        _amount(
            "gas_reductant",
            "还原剂天然气用量|natural gas as reductant",
            "NFM reductant",
            unit="10⁴Nm³",
        ),
    ),
    keys=("月份|month",),
    help="作还原剂的能源填入本表，不再填入化石燃料|energy used as reductant stands here and not among the fuels",
    optional=True,
)

MATERIAL_TABLE = Table(
    "materials",
    MATERIAL,
    "碳酸盐原料|Carbonate raw materials",
    (Choice("carbonate", Carbonate, "碳酸盐种类|kind of carbonate", clause="NFM carbonate"),),
    keys=("原料|material",),
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
            symbol="AD",
            unit="t",
            places=4,
            minimum=0,
            clause="NFM carbonate",
        ),
        *_measured("carbonate_purity", "碳酸盐原料纯度", "the purity of the carbonate", "NFM carbonate"),
    ),
    keys=("原料|material", "月份|month"),
    help="缺省因子按收到的原料计，已含杂质；实测纯度时乘以纯碳酸盐因子|a default counts the material as received; a measured purity takes the factor of the pure carbonate",
    optional=True,
)

OXALIC_TABLE = Table(
    "oxalic_acid",
    ENTERPRISE_MONTH,
    "草酸消耗月报|Oxalic acid by month",
    (
        _amount("oxalic_acid_consumption", "草酸消耗量|oxalic acid used", "NFM oxalic"),
        *_measured("oxalic_purity", "草酸浓度", "the concentration of oxalic acid", "NFM oxalic"),
    ),
    keys=("月份|month",),
    optional=True,
)

SUPPLEMENT_TABLE = Table(
    "supplement",
    ENTERPRISE,
    "补充数据表（铜冶炼）|Supplementary data, copper smelting",
    (
        Number(
            "supplement_fuel_emissions",
            "补充数据核算边界内燃料燃烧排放量|emissions of fuel within the supplementary boundary",
            unit="tCO2",
            places=4,
            minimum=0,
            default="0",
            clause="NFM supplement",
        ),
        Number(
            "supplement_electricity",
            "补充数据核算边界内净购入电量|net electricity within the supplementary boundary",
            unit="MWh",
            places=4,
            default="0",
            clause="NFM supplement",
        ),
        Number(
            "supplement_heat",
            "补充数据核算边界内净购入热量|net heat within the supplementary boundary",
            unit="GJ",
            places=4,
            default="0",
            clause="NFM supplement",
        ),
        Number(
            "blister_copper_output",
            "粗铜产量|output of blister copper",
            unit="t",
            places=4,
            minimum=0,
            optional=True,
            clause="NFM supplement",
        ),
    ),
    help="补充数据表的边界小于企业法人边界，二者不相等|the boundary of this table is narrower than the legal person's",
    optional=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    REDUCTANT_TABLE,
    MATERIAL_TABLE,
    MATERIAL_MONTH_TABLE,
    OXALIC_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
    SUPPLEMENT_TABLE,
)
