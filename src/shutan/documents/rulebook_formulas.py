"""A rule's formula as a page prints it: LaTeX with the guideline's symbols, and words with the Chinese terms.

A chain of choices is printed as one table of cases, read from the top: the first condition that holds decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shutan.kernel import Member, Rule, RuleSet
from shutan.kernel.explain import aggregated_label
from shutan.kernel.render import LATEX, WORDS, Style
from shutan.kernel.rules import Argument
from shutan.kernel.symbols import Expression, Symbol, symbols_of

Case = tuple[tuple[Any, ...], Any]  # conditions that hold together, and the value
_SPECIAL = re.compile(r"[\\%_&#${}^~]")
_WITH_INDEX = re.compile(r"([^\W_]+)_([^\W_]+)")
_JOINED = {"both": "且", "either": "或"}
_WORDS = replace(WORDS, when="（若 {0}：{1}；否则：{2}）")


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
    while len(cases) > 1 and _same(cases[-2][1], cases[-1][1]):
        del cases[-2]  # "otherwise" says it too
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
        return f"{names.own} = {names.write(cases[0][1])}"
    lines = [
        f"{names.write(value)} & {names.asked(conditions) or latex_text('否则')}"
        for conditions, value in cases
    ]
    return "\n".join([rf"{names.own} = \begin{{cases}}", " \\\\\n".join(lines), r"\end{cases}"])


def _words(names: _WordNames, own: str, cases: list[Case]) -> Iterator[str]:
    if len(cases) == 1:
        yield f"{own} = {names.write(cases[0][1])}"
        return
    for conditions, value in cases:
        asked = names.asked(conditions)
        yield f"{'若 ' + asked if asked else '否则'}：{own} = {names.write(value)}"


class _Names:
    """How the quantities of one formula are written."""

    style: Style
    one_of: str  # {0} a quantity, {1} the members it may be
    joint: str  # {0} 且 or 或
    group: str
    comma = ", "

    def __init__(self, rules: RuleSet, made: Rule) -> None:
        self.rules = rules
        self.arguments = {one.name: one for one in made.arguments}
        self.sets: dict[str, str] = {}  # "fuel_kind in …" stands in the tree as a symbol of its own
        self.bare: dict[str, str] = {}  # what stands in the brackets of a group

    def write(self, node: Any) -> str:
        """Write a tree."""
        return self.style.write(self._gathered(node), self.name)

    def asked(self, conditions: tuple[Any, ...]) -> str:
        """Write conditions that hold together; nothing where there are none."""
        every = [
            part
            for one in conditions
            for part in (one.arguments if getattr(one, "operator", "") == "both" else (one,))
        ]
        written = [self.write(one) for one in every]
        if len(every) == 1:  # brackets around the whole say nothing
            inside = self.bare.get(written[0])
            return inside or written[0]
        return self.joint.format(_JOINED["both"]).join(written)

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
        """Write `either(a == X, a == Y)` as a ∈ {X, Y}, and other conditions joined by a word."""
        if isinstance(node, Symbol) or not isinstance(node, Expression):
            return node
        parts = [self._gathered(one) for one in node.arguments]
        if node.operator == "either":
            parts = list(self._with_sets(parts))
        elif node.operator != "both":
            return Expression(node.operator, *parts)
        if len(parts) == 1:
            return parts[0]
        inside = self.joint.format(_JOINED[node.operator]).join(
            self.style.write(one, self.name) for one in parts
        )
        text = self.group.format(inside)
        self.sets[text] = text
        self.bare[text] = inside
        return Symbol(text)

    def _with_sets(self, parts: list[Any]) -> Iterator[Any]:
        same: dict[str, list[Member]] = {}
        for name, member in filter(None, map(_equality, parts)):
            same.setdefault(name, []).append(member)
        for part in parts:
            found = _equality(part)
            if found is None or len(same[found[0]]) == 1:
                yield part
            elif same[found[0]][0] is found[1]:
                yield self._set(found[0], same[found[0]])

    def _set(self, name: str, members: list[Member]) -> Symbol:
        text = self.one_of.format(self.name(name), self.comma.join(map(self.member, members)))
        self.sets[text] = text
        return Symbol(text)


class _LatexNames(_Names):
    style = LATEX
    one_of = r"{0} \in \{{{1}\}}"
    joint = r" \text{{ {0} }} "
    group = r"\left({0}\right)"

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
    style = _WORDS
    one_of = "{0} 属于（{1}）"
    joint = " {0} "
    group = "（{0}）"
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


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Symbol) and isinstance(other, Symbol):
        return one.name == other.name
    return not isinstance(one, Expression) and not isinstance(other, Expression) and bool(one == other)
