"""What the checks that everybody may see say about a month while it is still being written."""

from __future__ import annotations

from dataclasses import dataclass

from shutan.apps.common import known
from shutan.apps.filing.content import Year
from shutan.kernel import Result
from shutan.screening import engine
from shutan.screening.catalogue import Audience
from shutan.screening.findings import Finding


@dataclass(frozen=True)
class Said:
    """Findings about the month itself, and those about the year so far."""

    month: list[Finding]
    year: list[Finding]

    @property
    def blocking(self) -> list[Finding]:
        """What keeps the month from being filed."""
        return [one for one in self.month if one.blocks]


def screen(year: Year, month: int, result: Result) -> Said:
    """Run the checks over the year to a month; only what they say of the month, or of no month, is of use then.

    Args:
        year: the book with no month after this one.
        month: the month that is looked at.
        result: what the rules make of it.
    """
    register = known.register(year.book.rule_set)
    filed_by = year.book.organisation.credit_code or ""
    found = engine.run(result, audience=Audience.ALL, register=register, filed_by=filed_by)
    said = Said([], [])
    for one in found.findings:
        about = months_of(one, result)
        if month in about:
            said.month.append(one)
        elif not about:
            said.year.append(one)
    return said


def months_of(one: Finding, result: Result) -> set[int]:
    """The months a finding speaks of."""
    found = set()
    for field in one.fields:
        grain = (
            result.rules.input_table[field.name].grain
            if field.name in result.rules.input_table
            else result.rules.grain_of(field.name)
        )
        if grain.monthly and len(field.key) == len(grain.dimensions):
            found.add(grain.month(field.key))
    return found - {None}  # type: ignore[return-value]
