"""The checklists: of a month, for each paper that its rows ask for; of an annual report, as a whole. And what was ticked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shutan.apps.common.language import language
from shutan.apps.filing.completeness import Wanted
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review import subjects
from shutan.apps.review.models import Tick
from shutan.apps.review.subjects import Subject
from shutan.documents.wording import say
from shutan.rules.common.review_checklist import Item, items, report_items
from shutan.rules.evidence import Need, needs
from shutan.rules.registry import rule_set

BETWEEN = "\x1f"  # between the parts of a paper's place in a form
Ticks = dict[tuple[str, tuple[str, ...], str], Tick]


@dataclass(frozen=True)
class Line:
    """One item of one paper, or of the report as a whole (need '' and no key), with what was ticked."""

    item: Item
    need: str
    key: tuple[str, ...]
    tick: Tick | None

    @property
    def place(self) -> str:
        """Its address in a form."""
        return BETWEEN.join((self.need, self.item.name, *self.key))

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
    asked = (one for one in items() if one.asked(need))
    return [Line(one, need.name, wanted.key, ticked.get((need.name, wanted.key, one.name))) for one in asked]


def of_report(ticked: Ticks) -> list[Line]:
    """The items of an annual report."""
    return [Line(one, "", (), ticked.get(("", (), one.name))) for one in report_items()]


def ticks(subject: Subject, authority: int | None) -> Ticks:
    """What an authority ticked of a month or report."""
    rows = Tick.objects.filter(**{subjects.kind_of(subject).column: subject}, authority=authority)
    return {(one.need, tuple(one.key), one.item): one for one in rows.select_related("by")}


@cache
def _needs(rules: str, year: int, month: int) -> dict[str, Need]:
    return {one.name: one for one in needs(rule_set(rules), year, month)}


def asks(subject: Subject, need: str, key: tuple[str, ...], item: str) -> bool:
    """Whether its checklist has an item: of a month for a row that is there and a paper the guideline names for it."""
    if not isinstance(subject, MonthlyFiling):
        return not need and not key and item in {one.name for one in report_items()}
    found = _needs(subject.book.rule_set, subject.book.year, subject.month).get(need)
    one = next((each for each in items() if each.name == item), None)
    if found is None or one is None or not one.asked(found):
        return False
    return subject.values.filter(table=found.table, key=list(key)).exists()
