"""Lines of a model form as sheets of a workbook: the template out, the filled one back in with all that is wrong at once.

Machine names stand in the hidden first row, so that renamed and moved columns, and renamed sheets, do no harm.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import python_calamine
import xlsxwriter
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from shutan.apps.common import files
from shutan.apps.common.language import language
from shutan.documents import safety

NAMES, LABELS, FIRST = 0, 1, 2
MOST_ROWS = 2000
LANGUAGES = ("zh-hans", "en")
WIDTH = 18
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a workbook: the cell ('' for the whole file), what is wrong, what is expected."""

    cell: str
    wrong: str
    expected: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines of one model, read by one form.

    Args:
        title: name of the sheet, in the language of the page.
        model: whose fields the columns are.
        names: the columns, by field.
        key: what makes a line the same line.
        form: makes the bound form of a line from its values and the line that is there already.
        known: the lines that are there, by key.
        options: choices of a column that are no choices of the model: value -> word in the language of the page.
        labels: names of columns that are not those of the model.
    """

    title: str
    model: type[models.Model]
    names: Sequence[str]
    key: Sequence[str]
    form: Callable[[Mapping[str, Any], Any], forms.BaseForm]
    known: Callable[[], Mapping[tuple[Any, ...], Any]] = dict
    options: Mapping[str, Callable[[], Mapping[Any, str]]] = field(default_factory=dict)
    labels: Mapping[str, Any] = field(default_factory=dict)

    def field(self, name: str) -> models.Field | None:
        """The model's field of a column; None for one that only the form has."""
        found = next((one for one in self.model._meta.get_fields() if one.name == name), None)  # noqa: SLF001
        return found if isinstance(found, models.Field) else None

    def label(self, name: str) -> str:
        """A column's name in the language of the page."""
        one = self.field(name)
        return str(self.labels.get(name) or (one.verbose_name if one is not None else name))

    def words(self, name: str) -> Mapping[Any, str]:
        """What stands for each value of a choice or a yes-or-no, in the language of the page; nothing for other columns."""
        if name in self.options:
            return self.options[name]()
        one = self.field(name)
        if isinstance(one, models.BooleanField):
            return {True: _("Yes"), False: _("No")}
        return {value: str(label) for value, label in one.flatchoices} if one and one.choices else {}

    def expected(self, name: str) -> str:
        """What a column takes."""
        one = self.field(name)
        if options := self.words(name):
            return " / ".join(word for word in list(options.values())[:20] if word)
        if isinstance(one, models.DateField):
            return _("a day such as 2026-05-31")
        if isinstance(one, models.DecimalField | models.IntegerField):
            return _("a number")
        longest = getattr(one, "max_length", None)
        return _("at most %(n)s characters") % {"n": longest} if longest else ""


@dataclass
class Read:
    """The lines of a sheet as bound forms, and everything that is wrong; nothing is saved here."""

    forms: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def new_book() -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    """An empty workbook in which no text becomes a formula or a link."""
    stream = io.BytesIO()
    return stream, xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})


def write(sheet: Sheet, rows: Sequence[Any] = ()) -> bytes:
    """A workbook of one sheet, with lines of it or empty, in the language of the page."""
    stream, book = new_book()
    add(book, sheet, rows)
    book.close()
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """A title as Excel takes it for a sheet."""
    return "".join(character for character in title if character not in "[]:*?/\\'")[:31] or "1"


def add(book: xlsxwriter.Workbook, made: Sheet, rows: Sequence[Any] = ()) -> None:
    """Add a sheet with its lines to a workbook."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(sheet_name(made.title))
    sheet.set_row(NAMES, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST, 0)
    for column, name in enumerate(made.names):
        one = made.field(name)
        sheet.write_string(NAMES, column, name)
        mark = " *" if one is not None and not one.blank else ""
        sheet.write_string(LABELS, column, f"{made.label(name)}{mark}", head)
        sheet.set_column(column, column, WIDTH, day if isinstance(one, models.DateField) else None)
        options = [word for word in made.words(name).values() if word]
        if options and sum(map(len, options)) + len(options) <= 255:  # noqa: PLR2004 - Excel's own limit of a list
            sheet.data_validation(FIRST, column, MOST_ROWS, column, {"validate": "list", "source": options})
    for place, row in enumerate(rows, start=FIRST):
        for column, name in enumerate(made.names):
            _cell(sheet, place, column, _shown(made, name, row), day)


def _shown(made: Sheet, name: str, row: Any) -> Any:
    one = made.field(name)
    value = getattr(row, one.attname if one is not None else name)
    return made.words(name).get(value, value)


def _cell(sheet: Any, place: int, column: int, said: Any, day: Any) -> None:
    if isinstance(said, date):
        sheet.write_datetime(place, column, datetime(said.year, said.month, said.day), day)  # noqa: DTZ001
    elif isinstance(said, int | Decimal) and not isinstance(said, bool):
        sheet.write_number(place, column, said)
    elif said not in (None, ""):
        sheet.write_string(place, column, str(said))


def open_book(content: bytes) -> tuple[list[tuple[str, list[list[Any]]]], list[Fault]]:
    """The sheets of a file as rows of cells by name, or why it cannot be read."""
    try:
        safety.unpack(safety.load(content))
        files.screen(content)
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            return [
                (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in book.sheet_names
            ], []
    except safety.RefusedError as error:
        return [], [Fault("", error.reason.text(language()))]
    except (python_calamine.CalamineError, OSError, ValueError):
        return [], [Fault("", _("The file cannot be read as an Excel workbook (.xlsx)."))]


def open_csv(content: bytes) -> tuple[list[list[str]], list[Fault]]:
    """The rows of a CSV file in UTF-8 or GB18030 (GBK), cells parted by commas, semicolons or tabs."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        parting = max(",;\t", key=first.count)
        try:
            return list(csv.reader(io.StringIO(text), delimiter=parting)), []
        except csv.Error:
            break
    return [], [Fault("", _("The file cannot be read as CSV in UTF-8 or GBK."))]


def read(sheet: Sheet, content: bytes) -> Read:
    """Read the first sheet of a file. A line whose key is there already changes that line, others are new."""
    sheets, faults = open_book(content)
    return Read(faults=faults) if faults else read_lines(sheet, sheets[0][1] if sheets else [])


def read_lines(made: Sheet, lines: list[list[Any]], *, where: str = "", may_be_empty: bool = False) -> Read:
    """Read the rows of a sheet; `where` stands before each cell that is named."""
    found = Read()
    names = [str(cell).strip() for cell in lines[NAMES]] if lines else []
    if missing := [made.label(name) for name in made.names if name not in names]:
        told = _("These columns are missing: %(names)s. Start from the template of this page.")
        found.faults.append(Fault(where, told % {"names": ", ".join(missing)}))
        return found
    filled = [
        (place, line)
        for place, line in enumerate(lines[FIRST:], FIRST)
        if any(cell not in ("", None) for cell in line)
    ]
    if not filled and not may_be_empty:
        found.faults.append(Fault(where, _("No line is filled in.")))
    if len(filled) > MOST_ROWS:
        found.faults.append(Fault(where, _("At most %(n)s lines are read at once.") % {"n": MOST_ROWS}))
        return found
    known, seen = made.known(), dict[tuple[Any, ...], int]()
    words = {name: list(_both_languages(made, name)) for name in made.names}
    for place, line in filled:
        values = {name: _said(made, name, line[names.index(name)], words[name]) for name in made.names}
        at = {name: f"{where}{xl_col_to_name(names.index(name))}{place + 1}" for name in made.names}
        key = _key(made, values)
        form = made.form(values, known.get(key))
        found.faults += _faults(made, form, values, at, f"{where}{place + 1}")
        if key in seen:
            told = _("The same stands in row %(n)s.") % {"n": seen[key] + 1}
            found.faults.append(Fault(at[made.key[-1]], told))
        seen.setdefault(key, place)
        found.forms.append(form)
    return found


def _faults(
    made: Sheet, form: Any, values: Mapping[str, str], at: Mapping[str, str], line: str
) -> Iterator[Fault]:
    for name in made.names:
        if isinstance(made.field(name), models.BooleanField) and values[name] not in ("", "True"):
            wrong = _("“%(text)s” is neither yes nor no.") % {"text": values[name][:40]}
            yield Fault(at[name], f"{made.label(name)}: {wrong}", made.expected(name))
    for name, faults in form.errors.items():
        for fault in faults:
            if name == NON_FIELD_ERRORS or name not in at:
                yield Fault(line, str(fault))
            else:
                yield Fault(at[name], f"{made.label(name)}: {fault}", made.expected(name))


def _key(made: Sheet, values: Mapping[str, str]) -> tuple[Any, ...]:
    """What makes the line the same line, as the record keeps it."""
    return tuple(
        int(values[name])
        if isinstance(made.field(name), models.IntegerField) and values[name].isdigit()
        else values[name].strip()
        for name in made.key
    )


def _said(made: Sheet, name: str, cell: Any, words: Sequence[tuple[Any, str]]) -> str:
    """A cell as a form takes it: choices by value or by their words in either language, days as ISO."""
    one = made.field(name)
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else repr(cell)
    text = str(cell).strip() if cell is not None else ""
    if isinstance(one, models.BooleanField) and not text:
        return str(one.default) if one.default else ""
    if isinstance(one, models.DateField):
        return text.replace("/", "-").replace(".", "-")
    for value, word in words:
        if text.casefold() in (str(value).casefold(), word.casefold()):
            return str(value) if value is not False else ""
    return text


def _both_languages(made: Sheet, name: str) -> Iterator[tuple[Any, str]]:
    for said in LANGUAGES:
        with translation.override(said):
            yield from made.words(name).items()
