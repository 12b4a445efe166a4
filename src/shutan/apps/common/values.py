"""Between the kernel's values and the columns `number` and `text` of a row: written and read the same way by every app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from shutan.kernel import Choice, Date, Grain, Input, Member, Number, Waiting
from shutan.kernel.grain import MONTH


def stored(value: Any) -> tuple[Decimal | None, str]:
    """A value as number and text columns."""
    if isinstance(value, Decimal):
        return value, ""
    if isinstance(value, Member):
        return None, value.key
    if isinstance(value, Waiting) or value is None:
        return None, ""
    return None, value.isoformat() if isinstance(value, dt.date) else str(value)


def typed(one: Input, number: Decimal | None, text: str) -> Any:
    """The value of an input again; None where nothing is stored."""
    if isinstance(one, Number):
        return None if number is None else exact(number)
    if isinstance(one, Choice):
        return one.choices.members.get(text)
    if isinstance(one, Date):
        return dt.date.fromisoformat(text) if text else None
    return text


def exact(number: Decimal) -> Decimal:
    """A stored number without the zeros its column adds."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def typed_key(grain: Grain, parts: Iterable[str]) -> dict[str, Any]:
    """A stored key as the kernel's: the month is a number, all else text."""
    return {
        name: int(part) if name == MONTH else part for name, part in zip(grain.dimensions, parts, strict=True)
    }
