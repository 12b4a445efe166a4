"""Tables out as Excel or CSV, safe to open: no text starts a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from shutan.apps.common.downloads import attached

# What spreadsheets take for the beginning of a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 40


def head(title: str, unit: str = "") -> str:
    """A column's head with its unit: no value without unit."""
    return f"{title} ({unit})" if unit else title


def plain(value: Any) -> Any:
    """A value as a cell holds it: a number stays a number, times are Beijing's, all else is text."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def as_csv(_title: str, heads: list[str], rows: Iterable[list[Any]]) -> bytes:
    """CSV that Excel opens with its Chinese right (UTF-8 with a mark), formulas disarmed."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in [heads, *rows]:
        cells = [plain(cell) for cell in row]
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell for cell in cells]
        )
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, heads: list[str], rows: Iterable[list[Any]]) -> bytes:
    """A workbook with one sheet: heads frozen, filters on, text always written as text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(
        "".join(character for character in title if character not in "[]:*?/\\'")[:31] or "1"
    )
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(heads):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, min(_WIDEST, 8 + 2 * len(name)))
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell in enumerate(map(plain, row)):
            if isinstance(cell, str):
                sheet.write_string(count, place, cell)
            elif cell is not None:
                sheet.write(count, place, cell)
    if heads:
        sheet.autofilter(0, 0, count, len(heads) - 1)
    book.close()
    return stream.getvalue()


Writer = Callable[[str, list[str], Iterable[list[Any]]], bytes]
WRITERS: dict[str, tuple[Writer, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def respond(kind: str, title: str, heads: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    """The table as a download, named by title and day."""
    write, content_type = WRITERS[kind]
    return attached(write(title, heads, rows), f"{title}-{timezone.localdate():%Y%m%d}.{kind}", content_type)
