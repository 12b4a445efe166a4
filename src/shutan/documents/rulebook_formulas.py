"""A rule's formula as a page prints it: LaTeX with the guideline's symbols, and words with the Chinese terms.

A chain of choices is printed as one table of cases, read from the top: the first condition that holds decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shutan.kernel import Member, Rule, RuleSet
from shutan.kernel.explain import aggregated_label
from shutan.kernel.render import LATEX, WORDS, Style
from shutan.kernel.rules import Argument
from shutan.kernel.symbols import Expression, Symbol, symbols_of

Case = tuple[tuple[Any, ...], Any]  # conditions that hold together, and the value
_SPECIAL = re.compile(r"[\\%_&#${}^~]")
_WITH_INDEX = re.compile(r"([^\W_]+)_([^\W_]+)")
_AND = {"latex": r" \text{ 且 } ", "words": " 且 "}


@dataclass(frozen=True)
class Printed:
    """One formula in both writings."""

    latex: str
    words: tuple[str, ...]  # one line, or one a case


def latex_text(text: str) -> str:
    """Write words inside a formula."""
    return rf"\text{{{_SPECIAL.sub(lambda match: chr(92) + match[0], text)}}}"


def latex_symbol(symbol: str) -> str:
    r"""Write a guideline's symbol: `b_r·Q_gr` → `b_{\text{r}}\cdot Q_{\text{gr}}`."""
    written = _WITH_INDEX.sub(lambda match: rf"{_base(match[1])}_{{{latex_text(match[2])}}}", symbol)
    return (_base(written) if written == symbol else written).replace("·", r"\cdot ")


def _base(letters: str) -> str:
    return (
        rf"\mathit{{{letters}}}" if letters.isascii() and letters.isalpha() and len(letters) > 1 else letters
    )


def printed(rules: RuleSet, made: Rule) -> Printed:
    """Print the formula of one version of a rule."""
    cases = list(branches(made.formula))
    return Printed(
        _latex(_LatexNames(rules, made), cases), tuple(_words(_WordNames(rules, made), made.zh, cases))
    )


def branches(node: Any) -> Iterator[Case]:
    """Yield the cases of nested choices in the order in which they are asked; the last has no condition."""
    if isinstance(node, Expression) and node.operator == "when":
        condition, yes, no = node.arguments
        for conditions, value in branches(yes):
            yield (condition, *conditions), value
        yield from branches(no)
    else:
        yield (), node


def _latex(names: _LatexNames, cases: list[Case]) -> str:
    if len(cases) == 1:
        return f"{names.own} = {names.write(LATEX, cases[0][1])}"
    lines = []
    for conditions, value in cases:
        asked = _AND["latex"].join(names.write(LATEX, one) for one in conditions) or r"\text{否则}"
        lines.append(f"{names.write(LATEX, value)} & {asked}")
    return "\n".join([rf"{names.own} = \begin{{cases}}", " \\\\\n".join(lines), r"\end{cases}"])


def _words(names: _WordNames, own: str, cases: list[Case]) -> Iterator[str]:
    if len(cases) == 1:
        yield f"{own} = {names.write(WORDS, cases[0][1])}"
        return
    for conditions, value in cases:
        asked = _AND["words"].join(names.write(WORDS, one) for one in conditions)
        yield f"{'若 ' + asked if asked else '否则'}：{own} = {names.write(WORDS, value)}"


class _Names:
    """How the quantities of one formula are written."""

    one_of: str  # {0} a quantity, {1} the members it may be
    comma = ", "

    def __init__(self, rules: RuleSet, made: Rule) -> None:
        self.rules = rules
        self.arguments = {one.name: one for one in made.arguments}
        self.sets: dict[str, str] = {}  # "fuel_kind in …" stands in the tree as a symbol of its own

    def write(self, style: Style, node: Any) -> str:
        """Write a tree."""
        return style.write(self._gathered(node), self.name)

    def name(self, name: str) -> str:
        """Write one quantity."""
        if name in self.sets:
            return self.sets[name]
        return self.argument(self.arguments[name]) if name in self.arguments else self.plain(name)

    def plain(self, name: str) -> str:
        """Write a quantity that is not aggregated."""
        raise NotImplementedError

    def argument(self, argument: Argument) -> str:
        """Write an argument with its aggregation."""
        raise NotImplementedError

    def member(self, member: Member) -> str:
        """Write one word of a list of choices."""
        raise NotImplementedError

    def _gathered(self, node: Any) -> Any:
        """Write `either(a == X, a == Y)` as a ∈ {X, Y}."""
        if isinstance(node, Symbol) or not isinstance(node, Expression):
            return node
        parts = [self._gathered(one) for one in node.arguments]
        if node.operator != "either":
            return Expression(node.operator, *parts)
        same: dict[str, list[Member]] = {}
        for name, member in filter(None, map(_equality, parts)):
            same.setdefault(name, []).append(member)
        kept, seen = [], set()
        for part in parts:
            found = _equality(part)
            if found is None or len(same[found[0]]) == 1:
                kept.append(part)
            elif found[0] not in seen:
                seen.add(found[0])
                kept.append(self._set(found[0], same[found[0]]))
        return Expression("either", *kept) if len(kept) > 1 else kept[0]

    def _set(self, name: str, members: list[Member]) -> Symbol:
        text = self.one_of.format(self.name(name), self.comma.join(map(self.member, members)))
        self.sets[text] = text
        return Symbol(text)


class _LatexNames(_Names):
    one_of = r"{0} \in \{{{1}\}}"

    def __init__(self, rules: RuleSet, made: Rule) -> None:
        super().__init__(rules, made)
        weights = [one.aggregation.weight for one in made.arguments if one.aggregation]
        names = {made.name, *symbols_of(made.formula), *(one for one in weights if one)}
        self.shared = Counter(rules.symbol_of(one) for one in names)
        self.own = self.plain(made.name)

    def plain(self, name: str) -> str:
        symbol = self.rules.symbol_of(name)
        # one letter for two quantities of the same formula would say nothing
        alone = symbol and self.shared[symbol] == 1
        return latex_symbol(symbol) if alone else latex_text(self.rules.labels_of(name)[0])

    def argument(self, argument: Argument) -> str:
        written = self.plain(argument.name)
        how = argument.aggregation
        if how is None:
            return written
        if how.how == "total":
            return rf"\sum {written}"
        if how.weight:
            weight = self.plain(how.weight)
            return rf"\frac{{\sum {written} \times {weight}}}{{\sum {weight}}}"
        if how.how == "mean":
            return rf"\overline{{{written}}}"
        word = {"largest": "max", "least": "min", "count": "n"}[how.how]
        return rf"\operatorname{{{word}}}\left({written}\right)"

    def member(self, member: Member) -> str:
        return latex_text(member.zh)


class _WordNames(_Names):
    one_of = "{0} 属于（{1}）"
    comma = "、"

    def plain(self, name: str) -> str:
        return self.rules.labels_of(name)[0]

    def argument(self, argument: Argument) -> str:
        return aggregated_label(self.rules, argument)

    def member(self, member: Member) -> str:
        return member.zh


def _equality(node: Any) -> tuple[str, Member] | None:
    """Return (name, member) of `name == member`."""
    if isinstance(node, Expression) and node.operator == "==":
        left, right = node.arguments
        if isinstance(left, Symbol) and isinstance(right, Member):
            return left.name, right
    return None
