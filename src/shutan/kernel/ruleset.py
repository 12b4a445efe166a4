"""A rule set: the rules of one instrument, wired by name when its package is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from shutan.kernel.clauses import Clauses, read_clauses
from shutan.kernel.grain import Grain, last_day
from shutan.kernel.inputs import Choice, Choices, Date, Input, Number, Table, Text
from shutan.kernel.parameters import Parameters, ParameterValue, read_parameters
from shutan.kernel.plan import Plan
from shutan.kernel.report import Report, ReportTable, UnitBy
from shutan.kernel.rules import Argument, Rule, WiringError

if TYPE_CHECKING:
    from shutan.kernel.dataset import Dataset
    from shutan.kernel.evaluate import Result


class RuleSet:
    """Names, grains, clauses and parameters that fit together. Making one proves that they do.

    Args:
        name: "power".
        title: `中文|English`.
        tables: what people fill in.
        modules: where the rules stand; every `Rule` in them is taken.
        folders: where `clauses*.yaml` and `parameters/*.yaml` stand.
        report: what the annual report shows.
        disclosure: what the enterprise makes public of it, where the guideline has a form for that.
        units: unit words that depend on a choice, such as "fuel_unit".
        prepare: fills in what a standard's tables say of given figures, before the rules run (steam enthalpy).

    Raises:
        WiringError: the first fault found, naming the rule and the contract's point.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        tables: Sequence[Table],
        modules: Iterable[ModuleType],
        folders: Iterable[Path],
        report: Report | None = None,
        disclosure: Report | None = None,
        units: Mapping[str, UnitBy] | None = None,
        prepare: Callable[[Dataset], Dataset] | None = None,
    ) -> None:
        folders = list(folders)
        self.prepare = prepare
        self.report = report
        self.disclosure = disclosure
        self.units: dict[str, UnitBy] = dict(units or {})
        self.name = name
        self.title = title
        self.tables = tuple(tables)
        self.clauses: Clauses = read_clauses(*folders)
        self.parameters: Parameters = read_parameters(*(folder / "parameters" for folder in folders))
        self.inputs: dict[str, Input] = {}
        self.input_table: dict[str, Table] = {}
        for table in self.tables:
            for one in table.inputs:
                if one.name in self.inputs:
                    raise WiringError(
                        f"input {one.name} stands in {self.input_table[one.name].name} and {table.name}"
                    )
                self.inputs[one.name], self.input_table[one.name] = one, table
        self.rules: dict[str, tuple[Rule, ...]] = {}
        self._plans: dict[int, Plan] = {}
        for module in modules:
            for made in vars(module).values():
                if isinstance(made, Rule) and made not in self.rules.get(made.name, ()):
                    self.rules[made.name] = (*self.rules.get(made.name, ()), made)
        self._check_grains()
        self._check_names()
        self.order: tuple[str, ...] = self._sorted()
        self._check_versions()
        self._check_report(self.report)
        self._check_report(self.disclosure)

    # -- what a name is ------------------------------------------------------------------------------------------

    def grain_of(self, name: str) -> Grain:
        """Return the grain of an input or rule."""
        return self.rules[name][0].grain if name in self.rules else self.input_table[name].grain

    def unit_of(self, name: str) -> str | Choices:
        """Return the unit of an input, rule or parameter; the `Choices` of a choice; "" for texts and dates."""
        if name in self.rules:
            return self.rules[name][0].unit
        if name in self.parameters:
            return self.parameters[name].unit
        one = self.inputs[name]
        if isinstance(one, Choice):
            return one.choices
        return one.unit if isinstance(one, Number) else ""

    def labels_of(self, name: str) -> tuple[str, str]:
        """Return the Chinese and the English label of any name."""
        one: Any = (
            self.rules[name][0] if name in self.rules else self.parameters.get(name) or self.inputs[name]
        )
        return one.zh, one.en

    def symbol_of(self, name: str) -> str:
        """Return the guideline's symbol, empty where there is none."""
        if name in self.rules:
            return self.rules[name][0].symbol
        return getattr(self.inputs.get(name), "symbol", "")

    @cached_property
    def grains(self) -> tuple[Grain, ...]:
        """Return all grains, coarse before fine."""
        found = {table.grain: None for table in self.tables}
        found.update({made.grain: None for versions in self.rules.values() for made in versions})
        return tuple(sorted(found, key=lambda grain: len(grain.dimensions)))

    def choices(self) -> dict[str, Choices]:
        """Return every list of choices that an input or rule uses, by its name."""
        found = {one.choices.name: one.choices for one in self.inputs.values() if isinstance(one, Choice)}
        units = (made.unit for versions in self.rules.values() for made in versions)
        found.update({unit.name: unit for unit in units if isinstance(unit, Choices)})
        return found

    def version(self, name: str, day: dt.date) -> Rule | None:
        """Return the version of a rule in force on a day."""
        for made in self.rules[name]:
            if any(self.clauses[clause].holds(day) for clause in made.clauses):
                return made
        return None

    def years(self) -> range:
        """Return the reporting years for which at least one computed clause is in force."""
        computed = [clause for clause in self.clauses.values() if clause.kind == "computed"]
        if not computed:  # a record without rules holds in any year
            return range(0)
        first = min(clause.since for clause in computed).year
        known = {value.since.year for parameter in self.parameters.values() for value in parameter.values}
        return range(first, max(known | {first}) + 1)

    def report_tables(self, year: int) -> tuple[ReportTable, ...]:
        """Return the tables of the annual report of a year: those whose clause is in force, or that name none."""
        declared = self.report.tables if self.report else ()
        day = last_day(year)
        return tuple(table for table in declared if not table.clause or self.clauses[table.clause].holds(day))

    def plan(self, year: int, parameters: Parameters) -> Plan:
        """Return what holds in a year; kept for the shipped parameters, which do not change while a process lives."""
        if parameters is not self.parameters:
            return Plan(self, year, parameters)
        kept = self._plans.get(year)
        if kept is None or kept.rules is not self or kept.parameters is not parameters:
            kept = self._plans[year] = Plan(self, year, parameters)
        return kept

    # -- evaluation ----------------------------------------------------------------------------------------------

    def evaluate(self, year: int, data: Dataset, register: Iterable[ParameterValue] = ()) -> Result:
        """Compute everything in exact Decimals, keeping every named value."""
        from shutan.kernel.evaluate import evaluate  # evaluate needs this module

        prepared = self.prepare(data) if self.prepare else data
        return evaluate(self, year, prepared, self.parameters.with_register(register))

    def evaluate_arrays(
        self, year: int, data: Any, register: Iterable[ParameterValue] = (), **options: Any
    ) -> Any:
        """Compute a province at once; see `kernel.arrays`."""
        from shutan.kernel.arrays import evaluate_arrays

        return evaluate_arrays(self, year, data, self.parameters.with_register(register), **options)

    # -- wiring --------------------------------------------------------------------------------------------------

    def _check_grains(self) -> None:
        for one, other in combinations(self.grains, 2):
            if set(one.dimensions) == set(other.dimensions):
                raise WiringError(f"grains {one.name} and {other.name} are about the same things: make one")

    def _check_names(self) -> None:
        for name, versions in self.rules.items():
            if name in self.inputs:
                raise WiringError(f"rule {name} has the name of an input")
            if len({made.grain for made in versions}) > 1 or len({str(made.unit) for made in versions}) > 1:
                raise WiringError(f"rule {name}: its versions differ in grain or unit")
            for made in versions:
                self._check_rule(made)

    def _check_rule(self, made: Rule) -> None:
        for clause in made.clauses:
            if clause not in self.clauses:
                raise WiringError(f"rule {made.name}: clause {clause!r} is not in clauses.yaml")
            if self.clauses[clause].kind != "computed":
                raise WiringError(f"rule {made.name}: clause {clause!r} is not of kind computed")
        for argument in made.arguments:
            self._check_argument(made, argument)
        for name in made.reads:
            if name not in self.parameters:
                raise WiringError(f"rule {made.name}: no parameter {name}")
            for by in self.parameters[name].by:
                if by not in self.rules and by not in self.inputs:
                    raise WiringError(f"parameter {name}: keyed by {by}, which is no input or rule")
                if not made.grain.sees(self.grain_of(by)):
                    raise WiringError(
                        f"rule {made.name}: parameter {name} is keyed by {by}, not visible at {made.grain}"
                    )
                self._check_keys(name, by)
        _ = made.formula  # an `if`, a `min` or an unknown operator fails here

    def _check_argument(self, made: Rule, argument: Argument) -> None:
        name = argument.name
        if name not in self.rules and name not in self.inputs:
            raise WiringError(f"rule {made.name}: no input or rule called {name}")
        if isinstance(self.inputs.get(name), Text | Date):
            raise WiringError(
                f"rule {made.name}: {name} is a text or a date; rules compute with numbers and choices"
            )
        grain = self.grain_of(name)
        if argument.aggregation is None:
            if not made.grain.sees(grain):
                raise WiringError(f"rule {made.name}: {name} is per {grain.name}; say how to aggregate it")
            return
        if not grain.sees(made.grain) or grain is made.grain:
            raise WiringError(
                f"rule {made.name}: {name} is per {grain.name}, nothing to aggregate at {made.grain.name}"
            )
        weight = argument.aggregation.weight
        if weight is not None and (
            weight not in self.rules | self.inputs or not grain.sees(self.grain_of(weight))
        ):
            raise WiringError(f"rule {made.name}: weight {weight} of {name} is not visible at {grain.name}")

    def _check_keys(self, name: str, by: str) -> None:
        unit = self.unit_of(by)
        if not isinstance(unit, Choices):
            raise WiringError(f"parameter {name}: keyed by {by}, which is not a choice")
        position = self.parameters[name].by.index(by)
        for key in self.parameters[name].keys():  # noqa: SIM118 - not a mapping
            if key[position] not in unit.members:
                raise WiringError(f"parameter {name}: {key[position]} is no member of {unit.name}")

    def _check_report(self, report: Report | None) -> None:
        for name in report.names() if report else ():
            if name not in self.rules and name not in self.inputs:
                raise WiringError(f"report of {self.name}: no input or rule called {name}")
        for table in report.tables if report else ():
            if table.clause and table.clause not in self.clauses:
                raise WiringError(f"report of {self.name}: clause {table.clause!r} is not in clauses.yaml")
        for word, unit in self.units.items():
            if unit.by not in self.rules and unit.by not in self.inputs:
                raise WiringError(f"unit {word}: depends on {unit.by}, which is no input or rule")

    def dependencies(self, made: Rule) -> set[str]:
        """Return the inputs and rules a version needs, the keys of its parameters and weights included."""
        needed = {argument.name for argument in made.arguments}
        needed |= {
            one.aggregation.weight for one in made.arguments if one.aggregation and one.aggregation.weight
        }
        for name in made.reads:
            needed |= set(self.parameters[name].by)
        return needed

    def _sorted(self) -> tuple[str, ...]:
        graph: Mapping[str, set[str]] = {
            name: {need for made in versions for need in self.dependencies(made) if need in self.rules}
            for name, versions in self.rules.items()
        }
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            raise WiringError(f"rules need each other in a circle: {' → '.join(error.args[1])}") from error

    def _check_versions(self) -> None:
        """Versions must not overlap, and whatever a version needs must be in force somewhere in the same year."""
        seen = set()
        for day in (last_day(year, month) for year in self.years() for month in range(1, 13)):
            regime = (day.year, frozenset(one.id for one in self.clauses.values() if one.holds(day)))
            if regime in seen:  # nothing began or ended since last month
                continue
            seen.add(regime)
            for name, versions in self.rules.items():
                holding = [
                    made
                    for made in versions
                    if any(self.clauses[clause].holds(day) for clause in made.clauses)
                ]
                if len(holding) > 1:
                    raise WiringError(f"rule {name}: two versions hold on {day}")
                for made in holding:
                    for need in self.dependencies(made) & self.rules.keys():
                        months = (last_day(day.year, month) for month in range(1, 13))
                        if not any(self.version(need, other) for other in months):
                            raise WiringError(
                                f"rule {name} needs {need}, which is not in force in {day.year}"
                            )
