"""What a published disclosure proves in the evidence log: its whole form."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.disclosure import queries
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.evidence.kinds import Kind, Proven, register


def disclosure(pk: int, version: int) -> Proven:
    """A published form: whose, of which year and report, and all its words."""
    found = Disclosure.objects.get(pk=pk, version=version, state=Disclosure.State.PUBLISHED)
    return Proven(
        {
            "organisation": found.organisation_id,
            "rule_set": found.rule_set,
            "year": found.year,
            "report": found.report_id,
            "reason": found.reason,
            "content": found.content,
        }
    )


def published() -> Iterable[tuple[int, int]]:
    """Every published form."""
    return queries.published().values_list("pk", "version").iterator()


def seen(_person: User | AnonymousUser) -> QuerySet[Disclosure]:
    """What is public is proved to anybody."""
    return queries.published()


def register_kinds() -> None:
    """Tell the evidence log how to prove it."""
    register(Kind("disclosure.publish", Disclosure, disclosure, seen, published))
