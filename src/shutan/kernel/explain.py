"""Why a value is what it is: formula, figures, inputs down to their cell, parameters down to their article, clause."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from shutan.kernel import telling
from shutan.kernel.clauses import Clause
from shutan.kernel.dataset import Origin
from shutan.kernel.evaluate import Result
from shutan.kernel.grain import Key
from shutan.kernel.numbers import Waiting, exact
from shutan.kernel.parameters import STATUSES, ParameterValue
from shutan.kernel.render import MATHML, WORDS, mathml_name, plain_number
from shutan.kernel.rules import Argument, Rule
from shutan.kernel.ruleset import RuleSet
from shutan.kernel.spread import grouped, in_mathml, in_words, parts_of, show, spread, unit_at
from shutan.kernel.symbols import evaluate, simplified, taken

ROUNDING = {
    "half_up": ("四舍五入", "half up"),
    "half_even": ("四舍六入五成双", "half to even"),
    "floor": ("向下取整", "down"),
}


@dataclass(frozen=True)
class Term:
    """One quantity that took part. Aggregated ones list the rows they come from."""

    name: str
    key: Key
    value: Any
    unit: str
    zh: str
    en: str
    kind: str  # "input", "rule" or "parameter"
    origin: Origin | None = None
    record: ParameterValue | None = None
    how: str = ""  # "total", "mean", … where several rows became one
    parts: tuple[tuple[Key, Any], ...] = ()
    used: bool = True  # False: it stands in the formula, but in a branch that did not hold


@dataclass(frozen=True)
class Explanation:
    """One value with all that led to it."""

    name: str
    key: Key
    value: Any
    unit: str
    zh: str
    en: str
    sentence: str
    rule: Rule | None
    clauses: tuple[Clause, ...]
    terms: tuple[Term, ...]
    formula: Any  # expression tree, None for an input
    steps: tuple[str, ...]
    status: str  # the least sure status of all parameters that took part, upstream ones included
    unconfirmed: tuple[ParameterValue, ...]  # those parameters
    mathml: str = ""
    mathml_figures: str = ""
    origin: Origin | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the names this value waits for."""
        return tuple(reason.name for reason in self.value.reasons) if isinstance(self.value, Waiting) else ()

    def text(self, language: str = "zh") -> str:
        """Return it as lines of text."""
        return telling.as_text(self, language)

    def html(self, language: str = "zh") -> str:
        """Return it as an HTML fragment."""
        return telling.as_html(self, language)

    def json(self) -> dict[str, Any]:
        """Return it ready for `json.dumps`."""
        return telling.as_json(self)

    _repr_html_ = html  # what a notebook shows


def explain(result: Result, name: str, key: Key = (), language: str = "zh") -> Explanation:
    """Explain one value of a result; formula and steps in a language, "zh" or "en".

    Raises:
        KeyError: no such name or row.
    """
    value = result.value(name, key)
    zh, en = result.rules.labels_of(name)
    unconfirmed = tuple(
        record for record in parameters_of(result, name, key).values() if record.status != "official"
    )
    common = {
        "name": name, "key": key, "value": value, "zh": zh, "en": en,
        "unit": unit_at(result, name, key, language),
        "status": status_of(result, name, key),
        "unconfirmed": unconfirmed,
    }  # fmt: skip
    made = result.version(name, key) if name in result.rules.rules else None
    if made is None:
        origin = _origin(result, name, key, language) if name in result.rules.inputs else None
        return Explanation(
            **common, sentence="", rule=None, clauses=(), terms=(), formula=None, steps=(), origin=origin
        )
    figures = _figures(result, made, key)
    terms = tuple(_terms(result, made, key, figures, language))
    day = result.day(made.grain, key)
    said = 0 if language.startswith("zh") else 1
    symbols = {
        term.name: _over(mathml_name(result.rules.symbol_of(term.name), (term.zh, term.en)[said]), term.how)
        for term in terms
    }
    style = MATHML.said_in(language)

    with decimal.localcontext(exact()):
        chosen = simplified(made.formula, figures)
    return Explanation(
        **common,
        sentence=made.sentence,
        rule=made,
        clauses=tuple(
            clause for clause in (result.rules.clauses[one] for one in made.clauses) if clause.holds(day)
        ),
        terms=terms,
        formula=made.formula,
        steps=_steps(result, made, key, value, figures=figures, language=language),
        mathml=f"<math display='block'>{style.write(made.formula, symbols.__getitem__)}</math>",
        mathml_figures=(
            f"<math display='block'>{style.write(chosen, spread(result, made, key, figures, in_mathml(language)))}"
            f"<mo>=</mo><mn>{escape(grouped(value, language))}</mn></math>"
        ),
    )


def _origin(result: Result, name: str, key: Key, language: str) -> Origin | None:
    """Return where an input was given, or that its sheet was left empty, so that there was none."""
    if not result.nil(name):
        return result.origin(name, key)
    table = result.rules.input_table[name]
    words = (f"《{table.zh}》未填，按未发生计 0", f"“{table.en}” was left empty: none, so 0")
    return Origin("empty", words[0 if language.startswith("zh") else 1])


def aggregated_label(rules: RuleSet, argument: Argument, language: int = 0) -> str:
    """Write an argument in words: `Σ 排放量`, `消耗量加权平均(低位发热量)`."""
    label = rules.labels_of(argument.name)[language]
    how = argument.aggregation
    if how is None:
        return label
    weight = rules.labels_of(how.weight)[language] if how.weight else ""
    chinese = {
        "total": f"Σ {label}",
        "mean": f"{weight and weight + '加权'}平均({label})",
        "count": f"{label}个数",
    }
    english = {
        "total": f"Σ {label}",
        "mean": f"mean({label}{weight and ' by ' + weight})",
        "count": f"count({label})",
    }
    extreme = {"largest": f"max({label})", "least": f"min({label})"}
    return ((chinese if language == 0 else english) | extreme)[how.how]


def _over(name: str, how: str) -> str:
    """Write how an argument was aggregated around its MathML name."""
    if how == "total":
        return f"<mrow><mo>∑</mo>{name}</mrow>"
    if how == "mean":
        return f"<mover>{name}<mo>¯</mo></mover>"
    return f"<mrow><mi>{how}</mi><mo>(</mo>{name}<mo>)</mo></mrow>" if how else name


def _figures(result: Result, made: Rule, key: Key) -> dict[str, Any]:
    """Return the value of each name in the rule's formula, as the rule saw it."""
    figures: dict[str, Any] = {}
    with decimal.localcontext(exact()):
        row = result.row(made.grain, key)
        for argument in made.arguments:
            figures[argument.name] = result.aggregated(argument, made.grain)[row]
    for name in made.parameters:
        record = result.parameter(name, made.grain, key)
        figures[name] = record if isinstance(record, Waiting) else record.value
    return figures


def _terms(result: Result, made: Rule, key: Key, figures: dict[str, Any], language: str) -> list[Term]:
    with decimal.localcontext(exact()):
        used = set(taken(made.formula, figures))
    terms = []
    for argument in made.arguments:
        own = result.rules.grain_of(argument.name)
        parts = tuple(parts_of(result, argument, made.grain, key)) if argument.aggregation else ()
        row = key if argument.aggregation else made.grain.project(key, own)
        terms.append(
            _term(
                result,
                argument.name,
                row,
                figures[argument.name],
                language,
                how=argument.aggregation.how if argument.aggregation else "",
                parts=parts,
                used=argument.name in used,
            )
        )
    for name in made.parameters:
        record = result.parameter(name, made.grain, key)
        known = record if isinstance(record, ParameterValue) else None
        terms.append(_term(result, name, (), figures[name], language, record=known, used=name in used))
    return terms


def _term(result: Result, name: str, key: Key, value: Any, language: str, **rest: Any) -> Term:
    zh, en = result.rules.labels_of(name)
    kind = "rule" if name in result.rules.rules else "input" if name in result.rules.inputs else "parameter"
    unit = unit_at(result, name, None if rest.get("how") or kind == "parameter" else key, language)
    origin = _origin(result, name, key, language) if kind == "input" and not rest.get("how") else None
    return Term(name, key, value, unit, zh, en, kind, origin=origin, **rest)


def _steps(
    result: Result, made: Rule, key: Key, value: Any, *, figures: dict[str, Any], language: str
) -> tuple[str, ...]:
    """Write the arithmetic: terms, figures, raw value, rounded value."""
    said = 0 if language.startswith("zh") else 1
    written = {argument.name: aggregated_label(result.rules, argument, said) for argument in made.arguments}
    written |= {name: result.rules.labels_of(name)[said] for name in made.parameters}
    style = WORDS.said_in(language)
    with decimal.localcontext(exact()):
        chosen = simplified(made.formula, figures)
        try:
            raw = evaluate(made.formula, figures)
        except ArithmeticError:
            raw = value
    steps = [
        f"{(made.zh, made.en)[said]} = {style.write(chosen, written.__getitem__)}",
        f"= {style.write(chosen, spread(result, made, key, figures, in_words(language)))}",
    ]
    if isinstance(raw, Decimal):
        steps.append(f"= {plain_number(raw)}")
        if made.places is not None:
            places = _places(result, made, key)
            words = ROUNDING[made.mode][said]
            steps.append(
                (
                    f"→ {show(value)}（{words}，保留 {places} 位小数）",
                    f"→ {show(value)} ({words}, decimals: {places})",
                )[said]
            )
    return tuple(steps)


def _places(result: Result, made: Rule, key: Key) -> str:
    if isinstance(made.places, str):
        record = result.parameter(made.places, made.grain, key)
        return "…" if isinstance(record, Waiting) else str(record.value)
    return str(made.places)


def parameters_of(result: Result, name: str, key: Key = ()) -> dict[tuple[Any, ...], ParameterValue]:
    """Return every parameter record that took part in a value, upstream ones included; only branches that held count.

    Kept per result, so that a whole report's statuses cost one walk.
    """
    memory: dict[tuple[str, Key], dict[tuple[Any, ...], ParameterValue]] = result.__dict__.setdefault(
        "_taken", {}
    )
    with decimal.localcontext(exact()):
        return _walk(result, name, key, memory)


def _walk(
    result: Result, name: str, key: Key, memory: dict[Any, Any]
) -> dict[tuple[Any, ...], ParameterValue]:
    if (name, key) in memory:
        return memory[name, key]  # type: ignore[no-any-return]
    found: dict[tuple[Any, ...], ParameterValue] = {}
    memory[name, key] = found
    made = result.version(name, key) if name in result.rules.rules else None
    if made is None:
        return found
    used = set(taken(made.formula, _figures(result, made, key)))
    needed: list[tuple[str, Key]] = []
    for one in made.reads:
        if one in used or one == made.places:
            record = result.parameter(one, made.grain, key)
            if isinstance(record, ParameterValue):
                found[record.name, record.key, record.since] = record
            needed += [
                (by, made.grain.project(key, result.rules.grain_of(by))) for by in result.parameters[one].by
            ]
    for argument in made.arguments:
        if argument.name in used and argument.aggregation is None:
            needed.append((argument.name, made.grain.project(key, result.rules.grain_of(argument.name))))
        elif argument.name in used:
            needed += [(argument.name, part) for part, _ in parts_of(result, argument, made.grain, key)]
    for one, row in needed:
        found |= _walk(result, one, row, memory)
    return found


def status_of(result: Result, name: str, key: Key = ()) -> str:
    """Return the least sure status of the parameters that took part in a value; "waiting" for a waiting one."""
    if isinstance(result.value(name, key), Waiting):
        return "waiting"
    records = parameters_of(result, name, key).values()
    return max((record.status for record in records), key=STATUSES.index, default="official")
