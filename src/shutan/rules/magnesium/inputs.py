"""What a magnesium smelter fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE_MONTH
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "3217", BASIS, grid_area_input("NDRC electricity"))

FERROSILICON_TABLE = Table(
    "ferrosilicon",
    ENTERPRISE_MONTH,
    "硅铁月报|Ferrosilicon by month",
    (
        Number(
            "own_ferrosilicon",
            "自产硅铁产量|ferrosilicon made by the works itself",
            symbol="P_FeSi",
            unit="t",
            places=4,
            minimum=0,
            default="0",
            clause="MAG ferrosilicon",
        ),
        Number(
            "purchased_ferrosilicon",
            "外购硅铁使用量（不计排放）|purchased ferrosilicon used, without emissions here",
            unit="t",
            places=4,
            minimum=0,
            default="0",
            clause="MAG ferrosilicon",
        ),
    ),
    keys=("月份|month",),
    help="生产硅铁用作还原剂的蓝炭按硅铁产量计，不再填入化石燃料|semi-coke that reduces silica counts through the ferrosilicon it makes, and is not entered as fuel",
    optional=True,
)

DOLOMITE_TABLE = Table(
    "dolomite",
    ENTERPRISE_MONTH,
    "白云石煅烧月报|Calcined dolomite by month",
    (
        Number(
            "dolomite_consumption",
            "白云石原料消耗量|dolomite calcined",
            symbol="AD",
            unit="t",
            places=4,
            minimum=0,
            clause="MAG dolomite",
        ),
        Choice(
            "dolomite_purity_source",
            NcvSource,
            "白云石纯度来源|source of the purity of dolomite",
            default="DEFAULT",
            clause="MAG dolomite",
        ),
        Number(
            "dolomite_purity_reported",
            "白云石纯度（实测）|purity of dolomite, measured",
            symbol="D",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            optional=True,
            required_when="白云石纯度为实测值时|when the purity is measured",
            clause="MAG dolomite",
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
    FERROSILICON_TABLE,
    DOLOMITE_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
)
