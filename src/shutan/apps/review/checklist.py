"""The checklist of a month: for each paper that its rows ask for, the items of the list, and what was ticked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shutan.apps.common.language import language
from shutan.apps.filing.completeness import Wanted
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review.models import Tick
from shutan.documents.wording import say
from shutan.rules.common.review_checklist import Item, items
from shutan.rules.evidence import Need, needs
from shutan.rules.registry import rule_set

BETWEEN = "\x1f"  # between the parts of a paper's place in a form
Ticks = dict[tuple[str, tuple[str, ...], str], Tick]


@dataclass(frozen=True)
class Line:
    """One item of one paper, with what was ticked."""

    item: Item
    wanted: Wanted
    tick: Tick | None

    @property
    def place(self) -> str:
        """Its address in a form."""
        return BETWEEN.join((self.wanted.need.name, self.item.name, *self.wanted.key))

    @property
    def id(self) -> str:
        """Its address on the page."""
        return "tick-" + self.place.encode().hex()

    @property
    def label(self) -> str:
        """What is looked at, in the language of the page."""
        return say(language(), self.item.zh, self.item.en)


def lines(wanted: Wanted, ticked: Ticks) -> list[Line]:
    """The items of one paper."""
    need = wanted.need
    return [
        Line(one, wanted, ticked.get((need.name, wanted.key, one.name))) for one in items() if one.asked(need)
    ]


def ticks(filing: MonthlyFiling, authority: int | None) -> Ticks:
    """What an authority ticked of a month."""
    rows = Tick.objects.filter(filing=filing, authority=authority).select_related("by")
    return {(one.need, tuple(one.key), one.item): one for one in rows}


@cache
def _needs(rules: str, year: int, month: int) -> dict[str, Need]:
    return {one.name: one for one in needs(rule_set(rules), year, month)}


def asks(filing: MonthlyFiling, need: str, key: tuple[str, ...], item: str) -> bool:
    """Whether a month's checklist has an item for a row: the paper is one the guideline names for a row that is there."""
    found = _needs(filing.book.rule_set, filing.book.year, filing.month).get(need)
    one = next((each for each in items() if each.name == item), None)
    if found is None or one is None or not one.asked(found):
        return False
    return filing.values.filter(table=found.table, key=list(key)).exists()
