"""Values of the law that arrived by notice and were confirmed. Who keeps the register says so here at start.

SOURCES.append(results.register)      # (rule set's name) → the confirmed values
"""

from __future__ import annotations

from collections.abc import Callable

from shutan.kernel import ParameterValue

SOURCES: list[Callable[[str], tuple[ParameterValue, ...]]] = []


def register(rule_set: str) -> tuple[ParameterValue, ...]:
    """The confirmed values of a rule set's parameters, of every source."""
    return tuple(value for source in SOURCES for value in source(rule_set))
