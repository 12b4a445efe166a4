"""What a pulp or paper mill fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("NDRC form basic", "2221", BASIS, grid_area_input("NDRC electricity"))

LIMESTONE_TABLE = Table(
    "limestone",
    ENTERPRISE_MONTH,
    "外购石灰石消耗月报|Purchased limestone by month",
    (
        Number(
            "limestone_consumption",
            "外购石灰石消耗量|purchased limestone used",
            symbol="AD",
            unit="t",
            places=4,
            minimum=0,
            clause="PAP limestone",
        ),
        Choice(
            "limestone_factor_source",
            NcvSource,
            "石灰石排放因子来源|source of the factor of limestone",
            default="DEFAULT",
            help="实测值：纯度×碳酸钙排放因子|measured: purity times the factor of calcium carbonate",
            clause="PAP limestone",
        ),
        Number(
            "limestone_purity",
            "石灰石碳酸钙纯度|purity: calcium carbonate in limestone",
            symbol="PUR",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            least_usual="1",
            optional=True,
            required_when="石灰石排放因子为实测值时|when the factor is measured",
            clause="PAP limestone",
        ),
    ),
    keys=("月份|month",),
    optional=True,
    nil_when_empty=True,
)

TREATMENT_TABLE = Table(
    "waste_water_treatment",
    ENTERPRISE,
    "废水厌氧处理系统|Anaerobic treatment of waste water",
    (
        Choice(
            "methane_correction_source",
            NcvSource,
            "甲烷修正因子来源|source of the methane correction factor",
            default="DEFAULT",
            help="一家企业一个数值，不按月变化|one value for the enterprise, the same in every month",
            clause="PAP methane",
        ),
        Number(
            "methane_correction_reported",
            "甲烷修正因子（实测，0–1）|methane correction factor, measured, 0 to 1",
            symbol="MCF",
            unit="1",
            places=4,
            minimum=0,
            maximum=1,
            optional=True,
            required_when="甲烷修正因子为实测值时|when the methane correction factor is measured",
            clause="PAP methane",
        ),
    ),
    optional=True,
)


def _measured(name: str, label: str, unit: str, clause: str, symbol: str, **more: object) -> Number:
    return Number(name, label, unit=unit, places=4, minimum=0, clause=clause, symbol=symbol, **more)


WASTE_WATER_TABLE = Table(
    "waste_water",
    ENTERPRISE_MONTH,
    "厌氧处理废水月报|Waste water treated anaerobically by month",
    (
        _measured("waste_water_volume", "厌氧处理废水量|waste water treated", "m^3", "PAP organic", "W"),
        _measured(
            "inlet_demand",
            "进口化学需氧量浓度|chemical oxygen demand at the inlet",
            "kg/m^3",
            "PAP organic",
            "COD_in",
        ),
        _measured(
            "outlet_demand",
            "出口化学需氧量浓度|chemical oxygen demand at the outlet",
            "kg/m^3",
            "PAP organic",
            "COD_out",
        ),
        _measured(
            "sludge_demand",
            "以污泥方式清除的有机物（以COD计）|organic matter removed as sludge, as COD",
            "kg",
            "PAP methane",
            "S",
            default="0",
        ),
        _measured(
            "recovered_methane",
            "甲烷回收量|methane recovered",
            "kg",
            "PAP methane",
            "R",
            default="0",
        ),
    ),
    keys=("月份|month",),
    help="浓度以 kg/m³ 计，1000 mg/L＝1 kg/m³|concentrations in kg/m³; 1000 mg/L are 1 kg/m³",
    optional=True,
    nil_when_empty=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    LIMESTONE_TABLE,
    TREATMENT_TABLE,
    WASTE_WATER_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
)
