"""What mandates prove: who may act for whom, in what and from when to when; given, accepted, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from shutan.apps.accounts import queries
from shutan.apps.accounts.models import Mandate, User
from shutan.apps.evidence.kinds import Kind, Proven, register


def given(pk: int, _version: int) -> Proven:
    """What was offered: the parties, areas, days and the signed document."""
    found = Mandate.objects.get(pk=pk)
    facts = {
        "principal": found.principal_id,
        "agent": found.agent_id,
        "areas": list(found.areas),
        "begins": found.begins.isoformat(),
        "ends": found.ends.isoformat(),
        "number": found.number,
    }
    return Proven(facts, {found.document_name: found.document_sha256} if found.document_sha256 else {})


def accepted(pk: int, version: int) -> Proven:
    """What was taken on."""
    offered = given(pk, version)
    at = Mandate.objects.get(pk=pk, accepted_at__isnull=False).accepted_at
    return Proven({**offered.facts, "accepted_at": at.isoformat() if at else None}, offered.files)


def ended(pk: int, version: int) -> Proven:
    """What was ended, and why."""
    offered, found = given(pk, version), Mandate.objects.get(pk=pk, revoked_at__isnull=False)
    at = found.revoked_at.isoformat() if found.revoked_at else None
    return Proven({**offered.facts, "ended_at": at, "reason": found.reason}, offered.files)


def _seen(person: User | AnonymousUser) -> QuerySet[Mandate]:
    return queries.mandates(person) if isinstance(person, User) else Mandate.objects.none()


def _all(condition: Q) -> Callable[[], Iterable[tuple[int, int | None]]]:
    return lambda: ((pk, 1) for pk in Mandate.objects.filter(condition).values_list("pk", flat=True))


def register_kinds() -> None:
    """Tell the log how to prove what people do with mandates: accounts stands below it and cannot."""
    register(Kind("accounts.give_mandate", Mandate, given, _seen, _all(Q())))
    register(Kind("accounts.accept_mandate", Mandate, accepted, _seen, _all(Q(accepted_at__isnull=False))))
    register(Kind("accounts.end_mandate", Mandate, ended, _seen, _all(Q(revoked_at__isnull=False))))
