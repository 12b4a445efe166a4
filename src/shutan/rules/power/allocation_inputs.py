"""What allocation needs beyond the annual report. All of it may stay empty: an ordinary unit fills in nothing here."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, UNIT
from shutan.rules.power import allocation_choices as choices

UNIT_ALLOCATION_TABLE = Table(
    "unit_allocation",
    UNIT,
    "机组配额信息|Units: allocation",
    (
        Choice(
            "service_state",
            choices.ServiceState,
            "当年在役情况|service in the year",
            default="IN_SERVICE",
            clause="AP2324 2 scope",
        ),
        Choice(
            "special_fuel",
            choices.SpecialFuel,
            "特殊燃料|special fuel",
            default="NONE",
            clause="AP2324 App.1 T2",
        ),
        Choice(
            "special_facility",
            choices.SpecialFacility,
            "特殊机组|special unit",
            default="NONE",
            clause="AP2324 App.1 T2",
        ),
        Choice(
            "issue_bar",
            choices.IssueBar,
            "2019、2020年度不予发放情形|2019-2020: no issue because",
            default="NONE",
            clause="AP1920 8(2)",
        ),
        Choice(
            "cfb_review",
            choices.CfbReview,
            "循环流化床机组类别审定|class of a fluidised bed, reviewed",
            default="NOT_REVIEWED",
            clause="AP2324 App.1 T1",
        ),
        Choice(
            "merged_with_conventional",
            YesNo,
            "合并填报机组中含常规燃煤机组|a conventional coal unit is reported together with it",
            default="NO",
            clause="AP2324 App.1 T1",
        ),
        Number(
            "green_fuel_share",
            "绿氢、绿氨等热量占比|heat share of green hydrogen, ammonia and the like",
            unit="%",
            minimum=0,
            maximum=100,
            default="0",
            clause="AP2526 3(3)1",
        ),
        Number(
            "pre_allocation_base",
            "预分配基数：上一年度经核查排放量|base of pre-allocation: verified emissions of the year before",
            help="2021、2022年度均为2021年度排放量|for 2021 and 2022 both: the emissions of 2021",
            unit="tCO2",
            places=0,
            minimum=0,
            optional=True,
            clause="AP2324 5(1)",
        ),
        Number(
            "provincial_pre_allocation_share",
            "省级确定的预分配比例（未降低则空）|pre-allocation share set by the province, empty if not lowered",
            unit="%",
            minimum=0,
            maximum=100,
            default="100",
            clause="AP2526 4(1)1",
        ),
        Number(
            "base_year_electricity_supplied",
            "2018年供电量（2019、2020年度预分配）|electricity supplied in 2018, for 2019-2020",
            unit="MWh",
            places=3,
            minimum=0,
            optional=True,
            clause="AP1920 5",
        ),
        Number(
            "base_year_heat_supplied",
            "2018年供热量（2019、2020年度预分配）|heat supplied in 2018, for 2019-2020",
            unit="GJ",
            places=2,
            minimum=0,
            default="0",
            clause="AP1920 5",
        ),
        Number(
            "base_year_heat_ratio",
            "2018年供热比（小数）|heat-supply ratio of 2018 as a fraction",
            unit="1",
            places=4,
            minimum=0,
            maximum=1,
            optional=True,
            clause="AP1920 5",
        ),
        Number(
            "base_year_load_factor",
            "2018年负荷（出力）系数|load factor of 2018",
            unit="%",
            minimum=0,
            maximum=100,
            optional=True,
            clause="AP1920 5",
        ),
    ),
    help="普通机组无需填写|an ordinary unit leaves this empty",
    optional=True,
)


def _deduction(name: str, label: str) -> Number:
    """Return one column of deductions; empty means there is none."""
    return Number(name, label, unit="tCO2", places=0, minimum=0, default="0", clause="AP2324 5(5)")


ENTERPRISE_ALLOCATION_TABLE = Table(
    "enterprise_allocation",
    ENTERPRISE,
    "配额调整与发放|Adjustment and issue",
    (
        Choice(
            "on_key_unit_list",
            YesNo,
            "列入当年度重点排放单位名录|on the year's list of key emitting units",
            default="YES",
            clause="AP2324 2 scope",
        ),
        _deduction("enforcement_deduction", "执法检查等核算结果调整|deduction after enforcement findings"),
        _deduction("unpaid_deduction", "上一年度未足额清缴|earlier duty not met"),
        _deduction("borrowed_deduction", "已预支（含个性化纾困）|borrowed before"),
        _deduction("left_over_deduction", "上一年度剩余待调整量|left over from the year before"),
        _deduction("other_deduction", "其他调整|other"),
        Number(
            "verified_stage_deduction",
            "核定环节新增核减量|new deductions at the verified stage",
            unit="tCO2",
            places=0,
            minimum=0,
            default="0",
            clause="AP2526 App.2 T2-5 n6",
        ),
        Choice(
            "issue_risk",
            choices.IssueRisk,
            "差异化发放情形|why the issue is held back",
            default="NONE",
            clause="AP2324 5(4)",
        ),
    ),
    help="没有调整时无需填写|leave empty where nothing is deducted",
    optional=True,
)

ALLOCATION_TABLES = (UNIT_ALLOCATION_TABLE, ENTERPRISE_ALLOCATION_TABLE)
