"""Run every golden case of `tests/golden/<instrument>/*.yaml` through the kernel. No tolerance."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shutan.rules.registry import rule_set

sys.path.insert(0, str(Path(__file__).parent))
from cases import cases, faults

KINDS = {"published", "printed", "derived"}
WORDS = {
    "id", "title", "kind", "source", "rule_set", "year", "month", "clauses",
    "given", "parameters", "expect", "data", "expect_rows",
}  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_case(case):
    assert set(case) <= WORDS, f"unknown words {set(case) - WORDS}"
    assert case["kind"] in KINDS
    assert case["source"]
    rules = rule_set(case["rule_set"])
    assert set(case["clauses"]) <= set(rules.clauses)
    assert case.get("expect") or case.get("expect_rows"), "a case that expects nothing proves nothing"
    assert faults(rules, case) == []


def test_ids_are_unique():
    names = [name for name, _ in cases()]
    assert len(names) == len(set(names))
