"""The rule book: clauses, rules with their formulas, parameters with values and sources, and the matrix of all three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

import shutan
from shutan.apps.common.charts import Chart, Series
from shutan.apps.common.language import language
from shutan.apps.reporting.models import ParameterNotice
from shutan.apps.reporting.present import DAY, day, decimals, figure, pick
from shutan.documents import rulebook as book
from shutan.documents import wording
from shutan.kernel import Clause, Parameter, ParameterValue, Rule, RuleSet
from shutan.kernel.inputs import Choices
from shutan.kernel.parameters import STATUSES, read_yaml
from shutan.kernel.render import MATHML, mathml_name
from shutan.rules.registry import rule_sets

GOLDEN = Path(shutan.__file__).resolve().parents[2] / "tests" / "golden"
MOST_LINES = 6  # keys of a parameter drawn in its chart


def said(one: Any) -> str:
    """The Chinese or English label of whatever has both."""
    text = str(one.zh if language() == "zh" else one.en)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class ClauseRow:
    """A clause in the list."""

    rules: RuleSet
    clause: Clause
    names: tuple[str, ...]  # rules that compute it

    @property
    def number(self) -> str:
        """As the instrument counts."""
        return self.clause.number

    @property
    def since(self) -> dt.date:
        """First day."""
        return self.clause.since

    @property
    def instrument(self) -> str:
        """The text it stands in."""
        return self.clause.instrument

    @property
    def title(self) -> str:
        """In the language of the page."""
        return said(self.clause)

    @property
    def kind(self) -> str:
        """What kind of duty, in words."""
        return kind_words()[self.clause.kind]

    @property
    def text(self) -> str:
        """Everything a search looks through."""
        one = self.clause
        words = (one.id, one.number, one.zh, one.en, one.summary, one.summary_zh, one.instrument, *self.names)
        return " ".join(words).casefold()


def kind_words() -> dict[str, str]:
    """Kinds of clauses in words."""
    return {
        "computed": _("Computed"),
        "table": _("Table"),
        "procedural": _("Procedure"),
        "judgement": _("Judgement"),
    }


@lru_cache(maxsize=32)
def rules_by_clause(name: str) -> dict[str, tuple[str, ...]]:
    """Names of the rules that compute each clause."""
    found: dict[str, list[str]] = {}
    for one, versions in rule_sets()[name].rules.items():
        for made in versions:
            for clause in made.clauses:
                found.setdefault(clause, []).append(one)
    return {clause: tuple(dict.fromkeys(names)) for clause, names in found.items()}


@lru_cache(maxsize=1)
def cases_by_clause() -> dict[tuple[str, str], tuple[str, ...]]:
    """Golden cases of each clause of a rule set, where the tests lie beside the package."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(GOLDEN.rglob("*.yaml")):
        for case in read_yaml(path) or []:
            for clause in case.get("clauses", ()):
                found.setdefault((case["rule_set"], clause), []).append(f"{case['id']} {case['title']}")
    return {place: tuple(cases) for place, cases in found.items()}


@dataclass(frozen=True)
class GuidelineRow:
    """What one instrument means for one sector; the parameters are those of the sector."""

    set: str
    title: str  # of the sector, in the language of the page
    instrument: str
    clauses: int
    computed: int
    cases: int
    statuses: Mapping[str, int]  # dated values of parameters by how sure they are


@lru_cache(maxsize=1)
def _cases() -> tuple[book.GoldenCase, ...]:
    return book.golden_cases(GOLDEN)


def guidelines() -> list[GuidelineRow]:
    """Every sector × guideline."""
    return [
        GuidelineRow(
            name,
            pick(rules.title),
            one.name,
            one.clauses,
            one.computed,
            one.cases,
            statuses,
        )
        for name, rules in rule_sets().items()
        for statuses in (book.values_by_status(rules),)
        for one in book.guidelines(rules, _cases())
    ]


def clauses(only: str = "") -> list[ClauseRow]:
    """All clauses, or those of one rule set."""
    return [
        ClauseRow(rules, clause, rules_by_clause(name).get(clause.id, ()))
        for name, rules in rule_sets().items()
        if only in ("", name)
        for clause in rules.clauses.values()
    ]


def in_force(clause: Clause, year: int) -> bool:
    """Whether a clause holds on any day of a year."""
    return clause.since <= dt.date(year, 12, 31) and (
        clause.until is None or clause.until >= dt.date(year, 1, 1)
    )


def years() -> list[int]:
    """All years some rule set knows, the latest first."""
    return sorted({year for rules in rule_sets().values() for year in rules.years()}, reverse=True)


@dataclass(frozen=True)
class RuleView:
    """A version of a rule on a page."""

    made: Rule  # callable: a template would call it
    version: str
    source: str
    title: str
    sentence: str
    symbol: str
    formula: SafeString
    unit: str
    grain: str
    needs: list[tuple[str, str, str]]  # label, name, kind
    parameters: list[tuple[str, str]]  # label, name
    clauses: list[tuple[Clause, str]]  # with its number and title
    rounding: str


def rule_views(rules: RuleSet, name: str) -> list[RuleView]:
    """All versions of a rule, the latest first."""
    found = [_rule(rules, made) for made in rules.rules[name]]
    return sorted(found, key=lambda one: max(clause.since for clause, _ in one.clauses), reverse=True)


def _rule(rules: RuleSet, made: Rule) -> RuleView:
    names = {argument.name: argument for argument in made.arguments}

    def written(name: str) -> str:
        shown = mathml_name(rules.symbol_of(name), wording.label_of(rules, name, language()))
        aggregation = names[name].aggregation if name in names else None
        how = aggregation.how if aggregation else ""
        if how == "total":
            return f"<mrow><mo>∑</mo>{shown}</mrow>"
        return f"<mover>{shown}<mo>¯</mo></mover>" if how == "mean" else shown

    left = mathml_name(made.symbol, wording.label_of(rules, made.name, language()))
    right = MATHML.said_in(language()).write(made.formula, written)
    labels = wording.dimension_labels(rules, language())
    return RuleView(
        made,
        made.version,
        made.source,
        wording.label_of(rules, made.name, language()),
        made.sentence if language() == "en" else "",  # the rules are described in English only
        made.symbol,
        mark_safe(f"<math display='block'>{left}<mo>=</mo>{right}</math>"),  # noqa: S308 - our own rules' text
        wording.unit_text(rules, made.unit, language()),
        " × ".join(labels.get(one, one) for one in made.grain.dimensions) or pick("全厂|Whole plant"),
        [
            (
                wording.label_of(rules, one.name, language()),
                one.name,
                "rule" if one.name in rules.rules else "input",
            )
            for one in made.arguments
        ],
        [
            (wording.label_of(rules, one, language()), one)
            for one in (*made.parameters, *([made.places] if isinstance(made.places, str) else []))
        ],
        [(rules.clauses[one], wording.clause_text(rules, one, language())) for one in made.clauses],
        _rounding(rules, made),
    )


def _rounding(rules: RuleSet, made: Rule) -> str:
    if made.places is None:
        return _("Not rounded")
    modes = {"half_up": _("half up"), "half_even": _("half to even"), "floor": _("down")}
    places = (
        str(made.places) if isinstance(made.places, int) else wording.label_of(rules, made.places, language())
    )
    return _("Rounded %(mode)s, decimals: %(places)s") % {"mode": modes[made.mode], "places": places}


@dataclass
class ParameterRow:
    """A parameter in the list."""

    rules: RuleSet
    parameter: Parameter
    known: tuple[ParameterValue, ...]  # shipped and confirmed
    used_by: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The machine's name."""
        return self.parameter.name

    @property
    def title(self) -> str:
        """In the language of the page."""
        return said(self.parameter)

    @property
    def unit(self) -> str:
        """As it is written."""
        return wording.unit_text(self.rules, self.parameter.unit, language())

    @property
    def latest(self) -> dt.date | None:
        """Since when its last value holds."""
        return max((one.since for one in self.known), default=None)

    @property
    def value(self) -> str:
        """The last value, or how many there are by key."""
        latest = [one for one in self.known if one.since == self.latest]
        if len(latest) == 1:
            return value_text(latest[0], self.parameter.unit)
        return _("%(n)s values by key") % {"n": len(latest)}

    @property
    def status(self) -> str:
        """The least sure of its last values."""
        latest = [one.status for one in self.known if one.since == self.latest]
        return max(latest, key=STATUSES.index, default="unknown")

    @property
    def text(self) -> str:
        """Everything a search looks through."""
        sources = " ".join(f"{one.source} {one.article}" for one in self.known)
        return f"{self.name} {self.parameter.zh} {self.parameter.en} {sources}".casefold()


def value_text(one: ParameterValue, unit: str = "") -> str:
    """A parameter's value as text."""
    if one.value is None:
        return "—"
    return day(one.value) if unit == DAY else figure(one.value, decimals(one.value))


def parameters(register: Mapping[str, Iterable[ParameterValue]], only: str = "") -> list[ParameterRow]:
    """All parameters with their values, those confirmed by notice included."""
    found = []
    for name, rules in rule_sets().items():
        if only not in ("", name):
            continue
        with_notices = rules.parameters.with_register(register.get(name, ()))
        found += [ParameterRow(rules, one, one.values) for one in with_notices.values()]
    return found


def used_by(rules: RuleSet, name: str) -> list[tuple[str, str]]:
    """Labels and names of the rules that read a parameter."""
    return [
        (wording.label_of(rules, one, language()), one)
        for one, versions in rules.rules.items()
        if any(name in made.parameters or made.places == name for made in versions)
    ]


def key_words(rules: RuleSet, parameter: Parameter, key: tuple[str, ...]) -> str:
    """A parameter's key in words."""
    words = []
    for by, word in zip(parameter.by, key, strict=True):
        choices = rules.unit_of(by)
        words.append(said(choices.members[word]) if isinstance(choices, Choices) else word)
    return " · ".join(words)


def notice_words(notice: ParameterNotice) -> str:
    """Which number of the law a notice is about: the parameter's name, and the row's where it is about one."""
    rules = rule_sets()[notice.rule_set]
    parameter = rules.parameters[notice.name]
    keys = [tuple(one.key) for one in notice.values.all()]
    row = key_words(rules, parameter, keys[0]) if len(keys) == 1 else ""
    return " · ".join(filter(None, (said(parameter), row)))


def notice_value(notice: ParameterNotice) -> str:
    """The value of a notice, or how many there are."""
    found = [one.value for one in notice.values.all()]
    if len(found) != 1:
        return _("%(n)s values by key") % {"n": len(found)}
    unit = rule_sets()[notice.rule_set].parameters[notice.name].unit
    return day(found[0]) if unit == DAY else figure(found[0], decimals(found[0]))


def notice_rows(notice: ParameterNotice) -> list[tuple[str, str]]:
    """The values of a notice with the rows they are for, in words."""
    rules = rule_sets()[notice.rule_set]
    parameter = rules.parameters[notice.name]
    return [
        (
            key_words(rules, parameter, tuple(one.key)),
            day(one.value) if parameter.unit == DAY else figure(one.value, decimals(one.value)),
        )
        for one in notice.values.all()
    ]


def history(rules: RuleSet, parameter: Parameter) -> Chart | None:
    """The values over time, one line a key, where there is more than one date."""
    days = sorted({one.since for one in parameter.values if one.value is not None})
    keys = [
        key
        for key in parameter.keys()  # noqa: SIM118 - not a mapping
        if any(one.value is not None and one.key == key for one in parameter.values)
    ]
    if len(days) < 2 or parameter.unit == DAY:  # noqa: PLR2004 - one date is no history
        return None
    series = []
    for key in keys[:MOST_LINES]:
        values: list[Decimal | None] = []
        for since in days:
            found = parameter.on(since, key)
            values.append(found.value if found else None)
        series.append(Series(key_words(rules, parameter, key) or said(parameter), values, kind="line"))
    known = [one.value for one in parameter.values if one.value is not None]
    first, last = figure(known[0], decimals(known[0])), figure(known[-1], decimals(known[-1]))
    title = _("%(name)s: %(n)s dates since %(day)s") % {
        "name": said(parameter),
        "n": len(days),
        "day": days[0].isoformat(),
    }
    if len(keys) == 1 and first != last:
        title = _("%(name)s went from %(first)s to %(last)s") % {
            "name": said(parameter),
            "first": first,
            "last": last,
        }
    return Chart(
        key=parameter.name,
        title=title,
        unit=wording.unit_text(rules, parameter.unit, language()) or "1",
        categories=[day.isoformat() for day in days],
        series=series,
        places=max(decimals(value) for value in known),
    )
