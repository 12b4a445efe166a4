"""The ring clause ↔ rule ↔ test, and what may stand in the code of a rule."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from shutan.kernel.parameters import STATUSES
from shutan.rules.registry import rule_sets

ROOT = Path(__file__).parents[2]
RULES = ROOT / "src" / "shutan" / "rules"
sys.path.insert(0, str(ROOT / "tests" / "golden"))
from cases import cases  # noqa: E402 - the path first

FILES = sorted(path for path in RULES.rglob("*.py"))
SETS = [pytest.param(one, id=name) for name, one in rule_sets().items()]
DECLARED = {"places", "minimum", "maximum", "length"}  # form facts of an input, or where a clause rounds


@pytest.mark.parametrize("rules", SETS)
def test_every_computed_clause_has_a_rule(rules):
    used = {clause for versions in rules.rules.values() for made in versions for clause in made.clauses}
    computed = {clause.id for clause in rules.clauses.values() if clause.kind == "computed"}
    assert computed - used == set()


@pytest.mark.parametrize("rules", SETS)
def test_every_computed_clause_has_a_golden_case(rules):
    tested = {clause for _, case in cases() if case["rule_set"] == rules.name for clause in case["clauses"]}
    computed = {clause.id for clause in rules.clauses.values() if clause.kind == "computed"}
    assert computed - tested == set()


@pytest.mark.parametrize("rules", SETS)
def test_every_parameter_date_has_a_source(rules):
    for parameter in rules.parameters.values():
        assert parameter.values, f"{parameter.name} has no date"
        assert parameter.zh, parameter.name
        assert parameter.en, parameter.name
        for value in parameter.values:
            assert value.source.strip(), f"{parameter.name} from {value.since} has no source"
            assert value.status in STATUSES


@pytest.mark.parametrize("rules", SETS)
def test_every_parameter_is_used(rules):
    used = {
        name
        for versions in rules.rules.values()
        for made in versions
        for name in (*made.parameters, *([made.places] if isinstance(made.places, str) else []))
    }
    reference = {name for name in rules.parameters if name in REFERENCE}
    assert set(rules.parameters) - used - reference == set()


# tables that people look up and later sectors compute with; no rule of today reads them
REFERENCE = {
    "electricity_factor_by_area",
    "electricity_factor_announced",
    "electricity_factor_special",
    "allowance_price",  # the market's, by which apps/filing values a gap
}


@pytest.mark.parametrize("rules", SETS)
def test_a_yearly_rule_reads_no_parameter_that_changes_within_a_year(rules):
    for versions in rules.rules.values():
        for made in versions:
            if made.grain.monthly:
                continue
            for name in (*made.parameters, *([made.places] if isinstance(made.places, str) else [])):
                changes = [day for day in rules.parameters[name].changes() if (day.month, day.day) != (1, 1)]
                assert not changes, f"{made.name} reads {name}, which changes on {changes}"


def literals(path):
    """Yield number literals of a file that the law would have to give: all but 0, 1, 100 and declared form facts."""
    allowed: set[int] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in DECLARED:
            allowed |= {id(inner) for inner in ast.walk(node.value)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and type(node.value) in (int, float, complex)
            and id(node) not in allowed
        ):
            yield node


@pytest.mark.parametrize("path", [pytest.param(one, id=str(one.relative_to(RULES))) for one in FILES])
def test_no_number_of_the_law_in_code(path):
    if path.relative_to(RULES).as_posix() in HELPERS:
        return
    found = [(node.lineno, node.value) for node in literals(path) if node.value not in (0, 1, 100)]
    assert found == []


# not rules: preparation of inputs, check digits and codes of places, whose numbers are standards' definitions, each cited there
HELPERS = {"common/steam.py", "common/codes.py", "common/divisions.py"}


def test_the_literal_check_can_fail(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("a = rule(places=2)\ndef f(x):\n    return x * 0.99 + 2024\n", encoding="utf-8")
    assert {node.value for node in literals(path)} == {0.99, 2024}
