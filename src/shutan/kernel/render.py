"""Print a formula: LaTeX, MathML, Typst, plain words, or an Excel formula over cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from typing import Any

from shutan.kernel.inputs import Member
from shutan.kernel.numbers import Ratio, Waiting
from shutan.kernel.symbols import INFIX, Expression, Symbol

Name = Callable[[str], str]
LONG = (
    6  # more decimals than any clause rounds to: an unrounded product or quotient, shown without idle zeros
)


@dataclass(frozen=True)
class Style:
    """How one language of formulas writes each operator; `{0}`, `{1}`, `{2}` are the arguments."""

    infix: dict[str, str]
    parenthesis: str
    fraction: str | None  # None: division is written with the infix "/"
    power: str
    when: str
    call: str  # {0} the function's name, {1} its arguments
    comma: str
    negative: str
    functions: dict[str, str]
    constant: Callable[[Any], str]

    def said_in(self, language: str) -> Style:
        """Return this style with its few words, and the members of choices, in a language: "zh" or "en"."""
        if language.startswith("zh"):
            return self
        words = {"both": "and", "either": "or", "negate": "not"}
        translated = {name: words.get(name, word) for name, word in self.functions.items()}
        return replace(
            self,
            when=self.when.replace("否则", "otherwise"),
            functions=translated if "且" in self.functions.values() else self.functions,
            constant=lambda value: self.constant(_english(value)),
        )

    def write(self, node: Any, name: Name) -> str:
        """Write a tree; `name` writes a quantity."""
        return self._write(node, name)[0]

    def _write(self, node: Any, name: Name) -> tuple[str, int]:
        if isinstance(node, Symbol):
            return name(node.name), 9
        if not isinstance(node, Expression):
            # 44/12 written inline binds like a division
            return self.constant(node), 2 if isinstance(node, Ratio) and self.fraction is None else 9
        word = node.operator
        if word == "when":
            return self.when.format(*(self._write(one, name)[0] for one in node.arguments)), 9
        if word == "neg":
            return self.negative.format(self._wrapped(node.arguments[0], name, 3)), 3
        if word == "/" and self.fraction:
            return self.fraction.format(*(self._write(one, name)[0] for one in node.arguments)), 9
        if word == "**":
            base, exponent = node.arguments
            inner = self._write(exponent, name)[0] if "{1}" in self.power else ""
            return self.power.format(self._wrapped(base, name, 9), inner), 4
        if word in self.infix:
            return self._infix(node, name)
        written = self.comma.join(self._write(one, name)[0] for one in node.arguments)
        return self.call.format(self.functions.get(word, word), written), 9

    def _infix(self, node: Expression, name: Name) -> tuple[str, int]:
        level = INFIX.get(node.operator, 0)
        left = self._wrapped(node.arguments[0], name, level)
        strict = node.operator in ("-", "/", "*")  # a−(b−c) and a/(b·c) need their parentheses
        right = self._wrapped(node.arguments[1], name, level + (1 if strict and node.operator != "*" else 0))
        return self.infix[node.operator].format(left, right), level

    def _wrapped(self, node: Any, name: Name, level: int) -> str:
        text, own = self._write(node, name)
        return text if own >= level else self.parenthesis.format(text)


def _english(value: Any) -> Any:
    """Return a member whose only label is the English one; anything else as it is."""
    if not isinstance(value, Member):
        return value
    said = Member(int(value))
    said.key, said.choices, said.zh, said.en = value.key, value.choices, value.en, value.en
    return said


def plain_number(value: Any) -> str:
    """Write a Decimal without exponent and without the zeros a division leaves behind."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text and len(text.partition(".")[2]) > LONG else text
    return str(value)


def _constant(member: Callable[[str], str], ratio: str) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, Member):
            return member(value.zh)
        if isinstance(value, Ratio):
            return ratio.format(value.numerator, value.denominator)
        if isinstance(value, Waiting):
            return "…"
        return plain_number(value)

    return write


def _operators(template: str, **words: str) -> dict[str, str]:
    """Return `{"+": "{0} + {1}", …}` from the signs of a language."""
    signs = {"+": "plus", "-": "minus", "*": "times", "/": "over", "==": "eq", "!=": "ne"}
    signs |= {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
    return {sign: template.replace("OP", words[word]) for sign, word in signs.items() if word in words}


_MATHML = "{0}<mo>OP</mo>{1}"
LATEX = Style(
    infix=_operators(
        "{0} OP {1}",
        plus="+",
        minus="-",
        times=r"\times",
        eq="=",
        ne=r"\ne",
        lt="<",
        le=r"\le",
        gt=">",
        ge=r"\ge",
    ),
    parenthesis=r"\left({0}\right)",
    fraction=r"\frac{{{0}}}{{{1}}}",
    power="{0}^{{{1}}}",
    when=r"\begin{{cases}} {1} & {0} \\ {2} & \text{{否则}} \end{{cases}}",
    call=r"\operatorname{{{0}}}\left({1}\right)",
    comma=", ",
    negative="-{0}",
    functions={"minimum": "min", "maximum": "max", "both": "且", "either": "或", "negate": "非"},
    constant=_constant(lambda text: rf"\text{{{text}}}", r"\frac{{{0}}}{{{1}}}"),
)
MATHML = Style(
    infix=_operators(
        _MATHML, plus="+", minus="−", times="×", eq="=", ne="≠", lt="&lt;", le="≤", gt="&gt;", ge="≥"
    ),
    parenthesis="<mrow><mo>(</mo>{0}<mo>)</mo></mrow>",
    fraction="<mfrac><mrow>{0}</mrow><mrow>{1}</mrow></mfrac>",
    power="<msup><mrow>{0}</mrow><mrow>{1}</mrow></msup>",
    when=(
        "<mrow><mo>{{</mo><mtable><mtr><mtd>{1}</mtd><mtd>{0}</mtd></mtr>"
        "<mtr><mtd>{2}</mtd><mtd><mtext>否则</mtext></mtd></mtr></mtable></mrow>"
    ),
    call="<mrow><mi>{0}</mi><mo>(</mo>{1}<mo>)</mo></mrow>",
    comma="<mo>,</mo>",
    negative="<mrow><mo>−</mo>{0}</mrow>",
    functions={"minimum": "min", "maximum": "max", "both": "且", "either": "或", "negate": "非"},
    constant=lambda value: (
        f"<mtext>{escape(value.zh)}</mtext>"
        if isinstance(value, Member)
        else f"<mfrac><mn>{value.numerator}</mn><mn>{value.denominator}</mn></mfrac>"
        if isinstance(value, Ratio)
        else f"<mn>{plain_number(value)}</mn>"
    ),
)
TYPST = Style(
    infix=_operators(
        "{0} OP {1}", plus="+", minus="-", times="times", eq="=", ne="!=", lt="<", le="<=", gt=">", ge=">="
    ),
    parenthesis="({0})",
    fraction="frac({0}, {1})",
    power="({0})^({1})",
    when='cases({1} & quad {0}, {2} & quad "否则")',
    call='op("{0}")({1})',
    comma=", ",
    negative="-{0}",
    functions={"minimum": "min", "maximum": "max", "both": "且", "either": "或", "negate": "非"},
    constant=_constant('"{}"'.format, "frac({0}, {1})"),
)
WORDS = Style(
    infix=_operators(
        "{0} OP {1}", plus="+", minus="−", times="×", over="÷", eq="=", ne="≠", lt="<", le="≤", gt=">", ge="≥"
    ),
    parenthesis="({0})",
    fraction=None,
    power="{0}^({1})",
    when="[{0} ? {1} : {2}]",
    call="{0}({1})",
    comma=", ",
    negative="−{0}",
    functions={"minimum": "min", "maximum": "max", "both": "且", "either": "或", "negate": "非"},
    constant=_constant(str, "{0}/{1}"),
)
EXCEL = Style(
    infix=_operators("{0}OP{1}", plus="+", minus="-", times="*", over="/", eq="=", ne="<>", lt="<", le="<=", gt=">", ge=">="),
    parenthesis="({0})",
    fraction=None,
    power="{0}^({1})",
    when="IF({0},{1},{2})",
    call="{0}({1})",
    comma=",",
    negative="-{0}",
    functions={
        "minimum": "MIN", "maximum": "MAX", "both": "AND", "either": "OR", "negate": "NOT", "exp": "EXP", "abs": "ABS",
    },
    constant=_constant('"{}"'.format, "{0}/{1}"),
)  # fmt: skip


def mathml_name(symbol: str, label: str) -> str:
    """Write a quantity as MathML: its symbol with subscript, or its term."""
    if not symbol:
        return f"<mtext>{escape(label)}</mtext>"
    base, _, below = symbol.partition("_")
    if not below:
        return f"<mi>{escape(base)}</mi>"
    return f"<msub><mi>{escape(base)}</mi><mtext>{escape(below)}</mtext></msub>"


def latex_name(symbol: str, label: str) -> str:
    """Write a quantity as LaTeX."""
    if not symbol:
        return rf"\text{{{label}}}"
    base, _, below = symbol.partition("_")
    return rf"{base}_{{\text{{{below}}}}}" if below else base


def typst_name(symbol: str, label: str) -> str:
    """Write a quantity for Typst's math mode."""
    if not symbol:
        return f'"{label}"'
    base, _, below = symbol.partition("_")
    written = base if len(base) == 1 else f'"{base}"'
    return f'{written}_"{below}"' if below else written
