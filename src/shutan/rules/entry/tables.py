"""What is shown of entry. The columns of the official list (annex 2 of the work notices) were not seen."""

from shutan.kernel.report import ListTable, Report, RowTable
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.entry.grains import ACTIVITY

REPORT = Report(
    title="名录纳入与退出|Entry to and leaving of the lists",
    tables=(
        ListTable("表1", "基本信息|Basic information", ENTERPRISE, NAMES, "ENT list"),
        RowTable(
            "表2",
            "名录判定|Decisions by activity",
            ACTIVITY,
            (
                "entry_activity",
                "entry_sector_code",
                "in_market",
                "entry_emissions",
                "reaches_threshold",
                "entry_reason",
                "list_status",
                "list_entered",
            ),
            "ENT list",
        ),
        ListTable(
            "表3",
            "企业结论|The enterprise",
            ENTERPRISE,
            ("enterprise_list_status", "listed_activities"),
            "ENT list",
        ),
    ),
    summary=("enterprise_list_status", "listed_activities"),
    explained=("in_market", "two_years_below", "entry_reason", "list_entered"),
    name_input="enterprise_name",
)
