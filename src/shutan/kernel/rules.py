"""The `rule` decorator: a plain function becomes a definition of the law, without ceasing to be a function."""

from __future__ import annotations

import hashlib
import inspect
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shutan.kernel.grain import Grain
from shutan.kernel.inputs import Choices
from shutan.kernel.numbers import Mode
from shutan.kernel.symbols import Symbol

ENGLISH = {  # words of identifiers that English writes otherwise
    "ncv": "NCV", "ar": "as received", "ad": "air-dried", "co2": "CO2", "ch4": "CH4", "n2o": "N2O", "cf4": "CF4",
    "c2f6": "C2F6", "ccer": "CCER", "cfb": "CFB", "pfc": "PFC", "ghg": "GHG", "ac": "AC", "portland": "Portland",
    "cofiring": "co-firing", "cofired": "co-fired",
}  # fmt: skip
HYPHENATED = re.compile(  # words that English joins with the next one
    r"\b(pre|non|self|semi|on(?= grid)|carry(?= over)|burn(?= off)|top(?= up)|no(?= data)|base(?= year)) "
)


class WiringError(TypeError):
    """A rule breaks the contract. Raised when the module is imported, never in a user's report."""


@dataclass(frozen=True)
class Aggregation:
    """How many values of a finer grain become one: `how` is total, mean, largest, least or count."""

    how: str
    weight: str | None = None


Total = Aggregation("total")
Mean = Aggregation("mean")
Largest = Aggregation("largest")
Least = Aggregation("least")
Count = Aggregation("count")


class MeanBy:
    """`MeanBy["consumption"]`: the mean weighted by another name of the same grain; rows without weight do not count."""

    def __class_getitem__(cls, weight: str) -> Aggregation:
        return Aggregation("mean", weight)


@dataclass(frozen=True)
class Argument:
    """A positional argument of a rule: an input or a rule by name, seen as it is or aggregated."""

    name: str
    aggregation: Aggregation | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """A definition: what it is called, where the law says so, what one row is, its unit and where it is rounded."""

    function: Callable[..., Any]
    clauses: tuple[str, ...]
    name: str
    grain: Grain
    unit: str | Choices
    places: int | str | None
    mode: Mode
    arguments: tuple[Argument, ...]
    parameters: tuple[str, ...]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself: one number kind in, the same out, not rounded."""
        return self.function(*args, **kwargs)

    @property
    def zh(self) -> str:
        """Return the Chinese term: the first word of the docstring."""
        return self._title[0]

    @property
    def symbol(self) -> str:
        """Return the guideline's symbol, empty where it has none."""
        return self._title[1]

    @property
    def en(self) -> str:
        """Return the English name: the identifier's words, abbreviations and hyphens as the field writes them."""
        words = " ".join(ENGLISH.get(word, word) for word in self.name.split("_"))
        return HYPHENATED.sub(r"\1-", words)

    @property
    def sentence(self) -> str:
        """Return what the docstring says after the colon."""
        return self._title[2]

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Return the parameters it reads, the one that says where to round included."""
        return (*self.parameters, *([self.places] if isinstance(self.places, str) else []))

    @cached_property
    def _title(self) -> tuple[str, str, str]:
        first = (self.function.__doc__ or "").strip().partition("\n")[0]
        match = re.match(r"(?P<zh>[^:：\s]+)(?:\s+(?P<symbol>[^:：]+?))?\s*[:：]\s*(?P<sentence>.+)", first)
        if match is None:
            raise WiringError(f"rule {self.name}: docstring must start `中文术语 符号: English sentence.`")
        return match["zh"], match["symbol"] or "", match["sentence"]

    @cached_property
    def formula(self) -> Any:
        """Return the expression tree over the names of arguments and parameters."""
        symbols = {name: Symbol(name) for name in (*(one.name for one in self.arguments), *self.parameters)}
        return self.function(
            *(symbols[one.name] for one in self.arguments),
            **{name: symbols[name] for name in self.parameters},
        )

    @cached_property
    def fast(self) -> Callable[..., Any]:
        """Return the function with its keyword-only parameters made positional, so that `map` can call it."""
        code = self.function.__code__
        count = code.co_argcount + code.co_kwonlyargcount
        return types.FunctionType(
            code.replace(co_argcount=count, co_kwonlyargcount=0), self.function.__globals__, self.name
        )

    @cached_property
    def source(self) -> str:
        """Return the text of the function, decorator included."""
        return inspect.getsource(self.function)

    @cached_property
    def version(self) -> str:
        """Return a short hash of the source: the version a stored trace names."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


def rule(
    *clauses: str,
    grain: Grain,
    unit: str | Choices,
    places: int | str | None = None,
    mode: Mode = "half_up",
    name: str | None = None,
) -> Callable[[Callable[..., Any]], Rule]:
    """Declare a function as a rule.

    Args:
        clauses: ids of the clauses it computes; the rule is in force when one of them is.
        grain: what one row of the result is about.
        unit: the unit of the result ("tCO2", "GJ/fuel_unit", "1"), or the `Choices` it returns a member of.
        places: decimals to round to, or the name of a parameter that says so; None: not rounded.
        mode: how to round.
        name: given where several functions are versions of one rule.

    Raises:
        WiringError: no clause, no docstring, or a signature that is not positional names and keyword-only parameters.
    """

    def declare(function: Callable[..., Any]) -> Rule:
        label = name or function.__name__
        if not clauses:
            raise WiringError(f"rule {label}: names no clause")
        arguments, parameters = [], []
        for one in inspect.signature(function).parameters.values():
            if one.default is not one.empty:
                raise WiringError(f"rule {label}: argument {one.name} has a default; the law has none")
            if one.kind is one.KEYWORD_ONLY:
                parameters.append(one.name)
            elif one.kind is one.POSITIONAL_OR_KEYWORD:
                arguments.append(Argument(one.name, _aggregation(label, function, one)))
            else:
                raise WiringError(f"rule {label}: *args and **kwargs have no meaning here")
        made = Rule(function, clauses, label, grain, unit, places, mode, tuple(arguments), tuple(parameters))
        _ = made.zh  # a docstring without its term fails here
        return made

    return declare


def _aggregation(label: str, function: Callable[..., Any], one: inspect.Parameter) -> Aggregation | None:
    annotation = one.annotation
    if annotation is one.empty:
        return None
    if isinstance(annotation, str):  # from __future__ import annotations in the rule's module
        annotation = eval(annotation, function.__globals__)  # noqa: S307 - our own source
    if not isinstance(annotation, Aggregation):
        raise WiringError(f"rule {label}: argument {one.name} may only be annotated with an aggregation")
    return annotation
