"""Receipts of records, and proofs that one checkpoint's log begins with another's."""

from __future__ import annotations

from datetime import datetime

from shutan.apps.evidence import checkpoints, store
from shutan.apps.evidence.models import Checkpoint, Record
from shutan.evidence.checkpoint import parse
from shutan.evidence.receipts import Receipt, make_receipt
from shutan.evidence.tree import ALGORITHMS, consistency, inclusion


def receipt(record: Record, *, now: datetime) -> Receipt:
    """The receipt of a record, by the first checkpoint that includes it: the same whenever it is asked for.

    Where none does yet, one is signed: who has just filed leaves with a proof.
    """
    if record.index is None or not _including(record):
        checkpoints.make(now=now)
        record.refresh_from_db(fields=["index"])
    held, place = _including(record), record.index
    if held is None or place is None:
        raise RuntimeError("a committed record has no place in the log")
    gets = store.gets(lambda get: inclusion(ALGORITHMS[0], place, held.size, get))
    return make_receipt(record.content, bytes(record.salt), place, parse(held.text), gets)


def _including(record: Record) -> Checkpoint | None:
    if record.index is None:
        return None
    return Checkpoint.objects.filter(size__gt=record.index).order_by("size").first()


def consistency_proof(old: int, new: int) -> dict[str, list[str]]:
    """That the log of `new` records begins with that of `old` ones: hashes in hexadecimal, by algorithm.

    Raises:
        ProofError: the older log is the larger one.
    """
    gets = store.gets(lambda get: consistency(ALGORITHMS[0], old, new, get))
    return {name: [part.hex() for part in consistency(name, old, new, gets[name])] for name in ALGORITHMS}
