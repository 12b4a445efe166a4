"""Every read of test reports, and the checks over a year of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import acts_for, organisations, principals
from shutan.apps.labreports.forms import CHOICES
from shutan.apps.labreports.models import TestReport
from shutan.kernel import Dataset, Origin, Row
from shutan.rules.laboratory import RECORD, TESTS
from shutan.rules.laboratory.cells import OF_A_MONTH
from shutan.screening import Audience, Screening, run_tests

DATES_CHECK = "LAB-16"  # dates follow each other, and the report in time after sampling


def reports(person: User) -> QuerySet[TestReport]:
    """Reports a person may see: a laboratory those that name it, all others by the scope of reporting."""
    found = TestReport.objects.select_related("organisation", "laboratory", "previous")
    if person.kind == Kind.LABORATORY:
        return found.filter(laboratory=person.organisation_id)
    seen = organisations(person, Area.REPORTING, today=timezone.localdate()).order_by()
    return found.filter(organisation__in=seen)


def may_change(person: User, organisation: Organisation) -> bool:
    """Whether a person's changes to an enterprise's reports can be let in."""
    if person.kind not in (Kind.ENTERPRISE, Kind.SERVICE):
        return False
    return acts_for(person, organisation, Area.REPORTING, today=timezone.localdate())


def kept_for(person: User) -> QuerySet[Organisation]:
    """The enterprises whose reports a person may record."""
    if person.kind == Kind.ENTERPRISE and person.organisation is not None:
        return Organisation.objects.filter(pk=person.organisation.pk)
    if person.kind == Kind.SERVICE and person.organisation is not None:
        held = principals(person.organisation, Area.REPORTING, today=timezone.localdate())
        return Organisation.objects.filter(pk__in=held).order_by("name_zh")
    return Organisation.objects.none()


def audience(person: User) -> Audience:
    """Which checks a person sees: forensic ones are for the regulators alone."""
    return Audience.REGULATOR if person.kind in (Kind.PROVINCE, Kind.CITY) else Audience.ALL


def screened(person: User, rows: Iterable[TestReport], year: int) -> Screening:
    """The checks over reports of one enterprise and year."""
    return run_tests(RECORD.evaluate(year, dataset(rows)), audience=audience(person))


def dataset(rows: Iterable[TestReport]) -> Dataset:
    """Reports as the declared table."""
    return Dataset({TESTS.name: [_row(one) for one in rows]})


def _row(one: TestReport) -> Row:
    values: dict[str, Any] = {"report_number": one.number, "month": one.month}
    for field in TESTS.inputs:
        name = field.name
        if name in CHOICES:
            values[name] = next(member for member in CHOICES[name] if member.key == getattr(one, name))
        elif name in one.results:
            values[name] = Decimal(one.results[name])
        elif name == "file_digest":
            values[name] = one.sha256 or None
        elif hasattr(one, name):
            values[name] = getattr(one, name) or None
    kept = {name: value for name, value in values.items() if value is not None}
    return Row(kept, {name: Origin("record", f"{one.number}") for name in kept})


def of_year(person: User, organisation: int, year: int) -> list[TestReport]:
    """Those of an enterprise and year that count and the person may see."""
    return list(
        reports(person)
        .filter(organisation=organisation, year=year, state=TestReport.State.RECORDED)
        .order_by("month", "number")
    )


def fitting(person: User, organisation: int, year: int, month: int) -> list[TestReport]:
    """The reports that count and stand for a whole month: what a monthly filing may take its figures from."""
    found = reports(person).filter(organisation=organisation, year=year, month=month)
    return list(found.filter(state=TestReport.State.RECORDED, sampling__in=OF_A_MONTH).order_by("number"))


def newest(report: TestReport) -> TestReport:
    """The last correction of a report, or itself."""
    held = report
    while later := TestReport.objects.filter(previous=held).first():
        held = later
    return held


def missing(person: User, year: int, until: int) -> list[tuple[Organisation, int, str, str]]:
    """Months of a year without a report of a unit's fuel that was tested in a month before: (enterprise, month, unit, fuel kind).

    Args:
        person: who asks.
        year: of the months.
        until: the last month that is over.
    """
    counting = reports(person).filter(state=TestReport.State.RECORDED, sampling__in=OF_A_MONTH, year=year)
    tested: dict[tuple[int, str, str], set[int]] = {}
    homes: dict[int, Organisation] = {}
    for one in counting:
        homes[one.organisation_id] = one.organisation
        tested.setdefault((one.organisation_id, one.unit_name, one.fuel_kind), set()).add(one.month)
    return [
        (homes[home], month, unit, fuel)
        for (home, unit, fuel), months in sorted(tested.items())
        for month in range(min(months), until + 1)
        if month not in months
    ]


def late(person: User, organisation: int, year: int) -> list[TestReport]:
    """Reports of a year that came later than the guideline's clock, as check LAB-16 says: the month's carbon may not count."""
    rows = of_year(person, organisation, year)
    if not rows:
        return []
    found = screened(person, rows, year).findings
    keys = {one.subject.key for one in found if one.check == DATES_CHECK}
    return [one for one in rows if (one.number, one.month) in keys]
