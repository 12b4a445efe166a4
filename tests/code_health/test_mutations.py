"""Change an operator of a rule, or a parameter: a golden case must fail. A case that cannot fail proves nothing."""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import textwrap
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shutan.kernel import Parameters, both, either, maximum, minimum
from shutan.kernel.rules import Rule
from shutan.rules.registry import rule_sets

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from cases import cases, faults

SWAP = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
HELPERS = {
    one.__name__: one for one in (minimum, maximum, both, either)
}  # a module need not import what it becomes
CALLS = {"minimum": "maximum", "maximum": "minimum", "both": "either", "either": "both"}


def mutants(made: Rule):
    """Yield (description, function) with one operator changed."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(made.function)))
    tree.body[0].decorator_list = []
    for at, node in enumerate(ast.walk(tree)):
        changed = copy.deepcopy(tree)
        target = list(ast.walk(changed))[at]
        if isinstance(node, ast.BinOp) and type(node.op) in SWAP:
            target.op = SWAP[type(node.op)]()
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in SWAP:
            target.ops = [SWAP[type(node.ops[0])]()]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            target.func.id = CALLS[node.func.id]
        else:
            continue
        names = {**HELPERS, **made.function.__globals__}
        exec(compile(ast.fix_missing_locations(changed), made.function.__name__, "exec"), names)  # noqa: S102
        yield f"line {node.lineno}: {ast.unparse(node)}", names[made.function.__name__]


def killed(rules, changed, concerned):
    """Say whether a case fails with the changed rule set."""
    for case in concerned:
        try:
            if faults(changed, case):
                return True
        except (ArithmeticError, TypeError, KeyError, ValueError):
            return True
    return False


def with_rule(rules, made, function):
    changed = copy.copy(rules)
    versions = tuple(
        replace(one, function=function) if one is made else one for one in rules.rules[made.name]
    )
    changed.rules = {**rules.rules, made.name: versions}
    return changed


def with_parameter(rules, name):
    changed = copy.copy(rules)
    parameter = rules.parameters[name]
    values = tuple(
        value if value.value is None else replace(value, value=value.value * Decimal("1.5") + 1)
        for value in parameter.values
    )
    changed.parameters = Parameters(
        replace(one, values=values) if one.name == name else one for one in rules.parameters.values()
    )
    return changed


def concerned(rules, made=None):
    own = [case for _, case in cases() if case["rule_set"] == rules.name]
    if made is None:
        return own
    # cases that name one of its clauses first: they are the likely killers
    return sorted(own, key=lambda case: not set(case["clauses"]) & set(made.clauses))


ALL_RULES = [
    pytest.param(rules, made, id=f"{name}-{made.function.__name__}")
    for name, rules in rule_sets().items()
    for versions in rules.rules.values()
    for made in versions
]
READ = [
    pytest.param(rules, name, id=f"{rules.name}-{name}")
    for rules in rule_sets().values()
    for name in rules.parameters
    if any(name in (*made.parameters, made.places) for versions in rules.rules.values() for made in versions)
    and any(value.value is not None for value in rules.parameters[name].values)
]


@pytest.mark.parametrize(("rules", "made"), ALL_RULES)
def test_a_changed_operator_is_noticed(rules, made):
    survivors = [
        words
        for words, function in mutants(made)
        if not killed(rules, with_rule(rules, made, function), concerned(rules, made))
    ]
    assert survivors == []


@pytest.mark.parametrize(("rules", "name"), READ)
def test_a_changed_parameter_is_noticed(rules, name):
    assert killed(rules, with_parameter(rules, name), concerned(rules))
