"""A reviewer's own figures: what waits for them, what they decided lately, and how long that took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q

from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review import queries
from shutan.apps.review.models import Question

LATELY = timedelta(days=30)
DECISIONS = ("filing.pass_city", "filing.accept", "filing.return_month")


@dataclass(frozen=True)
class Workload:
    """One reviewer's figures of today.

    Attributes:
        waiting: months that wait for the authority.
        mine: of those assigned to the person, or to someone for whom they stand in.
        overdue: of those of `mine` whose due date is past.
        unassigned: of those that nobody has.
        decided: decisions of the person in the last 30 days.
        returned: of those that returned a month.
        days: median days from filing to decision of those; None without any.
        answered: questions whose answer waits to be read.
    """

    waiting: int
    mine: int
    overdue: int
    unassigned: int
    decided: int
    returned: int
    days: float | None
    answered: int


def of(person: User, *, now: datetime, today: date) -> Workload:
    """Count, in four queries."""
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
        actor=person, action__in=DECISIONS, at__gte=now - LATELY, at__lte=now
    ).values_list("action", "subject_id", "at")
    taken = list(made)
    filed = dict(
        MonthlyFiling.objects.filter(pk__in={int(number) for _action, number, _at in taken}).values_list(
            "pk", "submitted_at"
        )
    )
    spans = [
        (at - since) / timedelta(days=1) for _action, number, at in taken if (since := filed.get(int(number)))
    ]
    answered = queries.questions(person, today=today).filter(state=Question.State.ANSWERED)
    return Workload(
        **counts,
        decided=len(taken),
        returned=sum(action == "filing.return_month" for action, _number, _at in taken),
        days=round(median(spans), 1) if spans else None,
        answered=answered.order_by().count(),
    )
