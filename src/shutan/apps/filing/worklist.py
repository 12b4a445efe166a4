"""What of monthly filing waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.filing import queries
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.steps import next_step

MOST = 20
State = MonthlyFiling.State


def tasks(person: User, now: datetime) -> Iterator[Task]:  # noqa: ARG001 - the form of every source
    """Months to fill in, to review, to file, to correct; what authorities do stands on the review desk (apps/review)."""
    if person.kind not in (Kind.ENTERPRISE, Kind.SERVICE):
        return
    corrected = Exists(MonthlyFiling.objects.filter(previous=OuterRef("pk")))
    states = (State.DRAFT, State.INTERNAL, State.RETURNED)
    rows = queries.months(person).filter(~corrected, state__in=states).order_by("submitted_at", "pk")
    for filing in rows[:MOST]:
        state, title = next_step(person, filing, changes=True, corrected=False)
        if state:
            url = reverse("filing:month", args=[filing.pk])
            yield Task(title=title, url=url, state=state, subject=filing.period)
