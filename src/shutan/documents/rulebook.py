"""The rule book as Markdown: what each rule set takes, reads and computes, clause by clause, and what proves it.

Generic over rule sets and deterministic: the same code gives the same text, so that a stale page can be found.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import shutan
from shutan.documents.rulebook_formulas import latex_symbol, printed
from shutan.documents.wording import dimension_labels, key_labels, pick, unit_text
from shutan.kernel import (
    Choice,
    Choices,
    Clause,
    Grain,
    Input,
    Number,
    Parameter,
    ParameterValue,
    Rule,
    RuleSet,
)
from shutan.kernel.explain import ROUNDING
from shutan.kernel.parameters import STATUSES, read_yaml
from shutan.kernel.render import plain_number

CHECKOUT = Path(shutan.__file__).resolve().parents[2]
GENERATED = "<!-- Written by `shutan docs` from the rule sets; do not edit. -->\n"
UNCONFIRMED = "**待核实**"
_UP = "../../../"  # from docs/rules/<rule set>/ to the checkout


@dataclass(frozen=True)
class GoldenCase:
    """What the matrix needs to know of a golden case."""

    id: str
    kind: str
    rule_set: str
    clauses: tuple[str, ...]
    path: str  # below the folder of golden cases


def golden_cases(folder: Path) -> tuple[GoldenCase, ...]:
    """Read the golden cases `<instrument>/*.yaml` of a folder; none where there is no folder."""
    return tuple(
        GoldenCase(
            str(case["id"]),
            case["kind"],
            case["rule_set"],
            tuple(case["clauses"]),
            path.relative_to(folder).as_posix(),
        )
        for path in sorted(folder.glob("*/*.yaml"))
        for case in read_yaml(path) or []
    )


def pages(rule_sets: Iterable[RuleSet], cases: Sequence[GoldenCase]) -> dict[str, str]:
    """Return every page by its path below `docs/rules/`."""
    found = {}
    books = [RuleBook(rules, cases) for rules in rule_sets]
    for book in books:
        found.update({f"{book.rules.name}/{name}": text for name, text in book.pages().items()})
    found["index.md"] = _overview(books)
    return {name: GENERATED + "\n" + text.rstrip("\n") + "\n" for name, text in sorted(found.items())}


@dataclass(frozen=True)
class Guideline:
    """What one instrument means for one rule set."""

    rules: RuleSet
    name: str
    clauses: int
    computed: int
    cases: int  # golden cases that name one of its clauses


def guidelines(rules: RuleSet, cases: Iterable[GoldenCase]) -> list[Guideline]:
    """Return the instruments of a rule set, each with its clauses and the cases that prove them."""
    found: dict[str, list[Clause]] = {}
    for clause in rules.clauses.values():
        found.setdefault(clause.instrument, []).append(clause)
    own = [case for case in cases if case.rule_set == rules.name]
    return [
        Guideline(
            rules,
            name,
            len(clauses),
            sum(clause.kind == "computed" for clause in clauses),
            sum(not {clause.id for clause in clauses}.isdisjoint(case.clauses) for case in own),
        )
        for name, clauses in found.items()
    ]


def values_by_status(rules: RuleSet) -> dict[str, int]:
    """Return how many dated values of parameters are known how well."""
    values = [value for one in rules.parameters.values() for value in one.values]
    return {status: sum(value.status == status for value in values) for status in STATUSES}


def _overview(books: Sequence[RuleBook]) -> str:
    sets, texts = [], []
    for book in books:
        rules, ring = book.rules, book.ring()
        years = rules.years()
        link = f"[{pick(rules.title, 'zh')} {pick(rules.title, 'en')}]({rules.name}/index.md)"
        sets.append(
            (
                link,
                f"`{rules.name}`",
                f"{years[0]}–{years[-1]}",
                str(len(rules.rules)),
                str(len(rules.inputs)),
                f"{ring.computed} of {len(rules.clauses)}",
                f"[{ring.with_rule} / {ring.with_case}]({rules.name}/matrix.md)",
                str(len(rules.parameters)),
                *(str(count or "") for count in values_by_status(rules).values()),
                str(len(book.cases)),
            )
        )
        texts += [
            (link, cell(one.name), str(one.clauses), str(one.computed or ""), str(one.cases or ""))
            for one in guidelines(rules, book.cases)
        ]
    head = (
        "rule set", "name", "years", "rules", "inputs", "computed clauses", "with rule / with case", "parameters",
        *STATUSES, "golden cases",
    )  # fmt: skip
    return (
        "# 规则手册 Rule book\n\n"
        "The law as code, printed: one folder a rule set. Every page is generated from the declarations that also compute.\n"
        f"A value or clause whose official text was not seen says {UNCONFIRMED}.\n"
        "What a source such as *power.md 3.2, S1* stands for: [sources](../sources.md).\n\n"
        "The columns from *official* to *unknown* count the dated values of the parameters by how they were seen.\n\n"
        + table(head, sets)
        + "\n## 各行业依据 Guidelines by rule set\n\n"
        "A case is counted with every guideline of which it proves a clause.\n\n"
        + table(("rule set", "guideline", "clauses", "computed", "golden cases"), texts)
    )


@dataclass(frozen=True)
class Ring:
    """How far the ring clause ↔ rule ↔ case is closed."""

    computed: int
    with_rule: int
    with_case: int


class RuleBook:
    """The pages of one rule set."""

    def __init__(self, rules: RuleSet, cases: Sequence[GoldenCase]) -> None:
        self.rules = rules
        self.cases = [case for case in cases if case.rule_set == rules.name]
        self.anchors = {clause: anchor(clause) for clause in rules.clauses}
        self.computing: dict[str, list[str]] = {clause: [] for clause in rules.clauses}
        self.reading: dict[str, list[str]] = {name: [] for name in rules.parameters}
        for name, versions in rules.rules.items():
            for clause in dict.fromkeys(clause for made in versions for clause in made.clauses):
                self.computing[clause].append(name)
            for parameter in dict.fromkeys(one for made in versions for one in made.reads):
                self.reading[parameter].append(name)
        self.proving: dict[str, list[GoldenCase]] = {clause: [] for clause in rules.clauses}
        for case in self.cases:
            for clause in case.clauses:
                if clause in self.proving:
                    self.proving[clause].append(case)

    def pages(self) -> dict[str, str]:
        """Return the pages of this rule set by file name."""
        found = {
            "index.md": self.index(),
            "parameters.md": self.parameters(),
            "clauses.md": self.clauses(),
            "matrix.md": self.matrix(),
        }
        for grain in self.rules.grains:
            if any(versions[0].grain is grain for versions in self.rules.rules.values()):
                found[f"rules-{grain.name}.md"] = self.rules_of(grain)
        return found

    def ring(self) -> Ring:
        """Count the computed clauses that have a rule, and a case."""
        computed = [clause.id for clause in self.rules.clauses.values() if clause.kind == "computed"]
        return Ring(
            len(computed),
            sum(1 for one in computed if self.computing[one]),
            sum(1 for one in computed if self.proving[one]),
        )

    # -- links -------------------------------------------------------------------------------------------------

    def clause_link(self, clause: str) -> str:
        """Link to a clause; a text that is no id stays text."""
        if clause not in self.anchors:
            return cell(clause)
        return f"[{cell(clause)}](clauses.md#{self.anchors[clause]})"

    def name_link(self, name: str) -> str:
        """Link to an input, rule or parameter."""
        if name in self.rules.rules:
            return f"[`{name}`](rules-{self.rules.grain_of(name).name}.md#{name})"
        return f"[`{name}`]({'parameters' if name in self.rules.parameters else 'index'}.md#{name})"

    # -- pages -------------------------------------------------------------------------------------------------

    def index(self) -> str:
        """Write what the rule set is, its grains, and what people fill in."""
        rules = self.rules
        years, ring = rules.years(), self.ring()
        lines = [
            f"# {pick(rules.title, 'zh')} {pick(rules.title, 'en')} `{rules.name}`",
            "",
            f"{len(rules.rules)} rules over {len(rules.inputs)} inputs and {len(rules.parameters)} dated parameters,",
            f"for the years {years[0]}–{years[-1]}. Of {len(rules.clauses)} clauses {ring.computed} are computed;",
            f"{ring.with_rule} of them have a rule and {ring.with_case} a golden case.",
            "",
            "[Parameters](parameters.md) · [Clauses](clauses.md) · [Matrix](matrix.md) · [All rule sets](../index.md)",
            "",
            "## 依据 Instruments",
            "",
        ]
        lines += [f"* {one.name}" for one in guidelines(rules, self.cases)]
        lines += ["", "## 粒度 Grains", "", self._grains(), "## 填报表 Tables and inputs", ""]
        for one in rules.tables:
            lines += [self._input_table(one.name), ""]
        lines += ["## 选项 Choices", ""]
        for choices in rules.choices().values():
            members = "; ".join(f"`{one.key}` {one.zh} ({one.en})" for one in choices)
            lines.append(f'* <a id="{anchor(choices.name)}"></a>**{choices.name}**: {members}')
        return "\n".join(lines)

    def _grains(self) -> str:
        labels = dimension_labels(self.rules)
        rows = []
        for grain in self.rules.grains:
            count = sum(1 for versions in self.rules.rules.values() if versions[0].grain is grain)
            rows.append(
                (
                    f"`{grain.name}`",
                    " × ".join(labels.get(one, one) for one in grain.dimensions) or "全厂（一行）",
                    ", ".join(f"[{one.zh}](#{one.name})" for one in self.rules.tables if one.grain is grain),
                    f"[{count}](rules-{grain.name}.md)" if count else "",
                )
            )
        return table(("grain", "one row is about", "filled in", "rules"), rows)

    def _input_table(self, name: str) -> str:
        one = next(found for found in self.rules.tables if found.name == name)
        keys = ", ".join(key_labels(one))
        rows = [
            (
                f'<a id="{found.name}"></a>`{found.name}`',
                cell(found.zh),
                cell(found.en),
                self._content(found),
                self._needed(found),
                self.clause_link(found.clause),
            )
            for found in one.inputs
        ]
        about = f"One row: {keys}." if keys else "One row."
        heading = f'### <a id="{one.name}"></a>{one.zh} {one.en} `{one.name}`'
        if one.nil_when_empty:
            about += " Optional; an empty sheet means none, and its amounts are 0. Once it has rows, a missing one waits."
        elif one.optional:
            about += " Optional."
        return f"{heading}\n\n{about}\n\n" + table(
            ("input", "名称", "name", "unit or choice", "required", "clause"), rows
        )

    def _content(self, one: Input) -> str:
        if isinstance(one, Choice):
            return f"[{one.choices.name}](#{anchor(one.choices.name)})"
        if not isinstance(one, Number):
            return type(one).__name__.lower()
        bounds = [
            f"{sign} {bound}" for sign, bound in (("≥", one.minimum), ("≤", one.maximum)) if bound is not None
        ]
        return cell("; ".join([self._unit(one.unit) or "1", f"decimals: {one.places}", *bounds]))

    @staticmethod
    def _needed(one: Input) -> str:
        if one.required_when:
            return cell(f"{pick(one.required_when, 'zh')} ({pick(one.required_when, 'en')})")
        if one.default is not None:
            return cell(f"else {getattr(one.default, 'key', one.default)}")
        return "" if one.optional else "yes"

    def _unit(self, unit: str | Choices) -> str:
        if isinstance(unit, Choices):
            return f"[{unit.name}](index.md#{anchor(unit.name)})"
        return unit_text(self.rules, unit)

    def rules_of(self, grain: Grain) -> str:
        """Write all rules of one grain."""
        labels = dimension_labels(self.rules)
        row = " × ".join(labels.get(one, one) for one in grain.dimensions) or "全厂"
        lines = [f"# {pick(self.rules.title, 'zh')}：{row} `{grain.name}`", "", "[Back](index.md)", ""]
        for name, versions in self.rules.rules.items():
            if versions[0].grain is grain:
                lines += self._rule(name, versions)
        return "\n".join(lines)

    def _rule(self, name: str, versions: Sequence[Rule]) -> Iterator[str]:
        first = versions[0]
        symbol = f" ${latex_symbol(first.symbol)}$" if first.symbol else ""
        yield f'## <a id="{name}"></a>{first.zh}{symbol} `{name}`'
        yield ""
        unit = self._unit(first.unit)
        yield f"Unit: {unit}." if unit else "Unit: 1 (a plain number)."
        yield ""
        for at, made in enumerate(versions, start=1):
            yield from self._version(made, at if len(versions) > 1 else 0)

    def _version(self, made: Rule, number: int) -> Iterator[str]:
        spans = [(self.rules.clauses[one].since, self.rules.clauses[one].until) for one in made.clauses]
        held = "; ".join(span(since, until) for since, until in joined(spans))
        if number:
            yield f"**Version {number}, {held}**"
            yield ""
        said = made.sentence[:1].upper() + made.sentence[1:]
        yield said if said.endswith(".") else f"{said}."
        formula = printed(self.rules, made)
        yield from ("", "```math", formula.latex, "```", "")
        yield from (f"* {line}" for line in formula.words)
        yield f"* {self._rounding(made)}" + ("" if number else f"; in force {held}")
        yield "* Clauses: " + ", ".join(self.clause_link(one) for one in made.clauses)
        if made.arguments:
            yield "* Needs: " + ", ".join(self.name_link(one.name) for one in made.arguments)
        if made.reads:
            yield "* Parameters: " + ", ".join(self.name_link(one) for one in made.reads)
        yield f"* Source: {source_link(made)}"
        yield ""

    def _rounding(self, made: Rule) -> str:
        if made.places is None:
            return "Not rounded"
        zh, en = ROUNDING[made.mode]
        places = made.places if isinstance(made.places, int) else self.name_link(made.places)
        return f"Rounded {en} ({zh}), decimals: {places}"

    def parameters(self) -> str:
        """Write every value by date with its source."""
        counts = values_by_status(self.rules)
        lines = [
            f"# {pick(self.rules.title, 'zh')}：参数 Parameters",
            "",
            "[Back](index.md)",
            "",
            f"{len(self.rules.parameters)} parameters, {sum(counts.values())} values: "
            + ", ".join(f"{count} {status}" for status, count in counts.items() if count)
            + f". All but `official` are {UNCONFIRMED}: every result they take part in says so. "
            "An `unknown` one makes results wait.",
            "",
        ]
        for one in self.rules.parameters.values():
            lines += self._parameter(one)
        return "\n".join(lines)

    def _parameter(self, one: Parameter) -> Iterator[str]:
        yield f'## <a id="{one.name}"></a>{one.zh} `{one.name}`'
        yield ""
        unit = unit_text(self.rules, one.unit)
        by = ", ".join(self.name_link(name) for name in one.by)
        read = (
            ", ".join(self.name_link(name) for name in self.reading[one.name])
            or "no rule (looked up by people)"
        )
        sentence = f"{one.en[:1].upper()}{one.en[1:]}."
        yield " ".join(
            [sentence, f"Unit: {unit or '1'}.", *([f"By {by}."] if by else []), f"Read by {read}."]
        )
        yield ""

        def record(value: ParameterValue) -> tuple[object, ...]:
            return (value.since, value.until, value.source, value.article, value.status, value.note)

        rows = []
        for _, same in groupby(one.values, key=record):
            values = list(same)
            first = values[0]
            rows.append(
                (
                    span(first.since, first.until),
                    "<br>".join(self._value(one, value) for value in values),
                    cell(f"{first.source} {first.article}".strip()),
                    status(first.status),
                    cell(pick(first.note, "en")),
                )
            )
        yield table(("in force", "value", "source", "status", "note"), rows)

    def _value(self, one: Parameter, value: ParameterValue) -> str:
        number = "…" if value.value is None else plain_number(value.value)
        words = []
        for by, key in zip(one.by, value.key, strict=True):
            choices = self.rules.unit_of(by)
            words.append(choices.members[key].zh if isinstance(choices, Choices) else key)
        return cell(f"{' · '.join(words)}: {number}" if words else number)

    def clauses(self) -> str:
        """Write every clause, instrument by instrument."""
        lines = [
            f"# {pick(self.rules.title, 'zh')}：条款 Clauses",
            "",
            "[Back](index.md) · [matrix](matrix.md)",
            "",
        ]
        for instrument, found in self._by_instrument():
            rows = [
                (
                    f'<a id="{self.anchors[one.id]}"></a>{cell(one.id)}',
                    cell(one.number),
                    cell(f"{one.zh} {one.en}"),
                    span(one.since, one.until),
                    one.kind,
                    cell(f"{one.summary_zh} {one.summary}"),
                    f"{status(one.status)}: {cell(one.source)}",
                )
                for one in found
            ]
            lines += [f"## {instrument}", ""]
            lines += [table(("id", "number", "title", "in force", "kind", "what it says", "seen"), rows)]
        return "\n".join(lines)

    def matrix(self) -> str:
        """Write the ring: each clause with the rules that compute it and the cases that prove them."""
        ring = self.ring()
        lines = [
            f"# {pick(self.rules.title, 'zh')}：条款—规则—算例 Matrix of clauses, rules and golden cases",
            "",
            "[Back](index.md)",
            "",
            f"{ring.computed} computed clauses: {ring.with_rule} with a rule, {ring.with_case} with a golden case.",
            f"{len(self.cases)} cases; one not marked is derived by hand, *printed* stands in an instrument,",
            "*published* in a document outside it.",
            "",
        ]
        for instrument, found in self._by_instrument():
            rows = [
                (
                    self.clause_link(one.id),
                    cell(one.zh),
                    one.kind,
                    ", ".join(self.name_link(name) for name in self.computing[one.id]),
                    "<br>".join(_by_file(self.proving[one.id])),
                )
                for one in found
            ]
            lines += [
                f"## {instrument}",
                "",
                table(("clause", "title", "kind", "rules", "golden cases"), rows),
            ]
        return "\n".join(lines)

    def _by_instrument(self) -> Iterator[tuple[str, list[Clause]]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.rules.clauses.values():
            found.setdefault(clause.instrument, []).append(clause)
        yield from found.items()


def _by_file(cases: Sequence[GoldenCase]) -> Iterator[str]:
    found: dict[str, list[GoldenCase]] = {}
    for case in cases:
        found.setdefault(case.path, []).append(case)
    for path, same in found.items():
        names = ", ".join(
            cell(one.id) + ("" if one.kind == "derived" else f" (*{one.kind}*)") for one in same
        )
        yield f"[{path.removesuffix('.yaml')}]({_UP}tests/golden/{path}): {names}"


def source_link(made: Rule) -> str:
    """Link to the line where a rule is declared."""
    code = made.function.__code__
    path = Path(code.co_filename).resolve()
    place = path.relative_to(CHECKOUT).as_posix() if path.is_relative_to(CHECKOUT) else path.name
    return f"[{place}:{code.co_firstlineno}]({_UP}{place}#L{code.co_firstlineno})"


def status(word: str) -> str:
    """Write how sure a text or value is."""
    return word if word == "official" else f"{word} {UNCONFIRMED}"


def span(since: dt.date, until: dt.date | None) -> str:
    """Write a time."""
    return f"{since} – {until or ''}".rstrip()


def joined(spans: Iterable[tuple[dt.date, dt.date | None]]) -> list[tuple[dt.date, dt.date | None]]:
    """Join times that touch or overlap."""
    found: list[tuple[dt.date, dt.date | None]] = []
    for since, until in sorted(spans, key=lambda one: (one[0], one[1] or dt.date.max)):
        before = found[-1] if found else None
        if before and (before[1] is None or since <= before[1] + dt.timedelta(days=1)):
            end = None if before[1] is None or until is None else max(before[1], until)
            found[-1] = (before[0], end)
        else:
            found.append((since, until))
    return found


def anchor(text: str) -> str:
    """Return an id for links: letters and digits of any script, a dot as an underscore, all else as dashes."""
    return re.sub(r"\W+", "-", text.replace(".", "_")).strip("-")


def cell(text: str) -> str:
    """Write a text where Markdown would read a stroke or a line's end as its own."""
    return re.sub(r"([|<>*`])", r"\\\1", " ".join(text.split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(re.sub(r" {2,}", " ", line) for line in lines) + "\n"


def stale(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Return the pages below a folder that are missing, differ, or should not be there."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.md")}
    differ = [
        name for name, text in wanted.items() if name not in there or there[name].read_text("utf-8") != text
    ]
    return sorted({*differ, *(there.keys() - wanted.keys())})


def write(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Write what is stale and remove what should not be there; return the names."""
    changed = stale(folder, wanted)
    for name in changed:
        if name not in wanted:
            (folder / name).unlink()
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
    return changed
