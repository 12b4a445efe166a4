"""Writing cells: one look for every workbook, and text that never becomes a formula."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from shutan.kernel import Member, Waiting

INK, ACCENT, PAPER, RULE = "#1F2937", "#0B5F56", "#F3F6F5", "#C9D3D1"
KEY, MUST, MAY, LOCKED, ALERT = "#0B5F56", "#2F7F74", "#7FA8A2", "#EEF2F1", "#FDE8E4"
BORDER = {"border": 1, "border_color": RULE}
UNCONFIRMED = "#9A5B00"
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FONT = "Noto Sans SC"
DATE = "yyyy-mm-dd"


class Book:
    """A workbook being written, with its formats made once."""

    def __init__(self, target: Path | BinaryIO, title: str, *, language: str = "zh") -> None:
        self.language = language
        self.book: Any = xlsxwriter.Workbook(
            str(target) if isinstance(target, Path) else target,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": True,
            },
        )
        # Without a fixed day the same report would never be the same bytes twice.
        self.book.set_properties({"title": title, "author": "Shutan", "created": dt.datetime(2020, 1, 1)})  # noqa: DTZ001
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        """Return a format, the same object for the same properties."""
        base = {"font_name": _FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"} | properties
        key = tuple(sorted(base.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(base)
        return self._formats[key]

    def sheet(self, name: str, *, landscape: bool = True) -> Any:
        """Add a sheet, set up for A4."""
        made = self.book.add_worksheet(name)
        made.set_paper(9)
        if landscape:
            made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_margins(0.4, 0.4, 0.6, 0.6)
        made.set_footer("&L&8&A&R&8&P / &N")
        made.hide_gridlines(1)
        return made

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def number_format(places: int | None) -> str:
    """Return the number format of a quantity: at least two decimals shown of a long one, all of a short one."""
    if places is None:
        return "#,##0.00####"
    if places == 0:
        return "#,##0"
    shown = min(places, 4)
    return "#,##0." + "0" * shown + "#" * (places - shown)


def write_text(book: Book, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
    """Write a text as a text, whatever it begins with."""
    if text.startswith(STARTS_FORMULA):
        properties["quote_prefix"] = True
    sheet.write_string(row, column, text[:32767], book.format(**properties))


def write_value(book: Book, sheet: Any, row: int, column: int, value: Any, **properties: Any) -> None:
    """Write a value of a report: exact number, choice, day or text. An empty or waiting one leaves the cell blank."""
    if value is None or isinstance(value, Waiting):
        sheet.write_blank(row, column, None, book.format(**properties))
    elif isinstance(value, Member):
        write_text(
            book, sheet, row, column, value.zh if book.language.startswith("zh") else value.en, **properties
        )
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, float(value), book.format(**properties))
    elif isinstance(value, dt.date):
        sheet.write_datetime(
            row,
            column,
            dt.datetime.combine(value, dt.time()),
            book.format(**({"num_format": DATE} | properties)),
        )
    else:
        write_text(book, sheet, row, column, str(value), **properties)


def write_heads(book: Book, sheet: Any, row: int, heads: list[str] | tuple[str, ...]) -> None:
    """Write a row of column heads."""
    look: dict[str, Any] = {
        "bold": True,
        "bg_color": KEY,
        "font_color": "#FFFFFF",
        "align": "center",
        "text_wrap": True,
    }
    for column, text in enumerate(heads):
        write_text(book, sheet, row, column, text, **look, **BORDER)
