"""A flat table from Excel or CSV: every cell read by its declaration, every fault at its cell, all of them at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import python_calamine

from shutan.apps.common import files
from shutan.apps.common.files import Upload
from shutan.documents import safety
from shutan.documents.problem import Message, Problem
from shutan.documents.values import is_empty, parse
from shutan.kernel import Input, Origin

MOST_ROWS = 20_000


@dataclass
class Line:
    """One row: its values by name, and where it stands in the file."""

    values: dict[str, Any]
    number: int
    columns: dict[str, int]
    sheet: str = ""

    def origin(self, name: str) -> Origin:
        """The cell of a value."""
        return Origin("cell", f"{_letters(self.columns.get(name, 0))}{self.number}", self.sheet)


@dataclass
class Table:
    """What was read. With problems nothing of it is saved."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(upload: Upload, columns: Sequence[Input]) -> Table:
    """Read the first sheet of a workbook, or a CSV file; heads are labels in either language, or names."""
    found = Table()
    try:
        sheet, rows = _rows(upload)
    except safety.RefusedError as error:
        found.problems.append(Problem(error.code, Origin("cell", "A1", file=upload.name), error.reason))
        return found
    heads = {_plain(cell): place for place, cell in enumerate(rows[0] if rows else []) if not is_empty(cell)}
    places = {
        one.name: heads[key]
        for one in columns
        for key in map(_plain, (one.zh, one.en, one.name))
        if key in heads
    }
    for one in columns:
        if one.name not in places and not one.optional:
            message = Message(f"缺少“{one.zh}”列", f"the column “{one.en}” is missing")
            found.problems.append(Problem("column.missing", Origin("cell", "A1", sheet), message))
    if found.problems:
        return found
    if len(rows) - 1 > MOST_ROWS:
        message = Message(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
        found.problems.append(Problem("file.rows", Origin("cell", f"A{MOST_ROWS + 2}", sheet), message))
        return found
    for number, cells in enumerate(rows[1:], start=2):
        if all(is_empty(cell) for cell in cells):
            continue
        line = Line({}, number, places, sheet)
        _read_line(line, cells, columns, found)
        found.lines.append(line)
    if not found.lines and not found.problems:
        message = Message("文件中没有数据行", "the file has no row of data")
        found.problems.append(Problem("file.empty", Origin("cell", "A2", sheet), message))
    return found


def _read_line(line: Line, cells: Sequence[Any], columns: Sequence[Input], found: Table) -> None:
    for one in columns:
        place = line.columns.get(one.name)
        raw = cells[place] if place is not None and place < len(cells) else None
        if isinstance(raw, float) and raw.is_integer() and one.__class__.__name__ == "Text":
            raw = str(int(raw))
        if is_empty(raw):
            line.values[one.name] = None
            if not one.optional:
                message = Message(f"缺少“{one.zh}”", f"“{one.en}” is missing")
                found.problems.append(Problem("cell.missing", line.origin(one.name), message))
            continue
        value, fault = parse(None, one, raw)
        line.values[one.name] = value
        if fault is not None:
            message = Message(f"“{one.zh}”：{fault.message.zh}", f"“{one.en}”: {fault.message.en}")
            found.problems.append(Problem(fault.code, line.origin(one.name), message, fault.expected))


def _rows(upload: Upload) -> tuple[str, list[list[Any]]]:
    is_csv = upload.name.lower().endswith(".csv")
    content = safety.load(upload.content)
    if is_csv:
        files.screen(content, "csv")
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            try:
                return "", [list(row) for row in csv.reader(io.StringIO(text))]
            except csv.Error:
                break
        raise safety.RefusedError(
            "file.corrupt",
            Message(
                "无法读取：应为 UTF-8 或 GB18030 编码的 CSV",
                "cannot be read: CSV in UTF-8 or GB18030 is expected",
            ),
        )
    safety.unpack(content)
    files.screen(content)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            name = book.sheet_names[0]
            return name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise safety.RefusedError(
            "file.corrupt", Message("工作簿已损坏", "the workbook is damaged")
        ) from error


def _plain(cell: Any) -> str:
    """A head without spaces, units in brackets and case."""
    return str(cell).split("（")[0].split("(")[0].replace(" ", "").strip().lower()


def _letters(place: int) -> str:
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
