"""What a person fills in: tables of declared inputs. Forms, workbooks, API schema and documentation follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shutan.kernel.grain import Grain
from shutan.kernel.symbols import Expression, combine


def labels(text: str) -> tuple[str, str]:
    """Split `中文|English`; the only way labels are written."""
    chinese, _, english = text.partition("|")
    if not english:
        raise ValueError(f"label {text!r} must be written 中文|English")
    return chinese, english


class Member(int):
    """One choice of a `Choices`. An int, so that an array of choices is an array of small numbers."""

    key: str
    zh: str
    en: str
    choices: Choices

    def __eq__(self, other: object) -> Any:
        if other.__class__ is Member:  # one object a choice: the same choice is the same object
            return other is self
        if isinstance(other, Expression):
            return combine("==", other, self)
        if isinstance(other, int | Decimal):
            return False
        return NotImplemented  # an array or a waiting value answers for itself

    def __ne__(self, other: object) -> Any:
        if isinstance(other, Expression):
            return combine("!=", other, self)
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    __hash__ = int.__hash__  # without a Python call: choices pick parameters row by row

    def __repr__(self) -> str:
        return f"{self.choices.name}.{self.key}"

    def __str__(self) -> str:
        return self.key


class Choices:
    """A closed list of words, such as fuels or unit classes. `Choices("CoalState", AS_FIRED="入炉煤|as fired")`."""

    def __init__(self, name: str, **members: str) -> None:
        self.name = name
        self.members: dict[str, Member] = {}
        for code, (key, text) in enumerate(members.items(), start=1):  # 0 stays free: not given
            member = Member(code)
            member.key, member.choices = key, self
            member.zh, member.en = labels(text)
            self.members[key] = member
            setattr(self, key, member)

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> Member: ...

    def __getitem__(self, key: str) -> Member:
        return self.members[key]

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def __len__(self) -> int:
        return len(self.members)

    def by_code(self, code: int) -> Member | None:
        """Return the member of an array's code; 0 is None."""
        return next((member for member in self if int(member) == code), None)

    def find(self, text: str) -> Member | None:
        """Return the member written as key, Chinese or English label, or None."""
        word = text.strip()
        for member in self:
            if word in (member.key, member.zh) or word.casefold() in (
                member.en.casefold(),
                member.key.casefold(),
            ):
                return member
        return None

    def __repr__(self) -> str:
        return f"Choices({self.name})"


@dataclass(frozen=True, kw_only=True)
class Input:
    """What number, choice, text and date have in common."""

    name: str
    label: str
    clause: str = ""
    optional: bool = False
    required_when: str = ""  # 中文|English: said to people; the check lies in screening
    help: str = ""  # 中文|English
    default: Any = None

    @property
    def zh(self) -> str:
        """Return the Chinese label."""
        return labels(self.label)[0]

    @property
    def en(self) -> str:
        """Return the English label."""
        return labels(self.label)[1]


@dataclass(frozen=True, kw_only=True)
class Number(Input):
    """A measured or counted quantity. `places` is what the form takes; more decimals are a fault."""

    unit: str = ""
    places: int = 2
    minimum: str | None = None  # decimal text, inclusive; the hard bound of the meaning, not of plausibility
    maximum: str | None = None
    symbol: str = ""
    least_usual: str = ""  # decimal text; less, but for 0, may be in another unit: told, not refused

    def __init__(
        self, name: str, label: str, *, minimum: object = None, maximum: object = None, **rest: Any
    ) -> None:
        _fill(self, name=name, label=label, **rest)
        for bound, value in (("minimum", minimum), ("maximum", maximum)):
            object.__setattr__(self, bound, None if value is None else str(value))


@dataclass(frozen=True, kw_only=True)
class Choice(Input):
    """One word of a closed list."""

    choices: Choices

    def __init__(self, name: str, choices: Choices, label: str, **rest: Any) -> None:
        if isinstance(rest.get("default"), str):
            rest["default"] = choices[rest["default"]]
        _fill(self, name=name, label=label, choices=choices, **rest)


@dataclass(frozen=True, kw_only=True)
class Text(Input):
    """Free text, at most `length` characters."""

    length: int = 200

    def __init__(self, name: str, label: str, **rest: Any) -> None:
        _fill(self, name=name, label=label, **rest)


@dataclass(frozen=True, kw_only=True)
class Date(Input):
    """A calendar day."""

    def __init__(self, name: str, label: str, **rest: Any) -> None:
        _fill(self, name=name, label=label, **rest)


def _fill(one: Input, **values: Any) -> None:
    """Set the fields of a frozen declaration; an unknown word is an error as in any call."""
    fields = type(one).__dataclass_fields__
    for word in values:
        if word not in fields:
            raise TypeError(f"{type(one).__name__}({values['name']!r}) takes no {word!r}")
    for word, declared in fields.items():
        if word in values:
            object.__setattr__(one, word, values[word])
        elif word not in ("minimum", "maximum"):
            object.__setattr__(one, word, declared.default)


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook, one form of the web, one list of the API: rows of one grain.

    `keys` are the labels of the key dimensions (`中文|English`), in the grain's order. `nil_when_empty` marks an optional
    sheet of an activity: without any row there was none and its amounts are 0; once it has rows, a missing one waits.
    `once` names a key dimension whose value stands only once, such as a furnace that belongs to one process.
    """

    name: str
    grain: Grain
    label: str
    inputs: tuple[Input, ...]
    help: str = ""
    keys: tuple[str, ...] = ()
    optional: bool = False
    nil_when_empty: bool = False
    once: str = ""

    @property
    def zh(self) -> str:
        """Return the Chinese label."""
        return labels(self.label)[0]

    @property
    def en(self) -> str:
        """Return the English label."""
        return labels(self.label)[1]

    def is_nil(self, one: Input) -> bool:
        """Say whether an input is 0 where this table has no row at all: a number that a row could not leave out."""
        required = isinstance(one, Number) and one.default is None and not one.optional
        return self.nil_when_empty and required

    def __getitem__(self, name: str) -> Input:
        for one in self.inputs:
            if one.name == name:
                return one
        raise KeyError(name)
