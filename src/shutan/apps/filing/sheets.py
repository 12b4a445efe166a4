"""The grids of a month or book as plain data: the browser draws them, whoever fills them in types into them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from shutan.apps.common.language import language
from shutan.apps.filing.cells import Change, Saved
from shutan.apps.filing.completeness import given
from shutan.apps.filing.content import (
    Cells,
    Year,
    choices_of_dimension,
    dimensions,
    expected_keys,
    monthly_tables,
    plain,
    row_keys,
    written,
    yearly_tables,
)
from shutan.apps.filing.models import FiledValue
from shutan.documents import wording
from shutan.kernel import Choice, Date, Input, Number, Table

# What adds up over months. Heating values, shares, temperatures do not: their year is a mean that the rules weigh.
ADDS_UP = frozenset({"t", "GJ", "MWh", "h", "kg", "min", "fuel_unit", "10^4Nm3", "10⁴Nm³"})
Sheet = dict[str, Any]


def month_sheets(year: Year, month: int) -> list[Sheet]:
    """The sheets of one month, each table one: parameters down where the year names the rows, else rows down."""
    cells = year.monthly[month]
    before = year.monthly.get(month - 1, {})
    made = []
    for table in monthly_tables(year.rules):
        keys = expected_keys(year.rules, table, year.yearly)
        if keys is None:
            made.append(_rows_sheet(year, table, cells))
        else:
            there = row_keys(cells, table.name)
            made.append(_lines_sheet(year, table, list(dict.fromkeys([*keys, *there])), cells, before))
    return made


def book_sheets(year: Year) -> list[Sheet]:
    """The sheets of the year itself: what there is of units, lines, fuels, and what is said once a year."""
    made = []
    for table in yearly_tables(year.rules):
        if table.grain.dimensions:
            made.append(_rows_sheet(year, table, year.yearly))
        else:
            made.append(_lines_sheet(year, table, [()], year.yearly, {}))
    return made


def _lines_sheet(
    year: Year,
    table: Table,
    keys: list[tuple[str, ...]],
    cells: Cells,
    before: Cells,
) -> Sheet:
    lines, sums = [], _sums(year, table)
    for key in keys:
        for one in table.inputs:
            value = cells.get((table.name, key, one.name))
            line = column(year, table, one, key, cells) | cell(value)
            line |= {
                "row": " · ".join(key),
                "key": list(key),
                "before": shown(one, before.get((table.name, key, one.name))),
                "sum": plain(total) if (total := sums.get((key, one.name))) is not None else "",
            }
            lines.append(line)
    return _sheet(table, "lines") | {"lines": lines}


def _rows_sheet(year: Year, table: Table, cells: Cells) -> Sheet:
    words = language()
    names = dimensions(table)
    labels = wording.key_labels(table, words)
    label_of = dict(zip(table.grain.dimensions, labels, strict=False))
    rows = [
        {
            "key": list(key),
            "cells": {
                one.name: cell(cells.get((table.name, key, one.name)))
                for one in table.inputs
                if (table.name, key, one.name) in cells
            },
        }
        for key in row_keys(cells, table.name)
    ]
    return _sheet(table, "rows") | {
        "keys": [
            {
                "name": name,
                "label": label_of.get(name, name),
                "choices": choices_of_dimension(year.rules, name, year.yearly)
                if table.grain.monthly or name != names[-1]
                else [],
            }
            for name in names
        ],
        "columns": [column(year, table, one, None, cells) for one in table.inputs],
        "rows": rows,
    }


def _sheet(table: Table, layout: str) -> Sheet:
    words = language()
    return {
        "table": table.name,
        "title": wording.pick(table.label, words),
        "help": wording.pick(table.help, words) if table.help else "",
        "layout": layout,
        "optional": table.optional,
    }


def column(year: Year, table: Table, one: Input, key: tuple[str, ...] | None, cells: Cells) -> dict[str, Any]:
    """What an input is: its label, unit, clause, kind, whether it must be filled in."""
    words, rules = language(), year.rules
    unit = ""
    if isinstance(one, Number):
        by = wording.unit_names(rules, one.unit)
        member = given(year, cells, table, key, by) if by and key is not None else None
        unit = wording.unit_text(rules, one.unit, words, member)
    found: dict[str, Any] = {
        "name": one.name,
        "label": wording.label_of(rules, one.name, words),
        "unit": unit,
        "clause": one.clause,
        "clause_text": wording.clause_text(rules, one.clause, words) if one.clause else "",
        "kind": kind(one),
        "must": wording.is_mandatory(one),
        "hint": wording.pick(one.required_when, words) if one.required_when else "",
    }
    if isinstance(one, Choice):
        found["choices"] = {
            member.key: wording.pick(f"{member.zh}|{member.en}", words) for member in one.choices
        }
        if one.default is not None:
            found["default"] = one.default.key
    elif one.default is not None:
        found["default"] = str(one.default)
    return found


def kind(one: Input) -> str:
    """What is typed into a cell: number, choice, date or text."""
    if isinstance(one, Number):
        return "number"
    if isinstance(one, Choice):
        return "choice"
    return "date" if isinstance(one, Date) else "text"


def cell(value: FiledValue | None) -> dict[str, Any]:
    """A cell's value with the revision that the next editor must have seen."""
    if value is None:
        return {"value": "", "seen": 0, "obtained": "", "note": ""}
    return {
        "value": written(value),
        "seen": value.revision,
        "obtained": value.obtained,
        "note": value.note,
    }


def outcome(done: Saved) -> dict[str, Any]:
    """What became of cells that were sent, each at its place, in the language of the request."""
    words = language()
    return {
        "saved": [_place(one) | cell(one) for one in done.saved],
        "refused": [
            _asked(one.change)
            | {
                "message": getattr(one.message, words),
                "expected": getattr(one.expected, words) if one.expected else "",
            }
            for one in done.refused
        ],
        "conflicts": [
            _asked(one.change)
            | cell(one.now)
            | {
                "by": str(one.now.changed_by or ""),
                "at": date_format(timezone.localtime(one.now.changed_at), "H:i"),
            }
            for one in done.conflicts
        ],
    }


def _place(one: FiledValue) -> dict[str, Any]:
    return {"table": one.table, "key": list(one.key), "variable": one.variable}


def _asked(one: Change) -> dict[str, Any]:
    return {"table": one.table, "key": list(one.key), "variable": one.variable, "typed": one.value}


def shown(one: Input, value: FiledValue | None) -> str:
    """A value for reading: choices in words."""
    text = written(value)
    if isinstance(one, Choice) and text in one.choices.members:
        member = one.choices[text]
        return wording.pick(f"{member.zh}|{member.en}", language())
    return text


def _sums(year: Year, table: Table) -> dict[tuple[tuple[str, ...], str], Decimal]:
    """The year to this month of what adds up, by row and input."""
    adding = {one.name for one in table.inputs if isinstance(one, Number) and one.unit in ADDS_UP}
    found: dict[tuple[tuple[str, ...], str], Decimal] = {}
    for cells in year.monthly.values():
        for (name, key, variable), value in cells.items():
            if name == table.name and variable in adding and value.number is not None:
                found[key, variable] = found.get((key, variable), Decimal(0)) + value.number
    return found
