"""One value from a handful of given ones: for golden cases, the rule book's examples and what-if questions."""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from shutan.kernel.aggregates import aggregate
from shutan.kernel.evaluate import guarded
from shutan.kernel.grain import last_day
from shutan.kernel.inputs import Choices, Member, Number
from shutan.kernel.numbers import Reason, Waiting, exact, rounded
from shutan.kernel.parameters import Parameters, ParameterValue
from shutan.kernel.rules import Argument, Rule
from shutan.kernel.ruleset import RuleSet


def calculate(
    rules: RuleSet,
    name: str,
    *,
    year: int,
    given: Mapping[str, Any],
    month: int | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Any:
    """Compute one named value.

    Args:
        rules: the rule set.
        name: the input or rule wanted.
        year: reporting year; with `month` (default 12) it decides which version and which parameters hold.
        given: values by name; numbers may be text, choices may be the member's key; an aggregated argument takes a list.
        month: see year.
        parameters: the test's own figures instead of the law's, by name.

    Returns:
        A Decimal, a Member or a Waiting.

    Raises:
        KeyError: `given` or `parameters` has a name the rule set does not know.
    """
    own = _override(rules.parameters, parameters or {})
    values = {one: _exact(rules, one, value) for one, value in given.items()}
    case = _Case(rules, last_day(year, month), values, own)
    with decimal.localcontext(exact()):
        return case.value(name)


class _Case:
    def __init__(self, rules: RuleSet, day: Any, values: dict[str, Any], parameters: Parameters) -> None:
        self.rules, self.day, self.values, self.parameters = rules, day, values, parameters

    def value(self, name: str) -> Any:
        if name not in self.values:
            self.values[name] = self._compute(name)
        return self.values[name]

    def _compute(self, name: str) -> Any:
        if name not in self.rules.rules:
            one = self.rules.inputs[name]
            if one.default is not None:
                return Decimal(one.default) if isinstance(one, Number) else one.default
            return Waiting(Reason("input", name))
        made = self.rules.version(name, self.day)
        if made is None:
            return Waiting(Reason("version", name, detail=self.day.isoformat()))
        arguments = [self._argument(argument) for argument in made.arguments]
        value = guarded(made, [*arguments, *(self._parameter(one) for one in made.parameters)])
        if value.__class__ is int:  # the literals 0, 1 and 100 of a rule's body
            value = Decimal(value)
        return self._round(made, value)

    def _argument(self, argument: Argument) -> Any:
        value = self.value(argument.name)
        if argument.aggregation is None:
            return value
        values = value if isinstance(value, list) else [value]
        weight = argument.aggregation.weight
        weights = self.value(weight) if weight else None
        if weight and not isinstance(weights, list):
            weights = [weights] * len(values)
        elif isinstance(weights, list) and not isinstance(
            value, list
        ):  # rows are known by their weights alone
            values = values * len(weights)
        return aggregate(argument.aggregation, values, weights)

    def _parameter(self, name: str) -> Any:
        parameter = self.parameters[name]
        words = []
        for by in parameter.by:
            member = self.value(by)
            if not isinstance(member, Member):
                return member if isinstance(member, Waiting) else Waiting(Reason("parameter", name))
            words.append(member.key)
        found = parameter.on(self.day, tuple(words))
        if found is None or found.value is None:
            return Waiting(Reason("parameter", name, tuple(words), self.day.isoformat()))
        return found.value

    def _round(self, made: Rule, value: Any) -> Any:
        places = self._parameter(made.places) if isinstance(made.places, str) else made.places
        if places is None or isinstance(value, Waiting):
            return value
        return places if isinstance(places, Waiting) else rounded(value, int(places), made.mode)


def _exact(rules: RuleSet, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_exact(rules, name, one) for one in value]
    unit = rules.unit_of(name)
    if isinstance(unit, Choices):
        return value if isinstance(value, Member) else unit[str(value)]
    return value if isinstance(value, Decimal) or unit == "" else Decimal(str(value))


def _override(shipped: Parameters, own: Mapping[str, Any]) -> Parameters:
    changed = []
    for name, parameter in shipped.items():
        if name in own:
            first = min(value.since for value in parameter.values)
            keys = parameter.keys()
            values = tuple(
                ParameterValue(name, first, Decimal(str(own[name])), "case", "draft", key) for key in keys
            )
            parameter = replace(parameter, values=values)  # noqa: PLW2901 - the changed one takes its place
        changed.append(parameter)
    if unknown := set(own) - set(shipped):
        raise KeyError(f"no parameters {sorted(unknown)}")
    return Parameters(changed)
