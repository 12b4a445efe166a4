"""What settles the amount due: offsets up to their cap, usable vintages, and in 2021-2022 an advance."""

from shutan.kernel import Total, both, maximum, minimum, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.compliance.grains import OFFSET, VINTAGE

OFFSETS = ("NOTICE492 CCER", "ORDER19 29", "AP2526 5(2)")


@rule(*OFFSETS, grain=OFFSET, unit="tCO2")
def offset_usable(offset_amount, offset_from_covered_project, *, offset_kind_usable):
    """可用于抵销的减排量: Reductions of a kind the year accepts, not from projects inside allowance management."""
    return when(offset_from_covered_project == YesNo.YES, 0, when(offset_kind_usable == 1, offset_amount, 0))


@rule(*OFFSETS, grain=ENTERPRISE, unit="tCO2", places="offset_places", mode="floor")
def offset_limit(surrender_duty, *, offset_share):
    """抵销上限: At most 5 % of the amount due, rounded down."""
    return surrender_duty * offset_share / 100


@rule(*OFFSETS, grain=ENTERPRISE, unit="tCO2")
def offset_used(offset_usable: Total, offset_limit):
    """抵销量: Usable reductions up to the cap."""
    return minimum(offset_usable, offset_limit)


@rule("REG 14", grain=ENTERPRISE, unit="tCO2")
def allowances_due(surrender_duty, offset_used):
    """应以配额清缴量: Amount due less offsets."""
    return surrender_duty - offset_used


@rule("AP1920 vintages", "AP2122 vintages", "AP2324 7", "AP2526 5(1) vintages", grain=VINTAGE, unit="tCO2")
def usable_holding(vintage_holding, *, vintage_usable):
    """可用于当年清缴的配额: Holding of a vintage that may settle this year's duty, else zero."""
    return when(vintage_usable == 1, vintage_holding, 0)


@rule("AP2526 5(1) vintages", grain=VINTAGE, unit="tCO2")
def usable_for_arrears(vintage_holding, *, vintage_usable_for_arrears):
    """可用于2019—2024年度欠缴的配额: Holding of a vintage that may settle arrears of 2019 to 2024."""
    return when(vintage_usable_for_arrears == 1, vintage_holding, 0)


@rule("AP1920 vintages", "AP2122 vintages", "AP2324 7", "AP2526 5(1) vintages", grain=ENTERPRISE, unit="tCO2")
def to_buy(allowances_due, usable_holding: Total):
    """尚需购买配额: What usable holdings leave uncovered."""
    return maximum(allowances_due - usable_holding, 0)


@rule("REG 24", grain=ENTERPRISE, unit="tCO2")
def unsurrendered(allowances_due, surrendered):
    """未清缴配额量: What was not surrendered by the deadline."""
    return maximum(allowances_due - surrendered, 0)


# -- borrowing -------------------------------------------------------------------------------------------------------


@rule("AP2122 borrowing", "AP2324 7", grain=ENTERPRISE, unit="tCO2")
def allowance_shortfall(surrender_duty, allowance):
    """配额缺口量: Amount due less verified allowance."""
    return maximum(surrender_duty - allowance, 0)


@rule("AP2122 borrowing", "AP2324 7", grain=ENTERPRISE, unit="tCO2", places="borrowing_places", mode="floor")
def borrowing_limit(
    surrender_duty, allowance_shortfall, unable_to_buy, *, borrowing_shortfall_rate, borrowing_share
):
    """可预支配额上限: Up to half of a shortfall of 10 % or more that could not be bought; nothing for 2023 and 2024."""
    large = allowance_shortfall * 100 >= surrender_duty * borrowing_shortfall_rate
    return when(both(unable_to_buy == YesNo.YES, large), allowance_shortfall * borrowing_share / 100, 0)
