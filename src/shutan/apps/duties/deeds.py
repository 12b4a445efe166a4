"""What the system itself sees done: other apps register a function here, and name it in `web/apps.py`.

SOURCES.append(submitted_reports)      # (organisations) → Deeds: the duty of that name, sector and period is done
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Deed:
    """A duty that a record of the system proves done."""

    organisation: int
    name: str
    sector: str
    year: int
    on: date
    evidence: str
    month: int = 0


Source = Callable[[Iterable[int]], Iterable[Deed]]
SOURCES: list[Source] = []


def of(organisations: Iterable[int]) -> dict[tuple[int, str, str, int, int], Deed]:
    """The first deed of each organisation, duty, sector, year and month."""
    wanted = sorted(set(organisations))
    found: dict[tuple[int, str, str, int, int], Deed] = {}
    for source in SOURCES:
        for deed in source(wanted):
            key = (deed.organisation, deed.name, deed.sector, deed.year, deed.month)
            if key not in found or deed.on < found[key].on:
                found[key] = deed
    return found
