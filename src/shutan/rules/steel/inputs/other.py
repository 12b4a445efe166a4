"""Meters, training and what allocation needs beyond the annual report."""

from shutan.kernel import Choice, Date, Number, Table, Text
from shutan.rules.common.allocation_inputs import PROVINCIAL_SHARE, on_key_unit_list
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, METER, TRAINING
from shutan.rules.steel import choices


def _text(name: str, label: str) -> Text:
    return Text(name, label, optional=True, clause="SG C.7")


METER_TABLE = Table(
    "meters",
    METER,
    "计量器具|Meters",
    (
        _text("meter_name", "名称|name"),
        _text("meter_model", "型号|model"),
        _text("meter_place", "安装位置|place"),
        Choice(
            "meter_check", choices.MeterCheck, "自校或外检|calibrated by", default="OUTSIDE", clause="SG C.7"
        ),
        Date("meter_checked_on", "检定（校准）日期|calibrated on", optional=True, clause="SG C.7"),
    ),
    keys=("编号|meter",),
    optional=True,
)

TRAINING_TABLE = Table(
    "trainings",
    TRAINING,
    "培训|Training",
    (
        _text("training_content", "内容|content"),
        _text("training_mode", "方式|mode"),
        _text("training_person", "人员|person"),
        _text("training_post", "岗位|post"),
        Date("training_on", "日期|date", optional=True, clause="SG C.7"),
    ),
    keys=("序号|training",),
    optional=True,
)

ALLOCATION_TABLE = Table(
    "allocation",
    ENTERPRISE,
    "配额信息|Allocation",
    (
        Choice("route", choices.Route, "流程|route", default="LONG", clause="SA scope"),
        on_key_unit_list("SA scope"),
        Choice(
            "service_state",
            choices.ServiceState,
            "当年在役情况|service in the year",
            default="IN_SERVICE",
            clause="SA scope",
        ),
        Choice(
            "oxygen_blast_furnace",
            YesNo,
            "富氢碳循环氧气高炉|hydrogen-rich carbon-cycle oxygen blast furnace",
            default="NO",
            clause="SA 2026 scope",
        ),
        Number(
            "pre_allocation_base",
            "预分配基数：上一年度经核查排放量|base of pre-allocation: verified emissions of the year before",
            unit="tCO2",
            places=0,
            minimum=0,
            optional=True,
            clause="IAP 2025 pre",
        ),
        PROVINCIAL_SHARE,
    ),
    help="正常生产的长流程企业无需填写|an ordinary long-process works leaves this empty",
    optional=True,
)
