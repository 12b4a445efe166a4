"""Every business action runs inside `act`: permission, one transaction, one entry in the log.

    def revoke_token(actor, token, *, now, why=""):
        with act(actor, "accounts.revoke_token", now=now, why=why) as entry:
            token.revoked_at = now
            token.save(update_fields=["revoked_at"])
            entry.about(token)

The action's name stands in `access_table.ACTIONS` with who may do it; a name that is missing there raises
KeyError, so that nobody forgets it. One that signs or decides stands in `SECOND_FACTOR` too. Which *rows* a person may touch is decided by the app's queries,
which only ever return what the person may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import translation

from shutan.apps.accounts import access, second_factor
from shutan.apps.accounts.access_table import SECOND_FACTOR
from shutan.apps.accounts.models import Kind, LogEntry, Organisation, User

# Set by the API's authentication and by the command line; pages are the default.
via: ContextVar[str] = ContextVar("via", default=LogEntry.Via.WEB)


@contextmanager
def through(door: str) -> Iterator[None]:
    """The block's actions come through this door; afterwards the former one counts again."""
    before = via.set(door)
    try:
        yield
    finally:
        via.reset(before)


@dataclass(frozen=True)
class System:
    """The actor of what no person asked for: demonstration data, nightly jobs. May do everything."""

    name: str


Actor = User | System


@dataclass(frozen=True)
class Proof:
    """What an action wants kept beyond doubt of its subject.

    Attributes:
        version: of the subject.
        files: name and SHA-256 of every file that belongs to it; None with `facts`: as the subject's own prover says.
        facts: what is to be proved later: texts, whole numbers, lists and objects of them, no names of people.
    """

    version: int = 1
    files: Mapping[str, str] | None = None
    facts: Mapping[str, Any] | None = None


# Who keeps what actions prove (apps/evidence), called inside the action's transaction: both stand or neither.
RECORDERS: list[Callable[[LogEntry, models.Model, Proof], None]] = []


@dataclass
class Entry:
    """What the running action tells the log about itself."""

    subject: models.Model | None = None
    label: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    proof: Proof | None = None

    def about(self, subject: models.Model, label: str = "", **details: Any) -> None:
        """Name the record acted on, and plain JSON values worth keeping (never a secret)."""
        self.subject, self.label = subject, label
        self.details.update(details)

    def prove(
        self,
        *,
        version: int = 1,
        files: Mapping[str, str] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Make this action a leaf of the evidence log (apps/evidence). Without `facts` the subject's prover is asked."""
        self.proof = Proof(version, files, facts)


@contextmanager
def act(actor: Actor, action: str, *, now: datetime, why: str = "") -> Iterator[Entry]:
    """Check that the actor may, run the block in one transaction, write its one log entry.

    Raises:
        PermissionDenied: the access table does not let the actor.
        SecondFactorNeeded: the action signs or decides and no second factor was used lately.
    """
    if isinstance(actor, User):
        access.forget_standing_in(actor)
    if not access.may_do(actor, action):
        raise PermissionDenied(action)
    entry = Entry()
    if stands_for := access.deputises(actor, action):
        entry.details["stands_in_for"] = stands_for
    if action in SECOND_FACTOR and (proof := second_factor.demand(actor, action, now=now)):
        entry.details["second_factor"] = proof
    with transaction.atomic():
        yield entry
        told = _write(actor, action, entry, now, why)
        if entry.subject is not None and entry.proof is not None:
            for record in RECORDERS:
                record(told, entry.subject, entry.proof)


def _write(actor: Actor, action: str, entry: Entry, now: datetime, why: str) -> LogEntry:
    if entry.subject is None:
        raise RuntimeError(f"action {action!r} ended without telling its subject: call entry.about(…)")
    person = actor if isinstance(actor, User) else None
    with translation.override("zh-hans"):  # the log reads the same whoever caused it
        label = entry.label or str(entry.subject)
    return LogEntry.objects.create(
        at=now,
        actor=person,
        actor_name=str(person) if person else actor.name,
        organisation=_organisation_of(person, entry.subject),
        on_behalf_of=_principal(person, entry.subject),
        via=via.get() if person else LogEntry.Via.SYSTEM,
        action=action,
        why=why,
        subject_type=entry.subject._meta.label_lower,  # noqa: SLF001 - Django documents it
        subject_id=str(entry.subject.pk),
        subject_label=label[:200],
        details=entry.details,
    )


def _organisation_of(person: User | None, subject: models.Model) -> Organisation | None:
    """Whose log the entry belongs in: the actor's organisation, for the system that of the subject."""
    if person:
        return person.organisation
    if isinstance(subject, Organisation):
        return subject
    owner = getattr(subject, "organisation", None)
    return owner if isinstance(owner, Organisation) else None


def _principal(person: User | None, subject: models.Model) -> Organisation | None:
    """For whom a service company's person acted: whose record it is, when it is not their own."""
    owner = getattr(subject, "organisation", None)
    if person is None or person.kind != Kind.SERVICE or not isinstance(owner, Organisation):
        return None
    return owner if owner.pk != person.organisation_id else None
