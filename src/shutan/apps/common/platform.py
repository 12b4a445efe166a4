"""Out in the order of a guideline's tables, as the national platform takes them; back in to see what differs there.

Seen of the platform's own files are the guidelines' annexes alone. A sheet is recognised by its number and block, a row by
the words on its left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from shutan.apps.common import rowbook
from shutan.documents.grids import Grid, Slot
from shutan.documents.wording import say, value_text
from shutan.kernel import Result
from shutan.kernel.render import plain_number

HEADS, FIRST = 0, 1
WIDE = 30
UNIT = ("单位", "unit")

Row = Sequence[str | Slot]


@dataclass(frozen=True)
class Sheets:
    """A guideline's tables and the values that fill them.

    Attributes:
        result: the values.
        grids: sheet name → table, in the annex's order.
        language: of names and heads.
    """

    result: Result
    grids: Mapping[str, Grid]
    language: str


@dataclass(frozen=True)
class Difference:
    """A value that stands otherwise on the platform than here; None where none does."""

    sheet: str
    item: str
    unit: str
    column: str
    here: Decimal | str | None
    there: Decimal | str | None

    @property
    def by(self) -> Decimal | None:
        """How much more stands there."""
        both = isinstance(self.here, Decimal) and isinstance(self.there, Decimal)
        return self.there - self.here if both else None  # type: ignore[operator]  # both are numbers


@dataclass(frozen=True)
class Compared:
    """What a file of the platform says beside ours."""

    same: int
    differences: list[Difference]
    unread: list[str]  # sheets and rows that are none of ours, and what could not be read


def sheets(result: Result, found: Iterable[Grid], language: str) -> Sheets:
    """Name each table's sheet: `C.3 1号机组`, as a workbook allows names."""
    named: dict[str, Grid] = {}
    for grid in found:
        name = rowbook.sheet_name(f"{grid.number} {grid.block}".strip())
        named[next(one for one in (name, *(f"{name[:28]}{n}" for n in range(2, 99))) if one not in named)] = (
            grid
        )
    return Sheets(result, named, language)


def write(
    tables: Sheets, more: Sequence[str] = (), of_row: Callable[[Row], Sequence[str]] = lambda _row: ()
) -> bytes:
    """One sheet a table and block, in the annex's order.

    Args:
        tables: what to write.
        more: heads of further columns on the right.
        of_row: what stands there for a row.
    """
    stream, book = rowbook.new_book()
    bold = book.add_format({"bold": True, "text_wrap": True})
    for name, grid in tables.grids.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(HEADS, 0, [*grid.heads, *more], bold)
        sheet.set_column(max(grid.words - 2, 0), max(grid.words - 2, 0), WIDE)
        sheet.freeze_panes(FIRST, grid.words)
        for at, row in enumerate(grid.rows, start=FIRST):
            for column, one in enumerate(row):
                value = _shown(tables, one)
                if isinstance(value, Decimal):
                    sheet.write_number(at, column, float(value))
                elif value:
                    sheet.write_string(at, column, value)
            sheet.write_row(at, len(row), of_row(row))
    if not tables.grids:
        book.add_worksheet(say(tables.language, "无表", "no table"))
    book.close()
    return stream.getvalue()


def write_json(tables: Sheets, about: Mapping[str, Any]) -> dict[str, Any]:
    """The same tables for programs: figures as texts with every digit, None where one is not known."""
    written = [
        {"name": name, "heads": list(grid.heads), "rows": [[_exact(tables, one) for one in row] for row in grid.rows]}
        for name, grid in tables.grids.items()
    ]  # fmt: skip
    return {**about, "sheets": written}


def compare(tables: Sheets, content: bytes) -> Compared:
    """Lay a file of the platform beside ours, figure by figure.

    Args:
        tables: ours.
        content: a workbook in the annex's order as `write` makes it, or JSON as `write_json` does.
    """
    given, faults = _opened(content)
    compared = Compared(0, [], faults)
    same = 0
    for title, lines in given:
        if title in tables.grids:
            same += _compare_sheet(tables, title, lines, compared)
        else:
            compared.unread.append(title)
    return Compared(same, compared.differences, compared.unread)


def _shown(tables: Sheets, one: str | Slot) -> str | Decimal:
    """A word, a figure, or a value that is none in words; nothing while it waits."""
    if not isinstance(one, Slot):
        return one
    value = tables.result.value(one.name, one.key)
    if isinstance(value, Decimal):
        return value
    words = value_text(value, tables.language)
    return "" if words == "—" else words


def _exact(tables: Sheets, one: str | Slot) -> str | None:
    value = _shown(tables, one)
    if isinstance(value, Decimal):
        return plain_number(value)
    return value if value or not isinstance(one, Slot) else None


def _opened(content: bytes) -> tuple[list[tuple[str, list[list[Any]]]], list[str]]:
    """The sheets of a workbook or of JSON as `write_json` makes it, and why it cannot be read."""
    if content.lstrip()[:1] != b"{":
        found, faults = rowbook.open_book(content)
        return found, [one.wrong for one in faults]
    try:
        told = json.loads(content)
        return [
            (str(one["name"]), [list(one["heads"]), *(list(row) for row in one["rows"])])
            for one in told["sheets"]
        ], []
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], [_("The file cannot be read as JSON in the form of this page's export.")]


def _compare_sheet(tables: Sheets, title: str, lines: list[list[Any]], into: Compared) -> int:
    grid = tables.grids[title]
    rows = {tuple(str(one) for one in row[: grid.words]): row for row in grid.rows}
    has_unit = grid.words > 1 and grid.heads[grid.words - 1] in UNIT
    same = 0
    for line in lines[FIRST:]:
        words = tuple(str(one or "").strip() for one in line[: grid.words])
        row = rows.get(words)
        if row is None:
            if any(words):
                into.unread.append(f"{title}: {' '.join(words)}")
            continue
        for column, slot in _figures(row):
            shown = _shown(tables, slot)
            here = None if shown == "" else shown
            cell = line[column] if column < len(line) else None
            # A word of ours, such as a postal code, is read as a word; what is unknown here may be a figure there.
            there = _word(cell) if isinstance(here, str) else _number(cell)
            if here == there or _as_a_workbook_holds_it(here, cell) == there:
                same += here is not None
            else:
                item = words[-2] if has_unit else " · ".join(words)
                unit = words[-1] if has_unit else ""
                into.differences.append(Difference(title, item, unit, grid.heads[column], here, there))
    return same


def _figures(row: Row) -> Iterator[tuple[int, Slot]]:
    return ((at, one) for at, one in enumerate(row) if isinstance(one, Slot))


def _as_a_workbook_holds_it(here: Decimal | str | None, cell: Any) -> Decimal | str | None:
    """Our figure with the 15 digits of a workbook's cell: a quotient that nothing rounds has more."""
    return _number(float(here)) if isinstance(here, Decimal) and isinstance(cell, float) else here


def _word(cell: Any) -> str | None:
    """A cell's words; a spreadsheet makes numbers of codes."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None if cell is not None else None


def _number(cell: Any) -> Decimal | None:
    """A figure of a workbook, with as many digits as it shows."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return None
    try:
        number = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(str(cell).replace(",", ""))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None
