"""A whole report: typed, keyed, cross-referenced. Every fault is found at once; what is lawful passes.

A stopped month, negative net purchased power or an empty optional sheet is lawful. What is odd but possible is for
`screening` to question; here stands only what cannot be computed with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shutan.documents.problem import Message, Problem
from shutan.documents.values import Fault, is_empty, key_part, parse
from shutan.documents.wording import is_mandatory, key_labels, key_text
from shutan.kernel import Dataset, Grain, Input, Origin, Row, RuleSet, Table
from shutan.kernel.grain import DAY, MONTH

MOST_PROBLEMS = 1000  # a file of the wrong kind has as many as it has cells

Key = tuple[object, ...]


@dataclass
class RawRow:
    """One row as a reader found it: values by dimension and input name, and where each name stands, filled in or not."""

    values: dict[str, Any]
    where: Callable[[str], Origin]


@dataclass
class _Checked:
    """The rows of one table that have a whole key."""

    table: Table
    rows: dict[Key, Row] = field(default_factory=dict)
    places: dict[Key, Origin] = field(default_factory=dict)


def known_year(rules: RuleSet, year: object, place: Origin) -> tuple[int | None, list[Problem]]:
    """Return a year whose law is known, or say which ones are."""
    years = rules.years()
    number = int(year) if isinstance(year, float) and year.is_integer() else year
    if isinstance(number, str) and number.strip().rstrip("年").isdecimal():
        number = int(number.strip().rstrip("年"))
    if isinstance(number, int) and not isinstance(number, bool) and number in years:
        return number, []
    expected = f"{years[0]}–{years[-1]}"
    shown = str(number)[:20]
    return None, [
        Problem(
            "year.unknown",
            place,
            Message(f"年份 {shown} 没有规则", f"there are no rules for the year {shown}"),
            Message(expected, expected),
        )
    ]


def validate(
    rules: RuleSet, tables: Mapping[str, Iterable[RawRow]], place_of: Callable[[Table], Origin]
) -> tuple[Dataset, list[Problem]]:
    """Check all rows of all tables.

    Args:
        rules: the rule set that declares the tables.
        tables: raw rows by table name.
        place_of: where a table as a whole stands, for faults such as "no rows".

    Returns:
        The rows that have a key, with every value that is right, and all problems (at most `MOST_PROBLEMS`).
    """
    problems: list[Problem] = []
    checked = {}
    for table in rules.tables:
        checked[table.name] = _table(rules, table, tables.get(table.name, ()), place_of(table), problems)
    _check_parents(rules, checked, problems)
    if len(problems) > MOST_PROBLEMS:
        left = len(problems) - MOST_PROBLEMS
        problems = problems[:MOST_PROBLEMS]
        more = Message(f"另有{left}处问题未列出", f"{left} more problems are not listed")
        problems.append(Problem("many", Origin("file", ""), more))
    data = Dataset({name: list(one.rows.values()) for name, one in checked.items() if one.rows})
    return data, problems


def _table(
    rules: RuleSet, table: Table, raw_rows: Iterable[RawRow], place: Origin, problems: list[Problem]
) -> _Checked:
    found = _Checked(table)
    some = any(is_mandatory(one) for one in table.inputs)
    for raw in raw_rows:
        filled = {name for name, value in raw.values.items() if not is_empty(value)}
        if _is_unfilled(table, filled, some=some):
            _warn_unfilled(table, raw, filled, problems)
            continue
        row = Row({})
        key = _key(table, raw, row, problems)
        for one in table.inputs:
            _value(rules, one, raw, row, problems, filled=one.name in filled)
        if key is None:
            continue
        if key in found.rows:
            problems.append(_twice(table, key, raw.where(_first(table)), found.places[key]))
            continue
        if table.once:
            _once(table, key, raw.where(table.once), found, problems)
        found.rows[key] = row
        found.places[key] = raw.where(_first(table))
    if not found.rows and not table.optional and (some or table.grain.dimensions):
        message = Message(f"《{table.zh}》没有填写任何数据", f"“{table.en}” has no rows")
        problems.append(Problem("table.empty", place, message))
    return found


def _is_unfilled(table: Table, filled: set[str], *, some: bool) -> bool:
    """Say whether a row is one of those a template prepares: empty, or of a month with nothing in it."""
    if not filled:
        return bool(table.grain.dimensions)
    if not table.grain.monthly:
        return False
    if filled == {"month"} and len(table.grain.dimensions) > 1:
        return True  # of a table whose cells may all stay empty too
    return some and filled <= set(table.grain.dimensions)


def _first(table: Table) -> str:
    return table.grain.dimensions[0] if table.grain.dimensions else table.inputs[0].name


def _warn_unfilled(table: Table, raw: RawRow, filled: set[str], problems: list[Problem]) -> None:
    """A row of which only the key is there is not given; a prepared row (only its month) is not worth a word."""
    if filled != set(table.grain.dimensions):
        return
    message = Message(
        "该行只有名称和月份，没有数据，未计入", "only the key of this row is filled in; the row was left out"
    )
    problems.append(Problem("row.unfilled", raw.where(_first(table)), message, severity="warning"))


def _key(table: Table, raw: RawRow, row: Row, problems: list[Problem]) -> Key | None:
    whole = True
    for at, dimension in enumerate(table.grain.dimensions):
        value = raw.values.get(dimension)
        if is_empty(value):
            zh, en = (key_labels(table, language)[at] for language in ("zh", "en"))
            message = Message(f"缺少“{zh}”", f"“{en}” is missing")
            problems.append(Problem("key.missing", raw.where(dimension), message))
            whole = False
            continue
        part, fault = key_part(dimension, value)
        if fault is not None:
            problems.append(_problem(fault, raw.where(dimension)))
            whole = False
            continue
        row.values[dimension] = part
        row.origins[dimension] = raw.where(dimension)
    if whole and DAY in table.grain.dimensions and int(row.values[DAY][4:6]) != row.values[MONTH]:
        day, month = row.values[DAY], row.values[MONTH]
        message = Message(f"日期 {day} 不在{month}月", f"the day {day} is not in month {month}")
        problems.append(Problem("key.day", raw.where(DAY), message))
        whole = False
    return tuple([row.values[name] for name in table.grain.dimensions]) if whole else None


def _value(
    rules: RuleSet, one: Input, raw: RawRow, row: Row, problems: list[Problem], *, filled: bool
) -> None:
    if not filled:
        if is_mandatory(one):
            message = Message(f"缺少“{one.zh}”", f"“{one.en}” is missing")
            problems.append(Problem("cell.missing", raw.where(one.name), message))
        return
    value, fault = parse(rules, one, raw.values[one.name])
    place = raw.where(one.name)
    if fault is not None:
        named = Fault(
            fault.code,
            Message(f"“{one.zh}”{fault.message.zh}", f"“{one.en}”: {fault.message.en}"),
            fault.expected,
        )
        problems.append(_problem(named, place))
        return
    row.values[one.name] = value
    row.origins[one.name] = place


def _problem(fault: Fault, place: Origin) -> Problem:
    return Problem(fault.code, place, fault.message, fault.expected)


def _twice(table: Table, key: Key, place: Origin, first: Origin) -> Problem:
    zh, en = (key_text(key, table.grain, language) for language in ("zh", "en"))
    if not key:
        return Problem("key.twice", place, Message("只能有一行", "only one row is allowed"))
    if table.grain.monthly:
        return Problem(
            "key.month_twice",
            place,
            Message(f"{zh} 填了两次，第一次在 {first}", f"{en} stands twice, first at {first}"),
            Message("每月一行", "one row a month"),
        )
    return Problem(
        "key.twice",
        place,
        Message(f"“{zh}”重复，第一次在 {first}", f"“{en}” stands twice, first at {first}"),
        Message("名称各不相同", "a name of its own for each row"),
    )


def _once(table: Table, key: Key, place: Origin, found: _Checked, problems: list[Problem]) -> None:
    """Tell what stands in two places at once, such as a furnace in two processes."""
    at = table.grain.dimensions.index(table.once)
    first = next((other for other in found.places if other[at] == key[at]), None)
    if first is None:
        return
    names = [(key_text(other[:at], table.grain), found.places.get(other, place)) for other in (first, key)]
    (other, there), (here, _) = names
    problems.append(
        Problem(
            "key.elsewhere",
            place,
            Message(
                f"“{key[at]}”同时属于“{other}”（{there}）和“{here}”",
                f"“{key[at]}” belongs to “{other}” ({there}) and to “{here}”",
            ),
            Message("只属于其中一处", "belongs to one of them"),
        )
    )


def _check_parents(rules: RuleSet, checked: Mapping[str, _Checked], problems: list[Problem]) -> None:
    """Each row of a finer table needs the row it belongs to in the coarser ones; told once a missing row."""
    told: set[tuple[str, Key]] = set()
    for child in sorted(checked.values(), key=lambda one: len(one.table.grain.dimensions)):
        for parent in rules.tables:
            if not _is_parent(parent, child.table):
                continue
            known = checked[parent.name].rows
            for key, place in child.places.items():
                wanted = child.table.grain.project(key, parent.grain)
                if wanted in known or (parent.name, wanted) in told:
                    continue
                told.add((parent.name, wanted))
                if not _already(parent, wanted, checked, told, rules):
                    problems.append(_orphan(parent, wanted, place, known))


def _is_parent(parent: Table, child: Table) -> bool:
    if parent is child or parent.optional or not parent.grain.dimensions:
        return False
    return child.grain.sees(parent.grain) and len(child.grain.dimensions) > len(parent.grain.dimensions)


def _already(
    parent: Table, wanted: Key, checked: Mapping[str, _Checked], told: set[tuple[str, Key]], rules: RuleSet
) -> bool:
    """Say whether a still coarser row is missing and told: then this one need not be told too."""
    return any(
        (coarser.name, parent.grain.project(wanted, coarser.grain)) in told
        for coarser in rules.tables
        if _is_parent(coarser, parent) and checked[coarser.name] is not None
    )


def _orphan(parent: Table, wanted: Key, place: Origin, known: Mapping[Key, Row]) -> Problem:
    grain: Grain = parent.grain
    zh, en = (key_text(wanted, grain, language) for language in ("zh", "en"))
    if grain.monthly:  # the names are right, a month is not there: what needs it waits
        message = Message(f"《{parent.zh}》中缺少“{zh}”一行", f"“{parent.en}” lacks the row “{en}”")
        return Problem("row.missing", place, message)
    several = "、".join(key_text(key, grain) for key in list(known)[:10]) or "（无）"
    return Problem(
        "key.unknown",
        place,
        Message(f"《{parent.zh}》中没有“{zh}”", f"there is no “{en}” in “{parent.en}”"),
        Message(f"《{parent.zh}》中的一行：{several}", f"a row of “{parent.en}”: {several}"),
    )
