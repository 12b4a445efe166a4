"""Rounding and the helpers, for each kind of number."""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP
from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.kernel.numbers import (
    CO2_PER_C,
    Reason,
    Waiting,
    both,
    either,
    exp,
    fraction,
    maximum,
    minimum,
    negate,
    rounded,
    snapped,
    when,
)

WAITS = Waiting(Reason("input", "x"))
MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "floor": ROUND_FLOOR}


@pytest.mark.parametrize(
    ("value", "places", "mode", "expected"),
    [
        ("0.285", 2, "half_up", "0.29"),
        ("1.005", 2, "half_up", "1.01"),
        ("2.5", 0, "half_up", "3"),
        ("2.5", 0, "half_even", "2"),
        ("3.5", 0, "half_even", "4"),
        ("-2.5", 0, "half_up", "-3"),
        ("1789.70", 0, "floor", "1789"),
        ("-0.1", 0, "floor", "-1"),
        ("0.30", 1, "floor", "0.3"),
    ],
)
def test_rounding(value, places, mode, expected):
    assert str(rounded(D(value), places, mode)) == expected
    assert snapped(np.array([float(value)]), places, mode)[0] == float(expected)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("places", [0, 2, 4, 6])
def test_products_with_ties_round_as_decimals_do(mode, places):
    """A fifth of the rows are exact ties; 100,000 products of two decimals, positive and negative."""
    random = np.random.default_rng(places)
    left = random.integers(-(10**6), 10**6, 100_000)
    right = random.integers(1, 10**4, 100_000)
    left[::5], right[::5] = left[::5] * 2 + 1, 5 * 10 ** max(0, 6 - places - 1)
    exact = [
        (D(int(a)) / 1000 * D(int(b)) / 1000).quantize(D(1).scaleb(-places), MODES[mode])
        for a, b in zip(left, right, strict=True)
    ]
    found = snapped((left / 1000) * (right / 1000), places, mode)
    assert np.array_equal(found, np.array([float(value) for value in exact]))


@given(st.decimals("-1e6", "1e6", places=3), st.sampled_from(list(MODES)), st.integers(0, 3))
def test_arrays_round_as_decimals(value, mode, places):
    assert snapped(np.array([float(value)]), places, mode)[0] == float(rounded(value, places, mode))


def test_when_leaves_the_other_branch_alone():
    assert when(True, D(1), WAITS) == 1
    assert when(False, WAITS, D(2)) == 2
    assert when(WAITS, D(1), D(2)) is WAITS
    assert list(when(np.array([True, False]), 1.0, 2.0)) == [1.0, 2.0]


def test_logic_decides_before_it_waits():
    assert both(False, WAITS) is False
    assert either(True, WAITS) is True
    assert isinstance(both(True, WAITS), Waiting)
    assert isinstance(either(False, WAITS), Waiting)
    assert both(True, True) is True
    assert either(False, False) is False
    assert negate(True) is False
    assert negate(WAITS) is WAITS
    assert list(both(np.array([True, False]), True)) == [True, False]
    assert list(negate(np.array([True, False]))) == [False, True]


def test_extremes():
    assert maximum(D(1), D(2)) == 2
    assert minimum(D(1), 0) == 0
    assert isinstance(maximum(D(1), WAITS), Waiting)
    assert list(maximum(np.array([1.0, -1.0]), 0)) == [1.0, 0.0]


def test_waiting_joins_reasons_and_has_no_truth():
    other = Waiting(Reason("parameter", "p"))
    assert [one.name for one in (WAITS * other + D(1) - WAITS).reasons] == ["x", "p"]
    assert (D(2) / WAITS).reasons == WAITS.reasons
    with pytest.raises(TypeError, match="when"):
        bool(D(1) < WAITS)


def test_constant_and_exponential():
    assert D(12) * CO2_PER_C == 44
    assert D("0.3") * CO2_PER_C == D("1.1")
    assert float(exp(D(1))) == pytest.approx(2.718281828459045, rel=1e-15)
    assert exp(WAITS) is WAITS


def test_fraction_may_stand_in_a_branch_not_taken():
    assert isinstance(fraction(D(1), D(0)), Waiting)
    assert fraction(D(1), D(4)) == D("0.25")
    assert fraction(WAITS, D(0)) is WAITS
    zero = D(0)
    assert when(zero == 0, D(7), fraction(D(1), zero)) == 7
