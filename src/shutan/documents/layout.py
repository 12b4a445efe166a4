"""Where things stand in the workbook a plant fills in: shared by the writer and the reader.

A table with keys is one sheet: hidden row 1 holds the machine's names, row 2 the title, row 3 the labels, row 4 units and
duty, data from row 5. A table without keys (one row a report) runs down: hidden column A holds the names, column C the values.
Sheets and columns are recognised by the machine's names, so that a renamed sheet or a moved column does no harm.
"""

from __future__ import annotations

import re

from shutan.documents.wording import pick
from shutan.kernel import Table

SCHEMA_VERSION = 1
KIND = "shutan.input"
META_KIND, META_RULES, META_YEAR, META_SCHEMA = (
    "shutan.kind",
    "shutan.rule_set",
    "shutan.year",
    "shutan.schema",
)

NAMES_ROW, TITLE_ROW, LABEL_ROW, UNIT_ROW, FIRST_ROW = 0, 1, 2, 3, 4  # zero-based
LIST_FIRST_ROW, NAME_COLUMN, LABEL_COLUMN, VALUE_COLUMN = 3, 0, 1, 2
UNIT_HELPER = (
    "~unit"  # a calculated column that shows the row's unit; readers skip names with this first character
)

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_title(text: str, taken: set[str] | None = None) -> str:
    """Return a text as a legal sheet name of at most 31 characters, different from those taken (which it joins)."""
    title = _FORBIDDEN.sub("·", text).strip()[:31] or "Sheet"
    used = taken if taken is not None else set()
    number, base = 2, title
    while title.casefold() in used:
        title = f"{base[: 30 - len(str(number))]}{number}"
        number += 1
    used.add(title.casefold())
    return title


def table_titles(tables: tuple[Table, ...], language: str) -> dict[str, str]:
    """Return the sheet name of each table."""
    taken: set[str] = set()
    return {table.name: sheet_title(pick(table.label, language), taken) for table in tables}


def column_letters(index: int) -> str:
    """Return the letters of a zero-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """Return the address of a zero-based cell: (4, 1) → B5."""
    sign = "$" if fixed else ""
    return f"{sign}{column_letters(column)}{sign}{row + 1}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"
