"""The same rules as an OpenFisca system: one variable a rule, generated from the rule set, float32 as it stores them.

In the province of `province.py` a unit has one fuel, one generator and one heat flow, so that every row of every table
is about one unit: the only entity. Months and the year are OpenFisca's periods, choices are whole numbers, a parameter
has the value of 2024. A formula calls the rule's own function and rounds as one does in NumPy.

OpenFisca-Core is AGPL: it is installed for this comparison only and never shipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from shutan.kernel import Choices
from shutan.kernel.arrays import _Job
from shutan.kernel.plan import Stretch
from shutan.kernel.rules import Argument
from shutan.rules import power

UNIT = build_entity(key="unit", plural="units", label="generating unit", is_person=True)
RULES = power.RULES
Tables = dict[str, dict[str, Any]]


class Reference:
    """A system of the variables that some results need, for the sheets that are filled in."""

    def __init__(self, wanted: Iterable[str], tables: Tables) -> None:
        self.wanted, self.tables = tuple(wanted), tables
        self.job = _Job(RULES.plan(2024, RULES.parameters), self.wanted)
        self.filled = {
            grain for grain in RULES.grains
            if any(tables.get(table.name) and table.grain.sees(grain) for table in RULES.tables)
        }  # fmt: skip
        needed = {
            one for name in self.job.order for s in self.stretches(name) for one in RULES.dependencies(s.made)
        }
        self.inputs = sorted(needed & set(RULES.inputs))
        self.system = TaxBenefitSystem([UNIT])
        for name in self.inputs:
            self.system.add_variable(_variable(name, _default(name), None))
        for name in self.job.order:
            self.system.add_variable(_variable(name, 0, self._formula(name)))

    def stretches(self, name: str) -> tuple[Stretch, ...]:
        """Return the versions of a rule in force."""
        return self.job.plan.stretches[name]

    def simulation(self) -> Any:
        """Fill in a province."""
        built = SimulationBuilder().build_default_simulation(
            self.system, count=len(self.tables["units"]["unit"])
        )
        for name in self.inputs:
            column = self.tables.get(RULES.input_table[name].name, {}).get(name)
            if column is None:
                continue
            if RULES.grain_of(name).monthly:
                for at, values in enumerate(np.reshape(column, (-1, 12)).T, start=1):
                    built.set_input(name, f"2024-{at:02d}", values)
            else:
                built.set_input(name, "2024", column)
        return built

    def run(self, built: Any) -> dict[str, Any]:
        """Compute the wanted results, rows as the rules have them."""
        year = period("2024")
        return {
            name: np.stack([built.calculate(name, at) for at in year.get_subperiods(DateUnit.MONTH)], axis=1).reshape(-1)
            if RULES.grain_of(name).monthly
            else built.calculate(name, year)
            for name in self.wanted
        }  # fmt: skip

    def _formula(self, name: str) -> Callable[[Any, Any], Any]:
        by_month = {month: one for one in self.stretches(name) for month in one.months or range(1, 13)}

        def formula(unit: Any, at: Any) -> Any:
            stretch = by_month[at.start.month]
            made = stretch.made
            values = [self._argument(one, unit, at) for one in made.arguments]
            values += [self._parameter(one, stretch, unit, at) for one in made.parameters]
            found = made.fast(*values)
            if made.places is not None and not isinstance(made.unit, Choices):
                places = (
                    self._parameter(made.places, stretch, unit, at)
                    if isinstance(made.places, str)
                    else made.places
                )
                scale = 10.0**places
                found = np.floor(found * scale + (0.5 if made.mode == "half_up" else 0)) / scale
            return found if np.ndim(found) else np.full(unit.count, found)

        return formula

    def _argument(self, argument: Argument, unit: Any, at: Any) -> Any:
        name, how = argument.name, argument.aggregation
        own = RULES.grain_of(name)
        if how is not None and own not in self.filled:
            return np.full(unit.count, 0.0 if how.how in ("total", "count") else np.nan)
        if not own.monthly:
            return np.ones(unit.count) if how and how.how == "count" else unit(name, at.this_year)
        periods = [at] if at.unit == DateUnit.MONTH else at.get_subperiods(DateUnit.MONTH)
        values = [unit(name, one) for one in periods]
        if how is None or how.how == "total":
            return sum(values[1:], values[0])
        if how.how == "count":
            return np.full(unit.count, float(len(values)))
        if how.how == "mean":
            weights = [unit(how.weight, one) for one in periods] if how.weight else [1.0] * len(values)
            return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
        return (np.maximum if how.how == "largest" else np.minimum).reduce(values)

    def _parameter(self, name: str, stretch: Stretch, unit: Any, at: Any) -> Any:
        value = self.job.values(name, stretch)
        codes = [self._argument(Argument(by), unit, at) for by in RULES.parameters[name].by]
        return value[tuple(codes)] if codes else float(value)


def _variable(name: str, default: Any, formula: Any) -> type[Variable]:
    choice = isinstance(RULES.unit_of(name), Choices)
    body: dict[str, Any] = {
        "value_type": int if choice else float, "entity": UNIT, "label": name, "default_value": default,
        "definition_period": DateUnit.MONTH if RULES.grain_of(name).monthly else DateUnit.YEAR,
    }  # fmt: skip
    return type(name, (Variable,), body if formula is None else body | {"formula": formula})


def _default(name: str) -> Any:
    default = RULES.inputs[name].default
    if isinstance(RULES.unit_of(name), Choices):
        return int(default or 0)
    return np.nan if default is None else float(default)
