"""What allocation needs beyond the annual report. All of it may stay empty for an ordinary line of 2024."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.cement import choices
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, LINE

LINE_ALLOCATION_TABLE = Table(
    "line_allocation",
    LINE,
    "生产线配额信息|Lines: allocation",
    (
        Choice(
            "service_state",
            choices.ServiceState,
            "当年在役情况|service in the year",
            default="IN_SERVICE",
            clause="IAP24 cement scope",
        ),
        Number(
            "last_year_verified_emissions",
            "上一年度经核查排放量（预分配基数）|verified emissions of the year before",
            unit="tCO2",
            places=0,
            minimum=0,
            optional=True,
            clause="IAP 2025 pre",
        ),
    ),
    help="普通生产线无需填写在役情况|an ordinary line leaves the service state empty",
    keys=("生产线|line",),
    optional=True,
)

ENTERPRISE_ALLOCATION_TABLE = Table(
    "enterprise_allocation",
    ENTERPRISE,
    "企业配额信息|Enterprise: allocation",
    (
        Choice(
            "on_key_unit_list",
            YesNo,
            "列入当年度重点排放单位名录|on the year's list of key emitting units",
            default="YES",
            clause="IAP24 cement scope",
        ),
        Number(
            "provincial_pre_allocation_share",
            "省级确定的预分配比例（未降低则空）|pre-allocation share set by the province, empty if not lowered",
            unit="%",
            minimum=0,
            maximum=100,
            default="100",
            clause="IAP 2026 pre",
        ),
    ),
    optional=True,
)

ALLOCATION_TABLES = (LINE_ALLOCATION_TABLE, ENTERPRISE_ALLOCATION_TABLE)
