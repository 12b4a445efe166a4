"""The few helpers a rule's body may use, for every kind of number, and the rounding the kernel applies.

A rule is called with Decimals (the legal value), NumPy arrays (a province at once), expressions (the formula) or pint
quantities (in tests). Operators work on all of them; what has no operator stands here.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np

from shutan.kernel.symbols import Expression, combine

Mode = Literal["half_up", "half_even", "floor"]
MODES: dict[str, str] = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
}


def exact() -> decimal.Context:
    """Return the context of every filed figure: 50 digits, and a float slipping in is an error."""
    return decimal.Context(
        prec=50,
        rounding=decimal.ROUND_HALF_UP,
        traps=[decimal.FloatOperation, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
    )


class Reason(NamedTuple):
    """Why a value waits: `kind` is "parameter", "input", "weight", "division" or "version"; `name` is what is missing."""

    kind: str
    name: str
    key: tuple[object, ...] = ()
    detail: str = ""


class Waiting:
    """A number not known yet. Whatever needs it waits too; what does not need it computes."""

    __slots__ = ("reasons",)

    def __init__(self, *reasons: Reason) -> None:
        self.reasons: tuple[Reason, ...] = reasons if len(reasons) < 2 else tuple(dict.fromkeys(reasons))  # noqa: PLR2004

    def _join(self, other: object = None) -> Waiting:
        if other.__class__ is not Waiting or other is self:
            return self
        return Waiting(*self.reasons, *other.reasons)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _join
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _join
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _join  # type: ignore[assignment]
    __neg__ = __abs__ = _join

    def quantize(self, *_: object) -> Waiting:
        """Stay as it is: there is nothing to round."""
        return self

    def __hash__(self) -> int:
        return hash(self.reasons)

    def __bool__(self) -> bool:
        raise TypeError("a waiting value is neither true nor false: use when(), both(), either()")

    def __repr__(self) -> str:
        return f"Waiting({', '.join(reason.name for reason in self.reasons)})"


@dataclass(frozen=True)
class Ratio:
    """An exact constant ratio such as 44/12, kept as two whole numbers so that it prints as the law writes it."""

    numerator: int
    denominator: int
    unit: str
    __array_ufunc__: ClassVar[None] = (
        None  # NumPy leaves `array * ratio` to the method below, once for all elements
    )

    def __rmul__(self, other: Any) -> Any:
        if isinstance(other, Expression):
            return combine("*", other, self)
        product = other * self.numerator
        if product.__class__ is np.ndarray and product.dtype.kind == "f":
            product /= self.denominator  # a column of its own already
        else:
            product = product / self.denominator
        registry = getattr(other, "_REGISTRY", None)  # a pint quantity carries the unit of the ratio along
        return product if registry is None else product * registry.Unit(self.unit)

    __mul__ = __rmul__

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


CO2_PER_C = Ratio(44, 12, "tCO2/tC")


def when(condition: Any, then: Any, otherwise: Any) -> Any:
    """Return `then` where `condition` holds, else `otherwise`; the other branch may wait without harm."""
    if condition is True:
        return then
    if condition is False:
        return otherwise
    if isinstance(condition, Waiting):
        return condition
    if isinstance(condition, Expression):
        return combine("when", condition, then, otherwise)
    if condition.__class__ is np.bool_:  # a condition over columns that are even
        return then if condition else otherwise
    if not condition.any():  # most columns take one branch everywhere: no third one to write
        return otherwise
    return then if condition.all() else np.where(condition, then, otherwise)


def both(*conditions: Any) -> Any:
    """Return whether all conditions hold."""
    for condition in conditions:
        if condition is not True:
            return False if condition is False else _logic("both", conditions, decides=False)
    return True


def either(*conditions: Any) -> Any:
    """Return whether at least one condition holds."""
    for condition in conditions:
        if condition is not False:
            return True if condition is True else _logic("either", conditions, decides=True)
    return False


def _logic(name: str, conditions: tuple[Any, ...], *, decides: bool) -> Any:
    if any(isinstance(one, Expression) for one in conditions):
        return combine(name, *conditions)
    conditions = tuple(bool(one) if isinstance(one, np.bool_) else one for one in conditions)
    if any(isinstance(one, np.ndarray) for one in conditions):
        return reduce(np.logical_or if decides else np.logical_and, conditions)
    if any(one is decides for one in conditions):  # one that decides makes the waiting ones unimportant
        return decides
    waiting = [one for one in conditions if isinstance(one, Waiting)]
    return Waiting(*(reason for one in waiting for reason in one.reasons)) if waiting else not decides


def negate(condition: Any) -> Any:
    """Return the opposite of a condition."""
    if isinstance(condition, Waiting):
        return condition
    if isinstance(condition, Expression):
        return combine("negate", condition)
    return np.logical_not(condition) if isinstance(condition, np.ndarray) else not condition


def minimum(*values: Any) -> Any:
    """Return the least of the values."""
    return _extreme("minimum", values)


def maximum(*values: Any) -> Any:
    """Return the largest of the values."""
    return _extreme("maximum", values)


def _extreme(name: str, values: tuple[Any, ...]) -> Any:
    if any(isinstance(value, Expression) for value in values):
        return combine(name, *values)
    if any(isinstance(value, np.ndarray | np.floating) for value in values):
        pick = np.minimum if name == "minimum" else np.maximum
        result = values[0]
        for value in values[1:]:
            result = pick(result, value)
        return result
    waiting = [value for value in values if isinstance(value, Waiting)]
    if waiting:
        return Waiting(*(reason for value in waiting for reason in value.reasons))
    return min(values) if name == "minimum" else max(values)


def exp(value: Any) -> Any:
    """Return e to the power of the value."""
    if isinstance(value, Decimal):
        return value.exp()
    if isinstance(value, Waiting):
        return value
    if isinstance(value, Expression):
        return combine("exp", value)
    return np.exp(value)


def fraction(numerator: Any, denominator: Any) -> Any:
    """Divide inside a `when`: Python computes both branches, and a zero in the one not taken must not fail the row."""
    if isinstance(denominator, Decimal) and not denominator and not isinstance(numerator, Waiting):
        return Waiting(Reason("division", "zero"))
    return numerator / denominator


@lru_cache(maxsize=64)
def quantum(places: int) -> Decimal:
    """Return the unit in the last place: 2 → Decimal("0.01")."""
    return Decimal(1).scaleb(-places)


def rounded(value: Any, places: int, mode: Mode = "half_up") -> Any:
    """Round a Decimal or an array to `places` decimals; anything else is returned as it is."""
    if isinstance(value, Decimal):
        return value.quantize(quantum(places), MODES[mode])
    if isinstance(value, np.ndarray):
        return snapped(value, places, mode)
    return value


# A decimal tie such as 0.285 is stored a hair below or above; the snap recovers it. Relative part: the error of a
# short chain of operations; absolute part: of a value near zero. Property-tested against Decimal (tests/rules).
_RELATIVE, _ABSOLUTE = 1e-15, 1e-12


def snapped(
    values: np.ndarray[Any, Any],
    places: int,
    mode: Mode = "half_up",
    magnitude: np.ndarray[Any, Any] | None = None,
) -> np.ndarray[Any, Any]:
    """Round float64 so that the result equals the Decimal one: ties are recognised before they are decided.

    Args:
        values: what to round.
        places: decimals.
        mode: how.
        magnitude: how large the terms were where a difference cancelled; None: as large as the values.
    """
    scale = 10.0**places
    scaled: np.ndarray[Any, Any] = np.multiply(values, scale)
    size: np.ndarray[Any, Any] = np.abs(scaled)
    if (
        mode == "half_up" and magnitude is None
    ):  # nearly every rule: the slack is taken along, without a column of its own
        size *= 1 + _RELATIVE
        size += 0.5 + _ABSOLUTE
        np.floor(size, out=size)
        np.copysign(size, scaled, out=size)
        size /= scale
        return size
    slack = (size if magnitude is None else magnitude * scale) * _RELATIVE
    slack += _ABSOLUTE
    if mode == "floor":
        scaled += slack
        np.floor(scaled, out=scaled)
        scaled /= scale
        return scaled
    if mode == "half_even":
        down = np.floor(size)
        size = np.where(np.abs(size - down - 0.5) <= slack, down + down % 2, np.rint(size))
    else:
        size += slack
        size += 0.5
        np.floor(size, out=size)
    np.copysign(size, scaled, out=size)
    size /= scale
    return size
