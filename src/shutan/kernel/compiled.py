"""A rule's formula as one Python loop over its columns: what the exact path runs.

The loop is written from the same tree that prints the formula, so it cannot say anything else. It is several times
faster than calling the rule row by row: no call a row, and only the branch of a `when` that holds is computed. Where a
condition waits or a divisor is zero the loop raises, and the evaluator goes row by row instead.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shutan.kernel import numbers
from shutan.kernel.inputs import Choices, Member
from shutan.kernel.numbers import Ratio
from shutan.kernel.rules import Rule
from shutan.kernel.symbols import Expression, Symbol

INFIX = {"+", "-", "*", "/", "**", "==", "!=", "<", "<=", ">", ">="}
WORDS = {"neg": "-{0}", "abs": "abs({0})", "negate": "not {0}", "exp": "exp({0})"}
JOINED = {"both": " and ", "either": " or ", "minimum": ", ", "maximum": ", "}
CALLS = {"minimum": "min", "maximum": "max"}

Loop = Callable[..., list[Any]]


def loop(made: Rule) -> Loop:
    """Return a function of the rule's columns (arguments, then parameters), `unit` and `mode`; it returns a column."""
    names = [*(one.name for one in made.arguments), *made.parameters]
    known: dict[str, Any] = {"exp": numbers.exp}
    text = _write(made.formula, known)
    rounds = made.places is not None and not isinstance(made.unit, Choices)
    body = f"({text}).quantize(unit, mode)" if isinstance(made.places, int) and rounds else text
    columns = ", ".join(f"column_{name}" for name in names)
    target = ", ".join(names) + ("," if len(names) == 1 else "")
    source = f"def loop({columns}, unit, mode):\n    return [{body} for {target} in zip({columns})]"
    exec(compile(source, f"<{made.name}>", "exec"), known)  # noqa: S102 - written from our own tree, no outside text
    return known["loop"]  # type: ignore[no-any-return]


def _write(node: Any, known: dict[str, Any]) -> str:
    if isinstance(node, Symbol):
        return node.name
    if isinstance(node, Ratio):
        return f"{_constant(Decimal(node.numerator), known)} / {_constant(Decimal(node.denominator), known)}"
    if not isinstance(node, Expression):
        return _constant(node if isinstance(node, Member) else Decimal(node), known)
    parts = [_write(argument, known) for argument in node.arguments]
    word = node.operator
    if word == "when":
        return f"({parts[1]} if {parts[0]} else {parts[2]})"
    if word in INFIX:
        return f"({parts[0]} {word} {parts[1]})"
    if word in JOINED:
        return f"{CALLS.get(word, '')}({JOINED[word].join(parts)})"
    return f"({WORDS[word].format(*parts)})"


def _constant(value: Any, known: dict[str, Any]) -> str:
    name = f"constant_{value.choices.name}_{value.key}" if isinstance(value, Member) else f"number_{value}"
    known[name] = value
    return name


def always_needed(node: Any) -> frozenset[str]:
    """Return the names without which a formula has no value, whatever its conditions say."""
    if isinstance(node, Symbol):
        return frozenset((node.name,))
    if not isinstance(node, Expression) or node.operator in ("both", "either"):
        return frozenset()
    parts = [always_needed(argument) for argument in node.arguments]
    if node.operator == "when":
        return parts[0] | (parts[1] & parts[2])
    return frozenset().union(*parts)
