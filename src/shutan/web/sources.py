"""Where the worklist and the search get their lines: one function an app, named here, scoped to the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from shutan.apps.accounts import search as accounts_search
from shutan.apps.accounts import worklist as accounts_worklist
from shutan.apps.accounts.models import User
from shutan.apps.archives import search as archives_search
from shutan.apps.archives import worklist as archives_worklist
from shutan.apps.bodies import search as bodies_search
from shutan.apps.bodies import worklist as bodies_worklist
from shutan.apps.common.worklist import Hit, Task
from shutan.apps.directory import search as directory_search
from shutan.apps.directory import worklist as directory_worklist
from shutan.apps.disclosure import search as disclosure_search
from shutan.apps.duties import search as duties_search
from shutan.apps.duties import worklist as duties_worklist
from shutan.apps.filing import search as filing_search
from shutan.apps.filing import worklist as filing_worklist
from shutan.apps.labreports import search as labreports_search
from shutan.apps.labreports import worklist as labreports_worklist
from shutan.apps.policies import search as policies_search
from shutan.apps.policies import worklist as policies_worklist
from shutan.apps.referrals import search as referrals_search
from shutan.apps.referrals import worklist as referrals_worklist
from shutan.apps.reporting import search as reporting_search
from shutan.apps.reporting import worklist as reporting_worklist
from shutan.apps.review import search as review_search
from shutan.apps.review import worklist as review_worklist
from shutan.apps.schemes import search as schemes_search
from shutan.apps.schemes import worklist as schemes_worklist
from shutan.apps.standards import search as standards_search
from shutan.apps.standards import worklist as standards_worklist


class TaskSource(Protocol):
    """What an app does for the worklist."""

    def __call__(self, person: User, now: datetime) -> Iterable[Task]:
        """Tasks of this person."""


class HitSource(Protocol):
    """What an app does for the search."""

    def __call__(self, person: User, text: str) -> Iterable[Hit]:
        """What this person may see and fits the text."""


TASKS: list[TaskSource] = [
    accounts_worklist.tasks,
    bodies_worklist.tasks,
    schemes_worklist.tasks,
    directory_worklist.tasks,
    filing_worklist.tasks,
    labreports_worklist.tasks,
    review_worklist.tasks,
    reporting_worklist.tasks,
    policies_worklist.tasks,
    standards_worklist.tasks,
    duties_worklist.tasks,
    referrals_worklist.tasks,
    archives_worklist.tasks,
]
HITS: list[HitSource] = [
    accounts_search.find,
    bodies_search.find,
    schemes_search.find,
    directory_search.find,
    filing_search.find,
    labreports_search.find,
    review_search.find,
    duties_search.find,
    referrals_search.find,
    reporting_search.find,
    policies_search.find,
    disclosure_search.find,
    standards_search.find,
    archives_search.find,
]

_URGENCY = {"blocked": 0, "overdue": 1, "due": 2, "unconfirmed": 3}


def tasks(person: User, now: datetime) -> list[Task]:
    """All tasks of a person, the most urgent first."""
    found = [task for source in TASKS for task in source(person, now)]
    return sorted(found, key=lambda task: (_URGENCY.get(task.state, 9), task.due or date.max, task.title))


def hits(person: User, text: str) -> list[Hit]:
    """All a person finds."""
    return [hit for source in HITS for hit in source(person, text)]
