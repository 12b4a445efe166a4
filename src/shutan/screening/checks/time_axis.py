"""STR-04: months without gaps, dates within their month, nothing running out of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from shutan.kernel import Member, Row, Table
from shutan.kernel.grain import DAY, MONTH, Key
from shutan.screening.case import Case
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, Subject, check
from shutan.screening.sectors import sector

SPARSE = ("fuel", "flow", "sample", DAY)  # what need not occur in every month
YEAR = range(1, 13)


@check("STR-04", raw=True)
def gap_or_overlap(case: Case) -> Iterator[Hit]:
    """A month is missing or is none, a date lies elsewhere, something runs before commissioning or after closing."""
    for table in case.frames.rules.tables:
        if table.grain.monthly:
            rows = dict(case.frames.table_rows(table))
            yield from _no_months(table, rows)
            good = {key: row for key, row in rows.items() if _month(table, key) in YEAR}
            case.judged += len(rows)
            if not table.optional:
                yield from _gaps(case, table, good)
            yield from _out_of_service(case, table, good)
            yield from _dates_elsewhere(case, table, good)
            yield from _days_elsewhere(case, table, good)
    yield from _closed_before_commissioned(case)


def _month(table: Table, key: Key) -> int | None:
    text = str(key[table.grain.dimensions.index(MONTH)])
    return int(text) if text.isdecimal() else None


def _no_months(table: Table, rows: dict[Key, Row]) -> Iterator[Hit]:
    for key in rows:
        if _month(table, key) not in YEAR:
            yield Hit(
                Subject(table.grain, key),
                Words(
                    f"{table.zh}：月份“{key[table.grain.dimensions.index(MONTH)]}”不是 1–12。请更正",
                    f"{table.en}: “{key[table.grain.dimensions.index(MONTH)]}” is not a month from 1 to 12. Correct it",
                ),
            )


def _service(case: Case, unit: object) -> range:
    """Return the months of the year in which a unit was in service, at least for a part."""
    first, last = 1, 12
    row = _unit_row(case, unit)
    start, end = _day(row, "commissioned_on"), _day(row, "closed_on")
    if start is not None and start.year >= case.year:
        first = start.month if start.year == case.year else 13
    if end is not None and end.year <= case.year:
        last = end.month if end.year == case.year else 0
    return range(first, last + 1)


def _unit_row(case: Case, unit: object) -> Row | None:
    for table in case.frames.rules.tables:
        if any(one.name == "commissioned_on" for one in table.inputs):
            return case.frames.table_rows(table).get((unit,))
    return None


def _day(row: Row | None, name: str) -> dt.date | None:
    value = None if row is None else row.values.get(name)
    return value if isinstance(value, dt.date) else None


def _stopped(case: Case, unit: object) -> set[int]:
    """Return the months that are marked as stopped."""
    found = set()
    for table in case.frames.rules.tables:
        if any(one.name == "operating_status" for one in table.inputs):
            for key, row in case.frames.table_rows(table).items():
                status = row.values.get("operating_status")
                month = _month(table, key)
                if key[0] == unit and isinstance(status, Member) and status.key == "STOPPED" and month:
                    found.add(month)
    return found


def _gaps(case: Case, table: Table, rows: dict[Key, Row]) -> Iterator[Hit]:
    dimensions = tuple(name for name in table.grain.dimensions if name != MONTH and name not in SPARSE)
    at = [table.grain.dimensions.index(name) for name in dimensions]
    present: dict[Key, set[int]] = {}
    for other in case.frames.rules.tables:  # a unit without a single row is missing all its months
        if other.grain.dimensions == dimensions and dimensions:
            present.update({key: set() for key in case.frames.table_rows(other)})
    for key in rows:
        present.setdefault(tuple(key[index] for index in at), set()).add(_month(table, key) or 0)
    statuses = any(one.name == "operating_status" for one in table.inputs)
    for key, months in present.items():
        unit = key[0] if key else None
        expected = set(_service(case, unit)) - (set() if statuses else _stopped(case, unit))
        absent = sorted(expected - months)
        if absent:
            grain = next(one for one in case.frames.rules.grains if one.dimensions == dimensions)
            where = Subject(grain, key).words
            listed = "、".join(map(str, absent))
            yield Hit(
                Subject(grain, key),
                Words(
                    f"{table.zh}：{where.zh} 缺少 {listed} 月。请补填；停产月份填 0 并标明停运，年中投产或关停请填写日期",
                    f"{table.en}: {where.en} has no month {', '.join(map(str, absent))}. Add them: 0 and the status "
                    "where stopped, the date where commissioned or closed within the year",
                ),
            )


def _out_of_service(case: Case, table: Table, rows: dict[Key, Row]) -> Iterator[Hit]:
    roles = sector(case.frames.rules)
    active = [one.name for one in table.inputs if one.name in roles.activity]
    if not active or "unit" not in table.grain.dimensions:
        return
    at = table.grain.dimensions.index("unit")
    for key, row in rows.items():
        if _month(table, key) in _service(case, key[at]):
            continue
        running = [name for name in active if isinstance(one := row.values.get(name), Decimal) and one > 0]
        if running:
            subject = Subject(table.grain, key)
            label = case.label(running[0])
            yield Hit(
                subject,
                Words(
                    f"{table.zh}：{subject.words.zh} 在投产前或关停后填有“{label.zh}”。请核对日期或数值",
                    f"{table.en}: {subject.words.en} has “{label.en}” before commissioning or after closing. "
                    "Check the date or the figure",
                ),
                tuple((name, key) for name in running),
            )


def _dates_elsewhere(case: Case, table: Table, rows: dict[Key, Row]) -> Iterator[Hit]:
    roles = sector(case.frames.rules)
    dated = [one.name for one in table.inputs if one.name in roles.dated]
    for name in dated:
        for key, row in rows.items():
            day = _day(row, name)
            if day is not None and (day.year, day.month) != (case.year, _month(table, key)):
                subject, label = Subject(table.grain, key), case.label(name)
                yield Hit(
                    subject,
                    Words(
                        f"{table.zh}：{subject.words.zh} 的“{label.zh}”为 {day}，不在该月内。请更正",
                        f"{table.en}: “{label.en}” of {subject.words.en} is {day}, outside the month. Correct it",
                    ),
                    ((name, key),),
                )


def _days_elsewhere(case: Case, table: Table, rows: dict[Key, Row]) -> Iterator[Hit]:
    """A row of a day says the day of another month or year."""
    if DAY not in table.grain.dimensions:
        return
    at = table.grain.dimensions.index(DAY)
    for key in rows:
        if str(key[at])[:6] != f"{case.year}{_month(table, key):02d}":
            subject = Subject(table.grain, key)
            yield Hit(
                subject,
                Words(
                    f"{table.zh}：{subject.words.zh} 的日期不在该月内。请更正",
                    f"{table.en}: the day of {subject.words.en} is outside the month. Correct it",
                ),
            )


def _closed_before_commissioned(case: Case) -> Iterator[Hit]:
    for table in case.frames.rules.tables:
        if not any(one.name == "commissioned_on" for one in table.inputs):
            continue
        for key, row in case.frames.table_rows(table).items():
            start, end = _day(row, "commissioned_on"), _day(row, "closed_on")
            if start is not None and end is not None and end < start:
                subject = Subject(table.grain, key)
                yield Hit(
                    subject,
                    Words(
                        f"{table.zh}：{subject.words.zh} 的关停日期 {end} 早于投产日期 {start}。请更正",
                        f"{table.en}: {subject.words.en} closed on {end}, before it was commissioned on {start}. "
                        "Correct it",
                    ),
                    (("commissioned_on", key), ("closed_on", key)),
                )
