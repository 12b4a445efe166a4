"""Fuels: what they are, how much was bought and sold, and where in the works they went (tables C.3 and C.4)."""

from shutan.kernel import Choice, Number, Table, Text
from shutan.rules.common.fuels import Detail, NcvSource, YesNo
from shutan.rules.common.grains import FUEL, FUEL_MONTH, PROCESS_FUEL_MONTH, WORKS_FUEL_MONTH, WORKS_FUEL_TEST
from shutan.rules.common.industrial_fuels import FuelOrigin, IndustrialFuel

FUEL_TABLE = Table(
    "fuels",
    FUEL,
    "燃料|Fuels",
    (
        Choice("fuel_kind", IndustrialFuel, "燃料品种|kind of fuel", clause="SG A.1"),
        Choice(
            "fuel_procurement",
            FuelOrigin,
            "外购或自产|bought or own",
            default=FuelOrigin.PURCHASED,
            clause="SG 6.2.1",
        ),
        Choice(
            "fuel_ncv_source",
            NcvSource,
            "低位发热量取值方式（年内不变）|source of calorific value, one for the year",
            default=NcvSource.DEFAULT,
            clause="SG 6.2.2",
        ),
        Choice(
            "fuel_direct_meter",
            YesNo,
            "是否配备直接计量器具|metered directly",
            default=YesNo.YES,
            clause="SG 6.2.1.4",
        ),
        Text("fuel_ledger", "数据来源（台账名称）|ledger", optional=True, clause="SG 10.2.1 b"),
        Text(
            "fuel_kind_proof",
            "煤种证明（合同、结算、验收、检测）|papers that prove the kind of coal",
            optional=True,
            clause="SG 6.2.2.1",
        ),
    ),
    keys=("燃料|fuel",),
    help="外购与自产的同种燃料分行填报|bought and own fuel of one kind stand on rows of their own",
)


def _amount(name: str, label: str, hint: str = "", default: str | None = "0", **more: object) -> Number:
    return Number(
        name,
        label,
        unit="fuel_unit",
        places=2,
        minimum=0,
        default=default,
        clause="SG 6.2.1",
        help=hint,
        **more,
    )


FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "企业层级燃料月报|Fuels of the works by month",
    (
        _amount(
            "fuel_purchased",
            "购入量|bought",
            default=None,
            optional=True,
            required_when="外购燃料|for fuel that is bought",
        ),
        _amount("fuel_opening_stock", "期初库存|opening stock"),
        _amount("fuel_closing_stock", "期末库存|closing stock"),
        _amount(
            "fuel_sold",
            "外销量|sold",
            "自产焦炭、煤气外销填此列；用作甲醇等原料的焦炉煤气视为外销|own coke and gas sold; coke-oven gas used to make methanol counts as sold",
        ),
        _amount("fuel_to_listed_units", "纳入发电行业管理的机组用量|used by units on the power list"),
        _amount(
            "fuel_left_out",
            "点火助燃、运输、附属系统用量（有直接计量方可扣除）|left out: ignition, transport, attached systems, only if metered directly",
        ),
        Number(
            "ncv_reported",
            "低位发热量（月）|calorific value of the month",
            symbol="NCV",
            unit="GJ/fuel_unit",
            places=3,
            minimum=0,
            optional=True,
            required_when="低位发热量为实测且填报月度值时|when measured and given by month",
            clause="SG 6.2.2",
        ),
        Choice(
            "ncv_detail",
            Detail,
            "低位发热量数据形式|calorific value: monthly value or sheet of tests",
            default=Detail.MONTHLY_VALUE,
            clause="SG 6.2.2.3",
        ),
        Number(
            "fuel_moisture",
            "收到基水分（月均）|received moisture, mean of the month",
            unit="%",
            places=2,
            minimum=0,
            maximum=100,
            optional=True,
            required_when="外购固体燃料|for solid fuel that is bought",
            clause="SG C.6",
        ),
    ),
    keys=("燃料|fuel", "月份|month"),
)

FUEL_TEST_TABLE = Table(
    "fuel_tests",
    WORKS_FUEL_TEST,
    "低位发热量检测（逐批、逐次）|Tests of calorific value by batch or analysis",
    (
        Number(
            "test_amount",
            "批次量|amount of the batch",
            unit="fuel_unit",
            places=2,
            minimum=0,
            optional=True,
            required_when="固体燃料|for solid fuel",
            clause="SG 6.2.2.3",
        ),
        Number(
            "test_ncv",
            "收到基低位发热量|calorific value, received",
            unit="GJ/fuel_unit",
            places=3,
            minimum=0,
            clause="SG 6.2.2.3",
        ),
        Text(
            "test_report_number",
            "检测报告编号（CMA/CNAS）|number of the test report",
            optional=True,
            clause="SG 6.2.2",
        ),
    ),
    keys=("燃料|fuel", "月份|month", "批次|test"),
    optional=True,
)

PROCESS_FUEL_TABLE = Table(
    "process_fuel_months",
    PROCESS_FUEL_MONTH,
    "工序燃料月报|Fuels of the processes by month",
    (
        Number(
            "process_fuel_input",
            "输入量|into the process",
            symbol="FC_m",
            unit="fuel_unit",
            places=2,
            minimum=0,
            default="0",
            clause="SG 7.1.2",
        ),
        Number(
            "process_fuel_output",
            "输出量|out of the process",
            symbol="FC_w",
            unit="fuel_unit",
            places=2,
            minimum=0,
            default="0",
            clause="SG 7.1.2",
        ),
    ),
    keys=("工序|process", "燃料|fuel", "月份|month"),
    optional=True,
)

UNIT_FUEL_TABLE = Table(
    "unit_fuel_months",
    FUEL_MONTH,
    "发电设施燃料月报|Fuels of the power units by month",
    (
        Number(
            "unit_fuel_consumption",
            "消耗量|consumption",
            symbol="FC",
            unit="fuel_unit",
            places=2,
            minimum=0,
            clause="SG 7.2.2",
        ),
    ),
    keys=("机组|unit", "燃料|fuel", "月份|month"),
    optional=True,
)
