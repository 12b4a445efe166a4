"""Between the kernel's datasets and results, and the rows of the database. Written with COPY: thousands at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from shutan.apps.common.values import stored, typed, typed_key
from shutan.apps.reporting.models import ReportedValue
from shutan.evidence.seal import seal
from shutan.kernel import Dataset, Grain, Number, Origin, Result, Row, RuleSet, Waiting
from shutan.kernel.explain import status_of
from shutan.kernel.grain import MONTH

GIVEN, COMPUTED = ReportedValue.Obtained.GIVEN, ReportedValue.Obtained.COMPUTED
PLACES = 18  # of ReportedValue.number
COLUMNS = (
    "report_id", "obtained", "table", "row", "key", "month", "variable", "number", "text", "unit", "status",
    "waiting", "rule_version", "origin_kind", "origin_sheet", "origin_place", "origin_note",
)  # fmt: skip
Line = tuple[Any, ...]
# Grains so fine that a report has a thousand rows of them: their values are trusted through what is made of them.
FINE = 4


def write(lines: Iterable[Line]) -> None:
    """Add rows of values, in the order of COLUMNS."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY reporting_reportedvalue ({names}) FROM STDIN") as copy,
    ):
        for line in lines:
            copy.write_row(line)


def given_lines(report_id: int, rules: RuleSet, data: Dataset) -> Iterator[Line]:
    """The rows of what was filled in. A row with nothing but its key is kept as a row with variable ''."""
    for table in rules.tables:
        for position, row in enumerate(data.rows(table.name)):
            key = [str(row.values[name]) for name in table.grain.dimensions]
            month = row.values.get(MONTH) if table.grain.monthly else None
            head = (report_id, GIVEN, table.name, position, key, month)
            given = [one for one in table.inputs if row.values.get(one.name) is not None]
            for one in given:
                value = row.values[one.name]
                number, text = stored(value)
                origin = row.origins.get(one.name) or Origin("", "")
                unit = one.unit if isinstance(one, Number) else ""
                yield (
                    *head, one.name, number, text, unit, "", [], "",
                    origin.kind, origin.sheet, origin.place, origin.note,
                )  # fmt: skip
            if not given:
                yield (*head, "", None, "", "", "", [], "", "", "", "", "")


def computed_lines(report_id: int, result: Result) -> Iterator[Line]:
    """The rows of what the rules computed."""
    rules = result.rules
    for name in rules.order:
        if not result.has(name):
            continue
        grain, unit = rules.grain_of(name), rules.unit_of(name)
        for position, (key, value) in enumerate(result.items(name)):
            number, text = stored(value)
            waiting = reasons(value)
            made = result.version(name, key)
            yield (
                report_id, COMPUTED, grain.name, position, [str(part) for part in key], grain.month(key), name,
                number, text, unit if isinstance(unit, str) else "", _status(result, name, key, grain), waiting,
                made.version if made else "", "", "", "", "",
            )  # fmt: skip


def _status(result: Result, name: str, key: tuple[object, ...], grain: Grain) -> str:
    if isinstance(result.value(name, key), Waiting):
        return "waiting"
    return "" if len(grain.dimensions) >= FINE else status_of(result, name, key)


def reasons(value: Any) -> list[str]:
    """What a value waits for, each name once."""
    if not isinstance(value, Waiting):
        return []
    return list(dict.fromkeys(reason.name for reason in value.reasons))


def dataset(report_id: int, rules: RuleSet) -> Dataset:
    """What was filled in, as the kernel takes it."""
    tables = {table.name: table for table in rules.tables}
    found: dict[str, dict[int, Row]] = {}
    lines = (
        ReportedValue.objects.filter(report_id=report_id, obtained=GIVEN)
        .order_by("table", "row")
        .values_list(
            "table", "row", "key", "variable", "number", "text",
            "origin_kind", "origin_sheet", "origin_place", "origin_note",
        )
    )  # fmt: skip
    for table_name, position, key, variable, number, text, kind, sheet, place, note in lines:
        table = tables.get(table_name)
        if table is None:
            continue  # the rule set has lost this table since
        rows = found.setdefault(table_name, {})
        row = rows.get(position)
        if row is None:
            row = rows[position] = Row(typed_key(table.grain, key))
        one = rules.inputs.get(variable)
        if one is None or rules.input_table[variable] is not table:
            continue  # it has moved to another table since
        row.values[variable] = typed(one, number, text)
        if kind:
            row.origins[variable] = Origin(kind, place, sheet, note=note)
    return Dataset({name: list(rows.values()) for name, rows in found.items()})


def content_digest(report_id: int) -> str:
    """SHA-256 over every value of a report, given and computed: what a declaration speaks of."""
    return str(seal(sealed(report_id))["sha256"])


def sealed(report_id: int) -> Iterator[tuple[str, str, list[Any]]]:
    """Every value of a report as a seal takes it: one line of an input table or of a grain at a time."""
    order = ("obtained", "table", "row", "variable", "key")
    found = ReportedValue.objects.filter(report_id=report_id).order_by(*order)
    values = found.values_list(*COLUMNS[1:]).iterator(chunk_size=5000)
    for (obtained, table, row), cells in groupby(values, key=itemgetter(0, 1, 2)):
        yield f"{obtained}.{table}", str(row), list(cells)


def stored_results(
    report_id: int,
) -> dict[tuple[str, tuple[str, ...]], tuple[Decimal | None, str, list[str]]]:
    """What was computed when the report was saved, by name and key."""
    lines = ReportedValue.objects.filter(report_id=report_id, obtained=COMPUTED).values_list(
        "variable", "key", "number", "text", "waiting"
    )
    return {(variable, tuple(key)): (number, text, waiting) for variable, key, number, text, waiting in lines}


def drift(report_id: int, result: Result) -> list[tuple[str, tuple[str, ...]]]:
    """Names and keys whose stored value is not what today's rules give."""
    before = stored_results(report_id)
    unit = Decimal(1).scaleb(-PLACES)
    after = {}
    for name in result.rules.order:
        if result.has(name):
            for key, value in result.items(name):
                number, text = stored(value)
                rounded = None if number is None else number.quantize(unit)
                after[name, tuple(str(part) for part in key)] = (rounded, text, reasons(value))
    return sorted(place for place in before.keys() | after.keys() if before.get(place) != after.get(place))
