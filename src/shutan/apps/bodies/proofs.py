"""What decisions on service bodies prove in the evidence log. Their subject is the body; the version tells which decision."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.bodies import queries
from shutan.apps.bodies.models import Application, Body, Standing
from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.evidence.seal import seal

DECIDED = (Application.State.APPROVED, Application.State.RETURNED)


def decision(pk: int, version: int) -> Proven:
    """A decided application, whose key is the version: the record as it was sent in, under a seal, and the answer."""
    found = Application.objects.get(pk=version, body=pk, state__in=DECIDED)
    rows = [(part, "0", [content]) for part, content in sorted(found.content.items())]
    facts = {"kind": found.kind, "state": found.state, "reason": found.reason, "seal": seal(rows)}
    return Proven(facts)


def standing(pk: int, version: int) -> Proven:
    """A change of standing, whose key is the version: suspended, resumed or withdrawn, and why."""
    found = Standing.objects.get(pk=version, body=pk)
    return Proven({"kind": found.kind, "reason": found.reason})


def _decided() -> Iterable[tuple[int, int | None]]:
    return Application.objects.filter(state__in=DECIDED).values_list("body_id", "pk")


def _changed() -> Iterable[tuple[int, int | None]]:
    changes = (Standing.Kind.SUSPENDED, Standing.Kind.RESUMED, Standing.Kind.WITHDRAWN)
    return Standing.objects.filter(kind__in=changes).values_list("body_id", "pk")


def _seen(person: User | AnonymousUser) -> QuerySet[Body]:
    return queries.bodies(person) if isinstance(person, User) else Body.objects.none()


def register_kinds() -> None:
    """Tell the evidence log how to prove what the province decides on bodies."""
    register(Kind("bodies.decide", Body, decision, _seen, _decided))
    register(Kind("bodies.change_standing", Body, standing, _seen, _changed))
