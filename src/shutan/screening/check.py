"""The `check` decorator: a function over frames becomes an entry of the catalogue that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from shutan.kernel import Grain, ParameterValue
from shutan.kernel.grain import Key
from shutan.screening.catalogue import Entry, Severity, Status, Words, catalogue

if TYPE_CHECKING:
    from shutan.screening.case import Case


class CheckError(TypeError):
    """A check breaks the contract. Raised when its module is imported."""


@dataclass(frozen=True)
class Subject:
    """What a finding is about: a grain's row, such as one unit in one month."""

    grain: Grain
    key: Key

    @property
    def dimensions(self) -> dict[str, object]:
        """Return the key as a mapping, such as {"unit": "1号机组", "month": 3}."""
        return dict(zip(self.grain.dimensions, self.key, strict=True))

    @property
    def words(self) -> Words:
        """Return how people name it."""
        pairs = self.dimensions.items()
        zh = "·".join(f"{value}月" if name == "month" else str(value) for name, value in pairs)
        en = ", ".join(f"month {value}" if name == "month" else str(value) for name, value in pairs)
        return Words(zh or "全厂", en or "whole plant")


@dataclass(frozen=True)
class Hit:
    """What a check function yields: where, what, against which bound, and what to do about it.

    Args:
        subject: the row concerned.
        message: place, fault and remedy in both languages.
        names: inputs and rules concerned, each with the key of its own row.
        value: the figure that was judged.
        limit: the dated threshold it broke.
        bound: the bound as a number where it is not a threshold (a recomputed value, the calendar's hours).
        unit: of value and bound.
        severity: lighter or heavier than the catalogue says, for a check of two bounds.
        trial: True for the part of a check of the law that is being tried out.
    """

    subject: Subject
    message: Words
    names: tuple[tuple[str, Key], ...] = ()
    value: Decimal | None = None
    limit: ParameterValue | None = None
    bound: Decimal | None = None
    unit: str = ""
    severity: Severity | None = None
    trial: bool = False


Function = Callable[["Case"], Iterator[Hit]]


@dataclass(frozen=True)
class Check:
    """A catalogue entry with its function.

    Args:
        entry: its words and weight.
        function: takes a `Case`, yields hits and counts what it judged.
        needs: inputs and rules without which it cannot run.
        thresholds: dated parameters of `screening/parameters` it reads.
        raw: runs on what was filled in, even where nothing could be computed.
    """

    entry: Entry
    function: Function
    needs: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    raw: bool = False
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.entry.id)


CHECKS: dict[str, Check] = {}


def check(
    id: str,  # noqa: A002 - what the catalogue calls it
    *,
    needs: tuple[str, ...] = (),
    thresholds: tuple[str, ...] = (),
    raw: bool = False,
) -> Callable[[Function], Check]:
    """Declare a function as the check of a catalogue id.

    Raises:
        CheckError: no such id, an id that has a function already, or one the catalogue does not call running.
    """

    def declare(function: Function) -> Check:
        entry = catalogue().entries.get(id)
        if entry is None:
            raise CheckError(f"{id} is not in the catalogue")
        if id in CHECKS:
            raise CheckError(f"{id} has a function already: {CHECKS[id].function.__name__}")
        if entry.status is not Status.RUNS:
            raise CheckError(f"{id} has a function, but the catalogue says {entry.status.value}")
        CHECKS[id] = Check(entry, function, needs, thresholds, raw)
        return CHECKS[id]

    return declare
