"""The administrative divisions of Sichuan, to tell a division code from a mistyped one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "division_codes.csv"


@dataclass(frozen=True)
class Division:
    """One province, prefecture or county. `old_code` is the one it had before it was reorganised."""

    code: str
    name: str
    level: str
    parent: str
    old_code: str


@cache
def divisions() -> dict[str, Division]:
    """Return all divisions of Sichuan by their present code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Division(**row) for row in csv.DictReader(file)}


def successor(code: str) -> Division | None:
    """Return the division that had `code` before it was reorganised."""
    return next((one for one in divisions().values() if one.old_code == code), None)
