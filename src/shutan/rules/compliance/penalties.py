"""What a breach may cost: the ranges of the Regulation, article by article.

A decision dated on or after 2026-08-15 stands on the Code, whose carbon articles are not known: its fines wait.
"""

from shutan.kernel import rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.compliance.choices import Breach
from shutan.rules.compliance.grains import BREACH

FINES = (
    "ORDER19 39",
    "ORDER19 40",
    "REG 21",
    "REG 22",
    "REG 23",
    "REG 24",
    "REG 25",
    "REG 26",
    "CODE",
)
PERSONS = ("REG 22", "REG 23", "REG 25", "CODE")


def range_end(applies, base, threshold, multiple, fixed):
    """Return one end of a fine: a multiple of its base from a threshold on, else a fixed amount."""
    return when(applies == 1, when(base >= threshold, base * multiple, fixed), fixed)


@rule(*FINES, grain=BREACH, unit="1")
def penalty_article_applied(*, penalty_article):
    """适用条款: Number of the article a decision stands on; unknown for the Code."""
    return penalty_article


@rule(*FINES, grain=BREACH, unit="CNY")
def fine_base(breach_kind, unsurrendered, average_price, illegal_gain):
    """罚款计算基数: Value of the allowances not surrendered at the month's average price, or the illegal gain."""
    return when(breach_kind == Breach.NON_SURRENDER, unsurrendered * average_price, illegal_gain)


@rule(*FINES, grain=BREACH, unit="CNY")
def fine_least(
    fine_base, *, fine_by_multiple, fine_multiple_threshold, fine_multiple_least, fine_fixed_least
):
    """罚款下限: Least fine of the article."""
    return range_end(
        fine_by_multiple, fine_base, fine_multiple_threshold, fine_multiple_least, fine_fixed_least
    )


@rule(*FINES, grain=BREACH, unit="CNY")
def fine_most(fine_base, *, fine_by_multiple, fine_multiple_threshold, fine_multiple_most, fine_fixed_most):
    """罚款上限: Highest fine of the article."""
    return range_end(
        fine_by_multiple, fine_base, fine_multiple_threshold, fine_multiple_most, fine_fixed_most
    )


@rule(*PERSONS, grain=BREACH, unit="CNY")
def person_fine_least(*, person_fine_from):
    """直接责任人员罚款下限: Least fine of each person responsible."""
    return person_fine_from


@rule(*PERSONS, grain=BREACH, unit="CNY")
def person_fine_most(*, person_fine_to):
    """直接责任人员罚款上限: Highest fine of each person responsible."""
    return person_fine_to


@rule("REG 22", "REG 23", "REG 25", "CODE", grain=BREACH, unit="CNY")
def confiscated(illegal_gain, *, gain_confiscated):
    """没收违法所得: The illegal gain where the article says so."""
    return illegal_gain * gain_confiscated


def cut(refused, breach_kind, unsurrendered, next_year_allowance, share):
    """Return the cut of next year's allowance where correction is refused."""
    base = when(breach_kind == Breach.NON_SURRENDER, unsurrendered, next_year_allowance)
    return when(refused == YesNo.YES, when(share == 0, 0, base * share / 100), 0)


@rule("REG 22", "REG 24", "CODE", grain=BREACH, unit="tCO2")
def allowance_cut_least(
    correction_refused, breach_kind, unsurrendered, next_year_allowance, *, allowance_cut_from
):
    """核减下一年度配额下限: Refusing to correct costs the unsurrendered amount, or half of next year's allowance for a false report."""
    return cut(correction_refused, breach_kind, unsurrendered, next_year_allowance, allowance_cut_from)


@rule("REG 22", "REG 24", "CODE", grain=BREACH, unit="tCO2")
def allowance_cut_most(
    correction_refused, breach_kind, unsurrendered, next_year_allowance, *, allowance_cut_to
):
    """核减下一年度配额上限: As the lower end, up to all of next year's allowance for a false report."""
    return cut(correction_refused, breach_kind, unsurrendered, next_year_allowance, allowance_cut_to)
