"""What the province's review of a registry change proves in the evidence log."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from shutan.apps.accounts.models import User
from shutan.apps.directory import queries
from shutan.apps.directory.models import RegistryChange
from shutan.apps.evidence.kinds import Kind, Proven, register


def decision(pk: int, _version: int) -> Proven:
    """A decided notice with the event it follows."""
    found = (
        RegistryChange.objects.exclude(state=RegistryChange.State.WAITING).select_related("event").get(pk=pk)
    )
    event = found.event
    facts = {
        "event": event.pk,
        "kind": event.kind,
        "on": event.on.isoformat(),
        "document": event.document,
        "state": found.state,
        "reason": found.reason,
    }
    return Proven(facts)


def _decided() -> Iterable[tuple[int, int | None]]:
    decided = RegistryChange.objects.exclude(state=RegistryChange.State.WAITING)
    return ((pk, 1) for pk in decided.values_list("pk", flat=True))


def _seen(person: User | AnonymousUser) -> QuerySet[RegistryChange]:
    if not isinstance(person, User):
        return RegistryChange.objects.none()
    return queries.registry_changes(person, today=timezone.localdate())


def register_kinds() -> None:
    """Tell the evidence log how to prove what the province reviews."""
    register(Kind("directory.decide_registry_change", RegistryChange, decision, _seen, _decided))
