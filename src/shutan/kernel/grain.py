"""What one row of a table is about: the key dimensions of a quantity."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

Key = tuple[object, ...]
MONTH = "month"  # the one dimension the kernel knows: 1 to 12 of the reporting year
DAY = "day"  # a day of that month as YYYYMMDD: readers and checks know it, the kernel takes it as any name


@dataclass(frozen=True, eq=False)
class Grain:
    """A named tuple of key dimensions, such as (unit, fuel, month).

    Two grains are the same when they are the same object; `Grain("unit", "unit")` is made once, in `rules/common`.
    """

    name: str
    dimensions: tuple[str, ...]

    def __init__(self, name: str, *dimensions: str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "dimensions", dimensions)

    def sees(self, other: Grain) -> bool:
        """Say whether a value of `other` is visible here: it is as coarse or coarser."""
        return set(other.dimensions) <= set(self.dimensions)

    @property
    def monthly(self) -> bool:
        """Say whether a row belongs to one month."""
        return MONTH in self.dimensions

    def month(self, key: Key) -> int | None:
        """Return the month of a row's key, None for a yearly row."""
        return int(str(key[self.dimensions.index(MONTH)])) if self.monthly else None

    def project(self, key: Key, coarser: Grain) -> Key:
        """Return the key of the row of `coarser` that a row of this grain belongs to."""
        return tuple(key[self.dimensions.index(name)] for name in coarser.dimensions)

    def __repr__(self) -> str:
        return f"Grain({self.name}: {', '.join(self.dimensions) or 'one row'})"


def last_day(year: int, month: int | None = None) -> dt.date:
    """Return the day by whose law a row is judged: the last one of its month, or of the year."""
    month = month or 12
    return dt.date(year, month, calendar.monthrange(year, month)[1])
