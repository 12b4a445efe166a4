"""A rule called with symbols gives its formula, as a small tree that can be printed or evaluated again.

The tree is ours because the formula must look as the law prints it: 44/12 stays 44/12, and a `when` stays a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

INFIX = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}
COMPARE = ("==", "!=", "<", "<=", ">", ">=")


class Expression:
    """A node: an operator with its arguments. Leaves are `Symbol`s and plain constants."""

    __slots__ = ("arguments", "operator")

    def __init__(self, operator: str, *arguments: Any) -> None:
        self.operator = operator
        self.arguments = arguments

    def __add__(self, other: Any) -> Expression:
        return combine("+", self, other)

    def __radd__(self, other: Any) -> Expression:
        return combine("+", other, self)

    def __sub__(self, other: Any) -> Expression:
        return combine("-", self, other)

    def __rsub__(self, other: Any) -> Expression:
        return combine("-", other, self)

    def __mul__(self, other: Any) -> Expression:
        return combine("*", self, other)

    def __rmul__(self, other: Any) -> Expression:
        return combine("*", other, self)

    def __truediv__(self, other: Any) -> Expression:
        return combine("/", self, other)

    def __rtruediv__(self, other: Any) -> Expression:
        return combine("/", other, self)

    def __pow__(self, other: Any) -> Expression:
        return combine("**", self, other)

    def __rpow__(self, other: Any) -> Expression:
        return combine("**", other, self)

    def __neg__(self) -> Expression:
        return combine("neg", self)

    def __abs__(self) -> Expression:
        return combine("abs", self)

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]
        return combine("==", self, other)

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]
        return combine("!=", self, other)

    def __lt__(self, other: Any) -> Expression:
        return combine("<", self, other)

    def __le__(self, other: Any) -> Expression:
        return combine("<=", self, other)

    def __gt__(self, other: Any) -> Expression:
        return combine(">", self, other)

    def __ge__(self, other: Any) -> Expression:
        return combine(">=", self, other)

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise TypeError(
            "a rule must not use if, and, or, not, min or max: use when(), both(), either(), negate()"
        )

    def __repr__(self) -> str:
        return f"{self.operator}({', '.join(map(repr, self.arguments))})"


class Symbol(Expression):
    """A named quantity: an input, another rule or a parameter."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__("symbol")
        self.name = name

    def __repr__(self) -> str:
        return self.name


def combine(operator: str, *arguments: Any) -> Expression:
    """Make a node."""
    return Expression(operator, *arguments)


def symbols_of(node: Any) -> Iterator[str]:
    """Yield the names of all symbols in a tree, with repetitions."""
    if isinstance(node, Symbol):
        yield node.name
    elif isinstance(node, Expression):
        for argument in node.arguments:
            yield from symbols_of(argument)


def evaluate(node: Any, values: Mapping[str, Any]) -> Any:
    """Compute a tree with any kind of number; only the branch of a `when` that holds is looked at for scalars."""
    from shutan.kernel import numbers  # numbers needs this module first

    if isinstance(node, Symbol):
        return values[node.name]
    if not isinstance(node, Expression):
        return node
    if node.operator == "when":
        condition = evaluate(node.arguments[0], values)
        if condition is True or condition is False:
            return evaluate(node.arguments[1 if condition else 2], values)
        return numbers.when(condition, *(evaluate(branch, values) for branch in node.arguments[1:]))
    operation = OPERATIONS.get(node.operator) or getattr(numbers, node.operator)
    return operation(*(evaluate(argument, values) for argument in node.arguments))


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
    "neg": lambda a: -a,
    "abs": abs,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def taken(node: Any, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the symbols that really took part: conditions and the branches that held."""
    if isinstance(node, Symbol):
        yield node.name
    elif isinstance(node, Expression):
        if node.operator == "when":
            condition = evaluate(node.arguments[0], values)
            yield from taken(node.arguments[0], values)
            if condition is True or condition is False:
                yield from taken(node.arguments[1 if condition else 2], values)
        else:
            for argument in node.arguments:
                yield from taken(argument, values)


def simplified(node: Any, values: Mapping[str, Any]) -> Any:
    """Return the tree with each decided `when` replaced by the branch that holds."""
    if isinstance(node, Symbol) or not isinstance(node, Expression):
        return node
    if node.operator == "when":
        condition = evaluate(node.arguments[0], values)
        if condition is True or condition is False:
            return simplified(node.arguments[1 if condition else 2], values)
    return Expression(node.operator, *(simplified(argument, values) for argument in node.arguments))
