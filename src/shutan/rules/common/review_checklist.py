"""The checklists of a review: what is looked at for each paper that a guideline names, and of an annual report (review_checklist.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shutan.kernel.parameters import read_yaml
from shutan.rules.evidence import Need

FILE = Path(__file__).with_suffix(".yaml")
REPORT = "report"
SOURCED = ("source", "article", "status")
KINDS = ("any", "stamped", "sheet", REPORT)


@dataclass(frozen=True)
class Item:
    """One thing to look at.

    Attributes:
        name: its key.
        zh: what is looked at, in Chinese.
        en: the same in English.
        kind: for papers of which kind, one of KINDS.
        source: the instrument that names it; '' where it is ours.
        article: of that instrument.
        status: how well its text is known.
    """

    name: str
    zh: str
    en: str
    kind: str
    source: str = ""
    article: str = ""
    status: str = ""

    def asked(self, need: Need) -> bool:
        """Say whether it is looked at for a paper."""
        return {"any": True, "stamped": need.stamped, "sheet": need.sheet, REPORT: False}[self.kind]


def items() -> tuple[Item, ...]:
    """Return what is looked at for papers."""
    return tuple(one for one in _all() if one.kind != REPORT)


def report_items() -> tuple[Item, ...]:
    """Return what is looked at of an annual report."""
    return tuple(one for one in _all() if one.kind == REPORT)


@cache
def _all() -> tuple[Item, ...]:
    """Return the whole list.

    Raises:
        ValueError: two items of one key, or a kind that is none.
    """
    found = tuple(
        Item(row["id"], row["zh"], row["en"], row["for"], *(row.get(one, "") for one in SOURCED))
        for row in read_yaml(FILE)
    )
    if len({one.name for one in found}) != len(found) or any(one.kind not in KINDS for one in found):
        raise ValueError(f"{FILE}: an item twice, or for an unknown kind of papers")
    return found
