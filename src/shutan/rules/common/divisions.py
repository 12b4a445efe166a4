"""Administrative divisions of the province 行政区划: province, prefectures, counties and the codes they replaced."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("division_codes.csv")
PREFECTURE_DIGITS = 4


@dataclass(frozen=True)
class Division:
    """One division. `level` is province, prefecture or county; `valid_until` the last day of a replaced code."""

    code: str
    name: str
    name_en: str
    level: str
    parent: str
    valid_until: date | None
    successor: str

    def named(self, language: str) -> str:
        """Return the name in a language ("zh…" or English)."""
        return self.name if language.startswith("zh") else self.name_en


@lru_cache(maxsize=1)
def divisions() -> dict[str, Division]:
    """Return every division by code, replaced ones included, in the order of the table."""
    lines = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    return {
        row["code"]: Division(
            row["code"],
            row["name"],
            row["name_en"],
            row["level"],
            row["parent"],
            date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            row["successor"],
        )
        for row in csv.DictReader(lines)
    }


def in_force(day: date) -> dict[str, Division]:
    """Return the divisions whose codes hold on a day. When a code began is not known here: all that are not replaced do."""
    return {
        code: one for code, one in divisions().items() if one.valid_until is None or one.valid_until >= day
    }


def prefectures() -> tuple[Division, ...]:
    """Return the prefectures (cities and autonomous prefectures) of today, by code."""
    return tuple(one for one in divisions().values() if one.level == "prefecture" and not one.successor)


def prefecture_of(code: str) -> Division | None:
    """Return the prefecture a division's code lies in; None for the province and for unknown codes."""
    return divisions().get(code[:PREFECTURE_DIGITS] + "00") if code[2:PREFECTURE_DIGITS] != "00" else None


def full_name(code: str, language: str = "zh") -> str:
    """Return prefecture and county of a code; the code itself where it is not known."""
    one = divisions().get(code)
    if one is None:
        return code
    above = divisions().get(one.parent)
    if one.level != "county" or above is None:
        return one.named(language)
    if language.startswith("zh"):
        return above.name + one.name
    return f"{one.name_en}, {above.name_en}"
