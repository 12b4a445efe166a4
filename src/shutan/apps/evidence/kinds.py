"""What is proved: one `Kind` an action, registered by the app that owns the subject (in its AppConfig.ready).

    kinds.register(Kind("reporting.submit", Report, prover=proofs.report, seen_by=queries.reports, proved=proofs.submitted))

The prover is asked twice: when the action is recorded, and by `shutan evidence audit --site`, which names whatever differs.
So it reads the tables as they are, and may use nothing that changes rightfully after the action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from shutan.apps.accounts.models import User


@dataclass(frozen=True)
class Proven:
    """What a subject proves: its facts and the files that belong to it (name → SHA-256)."""

    facts: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)


def _none() -> Iterable[tuple[int, int | None]]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of records.

    Attributes:
        action: name of the action that proves.
        model: of its subject.
        prover: (key of the subject, version) → what it proves today. Raises the model's DoesNotExist where it is gone.
        seen_by: (person or nobody) → the subjects whose receipts they may have.
        proved: (key, version) of every subject of today's tables that must stand in the log; version None: any.
        replaced: a later record of the same subject replaces what this one proves: only the newest is compared with today.
    """

    action: str
    model: type[models.Model]
    prover: Callable[[int, int], Proven]
    seen_by: Callable[[User | AnonymousUser], models.QuerySet[Any]]
    proved: Callable[[], Iterable[tuple[int, int | None]]] = _none
    replaced: bool = False


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind."""
    KINDS[kind.action] = kind
