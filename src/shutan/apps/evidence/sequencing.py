"""Committed records get their place in the log and the tree grows over them, in batches, all or nothing.

One advisory lock makes it one batch at a time, in however many processes. A process that dies leaves its batch's records
without a place, as they were; the next call places them. Places follow the order of keys among what waits, never the clock.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from shutan.apps.evidence import store
from shutan.apps.evidence.models import Record
from shutan.evidence.tree import ALGORITHMS, grown, leaf_hash

LOCK = 0x5368_7574_616E  # "Shutan": this log's advisory lock
BATCH = 2000

_PLACE = """
UPDATE evidence_record SET index = given.index
FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, index)
WHERE evidence_record.id = given.id AND evidence_record.index IS NULL
"""


class BrokenLogError(RuntimeError):
    """The stored tree is not what it must be: something was changed behind the application's back."""


def sequence(*, batch: int = BATCH) -> int:
    """Place every committed record that waits; how many there were.

    Raises:
        BrokenLogError: the tree was tampered with; nothing is added to it before someone has looked.
    """
    placed = 0
    while True:
        found = _one_batch(batch)
        placed += found
        if found < batch:
            return placed


def locked() -> None:
    """Wait until no other process changes the log, until the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _one_batch(most: int) -> int:
    waiting = Record.objects.filter(index=None).order_by("pk").values_list("pk", "entry")
    if not waiting.exists():  # without the lock: the usual answer costs one look
        return 0
    with transaction.atomic():
        locked()
        found = [(pk, bytes(entry)) for pk, entry in waiting[:most]]
        if not found:
            return 0
        size = store.size()
        nodes = _grown(size, [entry for _, entry in found])
        store.add(nodes)
        _place([pk for pk, _ in found], size)
    return len(found)


def _grown(size: int, entries: list[bytes]) -> list[tuple[int, int, bytes, bytes]]:
    """The new nodes by both algorithms."""
    edge = store.nodes(store.edge(size))

    def made(at: int, name: str) -> dict[tuple[int, int], bytes]:
        get = _left_of(edge, at)
        return grown(name, size, [leaf_hash(name, one) for one in entries], get)

    by_sha256, by_sm3 = (made(at, name) for at, name in enumerate(ALGORITHMS))
    return [(*place, by_sha256[place], by_sm3[place]) for place in by_sha256]


def _left_of(edge: store.Nodes, at: int) -> Callable[[int, int], bytes]:
    def get(level: int, index: int) -> bytes:
        try:
            return edge[level, index][at]
        except KeyError as error:
            raise BrokenLogError(f"the log's tree has no node {level}/{index}") from error

    return get


def _place(keys: list[int], size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [keys, list(range(size, size + len(keys)))])
        if cursor.rowcount != len(keys):
            raise BrokenLogError("a record already has another place in the log")
