"""Where the figures of a report come from: its sheets of parameters and of rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shutan.documents.live import Layout
from shutan.documents.sheets import (
    ACCENT,
    ALERT,
    BORDER,
    UNCONFIRMED,
    Book,
    write_heads,
    write_text,
    write_value,
)
from shutan.documents.wording import clause_text, label_of, pick, say, status_text, unit_text, value_text
from shutan.kernel import Choices, Grain, Reason, Result, Waiting
from shutan.kernel.explain import aggregated_label
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.render import WORDS

_ROUNDING = {
    "half_up": ("四舍五入", "half up"),
    "half_even": ("四舍六入五成双", "half to even"),
    "floor": ("向下取整", "down"),
}


def write_parameters(book: Book, result: Result, layout: Layout, sheet: Any) -> None:
    """Write every record that was read, and below what is missing."""
    language = book.language
    for column, width in enumerate((28, 22, 12, 14, 12, 12, 34, 16, 26, 40)):
        sheet.set_column(column, column, width, book.format())
    write_text(
        book, sheet, 0, 0, say(language, "参数：数值、来源与状态", "Parameters: values, sources, status"), bold=True,
        font_size=12, font_color=ACCENT,
    )  # fmt: skip
    heads = say(
        language,
        "参数|适用于|单位|数值|起|止|来源|条款|状态|备注",
        "parameter|for|unit|value|from|until|source|article|status|note",
    ).split("|")
    write_heads(book, sheet, 2, heads)
    sheet.freeze_panes(3, 1)
    line = 2
    for record, row in layout.parameter_row.items():
        _write_record(book, result, sheet, row, record)
        line = row
    for reason in _missing(result):
        line += 1
        parameter = result.parameters[reason.name]
        words = (
            pick(f"{parameter.zh}|{parameter.en}", language), _key_words(result, reason.name, tuple(map(str, reason.key)), language),
            unit_text(result.rules, parameter.unit, language), "", reason.detail, "", "", "", status_text("unknown", language), "",
        )  # fmt: skip
        for column, text in enumerate(words):
            write_text(book, sheet, line, column, text, bg_color=ALERT, text_wrap=True, **BORDER)


def _write_record(book: Book, result: Result, sheet: Any, row: int, record: ParameterValue) -> None:
    language = book.language
    parameter = result.parameters[record.name]
    color = {} if record.status == "official" else {"font_color": UNCONFIRMED}
    cells: tuple[Any, ...] = (
        pick(f"{parameter.zh}|{parameter.en}", language),
        _key_words(result, record.name, record.key, language),
        unit_text(result.rules, parameter.unit, language),
        record.value,
        record.since,
        record.until,
        record.source,
        record.article,
        status_text(record.status, language),
        pick(record.note, language),
    )
    for column, value in enumerate(cells):
        style = {"num_format": "General"} if isinstance(value, Decimal) else {"text_wrap": True}
        if isinstance(value, str):
            write_text(book, sheet, row, column, value, **style, **color, **BORDER)
        else:
            style = style if isinstance(value, Decimal) else {}
            write_value(book, sheet, row, column, value, **style, **color, **BORDER)


def _key_words(result: Result, name: str, key: tuple[str, ...], language: str) -> str:
    """Write a parameter's key in words: the labels of its choices."""
    words = []
    for by, word in zip(result.parameters[name].by, key, strict=False):
        unit = result.rules.unit_of(by)
        member = unit.members.get(word) if isinstance(unit, Choices) else None
        words.append(value_text(member, language) if member is not None else word)
    return "、".join(words) if language.startswith("zh") else ", ".join(words)


def _missing(result: Result) -> list[Reason]:
    """Return the parameters some value waits for."""
    found: dict[tuple[str, tuple[object, ...]], Reason] = {}
    for name in result.rules.order:
        for value in result.column(name) if result.has(name) else ():
            for reason in value.reasons if isinstance(value, Waiting) else ():
                if reason.kind == "parameter":
                    found.setdefault((reason.name, reason.key), reason)
    return list(found.values())


def write_rules(book: Book, result: Result, sheet: Any) -> None:
    """Write every rule in force: its formula in words, its rounding, its clauses."""
    language = book.language
    for column, width in enumerate((30, 12, 14, 74, 24, 40)):
        sheet.set_column(column, column, width, book.format())
    heads = say(
        language, "量|符号|单位|公式|修约|条款", "quantity|symbol|unit|formula|rounding|clauses"
    ).split("|")
    write_heads(book, sheet, 0, heads)
    sheet.freeze_panes(1, 1)
    line = 0
    for name in result.rules.order:
        if not result.has(name):
            continue
        grain: Grain = result.rules.grain_of(name)
        versions = dict.fromkeys(result.version(name, key) for key in result.keys(grain))
        for made in versions:
            if made is None:
                continue
            line += 1
            labels = {
                one.name: aggregated_label(result.rules, one, 0 if language.startswith("zh") else 1)
                for one in made.arguments
            }
            labels |= {one: label_of(result.rules, one, language) for one in made.parameters}
            rounding = "" if made.places is None else f"{say(language, *_ROUNDING[made.mode])} {made.places}"
            cells = (
                label_of(result.rules, name, language), made.symbol, unit_text(result.rules, made.unit, language),
                WORDS.write(made.formula, labels.__getitem__), rounding, "; ".join(clause_text(result.rules, one, language) for one in made.clauses),
            )  # fmt: skip
            for column, text in enumerate(cells):
                write_text(book, sheet, line, column, text, text_wrap=True, valign="top", **BORDER)
