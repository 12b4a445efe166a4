"""A rule's formula as one Python loop over its columns: what the exact path runs.

The loop is written from the same tree that prints the formula, so it cannot say anything else. It is several times
faster than calling the rule row by row: no call a row, and only the branch of a `when` that holds is computed. Where a
condition waits or a divisor is zero the loop raises, and the evaluator goes row by row instead.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, Never

from shutan.kernel import numbers
from shutan.kernel.inputs import Member
from shutan.kernel.numbers import MODES, Ratio, Waiting
from shutan.kernel.rules import Rule
from shutan.kernel.symbols import Expression, Symbol

INFIX = {"+", "-", "*", "/", "**", "==", "!=", "<", "<=", ">", ">="}
WORDS = {"neg": "-{0}", "abs": "abs({0})", "negate": "not {0}", "exp": "exp({0})"}
JOINED = {"both": " and ", "either": " or ", "minimum": ", ", "maximum": ", "}
CALLS = {"minimum": "min", "maximum": "max"}
# One object a choice, so that `is` answers without a call; only a choice that waits must be found out.
SAME = {
    "==": "({0} is {1} or ({0}.__class__ is Waiting and undecided()))",
    "!=": "({0} is not {1} and ({0}.__class__ is not Waiting or undecided()))",
}

Loop = Callable[..., list[Any]]


def undecided() -> Never:
    """Stop the loop: a condition waits."""
    raise TypeError("a waiting condition")


@cache
def loop(made: Rule, columns: tuple[str, ...], constants: tuple[str, ...]) -> Loop:
    """Return a function of columns, then of what is the same in every row; it returns the rule's column.

    Between them are the rule's arguments and parameters and, where it rounds, the `unit` of the last place.
    """
    known: dict[str, Any] = {"exp": numbers.exp, "Waiting": Waiting, "undecided": undecided}
    text = _write(made.formula, known)
    if isinstance(made.formula, Symbol) and columns == (text,) and not constants:  # a total, a renamed value
        body = f"list(column_{text})"
    else:
        rounds = "unit" in columns or "unit" in constants
        body = f"({text}).quantize(unit, {MODES[made.mode]!r})" if rounds else text
        rows = ", ".join(map("column_{}".format, columns))
        body = f"[{body} for {', '.join(columns)} in {rows if len(columns) == 1 else f'zip({rows})'}]"
    source = f"def loop({', '.join([*map('column_{}'.format, columns), *constants])}):\n    return {body}"
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
    if word in SAME and isinstance(node.arguments[0], Symbol) and isinstance(node.arguments[1], Member):
        return SAME[word].format(*parts)
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
