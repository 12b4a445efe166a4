"""A part of a body's record as a workbook: the template out, the filled one back in with all that is wrong at once."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import python_calamine
import xlsxwriter
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from shutan.apps.bodies.forms import RowForm
from shutan.apps.bodies.models import Body
from shutan.apps.bodies.sections import Section
from shutan.apps.common import export
from shutan.apps.common.language import language
from shutan.documents import safety

# Machine names stand in the hidden first row, so that renamed and moved columns do no harm.
NAMES, LABELS, FIRST = 0, 1, 2
MOST_ROWS = 2000
LANGUAGES = ("zh-hans", "en")
WIDTH = 18


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a workbook: the cell ('' for the whole file), what is wrong, what is expected."""

    cell: str
    wrong: str
    expected: str = ""


@dataclass
class Read:
    """The lines of a workbook as bound forms, and everything that is wrong; nothing is saved here."""

    forms: list[RowForm] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def write(section: Section, rows: Sequence[Any] = ()) -> bytes:
    """The workbook of a part, with lines of it or empty, in the language of the page."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(export_title(section))
    sheet.set_row(NAMES, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST, 0)
    for column, name in enumerate(section.names):
        one = section.field(name)
        is_day = isinstance(one, models.DateField)
        sheet.write_string(NAMES, column, name)
        sheet.write_string(LABELS, column, f"{section.label(name)}{'' if one.blank else ' *'}", head)
        sheet.set_column(column, column, WIDTH, day if is_day else None)
        if options := list(words(one).values()):
            sheet.data_validation(FIRST, column, MOST_ROWS, column, {"validate": "list", "source": options})
    for place, row in enumerate(rows, start=FIRST):
        for column, name in enumerate(section.names):
            value = getattr(row, name)
            said = words(section.field(name)).get(value, value)
            if isinstance(said, date):
                sheet.write_datetime(place, column, datetime(said.year, said.month, said.day), day)  # noqa: DTZ001
            elif said not in (None, ""):
                sheet.write(place, column, said) if isinstance(said, int) else sheet.write_string(
                    place, column, str(said)
                )
    book.close()
    return stream.getvalue()


def export_title(section: Section) -> str:
    """The name of the sheet."""
    return str(section.title)[:31]


def words(one: models.Field) -> dict[Any, str]:
    """What stands for each value of a choice or a yes-or-no, in the language of the page; nothing for other fields."""
    if isinstance(one, models.BooleanField):
        return {True: _("Yes"), False: _("No")}
    return {value: str(label) for value, label in one.flatchoices} if one.choices else {}


def read(section: Section, body: Body, content: bytes) -> Read:
    """Read a filled-in workbook. A line whose key stands in the record changes that line, others are new."""
    found = Read()
    try:
        safety.unpack(safety.load(content))
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except safety.RefusedError as error:
        found.faults.append(Fault("", error.reason.text(language())))
        return found
    except (python_calamine.CalamineError, OSError, ValueError):
        found.faults.append(Fault("", _("The file cannot be read as an Excel workbook (.xlsx).")))
        return found
    names = [str(cell).strip() for cell in lines[NAMES]] if lines else []
    missing = [section.label(name) for name in section.names if name not in names]
    if missing:
        found.faults.append(
            Fault(
                "",
                _("These columns are missing: %(names)s. Start from the template of this page.")
                % {"names": ", ".join(missing)},
            )
        )
        return found
    filled = [
        (place, line)
        for place, line in enumerate(lines[FIRST:], FIRST)
        if any(cell not in ("", None) for cell in line)
    ]
    if not filled:
        found.faults.append(Fault("", _("No line is filled in.")))
    if len(filled) > MOST_ROWS:
        found.faults.append(Fault("", _("At most %(n)s lines are read at once.") % {"n": MOST_ROWS}))
        return found
    _read_lines(section, body, names, filled, found)
    return found


def _read_lines(
    section: Section, body: Body, names: list[str], filled: list[tuple[int, list[Any]]], found: Read
) -> None:
    rows: Any = section.model._default_manager.filter(body=body)  # noqa: SLF001
    known = {tuple(getattr(row, name) for name in section.form.key): row for row in rows}
    seen: dict[tuple[Any, ...], int] = {}
    for place, line in filled:
        values = {name: _said(section.field(name), line[names.index(name)]) for name in section.names}
        key = _key(section, values)
        form = section.form(values, instance=known.get(key), body=body)
        at = {name: f"{xl_col_to_name(names.index(name))}{place + 1}" for name in section.names}
        for name in section.names:
            if isinstance(section.field(name), models.BooleanField) and values[name] not in ("", "True"):
                wrong = _("“%(text)s” is neither yes nor no.") % {"text": values[name][:40]}
                found.faults.append(
                    Fault(at[name], f"{section.label(name)}: {wrong}", _expected(section, name))
                )
        for name, told in form.told:
            label = f"{section.label(name)}: " if name else ""
            found.faults.append(
                Fault(at.get(name, f"{place + 1}"), f"{label}{told}", _expected(section, name))
            )
        if key in seen:
            told = _("The same stands in row %(n)s.") % {"n": seen[key] + 1}
            found.faults.append(Fault(at[section.form.key[-1]], told))
        seen.setdefault(key, place)
        found.forms.append(form)


def _key(section: Section, values: dict[str, Any]) -> tuple[Any, ...]:
    """What makes the line the same line, as the record keeps it."""
    return tuple(
        int(values[name])
        if isinstance(section.field(name), models.IntegerField) and values[name].isdigit()
        else values[name].strip()
        for name in section.form.key
    )


def _said(one: models.Field, cell: Any) -> str:
    """A cell as a form takes it: choices by value or by their words in either language, days as ISO."""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip() if cell is not None else ""
    if isinstance(one, models.BooleanField) and not text:
        return str(one.default) if one.default else ""
    if isinstance(one, models.DateField):
        return text.replace("/", "-").replace(".", "-")
    for value, word in _both_languages(one):
        if text.casefold() in (str(value).casefold(), word.casefold()):
            return str(value) if value is not False else ""
    return text


def _both_languages(one: models.Field) -> Iterator[tuple[Any, str]]:
    for said in LANGUAGES:
        with translation.override(said):
            yield from words(one).items()


def _expected(section: Section, name: str) -> str:
    """What a field takes."""
    if not name:
        return ""
    one = section.field(name)
    if options := words(one):
        return " / ".join(options.values())
    if isinstance(one, models.DateField):
        return _("a day such as 2026-05-31")
    return _("at most %(n)s characters") % {"n": one.max_length} if getattr(one, "max_length", None) else ""


MEDIA_TYPE = export.WRITERS["xlsx"][1]
