"""STR-01 and STR-03: every cell that must be there, once."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from shutan.kernel import Grain, Reason, Row, Table, Waiting
from shutan.kernel.evaluate import KeyFaultError, table_key
from shutan.kernel.grain import DAY, MONTH, Key
from shutan.kernel.inputs import Input
from shutan.screening.case import Case
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Hit, Subject, check
from shutan.screening.sectors import sector

DETAILS = (
    MONTH,
    DAY,
    "sample",
)  # dimensions over which the empty cells of one column are told in one finding


def whole(grain: Grain, key: Key, case: Case) -> Subject:
    """Return what rows of many months or samples have in common, such as one fuel of one unit."""
    kept = tuple(name for name in grain.dimensions if name not in DETAILS)
    for coarser in case.frames.rules.grains:
        if coarser.dimensions == kept:
            return Subject(coarser, grain.project(key, coarser))
    return Subject(grain, key)


def months_of(grain: Grain, keys: Iterable[Key]) -> Words:
    """Say which months some rows are of, and how many rows there are where that is more."""
    keys = list(keys)
    months = sorted({month for key in keys if (month := grain.month(key)) is not None})
    if not months:
        return Words("", "")
    rows = len(keys)
    zh, en = "、".join(map(str, months)) + " 月", "month " + ", ".join(map(str, months))
    if rows > len(months):
        return Words(f"（{zh}，共 {rows} 行）", f" ({en}, {rows} rows)")
    return Words(f"（{zh}）", f" ({en})")


def is_empty(value: object) -> bool:
    """Say whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def mandatory(one: Input) -> bool:
    """Say whether a cell of a column must be filled whatever else is."""
    return not one.optional and one.default is None


@check("STR-01", raw=True)
def mandatory_field_missing(case: Case) -> Iterator[Hit]:
    """A mandatory cell is empty, a row is missing, or a result that is filed waits for an input."""
    yield from _rows_without_key(case)
    yield from _rows_missing(case)
    empty = _empty_cells(case)
    roles = sector(case.frames.rules)
    weights: dict[tuple[str, Subject], Severity] = {}
    for names, severity in ((roles.filed, None), (roles.used, Severity.HIGH)):
        for name, key in _awaited(case, names):
            column = name, whole(case.grain(name), key, case)
            if severity is not None and not empty[column]:
                weights[column] = severity
            if key not in empty[column]:
                empty[column].append(key)
    for (name, subject), keys in empty.items():
        yield _empty(case, name, subject, keys, weights.get((name, subject)))


def _empty_cells(case: Case) -> dict[tuple[str, Subject], list[Key]]:
    """Return the rows of each column in which a mandatory cell is empty."""
    empty: dict[tuple[str, Subject], list[Key]] = defaultdict(list)
    for table in case.frames.rules.tables:
        must = [one for one in table.inputs if mandatory(one)]
        for key, row in case.frames.table_rows(table).items():
            case.judged += len(must)
            for one in must:
                if is_empty(row.values.get(one.name)):
                    empty[one.name, whole(table.grain, key, case)].append(key)
    return empty


def _empty(case: Case, name: str, subject: Subject, keys: list[Key], severity: Severity | None) -> Hit:
    table = case.frames.rules.input_table[name]
    label, when, where = case.label(name), months_of(table.grain, keys), subject.words
    return Hit(
        subject,
        Words(
            f"{table.zh}：{where.zh} 的“{label.zh}”没有填写{when.zh}。请填入数值；停产或未使用填 0",
            f"{table.en}: “{label.en}” of {where.en} is empty{when.en}. Fill it in; 0 where stopped or not used",
        ),
        tuple((name, key) for key in keys),
        severity=severity,
    )


def _awaited(case: Case, names: Iterable[str]) -> Iterator[tuple[str, Key]]:
    """Yield the cells for which results wait; a cell in a row that is not there is a matter of the time axis."""
    found: dict[tuple[str, Key], None] = {}
    known = [name for name in names if case.has(name)]
    for name in sorted(known, key=lambda one: -len(case.grain(one).dimensions)):
        grain = case.grain(name)
        for at, value in zip(case.frames.keys(grain), case.frames.exact(name, grain), strict=True):
            for reason in value.reasons if isinstance(value, Waiting) else ():
                if reason.kind == "input":
                    found.update(dict.fromkeys(_cells(case, reason, grain, at, found)))
    yield from (one for one in found if _has_row(case, *one))


def _cells(
    case: Case, reason: Reason, grain: Grain, at: Key, found: Container[tuple[str, Key]]
) -> list[tuple[str, Key]]:
    """Return the cells that a reason means. One without a key means a column that nobody filled in.

    Then it is the rows below the value that waits in which a rule takes the column; none, where a value of a finer
    grain, seen before, has told them already.
    """
    own = case.grain(reason.name)
    if len(reason.key) == len(own.dimensions):
        return [(reason.name, reason.key)]
    shared = [name for name in own.dimensions if name in grain.dimensions]
    wanted = [at[grain.dimensions.index(name)] for name in shared]
    places = [own.dimensions.index(name) for name in shared]
    below = [key for key in case.frames.keys(own) if [key[place] for place in places] == wanted]
    if any((reason.name, key) in found for key in below):
        return []
    taken = _taken(case, reason.name)
    return [(reason.name, key) for key in below if key in taken]


def _taken(case: Case, name: str) -> set[Key]:
    """Return the rows of an input in which a rule that takes it directly waits."""
    own, found = case.grain(name), set()
    for other in case.frames.rules.order:
        if not case.has(other):
            continue
        grain = case.grain(other)
        for at, value in zip(case.frames.keys(grain), case.frames.exact(other, grain), strict=True):
            made = case.frames.result.version(other, at) if case.frames.result else None
            if made is None or not isinstance(value, Waiting) or not grain.sees(own):
                continue
            if any(one.name == name and one.aggregation is None for one in made.arguments):
                found.add(grain.project(at, own))
    return found


def _has_row(case: Case, name: str, key: Key) -> bool:
    return key in case.frames.table_rows(case.frames.rules.input_table[name])


def _rows_without_key(case: Case) -> Iterator[Hit]:
    enterprise = _plant(case)
    for table in case.frames.rules.tables:
        for row in case.frames.data.rows(table.name):
            absent = [name for name in table.grain.dimensions if is_empty(row.values.get(name))]
            if absent:
                place = _place(row)
                labels = [Words(*label.split("|")) for label in table.keys]
                words = dict(zip(table.grain.dimensions, labels, strict=False))
                zh = "、".join(words[name].zh if name in words else name for name in absent)
                en = ", ".join(words[name].en if name in words else name for name in absent)
                yield Hit(
                    enterprise,
                    Words(
                        f"{table.zh}：有一行没有填写{zh}{place.zh}。请填写或删除该行",
                        f"{table.en}: a row has no {en}{place.en}. Fill it in or delete the row",
                    ),
                )


def _rows_missing(case: Case) -> Iterator[Hit]:
    """A unit that burned fuel but stands in no sheet of units."""
    for table in case.frames.rules.tables:
        if table.optional or table.grain.monthly or not any(mandatory(one) for one in table.inputs):
            continue
        rows = case.frames.table_rows(table)
        for key in case.frames.keys(table.grain):
            if key not in rows:
                subject = Subject(table.grain, key)
                yield Hit(
                    subject,
                    Words(
                        f"{table.zh}：缺少 {subject.words.zh} 一行。请补填",
                        f"{table.en}: the row of {subject.words.en} is missing. Add it",
                    ),
                )


@check("STR-03", raw=True)
def duplicate_record(case: Case) -> Iterator[Hit]:
    """Two rows of one table have the same key, or two names differ only in spaces, width or case."""
    for table in case.frames.rules.tables:
        groups: dict[Key, list[Row]] = defaultdict(list)
        for row in case.frames.data.rows(table.name):
            try:
                key = table_key(table, row.values)
            except KeyFaultError:
                continue
            case.judged += 1
            groups[tuple(same_name(part) for part in key)].append(row)
        for rows in groups.values():
            if len(rows) > 1:
                yield _twice(table, rows)


def _twice(table: Table, rows: list[Row]) -> Hit:
    keys = list(dict.fromkeys(table_key(table, row.values) for row in rows))
    subject = Subject(table.grain, keys[0])
    where = subject.words
    places = [str(next(iter(row.origins.values()))) for row in rows if row.origins]
    at = Words(f"（{'、'.join(places)}）", f" ({', '.join(places)})") if places else Words("", "")
    names = "、".join(f"“{Subject(table.grain, key).words.zh}”" for key in keys)
    spelt = Words(f"，写法为 {names}", f", written {names}") if len(keys) > 1 else Words("", "")
    return Hit(
        subject,
        Words(
            f"{table.zh}：{where.zh} 有 {len(rows)} 行{spelt.zh}{at.zh}。请只保留有效的一行",
            f"{table.en}: {where.en} has {len(rows)} rows{spelt.en}{at.en}. Keep the valid one",
        ),
    )


def same_name(part: object) -> object:
    """Return a name as it is compared: without spaces, in one width and case; a month as a number."""
    text = "".join(unicodedata.normalize("NFKC", str(part)).split()).casefold()
    return int(text) if text.isdecimal() else text


def _place(row: Row) -> Words:
    places = [str(origin) for origin in row.origins.values()]
    return Words(f"（{places[0]}）", f" ({places[0]})") if places else Words("", "")


def _plant(case: Case) -> Subject:
    grains = [grain for grain in case.frames.rules.grains if not grain.dimensions]
    return Subject(grains[0] if grains else Grain("enterprise"), ())
