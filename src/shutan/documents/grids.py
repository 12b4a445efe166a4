"""The declared tables of a report, laid out as grids of words and values: what workbook and PDF have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from shutan.documents.wording import dimension_labels, key_text, label_of, pick, say, unit_names, unit_text
from shutan.kernel import Choices, Grain, Number, Result, Waiting
from shutan.kernel.explain import status_of
from shutan.kernel.grain import MONTH, Key, last_day
from shutan.kernel.report import Line, ListTable, MonthTable, Report, ReportTable, RowTable
from shutan.kernel.spread import choice_at


@dataclass(frozen=True)
class Slot:
    """A place in a grid that shows one value of the result."""

    name: str
    key: Key


@dataclass(frozen=True)
class Grid:
    """One table as it is printed: heads, rows of words and slots. `words` is how many columns on the left are words."""

    number: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Slot, ...], ...]
    words: int
    block: str = ""  # the row of the block's grain: a generating unit
    note: str = ""
    clause: str = ""
    wide: bool = field(default=False)


def grids(result: Result, report: Report, language: str = "zh") -> list[Grid]:
    """Lay out every table of a report whose clause is in force; names without a rule in the year are left out."""
    found: list[Grid] = []
    for table in report.tables:
        clause = result.rules.clauses.get(table.clause)
        if clause is not None and not clause.holds(last_day(result.year)):
            continue
        found += [grid for grid in _grids(result, table, language) if grid.rows]
    return found


def _grids(result: Result, table: ReportTable, language: str) -> Iterator[Grid]:
    if isinstance(table, MonthTable):
        for key in result.keys(table.block):
            yield _month_grid(result, table, key, language)
    elif isinstance(table, ListTable):
        yield _list_grid(result, table, language)
    else:
        yield _row_grid(result, table, language)


def _list_grid(result: Result, table: ListTable, language: str) -> Grid:
    keys = result.keys(table.grain) if table.grain in result.rules.grains else []
    names = [name for name in table.names if result.has(name)]
    heads = tuple(key_text(key, table.grain, language) or say(language, "内容", "value") for key in keys)
    rows: tuple[tuple[str | Slot, ...], ...] = tuple(
        (
            label_of(result.rules, name, language),
            unit_of(result, name, None, language),
            *(Slot(name, _at(result, name, table.grain, key)) for key in keys),
        )
        for name in names
    )
    left = (say(language, "项目", "item"), say(language, "单位", "unit"))
    return _made(table, language, (*left, *heads), rows if keys else (), 2)


def _row_grid(result: Result, table: RowTable, language: str) -> Grid:
    names = [name for name in table.names if result.has(name)]
    dimensions = dimension_labels(result.rules, language)
    left = tuple(dimensions.get(name, name) for name in table.grain.dimensions)
    heads = tuple(_head(result, name, language) for name in names)
    rows: tuple[tuple[str | Slot, ...], ...] = tuple(
        (
            *(_part(table.grain, at, part, language) for at, part in enumerate(key)),
            *(Slot(name, _at(result, name, table.grain, key)) for name in names),
        )
        for key in result.keys(table.grain)
    )
    return _made(table, language, (*left, *heads), rows if names else (), len(left), wide=len(heads) > 6)  # noqa: PLR2004


def _month_grid(result: Result, table: MonthTable, key: Key, language: str) -> Grid:
    lines = [one for one in table.lines if any(name and result.has(name) for name in (one.month, one.year))]
    rows: list[tuple[str | Slot, ...]] = []
    for extra, together in groupby(lines, key=lambda line: _extra(result, table, line)):
        some = list(together)
        for part in _extra_keys(result, table.block, key, extra):
            rows += [
                _month_row(result, table, line, {**part, **_known(table.block, key)}, language)
                for line in some
            ]
    months = tuple(say(language, f"{month}月", str(month)) for month in range(1, 13))
    heads = (
        say(language, "代号", "code"), say(language, "项目", "item"), say(language, "单位", "unit"),
        *months, say(language, "全年", "year"),
    )  # fmt: skip
    return _made(
        table, language, heads, tuple(rows), 3, block=key_text(key, table.block, language), wide=True
    )


def _month_row(
    result: Result, table: MonthTable, line: Line, known: dict[str, object], language: str
) -> tuple[str | Slot, ...]:
    main = line.month if line.month and result.has(line.month) else line.year
    label = pick(line.label, language) if line.label else label_of(result.rules, main, language)
    beside = [str(part) for name, part in known.items() if name not in table.block.dimensions]
    if beside:
        label = say(language, f"{label}（{'、'.join(beside)}）", f"{label} ({', '.join(beside)})")
    cells: list[str | Slot] = []
    unit = ""
    for month in range(1, 13):
        slot = _slot(result, line.month, {**known, MONTH: month})
        if isinstance(slot, Slot) and not unit:
            unit = unit_of(result, slot.name, slot.key, language)
        cells.append(slot)
    year = _slot(result, line.year, known)
    if isinstance(year, Slot) and not unit:
        unit = unit_of(result, year.name, year.key, language)
    return (line.code, label, unit, *cells, year)


def _slot(result: Result, name: str, known: dict[str, object]) -> str | Slot:
    """Return the value's place, or nothing where there is no such row."""
    if not name or not result.has(name):
        return ""
    grain = result.rules.grain_of(name)
    try:
        key = tuple(known[dimension] for dimension in grain.dimensions)
        result.row(grain, key)
    except KeyError:
        return ""
    return Slot(name, key)


def _known(grain: Grain, key: Key) -> dict[str, object]:
    return dict(zip(grain.dimensions, key, strict=True))


def _extra(result: Result, table: MonthTable, line: Line) -> tuple[str, ...]:
    """Return the dimensions a line has beside those of the block and the month."""
    name = line.month if line.month and result.has(line.month) else line.year
    dimensions = result.rules.grain_of(name).dimensions
    return tuple(one for one in dimensions if one != MONTH and one not in table.block.dimensions)


def _extra_keys(result: Result, block: Grain, key: Key, extra: tuple[str, ...]) -> list[dict[str, object]]:
    if not extra:
        return [{}]
    wanted = {*block.dimensions, *extra}
    own = _known(block, key)
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for grain in result.rules.grains:
        if not wanted <= set(grain.dimensions):
            continue
        for row in result.keys(grain):
            parts = _known(grain, row)
            if all(parts[name] == value for name, value in own.items()):
                found.setdefault(tuple(parts[name] for name in extra), {name: parts[name] for name in extra})
    return list(found.values())


def _at(result: Result, name: str, grain: Grain, key: Key) -> Key:
    """Return the key of a value a row of `grain` sees.

    Raises:
        ValueError: the table declares a name that is finer than its rows.
    """
    own = result.rules.grain_of(name)
    if not grain.sees(own):
        raise ValueError(f"a report table per {grain.name} shows {name}, which is per {own.name}")
    return grain.project(key, own)


def _head(result: Result, name: str, language: str) -> str:
    unit = unit_of(result, name, None, language)
    label = label_of(result.rules, name, language)
    return (
        f"{label}（{unit}）" if unit and language.startswith("zh") else f"{label} ({unit})" if unit else label
    )


def _part(grain: Grain, at: int, part: object, language: str) -> str:
    return say(language, f"{part}月", str(part)) if grain.dimensions[at] == MONTH else str(part)


def _made(
    table: ReportTable,
    language: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str | Slot, ...], ...],
    words: int,
    *,
    block: str = "",
    wide: bool = False,
) -> Grid:
    note = pick(table.note, language) if table.note else ""
    title = table.zh if language.startswith("zh") else table.en
    return Grid(table.number, title, heads, rows, words, block, note, table.clause, wide)


def unit_of(result: Result, name: str, key: Key | None, language: str = "zh") -> str:
    """Return the unit of a value; with a key the one its row really has."""
    rules = result.rules
    unit = rules.unit_of(name)
    by = unit_names(rules, unit)
    return unit_text(rules, unit, language, choice_at(result, by, name, key) if by else None)


def places_of(result: Result, name: str, key: Key) -> int | None:
    """Return to how many decimals a value is given; None where nothing rounds it."""
    declared = result.rules.inputs.get(name)
    if isinstance(declared, Number):
        return declared.places
    made = result.version(name, key) if name in result.rules.rules else None
    if made is None or made.places is None or isinstance(made.unit, Choices):
        return None
    if isinstance(made.places, int):
        return made.places
    record = result.parameter(made.places, made.grain, key)
    return None if isinstance(record, Waiting) or record.value is None else int(record.value)


def is_unconfirmed(result: Result, slot: Slot) -> bool:
    """Say whether a value rests on a parameter that is not seen in the regulation's own text."""
    if slot.name not in result.rules.rules:
        return False
    return status_of(result, slot.name, slot.key) not in ("official", "waiting")
