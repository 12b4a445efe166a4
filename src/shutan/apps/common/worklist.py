"""One thing a person has to do, as the first page shows it. Each app's `worklist.py` yields them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """A line of the worklist: one click from the work."""

    title: str
    url: str
    state: str  # a status of the badge component: due, overdue, unconfirmed, blocked, …
    due: date | None = None
    subject: str = ""  # the enterprise, unit or filing it is about


@dataclass(frozen=True)
class Hit:
    """One thing the search found. Each app's `search.py` yields them."""

    kind: str
    title: str
    url: str
    text: str = ""
