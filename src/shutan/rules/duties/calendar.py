"""Days that count: natural days, and the working days that the State Council's yearly notice of holidays makes."""

from __future__ import annotations

import datetime as dt
from calendar import SATURDAY
from dataclasses import dataclass

import chinese_calendar

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """The last day of a clock.

    Attributes:
        day: the day.
        provisional: whether it reaches into a year whose holidays are not published yet, so that it may move.
    """

    day: dt.date
    provisional: bool


def published_until() -> dt.date:
    """Return the last day for which the State Council's holidays are known to the calendar in use."""
    return dt.date(max(chinese_calendar.holidays).year + 1, 1, 1) - DAY


def is_working_day(day: dt.date, known_until: dt.date | None = None) -> bool:
    """Say whether people work on a day; beyond the published holidays every weekday is taken for one."""
    if day > (known_until or published_until()):
        return day.weekday() < SATURDAY
    return bool(chinese_calendar.is_workday(day))


def after(start: dt.date, days: int, *, working: bool, known_until: dt.date | None = None) -> Deadline:
    """Return the last day of a clock of `days` days; the day of the event itself does not count.

    Args:
        start: the day of the event.
        days: how many days the clock runs, at least 1.
        working: whether only working days count.
        known_until: the last day with published holidays; None: what the calendar in use knows.

    Raises:
        ValueError: the clock runs for less than a day.
    """
    if days < 1:
        raise ValueError("a clock runs for at least one day")
    if not working:
        return Deadline(start + days * DAY, provisional=False)
    known = known_until or published_until()
    day, left = start, days
    while left:
        day += DAY
        left -= is_working_day(day, known)
    return Deadline(day, provisional=day > known)
