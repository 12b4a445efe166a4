"""What the evidence log proves of schemes, recomputed from today's tables by its audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence import kinds
from shutan.apps.evidence.kinds import Kind, Proven
from shutan.apps.schemes import queries
from shutan.apps.schemes.models import Scheme


def digest(scheme: Scheme) -> str:
    """SHA-256 of what a version says; its texts name people and stay out of the log."""
    return hashlib.sha256(json.dumps(scheme.content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def files_of(scheme: Scheme) -> dict[str, str]:
    """Its charts and plans by name."""
    return {
        f"{one['item']}/{one['sha256'][:8]}/{one['name']}": one["sha256"]
        for one in (scheme.content or {}).get("files", ())
    }


def submitted(key: int, _version: int) -> Proven:
    """What a version said when it was submitted."""
    held = Scheme.objects.get(pk=key)
    return Proven(_facts(held), files_of(held))


def decided(key: int, _version: int) -> Proven:
    """What was decided of a version, and what it said."""
    held = Scheme.objects.get(pk=key)
    day = held.in_force_from.isoformat() if held.in_force_from else ""
    answer = hashlib.sha256(held.answer.encode()).hexdigest()
    return Proven(
        _facts(held) | {"state": held.state, "in_force_from": day, "answer": answer}, files_of(held)
    )


def _facts(held: Scheme) -> dict[str, Any]:
    return {
        "organisation": held.organisation_id,
        "rule_set": held.rule_set,
        "year": held.year,
        "version": held.version,
        "content": digest(held),
    }


def _seen(person: User | AnonymousUser) -> QuerySet[Scheme]:
    return queries.schemes(person) if isinstance(person, User) else Scheme.objects.none()


def _in(*states: str) -> Callable[[], Iterator[tuple[int, int]]]:
    def proved() -> Iterator[tuple[int, int]]:
        yield from Scheme.objects.filter(state__in=states).values_list("pk", "version")

    return proved


def register() -> None:
    """Tell the evidence log what schemes prove."""
    kinds.register(Kind("schemes.submit", Scheme, submitted, _seen, _in("submitted", "accepted", "returned")))
    kinds.register(Kind("schemes.accept", Scheme, decided, _seen, _in("accepted")))
    kinds.register(Kind("schemes.return", Scheme, decided, _seen, _in("returned")))
