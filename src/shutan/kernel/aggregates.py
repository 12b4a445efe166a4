"""Many rows brought to one: totals, weighted means, the largest, the least, a count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import repeat
from operator import mul
from typing import Any

from shutan.kernel.numbers import Reason, Waiting
from shutan.kernel.rules import Aggregation

NONE = Waiting(Reason("weight", "no rows"))
ZERO, ONE = Decimal(0), Decimal(1)


def aggregate(how: Aggregation, values: Sequence[Any], weights: Sequence[Any] | None = None) -> Any:
    """Bring values to one. A row whose weight is zero does not count, so that its value may wait."""
    return gathered(how, [0] * len(values), 1, values, weights)[0]


def summed(
    how: Aggregation, spans: list[slice] | None, values: list[Any], weights: list[Any] | None
) -> list[Any] | None:
    """Bring rows that stand together to one a slice, by sums alone; None where that does not do."""
    if spans is None or how.how not in ("total", "mean"):
        return None
    if how.how == "total":
        return [sum(values[one], ZERO) for one in spans]
    if weights is None:
        return None
    try:
        if not all(weights):  # the value of a row without weight may wait
            return None
    except TypeError:  # a weight waits
        return None
    bottoms = [sum(weights[one], ZERO) for one in spans]
    if not all(bottoms):
        return None
    parts = list(map(mul, values, weights))
    return [sum(parts[one], ZERO) / bottom for one, bottom in zip(spans, bottoms, strict=True)]


def gathered(
    how: Aggregation, groups: list[int], count: int, values: Sequence[Any], weights: Sequence[Any] | None
) -> list[Any]:
    """Bring the values of each group to one; `groups` says for each value to which of `count` groups it belongs."""
    if how.how == "total":
        totals: list[Any] = [ZERO] * count
        for group, value in zip(groups, values, strict=True):
            totals[group] += value
        return totals
    if how.how == "count":
        numbers = [0] * count
        for group in groups:
            numbers[group] += 1
        return list(map(Decimal, numbers))
    if how.how == "mean":
        return _means(how, groups, count, values, weights)
    parts: list[list[Any]] = [[] for _ in range(count)]
    for group, value in zip(groups, values, strict=True):
        parts[group].append(value)
    return [_extreme(how, part) for part in parts]


def _means(
    how: Aggregation, groups: list[int], count: int, values: Sequence[Any], weights: Sequence[Any] | None
) -> list[Any]:
    tops: list[Any] = [ZERO] * count
    bottoms: list[Any] = [ZERO] * count
    for group, value, weight in zip(
        groups, values, repeat(ONE) if weights is None else weights, strict=False
    ):
        if weight.__class__ is Waiting or weight:
            tops[group] += value * weight
            bottoms[group] += weight
    counted = set(groups)
    return [
        NONE if at not in counted
        else Waiting(Reason("weight", how.weight or "")) if bottom.__class__ is Decimal and not bottom
        else top / bottom
        for at, top, bottom in zip(range(count), tops, bottoms, strict=True)
    ]  # fmt: skip


def _extreme(how: Aggregation, values: list[Any]) -> Any:
    waiting = [value for value in values if isinstance(value, Waiting)]
    if waiting or not values:
        return Waiting(*(reason for value in waiting for reason in value.reasons)) if waiting else NONE
    return max(values) if how.how == "largest" else min(values)
