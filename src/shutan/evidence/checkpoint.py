"""A checkpoint: how long the log is and what its roots are, at a time, signed. The text form follows signed notes (C2SP)."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shutan.evidence.keys import ID_BYTES, PublicKey, Signer
from shutan.evidence.tree import ALGORITHMS

DASH = "\u2014 "  # an em dash and a space begin a signature line
ROOT_BYTES = 32


class CheckpointError(ValueError):
    """A text that is no checkpoint, or whose signature does not hold."""


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log.

    Attributes:
        origin: which log it is.
        size: how many leaves it has.
        roots: the root by each algorithm.
        at: when it was made, UTC.
        signatures: (name of the key, its id, signature).
    """

    origin: str
    size: int
    roots: Mapping[str, bytes]
    at: dt.datetime
    signatures: tuple[tuple[str, bytes, bytes], ...] = field(default=())

    @property
    def body(self) -> str:
        """The text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.roots[ALGORITHMS[0]]).decode()]
        lines += [f"{name} {base64.b64encode(self.roots[name]).decode()}" for name in ALGORITHMS[1:]]
        lines.append(f"time {self.at.astimezone(dt.UTC).isoformat(timespec='microseconds')}")
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        signed = (
            f"{DASH}{name} {base64.b64encode(identity + signature).decode()}\n"
            for name, identity, signature in self.signatures
        )
        return f"{self.body}\n{''.join(signed)}"

    def signed(self, signer: Signer) -> Checkpoint:
        """Return this checkpoint with one more signature."""
        key = signer.public
        made = (key.name, key.identity, signer.sign(self.body.encode()))
        return Checkpoint(self.origin, self.size, self.roots, self.at, (*self.signatures, made))

    def check(self, keys: Iterable[PublicKey]) -> list[PublicKey]:
        """Return the keys whose signatures hold.

        Raises:
            CheckpointError: a signature by a known key is wrong, or no known key signed.
        """
        known = {(key.name, key.identity): key for key in keys}
        found = []
        for name, identity, signature in self.signatures:
            key = known.get((name, identity))
            if key is None:
                continue
            if not key.holds(self.body.encode(), signature):
                raise CheckpointError(f"the signature of {name} does not hold")
            found.append(key)
        if not found:
            raise CheckpointError("no known key signed this checkpoint")
        return found


def parse(text: str) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        CheckpointError: it is none.
    """
    body, gap, signed = text.partition("\n\n")
    lines = body.split("\n")
    try:
        origin, size, first, *others = lines
        roots = {ALGORITHMS[0]: _bytes(first)}
        named = dict(line.split(" ", 1) for line in others)
        at = dt.datetime.fromisoformat(named.pop("time"))
        roots |= {name: _bytes(value) for name, value in named.items()}
        made = Checkpoint(origin, int(size), roots, at, tuple(map(_signature, signed.splitlines())))
    except (ValueError, KeyError, binascii.Error) as error:
        raise CheckpointError("this is no checkpoint of a log") from error
    # Whatever reads differently when written again (a second form of the same number, a root too much) is refused.
    if not gap or set(roots) != set(ALGORITHMS) or made.size < 0 or str(made) != text:
        raise CheckpointError("this is no checkpoint of a log")
    return made


def _bytes(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if len(data) != ROOT_BYTES:
        raise ValueError(text)
    return data


def _signature(line: str) -> tuple[str, bytes, bytes]:
    if not line.startswith(DASH):
        raise ValueError(line)
    name, _, encoded = line.removeprefix(DASH).rpartition(" ")
    data = base64.b64decode(encoded, validate=True)
    return name, data[:ID_BYTES], data[ID_BYTES:]
