"""What decides entry: activities of an enterprise, with the figures of the two years before the list's preparation."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import YesNo
from shutan.rules.entry import choices
from shutan.rules.entry.grains import ACTIVITY


def emissions(name: str, label: str, clause: str, said: str) -> Number:
    """Return a column of tonnes that is needed only where its words say."""
    return Number(
        name,
        label,
        unit="tCO2",
        places=2,
        minimum=0,
        optional=True,
        required_when=said,
        clause=clause,
    )


def yes_no(name: str, label: str, clause: str) -> Choice:
    """Return a question whose usual answer is no."""
    return Choice(name, YesNo, label, default="NO", clause=clause)


ENTERPRISE_TABLE = basic_information("ENT list", "4411")

ACTIVITY_TABLE = Table(
    "activities",
    ACTIVITY,
    "行业活动|Activities by sector",
    (
        Choice("entry_activity", choices.EntryActivity, "行业、产品|sector and product", clause="ENT scope"),
        Choice(
            "entry_sector_code",
            choices.SectorCode,
            "国民经济行业代码（名录）|class of GB/T 4754 for the list",
            clause="ENT scope",
        ),
        yes_no("has_blast_furnace", "有高炉炼铁|has a blast furnace", "ENT steel"),
        yes_no("has_converter", "有转炉炼钢|has a converter", "ENT steel"),
        yes_no("on_previous_list", "在上一年度名录|on the list of the year before", "MEASURES 11"),
        yes_no("activity_closed", "停业、关闭或不再生产|closed or no longer operating", "MEASURES 11"),
        yes_no(
            "newly_commissioned", "名录年度上一年新投产|commissioned in the year before the list", "ENT new"
        ),
        emissions(
            "verified_direct_emissions",
            "经核查直接排放量（名录年度前第二年）|verified direct emissions two years before the list",
            "MEASURES 8",
            "非新投产|plants that are not new",
        ),
        emissions(
            "verified_direct_emissions_before",
            "经核查直接排放量（名录年度前第三年）|verified direct emissions three years before the list",
            "MEASURES 11",
            "在名录且低于门槛|on the list and below the threshold",
        ),
        emissions(
            "expected_direct_emissions",
            "新投产预计年直接排放量|expected direct emissions a year of a new plant",
            "ENT new",
            "新投产|new plants",
        ),
        Choice(
            "reporting_basis",
            choices.ReportingBasis,
            "其他重点行业判定依据|what decides for the other key industries",
            default="EMISSIONS",
            clause="ENT other",
        ),
        emissions(
            "total_emissions",
            "年温室气体排放量|emissions of the year, all gases",
            "ENT other",
            "其他重点行业，按排放量判定|other key industries, by emissions",
        ),
        Number(
            "total_energy",
            "年综合能源消费量|comprehensive energy use of the year",
            unit="tce",
            places=2,
            minimum=0,
            optional=True,
            required_when="其他重点行业，按能耗判定|other key industries, by energy",
            clause="ENT other",
        ),
    ),
    keys=("活动|activity",),
)

TABLES = (ENTERPRISE_TABLE, ACTIVITY_TABLE)
