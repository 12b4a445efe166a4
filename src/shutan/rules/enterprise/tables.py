"""What is shown of an enterprise. No guideline prints such a form; steel's C.1 and C.2 only name legal persons and owners."""

from shutan.kernel.report import Bars, ListTable, Report, RowTable, UnitBy
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE, LEGAL_PERSON
from shutan.rules.enterprise.grains import PART, SITE, TRANSFER

UNITS = {"transfer_unit": UnitBy("carrier", "t|t", ELECTRICITY="MWh|MWh", HEAT="GJ|GJ", GAS="10⁴Nm³|10⁴ Nm³")}

LEVELS = (
    "joint_emissions",
    "joint_direct_emissions",
    "joint_indirect_emissions",
    "joint_process_emissions",
    "outside_process_level",
    "sum_of_counted_parts",
    "overlap_total",
    "contained_total",
    "captive_counted_once",
    "quoted_total",
    "unconfirmed_parts",
)
OBLIGATIONS = (
    "power_obligation",
    "steel_obligation",
    "cement_obligation",
    "aluminium_obligation",
    "market_obligation",
)

REPORT = Report(
    title="多行业企业排放量汇总|Emissions of an enterprise of several sectors",
    tables=(
        ListTable("表1", "报告主体|Reporting entity", ENTERPRISE, NAMES, "ENS total"),
        RowTable(
            "表2",
            "法人|Legal persons",
            LEGAL_PERSON,
            (
                "member_credit_code",
                "same_group",
                "legal_person_emissions",
                "legal_person_direct_emissions",
                "legal_person_share",
                "legal_person_direct_share",
            ),
            "ENS total",
        ),
        RowTable(
            "表3",
            "厂区|Sites",
            SITE,
            ("site_address", "same_prefecture", "contiguous_site", "site_emissions"),
            "ENS total",
        ),
        RowTable(
            "表4",
            "核算单元|Parts",
            PART,
            (
                "part_sector",
                "part_relation",
                "part_host",
                "part_file",
                "part_status",
                "part_filed_emissions",
                "part_direct_emissions",
                "captive_inside",
                "part_process_emissions",
                "part_counted",
                "part_direct_counted",
                "part_contained",
                "part_quoted",
                "part_obligated_emissions",
            ),
            "ENS total",
        ),
        RowTable(
            "表5",
            "内部转移|Internal transfers",
            TRANSFER,
            (
                "carrier",
                "transfer_scope",
                "transfer_from",
                "transfer_to",
                "transfer_amount",
                "receiver_factor",
                "sender_factor",
                "transfer_received",
                "transfer_deducted",
                "transfer_overlap",
            ),
            "ENS total",
        ),
        ListTable("表6", "两个层级的合计|Totals at both levels", ENTERPRISE, LEVELS, "ENS total"),
        ListTable(
            "表7", "碳市场管控排放量|Emissions under the market", ENTERPRISE, OBLIGATIONS, "ENS market"
        ),
        ListTable(
            "表8",
            "合并报告条件|Condition of a joint report",
            ENTERPRISE,
            ("legal_person_count", "joint_report_allowed"),
            "ENS joint",
        ),
    ),
    figures=(
        Bars("各核算单元排放量|Emissions by part", ("part_counted", "part_obligated_emissions")),
        Bars("各法人排放量|Emissions by legal person", ("legal_person_emissions", "legal_person_share")),
    ),
    summary=(
        "joint_direct_emissions",
        "joint_emissions",
        "joint_process_emissions",
        "contained_total",
        "overlap_total",
        "market_obligation",
        "unconfirmed_parts",
        "joint_report_allowed",
    ),
    explained=("joint_emissions", "legal_person_share", "market_obligation"),
    name_input="enterprise_name",
)
