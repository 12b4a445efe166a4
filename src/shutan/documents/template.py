"""The workbook a plant fills in, made from the declared tables; with data, the same workbook filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from shutan.documents import layout
from shutan.documents.guide import write_choices, write_guide
from shutan.documents.layout import (
    FIRST_ROW,
    LABEL_ROW,
    NAMES_ROW,
    TITLE_ROW,
    UNIT_HELPER,
    UNIT_ROW,
    cell,
    quoted,
)
from shutan.documents.sheets import (
    ACCENT,
    ALERT,
    DATE,
    KEY,
    LOCKED,
    MAY,
    MUST,
    RULE,
    Book,
    number_format,
    write_text,
    write_value,
)
from shutan.documents.wording import is_mandatory, key_labels, pick, say, unit_names, unit_text
from shutan.kernel import Choice, Dataset, Date, Input, Number, Row, RuleSet, Table, Text, last_day

MONTHS = range(1, 13)
ROWS_WITHOUT_MONTH, ROWS_OF_TESTS, BLOCKS = 24, 800, 4
_PROTECTION = {
    "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True,
    "autofilter": True, "objects": True,
}  # fmt: skip


@dataclass
class _Sheet:
    """One table being written."""

    book: Book
    rules: RuleSet
    table: Table
    sheet: Any
    titles: dict[str, str]
    rows: Sequence[Row]
    data: Dataset
    language: str
    unused: frozenset[str]  # inputs the law of the year does not ask for

    def is_hidden(self, declared: Input) -> bool:
        """Say whether a column is hidden: nothing in the year uses it and no value is there."""
        return declared.name in self.unused and not any(declared.name in row.values for row in self.rows)

    @property
    def last(self) -> int:
        """Return the last row prepared, zero-based."""
        return FIRST_ROW + prepared_rows(self.table, len(self.rows)) - 1


def prepared_rows(table: Table, filled: int = 0) -> int:
    """Return how many rows are made ready: drop-downs and limits reach that far."""
    if table.grain.monthly and table.grain.dimensions[-1] == "month":
        ready = 12 * BLOCKS * (len(table.grain.dimensions) - 1)
    else:
        ready = ROWS_OF_TESTS if table.grain.monthly else ROWS_WITHOUT_MONTH
    return max(ready, filled + 12)


def write_template(
    rules: RuleSet, year: int, target: Path | BinaryIO, *, data: Dataset | None = None, language: str = "zh"
) -> None:
    """Write the workbook of a rule set and year.

    Args:
        rules: whose tables.
        year: reporting year.
        target: file to write, or a binary stream.
        data: rows to fill in; reading the workbook gives them back.
        language: "zh" or "en"; the reader takes both.
    """
    book = Book(target, f"{pick(rules.title, language)} {year}", language=language)
    titles = layout.table_titles(rules.tables, language)
    write_guide(book, rules, year, titles)
    data, unused = data or Dataset(), unused_inputs(rules, year)
    for table in rules.tables:
        sheet, rows = book.sheet(titles[table.name]), data.rows(table.name)
        one = _Sheet(book, rules, table, sheet, titles, rows, data, language, unused)
        if table.grain.dimensions:
            _write_rows(one)
        else:
            _write_list(one)
        one.sheet.protect("", _PROTECTION)
    write_choices(book, rules)
    book.close()


def unused_inputs(rules: RuleSet, year: int) -> frozenset[str]:
    """Return the inputs that rules of other years need, and neither a rule nor a clause of this year."""
    days = [last_day(year, month) for month in MONTHS]

    def holds(clause: str) -> bool:
        return any(rules.clauses[clause].holds(day) for day in days)

    ever: set[str] = set()
    now: set[str] = set()
    for made in (made for versions in rules.rules.values() for made in versions):
        needed = rules.dependencies(made)
        ever |= needed
        if any(holds(clause) for clause in made.clauses):
            now |= needed
    return frozenset(
        one.name
        for one in rules.inputs.values()
        if one.name in ever - now
        and not is_mandatory(one)
        and one.clause in rules.clauses
        and not holds(one.clause)
    )


# -- tables with keys --------------------------------------------------------------------------------------------------


def columns_of(rules: RuleSet, table: Table) -> list[str]:
    """Return the names of a sheet's columns: keys, perhaps the row's unit, inputs."""
    helper = [UNIT_HELPER] if unit_source(rules, table) else []
    return [*table.grain.dimensions, *helper, *(one.name for one in table.inputs)]


def unit_source(rules: RuleSet, table: Table) -> tuple[str, Input] | None:
    """Return the unit word and the choice it depends on, where a table has such a unit and the choice is filled in."""
    for one in table.inputs:
        if isinstance(one, Number) and (by := unit_names(rules, one.unit)) in rules.inputs:
            word = next(word for word, unit in rules.units.items() if unit.by == by)
            source = rules.input_table[by]
            if table.grain.sees(source.grain) and source.grain.dimensions:
                return word, rules.inputs[by]
    return None


def _write_rows(one: _Sheet) -> None:
    book, sheet, table = one.book, one.sheet, one.table
    names = columns_of(one.rules, table)
    keys = len(table.grain.dimensions)
    sheet.set_row(NAMES_ROW, None, None, {"hidden": True})
    sheet.set_row(TITLE_ROW, 24)
    sheet.set_row(LABEL_ROW, 48)
    sheet.set_row(UNIT_ROW, 30)
    sheet.freeze_panes(FIRST_ROW, keys)
    sheet.repeat_rows(LABEL_ROW, UNIT_ROW)
    write_text(book, sheet, TITLE_ROW, 0, _title(one), bold=True, font_size=13, font_color=ACCENT)
    for column, name in enumerate(names):
        sheet.write_string(NAMES_ROW, column, name)
    for at, (name, label) in enumerate(
        zip(table.grain.dimensions, key_labels(table, one.language), strict=False)
    ):
        _head(one, at, label, say(one.language, "必填", "required"), KEY)
        sheet.set_column(at, at, 8 if name == "month" else 14, book.format(locked=False))
        _validate_key(one, at, name)
    source = unit_source(one.rules, table)
    if source:
        _head(one, keys, say(one.language, "计量单位", "unit"), say(one.language, "自动", "automatic"), MAY)
        sheet.set_column(keys, keys, 10, book.format(bg_color=LOCKED, align="center"))
        _write_units(one, keys, *source)
    shift = keys + bool(source)
    for at, declared in enumerate(table.inputs):
        _write_column(one, shift + at, declared)
    _write_data(one, shift)


def _title(one: _Sheet) -> str:
    text = pick(one.table.label, one.language)
    if one.table.optional:
        text += say(one.language, "（无此项可不填）", " (leave empty where there is none)")
    if one.table.help:
        text += " — " + pick(one.table.help, one.language)
    return text


def _head(one: _Sheet, column: int, label: str, below: str, color: str) -> None:
    look: dict[str, Any] = {
        "text_wrap": True, "align": "center", "border": 1, "border_color": RULE, "locked": True,
    }  # fmt: skip
    write_text(
        one.book, one.sheet, LABEL_ROW, column, label, **look, bg_color=color, font_color="#FFFFFF", bold=True
    )
    write_text(one.book, one.sheet, UNIT_ROW, column, below, **look, bg_color=LOCKED, font_size=8)


def _write_column(one: _Sheet, column: int, declared: Input) -> None:
    duty, color = _duty(declared, one.language)
    unit = _kind(one.rules, declared, one.language)
    _head(one, column, pick(declared.label, one.language), f"{unit}\n{duty}" if unit else duty, color)
    _comment(one, LABEL_ROW, column, declared)
    width = 24 if isinstance(declared, Text) else 18 if isinstance(declared, Choice) else 13
    hidden = {"hidden": True} if one.is_hidden(declared) else {}
    one.sheet.set_column(column, column, width, one.book.format(**_look(declared)), hidden)
    validate_cells(one.sheet, (FIRST_ROW, column, one.last, column), declared, one.language)
    if is_mandatory(declared):
        first, own = cell(FIRST_ROW, 0), cell(FIRST_ROW, column)
        one.sheet.conditional_format(
            FIRST_ROW, column, one.last, column,
            {
                "type": "formula", "criteria": f'=AND(${first}<>"",{own}="")',
                "format": one.book.book.add_format({"bg_color": ALERT}),
            },
        )  # fmt: skip


def _look(declared: Input) -> dict[str, Any]:
    if isinstance(declared, Number):
        return {"locked": False, "num_format": number_format(declared.places)}
    if isinstance(declared, Date):
        return {"locked": False, "num_format": DATE, "align": "center"}
    return {"locked": False, "num_format": "@"} if isinstance(declared, Text) else {"locked": False}


def _duty(declared: Input, language: str) -> tuple[str, str]:
    if is_mandatory(declared):
        return say(language, "必填", "required"), MUST
    if declared.required_when:
        return say(language, "条件必填", "required when…"), MUST
    return say(language, "选填", "optional"), MAY


def _kind(rules: RuleSet, declared: Input, language: str) -> str:
    if isinstance(declared, Number):
        return unit_text(rules, declared.unit, language)
    words = {Choice: ("下拉选择", "choose"), Date: ("日期", "date"), Text: ("文字", "text")}
    return say(language, *words[type(declared)])


def _comment(one: _Sheet, row: int, column: int, declared: Input) -> None:
    language = one.language
    parts = []
    if declared.clause:
        parts.append(say(language, "条款：", "Clause: ") + declared.clause)
    if isinstance(declared, Number):
        if declared.symbol:
            parts.append(say(language, "符号：", "Symbol: ") + declared.symbol)
        parts.append(say(language, f"最多 {declared.places} 位小数", f"At most {declared.places} decimals"))
    default = declared.default
    if default is not None:
        shown = getattr(default, "zh" if language.startswith("zh") else "en", default)
        parts.append(say(language, f"不填即为：{shown}", f"Empty means: {shown}"))
    parts += [pick(text, language) for text in (declared.required_when, declared.help) if text]
    if parts:
        one.sheet.write_comment(
            row, column, "\n".join(parts), {"x_scale": 1.6, "y_scale": 0.9, "font_size": 9}
        )


def validate_cells(sheet: Any, area: tuple[int, int, int, int], declared: Input, language: str) -> None:
    """Limit what cells take, with a message that says what is expected."""
    title = declared.zh if language.startswith("zh") else declared.en
    rule: dict[str, Any] = {"ignore_blank": True, "error_title": title[:32]}
    if isinstance(declared, Choice):
        rule |= {"validate": "list", "source": f"=choices_{declared.choices.name}"}
        rule["error_message"] = say(language, "请从下拉列表中选择", "choose from the list")
    elif isinstance(declared, Number):
        rule |= {"validate": "decimal"} | _bounds(declared)
        low, high = declared.minimum, declared.maximum
        zh = "请填数字" + (f"，不小于{low}" if low else "") + (f"，不大于{high}" if high else "")
        en = "a number" + (f", at least {low}" if low else "") + (f", at most {high}" if high else "")
        rule["error_message"] = say(language, zh, en)
    elif isinstance(declared, Date):
        rule |= {"validate": "date", "criteria": ">=", "value": "=DATE(1900,1,1)"}
        rule["error_message"] = say(language, "请填日期，如 2024-03-31", "a date such as 2024-03-31")
    else:
        rule |= {"validate": "length", "criteria": "<=", "value": getattr(declared, "length", 200)}
        rule["error_message"] = say(language, "文字过长", "the text is too long")
    sheet.data_validation(*area, rule)


def _bounds(declared: Number) -> dict[str, Any]:
    low = None if declared.minimum is None else float(declared.minimum)
    high = None if declared.maximum is None else float(declared.maximum)
    if low is not None and high is not None:
        return {"criteria": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"criteria": ">=", "value": low}
    return {"criteria": "<=", "value": 1e15 if high is None else high}


def _validate_key(one: _Sheet, column: int, name: str) -> None:
    """A month is 1 to 12; a name of a coarser table is offered from there, with a warning for any other."""
    area = (FIRST_ROW, column, one.last, column)
    if name == "month":
        one.sheet.data_validation(*area, {"validate": "list", "source": [str(month) for month in MONTHS]})
        return
    parent = next(
        (
            other
            for other in one.rules.tables
            if name in other.grain.dimensions
            and len(other.grain.dimensions) < len(one.table.grain.dimensions)
        ),
        None,
    )
    if parent is None:
        return
    at = parent.grain.dimensions.index(name)
    last = FIRST_ROW + prepared_rows(parent, len(one.data.rows(parent.name))) - 1
    source = (
        f"={quoted(one.titles[parent.name])}!{cell(FIRST_ROW, at, fixed=True)}:{cell(last, at, fixed=True)}"
    )
    rule = {"validate": "list", "source": source, "error_type": "warning"}
    rule["error_message"] = say(
        one.language, f"《{parent.zh}》中没有这一名称", f"“{parent.en}” has no such name"
    )
    one.sheet.data_validation(*area, rule)


def _write_units(one: _Sheet, column: int, word: str, by: Input) -> None:
    """Show the unit of each row by a formula over the choice it depends on."""
    source = one.rules.input_table[by.name]
    unit = one.rules.units[word]
    chosen = {
        tuple(row.values[part] for part in source.grain.dimensions): row.values.get(by.name)
        for row in one.data.rows(source.name)
    }
    positions = [one.table.grain.dimensions.index(name) for name in source.grain.dimensions]
    at = columns_of(one.rules, source).index(by.name)
    last = FIRST_ROW + prepared_rows(source, len(one.data.rows(source.name))) - 1
    sheet = quoted(one.titles[source.name])

    def area(index: int) -> str:
        return f"{sheet}!{cell(FIRST_ROW, index, fixed=True)}:{cell(last, index, fixed=True)}"

    for row in range(FIRST_ROW, one.last + 1):
        if source is one.table:
            kind = cell(row, at)
        else:
            match = "*".join(
                f"({area(index)}={cell(row, position)})" for index, position in enumerate(positions)
            )
            kind = f"LOOKUP(2,1/({match}),{area(at)})"
        key = [one.rows[row - FIRST_ROW].values[name] for name in source.grain.dimensions] if (
            row - FIRST_ROW < len(one.rows)
        ) else []  # fmt: skip
        member = chosen.get(tuple(key))
        formula = f'=IFERROR(INDEX(units_{word},MATCH({kind},choices_{by.choices.name},0)),"")'  # type: ignore[attr-defined]
        shown = unit.text(member, one.language) if member is not None else ""
        one.sheet.write_formula(row, column, formula, one.book.format(bg_color=LOCKED, align="center"), shown)


def _write_data(one: _Sheet, shift: int) -> None:
    dimensions = one.table.grain.dimensions
    for at, given in enumerate(one.rows):
        for column, name in enumerate(dimensions):
            write_value(one.book, one.sheet, FIRST_ROW + at, column, given.values.get(name), locked=False)
        for column, declared in enumerate(one.table.inputs):
            if (value := given.values.get(declared.name)) is not None:
                write_value(one.book, one.sheet, FIRST_ROW + at, shift + column, value, **_look(declared))
    if not one.rows and one.table.grain.monthly and dimensions[-1] == "month":
        for row in range(FIRST_ROW, one.last + 1):
            one.sheet.write_number(
                row, dimensions.index("month"), (row - FIRST_ROW) % 12 + 1, one.book.format(locked=False)
            )


# -- the table without keys --------------------------------------------------------------------------------------------


def _write_list(one: _Sheet) -> None:
    book, sheet, language = one.book, one.sheet, one.language
    sheet.set_portrait()
    for column, width in enumerate((3, 34, 44, 14, 10, 44)):
        options = {"hidden": True} if column == layout.NAME_COLUMN else {}
        sheet.set_column(column, column, width, book.format(), options)
    sheet.set_row(0, 26)
    write_text(book, sheet, 0, layout.LABEL_COLUMN, _title(one), bold=True, font_size=13, font_color=ACCENT)
    heads = say(language, "项目|填写|单位|要求|说明", "item|value|unit|duty|note").split("|")
    first = layout.LIST_FIRST_ROW
    for at, head in enumerate(heads):
        write_text(
            book, sheet, first - 1, layout.LABEL_COLUMN + at, head, bold=True, bg_color=KEY, font_color="#FFFFFF",
            align="center", border=1, border_color=RULE,
        )  # fmt: skip
    sheet.freeze_panes(first, 2)
    values = one.rows[0].values if one.rows else {}
    for at, declared in enumerate(one.table.inputs):
        row, border = first + at, {"border": 1, "border_color": RULE}
        duty, _ = _duty(declared, language)
        sheet.set_row(row, 20, None, {"hidden": True} if one.is_hidden(declared) else {})
        sheet.write_string(row, layout.NAME_COLUMN, declared.name)
        write_text(
            book, sheet, row, layout.LABEL_COLUMN, pick(declared.label, language), bg_color=LOCKED, **border
        )
        _comment(one, row, layout.LABEL_COLUMN, declared)
        look = {**_look(declared), "align": "left", "text_wrap": True, **border}
        write_value(book, sheet, row, layout.VALUE_COLUMN, values.get(declared.name), **look)
        validate_cells(sheet, (row, layout.VALUE_COLUMN, row, layout.VALUE_COLUMN), declared, language)
        for column, text in enumerate((_kind(one.rules, declared, language), duty, declared.clause)):
            write_text(book, sheet, row, layout.VALUE_COLUMN + 1 + column, text, font_size=8, **border)
