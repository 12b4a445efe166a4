"""What holds in a year, decided once: which version of each rule, in which months, reading which parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shutan.kernel.grain import last_day
from shutan.kernel.parameters import Parameters
from shutan.kernel.rules import Rule

if TYPE_CHECKING:
    from shutan.kernel.ruleset import RuleSet


@dataclass(frozen=True)
class Stretch:
    """The months of a year in which one version of a rule reads the same parameters.

    A yearly rule has one stretch without months.
    """

    made: Rule
    months: tuple[int, ...]
    day: dt.date  # the last day of its first month, or of the year

    @property
    def whole(self) -> bool:
        """Say whether it covers the year."""
        return len(self.months) in (0, 12)


class Plan:
    """The stretches of every rule in force in a year, in the order of computation."""

    def __init__(self, rules: RuleSet, year: int, parameters: Parameters) -> None:
        self.rules, self.year, self.parameters = rules, year, parameters
        changes = {name: parameter.changes() for name, parameter in parameters.items()}
        found = {name: self._stretches(name, changes) for name in rules.order}
        self.stretches: dict[str, tuple[Stretch, ...]] = {name: some for name, some in found.items() if some}
        self.memory: dict[Any, Any] = {}  # what an evaluator derives from the plan alone

    def _stretches(self, name: str, changes: dict[str, list[dt.date]]) -> tuple[Stretch, ...]:
        if not self.rules.grain_of(name).monthly:
            day = last_day(self.year)
            made = self.rules.version(name, day)
            return () if made is None else (Stretch(made, (), day),)
        months: dict[tuple[Any, ...], list[int]] = {}
        for month in range(1, 13):
            day = last_day(self.year, month)
            made = self.rules.version(name, day)
            if made is not None:
                reached = (sum(change <= day for change in changes[one]) for one in made.reads)
                months.setdefault((made, *reached), []).append(month)
        return tuple(
            Stretch(regime[0], tuple(held), last_day(self.year, held[0])) for regime, held in months.items()
        )

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what was derived before under a key, or derive it now."""
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]
