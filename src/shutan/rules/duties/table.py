"""The table of duties: sector × standing × duty × date, as the notices give it, read from `duties.yaml`.

A standing is where a unit stands: `ets` on the list of key units, `direct` steel and cement above the threshold but not on
it, `other` the other key industries. A date no text names stays None and the record says why.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shutan.rules.duties.calendar import Deadline, after

STANDINGS = {
    "ets": ("全国碳市场重点排放单位", "key unit of the national market"),
    "direct": ("未纳入名录的钢铁、水泥单位", "steel or cement unit not on the list"),
    "other": ("其他重点行业单位", "unit of another key industry"),
}
MONTHS = range(1, len(calendar.month_name))


class DutyTableError(ValueError):
    """The table says something impossible."""


@dataclass(frozen=True)
class Duty:
    """What is owed.

    Attributes:
        name: its key, such as `annual_report`.
        zh: Chinese term.
        en: English term.
        who: who acts: `unit` or `province`.
    """

    name: str
    zh: str
    en: str
    who: str


@dataclass(frozen=True)
class Due:
    """One duty of one year or month.

    Attributes:
        duty: what is owed.
        year: the year it is about: of the data, of the list or of the scheme.
        month: the month it is about, None for a yearly one.
        day: by when; None where no text seen names a date.
        note: (Chinese, English), both empty where there is nothing to add.
        source: instrument and article, in Chinese.
        status: how well the source is known (`official`, `draft`, …).
    """

    duty: Duty
    year: int
    month: int | None
    day: dt.date | None
    note: tuple[str, str]
    source: str
    status: str


@dataclass(frozen=True)
class Clock:
    """A duty that runs from an event: who acts within how many days of what."""

    duty: Duty
    days: int
    working: bool
    event: tuple[str, str]
    source: str
    status: str

    def deadline(self, start: dt.date, known_until: dt.date | None = None) -> Deadline:
        """Return the last day, the event being on `start`."""
        return after(start, self.days, working=self.working, known_until=known_until)


@cache
def _table() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "duties.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


DUTIES: Mapping[str, Duty] = {
    name: Duty(name, given["zh"], given["en"], given["who"])
    for name, given in (_table()["duties"] | _table()["clocks"]).items()
}


@cache
def dues(sector: str, standing: str) -> tuple[Due, ...]:
    """Return everything a unit of a sector and standing owes, or is owed by the province; dated ones first, in order.

    Args:
        sector: name of a rule set, such as `power`.
        standing: key of STANDINGS.

    Raises:
        DutyTableError: there is no such standing.
    """
    if standing not in STANDINGS:
        raise DutyTableError(f"no standing {standing!r}")
    found = [due for name in _table()["duties"] for due in _of(name, sector, standing)]
    return tuple(sorted(found, key=lambda due: (due.day or dt.date.max, due.year, due.month or 0)))


def clock(name: str) -> Clock:
    """Return a clock by its name.

    Raises:
        KeyError: there is no such clock.
    """
    given = _table()["clocks"][name]
    source, status = _source(given["source"])
    return Clock(DUTIES[name], given["days"], given["working"], _pair(given["after"]), source, status)


def _of(name: str, sector: str, standing: str) -> Iterator[Due]:
    given = _table()["duties"][name]
    for one in given.get("dates", ()):
        if _applies(one, sector, standing):
            source, status = _source(one["source"])
            yield Due(DUTIES[name], one["year"], None, one.get("by"), _pair(one.get("note")), source, status)
    for one in given.get("monthly", ()):
        if _applies(one, sector, standing):
            source, status = _source(one["source"])
            for year, month in _months(one["from"], one["until"]):
                end = dt.date(year, month, calendar.monthrange(year, month)[1])
                day = one.get("by") or after(end, one["days_after"], working=False).day
                yield Due(DUTIES[name], year, month, day, _pair(one.get("note")), source, status)


def _applies(one: Mapping[str, Any], sector: str, standing: str) -> bool:
    return one["standing"] == standing and sector in _table()["sectors"][one["sectors"]]


def _months(first: str, last: str) -> Iterator[tuple[int, int]]:
    (year, month), end = _month(first), _month(last)
    while (year, month) <= end:
        yield year, month
        year, month = (year + 1, MONTHS[0]) if month == MONTHS[-1] else (year, month + 1)


def _month(text: str) -> tuple[int, int]:
    year, month = text.split("-")
    return int(year), int(month)


def _pair(text: str | None) -> tuple[str, str]:
    chinese, _, english = (text or "|").partition("|")
    return chinese, english


def _source(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the articles in words, and the weakest status of their instruments."""
    instruments = _table()["instruments"]
    words = "；".join(f"{instruments[key]['zh']} {article}" for key, article in given.items())
    statuses = {instruments[key]["status"] for key in given}
    return words, "official" if statuses == {"official"} else "draft" if "draft" in statuses else "secondary"
