"""Signed checkpoints of the log, on a schedule (tasks.py) and when a receipt needs one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from shutan.apps.evidence import keys, sequencing, store
from shutan.apps.evidence.models import Checkpoint, Key
from shutan.evidence.checkpoint import Checkpoint as Note
from shutan.evidence.checkpoint import parse
from shutan.evidence.keys import PublicKey


def origin() -> str:
    """The log's name: that of its first checkpoint for good, before it what the site is set to."""
    first = Checkpoint.objects.order_by("size").first()
    return parse(first.text).origin if first else settings.EVIDENCE_LOG


def make(*, now: datetime) -> Checkpoint | None:
    """Place what waits and sign the log's state, if it has grown; the newest checkpoint, None while the log is empty.

    A checkpoint is never dated before the one it follows, whatever the machine's clock says.

    Raises:
        BrokenLogError: the tree is shorter than a checkpoint says it was.
        KeyFileError: a key cannot be read.
    """
    sequencing.sequence()
    with transaction.atomic():
        sequencing.locked()
        size, last = store.size(), Checkpoint.objects.first()
        if last and last.size > size:
            raise sequencing.BrokenLogError(f"a checkpoint has {last.size} records, the log only {size}")
        if not size or (last and last.size == size):
            return last
        note = Note(origin(), size, store.roots(size), max(now, last.at) if last else now)
        for signer in keys.signers(note.origin):
            Key.objects.get_or_create(line=str(signer.public), defaults={"since": note.at})
            note = note.signed(signer)
        return Checkpoint.objects.create(size=size, at=note.at, text=str(note))


def public_keys() -> tuple[PublicKey, ...]:
    """Every key that ever signed, the oldest first."""
    return tuple(PublicKey.parse(line) for line in Key.objects.order_by("pk").values_list("line", flat=True))
