"""Out in the order of the guideline's monthly tables, as the national platform takes them; back in to see what differs there.

Seen of the platform's own files is the guideline's annex alone: item, unit, January to December, year, how obtained, source,
supporting papers. A sheet is recognised by its number and block, a row by its code, item and unit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from shutan.apps.common import rowbook
from shutan.apps.common.language import language
from shutan.apps.filing.content import Year, plain
from shutan.documents.grids import Grid, Slot, grids
from shutan.documents.wording import say
from shutan.kernel import Result
from shutan.kernel.grain import MONTH
from shutan.rules.evidence import listed

WORDS = 3  # code, item, unit
MONTHS = 12
HEADS, FIRST = 0, 1
WIDE = 30


@dataclass(frozen=True)
class Difference:
    """A figure that stands otherwise on the platform than here."""

    sheet: str
    item: str
    unit: str
    column: str
    here: Decimal | None
    there: Decimal | None

    @property
    def by(self) -> Decimal | None:
        """How much more stands there."""
        return None if self.here is None or self.there is None else self.there - self.here


@dataclass(frozen=True)
class Compared:
    """What a file of the platform says beside ours."""

    same: int
    differences: list[Difference]
    unread: list[str]  # sheets and rows that are none of ours, and what could not be read


def tables(year: Year) -> tuple[Result, list[Grid]]:
    """The monthly tables of the guideline's annex, in their order."""
    result = year.result()
    if year.rules.report is None:
        return result, []
    found = grids(result, year.rules.report, language())
    return result, [grid for grid in found if grid.words == WORDS and len(grid.heads) == WORDS + MONTHS + 1]


def write(year: Year) -> bytes:
    """One sheet a table and block, in the annex's order, with the papers of each month."""
    result, found = tables(year)
    stream, book = rowbook.new_book()
    words = language()
    more = (
        say(words, "获取方式", "obtained"),
        say(words, "数据来源", "source"),
        say(words, "支撑材料", "supporting papers"),
    )
    bold = book.add_format({"bold": True, "text_wrap": True})
    for grid in found:
        sheet = book.add_worksheet(sheet_name(grid, {one.name for one in book.worksheets()}))
        sheet.write_row(HEADS, 0, [*grid.heads, *more], bold)
        sheet.set_column(1, 1, WIDE)
        sheet.freeze_panes(FIRST, WORDS)
        for at, row in enumerate(grid.rows, start=FIRST):
            for column, one in enumerate(row):
                value = _figure(result, one)
                if isinstance(value, Decimal):
                    sheet.write_number(at, column, float(value))
                elif value:
                    sheet.write_string(at, column, str(value))
            sheet.write_row(at, len(row), _sources(year, row))
    if not found:
        book.add_worksheet(say(words, "无月度表", "no monthly table"))
    book.close()
    return stream.getvalue()


def write_json(year: Year) -> dict[str, Any]:
    """The same tables for programs: figures as texts with every digit, None where one is not known."""
    result, found = tables(year)
    book, taken, sheets = year.book, set[str](), []
    for grid in found:
        name = sheet_name(grid, taken)
        taken.add(name)
        rows = [
            [_exact(result, one) if isinstance(one, Slot) else str(one) for one in row] for row in grid.rows
        ]
        sheets.append({"name": name, "heads": list(grid.heads), "rows": rows})
    return {
        "organisation": book.organisation.name_zh,
        "credit_code": book.organisation.credit_code,
        "rule_set": book.rule_set,
        "year": book.year,
        "sheets": sheets,
    }


def _exact(result: Result, slot: Slot) -> str | None:
    value = result.value(slot.name, slot.key)
    return plain(value) if isinstance(value, Decimal) else None


def _opened(content: bytes) -> tuple[list[tuple[str, list[list[Any]]]], list[str]]:
    """The sheets of a workbook or of JSON as `write_json` makes it, and why it cannot be read."""
    if content.lstrip()[:1] != b"{":
        sheets, faults = rowbook.open_book(content)
        return sheets, [one.wrong for one in faults]
    try:
        told = json.loads(content)
        return [
            (str(one["name"]), [list(one["heads"]), *(list(row) for row in one["rows"])])
            for one in told["sheets"]
        ], []
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], [_("The file cannot be read as JSON in the form of this page's export.")]


def sheet_name(grid: Grid, taken: set[str]) -> str:
    """`C.3 1号机组`, as a workbook allows names."""
    name = rowbook.sheet_name(f"{grid.number} {grid.block}".strip())
    return next(one for one in (name, *(f"{name[:28]}{n}" for n in range(2, 99))) if one not in taken)


def _figure(result: Result, one: str | Slot) -> Any:
    if not isinstance(one, Slot):
        return one
    value = result.value(one.name, one.key)
    return value if isinstance(value, Decimal) else ""


def _sources(year: Year, row: Sequence[str | Slot]) -> list[str]:
    """How the inputs of a row were obtained, their ledgers and papers, each once."""
    obtained: dict[str, None] = {}
    for slot in row:
        if not isinstance(slot, Slot):
            continue
        grain = year.rules.grain_of(slot.name)
        month = grain.month(slot.key)
        key = tuple(str(part) for name, part in zip(grain.dimensions, slot.key, strict=True) if name != MONTH)
        for variable in (slot.name, f"{slot.name}_reported"):
            home = year.rules.input_table.get(variable)
            cell = year.monthly.get(month or 0, {}).get((home.name, key, variable)) if home else None
            if cell is not None and cell.obtained:
                obtained[str(cell.get_obtained_display())] = None
    inputs = {slot.name for slot in row if isinstance(slot, Slot)}
    papers = [
        one
        for files in year.evidence.values()
        for one in files
        if one.need and _speaks_for(year, one.need, inputs)
    ]
    ledgers = dict.fromkeys(one.ledger for one in papers if one.ledger)
    names = dict.fromkeys(one.name for one in papers)
    return ["；".join(obtained), "；".join(ledgers), "；".join(names)]


def _speaks_for(year: Year, need: str, names: set[str]) -> bool:
    """Whether a paper of the guideline's list belongs to one of these names, as filled in or as computed from it."""
    found = next((one for one in listed(year.rules) if one.name == need), None)
    wanted = (
        {word for one in found.inputs for word in (one, one.removesuffix("_reported"))} if found else set()
    )
    return bool(names & wanted)


def compare(year: Year, content: bytes) -> Compared:
    """Lay a file of the platform beside ours, figure by figure.

    Args:
        year: ours.
        content: a workbook in the annex's order as `write` makes it, or JSON as `write_json` does.
    """
    sheets, faults = _opened(content)
    compared = Compared(0, [], faults)
    result, found = tables(year)
    taken: set[str] = set()
    ours: dict[str, Grid] = {}
    for grid in found:
        name = sheet_name(grid, taken)
        taken.add(name)
        ours[name] = grid
    same = 0
    for title, lines in sheets:
        if title not in ours:
            compared.unread.append(title)
            continue
        same += _compare_sheet(result, ours[title], title, lines, compared)
    return Compared(same, compared.differences, compared.unread)


def _compare_sheet(result: Result, grid: Grid, title: str, lines: list[list[Any]], into: Compared) -> int:
    rows = {tuple(str(one) for one in row[:WORDS]): row for row in grid.rows}
    same = 0
    for line in lines[FIRST:]:
        words = tuple(str(one or "").strip() for one in line[:WORDS])
        row = rows.get(words)
        if row is None:
            if any(words):
                into.unread.append(f"{title}: {' '.join(words)}")
            continue
        for column, slot in _figures(row):
            here = _figure(result, slot)
            there = _number(line[column]) if column < len(line) else None
            known = here if isinstance(here, Decimal) else None
            if known == there:
                same += known is not None
            else:
                into.differences.append(
                    Difference(title, words[1], words[2], grid.heads[column], known, there)
                )
    return same


def _figures(row: Sequence[str | Slot]) -> Iterator[tuple[int, Slot]]:
    return ((at, one) for at, one in enumerate(row) if isinstance(one, Slot))


def _number(cell: Any) -> Decimal | None:
    """A figure of a workbook, with as many digits as it shows."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return None
    try:
        number = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(str(cell).replace(",", ""))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None
