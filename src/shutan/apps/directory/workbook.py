"""The directory as a workbook: template out, everything a person may see out, and rows back in by sheet and cell.

A sheet is known by the machine name in its first cell, a column by the one in the hidden first row; names, order and
language may change without harm.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import python_calamine

from shutan.apps.common import files
from shutan.apps.directory.facts import FACTS, FactType
from shutan.apps.directory.models import EntityKind
from shutan.documents.problem import Message, Problem
from shutan.documents.safety import RefusedError, load, unpack
from shutan.documents.sheets import BORDER, KEY, LOCKED, MAY, MUST, Book, write_text
from shutan.documents.values import is_empty
from shutan.kernel import Choice, Origin
from shutan.rules.common.divisions import divisions

MARK = "directory."
FIRST_DATA = 3  # zero-based: machine names, heads, what is expected
MOST_ROWS = 20_000
# Beside the facts: the record's number, from when the row holds.
NUMBER, SINCE = "number", "since"
HEADS = {
    NUMBER: ("编号（新登记留空）", "Number (empty: new)"),
    SINCE: ("自…起有效", "Valid from"),
}
TITLES = {
    EntityKind.LEGAL_PERSON: ("企业", "Legal persons"),
    EntityKind.REPORTING_ENTITY: ("报告主体", "Reporting entities"),
    EntityKind.FACILITY: ("设施", "Facilities"),
    EntityKind.LINE: ("机组与产线", "Units and lines"),
}
# Who is named by others comes first.
ORDER = (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY, EntityKind.FACILITY, EntityKind.LINE)


@dataclass
class RawRow:
    """One row as typed: values by name, and where each stands."""

    values: dict[str, Any]
    sheet: str
    places: Mapping[str, str]
    row: int

    def where(self, name: str) -> Origin:
        """The cell of a value; the row where the column is missing."""
        return Origin("cell", self.places.get(name, str(self.row)), self.sheet)


@dataclass
class Rows:
    """All rows by kind, and what could not be read."""

    rows: dict[str, list[RawRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


# Out


def write(rows: Mapping[str, Iterable[Mapping[str, Any]]], language: str) -> bytes:
    """A workbook with the given rows (none: a template); a row maps the columns' names to what is typed."""
    stream = io.BytesIO()
    zh = language.startswith("zh")
    book = Book(stream, "名录" if zh else "Directory", language=language)
    for kind in ORDER:
        _write_sheet(book, kind, rows.get(kind, ()), zh=zh)
    _write_divisions(book, zh=zh)
    book.close()
    return stream.getvalue()


def columns(kind: str) -> list[str]:
    """The columns' names."""
    return [NUMBER, SINCE, *(one.name for one in FACTS[kind])]


def _write_sheet(book: Book, kind: EntityKind, rows: Iterable[Mapping[str, Any]], *, zh: bool) -> None:
    sheet = book.sheet(TITLES[kind][0 if zh else 1])
    types = {one.name: one for one in FACTS[kind]}
    sheet.freeze_panes(FIRST_DATA, 3)
    sheet.set_row(0, None, None, {"hidden": True})
    for at, name in enumerate(columns(kind)):
        one = types.get(name)
        head = HEADS[name][0 if zh else 1] if one is None else one.label(book.language)
        must = one.required if one else name == SINCE
        write_text(book, sheet, 0, at, f"{MARK}{kind}.{name}" if at == 0 else name)
        look = {"bg_color": MUST if must else MAY, "font_color": "#FFFFFF", "bold": True, "text_wrap": True}
        write_text(book, sheet, 1, at, head + ("*" if must else ""), **look, **BORDER)
        write_text(
            book,
            sheet,
            2,
            at,
            _expected(name, one, zh=zh),
            bg_color=LOCKED,
            italic=True,
            text_wrap=True,
            **BORDER,
        )
        sheet.set_column(
            at, at, 24 if name in ("name", "credit_code", "owner", "facility", "address") else 14
        )
        if one is not None and isinstance(one.field, Choice):
            words = [member.zh if zh else member.en for member in one.field.choices]
            if len(",".join(words)) < 250:  # noqa: PLR2004 - a list typed into a rule holds 255 characters
                sheet.data_validation(
                    FIRST_DATA,
                    at,
                    MOST_ROWS,
                    at,
                    {"validate": "list", "source": words, "error_type": "warning"},
                )
    text = book.format(num_format="@")
    for row, given in enumerate(rows, start=FIRST_DATA):
        for at, name in enumerate(columns(kind)):
            value = given.get(name)
            if value not in (None, ""):
                sheet.write_string(row, at, str(value), text)


def _expected(name: str, one: FactType | None, *, zh: bool) -> str:
    """What a column takes, in few words."""
    if one is None:
        return ("由系统生成", "given by the system")[not zh] if name == NUMBER else "YYYY-MM-DD"
    if one.by_event:
        return ("新登记可填；之后由事件变更", "for new rows; later by events")[not zh]
    if one.target:
        return ("统一社会信用代码、名称或编号", "credit code, name or number")[not zh]
    if name == "division":
        return ("六位代码，见“区划”表", "six digits, see sheet Divisions")[not zh]
    return ("选一项", "choose one")[not zh] if isinstance(one.field, Choice) else ""


def _write_divisions(book: Book, *, zh: bool) -> None:
    sheet = book.sheet("区划" if zh else "Divisions", landscape=False)
    heads = ("代码", "名称", "上级") if zh else ("Code", "Name", "Within")
    for at, head in enumerate(heads):
        write_text(book, sheet, 0, at, head, bold=True, bg_color=KEY, font_color="#FFFFFF")
    sheet.set_column(0, 2, 22)
    current = [one for one in divisions().values() if not one.successor]
    for row, one in enumerate(current, start=1):
        above = divisions().get(one.parent)
        names = (one.code, one.named(book.language), above.named(book.language) if above else "")
        for at, text in enumerate(names):
            write_text(book, sheet, row, at, text)


# In


def read(content: bytes) -> Rows:
    """Read a filled-in workbook. A file that may not be opened is a problem too, never an exception."""
    found = Rows()
    try:
        unpack(load(content))
        files.screen(content)
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            for title in book.sheet_names:
                _read_sheet(book.get_sheet_by_name(title).to_python(skip_empty_area=False), title, found)
    except RefusedError as error:
        found.problems.append(Problem(error.code, Origin("file", ""), error.reason))
        return found
    except (python_calamine.CalamineError, OSError, ValueError, SyntaxError):
        message = Message("文件已损坏，无法读取", "the file is damaged and cannot be read")
        found.problems.append(Problem("file.corrupt", Origin("file", ""), message))
        return found
    if not found.rows and not found.problems:
        message = Message("没有可导入的工作表或数据行", "there is no sheet or row to import")
        expected = Message("本页模板生成的工作簿", "a workbook made by the template of this page")
        found.problems.append(Problem("file.empty", Origin("file", ""), message, expected))
    return found


def _read_sheet(cells: list[list[Any]], title: str, found: Rows) -> None:
    if not cells or not cells[0]:
        return
    heads = [str(cell).strip() for cell in cells[0]]
    marked = next((head for head in heads if head.startswith(MARK)), "")
    kind = marked.removeprefix(MARK).split(".")[0]
    if kind not in FACTS:
        return
    heads = [head.split(".")[-1] if head.startswith(MARK) else head for head in heads]
    known = set(columns(kind))
    rows = found.rows.setdefault(kind, [])
    for number, line in enumerate(cells[FIRST_DATA:], start=FIRST_DATA + 1):
        values = {name: cell for name, cell in zip(heads, line, strict=False) if name in known}
        if all(is_empty(value) for value in values.values()):
            continue
        places = {name: f"{letters(at)}{number}" for at, name in enumerate(heads) if name in known}
        rows.append(RawRow(values, title, places, number))
    if len(rows) > MOST_ROWS:
        message = Message(f"多于{MOST_ROWS}行，请分批导入", f"more than {MOST_ROWS} rows: import in parts")
        found.problems.append(Problem("rows.many", Origin("file", "", title), message))
        rows.clear()
    if not rows:
        del found.rows[kind]


def letters(at: int) -> str:
    """The letters of a column: 0 → A."""
    text, at = "", at + 1
    while at:
        at, left = divmod(at - 1, 26)
        text = chr(65 + left) + text
    return text


def from_json(payload: Any) -> Rows:
    """Rows sent as JSON: `{"legal_person": [{"name": …, "since": …}, …], "facility": […]}`."""
    found = Rows()
    expected = Message(
        '各类主体的行列表，如 {"legal_person": [...]}',
        'lists of rows by kind, such as {"legal_person": [...]}',
    )
    if not isinstance(payload, Mapping) or not payload:
        found.problems.append(
            Problem("json.shape", Origin("json", ""), Message("不是对象", "not an object"), expected)
        )
        return found
    for kind, rows in payload.items():
        if kind not in FACTS or not isinstance(rows, list) or len(rows) > MOST_ROWS:
            found.problems.append(
                Problem(
                    "json.kind",
                    Origin("json", str(kind)[:40]),
                    Message("不是主体类别或行列表", "no kind of entity, or no list of rows"),
                    expected,
                )
            )
            continue
        known = set(columns(kind))
        for at, row in enumerate(rows):
            place = f"{kind}.{at}"
            if not isinstance(row, Mapping) or set(row) - known:
                message = Message("不是一行，或有未知的字段", "not a row, or an unknown field")
                found.problems.append(
                    Problem(
                        "json.row",
                        Origin("json", place),
                        message,
                        Message("、".join(columns(kind)), ", ".join(columns(kind))),
                    )
                )
                continue
            places = {name: f"{place}.{name}" for name in known}
            found.rows.setdefault(kind, []).append(RawRow(dict(row), "", places, at))
    return found
