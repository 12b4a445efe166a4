"""The checklist of a review: what is looked at for each paper that a guideline names, as review_checklist.yaml lists it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shutan.kernel.parameters import read_yaml
from shutan.rules.evidence import Need

FILE = Path(__file__).with_suffix(".yaml")
KINDS = ("any", "stamped", "sheet")


@dataclass(frozen=True)
class Item:
    """One thing to look at.

    Attributes:
        name: its key.
        zh: what is looked at, in Chinese.
        en: the same in English.
        kind: for papers of which kind, one of KINDS.
    """

    name: str
    zh: str
    en: str
    kind: str

    def asked(self, need: Need) -> bool:
        """Say whether it is looked at for a paper."""
        return {"any": True, "stamped": need.stamped, "sheet": need.sheet}[self.kind]


@cache
def items() -> tuple[Item, ...]:
    """Return the whole list.

    Raises:
        ValueError: two items of one key, or a kind that is none.
    """
    found = tuple(Item(row["id"], row["zh"], row["en"], row["for"]) for row in read_yaml(FILE))
    if len({one.name for one in found}) != len(found) or any(one.kind not in KINDS for one in found):
        raise ValueError(f"{FILE}: an item twice, or for an unknown kind of papers")
    return found
