"""Run every golden case of `tests/golden/<instrument>/*.yaml` through the kernel. No tolerance: text against text."""

from __future__ import annotations

import importlib
from decimal import Decimal
from pathlib import Path

import pytest

from shutan.kernel import Choice, Date, Dataset, Member, Number, Waiting
from shutan.kernel.calculate import calculate
from shutan.kernel.parameters import read_yaml

HERE = Path(__file__).parent
KINDS = {"published", "printed", "derived"}
WORDS = {
    "id",
    "title",
    "kind",
    "source",
    "rule_set",
    "year",
    "month",
    "clauses",
    "given",
    "parameters",
    "expect",
    "data",
    "expect_rows",
}


def cases():
    for path in sorted(HERE.glob("*/*.yaml")):
        for case in read_yaml(path) or []:
            yield pytest.param(case, id=f"{path.parent.name}/{path.stem}/{case['id']}")


CASES = list(cases())


def rule_set(case):
    return importlib.import_module(f"shutan.rules.{case['rule_set']}").RULES


def check(name, expected, value):
    if isinstance(expected, dict):
        assert isinstance(value, Waiting), f"{name} is {value}, expected to wait for {expected['waiting']}"
        assert expected["waiting"] in {reason.name for reason in value.reasons}, f"{name} waits for {value}"
    elif expected == "waiting":
        assert isinstance(value, Waiting), f"{name} is {value}, expected to wait"
    elif isinstance(value, Member):
        assert value.key == str(expected), name
    else:
        assert isinstance(value, Decimal), f"{name} is {value!r}, expected {expected}"
        assert value == Decimal(str(expected)), f"{name} is {value}, expected {expected}"


def typed_row(rules, table, row):
    values = {}
    for name, value in row.items():
        if name in table.grain.dimensions:
            values[name] = int(value) if name == "month" else str(value)
            continue
        one = table[name]
        if value is None:
            continue
        if isinstance(one, Choice):
            values[name] = one.choices[str(value)]
        elif isinstance(one, Number):
            values[name] = Decimal(str(value))
        elif isinstance(one, Date):
            values[name] = value
        else:
            values[name] = str(value)
    return values


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    assert set(case) <= WORDS, f"unknown words {set(case) - WORDS}"
    assert case["kind"] in KINDS
    assert case["source"]
    rules = rule_set(case)
    for clause in case["clauses"]:
        assert clause in rules.clauses
    assert case.get("expect") or case.get("expect_rows"), "a case that expects nothing proves nothing"
    for name, expected in case.get("expect", {}).items():
        value = calculate(
            rules,
            name,
            year=case["year"],
            month=case.get("month"),
            given=case.get("given", {}),
            parameters=case.get("parameters"),
        )
        check(name, expected, value)
    if "data" in case:
        tables = {table.name: table for table in rules.tables}
        data = Dataset.of(
            {
                name: [typed_row(rules, tables[name], row) for row in rows]
                for name, rows in case["data"].items()
            }
        )
        result = rules.evaluate(case["year"], data)
        for row in case["expect_rows"]:
            grain = rules.grain_of(row["name"])
            key = tuple(
                int(part) if dimension == "month" else str(part)
                for dimension, part in zip(grain.dimensions, row.get("key", []), strict=True)
            )
            check(f"{row['name']}{key}", row["value"], result.value(row["name"], key))
