"""Reading and running golden cases; used by the golden test and by the mutation check."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from shutan.kernel import Choice, Dataset, Date, Member, Number, Waiting
from shutan.kernel.calculate import calculate
from shutan.kernel.parameters import read_yaml

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def cases():
    """Return (id, case) of every file `tests/golden/<instrument>/*.yaml`."""
    return [
        (f"{path.parent.name}/{path.stem}/{case['id']}", case)
        for path in sorted(HERE.glob("*/*.yaml"))
        for case in read_yaml(path) or []
    ]


def faults(rules, case):
    """Run a case against a rule set; return what differs, in words. No tolerance."""
    found = []
    for name, expected in case.get("expect", {}).items():
        value = calculate(
            rules,
            name,
            year=case["year"],
            month=case.get("month"),
            given=case.get("given", {}),
            parameters=case.get("parameters"),
        )
        found += _compare(name, expected, value)
    if "data" in case:
        found += _rows(rules, case)
    return found


def _rows(rules, case):
    tables = {table.name: table for table in rules.tables}
    data = Dataset.of(
        {name: [_typed(tables[name], row) for row in rows] for name, rows in case["data"].items()}
    )
    result = rules.evaluate(case["year"], data)
    found = []
    for row in case["expect_rows"]:
        grain = rules.grain_of(row["name"])
        key = tuple(
            int(part) if dimension == "month" else str(part)
            for dimension, part in zip(grain.dimensions, row.get("key", []), strict=True)
        )
        found += _compare(f"{row['name']}{key}", row["value"], result.value(row["name"], key))
    return found


def _compare(name, expected, value):
    if expected == "waiting" or isinstance(expected, dict):
        if not isinstance(value, Waiting):
            return [f"{name} is {value}, expected to wait"]
        reasons = {reason.name for reason in value.reasons}
        wanted = expected["waiting"] if isinstance(expected, dict) else None
        return [f"{name} waits for {reasons}, not {wanted}"] if wanted and wanted not in reasons else []
    if isinstance(value, Member):
        return [] if value.key == str(expected) else [f"{name} is {value.key}, expected {expected}"]
    if isinstance(value, Decimal) and value == Decimal(str(expected)):
        return []
    return [f"{name} is {value!r}, expected {expected}"]


def _typed(table, row):
    values = {}
    for name, value in row.items():
        if name in table.grain.dimensions:
            values[name] = int(value) if name == "month" else str(value)
        elif value is not None:
            one = table[name]
            if isinstance(one, Choice):
                values[name] = one.choices[str(value)]
            elif isinstance(one, Number):
                values[name] = Decimal(str(value))
            else:
                values[name] = value if isinstance(one, Date) else str(value)
    return values
