"""Continuous monitoring of flue gas (table C.8): daily means. Calculation prevails while monitoring is on trial (9.2 f)."""

from shutan.kernel import Number, Table, Text
from shutan.rules.common.grains import STACK, STACK_DAY


def _about(name: str, label: str) -> Text:
    return Text(name, label, optional=True, clause="SG C.8")


def _daily(
    name: str, label: str, unit: str, *, places: int, minimum: int | None = 0, **bounds: object
) -> Number:
    return Number(name, label, unit=unit, places=places, minimum=minimum, clause="SG C.8", **bounds)


STACK_TABLE = Table(
    "stacks",
    STACK,
    "自动监测排放源|Monitored sources",
    (
        _about("stack_process", "工序|process"),
        _about("stack_number", "排放源编号|number of the source"),
        _about("monitor_maker", "监测设备生产商|maker of the instrument"),
        _about("monitor_model", "监测设备型号|model of the instrument"),
    ),
    keys=("排放源|source",),
    optional=True,
    help="未安装二氧化碳自动监测系统的不填|empty where CO2 is not monitored",
)

STACK_DAY_TABLE = Table(
    "stack_days",
    STACK_DAY,
    "烟气自动监测日平均值|Daily means of monitored sources",
    (
        _daily(
            "stack_dioxide_share", "二氧化碳浓度（体积分数）|CO2 share by volume", "%", places=2, maximum=100
        ),
        _daily(
            "stack_dioxide_content", "二氧化碳标干浓度|CO2 content of the dry standard gas", "g/m³", places=3
        ),
        _daily("stack_velocity", "标干流速|velocity of the dry standard gas", "m/s", places=3),
        _daily("stack_flow", "标干流量（日）|flow of dry standard gas in the day", "10⁴Nm³", places=3),
        _daily("stack_dioxide", "二氧化碳排放量（日）|CO2 of the day", "tCO2", places=3),
        _daily("stack_oxygen", "干基含氧量|oxygen of the dry gas", "%", places=2, maximum=100),
        _daily("stack_temperature", "烟气温度|temperature of the gas", "degC", places=2, minimum=None),
        _daily("stack_moisture", "含湿量|moisture of the gas", "%", places=2, maximum=100),
        _daily("facility_load", "生产设施负荷|load of the facility", "%", places=1),
    ),
    keys=("排放源|source", "月份|month", "日期|day"),
    optional=True,
    help="日期按YYYYMMDD填写；无有效数据的日不填|days as YYYYMMDD; a day without valid data is left out",
)
