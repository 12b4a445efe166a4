"""What the PDF says, as plain data: Typst gets it as values and never as markup, save formulas made of declared names."""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from shutan.documents.charts import svg
from shutan.documents.figures import drawings
from shutan.documents.grids import Grid, Slot, grids, is_unconfirmed, places_of, unit_of
from shutan.documents.problem import Message
from shutan.documents.report_workbook import enterprise_name
from shutan.documents.wording import (
    key_text,
    label_of,
    pick,
    say,
    status_text,
    unit_names,
    unit_text,
    value_text,
    waiting_text,
)
from shutan.kernel import Choices, Member, Ratio, Result, Waiting, explain
from shutan.kernel.explain import Explanation, Term, parameters_of, status_of
from shutan.kernel.grain import Key
from shutan.kernel.numbers import exact
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.render import TYPST, Style, plain_number
from shutan.kernel.report import Report
from shutan.kernel.symbols import Expression, simplified

_LONGEST_FORMULA = 900  # characters of math; a longer one is for the rule book
_ROUNDING = {
    "half_up": ("四舍五入", "rounded half up"),
    "half_even": ("四舍六入五成双", "rounded half to even"),
    "floor": ("向下取整", "rounded down"),
}


@dataclass(frozen=True)
class Remark:
    """A finding of the screening as the report lists it."""

    code: str
    severity: Message
    title: Message
    text: Message
    place: str = ""
    blocks: bool = False


def report_data(
    result: Result,
    report: Report,
    language: str,
    *,
    remarks: Sequence[Remark] | None,
    year: int | None,
    issued: dt.date | None,
) -> dict[str, Any]:
    """Return everything the template shows."""
    laid_out = grids(result, report, language)
    return {
        "language": "zh" if language.startswith("zh") else "en",
        "title": pick(report.title, language),
        "name": enterprise_name(result, report),
        "year": str(year or result.year),
        "rules_year": str(result.year),
        "exercise": year is not None and year != result.year,
        "issued": issued.isoformat() if issued else "",
        "summary": _summary(result, report, language),
        "compared": _compared(result, report, language),
        "figures": [
            {"title": one.title, "svg": svg(one)} for one in drawings(result, report.figures, language)
        ],
        "runs": _runs(result, laid_out, language),
        "remarks": None if remarks is None else [_remark(one, language) for one in remarks],
        "explained": _explanations(result, report, language),
        "parameters": _parameters(result, report, laid_out, language),
    }


def shown(result: Result, name: str, key: Key, language: str) -> str:
    """Write a value with thousands separated and as many decimals as its rule gives it."""
    value = result.value(name, key)
    if not isinstance(value, Decimal):
        return value_text(value, language)
    places = places_of(result, name, key)
    return grouped(value, places)


def grouped(value: Decimal, places: int | None = None) -> str:
    """Write a number with thousands separated; one that nothing rounds with at most six decimals."""
    if places is None:
        exponent = value.as_tuple().exponent
        own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        places = min(own, 6)
        text = f"{value:,.{places}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:,.{places}f}"


def _summary(result: Result, report: Report, language: str) -> list[dict[str, Any]]:
    rows = []
    for name in report.summary:
        for key in result.keys(result.rules.grain_of(name)) if result.has(name) else ():
            value = result.value(name, key)
            rows.append(
                {
                    "label": " ".join(
                        part for part in (label_of(result.rules, name, language), key_text(key)) if part
                    ),
                    "value": shown(result, name, key, language),
                    "unit": unit_of(result, name, key, language),
                    "status": waiting_text(result.rules, value, language)
                    if isinstance(value, Waiting)
                    else status_text(
                        status_of(result, name, key) if name in result.rules.rules else "official", language
                    ),
                    "sure": not isinstance(value, Waiting) and not is_unconfirmed(result, Slot(name, key)),
                }
            )
    return rows


def _compared(result: Result, report: Report, language: str) -> list[dict[str, str]]:
    rows = []
    for computed, given in report.compared:
        if not (result.has(computed) and result.has(given)):
            continue
        for key in result.keys(result.rules.grain_of(given)):
            ours, theirs = result.value(computed, key), result.value(given, key)
            if isinstance(ours, Decimal) and isinstance(theirs, Decimal) and theirs:
                rows.append(
                    {
                        "label": label_of(result.rules, computed, language),
                        "value": shown(result, computed, key, language),
                        "other_label": label_of(result.rules, given, language),
                        "other": shown(result, given, key, language),
                        "unit": unit_of(result, computed, key, language),
                        "difference": f"{(ours - theirs) / theirs * 100:+.1f} %",
                    }
                )
    return rows


# -- tables ------------------------------------------------------------------------------------------------------------


def _runs(result: Result, laid_out: list[Grid], language: str) -> list[dict[str, Any]]:
    """Return the tables in runs of the same page orientation; a short table stays with the wide one before it."""
    runs: list[dict[str, Any]] = []
    for grid in laid_out:
        wide = grid.wide or (bool(runs) and runs[-1]["wide"] and len(grid.rows) <= 8)  # noqa: PLR2004 - fits below
        if not runs or runs[-1]["wide"] != wide:
            runs.append({"wide": wide, "grids": []})
        runs[-1]["grids"].append(_grid(result, grid, language))
    return runs


def _grid(result: Result, grid: Grid, language: str) -> dict[str, Any]:
    waits: dict[str, None] = {}
    rows = []
    for row in grid.rows:
        cells = []
        for slot in row:
            if not isinstance(slot, Slot):
                cells.append({"t": slot, "k": "word"})
                continue
            value = result.value(slot.name, slot.key)
            if isinstance(value, Waiting) and slot.name in result.rules.inputs:
                cells.append({"t": "", "k": "text"})  # a cell left empty
            elif isinstance(value, Waiting):
                waits[waiting_text(result.rules, value, language)] = None
                cells.append({"t": say(language, "待定", "waiting"), "k": "waiting"})
            elif isinstance(value, Decimal):
                kind = "unsure" if is_unconfirmed(result, slot) else "number"
                cells.append({"t": shown(result, slot.name, slot.key, language), "k": kind})
            else:
                cells.append({"t": value_text(value, language), "k": "text"})
        rows.append(cells)
    return {
        "number": grid.number, "title": grid.title, "block": grid.block, "heads": list(grid.heads), "rows": rows,
        "words": grid.words, "months": len(grid.heads) > 14, "note": grid.note, "waits": list(waits)[:6],  # noqa: PLR2004
    }  # fmt: skip


def _remark(one: Remark, language: str) -> dict[str, Any]:
    return {
        "code": one.code, "severity": one.severity.text(language), "title": one.title.text(language),
        "text": one.text.text(language), "place": one.place, "blocks": one.blocks,
    }  # fmt: skip


# -- explanations ------------------------------------------------------------------------------------------------------


def _explanations(result: Result, report: Report, language: str) -> list[dict[str, Any]]:
    """Explain each declared name for one row, all of one chain where they can be: a fuel in a month, its unit, the plant."""
    focus: dict[str, object] = {}
    found = []
    for name in report.explained:
        key = _example(result, name, focus)
        if key is not None and (one := _explained(result, name, key, language)) is not None:
            found.append(one)
    return found


def _example(result: Result, name: str, focus: dict[str, object]) -> Key | None:
    """Return the row of the chain begun, else the one with the largest value, which the chain goes on with."""
    if not result.has(name) or name not in result.rules.rules:
        return None
    dimensions = result.rules.grain_of(name).dimensions
    known = dict(result.items(name))
    if set(dimensions) <= set(focus):
        key = tuple(focus[one] for one in dimensions)
        if isinstance(known.get(key), Decimal):
            return key
    numbers = [(value, key) for key, value in known.items() if isinstance(value, Decimal)]
    if not numbers:
        return None
    _, key = max(numbers, key=lambda pair: abs(pair[0]))
    for one, part in zip(dimensions, key, strict=True):
        focus.setdefault(one, part)
    return key


def _explained(result: Result, name: str, key: Key, language: str) -> dict[str, Any] | None:
    """Explain one value: formula, figures, terms down to cell and article."""
    one = explain(result, name, key)
    if one.rule is None:
        return None
    grain = result.rules.grain_of(name)
    places = places_of(result, name, key)
    return {
        "title": label_of(result.rules, name, language),
        "symbol": _math_name(result.rules.symbol_of(name), ""),
        "key": key_text(key, grain, language),
        "value": shown(result, name, key, language),
        "unit": unit_of(result, name, key, language),
        "formula": _formula(result, one, language),
        "figures": _figures(one, language),
        "rounding": "" if places is None else say(
            language, f"{_ROUNDING[one.rule.mode][0]}，保留 {places} 位小数", f"{_ROUNDING[one.rule.mode][1]}, {places} decimals"
        ),
        "clauses": [f"{clause.instrument} {clause.number} {pick(f'{clause.zh}|{clause.en}', language)}" for clause in one.clauses],
        "terms": [_term(result, term, language) for term in one.terms if term.used],
    }  # fmt: skip


def _style(language: str) -> Style:
    words = ("且", "或", "非", "否则") if language.startswith("zh") else ("and", "or", "not", "otherwise")
    return replace(
        TYPST,
        functions=TYPST.functions | dict(zip(("both", "either", "negate"), words, strict=False)),
        when='cases({1} & quad {0}, {2} & quad "' + words[3] + '")',
        constant=lambda value: _constant(value, language),
    )


def _constant(value: Any, language: str) -> str:
    if isinstance(value, Member):
        return _quoted(value.zh if language.startswith("zh") else value.en)
    if isinstance(value, Ratio):
        return f"frac({value.numerator}, {value.denominator})"
    return "dots" if isinstance(value, Waiting) else plain_number(value)


def _quoted(text: str) -> str:
    """Return a text as a string of Typst's math mode."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _math_name(symbol: str, label: str, how: str = "") -> str:
    base, _, below = symbol.partition("_")
    name = _quoted(label) if not symbol else base if len(base) == 1 and base.isalpha() else _quoted(base)
    if below:
        name = f"{name}_{_quoted(below)}"
    return {"": name, "total": f"sum {name}", "mean": f"overline({name})", "largest": f"max({name})", "least": f"min({name})"}.get(
        how, f'op("count")({name})'
    )  # fmt: skip


def _formula(result: Result, one: Explanation, language: str) -> str:
    """Write the formula; of one with many branches only the branch that held."""
    terms = {term.name: term for term in one.terms}

    def name(word: str) -> str:
        return _math_name(
            result.rules.symbol_of(word), label_of(result.rules, word, language), terms[word].how
        )

    tree = one.formula
    if _branches(tree) > 1:
        with decimal.localcontext(exact()):
            tree = simplified(tree, {term.name: term.value for term in one.terms})
    written = _style(language).write(tree, name)
    left = _math_name(result.rules.symbol_of(one.name), label_of(result.rules, one.name, language))
    return f"{left} = {written}" if len(written) <= _LONGEST_FORMULA else ""


def _branches(tree: Any) -> int:
    if not isinstance(tree, Expression):
        return 0
    return (tree.operator == "when") + sum(_branches(one) for one in tree.arguments)


def _figures(one: Explanation, language: str) -> str:
    values = {term.name: term.value for term in one.terms}
    with decimal.localcontext(exact()):
        tree = simplified(one.formula, values)

    def figure(word: str) -> str:
        value = values[word]
        if isinstance(value, Decimal):
            text = plain_number(value if len(value.as_tuple().digits) <= 16 else round(value, 8))  # noqa: PLR2004
            return f"(-{text[1:]})" if text.startswith("-") else text
        return _constant(value, language)

    written = _style(language).write(tree, figure)
    return written if len(written) <= _LONGEST_FORMULA else ""


def _term(result: Result, term: Term, language: str) -> dict[str, str]:
    value = value_text(term.value, language)
    if isinstance(term.value, Decimal):
        places = None if term.how or term.kind == "parameter" else places_of(result, term.name, term.key)
        value = grouped(term.value, places)
    source = ""
    if term.record is not None:
        source = " ".join(
            (term.record.source, term.record.article, f"[{status_text(term.record.status, language)}]")
        )
    elif term.origin is not None:
        source = str(term.origin)
    elif term.how:
        words = {
            "total": ("合计", "sum"),
            "mean": ("平均", "mean"),
            "largest": ("最大", "largest"),
            "least": ("最小", "least"),
        }
        source = f"{len(term.parts)} {say(language, '项', 'rows')} · {say(language, *words.get(term.how, ('个数', 'count')))}"
    elif term.kind == "rule":
        source = say(language, "计算值", "computed")
    return {
        "symbol": _math_name(result.rules.symbol_of(term.name), "") if result.rules.symbol_of(term.name) else "",
        "label": label_of(result.rules, term.name, language),
        "value": value,
        "unit": unit_text(result.rules, result.rules.unit_of(term.name), language)
        if term.kind == "parameter" else unit_of(result, term.name, None if term.how else term.key, language),
        "source": source,
    }  # fmt: skip


# -- parameters --------------------------------------------------------------------------------------------------------


def _parameters(result: Result, report: Report, laid_out: list[Grid], language: str) -> list[dict[str, Any]]:
    """Return the records that took part in what the report shows."""
    found: dict[ParameterValue, None] = {}
    for slot in _slots(result, report, laid_out):
        for record in parameters_of(result, slot.name, slot.key).values():
            found[record] = None
    return [
        _record(result, one, language)
        for one in sorted(found, key=lambda one: (one.name, one.key, one.since))
    ]


def _slots(result: Result, report: Report, laid_out: list[Grid]) -> Iterable[Slot]:
    for name in report.summary:
        if result.has(name):
            yield from (Slot(name, key) for key in result.keys(result.rules.grain_of(name)))
    for grid in laid_out:
        for row in grid.rows:
            yield from (one for one in row if isinstance(one, Slot) and one.name in result.rules.rules)


def _record(result: Result, one: ParameterValue, language: str) -> dict[str, Any]:
    parameter = result.parameters[one.name]
    words = []
    deciding = None  # the choice on which the unit depends
    for by, word in zip(parameter.by, one.key, strict=False):
        unit = result.rules.unit_of(by)
        member = unit.members.get(word) if isinstance(unit, Choices) else None
        words.append(word if member is None else value_text(member, language))
        if by == unit_names(result.rules, parameter.unit):
            deciding = member
    return {
        "label": pick(f"{parameter.zh}|{parameter.en}", language),
        "key": say(language, "、", ", ").join(words),
        "value": "—" if one.value is None else plain_number(one.value),
        "unit": unit_text(result.rules, parameter.unit, language, deciding),
        "since": one.since.isoformat(),
        "source": f"{one.source} {one.article}".strip(),
        "status": status_text(one.status, language),
        "sure": one.status == "official",
    }
