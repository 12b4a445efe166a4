"""The chapters of the management standard as pages and forms need them."""

from __future__ import annotations

from functools import cache

from shutan.apps.common.language import language
from shutan.kernel.clauses import Clause
from shutan.rules.standards import chapters


@cache
def by_number() -> dict[str, Clause]:
    """The chapters by their number, in their order."""
    return {clause.number: clause for clause in chapters().values()}


def title(number: str) -> str:
    """Number and title of a chapter in the language of the page."""
    clause = by_number()[number]
    return f"{number} {getattr(clause, language())}"
