"""What the evidence log proves of policies: what was agreed, by a digest, because the texts name people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence import kinds
from shutan.apps.evidence.kinds import Kind, Proven
from shutan.apps.policies import queries
from shutan.apps.policies.models import Policy

AGREED = ("text", "answers", "person", "due", "effect_t", "basis")


def agreed(key: int, _version: int) -> Proven:
    """The policy as both confirmed it; how far its measures are may change."""
    held = Policy.objects.get(pk=key)
    measures = [[str(value) for value in row] for row in held.measures.order_by("pk").values_list(*AGREED)]
    said = [held.problems, held.goal, held.answer, held.facts, measures]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return Proven({"organisation": held.organisation_id, "year": held.year, "content": digest}, {})


def _seen(person: User | AnonymousUser) -> QuerySet[Policy]:
    return queries.policies(person) if isinstance(person, User) else Policy.objects.none()


def _proved() -> Iterator[tuple[int, int]]:
    for key in Policy.objects.filter(state=Policy.State.AGREED).values_list("pk", flat=True):
        yield key, 1


def register() -> None:
    """Tell the evidence log what an agreement proves."""
    kinds.register(Kind("policies.agree", Policy, agreed, _seen, _proved))
