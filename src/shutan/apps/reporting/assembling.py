"""What an annual report takes from the months of its book, and how the two stand to each other since.

A month counts in its newest version that was filed and not returned. A month that was never filed gives nothing:
its cells stay empty until someone files it, or adds the year's own workbook to the draft. What a person added is kept
when the report is put together again, wherever no month says anything itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.filing import queries as filing
from shutan.apps.filing.content import Year, latest
from shutan.apps.filing.models import Book, MonthlyFiling
from shutan.apps.reporting import results, rows
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.documents import wording
from shutan.documents.grids import unit_of
from shutan.documents.json_form import write_data
from shutan.documents.problem import Problem
from shutan.documents.validate import RawRow, validate
from shutan.kernel import Dataset, Origin, Result, Row, RuleSet, Table
from shutan.kernel.difference import same
from shutan.kernel.grain import MONTH
from shutan.kernel.report import Balance as Names
from shutan.rules.registry import rule_set

State = MonthlyFiling.State
COUNTING = (State.SUBMITTED, State.PASSED_CITY, State.ACCEPTED)
MONTHS = range(1, 13)
TAKEN = "month"  # kind of the origin of a value taken from a book
Place = tuple[str, tuple[str, ...], str]  # table, key with the month, input


@dataclass(frozen=True)
class Standing:
    """One month of a book: the version that counts, the newest there is, and what an assembler has to know of them."""

    month: int
    counts: MonthlyFiling | None
    newest: MonthlyFiling | None

    @property
    def said(self) -> str:
        """`missing`, `not_filed`, `returned`, `in_correction`, or nothing."""
        if self.newest is None:
            return "missing"
        if self.newest == self.counts:
            return ""
        if self.newest.state == State.RETURNED:
            return "returned"
        return "in_correction" if self.counts or self.newest.previous_id else "not_filed"


def standing(months: Iterable[MonthlyFiling]) -> list[Standing]:
    """All twelve months, from every version of them that a person may see."""
    every = list(months)
    newest, counting = latest(every), latest(one for one in every if one.state in COUNTING)
    return [Standing(month, counting.get(month), newest.get(month)) for month in MONTHS]


def versions(person: User | None, book: Book) -> QuerySet[MonthlyFiling]:
    """Every version of a book's months that a person may see; all of them for the system."""
    found = MonthlyFiling.objects.all() if person is None else filing.months(person)
    return found.filter(book=book)


def year_of(book: Book, stand: Iterable[Standing]) -> Year:
    """The book with the months that count."""
    return Year.of(book, {one.month: one.counts for one in stand if one.counts})


def marked(year: Year) -> Dataset:
    """What a year holds, each value with the month and version it was taken from."""
    tables = {table.name: table for table in year.rules.tables}
    data = year.dataset()
    return Dataset(
        {name: [_marked(year, tables[name], row) for row in of] for name, of in data.tables.items()}
    )


def _marked(year: Year, table: Table, row: Row) -> Row:
    month = row.values.get(MONTH) if table.grain.monthly else None
    period = f"{year.book.year}-{month:02d}" if month else str(year.book.year)
    note = f"v{year.months[month].version}" if month else f"r{year.book.revision}"
    inputs = {one.name for one in table.inputs}
    origins = {name: Origin(TAKEN, table.zh, period, note=note) for name in row.values if name in inputs}
    return Row(dict(row.values), origins)


def key_of(table: Table, row: Row) -> tuple[str, ...]:
    """A row's key as it is stored."""
    return tuple(str(row.values[name]) for name in table.grain.dimensions)


def cells(rules: RuleSet, data: Dataset) -> dict[Place, Any]:
    """Every value that was given, by where it stands."""
    return {
        (table.name, key_of(table, row), one.name): row.values[one.name]
        for table in rules.tables
        for row in data.rows(table.name)
        for one in table.inputs
        if row.values.get(one.name) is not None
    }


def taken(data: Dataset) -> Dataset:
    """The values of a report that months gave."""
    return _of_kind(data, from_months=True)


def additions(data: Dataset) -> Dataset:
    """The values of a report that no month gave."""
    return _of_kind(data, from_months=False)


def _of_kind(data: Dataset, *, from_months: bool) -> Dataset:
    def part(row: Row) -> Row:
        other = {name for name, one in row.origins.items() if (one.kind == TAKEN) is not from_months}
        return Row(
            {name: value for name, value in row.values.items() if name not in other},
            {name: origin for name, origin in row.origins.items() if name not in other},
        )

    return Dataset({name: [part(row) for row in of] for name, of in data.tables.items()})


@dataclass
class Merged:
    """A book's values with those a person added, and where the two say something else."""

    data: Dataset
    added: list[Place] = field(default_factory=list)
    against: list[Place] = field(default_factory=list)


def merge(rules: RuleSet, base: Dataset, more: Dataset) -> Merged:
    """Add to what the months give whatever they leave empty; where they say something else, theirs stays."""
    made = Merged(
        Dataset({name: [dataclasses.replace(row) for row in of] for name, of in base.tables.items()})
    )
    for table in rules.tables:
        there = {key_of(table, row): row for row in made.data.rows(table.name)}
        for row in more.rows(table.name):
            key = key_of(table, row)
            given = [one.name for one in table.inputs if row.values.get(one.name) is not None]
            if key not in there and (given or not table.inputs):
                there[key] = Row({name: row.values[name] for name in table.grain.dimensions})
                made.data.tables.setdefault(table.name, []).append(there[key])
            for name in given:
                held, place = there[key], (table.name, key, name)
                if held.values.get(name) is None:
                    held.values[name] = row.values[name]
                    if origin := row.origins.get(name):
                        held.origins[name] = origin
                    made.added.append(place)
                elif not same(held.values[name], row.values[name]):
                    made.against.append(place)
    return made


def faults(rules: RuleSet, year: int, data: Dataset) -> list[Problem]:
    """What is missing or cannot be, as of a workbook: by table, row and input."""

    def raw(table: Table, line: Mapping[str, Any]) -> RawRow:
        key = wording.key_text(
            tuple(line.get(name, "") for name in table.grain.dimensions), table.grain, "zh"
        )
        names = {one.name: one.zh for one in table.inputs}
        return RawRow(
            dict(line),
            lambda name: Origin(TAKEN, " · ".join(filter(None, (key, names.get(name, "")))), table.zh),
        )

    tables = {one.name: one for one in rules.tables}
    written = write_data(rules, year, data)["tables"]
    found = {name: [raw(tables[name], line) for line in lines] for name, lines in written.items()}
    return validate(rules, found, lambda table: Origin(TAKEN, "", table.zh))[1]


def uncovered(report: Report) -> list[int]:
    """Months of a report put together from months of which nobody said anything, not even that nothing was produced."""
    if not hasattr(report, "assembly"):
        return []
    given = report.values.filter(obtained=ReportedValue.Obtained.GIVEN, month__isnull=False)
    known = {*given.values_list("month", flat=True), *report.months.values_list("filing__month", flat=True)}
    return [month for month in MONTHS if month not in known]


# -- how a report and its book stand to each other ---------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A value that the report and the book do not say alike."""

    table: str
    row: str
    label: str
    unit: str
    reported: str
    filed: str


@dataclass
class Line:
    """A month of the reconciliation, or the yearly rows (month 0)."""

    month: int
    stand: Standing | None
    took: MonthlyFiling | None
    taken: int = 0  # values from the month
    added: int = 0  # values that someone added to the draft
    differing: list[Cell] = field(default_factory=list)

    @property
    def outdated(self) -> bool:
        """Whether the book says something else by now than the report took."""
        return bool(self.differing) or (self.stand is not None and self.stand.counts != self.took)


@dataclass(frozen=True)
class Sum:
    """A figure of the year as reported and as the months that count make it now."""

    label: str
    row: str
    unit: str
    reported: Any
    filed: Any

    @property
    def difference(self) -> Decimal | None:
        """How much the report says more; None where one of them is not known."""
        known = isinstance(self.reported, Decimal) and isinstance(self.filed, Decimal)
        return self.reported - self.filed if known else None


@dataclass(frozen=True)
class Balance:
    """One fuel or material of the year: what came in, what lay there, what was used; the rest explains itself or not."""

    row: str
    unit: str
    bought: Decimal | None
    opening: Decimal | None
    closing: Decimal | None
    used: Decimal | None

    @property
    def rest(self) -> Decimal | None:
        """Opening stock and purchases less use and closing stock; None where one of them is not known."""
        if self.bought is None or self.used is None:
            return None
        return (self.opening or 0) + self.bought - self.used - (self.closing or 0)


@dataclass(frozen=True)
class Reconciliation:
    """Month by month what a report has of its book, and the year's sums."""

    book: Book
    lines: list[Line]
    sums: list[Sum]
    balances: list[Balance]
    assembled: bool

    @property
    def outdated(self) -> list[Line]:
        """What differs since."""
        return [one for one in self.lines if one.outdated]

    @property
    def incomplete(self) -> list[Standing]:
        """Months that give nothing, or are being corrected."""
        return [one.stand for one in self.lines if one.stand and one.stand.said]


def book_of(report: Report) -> Book | None:
    """The book a report was put together from, or the one of its enterprise, rules and year."""
    if (assembly := getattr(report, "assembly", None)) is not None:
        return Book.objects.select_related("organisation").get(pk=assembly.book_id)
    if report.is_exercise:
        return None
    same_year = Book.objects.filter(
        organisation=report.organisation_id, rule_set=report.rule_set, year=report.year
    )
    return same_year.select_related("organisation").first()


def reconcile(person: User, report: Report) -> Reconciliation | None:
    """A report beside its book as the person may see it today; None where there is no book."""
    book = book_of(report)
    if book is None or not filing.books(person).filter(pk=book.pk).exists():
        return None
    rules = rule_set(report.rule_set)
    stand = standing(versions(person, book))
    year = year_of(book, stand)
    assembled = hasattr(report, "assembly")
    took = {one.filing.month: one.filing for one in report.months.select_related("filing")}
    lines = {0: Line(0, None, None)} | {
        one.month: Line(one.month, one, took.get(one.month) if assembled else one.counts) for one in stand
    }
    reported, data = rows.dataset(report.pk, rules), marked(year)
    _lay_beside(rules, reported, data, lines)
    kept, now = results.result_of(report), year.result()
    return Reconciliation(
        book, list(lines.values()), list(_sums(rules, kept, now)), balances(rules, kept), assembled
    )


def _lay_beside(rules: RuleSet, reported: Dataset, filed: Dataset, lines: dict[int, Line]) -> None:
    tables = {table.name: table for table in rules.tables}
    own = cells(rules, additions(reported))
    ours, theirs = cells(rules, reported), cells(rules, filed)
    for place in dict.fromkeys((*theirs, *ours)):
        table = tables[place[0]]
        month = int(place[1][table.grain.dimensions.index(MONTH)]) if table.grain.monthly else 0
        line, mine, other = lines[month], ours.get(place), theirs.get(place)
        if other is None and place in own:
            line.added += 1
        elif mine is not None and other is not None and same(mine, other):
            line.taken += 1
        else:
            line.differing.append(_cell(rules, table, place, mine, other))


def _cell(rules: RuleSet, table: Table, place: Place, mine: Any, other: Any) -> Cell:
    words = language()
    parts = [part for name, part in zip(table.grain.dimensions, place[1], strict=True) if name != MONTH]
    unit = getattr(rules.inputs[place[2]], "unit", "")
    return Cell(
        wording.pick(table.label, words),
        " · ".join(parts),
        wording.label_of(rules, place[2], words),
        wording.unit_text(rules, unit, words),
        _text(mine, words),
        _text(other, words),
    )


def _text(value: Any, words: str) -> str:
    if value is None:
        return ""
    return f"{value:,f}" if isinstance(value, Decimal) else wording.value_text(value, words)


def _sums(rules: RuleSet, kept: Result, now: Result) -> Iterable[Sum]:
    words = language()
    for name in rules.report.summary if rules.report else ():
        if not kept.has(name):
            continue
        grain = rules.grain_of(name)
        for key, value in kept.items(name):
            unit = wording.unit_text(rules, rules.unit_of(name), words)
            yield Sum(
                wording.label_of(rules, name, words),
                wording.key_text(key, grain, words),
                unit,
                value,
                _value(now, name, key),
            )


def _value(result: Result, name: str, key: tuple[object, ...]) -> Any:
    try:
        return result.value(name, key)
    except KeyError:
        return None


def balances(rules: RuleSet, result: Result) -> list[Balance]:
    """Purchases, stocks and use of the year by row, where the rule set has them."""
    names = rules.report.balance if rules.report else None
    if names is None or not result.has(names.used):
        return []
    table = rules.input_table[names.bought]
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in result.data.rows(table.name):
        key = tuple(row.values[name] for name in table.grain.dimensions if name != MONTH)
        found.setdefault(key, []).append(row)
    return [_balance(result, names, table, key, of) for key, of in found.items()]


def _balance(result: Result, names: Names, table: Table, key: tuple[object, ...], of: list[Row]) -> Balance:
    of = sorted(of, key=lambda row: row.values[MONTH])
    whole = [tuple(row.values[name] for name in table.grain.dimensions) for row in of]
    used = [_value(result, names.used, one) for one in whole]
    return Balance(
        " · ".join(map(str, key)),
        unit_of(result, names.bought, whole[0], language()),
        _sum(row.values.get(names.bought) for row in of),
        of[0].values.get(names.opening),
        of[-1].values.get(names.closing),
        _sum(used) if all(isinstance(one, Decimal) for one in used) else None,
    )


def _sum(values: Iterable[Any]) -> Decimal | None:
    """The sum of those that are there; None where none is."""
    known = [one for one in values if isinstance(one, Decimal)]
    return sum(known, Decimal()) if known else None
