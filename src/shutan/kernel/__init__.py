"""The rule machine: the law as plain functions, called with whatever kind of number the question needs."""

from shutan.kernel.clauses import Clause, Clauses
from shutan.kernel.dataset import Dataset, Origin, Row
from shutan.kernel.evaluate import Result
from shutan.kernel.explain import Explanation, explain
from shutan.kernel.grain import Grain, last_day
from shutan.kernel.inputs import Choice, Choices, Date, Input, Member, Number, Table, Text
from shutan.kernel.numbers import (
    CO2_PER_C,
    Ratio,
    Reason,
    Waiting,
    both,
    either,
    exp,
    fraction,
    maximum,
    minimum,
    negate,
    rounded,
    when,
)
from shutan.kernel.parameters import Parameter, Parameters, ParameterValue
from shutan.kernel.rules import Count, Largest, Least, Mean, MeanBy, Rule, Total, WiringError, rule
from shutan.kernel.ruleset import RuleSet

__all__ = [
    "CO2_PER_C",
    "Choice",
    "Choices",
    "Clause",
    "Clauses",
    "Count",
    "Dataset",
    "Date",
    "Explanation",
    "Grain",
    "Input",
    "Largest",
    "Least",
    "Mean",
    "MeanBy",
    "Member",
    "Number",
    "Origin",
    "Parameter",
    "ParameterValue",
    "Parameters",
    "Ratio",
    "Reason",
    "Result",
    "Row",
    "Rule",
    "RuleSet",
    "Table",
    "Text",
    "Total",
    "Waiting",
    "WiringError",
    "both",
    "either",
    "exp",
    "explain",
    "fraction",
    "last_day",
    "maximum",
    "minimum",
    "negate",
    "rounded",
    "rule",
    "when",
]
