"""Audit a downloaded log: recompute every root, check every signature, and prove that history was only added to.

A download is a folder or a zip file of it: `entries.txt` (one record's 64 bytes in hex a line), `checkpoints/*.txt`,
`keys.txt`, and `stamps/*.tsr`, named as the checkpoints they stand under, where an authority stamped them.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from cryptography.x509 import Certificate

from shutan.evidence import stamp
from shutan.evidence.checkpoint import Checkpoint, CheckpointError
from shutan.evidence.checkpoint import parse as parse_checkpoint
from shutan.evidence.keys import KeyFormatError, PublicKey
from shutan.evidence.receipts import Fault, Receipt
from shutan.evidence.records import ENTRY_BYTES, entry
from shutan.evidence.tree import ALGORITHMS, leaf_hash, root, stored

CLOCKS_DIFFER = dt.timedelta(minutes=1)  # of two machines that keep time


class DownloadError(ValueError):
    """A folder that is no download of a log."""


@dataclass(frozen=True)
class Download:
    """A log as anyone can fetch it."""

    entries: tuple[bytes, ...]
    checkpoints: tuple[Checkpoint, ...]  # the oldest first
    keys: tuple[PublicKey, ...]
    stamps: Mapping[int, bytes] = field(default_factory=dict)  # size of a checkpoint → answer of an authority


@dataclass(frozen=True)
class Audit:
    """What an audit found: how much it looked at, and everything that does not hold."""

    entries: int
    checkpoints: int
    stamps: int
    faults: tuple[Fault, ...]


def read(place: Path) -> Download:
    """Read a download, a folder or the zip file as it was fetched.

    Raises:
        DownloadError: a file is missing or says something else.
    """
    try:
        if place.is_dir():
            return _read(place)
        with zipfile.ZipFile(place) as packed:
            return _read(zipfile.Path(packed))
    except OSError as error:
        raise DownloadError(f"{error.filename or place}: {error.strerror or error}") from error
    except (CheckpointError, KeyFormatError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise DownloadError(str(error)) from error


def _read(folder: Path | zipfile.Path) -> Download:
    lines = (folder / "entries.txt").read_text(encoding="ascii").split()
    entries = tuple(map(bytes.fromhex, lines))
    keys = read_keys((folder / "keys.txt").read_text(encoding="utf-8"))
    signed = [one for one in (folder / "checkpoints").iterdir() if one.name.endswith(".txt")]
    found = [parse_checkpoint(one.read_bytes().decode("utf-8")) for one in signed]
    stamped = folder / "stamps"
    answers = [one for one in stamped.iterdir() if one.name.endswith(".tsr")] if stamped.is_dir() else []
    stamps = {int(one.name.removesuffix(".tsr")): one.read_bytes() for one in answers}
    if short := next((at for at, one in enumerate(entries, 1) if len(one) != ENTRY_BYTES), 0):
        raise DownloadError(f"entries.txt, line {short}: no record")
    return Download(entries, tuple(sorted(found, key=lambda one: (one.size, one.at))), keys, stamps)


def read_keys(text: str) -> tuple[PublicKey, ...]:
    """Read public keys, one a line.

    Raises:
        KeyFormatError: a line is no key.
    """
    return tuple(PublicKey.parse(line) for line in text.splitlines() if line.strip())


def audit(
    log: Download,
    *,
    since: Checkpoint | None = None,
    keys: Sequence[PublicKey] = (),
    receipts: Iterable[Receipt] = (),
    authorities: Sequence[Certificate] = (),
) -> Audit:
    """Check a whole log.

    Args:
        log: the download.
        since: a checkpoint kept from before; the log must extend it.
        keys: the keys one trusts; empty: those of the download, which then only agrees with itself.
        receipts: receipts one holds; each must stand at its place.
        authorities: roots of the time-stamp authorities one trusts; empty: who stamped is not asked.
    """
    trusted = tuple(keys) or log.keys
    leaves = {name: [leaf_hash(name, one) for one in log.entries] for name in ALGORITHMS}
    trees = {name: stored(leaves[name], name) for name in ALGORITHMS}

    def roots(size: int) -> dict[str, bytes]:
        return {name: root(name, size, lambda *at, _tree=trees[name]: _tree[at]) for name in ALGORITHMS}

    def state(one: Checkpoint, word: str) -> Iterator[Fault]:
        about = f"{word} {one.size}"
        try:
            one.check(trusted)
        except CheckpointError as error:
            yield Fault("signature", f"检查点（{one.size} 条）签名不成立", f"{about}: {error}", about)
        if one.size > len(log.entries):
            yield Fault(
                "shorter",
                f"检查点有 {one.size} 条，日志只有 {len(log.entries)} 条：记录被删",
                f"{about}: the log has only {len(log.entries)} records: some were removed",
                about,
            )
        elif dict(one.roots) != roots(one.size):
            yield Fault(
                "rewritten",
                f"前 {one.size} 条记录与检查点不符：历史被改写",
                f"{about}: the first {one.size} records are not those that were signed: history was rewritten",
                about,
            )

    found: list[Fault] = []
    if since is not None:
        found += state(since, "kept checkpoint")
        if any(one.origin != since.origin for one in log.checkpoints):
            found.append(
                Fault("origin", "不是同一日志", "another log than the kept checkpoint's", since.origin)
            )
    for one in log.checkpoints:
        found += state(one, "checkpoint")
    found += _times(log.checkpoints)
    found += _stamps(log, authorities)
    for receipt in receipts:
        found += _receipt(receipt, log, trusted)
    return Audit(len(log.entries), len(log.checkpoints), len(log.stamps), tuple(found))


def _times(checkpoints: Sequence[Checkpoint]) -> Iterator[Fault]:
    """Report a longer log that says it is older: the clock was set back, or a checkpoint was made afterwards."""
    for before, after in pairwise(checkpoints):
        if after.at < before.at:
            yield Fault(
                "clock",
                f"检查点（{after.size} 条）的时间早于前一检查点（{before.size} 条）",
                f"checkpoint {after.size} is dated before checkpoint {before.size}",
                f"checkpoint {after.size}",
            )


def _stamps(log: Download, authorities: Sequence[Certificate]) -> Iterator[Fault]:
    """Report stamps that are not of their checkpoint, and checkpoints dated after somebody else had seen them."""
    known = {one.size: one for one in log.checkpoints}
    for size, response in sorted(log.stamps.items()):
        about = f"checkpoint {size}"
        if size not in known:
            yield Fault(
                "stamp", f"时间戳没有对应的检查点（{size} 条）", f"{about}: stamped, but not there", about
            )
            continue
        try:
            seen = stamp.read(str(known[size]), response, authorities).at
        except stamp.StampError as error:
            yield Fault("stamp", f"检查点（{size} 条）的时间戳不成立", f"{about}: time stamp: {error}", about)
            continue
        if known[size].at > seen + CLOCKS_DIFFER:
            yield Fault(
                "clock",
                f"检查点（{size} 条）的时间晚于其时间戳：时钟被调快",
                f"{about} is dated after its time stamp: the clock was ahead",
                about,
            )


def _receipt(receipt: Receipt, log: Download, keys: Sequence[PublicKey]) -> Iterator[Fault]:
    about = str(receipt.content.get("subject", receipt.index))
    yield from receipt.faults(keys)
    stands = receipt.index < len(log.entries) and log.entries[receipt.index] == entry(
        receipt.content, receipt.salt
    )
    if not stands:
        yield Fault(
            "receipt",
            f"日志第 {receipt.index} 条不是回执 {about} 的内容",
            f"record {receipt.index} of the log is not what the receipt of {about} says",
            about,
        )


def write(folder: Path, log: Download) -> None:
    """Write a download."""
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    (folder / "entries.txt").write_text("".join(f"{one.hex()}\n" for one in log.entries), encoding="ascii")
    for size, response in log.stamps.items():
        (folder / "stamps").mkdir(exist_ok=True)
        (folder / "stamps" / f"{size:012d}.tsr").write_bytes(response)
    (folder / "keys.txt").write_text("".join(f"{key}\n" for key in log.keys), encoding="utf-8")
    for one in log.checkpoints:
        (folder / "checkpoints" / f"{one.size:012d}.txt").write_bytes(str(one).encode())
