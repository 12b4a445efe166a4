"""A published form as a file."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from shutan.apps.disclosure.models import Disclosure

KINDS = ("xlsx", "json")
WIDTH = 24


def plain(disclosure: Disclosure) -> dict[str, Any]:
    """For JSON: who, of which year and version, and the form in both languages."""
    organisation = disclosure.organisation
    return {
        "id": disclosure.pk,
        "name_zh": organisation.name_zh,
        "name_en": organisation.name_en,
        "credit_code": organisation.credit_code,
        "division_code": organisation.division_code,
        "is_fictitious": organisation.is_fictitious,
        "rule_set": disclosure.rule_set,
        "year": disclosure.year,
        "version": disclosure.version,
        "reason": disclosure.reason,
        "published_at": disclosure.published_at.isoformat() if disclosure.published_at else None,
        "content": disclosure.content,
    }


def workbook(form: dict[str, Any]) -> bytes:
    """One sheet, the tables below each other; every cell is text, so that none becomes a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_numbers": False})
    title, head = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bottom": 1}),
    )
    name, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet()
    sheet.set_column(0, max((len(table["heads"]) for table in form["tables"]), default=1) - 1, WIDTH)
    sheet.write_string(0, 0, form["title"], title)
    line = 2
    for table in form["tables"]:
        sheet.write_string(line, 0, f"{table['number']} {table['title']}", name)
        for at, text in enumerate(table["heads"]):
            sheet.write_string(line + 1, at, text, head)
        for below, row in enumerate(table["rows"], line + 2):
            for at, text in enumerate(row):
                sheet.write_string(below, at, text, wrapped)
        line += 3 + len(table["rows"])
        if table["note"]:
            sheet.write_string(line - 1, 0, table["note"])
            line += 1
    book.close()
    return stream.getvalue()
