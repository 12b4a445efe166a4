"""Sums of slices say what a walk down the column says, also where values wait or weigh nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.kernel import Reason, Total, Waiting
from shutan.kernel.aggregates import aggregate, gathered, summed
from shutan.kernel.rules import Aggregation

LOST = Waiting(Reason("input", "coal", ("1#", 3)))
numbers = st.decimals(-1000, 1000, places=2)
values = st.one_of(numbers, st.just(LOST))


def shown(column: list[Any]) -> list[Any]:
    """Waiting values are compared by what they wait for: `==` between them waits as well."""
    return [one.reasons if isinstance(one, Waiting) else one for one in column]


@given(st.lists(st.lists(st.tuples(values, values), min_size=1, max_size=5), min_size=1, max_size=4))
@pytest.mark.parametrize("how", [Total, Aggregation("mean", "weight")], ids=["total", "mean"])
def test_sums_of_slices_equal_the_walk(how: Aggregation, parts: list[list[tuple[Any, Any]]]) -> None:
    ends = list(accumulate(map(len, parts)))
    spans = list(map(slice, [0, *ends], ends))
    groups = [at for at, part in enumerate(parts) for _ in part]
    column, weights = ([pair[at] for part in parts for pair in part] for at in (0, 1))
    quick = summed(how, spans, column, weights)
    if quick is not None:
        assert shown(quick) == shown(gathered(how, groups, len(parts), column, weights))
    elif how is Total:
        pytest.fail("a total can always be summed by slices")


def test_a_weight_of_zero_or_one_that_waits_leaves_the_walk_to_decide() -> None:
    by = Aggregation("mean", "weight")
    whole = [slice(0, 2)]
    assert summed(by, whole, [LOST, Decimal(3)], [Decimal(0), Decimal(2)]) is None
    assert aggregate(by, [LOST, Decimal(3)], [Decimal(0), Decimal(2)]) == Decimal(3)
    assert summed(by, whole, [Decimal(1), Decimal(3)], [LOST, Decimal(2)]) is None
    assert summed(by, whole, [Decimal(1), Decimal(3)], [Decimal(-2), Decimal(2)]) is None
    assert aggregate(by, [Decimal(1), Decimal(3)], [Decimal(-2), Decimal(2)]).reasons[0].kind == "weight"
    assert summed(by, whole, [Decimal(1), Decimal(3)], [Decimal(2), Decimal(2)]) == [Decimal(2)]
