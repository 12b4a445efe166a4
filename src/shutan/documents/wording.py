"""Names, units and values as people read them. Shared by workbooks, PDF and messages."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from shutan.kernel import Choices, Grain, Input, Member, RuleSet, Table, Waiting
from shutan.kernel.inputs import labels
from shutan.kernel.render import plain_number
from shutan.kernel.telling import STATUS

_WORD = re.compile(r"[A-Za-z_]+")
_SIGNS = {"tCO2": "tCO₂", "tCO2e": "tCO₂e", "degC": "℃", "degree": "°", "kgCO2": "kgCO₂"}
_WRITTEN = re.compile("|".join(sorted(_SIGNS, key=len, reverse=True)))


def pick(text: str, language: str) -> str:
    """Return one side of `中文|English`; a text with one side only is the same in both languages."""
    chinese, _, english = text.partition("|")
    return english or chinese if not language.startswith("zh") else chinese or english


def both_of(text: str) -> tuple[str, str]:
    """Return Chinese and English of `中文|English`."""
    return labels(text) if "|" in text else (text, text)


def say(language: str, zh: str, en: str) -> str:
    """Return one of two sentences."""
    return zh if language.startswith("zh") else en


def unit_text(
    rules: RuleSet | None, unit: str | Choices, language: str = "zh", member: Member | None = None
) -> str:
    """Write a unit: `GJ/fuel_unit` → "GJ/t" where the choice is known, "GJ/(t / 10⁴Nm³)" where not; "1" → ""."""
    if isinstance(unit, Choices) or unit == "1":
        return ""

    def word(match: re.Match[str]) -> str:
        declared = rules.units.get(match[0]) if rules else None
        if declared is None:
            return match[0]
        written = declared.text(member, "zh" if language.startswith("zh") else "en")
        return f"({written})" if " / " in written and unit != match[0] else written

    return _WRITTEN.sub(lambda match: _SIGNS[match[0]], _WORD.sub(word, unit)).replace("*", "·")


def unit_names(rules: RuleSet, unit: str | Choices) -> str:
    """Return the input or rule a unit depends on, empty for an ordinary unit."""
    if isinstance(unit, Choices):
        return ""
    return next((rules.units[word].by for word in _WORD.findall(unit) if word in rules.units), "")


def label_of(rules: RuleSet, name: str, language: str = "zh") -> str:
    """Return the label of any name; an English one begins with a capital, as a line of its own does."""
    zh, en = rules.labels_of(name)
    return zh if language.startswith("zh") else en[:1].upper() + en[1:]


def clause_text(rules: RuleSet, clause_id: str, language: str = "zh") -> str:
    """Return a clause's number and title as its instrument has them; an unknown id as it is."""
    clause = rules.clauses.get(clause_id)
    if clause is None:
        return clause_id
    title = pick(f"{clause.zh}|{clause.en}", language)
    return title if clause.number in title else f"{clause.number} {title}"


def status_text(status: str, language: str = "zh") -> str:
    """Return how sure a value is, in words."""
    return say(language, *STATUS[status])


def key_labels(table: Table, language: str = "zh") -> list[str]:
    """Return the labels of a table's key columns."""
    declared = table.keys or table.grain.dimensions
    return [pick(one, language) for one in declared]


def dimension_labels(rules: RuleSet, language: str = "zh") -> dict[str, str]:
    """Return the label of every dimension, as the tables call it."""
    found: dict[str, str] = {}
    for table in rules.tables:
        for dimension, label in zip(table.grain.dimensions, key_labels(table, language), strict=False):
            found.setdefault(dimension, label)
    return found


def key_text(key: tuple[object, ...], grain: Grain | None = None, language: str = "zh") -> str:
    """Write a key: `1号机组 · 烟煤 · 3月`."""
    words = []
    for at, part in enumerate(key):
        month = grain is not None and grain.dimensions[at] == "month"
        words.append(say(language, f"{part}月", f"month {part}") if month else str(part))
    return " · ".join(words)


def value_text(value: Any, language: str = "zh") -> str:
    """Write a value as people read it; a waiting one is a dash."""
    if isinstance(value, Waiting):
        return "—"
    if isinstance(value, Member):
        return say(language, value.zh, value.en)
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def waiting_text(rules: RuleSet, value: Waiting, language: str = "zh") -> str:
    """Say what a waiting value waits for."""
    words = []
    for reason in value.reasons[:3]:
        try:
            name = label_of(rules, reason.name, language)
        except KeyError:
            name = reason.name
        words.append(
            {
                "input": say(language, f"未填“{name}”", f"“{name}” not given"),
                "parameter": say(language, f"缺参数“{name}”", f"no value of “{name}”"),
                "division": say(language, f"“{name}”的除数为零", f"division by zero in “{name}”"),
                "version": say(language, f"“{name}”当期无规则", f"no rule for “{name}” then"),
            }.get(reason.kind, say(language, "没有可加权的数据", "nothing to average"))
        )
    more = len(value.reasons) - len(words)
    text = say(language, "待定：", "Waiting: ") + say(language, "；", "; ").join(dict.fromkeys(words))
    return text + (say(language, f"等{len(value.reasons)}项", f" and {more} more") if more > 0 else "")


def is_mandatory(one: Input) -> bool:
    """Say whether a cell must be filled in."""
    return not one.optional and one.default is None
