"""The score of a self-assessment. The standard's own method was not seen: levels and weights here are settings, shown as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FULL = Decimal(100)
# What each level counts of the full score; what does not apply counts nowhere.
SHARES = {"met": Decimal(1), "partly": Decimal("0.5"), "not_met": Decimal(0)}
NOT_APPLICABLE = "not_applicable"
STEP = Decimal("0.1")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its weight, how many of its items are answered, and its score of 100 once all are.

    `score` is None while an item is unanswered, and where nothing applies.
    """

    number: str
    weight: Decimal
    answered: int
    items: int
    applies: bool
    score: Decimal | None


@dataclass(frozen=True)
class Score:
    """The chapters and the total of 100: None while an applying chapter has no score, or none applies."""

    chapters: list[Chapter]
    total: Decimal | None

    @property
    def answered(self) -> int:
        """How many items are answered."""
        return sum(one.answered for one in self.chapters)

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(one.items for one in self.chapters)


def score(levels: Mapping[str, Sequence[str]], weights: Mapping[str, Decimal]) -> Score:
    """Score the levels of each chapter's items ('' while unanswered).

    A chapter is the mean of its items that apply; the total is the mean of the chapters that apply by weight,
    rounded half up to one decimal once, at the end.
    """
    found = [_chapter(number, given, weights[number]) for number, given in levels.items()]
    counted = [one for one in found if one.applies and one.weight]
    total = None
    if counted and all(one.score is not None for one in counted):
        weighed = sum((one.weight * one.score for one in counted if one.score is not None), Decimal(0))
        total = (weighed / sum(one.weight for one in counted)).quantize(STEP, ROUND_HALF_UP)
    return Score(found, total)


def _chapter(number: str, levels: Sequence[str], weight: Decimal) -> Chapter:
    answered = sum(bool(level) for level in levels)
    counted = [SHARES[level] for level in levels if level and level != NOT_APPLICABLE]
    complete = answered == len(levels)
    value = FULL * sum(counted) / len(counted) if complete and counted else None
    return Chapter(number, weight, answered, len(levels), bool(counted) or not complete, value)


def equal_weights(numbers: Sequence[str]) -> dict[str, Decimal]:
    """Every chapter alike: what holds until the province has set weights."""
    return dict.fromkeys(numbers, Decimal(1))
