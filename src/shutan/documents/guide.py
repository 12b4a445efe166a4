"""The first sheet of the input workbook (how to fill it in, what it is) and the hidden one with the lists to choose from."""

from __future__ import annotations

from shutan.documents import layout
from shutan.documents.layout import cell, quoted
from shutan.documents.sheets import ACCENT, ALERT, KEY, LOCKED, MAY, MUST, RULE, Book, write_text
from shutan.documents.wording import pick, say
from shutan.kernel import RuleSet

_STEPS = (
    ("填写次序：先填基本信息和各类名称，再填月度数据，最后填检测明细。", "Begin with the basic information and the names, then the months, then the tests."),
    ("名称（机组、燃料等）在各表中须完全一致；每个月一行，停运月份可填 0。", "Write names the same on every sheet; one row a month; a stopped month may be 0."),
    ("只填结果数值，勿填公式、勿带单位；单位见表头，小数位数见表头批注。", "Values only: no formulas, no units; units and decimals are in the head of each column."),
    ("表头、单位行受保护（无密码）；可以插入、删除、排序数据行。", "Heads are protected without a password; rows may be inserted, deleted and sorted."),
    ("填好后上传；系统一次列出全部问题，并指出工作表和单元格。", "Upload when ready: every problem is listed at once, by sheet and cell."),
)  # fmt: skip
_NOTICE = (
    "本表用于报告编制与数据质量检查；法定报送以全国碳市场管理平台为准。",
    "This workbook prepares and checks a report; the legal filing is made on the national platform.",
)


def write_guide(book: Book, rules: RuleSet, year: int, titles: dict[str, str]) -> None:
    """Write the first sheet. Its hidden column A names what a reader must know: kind, rule set, year, schema."""
    language = book.language
    sheet = book.sheet(say(language, "说明", "Guide"), landscape=False)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 24, book.format())
    sheet.set_column(2, 2, 66, book.format())
    sheet.set_row(0, 34)
    title = say(language, f"{year} 年度填报工作簿", f"Workbook of {year}")
    write_text(
        book,
        sheet,
        0,
        1,
        f"{pick(rules.title, language)} {title}",
        bold=True,
        font_size=16,
        font_color=ACCENT,
    )
    rows = (
        (layout.META_KIND, say(language, "工作簿", "workbook"), layout.KIND),
        (layout.META_RULES, say(language, "规则集", "rule set"), rules.name),
        (layout.META_YEAR, say(language, "报告年度", "reporting year"), year),
        (layout.META_SCHEMA, say(language, "表格版本", "schema version"), layout.SCHEMA_VERSION),
    )
    line = 2
    border = {"border": 1, "border_color": RULE}
    for name, label, value in rows:
        sheet.write_string(line, 0, name)
        write_text(book, sheet, line, 1, label, bg_color=LOCKED, **border)
        look = book.format(align="left", locked=True, **border)
        sheet.write(line, 2, value, look)
        line += 1
    line = _write_steps(book, sheet, line + 1)
    write_text(book, sheet, line, 1, say(language, "工作表", "Sheets"), bold=True, font_color=ACCENT)
    for table in rules.tables:
        line += 1
        link = book.format(font_color=ACCENT, underline=1, **border)
        sheet.write_url(line, 1, f"internal:{quoted(titles[table.name])}!A1", link, titles[table.name])
        duty = say(language, "无此项可不填", "leave empty where there is none") if table.optional else ""
        text = "；".join(part for part in (pick(table.help, language) if table.help else "", duty) if part)
        write_text(book, sheet, line, 2, text, text_wrap=True, **border)
    sheet.protect("", {"format_columns": True})


def _write_steps(book: Book, sheet: object, line: int) -> int:
    language = book.language
    write_text(
        book, sheet, line, 1, say(language, "填写说明", "How to fill it in"), bold=True, font_color=ACCENT
    )
    for number, step in enumerate(_STEPS, start=1):
        line += 1
        write_text(book, sheet, line, 1, str(number), align="right")
        write_text(book, sheet, line, 2, say(language, *step), text_wrap=True)
    line += 1
    write_text(book, sheet, line, 2, say(language, *_NOTICE), text_wrap=True, italic=True)
    line += 2
    legend = (
        (KEY, "行的名称：必填", "key of the row: required"), (MUST, "必填或条件必填", "required, or under a condition"),
        (MAY, "选填", "optional"), (ALERT, "该行已填，但此格缺值", "the row is begun, this cell is missing"),
    )  # fmt: skip
    write_text(book, sheet, line, 1, say(language, "颜色", "Colours"), bold=True, font_color=ACCENT)
    for color, zh, en in legend:
        line += 1
        write_text(book, sheet, line, 1, "", bg_color=color)
        write_text(book, sheet, line, 2, say(language, zh, en))
    return line + 2


def write_choices(book: Book, rules: RuleSet) -> None:
    """Write the lists to choose from on a hidden sheet, each as a named range, with the units that depend on a choice."""
    language = book.language
    title = say(language, "选项", "Choices")
    sheet = book.sheet(title)
    sheet.hide()
    column = 0

    def define(name: str, words: list[str]) -> None:
        nonlocal column
        sheet.write_string(0, column, name)
        for row, word in enumerate(words, start=1):
            write_text(book, sheet, row, column, word)
        area = f"{cell(1, column, fixed=True)}:{cell(len(words), column, fixed=True)}"
        book.book.define_name(name, f"={quoted(title)}!{area}")
        column += 1

    inputs = {one.choices.name: one.choices for one in rules.inputs.values() if hasattr(one, "choices")}
    for name, choices in inputs.items():
        define(f"choices_{name}", [say(language, one.zh, one.en) for one in choices])
    for word, unit in rules.units.items():
        one = rules.inputs.get(unit.by)
        if one is not None and hasattr(one, "choices"):
            define(f"units_{word}", [unit.text(member, language) for member in one.choices])
