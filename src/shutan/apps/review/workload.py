"""A reviewer's own figures: what waits for them, what they decided lately, and how long that took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q

from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting.models import Report
from shutan.apps.review import queries, subjects
from shutan.apps.review.models import Question

LATELY = timedelta(days=30)
MONTHS = tuple(subjects.MONTHS.actions.values())
REPORTS = tuple(subjects.REPORTS.actions.values())
RETURNS = ("filing.return_month", "reporting.return_report")


@dataclass(frozen=True)
class Workload:
    """One reviewer's figures of today.

    Attributes:
        waiting: months that wait for the authority.
        mine: of those assigned to the person, or to someone for whom they stand in.
        overdue: of those of `mine` whose due date is past.
        unassigned: of those that nobody has.
        decided: decisions of the person in the last 30 days, on months and reports.
        returned: of those that returned one.
        days: median days from filing to decision of those; None without any.
        answered: questions whose answer waits to be read.
        reports: annual reports that wait for the authority.
    """

    waiting: int
    mine: int
    overdue: int
    unassigned: int
    decided: int
    returned: int
    days: float | None
    answered: int
    reports: int


def of(person: User, *, now: datetime, today: date) -> Workload:
    """Count, in six queries."""
    own = Q(reviewer_id__in=queries.mine(person))
    counts = (
        queries.queue(person, today=today)
        .order_by()
        .aggregate(
            waiting=Count("pk", distinct=True),
            mine=Count("pk", filter=own, distinct=True),
            overdue=Count("pk", filter=own & Q(urgency=queries.LATE), distinct=True),
            unassigned=Count("pk", filter=Q(reviewer_id=None), distinct=True),
        )
    )
    made = LogEntry.objects.filter(
        actor=person, action__in=(*MONTHS, *REPORTS), at__gte=now - LATELY, at__lte=now
    ).values_list("action", "subject_id", "at")
    taken = list(made)
    spans = [
        (at - since) / timedelta(days=1)
        for names, model in ((MONTHS, MonthlyFiling), (REPORTS, Report))
        for number, at, since in _filed(model, [one for one in taken if one[0] in names])
    ]
    answered = queries.questions(person, today=today).filter(state=Question.State.ANSWERED)
    return Workload(
        **counts,
        decided=len(taken),
        returned=sum(action in RETURNS for action, _number, _at in taken),
        days=round(median(spans), 1) if spans else None,
        answered=answered.order_by().count(),
        reports=queries.report_queue(person, today=today).order_by().count(),
    )


def _filed(
    model: type[MonthlyFiling | Report], taken: list[tuple[str, str, datetime]]
) -> Iterator[tuple[int, datetime, datetime]]:
    """Number, decision and filing of what was decided."""
    numbers = {int(number) for _action, number, _at in taken}
    rows = model._default_manager.filter(pk__in=numbers)  # noqa: SLF001 - either model
    filed = dict(rows.values_list("pk", "submitted_at"))
    return ((int(number), at, since) for _action, number, at in taken if (since := filed.get(int(number))))
