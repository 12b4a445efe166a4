"""The tree's nodes in their table: the store that `shutan.evidence.tree` asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Max

from shutan.apps.evidence.models import Node
from shutan.evidence.tree import ALGORITHMS, Get, needed, root

Nodes = dict[tuple[int, int], tuple[bytes, bytes]]  # (level, index) → hashes in the order of ALGORITHMS


def size() -> int:
    """How many leaves the log has."""
    last = Node.objects.filter(level=0).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def edge(leaves: int) -> list[tuple[int, int]]:
    """The largest complete subtrees that a log of so many leaves consists of: all that adding to it ever reads."""
    return [(level, (leaves >> level) - 1) for level in range(leaves.bit_length()) if leaves >> level & 1]


def nodes(wanted: Iterable[tuple[int, int]]) -> Nodes:
    """The hashes of some subtrees, in one query; those that are not stored are left out."""
    places = list(wanted)
    if not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, index, sha256, sm3 FROM evidence_node"
            " JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(level, index) USING (level, index)",
            [[level for level, _ in places], [index for _, index in places]],
        )
        return {(level, index): (bytes(one), bytes(other)) for level, index, one, other in cursor.fetchall()}


def add(rows: Iterable[tuple[int, int, bytes, bytes]]) -> None:
    """Add nodes: (level, index, SHA-256, SM3)."""
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy("COPY evidence_node (level, index, sha256, sm3) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def gets(action: Callable[[Get], Any]) -> dict[str, Get]:
    """A store by algorithm that holds what an action (a root, a proof) asks for."""
    found = nodes(needed(action))
    return {name: _get(found, at) for at, name in enumerate(ALGORITHMS)}


def _get(found: Nodes, at: int) -> Get:
    return lambda level, index: found[level, index][at]


def roots(leaves: int) -> dict[str, bytes]:
    """The roots of the first so many leaves."""
    held = gets(lambda get: root(ALGORITHMS[0], leaves, get))
    return {name: root(name, leaves, held[name]) for name in ALGORITHMS}
