"""What a published list proves in the evidence log: its document and every unit on it, under a seal.

A correction proves the whole list anew, and only the newest of both is compared with today's rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.duties import queries
from shutan.apps.duties.models import UnitList
from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.evidence.seal import seal

CELLS = (
    *("entity_id", "name", "credit_code", "division", "members", "activity", "code", "basis", "emission"),
    *("change", "reason", "law", "decision", "decided_why", "event_id", "stands", "begins", "ends"),
)


def published(pk: int, _version: int) -> Proven:
    """A published list as it stands."""
    found = UnitList.objects.get(pk=pk, state=UnitList.State.PUBLISHED)
    entries = found.entries.order_by("entity_id").values_list(*CELLS)
    days = {"published_on": found.published_on, "corrected_on": found.corrected_on}
    facts = {
        "kind": found.kind,
        "sector": found.sector,
        "year": found.year,
        "document": found.document,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "seal": seal(("units", str(cells[0]), cells) for cells in entries),
    }
    return Proven(facts)


def _seen(person: User | AnonymousUser) -> QuerySet[Any]:
    return (
        queries.lists(person)
        if isinstance(person, User)
        else UnitList.objects.filter(state=UnitList.State.PUBLISHED)
    )


def _all() -> Iterable[tuple[int, None]]:
    published_lists = UnitList.objects.filter(state=UnitList.State.PUBLISHED)
    return ((pk, None) for pk in published_lists.values_list("pk", flat=True))


def register_kinds() -> None:
    """Tell the evidence log how to prove what the province publishes."""
    register(Kind("duties.publish_list", UnitList, published, _seen, _all, replaced=True))
    register(Kind("duties.correct_list", UnitList, published, _seen, replaced=True))
