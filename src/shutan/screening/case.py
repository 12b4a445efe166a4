"""What a check function works with: rows to judge, bounds to judge them by, and the words of its findings."""

from __future__ import annotations

import calendar
import datetime as dt
import decimal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from shutan.kernel import Grain, Member, Parameters, ParameterValue, Total, Waiting, last_day
from shutan.kernel.grain import Key
from shutan.kernel.rules import Argument
from shutan.kernel.spread import unit_at
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Check, Hit, Subject
from shutan.screening.frames import Frames

FINEST = 20  # decimals of a recomputed quantity: more than any two filed figures need to differ, fewer than 50 digits
NEAR = (
    1e-9  # how much wider than the bound the floats search; far more than the error of a few float operations
)


class MissingThresholdError(LookupError):
    """A threshold has no value on a day, or an unknown one: the check does not run."""

    def __init__(self, name: str, day: dt.date, key: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.name, self.day, self.key = name, day, key


class View:
    """One row with its exact values as attributes: `row.ncv_ar`."""

    __slots__ = ("_values", "grain", "key")

    def __init__(self, grain: Grain, key: Key, values: dict[str, Any]) -> None:
        self.grain, self.key, self._values = grain, key, values

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def subject(self) -> Subject:
        """Return the row as the subject of a finding."""
        return Subject(self.grain, self.key)


@dataclass(frozen=True)
class Band:
    """Bounds by the names of their thresholds, and how heavy it is to leave them. `low` and `high` still lie within."""

    low: str | None
    high: str | None
    severity: Severity | None = None


@dataclass(frozen=True)
class Outlier:
    """A row whose quantity lies outside a band."""

    row: View
    value: Decimal
    limit: ParameterValue
    above: bool
    severity: Severity | None


class Case:
    """One check on one report: gives it rows, and counts what was judged and what could not be.

    Args:
        check: the check.
        frames: the report.
        thresholds: all thresholds, registered ones included.
        law_year: the year whose thresholds hold, where it is not the report's own.
    """

    def __init__(
        self, check: Check, frames: Frames, thresholds: Parameters, law_year: int | None = None
    ) -> None:
        self.check, self.frames, self.thresholds = check, frames, thresholds
        self.law_year = law_year or frames.year
        self.judged = 0
        self.lacking: dict[str, int] = {}
        self.unconfirmed: set[str] = set()  # parameters whose value is not seen in the law's own text

    @property
    def year(self) -> int:
        """Return the reporting year."""
        return self.frames.year

    def has(self, *names: str) -> bool:
        """Say whether all names have values in this year."""
        return all(self.frames.has(name) for name in names)

    def grain(self, name: str) -> Grain:
        """Return the grain of an input or rule."""
        return self.frames.rules.grain_of(name)

    def label(self, name: str) -> Words:
        """Return what an input or rule is called."""
        return Words(*self.frames.rules.labels_of(name))

    def unit(self, name: str, row: View) -> str:
        """Return the unit of a name as it is for a row: GJ/t of coal, GJ/10⁴Nm³ of gas."""
        rules, result = self.frames.rules, self.frames.result
        unit = rules.unit_of(name)
        if not isinstance(unit, str) or unit == "1":
            return ""
        own = rules.grain_of(name)
        if result is None or not row.grain.sees(own):
            return unit
        return unit_at(result, name, row.grain.project(row.key, own))

    def below(self, row: View, *names: str) -> tuple[tuple[str, Key], ...]:
        """Return names with the keys of the finer rows that make up a row, such as the generators of a unit."""
        return tuple(
            (name, key)
            for name in names
            if self.has(name)
            for key in self.frames.keys(self.grain(name))
            if self.grain(name).project(key, row.grain) == row.key
        )

    def hours(self, month: int | None = None) -> Decimal:
        """Return the hours of a month, or of the year."""
        months = (month,) if month else range(1, 13)
        return Decimal(24 * sum(calendar.monthrange(self.year, one)[1] for one in months))

    def lack(self, name: str) -> None:
        """Note that a row could not be judged because a value is not there."""
        self.lacking[name] = self.lacking.get(name, 0) + 1

    # -- thresholds --------------------------------------------------------------------------------------------------

    def limit(
        self, name: str, *, key: tuple[str, ...] = (), month: int | None = None
    ) -> ParameterValue | None:
        """Return the record of a threshold for a month or the year, None where the key is none of its.

        Raises:
            MissingThresholdError: the threshold is unknown, or has no value on that day at all.
        """
        day = last_day(self.law_year, month)
        parameter = self.thresholds[name]
        found = parameter.on(day, key)
        if found is None and any(parameter.on(day, other) for other in parameter.keys()):  # noqa: SIM118
            return None
        if found is None or found.value is None:
            raise MissingThresholdError(name, day, key)
        return found

    def number(self, name: str, *, key: tuple[str, ...] = (), month: int | None = None) -> Decimal:
        """Return the value of a threshold that must be there; see `limit`."""
        found = self.limit(name, key=key, month=month)
        if found is None or found.value is None:
            raise MissingThresholdError(name, last_day(self.law_year, month), key)
        return found.value

    # -- rows --------------------------------------------------------------------------------------------------------

    def rows(
        self, grain: Grain, names: Sequence[str], *, where: pl.Expr | None = None, also: Sequence[str] = ()
    ) -> Iterator[View]:
        """Yield the rows that `where` chooses and whose names all have values; count them as judged.

        `also` are names that come along whether they have a value or not.
        """
        for row in self._chosen(grain, names, where):
            view = self._view(grain, row, (*names, *also))
            absent = next((name for name in names if _absent(getattr(view, name))), None)
            if absent is not None:
                self.lack(_cause(absent, getattr(view, absent)))
                continue
            self.judged += 1
            yield view

    def outside(
        self,
        grain: Grain,
        names: Sequence[str],
        quantity: Callable[..., Any],
        bands: Sequence[Band],
        *,
        where: pl.Expr | None = None,
        key: Callable[[View], tuple[str, ...]] = lambda _: (),
        also: Sequence[str] = (),
    ) -> Iterator[Outlier]:
        """Yield the rows whose quantity lies outside the first band of several, heaviest band first.

        `quantity` is plain arithmetic over `names`. It is called with the frame's float columns to find candidates,
        then with the exact values of these to decide: at a bound the float does not count.
        """
        frame = self._frame(grain, names, where)
        chosen = frame.filter(where) if where is not None else frame
        whole = chosen.drop_nulls(list(names))
        for name in names:
            if missing := chosen[name].null_count():
                self.lacking[name] = self.lacking.get(name, 0) + missing
        if whole.is_empty():
            return
        searched = whole.with_columns(quantity(*(pl.col(name) for name in names)).alias("quantity"))
        views = [self._view(grain, row, (*names, *also)) for row in searched["row"]]
        limits = [[self._pair(band, key(view), grain.month(view.key)) for band in bands] for view in views]
        self.judged += sum(any(low or high for low, high in pairs) for pairs in limits)
        lowest, highest = (_floats(limits, side) for side in (0, 1))
        candidates = searched.select(
            (
                ~pl.col("quantity").is_finite()
                | (pl.col("quantity") <= lowest + lowest.abs() * NEAR)
                | (pl.col("quantity") >= highest - highest.abs() * NEAR)
            )
            .fill_null(value=False)
            .arg_true()
        ).to_series()
        for at in candidates:
            view = views[at]
            value = exactly(quantity, *(getattr(view, name) for name in names))
            if value is None:
                continue
            for band, (low, high) in zip(bands, limits[at], strict=True):
                broken = _broken(value, low, high)
                if broken is not None:
                    yield Outlier(view, value, broken, broken is not low, band.severity)
                    break

    def beyond(
        self, row: View, value: Decimal, bands: Sequence[Band], key: tuple[str, ...] = ()
    ) -> Outlier | None:
        """Return a single value as an outlier where it lies outside a band."""
        for band in bands:
            low, high = self._pair(band, key, row.grain.month(row.key))
            broken = _broken(value, low, high)
            if broken is not None:
                return Outlier(row, value, broken, broken is not low, band.severity)
        return None

    def total(self, name: str, row: View) -> Decimal | None:
        """Return the sum of a finer name for a row, None (and noted as lacking) where one of its values waits."""
        if self.frames.result is None or not self.has(name):
            self.lack(name)
            return None
        column = self.frames.result.aggregated(Argument(name, Total), row.grain)
        value = column[self.frames.result.row(row.grain, row.key)]
        if isinstance(value, Decimal):
            return value
        self.lack(_cause(name, value))
        return None

    def _pair(
        self, band: Band, key: tuple[str, ...], month: int | None
    ) -> tuple[ParameterValue | None, ParameterValue | None]:
        low = self.limit(band.low, key=key, month=month) if band.low else None
        high = self.limit(band.high, key=key, month=month) if band.high else None
        return low, high

    def _frame(self, grain: Grain, names: Sequence[str], where: pl.Expr | None) -> pl.DataFrame:
        asked = where.meta.root_names() if where is not None else []
        return self.frames.frame(grain, (*names, *(name for name in asked if name not in grain.dimensions)))

    def _chosen(self, grain: Grain, names: Sequence[str], where: pl.Expr | None) -> Iterator[int]:
        if where is None:
            yield from range(len(self.frames.keys(grain)))
        else:
            yield from self._frame(grain, names, where).filter(where)["row"]

    def _view(self, grain: Grain, row: int, names: Sequence[str]) -> View:
        values = {name: self.frames.exact(name, grain)[row] for name in names}
        return View(grain, self.frames.keys(grain)[row], values)

    # -- words -------------------------------------------------------------------------------------------------------

    def concerned(self, row: View, *names: str) -> tuple[tuple[str, Key], ...]:
        """Return those names that have a value, with the keys of their own rows, as a row of a finer grain sees them."""
        own = [(name, row.grain.project(row.key, self.grain(name))) for name in names if self.has(name)]
        return tuple((name, key) for name, key in own if not _absent(self.frames.value(name, key)))

    def out_of_range(
        self, found: Outlier, name: Words, unit: str, *names: str, remedy: Words, places: int = 6
    ) -> Hit:
        """Return the hit of a row outside a band."""
        side = Words("高于上限", "above") if found.above else Words("低于下限", "below")
        value, limit = (
            f"{shown(figure, places)} {unit}".strip() for figure in (found.value, found.limit.value)
        )
        where = found.row.subject.words
        return Hit(
            found.row.subject,
            Words(
                f"{where.zh}：{name.zh} {value}，{side.zh} {limit}。{remedy.zh}",
                f"{where.en}: {name.en} {value}, {side.en} {limit}. {remedy.en}",
            ),
            self.concerned(found.row, *names),
            value=found.value,
            limit=found.limit,
            unit=unit,
            severity=found.severity,
        )


def exactly(quantity: Callable[..., Any], *values: Any) -> Decimal | None:
    """Return a quantity of exact values, None where it divides by zero."""
    try:
        value = quantity(*values)
    except (decimal.DivisionByZero, decimal.InvalidOperation, ZeroDivisionError):
        return None
    if not isinstance(value, Decimal):
        return None
    exponent = value.as_tuple().exponent
    return round(value, FINEST) if isinstance(exponent, int) and exponent < -FINEST else value


def shown(value: Decimal | None, places: int = 6) -> str:
    """Return a number for a message: at most `places` decimals, no exponent, no idle zeros."""
    if value is None:
        return "—"
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_word(name: str, *members: Member) -> pl.Expr:
    """Return the condition that a choice is one of some members."""
    return pl.col(name).is_in([member.key for member in members])


def _cause(name: str, value: Any) -> str:
    """Return what a value waits for where that is one parameter, else its own name."""
    kinds = (
        [reason for reason in value.reasons if reason.kind == "parameter"]
        if isinstance(value, Waiting)
        else []
    )
    return kinds[0].name if kinds else name


def _absent(value: Any) -> bool:
    return value is None or isinstance(value, Waiting)


def _broken(value: Decimal, low: ParameterValue | None, high: ParameterValue | None) -> ParameterValue | None:
    """Return the bound that a value lies beyond; on the bound it lies within."""
    if low is not None and low.value is not None and value < low.value:
        return low
    if high is not None and high.value is not None and value > high.value:
        return high
    return None


def _floats(limits: Sequence[Sequence[tuple[ParameterValue | None, ...]]], side: int) -> pl.Series:
    """Return for each row the bound of the widest search: the largest low one, or the smallest high one."""
    pick = max if side == 0 else min
    rows = []
    for pairs in limits:
        values = [float(pair[side].value) for pair in pairs if pair[side] and pair[side].value is not None]  # type: ignore[union-attr,arg-type]
        rows.append(pick(values) if values else None)
    return pl.Series(rows, dtype=pl.Float64)
