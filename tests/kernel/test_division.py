"""A branch that is not taken may divide by zero; one that is taken makes the value wait."""

from decimal import Decimal

from shutan.kernel import Grain, Waiting, rule, when
from shutan.kernel.evaluate import guarded

ROW = Grain("row", "row")


@rule("1", grain=ROW, unit="1")
def rate(coal, heat):
    """煤耗: Coal per heat, none where no heat was made."""
    return when(heat == 0, 0, coal / heat)


@rule("1", grain=ROW, unit="1")
def bare_rate(coal, heat):
    """煤耗: Coal per heat."""
    return coal / heat


def test_the_branch_not_taken_may_divide_by_zero():
    assert guarded(rate, (Decimal(5), Decimal(0))) == 0
    assert guarded(rate, (Decimal(5), Decimal(2))) == Decimal("2.5")


def test_a_division_by_zero_waits():
    found = guarded(bare_rate, (Decimal(5), Decimal(0)))
    assert isinstance(found, Waiting)
    assert found.reasons[0].kind == "division"
