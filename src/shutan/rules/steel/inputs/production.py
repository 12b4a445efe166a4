"""Materials bought, products deducted, what processes and power units made (tables C.3, C.4 and C.6)."""

from shutan.kernel import Choice, Number, Table, Text
from shutan.rules.common.grains import (
    ENTERPRISE_MONTH,
    MATERIAL,
    MATERIAL_MONTH,
    PROCESS_HEAT_FLOW,
    PROCESS_MONTH,
    UNIT_MONTH,
)
from shutan.rules.common.heat_media import HeatMedium, media_columns
from shutan.rules.steel import choices

MATERIAL_TABLE = Table(
    "materials",
    MATERIAL,
    "碳酸盐、电极和外购含碳原料|Carbonates, electrodes, bought carbon materials",
    (
        Choice("material_kind", choices.MaterialKind, "品种|kind", clause="SG A.2"),
        Text("material_ledger", "数据来源（台账名称）|ledger", optional=True, clause="SG 10.2.1 d"),
    ),
    keys=("原料|material",),
    optional=True,
)

MATERIAL_MONTH_TABLE = Table(
    "material_months",
    MATERIAL_MONTH,
    "碳酸盐、电极和含碳原料月报|Carbonates, electrodes, carbon materials by month",
    (Number("material_amount", "消耗量|amount used", unit="t", places=2, minimum=0, clause="SG 6.2.1.1"),),
    keys=("原料|material", "月份|month"),
    optional=True,
)


def _tonnes(name: str, label: str, clause: str = "SG 6.2.1.3") -> Number:
    return Number(name, label, unit="t", places=2, minimum=0, default="0", clause=clause)


PRODUCT_TABLE = Table(
    "products",
    ENTERPRISE_MONTH,
    "粗钢产量和外销含碳产品|Crude steel and carbon-bearing products sold",
    (
        Number(
            "crude_steel_output",
            "粗钢产量|crude steel output",
            symbol="AD",
            unit="t",
            places=2,
            minimum=0,
            clause="SG 8.1",
        ),
        _tonnes("pig_iron_sold", "外销生铁|pig iron sold"),
        _tonnes("crude_benzol_sold", "外销（或深加工）粗苯|crude benzol sold or processed further"),
        _tonnes("tar_sold", "外销（或深加工）焦油|tar sold or processed further"),
        _tonnes("methanol_output", "甲醇产量（2023年度及以前）|methanol output, up to 2023", "SN products"),
    ),
    keys=("月份|month",),
)

PROCESS_MONTH_TABLE = Table(
    "process_months",
    PROCESS_MONTH,
    "工序产量和用电|Output and electricity of the processes",
    (
        Number("process_output", "工序产品产量|output", unit="t", places=2, minimum=0, clause="SG 8.2"),
        Number(
            "process_electricity",
            "工序用电量（辅助报告项）|electricity used, auxiliary item",
            unit="MWh",
            places=3,
            minimum=0,
            optional=True,
            clause="SG C.6",
        ),
    ),
    keys=("工序|process", "月份|month"),
    optional=True,
)

HEAT_FLOW_TABLE = Table(
    "process_heat",
    PROCESS_HEAT_FLOW,
    "工序用热（辅助报告项）|Heat of the processes, auxiliary item",
    (
        Choice("heat_direction", choices.HeatDirection, "方向|direction", clause="SG E.1"),
        Choice("heat_carrier", HeatMedium, "介质|medium", clause="SG E.2"),
        *media_columns("SG E.2", "SG E.2", "SG E.3"),
    ),
    keys=("工序|process", "月份|month", "热流|flow"),
    optional=True,
)

UNIT_MONTH_TABLE = Table(
    "unit_months",
    UNIT_MONTH,
    "发电设施生产月报|Power units by month",
    (
        Number(
            "unit_generation",
            "发电量|electricity generated",
            unit="MWh",
            places=3,
            minimum=0,
            clause="SG 8.3",
        ),
        Number(
            "unit_heat_supplied",
            "供热量|heat supplied",
            unit="GJ",
            places=2,
            minimum=0,
            default="0",
            clause="SG 8.3",
        ),
        Number(
            "unit_hours",
            "运行小时数|running hours",
            unit="h",
            places=2,
            minimum=0,
            optional=True,
            clause="SG C.6",
        ),
        Number(
            "unit_heat_ratio",
            "供热比（小数）|heat-supply ratio as a fraction",
            unit="1",
            places=4,
            minimum=0,
            maximum=1,
            default="0",
            clause="SG C.6",
        ),
    ),
    keys=("机组|unit", "月份|month"),
    optional=True,
)
