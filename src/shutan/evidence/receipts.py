"""A receipt: content, salt, place in the log and the proofs, in one JSON file that anyone checks without a network."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shutan.evidence.checkpoint import Checkpoint, CheckpointError
from shutan.evidence.checkpoint import parse as parse_checkpoint
from shutan.evidence.keys import PublicKey
from shutan.evidence.records import ContentError, entry, file_digest
from shutan.evidence.tree import ALGORITHMS, Get, Head, ProofError, check_inclusion, inclusion, leaf_hash

FORMAT = "shutan-receipt-1"


class ReceiptError(ValueError):
    """A file that is no receipt."""


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: `code` for programs, words in both languages, and what it is about."""

    code: str
    zh: str
    en: str
    about: str = ""


@dataclass(frozen=True)
class Receipt:
    """The proof that a content stands in a log.

    Attributes:
        content: what was recorded (`records.record`).
        salt: what keeps the leaf from being guessed.
        index: its place in the log, from 0.
        checkpoint: the state of the log that the proofs lead to.
        proofs: for each algorithm the hashes from the leaf to the root.
    """

    content: Mapping[str, Any]
    salt: bytes
    index: int
    checkpoint: Checkpoint
    proofs: Mapping[str, Sequence[bytes]]

    def json(self) -> dict[str, Any]:
        """Return the receipt as it is kept and handed out."""
        return {
            "format": FORMAT,
            "content": dict(self.content),
            "salt": base64.b64encode(self.salt).decode(),
            "index": self.index,
            "checkpoint": str(self.checkpoint),
            "proofs": {name: [part.hex() for part in proof] for name, proof in self.proofs.items()},
        }

    def faults(self, keys: Iterable[PublicKey]) -> list[Fault]:
        """Return everything that does not hold of the receipt itself; nothing where it proves what it says."""
        found = []
        try:
            self.checkpoint.check(keys)
        except CheckpointError as error:
            found.append(
                Fault("signature", "检查点签名不成立", f"checkpoint: {error}", self.checkpoint.origin)
            )
        try:
            leaf = entry(self.content, self.salt)
        except ContentError as error:
            return [*found, Fault("content", "内容没有规范形式", f"content: {error}")]
        for name in ALGORITHMS:
            try:
                head = Head(self.checkpoint.size, self.checkpoint.roots[name])
                check_inclusion(name, leaf_hash(name, leaf), self.index, head, self.proofs[name])
            except ProofError as error:
                found.append(
                    Fault("proof", f"内容不在该日志中（{name}）：回执或内容被改动", f"{name}: {error}", name)
                )
        return found

    def file_faults(self, files: Mapping[str, bytes]) -> list[Fault]:
        """Return which of some files are not those that were recorded, and which recorded ones were not shown.

        Args:
            files: name → data. A file is known by its digest; its name only helps to say what differs.
        """
        recorded: dict[str, str] = dict(self.content.get("files", {}))
        found, seen = [], set()
        for name, data in files.items():
            digest = file_digest(data)
            seen.add(digest)
            if digest not in recorded.values():
                changed = name in recorded
                zh = (
                    f"文件 {name} 与登记时不同"
                    if changed
                    else f"文件 {name} 不在回执中（改名不影响，内容不同）"
                )
                en = (
                    f"{name} differs from what was recorded"
                    if changed
                    else f"{name} is not in the receipt (another content)"
                )
                found.append(Fault("file", zh, en, name))
        missing = [name for name, digest in recorded.items() if digest not in seen]
        found += [
            Fault("missing", f"未提供文件 {name}", f"{name} was not given", name) for name in missing if files
        ]
        return found


def make_receipt(
    content: Mapping[str, Any], salt: bytes, index: int, checkpoint: Checkpoint, gets: Mapping[str, Get]
) -> Receipt:
    """Return the receipt of a leaf.

    Args:
        content: what was recorded.
        salt: its salt.
        index: its place.
        checkpoint: a state of the log that includes it.
        gets: the store of each algorithm's tree.

    Raises:
        ProofError: the checkpoint is older than the leaf.
    """
    proofs = {name: inclusion(name, index, checkpoint.size, gets[name]) for name in ALGORITHMS}
    return Receipt(content, salt, index, checkpoint, proofs)


def parse(text: str) -> Receipt:
    """Read a receipt.

    Raises:
        ReceiptError: the text is none.
    """
    try:
        given = json.loads(text, parse_float=_no_float)
        if not isinstance(given, dict) or given.get("format") != FORMAT:
            raise ReceiptError("this is no receipt")
        proofs = {name: [bytes.fromhex(part) for part in given["proofs"][name]] for name in ALGORITHMS}
        content, index = given["content"], given["index"]
        if not isinstance(content, dict) or not isinstance(index, int):
            raise ReceiptError("this is no receipt")
        salt = base64.b64decode(given["salt"], validate=True)
        return Receipt(content, salt, index, parse_checkpoint(given["checkpoint"]), proofs)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise ReceiptError(f"this is no receipt: {error}") from error


def _no_float(text: str) -> None:
    raise ValueError(f"a receipt holds no number such as {text}")
