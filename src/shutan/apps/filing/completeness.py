"""How far a month is: cells that must be filled in, evidence the guideline names, what stands against filing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shutan.apps.common.values import typed
from shutan.apps.filing.content import Cells, Year, dimensions, expected_keys, row_keys, yearly_tables
from shutan.apps.filing.models import EvidenceFile
from shutan.documents.wording import is_mandatory
from shutan.kernel import Table
from shutan.rules.evidence import Need, needs

FULL = 100


@dataclass(frozen=True)
class Missing:
    """A cell that must be filled in and is not."""

    table: Table
    key: tuple[str, ...]
    variable: str


@dataclass(frozen=True)
class Wanted:
    """A paper that a row of the month asks for, and the files that were sorted to it."""

    need: Need
    key: tuple[str, ...]
    files: tuple[EvidenceFile, ...]

    @property
    def met(self) -> bool:
        """Whether there is a file for it that belongs to this month."""
        return any(not one.asks for one in self.files)

    @property
    def must(self) -> bool:
        """Whether the guideline says must, not may."""
        return not self.need.optional


@dataclass
class Completeness:
    """What a month has of what it must have."""

    asked: int = 0
    missing: list[Missing] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    unsorted: list[EvidenceFile] = field(default_factory=list)

    @property
    def filled(self) -> int:
        """Mandatory cells with a value."""
        return self.asked - len(self.missing)

    @property
    def papers(self) -> int:
        """Papers that must be there."""
        return sum(one.must for one in self.wanted)

    @property
    def papers_met(self) -> int:
        """Those of them that are."""
        return sum(one.must and one.met for one in self.wanted)

    @property
    def lacking(self) -> list[Wanted]:
        """Papers that must be there and are not."""
        return [one for one in self.wanted if one.must and not one.met]

    @property
    def percent(self) -> int:
        """Of cells and papers together, rounded down: 100 only where nothing is missing."""
        asked = self.asked + self.papers
        return (self.filled + self.papers_met) * FULL // asked if asked else 0


def of(year: Year, month: int) -> Completeness:
    """Look at one month of a year. A stopped month owes neither figures nor papers."""
    found = Completeness()
    if month not in year.months:
        return found
    evidence = year.evidence[month]
    found.unsorted = [one for one in evidence if not one.need]
    if year.months[month].stopped:
        return found
    cells = year.monthly[month]
    for table, key in _rows(year, cells):
        for one in table.inputs:
            if is_mandatory(one):
                found.asked += 1
                value = cells.get((table.name, key, one.name))
                if value is None or (value.number is None and not value.text):
                    found.missing.append(Missing(table, key, one.name))
    found.wanted = list(_wanted(year, month, evidence))
    return found


def _rows(year: Year, cells: Cells) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """The rows a month has, or must have."""
    for table in year.rules.tables:
        if not table.grain.monthly:
            continue
        there = row_keys(cells, table.name)
        expected = [] if table.optional else expected_keys(year.rules, table, year.yearly) or []
        for key in dict.fromkeys([*expected, *there]):
            yield table, key


def _wanted(year: Year, month: int, evidence: list[EvidenceFile]) -> Iterator[Wanted]:
    cells = year.monthly[month]
    for need in needs(year.rules, year.book.year, month):
        table = next(one for one in year.rules.tables if one.name == need.table)
        for key in row_keys(cells, table.name):
            if need.wanted(lambda name, table=table, key=key: given(year, cells, table, key, name)):  # type: ignore[misc]
                files = tuple(
                    one for one in evidence if one.need == need.name and tuple(one.key) in ((), key)
                )
                yield Wanted(need, key, files)


def given(year: Year, cells: Cells, table: Table, key: tuple[str, ...], name: str) -> Any:
    """The value of an input as a row sees it: its own, or that of the coarser yearly row; the default where none is."""
    one = year.rules.inputs[name]
    home = year.rules.input_table[name]
    if home is table:
        value = cells.get((table.name, key, name))
    else:
        known = dict(zip(dimensions(table), key, strict=False))
        if home not in yearly_tables(year.rules) or not set(home.grain.dimensions) <= set(known):
            return None
        value = year.yearly.get((home.name, tuple(known[part] for part in home.grain.dimensions), name))
    found = None if value is None else typed(one, value.number, value.text)
    return one.default if found is None else found
