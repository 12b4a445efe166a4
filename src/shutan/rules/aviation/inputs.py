"""What an airline or airport fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.aviation.choices import FuelUse
from shutan.rules.aviation.grains import USE, USE_FUEL_MONTH
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.grains import ENTERPRISE, WORKS_FUEL_MONTH
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import CONSUMPTION, FUEL_TABLE, PROPERTIES
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "5611", BASIS, grid_area_input("NDRC electricity"))

USE_TABLE = Table(
    "uses",
    USE,
    "用能分项|What fuel is used for",
    (Choice("use_kind", FuelUse, "分项类别|kind of use", clause="AVI scope"),),
    keys=("分项|use",),
    help="国内航班、国际航班分行；机场另有地面移动源和固定源|domestic and international flights on rows of their own; ground vehicles and stationary sources too",
)

FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "燃料热值等月报|Heat and carbon of fuels by month",
    PROPERTIES,
    keys=("燃料|fuel", "月份|month"),
    help="全部采用缺省值的燃料无需填写|leave out fuels whose figures are all defaults",
    optional=True,
)

USE_FUEL_TABLE = Table(
    "use_fuel_months",
    USE_FUEL_MONTH,
    "燃料消耗月报|Fuel by use and month",
    (
        CONSUMPTION,
        Number(
            "blended_biomass",
            "混合燃料中生物质含量|share of biomass in a blended fuel",
            symbol="BF",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            default="0",
            clause="AVI blend",
        ),
    ),
    keys=("分项|use", "燃料|fuel", "月份|month"),
)

AIRPORT_TABLE = Table(
    "airport",
    ENTERPRISE,
    "机场补充数据|Airport: supplementary data",
    (
        Number(
            "airport_throughput",
            "吞吐量|throughput",
            unit="t",
            places=4,
            minimum=0,
            default="0",
            clause="AVI airport",
        ),
        Number(
            "terminal_area",
            "航站楼建筑面积|floor area of terminals",
            unit="m^2",
            places=2,
            minimum=0,
            optional=True,
            clause="AVI area",
        ),
        Number(
            "office_area",
            "办公建筑面积|floor area of offices",
            unit="m^2",
            places=2,
            minimum=0,
            optional=True,
            clause="AVI area",
        ),
    ),
    help="航空公司无需填写|an airline leaves this empty",
    optional=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    USE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    USE_FUEL_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
    AIRPORT_TABLE,
)
