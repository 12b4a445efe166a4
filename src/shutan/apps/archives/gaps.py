"""What a year's months lack of the papers that the guideline names for them."""

from __future__ import annotations

from dataclasses import dataclass

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.language import language
from shutan.apps.filing import completeness
from shutan.apps.filing import queries as filing
from shutan.apps.filing.models import MonthlyFiling


@dataclass(frozen=True)
class Gap:
    """A paper that a month's figures ask for and that is not there: of which row, and the guideline's article."""

    month: MonthlyFiling
    name: str
    row: str
    clause: str
    status: str


def years(person: User, organisation: Organisation) -> list[int]:
    """The years of which months are kept, the latest first."""
    found = filing.books(person).filter(organisation=organisation).order_by()
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def of_year(person: User, organisation: Organisation, year: int) -> list[Gap]:
    """The gaps of a year, month by month, in the version a person sees."""
    chinese = language() == "zh"
    found = []
    for book in filing.books(person).filter(organisation=organisation, year=year):
        held = filing.year(person, book)
        for month in sorted(held.months):
            found += [
                Gap(
                    held.months[month],
                    one.need.zh if chinese else one.need.en,
                    " · ".join(one.key),
                    one.need.clause,
                    one.need.status,
                )
                for one in completeness.of(held, month).lacking
            ]
    return found
