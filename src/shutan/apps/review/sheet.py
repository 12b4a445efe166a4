"""One month as a reviewer reads it: each figure with what it was before, what the checks and people say of it, and its papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.common.values import exact
from shutan.apps.filing import completeness
from shutan.apps.filing import queries as filings
from shutan.apps.filing.completeness import Completeness, Wanted
from shutan.apps.filing.content import Cells, Place, Year, latest, place_of, row_keys
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.filing.sheets import column, shown
from shutan.apps.review import checklist
from shutan.apps.review.models import MonthFinding, Question
from shutan.documents import wording
from shutan.kernel import Input, Number, Table

TENTH = Decimal("0.1")
LAST_MONTH = 12


@dataclass(frozen=True)
class Beside:
    """What a figure was another time: in words, and for numbers by how many percent it has changed since."""

    text: str
    change: Decimal | None = None

    @property
    def signed(self) -> str:
        """`+3.2 %`, '' where nothing can be said."""
        return "" if self.change is None else f"{self.change:+} %"


@dataclass
class Line:
    """One figure, choice or text of a row."""

    place: Place
    column: dict[str, Any]
    text: str
    obtained: str
    note: str
    last: Beside | None
    year: Beside | None
    version: Beside | None  # what the version before said, where it said otherwise
    findings: list[MonthFinding]
    comments: list[Question]
    papers: list[tuple[Wanted, list[checklist.Line]]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its place as a form or a link carries it."""
        table, key, variable = self.place
        return checklist.BETWEEN.join((table, variable, *key))

    @property
    def id(self) -> str:
        """Its place on the page."""
        return "field-" + self.address.encode().hex()


@dataclass
class Group:
    """The lines of one row of a table."""

    title: str
    row: str
    lines: list[Line]


@dataclass
class Sheet:
    """A month with everything that is read beside it."""

    year: Year
    done: Completeness
    groups: list[Group]
    changed: int  # lines that differ from the version before
    asked: int  # items of the checklist
    ticked: int

    @property
    def papers(self) -> list[Wanted]:
        """Every paper that is there or must be."""
        return self.done.wanted


@dataclass(frozen=True)
class Others:
    """The month's cells at other times; None where nothing was filed."""

    last: Cells | None
    year: Cells | None
    version: Cells | None


def others(person: User, filing: MonthlyFiling) -> Others:
    """The month before, the same month a year before, the version before: as far as the person sees them."""
    book = filing.book
    before = (book.year, filing.month - 1) if filing.month > 1 else (book.year - 1, LAST_MONTH)
    wanted = Q(book__year=before[0], month=before[1]) | Q(book__year=book.year - 1, month=filing.month)
    wanted &= Q(book__organisation=book.organisation_id, book__rule_set=book.rule_set)
    rows = list(filings.months(person).filter(wanted | Q(pk=filing.previous_id or 0)))
    last = latest(one for one in rows if (one.book.year, one.month) == before)
    ago = latest(one for one in rows if (one.book.year, one.month) == (book.year - 1, filing.month))
    chosen = {
        "last": last.get(before[1]),
        "year": ago.get(filing.month),
        "version": next((one for one in rows if one.pk == filing.previous_id), None),
    }
    numbers = {one.pk for one in chosen.values() if one is not None}
    cells: dict[int, Cells] = {number: {} for number in numbers}
    for value in FiledValue.objects.filter(filing__in=numbers).order_by("table", "pk"):
        cells[value.filing_id or 0][place_of(value)] = value
    return Others(**{name: cells[one.pk] if one else None for name, one in chosen.items()})


def sheet(
    person: User,
    filing: MonthlyFiling,
    findings: Iterable[MonthFinding],
    questions: Iterable[Question],
    *,
    only_changed: bool = False,
) -> Sheet:
    """Read a month for a person.

    Args:
        person: whose authority's ticks are shown.
        filing: the month.
        findings: those the person may know.
        questions: those the person may read.
        only_changed: leave out what the version before said too.
    """
    year = Year.of(filing.book, {filing.month: filing})
    done = completeness.of(year, filing.month)
    beside, cells = others(person, filing), year.monthly[filing.month]
    said = _by_field(findings, questions)
    ticked = checklist.ticks(filing, person.organisation_id)
    papers = _papers(year, done.wanted, ticked)
    groups, changed = [], 0
    for table in year.rules.tables:
        if not table.grain.monthly:
            continue
        there = [*cells, *(beside.version or {})]
        for key in row_keys(there, table.name):
            lines = [
                line
                for one in table.inputs
                if (line := _line(year, table, key, one, cells, beside, said, papers)) is not None
            ]
            changed += sum(line.version is not None for line in lines)
            if only_changed:
                lines = [line for line in lines if line.version is not None]
            if lines:
                title = wording.pick(table.label, language())
                groups.append(Group(title, " · ".join(key), lines))
    items = [item for found in papers.values() for _wanted, lines in found for item in lines]
    return Sheet(year, done, groups, changed, len(items), sum(one.tick is not None for one in items))


Said = tuple[dict[Place, list[MonthFinding]], dict[Place, list[Question]]]
Papers = dict[Place, list[tuple[Wanted, list[checklist.Line]]]]


def _by_field(findings: Iterable[MonthFinding], questions: Iterable[Question]) -> Said:
    found: dict[Place, list[MonthFinding]] = {}
    for one in findings:
        for each in one.fields:
            found.setdefault(("", tuple(each["key"]), each["name"]), []).append(one)
    asked: dict[Place, list[Question]] = {}
    for question in questions:
        if question.variable:
            asked.setdefault((question.table, tuple(question.key), question.variable), []).append(question)
    return found, asked


def _papers(year: Year, wanted: Iterable[Wanted], ticked: checklist.Ticks) -> Papers:
    """Papers at the choice that asks for them, else at the first figure they belong to."""
    found: Papers = {}
    for one in wanted:
        table = next(each for each in year.rules.tables if each.name == one.need.table)
        # Where the way of measuring decides which paper it is, the paper stands there.
        ways = [name for name, _members in one.need.when]
        here = {each.name for each in table.inputs}
        first = next(name for name in (*ways, *one.need.inputs) if name in here)
        found.setdefault((table.name, one.key, first), []).append((one, checklist.lines(one, ticked)))
    return found


def _line(  # noqa: PLR0917 - all that stands in a line
    year: Year,
    table: Table,
    key: tuple[str, ...],
    one: Input,
    cells: Cells,
    beside: Others,
    said: Said,
    papers: Papers,
) -> Line | None:
    place = (table.name, key, one.name)
    value = cells.get(place)
    text = shown(one, value)
    before = None if beside.version is None else _beside(one, value, beside.version.get(place))
    if before is not None and before.text == text:
        before = None
    findings = said[0].get(("", key, one.name), [])
    comments, own = said[1].get(place, []), papers.get(place, [])
    if not (text or before or findings or comments or own):
        return None
    return Line(
        place=place,
        column=column(year, table, one, key, cells),
        text=text,
        obtained=value.get_obtained_display() if value is not None and value.obtained else "",
        note=value.note if value is not None else "",
        last=_at(one, value, beside.last, place),
        year=_at(one, value, beside.year, place),
        version=before,
        findings=findings,
        comments=comments,
        papers=own,
    )


def _at(one: Input, now: FiledValue | None, cells: Cells | None, place: Place) -> Beside | None:
    if cells is None or place not in cells:
        return None
    return _beside(one, now, cells[place])


def _beside(one: Input, now: FiledValue | None, then: FiledValue | None) -> Beside:
    text = shown(one, then)
    if not isinstance(one, Number) or now is None or then is None or now.number is None or not then.number:
        return Beside(text)
    change = (now.number - then.number) / abs(then.number) * 100
    return Beside(text, exact_tenth(change))


def exact_tenth(value: Decimal) -> Decimal:
    """Percent to one decimal; a change too small for it is 0."""
    rounded = value.quantize(TENTH, ROUND_HALF_UP)
    return exact(rounded) if rounded else Decimal(0)
