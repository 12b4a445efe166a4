"""The record of a test report 检测报告 as declared inputs: what a laboratory says of one sample, and when.

No guideline of its own, so no `RULES`: nothing is computed or filed by it. Form, workbook and the checks of families LAB and
DOC follow from the table. Shares are in % of mass, heats in GJ/t (the same figure as MJ/kg).
"""

from __future__ import annotations

from shutan.kernel import Choice, Choices, Date, Grain, Number, RuleSet, Table, Text
from shutan.rules.common.fuels import FuelKind

TEST = Grain("test", "report_number", "month")

Sampling = Choices(
    "Sampling",
    DAILY="每日样|daily sample",
    BATCH="批次样|sample of a batch",
    COMPOSITE="月缩分样|monthly composite",
    OTHER="其他（燃气、燃油等）|other (gas, oil, …)",
)
OwnOrOutside = Choices(
    "OwnOrOutside", OWN="自有实验室|own laboratory", OUTSIDE="外委检测|commissioned laboratory"
)
Mark = Choices(
    "Mark",
    NONE="无标志|no mark",
    CMA="CMA 资质认定标志|CMA mark",
    CNAS="CNAS 认可标识|CNAS mark",
    BOTH="CMA 和 CNAS|CMA and CNAS",
)


def _share(name: str, label: str) -> Number:
    return Number(name, label, unit="%", places=4, minimum=0, maximum=100, optional=True)


DATES = ("sampled_on", "prepared_on", "sent_on", "received_on", "tested_on", "reported_on")
RESULTS = (
    _share("moisture_total", "全水分 M_t（收到基）|total moisture M_t (ar)"),
    _share("moisture_ad", "空干基水分 M_ad|moisture M_ad"),
    _share("ash_ad", "空干基灰分 A_ad|ash A_ad"),
    _share("volatile_ad", "空干基挥发分 V_ad|volatile matter V_ad"),
    _share("fixed_carbon_ad", "空干基固定碳 FC_ad|fixed carbon FC_ad"),
    _share("carbon_ad", "空干基碳 C_ad|carbon C_ad"),
    _share("hydrogen_ad", "空干基氢 H_ad|hydrogen H_ad"),
    _share("nitrogen_ad", "空干基氮 N_ad|nitrogen N_ad"),
    _share("sulphur_ad", "空干基全硫 S_t,ad|total sulphur S_t,ad"),
    _share("carbon_ar", "收到基碳 C_ar|carbon C_ar"),
    Number("gross_heat_ad", "空干基高位发热量 Q_gr,ad|gross calorific value Q_gr,ad", unit="GJ/t", places=4, minimum=0, optional=True),
    Number("net_heat_ar", "收到基低位发热量 Q_net,ar|net calorific value Q_net,ar", unit="GJ/t", places=4, minimum=0, optional=True),
)  # fmt: skip

TESTS = Table(
    "tests",
    TEST,
    "检测报告|Test reports",
    (
        Text("sample_number", "样品编号|sample number"),
        Text("unit_name", "机组或设施|unit or facility", optional=True),
        Choice("fuel_kind", FuelKind, "燃料品种|kind of fuel"),
        Choice("sampling", Sampling, "样品类型|kind of sample"),
        Choice("laboratory_kind", OwnOrOutside, "检测方式|own or commissioned"),
        Choice("mark", Mark, "报告标志|mark on the report"),
        Text("standards", "检测标准|standards", optional=True),
        Date("sampled_on", "采样日期|sampled on", optional=True),
        Date("prepared_on", "制样日期|prepared on", optional=True),
        Date("sent_on", "送样日期|sent on", optional=True),
        Date("received_on", "收样日期|received on", optional=True),
        Date("tested_on", "检测日期|tested on", optional=True),
        Date("reported_on", "报告日期|reported on", optional=True),
        *RESULTS,
        Text("file_digest", "报告文件（SHA-256）|file of the report (SHA-256)", optional=True),
        Date("file_created_on", "文件创建日期|file created on", optional=True),
    ),
    keys=("报告编号|report number", "代表月份|month it stands for"),
)

RECORD = RuleSet("laboratory", "检测报告|Test reports", tables=(TESTS,), modules=(), folders=())
