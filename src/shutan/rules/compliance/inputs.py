"""What is known of an enterprise's account and duty when a year is settled."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.compliance import choices
from shutan.rules.compliance.grains import APPLICATION, BREACH, OFFSET, VINTAGE


def tonnes(name: str, label: str, clause: str, *, empty: str | None = "0") -> Number:
    """Return a column of whole tonnes; left empty it is none, or not known where `empty` is None."""
    return Number(
        name,
        label,
        unit="tCO2",
        places=0,
        minimum=0,
        default=empty,
        optional=empty is None,
        clause=clause,
    )


DUTY_TABLE = Table(
    "duty",
    ENTERPRISE,
    "清缴义务|Amount due",
    (
        Number(
            "surrender_duty",
            "应清缴配额量|amount due",
            unit="tCO2",
            places=0,
            minimum=0,
            clause="REG 14",
        ),
        tonnes("surrendered", "截止日前已清缴配额量|surrendered by the deadline", "REG 24"),
        tonnes("allowance", "核定配额量|verified allowance", "AP2122 borrowing", empty=None),
        Choice(
            "unable_to_buy",
            YesNo,
            "确有困难无法购买|could not buy",
            default="NO",
            clause="AP2122 borrowing",
        ),
        Choice(
            "earlier_duties_met",
            YesNo,
            "按期完成2023、2024年度清缴|surrendered for 2023 and 2024 in time",
            optional=True,
            clause="AP2324 App.5(4)",
        ),
        Number(
            "average_price",
            "清缴时限前一个月市场交易平均成交价格|average price of the month before the deadline",
            unit="CNY/tCO2",
            places=2,
            minimum=0,
            optional=True,
            clause="REG 24",
        ),
        tonnes("next_year_allowance", "下一年度配额量|allowance of the next year", "REG 22", empty=None),
    ),
)

HOLDING_TABLE = Table(
    "holdings",
    VINTAGE,
    "分年度持仓与交易|Holdings and trades by vintage",
    (
        Choice("vintage_year", choices.Vintage, "配额年度|vintage", clause="AP2324 7"),
        tonnes("vintage_holding", "可用于清缴的持仓量|holding free for surrender", "AP2324 7"),
        tonnes("sold", "2024-01-01至2025-12-31卖出|sold 2024-01-01 to 2025-12-31", "AP2324 App.5(3)"),
        tonnes("bought", "2024-01-01至2025-12-31买入|bought 2024-01-01 to 2025-12-31", "AP2324 App.5(3)"),
        tonnes("end_tradable", "2025年末交易可用量|tradable at the end of 2025", "AP2324 App.5(3)"),
        tonnes("end_registered", "2025年末登记可用量|registered at the end of 2025", "AP2324 App.5(3)"),
        tonnes("end_frozen", "2025年末司法冻结量|frozen by court at the end of 2025", "AP2324 App.5(3)"),
        tonnes(
            "end_pending",
            "已申请履约或注销尚未审核量|asked for surrender or cancellation, not yet approved",
            "AP2324 App.5(3)",
        ),
    ),
    optional=True,
)

APPLICATION_TABLE = Table(
    "carry_over_applications",
    APPLICATION,
    "结转申请|Applications for carry-over",
    (
        tonnes("application_amount", "申请结转量|amount applied for", "AP2324 App.5(5)"),
        tonnes("application_available", "申请时登记持仓可用量|available when applying", "AP2324 App.5(5)"),
    ),
    optional=True,
)

OFFSET_TABLE = Table(
    "offsets",
    OFFSET,
    "抵销申请|Offsets",
    (
        Choice("offset_kind", choices.OffsetKind, "减排量类别|kind of reduction", clause="ORDER19 29"),
        tonnes("offset_amount", "减排量|amount", "ORDER19 29"),
        Choice(
            "offset_from_covered_project",
            YesNo,
            "来自纳入配额管理的减排项目|from a project inside allowance management",
            default="NO",
            clause="ORDER19 29",
        ),
    ),
    optional=True,
)

BREACH_TABLE = Table(
    "breaches",
    BREACH,
    "违法行为|Breaches",
    (
        Choice("breach_kind", choices.Breach, "违法行为|breach", clause="REG 21"),
        Choice(
            "decision_regime",
            choices.DecisionRegime,
            "处罚决定适用的法律（按决定日期）|law of the decision, by its date",
            clause="CODE",
        ),
        Number(
            "illegal_gain",
            "违法所得|illegal gain",
            unit="CNY",
            places=2,
            minimum=0,
            default="0",
            clause="REG 22",
        ),
        Choice(
            "correction_refused",
            YesNo,
            "拒不改正|correction refused",
            default="NO",
            clause="REG 22",
        ),
    ),
    optional=True,
)

TABLES = (DUTY_TABLE, HOLDING_TABLE, OFFSET_TABLE, APPLICATION_TABLE, BREACH_TABLE)
