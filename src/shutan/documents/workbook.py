"""Reading a filled-in workbook: a complete input, or everything that is wrong with it, by sheet and cell."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine

from shutan.documents import layout
from shutan.documents.formulas import Evaluator, Formula, NotComputableError, Place, find_formulas
from shutan.documents.problem import Message, Problem, Reading
from shutan.documents.safety import RefusedError, load, unpack
from shutan.documents.validate import RawRow, known_year, validate
from shutan.documents.values import is_empty
from shutan.documents.wording import both_of, is_mandatory, key_labels
from shutan.kernel import Dataset, Origin, RuleSet, Table
from shutan.rules.registry import rule_sets as shipped

_LARGEST = Decimal("1e300")  # beyond it a float is none
# How far down the facts about the workbook and the labels of a table are looked for.
META_ROWS, LABEL_ROWS = 60, 12


def read_workbook(
    source: Path | bytes | BinaryIO,
    *,
    name: str = "",
    rules_year: int | None = None,
    rule_sets: Mapping[str, RuleSet] | None = None,
) -> Reading:
    """Read a workbook that `write_template` made and a person filled in.

    Args:
        source: path, content or binary stream.
        name: file name shown as origin; default: the path's.
        rules_year: year whose law is applied, where it is not the workbook's own year.
        rule_sets: rule sets by name; default: all that are shipped.

    Returns:
        A `Reading`; a refused or unreadable file is a reading with one problem, never an exception.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        parts = unpack(content := load(source))
        formulas = find_formulas(parts)
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            sheets = [_sheet(book, title, formulas) for title in book.sheet_names]
    except RefusedError as error:
        return _refused(name, error.code, error.reason)
    except (
        python_calamine.CalamineError,
        OSError,
        ValueError,
        SyntaxError,
    ):  # SyntaxError: XML that does not parse
        broken = Message("文件已损坏，无法读取", "the file is damaged and cannot be read")
        return _refused(name, "file.corrupt", broken)
    return _Workbook(name, sheets, formulas, shipped() if rule_sets is None else rule_sets).read(rules_year)


def _refused(name: str, code: str, reason: Message) -> Reading:
    expected = Message("用“模板”功能生成并填写的 .xlsx", "an .xlsx made by the template function")
    return Reading(
        None, None, None, problems=(Problem(code, Origin("file", name), reason, expected),), title=name
    )


@dataclass
class _Sheet:
    """One sheet: all its cells from A1, and the ranges that were merged (zero-based corners)."""

    title: str
    cells: list[list[Any]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]

    def at(self, row: int, column: int) -> Any:
        line = self.cells[row] if 0 <= row < len(self.cells) else []
        value = line[column] if 0 <= column < len(line) else ""
        return None if value == "" else value


def _sheet(book: python_calamine.CalamineWorkbook, title: str, formulas: Mapping[Place, Formula]) -> _Sheet:
    found = book.get_sheet_by_name(title)
    cells = found.to_python(skip_empty_area=False)
    # A formula nobody computed may stand beyond the last value.
    for sheet, row, column in formulas:
        if sheet == title:
            while len(cells) <= row:
                cells.append([])
            cells[row].extend([""] * (column + 1 - len(cells[row])))
    return _Sheet(title, cells, found.merged_cell_ranges or ())


@dataclass
class _Area:
    """A table found on a sheet: which name stands in which column (or, for a list, in which row)."""

    table: Table
    sheet: _Sheet
    places: dict[str, int]
    first: int  # first row of data; -1 for a list, whose values stand in one column


class _Workbook:
    """One workbook being read."""

    def __init__(
        self,
        name: str,
        sheets: list[_Sheet],
        formulas: dict[Place, Formula],
        rule_sets: Mapping[str, RuleSet],
    ) -> None:
        self.name, self.sheets, self.formulas, self.rule_sets = name, sheets, formulas, rule_sets
        self.problems: list[Problem] = []
        self.by_title = {sheet.title: sheet for sheet in sheets}
        self.evaluator = Evaluator(formulas, lambda place: self.by_title[place[0]].at(place[1], place[2])
                                   if place[0] in self.by_title else None)  # fmt: skip

    def read(self, rules_year: int | None) -> Reading:
        """Read everything."""
        facts = self._facts()
        if facts is None or str(facts[layout.META_KIND][0]) != layout.KIND:
            message = Message("不是由本系统模板生成的工作簿", "this workbook was not made from a template")
            return _refused(self.name, "file.kind", message)
        rules = self.rule_sets.get(str(facts.get(layout.META_RULES, ("", None))[0]))
        if rules is None:
            message = Message("工作簿的规则集未知", "the rule set of the workbook is unknown")
            return _refused(self.name, "rules.unknown", message)
        self._check_schema(facts)
        year, law = self._years(rules, facts, rules_year)
        areas = self._areas(rules)
        raw: dict[str, list[RawRow]] = {}
        for area in areas:
            raw.setdefault(area.table.name, []).extend(self._rows(area))
        titles = {area.table.name: area.sheet.title for area in areas}
        data, faults = validate(rules, raw, lambda table: self._origin(titles.get(table.name, table.zh), ""))
        # A column that is not there at all is told once (below), not for every row.
        self.problems += [one for one in faults if one.code != "cell.missing" or one.place.place]
        return Reading(rules, year, law, data, tuple(self.problems), self._title(rules, data))

    def _facts(self) -> dict[str, tuple[Any, Origin]] | None:
        for sheet in self.sheets:
            found = {}
            for row in range(min(META_ROWS, len(sheet.cells))):
                key = sheet.at(row, 0)
                if isinstance(key, str) and key.startswith("shutan."):
                    place = self._origin(sheet.title, layout.cell(row, 2))
                    found[key] = (sheet.at(row, 2), place)
            if layout.META_KIND in found:
                return found
        return None

    def _check_schema(self, facts: dict[str, tuple[Any, Origin]]) -> None:
        version, place = facts.get(layout.META_SCHEMA, (None, Origin("cell", "")))
        if version != layout.SCHEMA_VERSION:
            message = Message("模板版本不同，请核对各表", "made from another version of the template")
            self.problems.append(Problem("file.schema", place, message, severity="warning"))

    def _years(
        self, rules: RuleSet, facts: dict[str, tuple[Any, Origin]], rules_year: int | None
    ) -> tuple[int | None, int | None]:
        given, place = facts.get(layout.META_YEAR, (None, self._origin("", "")))
        if rules_year is None:
            year, faults = known_year(rules, given, place)
            self.problems += faults
            return year, year
        law, faults = known_year(rules, rules_year, Origin("option", "rules_year"))
        self.problems += faults
        number = int(given) if isinstance(given, int | float) and 1990 <= given <= 2100 else None  # noqa: PLR2004
        if number is None:
            message = Message("报告年度填写有误", "the reporting year is not a year")
            self.problems.append(Problem("year.unknown", place, message))
        return number, law

    def _origin(self, sheet: str, place: str, note: str = "") -> Origin:
        return Origin("cell", place, sheet, self.name, note)

    # -- where the tables are ------------------------------------------------------------------------------------------

    def _areas(self, rules: RuleSet) -> list[_Area]:
        found = []
        for sheet in self.sheets:
            area = _by_names(rules, sheet) or _by_labels(rules, sheet)
            if area is not None:
                found.append(area)
                self._check_columns(area)
        return found

    def _check_columns(self, area: _Area) -> None:
        for one in area.table.inputs:
            if one.name not in area.places and is_mandatory(one):
                place = self._origin(area.sheet.title, "")
                message = Message(f"缺少“{one.zh}”一列", f"the column “{one.en}” is missing")
                self.problems.append(Problem("column.missing", place, message))

    def _rows(self, area: _Area) -> list[RawRow]:
        if area.first < 0:
            return [self._list_row(area)]
        rows = []
        anchors = _merged_keys(area)
        known = [(name, column) for name, column in area.places.items() if name[:1] != layout.UNIT_HELPER[0]]
        letters = {name: layout.column_letters(column) for name, column in known}
        for row in range(area.first, len(area.sheet.cells)):
            line = area.sheet.cells[row]
            values = {}
            for name, column in known:
                value = line[column] if column < len(line) else ""
                if (area.sheet.title, row, column) in self.formulas:
                    value = self._formula((area.sheet.title, row, column), value, area.table)
                elif value == "" and (row, column) in anchors:
                    value = area.sheet.at(anchors[row, column], column)
                values[name] = None if value == "" else value
            if any(value is not None for value in values.values()):
                rows.append(RawRow(values, self._where(area.sheet.title, row, letters)))
        return rows

    def _where(self, sheet: str, row: int, letters: dict[str, str]) -> Any:
        file = self.name

        def where(name: str) -> Origin:
            place = f"{letters[name]}{row + 1}" if name in letters else ""
            return Origin("cell", place, sheet, file)

        return where

    def _list_row(self, area: _Area) -> RawRow:
        column, title = layout.VALUE_COLUMN, area.sheet.title
        values = {}
        for name, row in area.places.items():
            value = area.sheet.at(row, column)
            if (title, row, column) in self.formulas:
                value = self._formula((title, row, column), value, area.table)
            values[name] = value

        def where(name: str) -> Origin:
            row = area.places.get(name)
            return self._origin(title, "" if row is None else layout.cell(row, column))

        return RawRow(values, where)

    # -- formulas in input cells ---------------------------------------------------------------------------------------

    def _formula(self, place: Place, cached: Any, table: Table) -> Any:
        """Return the value of a formula someone typed, and say that it is one."""
        sheet, row, column = place
        formula = self.formulas[place]
        origin = self._origin(sheet, layout.cell(row, column))
        expected = Message("粘贴为数值", "paste it as a value")
        if formula.error:
            message = Message("单元格是错误值", "the cell holds an error value")
            self.problems.append(Problem("cell.error", origin, message, expected))
            return None
        if formula.cached and not is_empty(cached):
            message = Message(
                f"《{table.zh}》中填的是公式，已采用其保存的结果 {cached}",
                f"a formula; the value stored with it, {cached}, is used",
            )
            self.problems.append(Problem("cell.formula", origin, message, expected, "warning"))
            return cached
        try:
            value = self.evaluator.cell(place)
        except (NotComputableError, RecursionError):
            value = None
        if value is None or not abs(value) < _LARGEST:
            message = Message(
                "公式没有保存结果，且无法计算", "a formula without a stored value that cannot be computed"
            )
            self.problems.append(Problem("formula.unknown", origin, message, expected))
            return None
        number = float(value)
        message = Message(
            f"填的是没有保存结果的公式，已重新计算为 {number:.15g}",
            f"a formula without a stored value; computed again as {number:.15g}",
        )
        self.problems.append(Problem("cell.formula", origin, message, expected, "warning"))
        return number

    def _title(self, rules: RuleSet, data: Dataset) -> str:
        wanted = rules.report.name_input if rules.report else ""
        if wanted:
            for row in data.rows(rules.input_table[wanted].name):
                return str(row.values.get(wanted, self.name))
        return self.name


def _by_names(rules: RuleSet, sheet: _Sheet) -> _Area | None:
    """Recognise a table by the machine's names: across in the hidden first row, or down in the hidden first column."""
    across = {
        value: at for at, value in enumerate(sheet.cells[0] if sheet.cells else []) if isinstance(value, str)
    }
    down = {line[0]: at for at, line in enumerate(sheet.cells) if line and isinstance(line[0], str)}
    for places, vertical in ((across, False), (down, True)):
        votes = Counter(rules.input_table[name].name for name in places if name in rules.inputs)
        if not votes:
            continue
        table = next(one for one in rules.tables if one.name == votes.most_common(1)[0][0])
        if vertical == bool(table.grain.dimensions):
            continue
        wanted = {*table.grain.dimensions, *(one.name for one in table.inputs)}
        places = {name: at for name, at in places.items() if name in wanted}  # noqa: PLW2901 - only what the table has
        return _Area(table, sheet, places, -1 if vertical else layout.FIRST_ROW)
    return None


def _by_labels(rules: RuleSet, sheet: _Sheet) -> _Area | None:
    """Recognise a table whose hidden row was deleted: by the sheet's name, then the columns by their labels."""
    title = sheet.title.casefold()
    for table in rules.tables:
        if not table.grain.dimensions or title not in (
            layout.sheet_title(table.zh).casefold(),
            layout.sheet_title(table.en).casefold(),
        ):
            continue
        labels = {label: one.name for one in table.inputs for label in both_of(one.label)}
        for language in ("zh", "en"):
            labels.update(zip(key_labels(table, language), table.grain.dimensions, strict=False))
        for row in range(min(LABEL_ROWS, len(sheet.cells))):
            places = {labels[value]: at for at, value in enumerate(sheet.cells[row]) if value in labels}
            if len(places) > len(table.grain.dimensions):
                first = row + 1 + (layout.UNIT_ROW - layout.LABEL_ROW)
                return _Area(table, sheet, places, first)
    return None


def _merged_keys(area: _Area) -> dict[tuple[int, int], int]:
    """Return for each cell of a merged key (a unit's name over twelve months) the row where its value stands."""
    columns = {area.places[name] for name in area.table.grain.dimensions if name in area.places}
    found = {}
    for (top, left), (bottom, right) in area.sheet.merged:
        if left == right and left in columns:
            found.update({(row, left): top for row in range(top, bottom + 1)})
    return found
