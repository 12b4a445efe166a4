"""A Merkle tree as RFC 9162 section 2.1 defines it, over a store of the hashes of complete subtrees.

The store answers `(level, index)` with the hash over leaves `[index << level, (index + 1) << level)`. Nothing else is
ever needed, and nothing stored ever changes, so that a store may be a list, a table of a database or a downloaded file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

Get = Callable[[int, int], bytes]  # (level, index) → hash of a complete subtree


ALGORITHMS = ("sha256", "sm3")


class Head(NamedTuple):
    """The state of a log by one algorithm."""

    size: int
    root: bytes


class ProofError(ValueError):
    """A proof does not fit: what it is about was changed, or it belongs to another log."""


def _digest(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm, data).digest()


def empty_root(algorithm: str) -> bytes:
    """Return the root of a log without leaves."""
    return _digest(algorithm, b"")


def leaf_hash(algorithm: str, entry: bytes) -> bytes:
    """Return the hash of one leaf."""
    return _digest(algorithm, b"\x00" + entry)


def node_hash(algorithm: str, left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return _digest(algorithm, b"\x01" + left + right)


def grown(algorithm: str, size: int, leaves: Sequence[bytes], get: Get) -> dict[tuple[int, int], bytes]:
    """Return the new complete subtrees when leaf hashes are appended to a log of `size` leaves.

    Args:
        algorithm: name of the hash.
        size: how many leaves the log has.
        leaves: hashes of the new leaves, in order.
        get: the store as it is.
    """
    made: dict[tuple[int, int], bytes] = {}
    for at, leaf in enumerate(leaves, size):
        level, index, value = 0, at, leaf
        made[0, at] = leaf
        while index & 1:  # a right child completes its parent
            left = made.get((level, index - 1)) or get(level, index - 1)
            value = node_hash(algorithm, left, value)
            level, index = level + 1, index >> 1
            made[level, index] = value
    return made


def root(algorithm: str, size: int, get: Get) -> bytes:
    """Return the root of the first `size` leaves."""
    return _subtree(algorithm, 0, size, get) if size else empty_root(algorithm)


def inclusion(algorithm: str, index: int, size: int, get: Get) -> list[bytes]:
    """Return the proof that leaf `index` is among the first `size` leaves (RFC 9162 section 2.1.3.1).

    Raises:
        ProofError: the log of that size has no such leaf.
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not among the first {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_subtree(algorithm, middle, end, get))
            end = middle
        else:
            proof.append(_subtree(algorithm, start, middle, get))
            start = middle
    return proof[::-1]


def consistency(algorithm: str, old: int, new: int, get: Get) -> list[bytes]:
    """Return the proof that the log of `new` leaves begins with that of `old` leaves (section 2.1.4.1).

    Raises:
        ProofError: the older log is the larger one.
    """
    if not 0 <= old <= new:
        raise ProofError(f"a log of {old} leaves is not the beginning of one of {new}")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_subtree(algorithm, middle, end, get))
            end = middle
        else:
            proof.append(_subtree(algorithm, start, middle, get))
            start, whole = middle, False
    if not whole:
        proof.append(_subtree(algorithm, start, end, get))
    return proof[::-1]


def check_inclusion(algorithm: str, leaf: bytes, index: int, head: Head, proof: Sequence[bytes]) -> None:
    """Check a proof of inclusion against the state of a log, by the algorithm of section 2.1.3.2.

    Raises:
        ProofError: it does not lead to that root.
    """
    if not 0 <= index < head.size:
        raise ProofError(f"leaf {index} is not among the first {head.size}")
    value = leaf
    for part, stands_left in _climb(index, head.size - 1, proof):
        value = node_hash(algorithm, part, value) if stands_left else node_hash(algorithm, value, part)
    if value != head.root:
        raise ProofError("the proof leads to another root")


def check_consistency(algorithm: str, old: Head, new: Head, proof: Sequence[bytes]) -> None:
    """Check that a log extends an older state of it, by the algorithm of section 2.1.4.2.

    Raises:
        ProofError: history was rewritten between the two, or the proof belongs to another log.
    """
    if not 0 <= old.size <= new.size:
        raise ProofError(f"a log of {old.size} leaves is not the beginning of one of {new.size}")
    if old.size in (0, new.size):
        same = old.root == (new.root if old.size else empty_root(algorithm))
        if proof or not same:
            raise ProofError("two logs of one size have different roots")
        return
    # Where the old log is a complete subtree its root starts the proof, unsaid.
    parts = [old.root, *proof] if not old.size & (old.size - 1) else list(proof)
    if not parts:
        raise ProofError("the proof is too short")
    first, last = old.size - 1, new.size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    older = newer = parts[0]
    for part, stands_left in _climb(first, last, parts[1:]):
        if stands_left:
            older, newer = node_hash(algorithm, part, older), node_hash(algorithm, part, newer)
        else:
            newer = node_hash(algorithm, newer, part)
    if older != old.root:
        raise ProofError("the proof does not lead to the older root: history was rewritten")
    if newer != new.root:
        raise ProofError("the proof does not lead to the newer root")


def _climb(first: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of a proof with whether it stands left of what is proved; both checks go this way up."""
    for part in proof:
        if not last:
            raise ProofError("the proof is too long")
        stands_left = bool(first & 1) or first == last
        yield part, stands_left
        if stands_left:
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        first, last = first >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")


def needed(action: Callable[[Get], object]) -> list[tuple[int, int]]:
    """Return which subtrees an action asks its store for, so that a database answers them in one query."""
    asked: dict[tuple[int, int], None] = {}

    def note(level: int, index: int) -> bytes:
        asked[level, index] = None
        return b""

    action(note)
    return list(asked)


def stored(leaves: Iterable[bytes], algorithm: str) -> dict[tuple[int, int], bytes]:
    """Return all complete subtrees over leaf hashes: a store in memory, for a downloaded log."""
    return grown(algorithm, 0, list(leaves), lambda *_: b"")


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(algorithm: str, start: int, end: int, get: Get) -> bytes:
    size = end - start
    if not size & (size - 1):
        level = size.bit_length() - 1
        return get(level, start >> level)
    middle = start + _split(size)
    return node_hash(
        algorithm, _subtree(algorithm, start, middle, get), _subtree(algorithm, middle, end, get)
    )
