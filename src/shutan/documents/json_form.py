"""JSON in and out: the same tables as the workbook; results with their full trace; the schema of what is taken."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from shutan.documents.problem import Message, Problem, Reading
from shutan.documents.validate import RawRow, known_year, validate
from shutan.documents.wording import is_mandatory, key_labels, unit_text
from shutan.kernel import (
    Choice,
    Choices,
    Dataset,
    Date,
    Input,
    Member,
    Number,
    Origin,
    Result,
    RuleSet,
    Table,
    Text,
    Waiting,
)
from shutan.kernel.explain import status_of
from shutan.kernel.grain import DAY, MONTH, Key
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.render import plain_number
from shutan.kernel.rules import Rule
from shutan.rules.registry import rule_sets as shipped

LARGEST_TEXT = 20 * 2**20
MOST_ROWS = 200_000
_TOP = {"rule_set", "year", "rules_year", "tables"}


# -- in ----------------------------------------------------------------------------------------------------------------


def read_json(
    payload: str | bytes | Mapping[str, Any],
    *,
    rules_year: int | None = None,
    rule_sets: Mapping[str, RuleSet] | None = None,
) -> Reading:
    """Read `{"rule_set": …, "year": …, "tables": {name: [row, …]}}`.

    Args:
        payload: JSON text, or what a parser made of it. Numbers may be JSON numbers or decimal text.
        rules_year: year whose law is applied; default: the payload's own `rules_year`, else `year`.
        rule_sets: rule sets by name; default: all that are shipped.

    Returns:
        A `Reading`; places are paths such as `tables.units.0.capacity`.
    """
    found = _parsed(payload)
    if isinstance(found, Problem):
        return Reading(None, None, None, problems=(found,))
    known = shipped() if rule_sets is None else rule_sets
    name = found.get("rule_set")
    rules = known.get(name) if isinstance(name, str) else None
    if rules is None:
        names = ", ".join(known)
        return _failed("rules.unknown", "rule_set", "规则集未知", "unknown rule set", names)
    problems = [_unknown(str(word)[:60]) for word in found if word not in _TOP]
    year, law, faults = _years(rules, found, rules_year)
    problems += faults
    tables = found.get("tables")
    if not isinstance(tables, Mapping):
        return _failed("json.tables", "tables", "tables 应为对象", "tables must be an object", "{…}")
    raw: dict[str, list[RawRow]] = {}
    names_known = {table.name: table for table in rules.tables}
    for word, rows in tables.items():
        if word not in names_known:
            problems.append(_unknown(f"tables.{str(word)[:60]}"))
        else:
            raw[word] = list(_rows(names_known[word], rows, problems))
    data, more = validate(rules, raw, lambda table: Origin("json", f"tables.{table.name}"))
    title = ""
    if rules.report and rules.report.name_input:
        wanted = rules.report.name_input
        title = next(
            (str(row.values.get(wanted, "")) for row in data.rows(rules.input_table[wanted].name)), ""
        )
    return Reading(rules, year, law, data, (*problems, *more), title)


def _parsed(payload: str | bytes | Mapping[str, Any]) -> dict[str, Any] | Problem:
    place = Origin("json", "")
    if not isinstance(payload, Mapping):
        if len(payload) > LARGEST_TEXT:
            return Problem("file.large", place, Message("JSON 过大", "the JSON is too large"))
        try:
            payload = json.loads(payload, parse_float=Decimal, parse_constant=_no_constant)
        except (ValueError, RecursionError, ArithmeticError) as error:
            return Problem("json.syntax", place, _not_json(error))
    if not isinstance(payload, Mapping):
        return Problem("json.kind", place, Message("应为 JSON 对象", "a JSON object is expected"))
    return dict(payload)


def _not_json(error: Exception) -> Message:
    """Say in both languages why it is no JSON, and where as far as the parser knows."""
    if isinstance(error, json.JSONDecodeError):
        zh, en = f"第 {error.lineno} 行第 {error.colno} 列", f"line {error.lineno}, column {error.colno}"
    elif isinstance(error, UnicodeDecodeError):
        zh, en = "文字编码不是 UTF-8", "the text is not in UTF-8"
    elif isinstance(error, RecursionError):
        zh, en = "嵌套过深", "nested too deeply"
    else:  # NaN, Infinity, an integer of thousands of digits
        zh, en = "含有不能读取的数", "it holds a number that cannot be read"
    return Message(f"不是有效的 JSON：{zh}", f"not valid JSON: {en}")


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a number of JSON")


def _failed(code: str, place: str, zh: str, en: str, expected: str) -> Reading:
    return Reading(
        None,
        None,
        None,
        problems=(Problem(code, Origin("json", place), Message(zh, en), Message(expected, expected)),),
    )


def _unknown(place: str) -> Problem:
    return Problem("json.unknown", Origin("json", place), Message("没有这一项", "there is no such item"))


def _years(
    rules: RuleSet, found: Mapping[str, Any], rules_year: int | None
) -> tuple[int | None, int | None, list[Problem]]:
    own, place = found.get("year"), Origin("json", "year")
    law = rules_year if rules_year is not None else found.get("rules_year")
    if law is None:
        year, problems = known_year(rules, own, place)
        return year, year, problems
    known, problems = known_year(rules, law, Origin("json", "rules_year"))
    if isinstance(own, int) and not isinstance(own, bool) and 1990 <= own <= 2100:  # noqa: PLR2004 - a year
        return own, known, problems
    message = Message("报告年度应为年份", "year must be a year")
    return None, known, [*problems, Problem("year.unknown", place, message)]


def _rows(table: Table, rows: Any, problems: list[Problem]) -> Iterator[RawRow]:
    base = f"tables.{table.name}"
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes) or len(rows) > MOST_ROWS:
        message = Message(f"应为数组，最多{MOST_ROWS}行", f"an array of at most {MOST_ROWS} rows is expected")
        problems.append(Problem("json.rows", Origin("json", base), message))
        return
    names = {*table.grain.dimensions, *(one.name for one in table.inputs)}
    for at, row in enumerate(rows):
        path = f"{base}.{at}"
        if not isinstance(row, Mapping):
            message = Message("应为对象", "an object is expected")
            problems.append(Problem("json.row", Origin("json", path), message))
            continue
        problems.extend(_unknown(f"{path}.{str(word)[:60]}") for word in row if word not in names)
        yield RawRow(
            {name: _plain(value) for name, value in row.items() if name in names},
            lambda name, path=path: Origin("json", f"{path}.{name}"),  # type: ignore[misc]
        )


def _plain(value: Any) -> Any:
    """Return a value the checks know; what is nested becomes text that no cell takes."""
    return str(value) if isinstance(value, list | dict) else value


# -- out ---------------------------------------------------------------------------------------------------------------


def write_data(rules: RuleSet, year: int, data: Dataset) -> dict[str, Any]:
    """Return a dataset in the form `read_json` takes."""
    tables = {
        name: [{word: _value(value) for word, value in row.values.items()} for row in rows]
        for name, rows in data.tables.items()
    }
    return {"rule_set": rules.name, "year": year, "tables": tables}


def _value(value: Any) -> Any:
    if isinstance(value, Member):
        return value.key
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def write_json(result: Result, *, year: int | None = None) -> dict[str, Any]:
    """Return every named value of a result with its trace, ready for `json.dumps`.

    Each value says its value as text, how sure it is, what it waits for; a computed one its version, clauses and parameters; an
    input where it was given. `year` is that of the figures, where the law of another one was applied. `names` describes each name once, `parameters` each record that was read, with what names read it.
    """
    rules = result.rules
    names = {name: _name(rules, name) for name in (*rules.inputs, *rules.order) if result.has(name)}
    records = {f"P{number}": one for number, one in enumerate(records_used(result).items(), start=1)}
    taken: dict[tuple[str, Key], list[str]] = {}
    for word, (_, users) in records.items():
        for user in users:
            taken.setdefault(user, []).append(word)
    return {
        "rule_set": rules.name,
        "year": year or result.year,
        "rules_year": result.year,
        "exercise": year is not None and year != result.year,
        "names": names,
        "values": [one for name in names for one in _values(result, name, taken)],
        "parameters": [_record(result, word, *one) for word, one in records.items()],
        "clauses": {
            one.id: {
                "instrument": one.instrument,
                "number": one.number,
                "zh": one.zh,
                "en": one.en,
                "status": one.status,
            }
            for one in rules.clauses.values()
        },
    }


def _name(rules: RuleSet, name: str) -> dict[str, Any]:
    zh, en = rules.labels_of(name)
    unit = rules.unit_of(name)
    grain = rules.grain_of(name)
    kind = "rule" if name in rules.rules else "input"
    found: dict[str, Any] = {"zh": zh, "en": en, "kind": kind, "grain": list(grain.dimensions)}
    found["unit"] = None if isinstance(unit, Choices) else unit
    found["unit_zh"] = unit_text(rules, unit)
    if isinstance(unit, Choices):
        found["choices"] = unit.name
    if kind == "input":
        found |= {"table": rules.input_table[name].name, "clause": rules.inputs[name].clause}
        return found
    found["versions"] = [
        {
            "version": made.version,
            "clauses": list(made.clauses),
            "inputs": [
                {"name": one.name, "how": one.aggregation.how if one.aggregation else ""}
                for one in made.arguments
            ],
            "parameters": list(made.parameters),
            "places": made.places,
            "mode": made.mode,
        }
        for made in rules.rules[name]
    ]
    return found


def _values(
    result: Result, name: str, taken: Mapping[tuple[str, Key], list[str]]
) -> Iterator[dict[str, Any]]:
    computed = name in result.rules.rules
    for key, value in result.items(name):
        found: dict[str, Any] = {"name": name, "key": list(key)}
        if isinstance(value, Waiting):
            found |= {"value": None, "waiting": [_reason(one) for one in value.reasons]}
        else:
            found["value"] = _value(value)
        if computed:
            found["status"] = status_of(result, name, key)
            made = result.version(name, key)
            if made is not None:
                found |= {"version": made.version, "clauses": _clauses(result, made, key)}
                found["parameters"] = taken.get((name, key), [])
        elif value is None or (isinstance(value, Waiting) and result.origin(name, key) is None):
            continue  # an empty cell
        else:
            origin = result.origin(name, key)
            found["origin"] = origin and {
                "kind": origin.kind, "file": origin.file, "sheet": origin.sheet, "place": origin.place,
            }  # fmt: skip
        yield found


def _reason(reason: Any) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "name": reason.name,
        "key": [str(part) for part in reason.key],
        "detail": reason.detail,
    }


def _clauses(result: Result, made: Rule, key: Key) -> list[str]:
    day = result.day(made.grain, key)
    return [one for one in made.clauses if result.rules.clauses[one].holds(day)]


def records_used(result: Result) -> dict[ParameterValue, list[tuple[str, Key]]]:
    """Return every parameter record some rule read, with the names and rows that read it."""
    found: dict[ParameterValue, list[tuple[str, Key]]] = {}
    for name in result.rules.order:
        if not result.has(name):
            continue
        grain = result.rules.grain_of(name)
        for key in result.keys(grain):
            made = result.version(name, key)
            if made is None:
                continue
            words = (*made.parameters, *([made.places] if isinstance(made.places, str) else []))
            for word in words:
                record = result.parameter(word, grain, key)
                if isinstance(record, ParameterValue):
                    found.setdefault(record, []).append((name, key))
    return found


def _record(
    result: Result, word: str, record: ParameterValue, users: list[tuple[str, Key]]
) -> dict[str, Any]:
    parameter = result.parameters[record.name]
    return {
        "id": word, "name": record.name, "zh": parameter.zh, "en": parameter.en, "unit": parameter.unit,
        "key": list(record.key), "value": None if record.value is None else plain_number(record.value),
        "since": record.since.isoformat(), "until": record.until and record.until.isoformat(),
        "source": record.source, "article": record.article, "status": record.status, "note": record.note,
        "registered_by": record.registered_by, "confirmed_by": record.confirmed_by,
        "used_by": list(dict.fromkeys(name for name, _ in users)),
    }  # fmt: skip


# -- what is taken -----------------------------------------------------------------------------------------------------


def schema(rules: RuleSet) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `read_json` takes for a rule set."""
    years = rules.years()
    tables = {table.name: _table_schema(table) for table in rules.tables}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{rules.title.replace('|', ' / ')}",
        "type": "object",
        "required": ["rule_set", "year", "tables"],
        "additionalProperties": False,
        "properties": {
            "rule_set": {"const": rules.name},
            "year": {"type": "integer", "minimum": 1990, "maximum": 2100},
            "rules_year": {"type": "integer", "minimum": years[0], "maximum": years[-1]},
            "tables": {
                "type": "object",
                "additionalProperties": False,
                "required": [table.name for table in rules.tables if not table.optional],
                "properties": tables,
            },
        },
    }


_KEYS: dict[str, dict[str, Any]] = {
    MONTH: {"type": "integer", "minimum": 1, "maximum": 12},
    DAY: {"type": "string", "pattern": r"^\d{8}$"},
}


def _table_schema(table: Table) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for dimension, zh, en in zip(
        table.grain.dimensions, key_labels(table, "zh"), key_labels(table, "en"), strict=False
    ):
        properties[dimension] = {"title": f"{zh} / {en}"} | _KEYS.get(
            dimension, {"type": "string", "minLength": 1, "maxLength": 100}
        )
    properties |= {one.name: _input_schema(one) for one in table.inputs}
    required = [*table.grain.dimensions, *(one.name for one in table.inputs if is_mandatory(one))]
    rows: dict[str, Any] = {
        "title": f"{table.zh} / {table.en}",
        "type": "array",
        "items": {
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": False,
        },
    }
    if not table.grain.dimensions:
        rows["maxItems"] = 1
    return rows


def _input_schema(one: Input) -> dict[str, Any]:
    found: dict[str, Any] = {"title": f"{one.zh} / {one.en}"}
    if one.clause:
        found["description"] = one.clause
    if isinstance(one, Number):
        number: dict[str, Any] = {"type": "number"}
        if one.minimum is not None:
            number["minimum"] = float(one.minimum)
        if one.maximum is not None:
            number["maximum"] = float(one.maximum)
        sign = "" if one.minimum is not None and Decimal(one.minimum) >= 0 else "-?"
        decimals = rf"(\.\d{{1,{one.places}}})?" if one.places else ""
        text = {"type": "string", "pattern": rf"^{sign}\d{{1,15}}{decimals}$"}
        found |= {"anyOf": [text, number], "x-unit": one.unit, "x-places": one.places}
    elif isinstance(one, Choice):
        found["enum"] = [member.key for member in one.choices]
    elif isinstance(one, Date):
        found |= {"type": "string", "format": "date"}
    elif isinstance(one, Text):
        found |= {"type": "string", "maxLength": one.length}
    if not is_mandatory(one):
        found = {"anyOf": [found, {"type": "null"}], "title": found["title"]}
    return found
