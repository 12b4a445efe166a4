"""The glossary: every name of every rule set with its Chinese term, symbol and unit, and the few terms no rule declares.

The one dictionary of the project; `conflicts` finds what would make it lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shutan.documents.rulebook import GENERATED, cell, table
from shutan.documents.rulebook_formulas import latex_symbol
from shutan.documents.wording import unit_text
from shutan.kernel import Choices, RuleSet
from shutan.kernel.parameters import read_yaml


@dataclass(frozen=True)
class Term:
    """What one name means in one rule set; `kind` is rule, input, parameter or term (kept by hand)."""

    name: str
    zh: str
    en: str
    kind: str
    symbol: str = ""
    unit: str = ""
    grain: str = ""
    rule_set: str = ""


def kept_by_hand(path: Path) -> list[Term]:
    """Read the terms that no rule, input or parameter declares.

    Raises:
        ValueError: an entry says something else than `zh` and `en`.
    """
    entries: Mapping[str, Mapping[str, str]] = read_yaml(path) or {}
    for name, body in entries.items():
        if set(body) != {"zh", "en"}:
            raise ValueError(f"{path.name}: {name} needs zh and en, nothing else; it has {', '.join(body)}")
    return [Term(name, body["zh"], body["en"], "term") for name, body in entries.items()]


def terms(rule_sets: Iterable[RuleSet], by_hand: Iterable[Term] = ()) -> list[Term]:
    """Return every term by name; each version of a rule and each rule set has its own."""
    found = {*by_hand}
    for rules in rule_sets:
        for name, versions in rules.rules.items():
            found |= {
                _term(rules, name, "rule", zh=made.zh, symbol=made.symbol, grain=made.grain.name)
                for made in versions
            }
        for name in rules.inputs:
            found.add(_term(rules, name, "input", grain=rules.grain_of(name).name))
        for name in rules.parameters:
            found.add(_term(rules, name, "parameter"))
    return sorted(found, key=lambda one: (one.name, one.rule_set, one.zh, one.symbol))


def _term(
    rules: RuleSet, name: str, kind: str, *, zh: str = "", symbol: str | None = None, grain: str = ""
) -> Term:
    unit = rules.unit_of(name)
    return Term(
        name,
        zh or rules.labels_of(name)[0],
        rules.labels_of(name)[1],
        kind,
        rules.symbol_of(name) if symbol is None else symbol,
        unit.name if isinstance(unit, Choices) else unit_text(rules, unit),
        grain,
        rules.name,
    )


def conflicts(found: Sequence[Term]) -> list[str]:
    """Say where one name has two Chinese terms, or one Chinese term of a rule two names at the same grain."""
    by_name: dict[str, set[str]] = {}
    by_term: dict[tuple[str, str], dict[str, str]] = {}
    for one in found:
        by_name.setdefault(one.name, set()).add(one.zh)
        by_term.setdefault((one.zh, one.grain), {})[one.name] = one.kind
    faults = [
        f"{name} is called {', '.join(sorted(words))}" for name, words in by_name.items() if len(words) > 1
    ]
    faults += [
        f"{zh} ({grain}) stands for {', '.join(sorted(names))}"
        for (zh, grain), names in by_term.items()
        if len(names) > 1 and "rule" in names.values()
    ]
    declared = {word for one in found if one.kind != "term" for word in (one.name, one.zh)}
    faults += [
        f"{one.name} {one.zh} is kept by hand, though declared"
        for one in found
        if one.kind == "term" and {one.name, one.zh} & declared
    ]
    return sorted(faults)


def page(found: Sequence[Term]) -> str:
    """Write the glossary."""
    by_name: dict[str, list[Term]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    rows = [
        (
            f"`{name}`",
            "<br>".join(dict.fromkeys(cell(one.zh) for one in same)),
            cell(_english(same[0])),
            ", ".join(dict.fromkeys(f"${latex_symbol(one.symbol)}$" for one in same if one.symbol)),
            ", ".join(dict.fromkeys(cell(one.unit) for one in same if one.unit)),
            ", ".join(dict.fromkeys(_place(one) for one in same)),
        )
        for name, same in by_name.items()
    ]
    head = ("name", "中文", "English", "symbol", "unit or choice", "where")
    return (
        f"{GENERATED}\n# 术语表 Glossary\n\n"
        "One name, one Chinese term, wherever it stands. Taken from the declarations of the rule sets; a name without a link is kept in\n"
        "`src/shutan/rules/glossary.yaml`. Suffixes: `_ar` received basis, `_ad` air-dried basis, `_d` dry basis.\n\n"
        + table(head, rows)
    )


def _english(one: Term) -> str:
    return "" if one.en == one.name.replace("_", " ") else one.en


def _place(one: Term) -> str:
    if one.kind == "term":
        return ""
    file = {"rule": f"rules-{one.grain}", "parameter": "parameters", "input": "index"}[one.kind]
    return f"[{one.rule_set} {one.kind}](rules/{one.rule_set}/{file}.md#{one.name})"
