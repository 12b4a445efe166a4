"""The plant's own sheets (DCS, LIMS, ledgers): columns become the month's figures as a saved mapping says.

A sheet has a row of heads and below it a row a day, shift or batch. What many rows become is not decided here: an amount
adds up, and a quality is weighed by what the rule set itself weighs it by when months become a year. A figure whose column
has a fault is not made at all, for a sum without a day is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from shutan.apps.common import rowbook
from shutan.apps.common.files import Upload, faults
from shutan.apps.common.language import language
from shutan.apps.common.rowbook import Fault
from shutan.apps.filing import units
from shutan.apps.filing.sheets import ADDS_UP
from shutan.documents.safety import LARGEST_FILE
from shutan.documents.values import decimal_of
from shutan.documents.wording import label_of
from shutan.kernel import Number, RuleSet
from shutan.kernel.rules import Aggregation, Total

KINDS = ("xlsx", "csv")
MOST_ROWS, MOST_COLUMNS = 5000, 200
SENTINELS = ("9999", "-9999")  # what control systems write where they have no value
_SUMS = ("合计", "总计", "小计", "累计", "平均", "均值", "total", "sum", "average", "mean")
_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Target:
    """A cell of a month that a sheet may fill."""

    table: str
    key: tuple[str, ...]
    variable: str


@dataclass(frozen=True)
class Column:
    """A column of the plant's sheet, by its head: which cell it fills and in which unit it is written."""

    head: str
    target: Target
    unit: str = ""


@dataclass(frozen=True)
class Layout:
    """How a sheet is read; kept by name and used again next month.

    Args:
        sheet: its title; '' is the first one.
        header: number of the row of heads, from 1.
        day: head of the column that says the day; '' where every row belongs to the month.
        columns: what is taken.
        sentinels: figures that stand for no value.
    """

    sheet: str = ""
    header: int = 1
    day: str = ""
    columns: tuple[Column, ...] = ()
    sentinels: tuple[str, ...] = SENTINELS

    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Layout:
        """From what was kept.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        columns = tuple(
            Column(
                str(one["head"]),
                Target(
                    str(one["target"]["table"]),
                    tuple(str(part) for part in one["target"]["key"]),
                    str(one["target"]["variable"]),
                ),
                str(one.get("unit", "")),
            )
            for one in kept["columns"]
        )
        sentinels = tuple(str(one) for one in kept.get("sentinels", SENTINELS))
        return cls(str(kept["sheet"]), int(kept["header"]), str(kept.get("day", "")), columns, sentinels)


@dataclass
class Figure:
    """What a column becomes: its value, None where it cannot be said; out of how many rows, and how."""

    column: Column
    value: Decimal | None
    rows: int
    how: str  # one | total | mean | weighted | unknown
    weight: str = ""  # the variable it is weighed by


@dataclass
class _Read:
    """A column as it was read: figures by row, None where a cell is empty; whether a cell of it is at fault."""

    at: int
    values: dict[int, Decimal | None] = field(default_factory=dict)
    broken: bool = False


@dataclass
class Gathered:
    """What a sheet says of a month."""

    figures: list[Figure] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # rows of other months, of sums: `row 33: 合计`
    days: int = 0


Rows = Sequence[Sequence[Any]]


def opened(upload: Upload) -> tuple[dict[str, Rows], list[Fault]]:
    """The sheets of an upload by title, a CSV's is ''; or why it cannot be read."""
    if said := faults(upload, KINDS, largest=LARGEST_FILE):
        return {}, [Fault("", one) for one in said]
    if Path(upload.name).suffix.lower() == ".csv":
        lines, wrong = rowbook.open_csv(upload.content)
        return ({} if wrong else {"": lines}), wrong
    sheets, wrong = rowbook.open_book(upload.content)
    return dict(sheets), wrong


def heads(rows: Rows, header: int) -> list[str]:
    """The heads of a sheet, as they are matched: one line, no double spaces."""
    line = rows[header - 1] if 0 < header <= len(rows) else ()
    return [_head(one) for one in line[:MOST_COLUMNS]]


def _head(cell: Any) -> str:
    return " ".join(str("" if cell is None else cell).split())[:100]


def likely_header(rows: Rows) -> int:
    """The row that looks most like heads: of the first twenty the one with most texts that are no numbers."""
    counted = [
        sum(
            bool(_head(cell)) and decimal_of(cell)[0] is None and not _is_day(cell)
            for cell in row[:MOST_COLUMNS]
        )
        for row in rows[:20]
    ]
    return counted.index(max(counted)) + 1 if counted else 1


def gather(
    rows: Rows, layout: Layout, rules: RuleSet, wanted: Mapping[Target, str], period: tuple[int, int]
) -> Gathered:
    """Read a sheet as a layout says.

    Args:
        rows: the sheet.
        layout: how it is read.
        rules: of the book.
        wanted: the cells of the month that take a figure, with the unit that is asked for.
        period: year and month.
    """
    found = Gathered()
    named = heads(rows, layout.header)
    places = {head: at for at, head in reversed(list(enumerate(named))) if head}
    for head in (layout.day, *(one.head for one in layout.columns)):
        if head and head not in places:
            found.faults.append(Fault("", _("The sheet has no column “%(head)s”.") % {"head": head}))
    taken = list(_rows_of(rows, layout, places, period, found))
    columns = [one for one in layout.columns if one.head in places and one.target in wanted]
    for one in layout.columns:
        if one.target not in wanted:
            told = {"head": one.head, "name": one.target.variable}
            found.faults.append(Fault("", _("“%(head)s”: the month has no row for %(name)s.") % told))
    read = {
        one.target: _column(
            taken, places[one.head], one, wanted=wanted[one.target], layout=layout, found=found
        )
        for one in columns
    }
    for one in columns:
        found.figures.append(_made(one, read, rules, found))
    found.faults = list(dict.fromkeys(found.faults))  # an empty weight is one fault, whoever is weighed by it
    return found


def _rows_of(
    rows: Rows, layout: Layout, places: Mapping[str, int], period: tuple[int, int], found: Gathered
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows that belong to the month, with their numbers."""
    seen: set[dt.date] = set()
    for number, row in enumerate(rows[layout.header :], start=layout.header + 1):
        if all(_head(cell) == "" for cell in row):
            continue
        if number > MOST_ROWS:
            found.faults.append(
                Fault(f"A{number}", _("At most %(n)s lines are read at once.") % {"n": MOST_ROWS})
            )
            return
        if said := next((text for cell in row if (text := _head(cell)).casefold().startswith(_SUMS)), ""):
            found.left_out.append(f"{number}: {said}")
            continue
        if layout.day in places:
            cell = row[places[layout.day]] if places[layout.day] < len(row) else ""
            day = _day(cell, period)
            if day is None:
                place = f"{xl_col_to_name(places[layout.day])}{number}"
                told = _("“%(cell)s” is not a day") % {"cell": _head(cell)}
                found.faults.append(Fault(place, told, "2026-03-01"))
                continue
            if (day.year, day.month) != period:
                found.left_out.append(f"{number}: {day}")
                continue
            seen.add(day)
        yield number, row
    found.days = len(seen)


def _is_day(cell: Any) -> bool:
    return isinstance(cell, dt.date) or bool(_DAY.fullmatch(str(cell)))


def _day(cell: Any, period: tuple[int, int]) -> dt.date | None:
    """A day as sheets write it; one without a year or month is of the period's."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    year, month = period
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if alone := re.fullmatch(r"(\d{1,2})(?:\.0)?\s*日?", text):
        parts: tuple[int, int, int] = (year, month, int(alone[1]))
    elif packed := _PACKED.fullmatch(text.removesuffix(".0")):
        parts = (int(packed[1]), int(packed[2]), int(packed[3]))
    elif told := _DAY.fullmatch(text):
        parts = (int(told[1] or year), int(told[2]), int(told[3]))
    else:
        return None
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _column(
    rows: Sequence[tuple[int, Sequence[Any]]],
    at: int,
    column: Column,
    *,
    wanted: str,
    layout: Layout,
    found: Gathered,
) -> _Read:
    """The figures of a column by row, in the unit that is asked for."""
    read = _Read(at)
    times = units.factor(column.unit, wanted)
    if times is None:
        told = {"head": column.head, "unit": column.unit, "wanted": wanted}
        found.faults.append(Fault("", _("“%(head)s”: no way is known from %(unit)s to %(wanted)s.") % told))
        read.broken = True
        return read
    none = {decimal_of(one)[0] for one in layout.sentinels}
    for number, row in rows:
        cell = row[at] if at < len(row) else ""
        place = f"{xl_col_to_name(at)}{number}"
        if cell is None or str(cell).strip() in ("", "-", "—", "/"):
            read.values[number] = None
            continue
        value, wrong = decimal_of(cell)
        if wrong is not None or value is None:
            found.faults.append(Fault(place, getattr(wrong[1], language()) if wrong else "", _("a number")))
            read.broken = True
        elif value in none:
            told_none = _("%(value)s stands for no value") % {"value": _head(cell)}
            found.faults.append(Fault(place, told_none, _("a number that was measured, or an empty cell")))
            read.broken = True
        else:
            read.values[number] = value * times
    return read


def how_of(rules: RuleSet, variable: str) -> Aggregation | None:
    """How many figures of an input become one: as the rule set makes a year of months; None where it says nothing."""
    names = (variable.removesuffix("_reported"), variable)
    for made in (version for versions in rules.rules.values() for version in versions):
        for one in made.arguments:
            how = one.aggregation
            if one.name in names and how and how.how in ("total", "mean") and not made.grain.monthly:
                return how
    declared = rules.inputs[variable]
    return Total if isinstance(declared, Number) and declared.unit in ADDS_UP else None


def _made(column: Column, read: Mapping[Target, _Read], rules: RuleSet, found: Gathered) -> Figure:
    """One figure of a column."""
    target, own = column.target, read[column.target]
    one, rows = rules.inputs[target.variable], len(own.values)
    how = how_of(rules, target.variable)
    if rows <= 1:
        way, weight = "one", ""
    else:
        way = "unknown" if how is None else "weighted" if how.weight else how.how
        weight = how.weight or "" if how else ""
    made = Figure(column, None, rows, way, weight)
    if way == "unknown":
        told = _("“%(head)s”: the rules do not say what %(n)s rows of it become; give one row for the month.")
        found.faults.append(Fault("", told % {"head": column.head, "n": rows}))
    if way == "unknown" or own.broken or not rows:
        return made
    if way == "weighted":
        by = next(
            (
                read[place]
                for name in (weight, f"{weight}_reported")
                if (place := replace(target, variable=name)) in read
            ),
            None,
        )
        if by is None:
            told = _("“%(head)s” is weighed by %(weight)s: its column is needed too.")
            found.faults.append(Fault("", told % {"head": column.head, "weight": _called(rules, weight)}))
            return made
        weights, usable, by_at = by.values, not by.broken, by.at
    else:
        weights, usable, by_at = dict.fromkeys(own.values, Decimal(1)), True, own.at
    pairs = []
    for number, value in own.values.items():
        times = weights.get(number)
        if times == 0 or (times is None and value is None):
            continue
        if value is None or times is None:
            cell = f"{xl_col_to_name(own.at if value is None else by_at)}{number}"
            found.faults.append(Fault(cell, _("the cell is empty"), _("a number; 0 where it is none")))
            usable = False
            continue
        pairs.append((value, times))
    if usable and pairs:
        made.value = _joined(pairs, way, one.places if isinstance(one, Number) else 0)
    return made


def _joined(pairs: Sequence[tuple[Decimal, Decimal]], way: str, places: int) -> Decimal | None:
    """The sum or the weighted mean, rounded half up to the decimals of the input."""
    with localcontext() as exact:
        exact.prec = 50
        total = sum((value * times for value, times in pairs), Decimal(0))
        weight = sum((times for _value, times in pairs), Decimal(0))
        if way in ("mean", "weighted"):
            if weight == 0:
                return None
            total /= weight
        return total.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _called(rules: RuleSet, name: str) -> str:
    known = name if name in rules.inputs or name in rules.rules else f"{name}_reported"
    return label_of(rules, known, language())
