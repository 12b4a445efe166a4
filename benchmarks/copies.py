"""A synthetic province as columns: one example enterprise many times over, every figure varied. Nothing here is about a
real plant.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from shutan.kernel import Choice, Dataset, Number, RuleSet
from shutan.kernel.dataset import Row
from shutan.kernel.inputs import Table

Columns = dict[str, Any]


def province(rules: RuleSet, data: Dataset, reports: int) -> dict[str, Columns]:
    """Return the tables of `reports` enterprises, sorted by report and key; figures differ by up to a tenth.

    Keys are numbered in the order of their words; see `names`.
    """
    random, known = np.random.default_rng(7), names(rules, data)
    return {
        table.name: _columns(table, data.rows(table.name), known, reports, random)
        for table in rules.tables
        if data.rows(table.name)
    }


def names(rules: RuleSet, data: Dataset) -> dict[str, list[str]]:
    """Return the words of each key dimension but the month; the place of a word is its number."""
    found: dict[str, set[str]] = {}
    for table in rules.tables:
        for row in data.rows(table.name):
            for one in table.grain.dimensions:
                if one != "month":
                    found.setdefault(one, set()).add(row.values[one])
    return {one: sorted(words) for one, words in found.items()}


def _columns(
    table: Table, rows: list[Row], known: dict[str, list[str]], reports: int, random: np.random.Generator
) -> Columns:
    def key(row: Row) -> tuple[int, ...]:
        return tuple(
            row.values[one] if one == "month" else known[one].index(row.values[one])
            for one in table.grain.dimensions
        )

    rows = sorted(rows, key=key)
    columns: Columns = {"report": np.repeat(np.arange(reports), len(rows))}
    for at, one in enumerate(table.grain.dimensions):
        columns[one] = np.tile([key(row)[at] for row in rows], reports)
    for one in table.inputs:
        default = one.default if isinstance(one, Choice | Number) else None
        given = [row.values.get(one.name, default) for row in rows]
        if isinstance(one, Choice):
            columns[one.name] = np.tile([0 if value is None else int(value) for value in given], reports)
        elif isinstance(one, Number):
            base = np.tile([np.nan if value is None else float(value) for value in given], reports)
            columns[one.name] = _varied(one, base, random)
    return columns


def _varied(one: Number, base: Any, random: np.random.Generator) -> Any:
    places = 2 if one.places is None else one.places
    most = np.inf if one.maximum is None else float(one.maximum)
    return np.minimum(np.rint(base * random.uniform(0.9, 1.1, len(base)) * 10**places) / 10**places, most)


def dataset(rules: RuleSet, tables: dict[str, Columns], report: int) -> Dataset:
    """Return one enterprise of a province with exact values; its keys are numbers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in rules.tables:
        if table.name not in tables:
            continue
        columns = tables[table.name]
        start, stop = np.searchsorted(columns["report"], [report, report + 1])
        inputs = {one.name: one for one in table.inputs if one.name in columns}
        found[table.name] = [
            {one: int(columns[one][at]) for one in table.grain.dimensions}
            | {
                name: _exact(one, columns[name][at])
                for name, one in inputs.items()
                if _given(columns[name][at])
            }
            for at in range(start, stop)
        ]
    return Dataset.of(found)


def _given(raw: Any) -> bool:
    return bool(raw != 0 if isinstance(raw, np.integer) else not np.isnan(raw))


def _exact(one: Any, raw: Any) -> Any:
    return one.choices.by_code(int(raw)) if isinstance(one, Choice) else Decimal(repr(float(raw)))
