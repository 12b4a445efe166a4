"""A month's carbon and calorific cells from a laboratory's test report: what fits, taking it, and what a correction changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor
from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.filing import cells
from shutan.apps.filing.content import Year, expected_keys, monthly_tables, written
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.taken import note, source
from shutan.apps.labreports import queries as reports
from shutan.apps.labreports.models import TestReport
from shutan.documents import wording
from shutan.kernel import Number
from shutan.rules.laboratory.cells import month_cells

# Rows of fuels take reports: they have one of these.
OWN = frozenset({"carbon_reported", "ncv_ar_reported", "ncv_reported"})


@dataclass(frozen=True)
class Figure:
    """One cell a report gives: its input, the label in the page's language, what the report says, what stands there."""

    name: str
    label: str
    given: str
    held: str


@dataclass(frozen=True)
class Offer:
    """A report that fits a row: `state` is taken, corrected (what was taken was an earlier version of it) or open."""

    report: TestReport
    table: str
    key: tuple[str, ...]
    figures: tuple[Figure, ...]
    state: str

    @property
    def row(self) -> str:
        """The row's name."""
        return " · ".join(self.key)


def offers(person: User, year: Year, month: int) -> list[Offer]:
    """What the month's rows can take, have taken, or took before the report was corrected; those to look at first."""
    order = ("corrected", "open", "taken")
    return sorted(_offers(person, year, month), key=lambda one: (order.index(one.state), one.row))


def _offers(person: User, year: Year, month: int) -> Iterator[Offer]:
    held = year.monthly.get(month, {})
    fitting = reports.fitting(person, year.book.organisation_id, year.book.year, month)
    for table in monthly_tables(year.rules) if fitting else ():
        inputs = {one.name: one for one in table.inputs}
        if not inputs.keys() & OWN:
            continue
        for key in expected_keys(year.rules, table, year.yearly) or ():
            for report in fitting:
                if report.unit_name not in ("", *key) or _fuel(year, key) != report.fuel_kind:
                    continue
                there = {name: held.get((table.name, key, name)) for name in inputs}
                figures = tuple(
                    Figure(name, wording.label_of(year.rules, name, language()), value, written(there[name]))
                    for name, value in given(inputs, report).items()
                    if isinstance(inputs[name], Number)
                )
                if figures:
                    sources = {pk for one in there.values() if (pk := source(one)) is not None}
                    yield Offer(report, table.name, key, figures, _state(report, figures, sources))


def given(inputs: Collection[str], report: TestReport) -> dict[str, str]:
    """What a report gives a row that has these inputs."""
    return month_cells(
        inputs,
        report.results,
        sampling=report.sampling,
        number=report.number,
        sampled_on=report.sampled_on,
        reported_on=report.reported_on,
    )


def _fuel(year: Year, key: tuple[str, ...]) -> str:
    """The kind of fuel that the year's tables name for a row."""
    for (_table, of, name), value in year.yearly.items():
        if name == "fuel_kind" and of and set(of) <= set(key):
            return written(value)
    return ""


def _state(report: TestReport, figures: tuple[Figure, ...], sources: set[int]) -> str:
    same = all(_number(one.given) == _number(one.held) for one in figures)
    if report.pk in sources and same:
        return "taken"
    before, earlier = report.previous, set()
    while before is not None:
        earlier.add(before.pk)
        before = before.previous
    return "corrected" if sources & earlier else "open"


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def take(
    actor: Actor,
    filing: MonthlyFiling,
    report: TestReport,
    table: str,
    key: tuple[str, ...],
    *,
    now: datetime,
) -> cells.Saved:
    """Put a report's figures into a row of a month that is a draft: cells as if typed, each saying which report it came from.

    Raises:
        ValidationError: the report stands for another month or enterprise, does not count, or has nothing for the row.
    """
    whole = Year.of(filing.book, {filing.month: filing})
    of = (report.organisation_id, report.year, report.month, report.state)
    if of != (filing.book.organisation_id, filing.book.year, filing.month, TestReport.State.RECORDED):
        raise ValidationError(_("This report does not stand for this month, or does not count any more."))
    found = next((one for one in monthly_tables(whole.rules) if one.name == table), None)
    names = {one.name for one in found.inputs} if found else set()
    if found is None or key not in (expected_keys(whole.rules, found, whole.yearly) or ()):
        raise ValidationError(_("There is no such row in this month."))
    figures = given(names, report) if names & OWN else {}
    if not figures or _fuel(whole, key) != report.fuel_kind:
        raise ValidationError(_("This report has nothing for this row."))
    held = whole.monthly[filing.month]
    changes = [
        cells.Change(
            table,
            key,
            name,
            value,
            seen=there.revision if (there := held.get((table, key, name))) else 0,
            obtained="measured" if name in OWN else None,
            note=note(report),
        )
        for name, value in figures.items()
    ]
    return cells.save(actor, filing, changes, now=now)
