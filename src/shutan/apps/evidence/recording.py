"""An action's proof becomes a record, in the action's own transaction: both stand or neither."""

from __future__ import annotations

from django.db import models, transaction

from shutan.apps.accounts.log import Proof
from shutan.apps.accounts.models import LogEntry, Organisation
from shutan.apps.evidence import sequencing
from shutan.apps.evidence.kinds import KINDS, Proven
from shutan.apps.evidence.models import Record
from shutan.evidence import records


def record(told: LogEntry, subject: models.Model, proof: Proof) -> None:
    """Keep what an action proves; its place in the log it gets after the transaction (sequencing.py)."""
    known = _proven(told.action, subject, proof)
    content = records.record(
        told.action,
        f"{told.subject_type}/{subject.pk}",
        at=told.at,
        version=proof.version,
        files=known.files,
        facts=known.facts,
    )
    salt = records.new_salt()
    Record.objects.create(
        at=told.at,
        organisation=_owner(told, subject),
        kind=told.action,
        subject_type=told.subject_type,
        subject_pk=subject.pk,
        subject_label=told.subject_label,
        version=proof.version,
        content=content,
        salt=salt,
        entry=records.entry(content, salt),
    )
    # What fails here is done by the worker later; the action itself has succeeded.
    transaction.on_commit(sequencing.sequence, robust=True)


def _proven(action: str, subject: models.Model, proof: Proof) -> Proven:
    if proof.facts is not None:
        return Proven(proof.facts, proof.files or {})
    return KINDS[action].prover(subject.pk, proof.version)


def _owner(told: LogEntry, subject: models.Model) -> Organisation | None:
    """Whose record it is: that of the subject, else of who acted."""
    if isinstance(subject, Organisation):
        return subject
    owner = getattr(subject, "organisation", None)
    return owner if isinstance(owner, Organisation) else told.organisation
