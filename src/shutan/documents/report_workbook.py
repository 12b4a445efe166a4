"""The report as a workbook that computes: inputs as values, every derived cell a formula, parameters with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from shutan.documents.grids import Grid, Slot, grids, is_unconfirmed, places_of, unit_of
from shutan.documents.json_form import records_used
from shutan.documents.layout import cell, sheet_title
from shutan.documents.live import FIRST_ROW, CalculationSheet, Formulas, Layout, cached
from shutan.documents.report_sources import write_parameters, write_rules
from shutan.documents.sheets import (
    ACCENT,
    ALERT,
    BORDER,
    KEY,
    LOCKED,
    MUST,
    UNCONFIRMED,
    Book,
    number_format,
    write_heads,
    write_text,
    write_value,
)
from shutan.documents.wording import (
    clause_text,
    dimension_labels,
    key_text,
    label_of,
    pick,
    say,
    status_text,
    unit_text,
    waiting_text,
)
from shutan.kernel import Member, Result, Waiting
from shutan.kernel.explain import status_of
from shutan.kernel.grain import MONTH, Key, last_day
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.report import Report

_INPUT = "#FFFDF3"


@dataclass
class _Writer:
    """One report being written."""

    result: Result
    book: Book
    layout: Layout
    formulas: Formulas
    plant_wrong: bool

    @property
    def language(self) -> str:
        return self.book.language

    def computed(self, sheet: Any, row: int, column: int, formula: str, value: Any, **look: Any) -> None:
        """Write a formula with our result beside it, or (for a test) with a wrong one."""
        shown = cached(value, self.language)
        if self.plant_wrong:
            shown = "?" if isinstance(shown, str) else -987654321.5
        sheet.write_formula(row, column, formula, self.book.format(**look), shown)

    def waiting(self, sheet: Any, row: int, column: int, value: Waiting, **look: Any) -> None:
        """Write what a value waits for."""
        text = waiting_text(self.result.rules, value, self.language)
        write_text(self.book, sheet, row, column, text, **{**look, "font_color": UNCONFIRMED, "font_size": 8})


def write_report(
    result: Result,
    target: Path | BinaryIO,
    language: str = "zh",
    *,
    report: Report | None = None,
    year: int | None = None,
    plant_wrong: bool = False,
) -> None:
    """Write the report workbook.

    Args:
        result: an evaluated report.
        target: file to write, or a binary stream.
        language: "zh" or "en".
        report: what to show; default: what the rule set declares, else calculation sheets only.
        year: year of the figures, where the law of another one was applied: the report then says that it is an exercise.
        plant_wrong: store wrong values with all formulas, so that a test can prove recalculation.
    """
    shown = report or result.rules.report
    title = pick(shown.title if shown else result.rules.title, language)
    book = Book(target, f"{title} {result.year}", language=language)
    taken: set[str] = set()
    summary = sheet_title(say(language, "摘要", "Summary"), taken)
    laid_out = grids(result, shown, language) if shown else []
    titles = {grid.number: "" for grid in laid_out}
    for grid in laid_out:
        titles[grid.number] = titles[grid.number] or sheet_title(f"{grid.number} {grid.title}", taken)
    layout = Layout(result, language, taken, sorted(records_used(result), key=_record_order))
    writer = _Writer(result, book, layout, Formulas(layout), plant_wrong)
    _write_summary(writer, book.sheet(summary, landscape=False), title, shown, year or result.year)
    for number, name in titles.items():
        _write_grids(writer, book.sheet(name), [grid for grid in laid_out if grid.number == number])
    for sheet in layout.sheets.values():
        _write_calculation(writer, book.sheet(sheet.title), sheet)
    write_parameters(book, result, layout, book.sheet(layout.parameters_title))
    write_rules(book, result, book.sheet(sheet_title(say(language, "规则", "Rules"), taken)))
    book.close()


def _record_order(record: ParameterValue) -> tuple[Any, ...]:
    return record.name, record.key, record.since


# -- what people look at -----------------------------------------------------------------------------------------------


def _write_summary(writer: _Writer, sheet: Any, title: str, report: Report | None, year: int) -> None:
    book, result, language = writer.book, writer.result, writer.language
    for column, width in enumerate((34, 22, 12, 44)):
        sheet.set_column(column, column, width, book.format())
    sheet.set_row(0, 34)
    write_text(book, sheet, 0, 0, title, bold=True, font_size=15, font_color=ACCENT)
    name = enterprise_name(result, report)
    facts = [(say(language, "报告主体", "reporting entity"), name)] if name else []
    facts.append((say(language, "数据年度", "year of the figures"), str(year)))
    facts.append((say(language, "适用规则年度", "year of the rules"), str(result.year)))
    line = 2
    for label, text in facts:
        write_text(book, sheet, line, 0, label, bg_color=LOCKED, **BORDER)
        write_text(book, sheet, line, 1, text, **BORDER)
        line += 1
    if year != result.year:
        text = say(language, "演算稿，不是法定报告", "an exercise, not a legal report")
        write_text(book, sheet, line, 0, text, bold=True, font_color=UNCONFIRMED)
        line += 1
    line += 1
    write_heads(book, sheet, line, say(language, "项目|结果|单位|状态", "item|result|unit|status").split("|"))
    for one in report.summary if report else ():
        if not result.has(one):
            continue
        for key in result.keys(result.rules.grain_of(one)):
            line += 1
            words = " ".join(part for part in (label_of(result.rules, one, language), key_text(key)) if part)
            write_text(book, sheet, line, 0, words, **BORDER)
            _write_slot(writer, sheet, line, 1, Slot(one, key))
            write_text(book, sheet, line, 2, unit_of(result, one, key, language), **BORDER)
            value = result.value(one, key)
            state = status_of(result, one, key) if one in result.rules.rules else "official"
            words = status_text(state, language)
            if isinstance(value, Waiting):
                words = waiting_text(result.rules, value, language)
                sheet.set_row(line, 30)
            write_text(book, sheet, line, 3, words, text_wrap=True, **BORDER)
    line += 2
    notes = (
        ("各项结果均为公式，修改“计算”表中的填报值（浅黄）即重新计算。", "Every result is a formula: change an input (pale yellow) and it is computed again."),
        ("带“*”的数值所用参数待核实，来源与状态见“参数”表。", "Figures with * rest on parameters to be confirmed; see the sheet of parameters."),
        ("本工作簿用于编制与核对；法定报送以全国碳市场管理平台为准。", "For preparing and checking; the legal filing is made on the national platform."),
    )  # fmt: skip
    for note in notes:
        write_text(book, sheet, line, 0, say(language, *note), font_size=9, font_color="#5B6B69")
        line += 1


def enterprise_name(result: Result, report: Report | None) -> str:
    """Return the name the report is about, empty where none is given."""
    if report is None or not report.name_input or not result.has(report.name_input):
        return ""
    column = result.column(report.name_input)
    return str(column[0]) if column and column[0] is not None and not isinstance(column[0], Waiting) else ""


def _write_grids(writer: _Writer, sheet: Any, blocks: list[Grid]) -> None:
    book, line = writer.book, 0
    widest = max(len(grid.heads) for grid in blocks)
    months = any(len(grid.heads) > 14 for grid in blocks)  # noqa: PLR2004 - months and the year
    first = (7, 30, 12) if months else (30, 14)
    for column in range(widest):
        sheet.set_column(
            column, column, first[column] if column < len(first) else 12 if months else 18, book.format()
        )
    for grid in blocks:
        heading = f"{grid.number}  {grid.title}" + (f" — {grid.block}" if grid.block else "")
        write_text(book, sheet, line, 0, heading, bold=True, font_size=12, font_color=ACCENT)
        sheet.set_row(line, 22)
        line += 1
        sheet.set_row(line, 20 if months else 34)
        write_heads(book, sheet, line, grid.heads)
        waits: dict[str, None] = {}
        for row in grid.rows:
            line += 1
            for column, slot in enumerate(row):
                if isinstance(slot, Slot):
                    _write_slot(writer, sheet, line, column, slot, waits=waits)
                else:
                    write_text(book, sheet, line, column, slot, text_wrap=True, **BORDER)
        if any(
            isinstance(slot, Slot) and is_unconfirmed(writer.result, slot)
            for row in grid.rows
            for slot in row
        ):
            note = (
                "* 待核实：所用参数尚未见正式文本",
                "* to be confirmed: rests on a parameter whose official text was not seen",
            )
            waits = {say(writer.language, *note): None, **waits}
        for text in waits:
            line += 1
            write_text(book, sheet, line, 0, text, font_size=8, font_color=UNCONFIRMED)
        if grid.note:
            line += 1
            write_text(book, sheet, line, 0, grid.note, font_size=8, italic=True)
        line += 3


def _write_slot(
    writer: _Writer, sheet: Any, row: int, column: int, slot: Slot, *, waits: dict[str, None] | None = None
) -> None:
    """Write a value of a report table: a reference to its calculation cell; texts and days as they are.

    What a waiting one waits for is added to `waits`, to be written below the table.
    """
    result = writer.result
    value = result.value(slot.name, slot.key)
    if isinstance(value, Waiting) and slot.name in result.rules.rules:
        if waits is not None:
            waits[waiting_text(result.rules, value, writer.language)] = None
        word = status_text("waiting", writer.language)
        write_text(writer.book, sheet, row, column, word, align="center", font_color=UNCONFIRMED, **BORDER)
    elif isinstance(value, Decimal | Member):
        look = _number_look(writer, slot)
        writer.computed(sheet, row, column, f"={writer.layout.place(slot.name, slot.key)}", value, **look)
    else:
        write_value(writer.book, sheet, row, column, value, align="left", text_wrap=True, **BORDER)


def _number_look(writer: _Writer, slot: Slot) -> dict[str, Any]:
    value = writer.result.value(slot.name, slot.key)
    places = places_of(writer.result, slot.name, slot.key)
    if places is None and isinstance(value, Decimal):  # a sum shows the decimals of what was added
        places = min(max(-int(value.normalize().as_tuple().exponent), 0), 6)
    style = number_format(places)
    if isinstance(value, Member):
        return {"align": "center", "text_wrap": True, **BORDER}
    if is_unconfirmed(writer.result, slot):
        return {"num_format": f'{style}"*"', "font_color": UNCONFIRMED, **BORDER}
    return {"num_format": style, **BORDER}


# -- where it is computed ----------------------------------------------------------------------------------------------


def _write_calculation(writer: _Writer, sheet: Any, plan: CalculationSheet) -> None:
    write_text(writer.book, sheet, 0, 0, plan.title, bold=True, font_size=12, font_color=ACCENT)
    (_head_turned if plan.turned else _head_across)(writer, sheet, plan)
    for key in plan.keys:
        for name in plan.names:
            row, column = plan.at(name, key)
            _write_cell(writer, sheet, row, column, Slot(name, key))


def _dimension_words(writer: _Writer) -> dict[str, str]:
    return {MONTH: say(writer.language, "月份", "month")} | dimension_labels(
        writer.result.rules, writer.language
    )


_HEAD: dict[str, Any] = {"text_wrap": True, "align": "center", **BORDER}
_WHITE: dict[str, Any] = {"bold": True, "font_color": "#FFFFFF"}


def _head_across(writer: _Writer, sheet: Any, plan: CalculationSheet) -> None:
    """Write keys down the left, and label, unit and clause of each name above its column."""
    book, keys = writer.book, len(plan.grain.dimensions)
    words = _dimension_words(writer)
    sheet.set_row(1, 48)
    sheet.freeze_panes(FIRST_ROW, keys)
    sheet.repeat_rows(1, FIRST_ROW - 1)
    sheet.set_column(0, keys - 1, 12, book.format())
    sheet.set_column(keys, keys + len(plan.names), 14, book.format())
    for column, name in enumerate(plan.grain.dimensions):
        write_text(book, sheet, 1, column, words.get(name, name), bg_color=KEY, **_WHITE, **_HEAD)
    for key in plan.keys:
        for column, part in enumerate(key):
            write_value(book, sheet, FIRST_ROW + plan.position[key], column, part, **BORDER)
    for name in plan.names:
        _, column = plan.cell(name, 0)
        label, unit, clause, color = _about(writer, name)
        write_text(book, sheet, 1, column, label, bg_color=color, **_WHITE, **_HEAD)
        write_text(book, sheet, 2, column, unit, **_HEAD)
        write_text(book, sheet, 3, column, clause, font_size=7, **_HEAD)


def _head_turned(writer: _Writer, sheet: Any, plan: CalculationSheet) -> None:
    """Write label, unit and clause of each name on the left, and keys above."""
    book, language = writer.book, writer.language
    words = _dimension_words(writer)
    sheet.freeze_panes(plan.first_row, plan.first_column)
    sheet.repeat_rows(1, plan.first_row - 1)
    for column, width in enumerate((38, 14, 22)):
        sheet.set_column(column, column, width, book.format())
    sheet.set_column(plan.first_column, plan.first_column + len(plan.keys), 26, book.format())
    heads = say(language, "项目|单位|条款", "item|unit|clause").split("|")
    write_heads(book, sheet, plan.first_row - 1, heads)
    for row in range(1, plan.first_row - 1):
        write_heads(book, sheet, row, ["", "", words.get(plan.grain.dimensions[row - 1], "")])
    for key in plan.keys:
        column = plan.first_column + plan.position[key]
        for row, part in enumerate(key or (say(language, "数值", "value"),), start=1):
            write_text(book, sheet, row, column, str(part), bg_color=KEY, **_WHITE, **_HEAD)
    for name in plan.names:
        row, _ = plan.cell(name, 0)
        label, unit, clause, color = _about(writer, name)
        write_text(book, sheet, row, 0, label, bg_color=LOCKED, font_color=color, **BORDER)
        write_text(book, sheet, row, 1, unit, align="center", **BORDER)
        write_text(book, sheet, row, 2, clause, font_size=8, **BORDER)


def _about(writer: _Writer, name: str) -> tuple[str, str, str, str]:
    """Return label, unit, clause and colour of a name."""
    rules = writer.result.rules
    unit = unit_text(rules, rules.unit_of(name), writer.language)
    color = KEY if name in rules.rules else MUST
    return label_of(rules, name, writer.language), unit, _clause(writer, name), color


def _clause(writer: _Writer, name: str) -> str:
    rules, language = writer.result.rules, writer.language
    if name in rules.inputs:
        return clause_text(rules, rules.inputs[name].clause, language)
    days = [last_day(writer.result.year, month) for month in range(1, 13)]
    clauses = dict.fromkeys(one for made in rules.rules[name] for one in made.clauses)
    held = [one for one in clauses if any(rules.clauses[one].holds(day) for day in days)]
    return "; ".join(clause_text(rules, one, language) for one in held)


def _write_cell(writer: _Writer, sheet: Any, row: int, column: int, slot: Slot) -> None:
    value = writer.result.value(slot.name, slot.key)
    if slot.name in writer.result.rules.inputs:
        style = (
            number_format(places_of(writer.result, slot.name, slot.key))
            if isinstance(value, Decimal)
            else "General"
        )
        look: dict[str, Any] = {"bg_color": _INPUT, **BORDER}
        if isinstance(value, Decimal):
            look["num_format"] = style
        write_value(writer.book, sheet, row, column, value, **look)
        return
    if isinstance(value, Waiting):
        writer.waiting(sheet, row, column, value, bg_color=ALERT, **BORDER)
        return
    formula = writer.formulas.formula(slot.name, slot.key)
    if formula is None:
        write_value(writer.book, sheet, row, column, value, **BORDER)
    else:
        writer.computed(sheet, row, column, formula, value, **_number_look(writer, slot))


def formula_cells(
    result: Result, language: str = "zh", report: Report | None = None
) -> dict[tuple[str, str], tuple[str, Key]]:
    """Return which value stands in which formula cell of the calculation sheets: (sheet, address) → (name, key)."""
    shown = report or result.rules.report
    taken: set[str] = {say(language, "摘要", "Summary").casefold()}
    done: set[str] = set()
    for grid in grids(result, shown, language) if shown else ():
        if grid.number not in done:
            done.add(grid.number)
            sheet_title(f"{grid.number} {grid.title}", taken)
    layout = Layout(result, language, taken, ())
    return {
        (sheet.title, cell(*sheet.at(name, key))): (name, key)
        for sheet in layout.sheets.values()
        for key in sheet.keys
        for name in sheet.names
        if name in result.rules.rules and not isinstance(result.value(name, key), Waiting)
    }
