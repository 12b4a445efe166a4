"""The weekly table for cities 周调度表: of each city what was due, filed, filed in time, returned, and what stands open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from shutan.apps.accounts.models import Kind, LogEntry, User
from shutan.apps.common.language import language
from shutan.apps.duties.queries_duties import duties
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import MonthlyFiling
from shutan.rules.common.divisions import PREFECTURE_DIGITS, prefectures

WEEK = timedelta(days=7)
FIGURES = ("due", "filed", "in_time", "returned", "passed", "open", "overdue")
State = MonthlyFiling.State


@dataclass
class Line:
    """A city's week.

    Attributes:
        city: its name in the language of the page.
        code: its division.
        due: months whose last day for filing lies in the week.
        filed: first versions filed in the week.
        in_time: of those, filed on their last day or before, or where no day is known.
        returned: decisions of the week that returned a month.
        passed: decisions of the week that passed or accepted one.
        open: months filed and not decided by the province or returned, at the end of the week.
        overdue: months that were owed and not filed, at the end of the week.
    """

    city: str
    code: str
    due: int = 0
    filed: int = 0
    in_time: int = 0
    returned: int = 0
    passed: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def figures(self) -> list[int]:
        """In the order of FIGURES."""
        return [getattr(self, name) for name in FIGURES]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def week_of(text: str, today: date) -> date:
    """The Monday of `2026-W47`; that of today's week where it is none."""
    year, _bar, number = text.partition("-W")
    if year.isascii() and year.isdigit() and number.isascii() and number.isdigit():
        try:
            return date.fromisocalendar(int(year), int(number), 1)
        except ValueError:
            pass
    return monday(today)


def named(day: date) -> str:
    """The week of a day, `2026-W47`."""
    year, number, _weekday = day.isocalendar()
    return f"{year}-W{number:02d}"


def table(person: User, first: date, *, today: date) -> list[Line]:
    """A week's lines: the province sees every city, a city its own. Five queries, however many months there are.

    Args:
        person: a regulator.
        first: the week's Monday.
        today: of a week that is not over only what is past counts as overdue.
    """
    last, until = first + WEEK - timedelta(days=1), _begin(first + WEEK)
    words, past = language(), min(last, today - timedelta(days=1))
    own = person.organisation.division_code if person.kind == Kind.CITY and person.organisation else ""
    lines = {
        one.code[:PREFECTURE_DIGITS]: Line(one.named(words), one.code)
        for one in prefectures()
        if one.code.startswith(own[:PREFECTURE_DIGITS])
    }
    owed = duties(person, today=last).filter(name=filings.DUTY, lapsed=False).order_by()
    days: dict[tuple[int, str, int, int], date] = {}
    for home, code, sector, year, month, day, done in owed.annotate(
        day=Coalesce("extended_to", "due")
    ).values_list("organisation", "division", "sector", "year", "month", "day", "done_on"):
        if home and day:
            days[home, sector, year, month] = day
        if (line := lines.get(code[:PREFECTURE_DIGITS])) and day:
            line.due += first <= day <= last
            line.overdue += day <= past and (done is None or done > past)
    months = MonthlyFiling.objects.filter(pk__in=filings.months(person).order_by().values("pk"))
    started = months.filter(version=1, submitted_at__gte=_begin(first), submitted_at__lt=until)
    for home, code, sector, year, month, at in started.values_list(
        "book__organisation",
        "book__organisation__division_code",
        "book__rule_set",
        "book__year",
        "month",
        "submitted_at",
    ):
        if line := lines.get(code[:PREFECTURE_DIGITS]):
            line.filed += 1
            line.in_time += timezone.localdate(at) <= days.get((home, sector, year, month), last)
    later = MonthlyFiling.objects.filter(previous=OuterRef("pk"), submitted_at__lt=until)
    decided = Q(state__in=(State.RETURNED, State.ACCEPTED), decided_at__lt=until)
    waiting = months.filter(~Exists(later), submitted_at__lt=until).exclude(decided)
    for code in waiting.values_list("book__organisation__division_code", flat=True):
        if line := lines.get(code[:PREFECTURE_DIGITS]):
            line.open += 1
    _decisions(lines, first, until)
    return list(lines.values())


def _decisions(lines: dict[str, Line], first: date, until: datetime) -> None:
    """From the log: a month keeps only its last decision."""
    told = LogEntry.objects.filter(
        action__in=("filing.return_month", "filing.pass_city", "filing.accept"),
        at__gte=_begin(first),
        at__lt=until,
    ).values_list("action", "subject_id")
    taken = [(action, int(number)) for action, number in told]
    found = MonthlyFiling.objects.filter(pk__in={number for _action, number in taken})
    codes = dict(found.values_list("pk", F("book__organisation__division_code")))
    for action, number in taken:
        line = lines.get(codes.get(number, "")[:PREFECTURE_DIGITS])
        if line is not None and action == "filing.return_month":
            line.returned += 1
        elif line is not None:
            line.passed += 1


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
