"""What the gap of allowances is worth in yuan, at the price the province registered last: an estimate that says on what it rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shutan.apps.common import known
from shutan.apps.filing.content import Year
from shutan.kernel import ParameterValue
from shutan.rules.registry import rule_set

PRICES, PRICE, GAP = "compliance", "allowance_price", "allowance_gap"


@dataclass(frozen=True)
class Worth:
    """A gap in yuan.

    Attributes:
        yuan: negative where allowances must be bought; None without a price.
        price: yuan per tonne with its source and day; None where none is registered.
    """

    yuan: Decimal | None
    price: ParameterValue | None


def worth(year: Year, day: date) -> Worth | None:
    """What the year's gap so far is worth on a day; None where the sector has no gap or it is not known yet."""
    result = year.result()
    if not result.has(GAP) or not result.column(GAP):
        return None
    gap = result.column(GAP)[0]
    if not isinstance(gap, Decimal):
        return None
    parameters = rule_set(PRICES).parameters.with_register(known.register(PRICES))
    price = parameters[PRICE].on(day)
    if price is None or not isinstance(price.value, Decimal):
        return Worth(None, None)
    return Worth(gap * price.value, price)
