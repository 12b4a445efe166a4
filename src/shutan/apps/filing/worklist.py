"""What of monthly filing waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.filing import queries
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.steps import next_step

MOST = 20
State = MonthlyFiling.State


def tasks(person: User, now: datetime) -> Iterator[Task]:  # noqa: ARG001 - the form of every source
    """Months to fill in, to review, to file, to correct; for authorities those to decide on."""
    if person.kind in (Kind.ENTERPRISE, Kind.SERVICE):
        states = [State.DRAFT, State.INTERNAL, State.RETURNED]
    elif access.may_do(person, "filing.accept"):
        states = [State.SUBMITTED, State.PASSED_CITY]
    elif access.may_do(person, "filing.pass_city"):
        states = [State.SUBMITTED]
    else:
        return
    corrected = Exists(MonthlyFiling.objects.filter(previous=OuterRef("pk")))
    rows = queries.months(person).filter(~corrected, state__in=states).order_by("submitted_at", "pk")
    own = person.kind in (Kind.ENTERPRISE, Kind.SERVICE)
    for filing in rows[:MOST]:
        state, title = next_step(person, filing, changes=own, corrected=False)
        if state:
            subject = f"{filing.organisation} {filing.period}" if not own else filing.period
            yield Task(
                title=title, url=reverse("filing:month", args=[filing.pk]), state=state, subject=subject
            )
