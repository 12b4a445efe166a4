"""The site against its own log: every record, node, checkpoint, subject and file is read again, and what differs is named.

Whoever changes a table behind the application's back has to change the record, the tree, every checkpoint since and every copy
of one that others keep. This audit finds what was not changed along; against the rest stand kept checkpoints and receipts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from shutan.apps.common import files
from shutan.apps.evidence import checkpoints, sequencing, store
from shutan.apps.evidence.kinds import KINDS
from shutan.apps.evidence.models import Checkpoint, Node, Record
from shutan.evidence.checkpoint import CheckpointError, parse
from shutan.evidence.receipts import Fault
from shutan.evidence.records import ContentError, entry
from shutan.evidence.tree import ALGORITHMS, grown, leaf_hash

CHUNK = 2000


@dataclass
class Audit:
    """What was looked at and what does not hold; `unread` counts records of kinds that nobody can recompute."""

    records: int = 0
    checkpoints: int = 0
    files: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def audit() -> Audit:
    """Read everything again."""
    found = Audit()
    found.faults += _sequenced()
    size = store.size()
    for start in range(0, size, CHUNK):
        found.faults += _records(start, min(start + CHUNK, size))
    found.faults += _tree(size)
    found.faults += _checkpoints(found, size)
    found.faults += _subjects(found)
    found.faults += _unrecorded()
    return found


def _sequenced() -> Iterator[Fault]:
    """Place what waits; a tree that cannot be added to is a fault."""
    try:
        sequencing.sequence()
    except sequencing.BrokenLogError as error:
        yield Fault("tree", f"日志树已损坏：{error}", f"the log's tree is broken: {error}", "tree")


def _records(start: int, end: int) -> Iterator[Fault]:
    """The records of some places against the leaves of the tree."""
    leaves = store.nodes((0, index) for index in range(start, end))
    held = {one.index: one for one in Record.objects.filter(index__gte=start, index__lt=end)}
    for index in range(start, end):
        record = held.get(index)
        if record is None:
            yield Fault(
                "missing",
                f"日志第 {index} 条的记录被删除",
                f"record {index} of the log was removed",
                str(index),
            )
        elif not _is_whole(record, leaves.get((0, index))):
            yield _about(record, "record", "存证记录本身被改动", "the record itself was changed")


def _is_whole(record: Record, leaf: tuple[bytes, bytes] | None) -> bool:
    content = record.content
    try:
        made = entry(content, bytes(record.salt))
    except ContentError:
        return False
    columns = (record.kind, f"{record.subject_type}/{record.subject_pk}", record.version)
    return (
        made == bytes(record.entry)
        and leaf == tuple(leaf_hash(name, made) for name in ALGORITHMS)
        and columns == (content.get("kind"), content.get("subject"), content.get("version"))
    )


def _tree(size: int) -> Iterator[Fault]:
    """Every inner node computed again from the leaves, some thousand leaves at a time."""
    edge: store.Nodes = {}
    expected = 0
    for start in range(0, size, CHUNK):
        end = min(start + CHUNK, size)
        leaves = store.nodes((0, index) for index in range(start, end))
        if len(leaves) < end - start:
            yield Fault(
                "tree",
                f"第 {start}–{end - 1} 条中有叶节点被删除",
                f"leaves among {start}–{end - 1} were removed",
                "tree",
            )
            return
        made = [
            grown(name, start, [leaves[0, index][at] for index in range(start, end)], _get(edge, at))
            for at, name in enumerate(ALGORITHMS)
        ]
        whole = {place: (made[0][place], made[1][place]) for place in made[0]}
        held = store.nodes(whole)
        for place, hashes in whole.items():
            if held.get(place) != hashes:
                where = f"{place[0]}/{place[1]}"
                yield Fault(
                    "tree",
                    f"树节点 {where} 被改动或删除",
                    f"node {where} of the tree was changed or removed",
                    where,
                )
        expected += len(whole)
        edge = {place: (whole | edge)[place] for place in store.edge(end)}
    if (count := Node.objects.count()) != expected:
        yield Fault(
            "tree",
            f"树有 {count} 个节点，应为 {expected} 个",
            f"the tree has {count} nodes, not {expected}",
            "tree",
        )


def _get(edge: store.Nodes, at: int) -> Any:
    return lambda level, index: edge[level, index][at]


def _checkpoints(found: Audit, size: int) -> Iterator[Fault]:
    """Every checkpoint against the tree, the keys and the one before it."""
    keys, before = checkpoints.public_keys(), None
    for one in Checkpoint.objects.order_by("size").iterator():
        found.checkpoints += 1
        about = f"checkpoint {one.size}"
        try:
            note = parse(one.text)
            note.check(keys)
        except CheckpointError as error:
            yield Fault("checkpoint", f"检查点（{one.size} 条）不成立：{error}", f"{about}: {error}", about)
            continue
        if (note.size, note.at) != (one.size, one.at) or (before and note.at < before):
            yield Fault("checkpoint", f"检查点（{one.size} 条）被改动", f"{about} was changed", about)
        before = note.at
        if one.size > size:
            yield Fault(
                "shorter",
                f"检查点有 {one.size} 条，日志只有 {size} 条：记录被删",
                f"{about}: the log has only {size} records: some were removed",
                about,
            )
        elif _roots(one.size) != dict(note.roots):
            yield Fault(
                "rewritten", f"前 {one.size} 条记录与检查点不符", f"{about}: history was rewritten", about
            )


def _roots(size: int) -> dict[str, bytes] | None:
    try:
        return store.roots(size)
    except KeyError:  # a node is missing, which the tree's own fault names
        return None


def _subjects(found: Audit) -> Iterator[Fault]:
    """What each record proved against today's rows and files."""
    seen: dict[str, bool] = {}
    for record in Record.objects.order_by("pk").iterator(chunk_size=200):
        found.records += 1
        recorded = {"facts": record.content.get("facts", {}), "files": record.content.get("files", {})}
        yield from _differences(record, recorded, found)
        for name, digest in recorded["files"].items():
            if digest not in seen:
                seen[digest] = _is_there(digest)
            if not seen[digest]:
                yield _about(
                    record, "file", f"文件 {name} 缺失或被改动", f"file {name} is missing or was changed"
                )
    found.files = len(seen)


def _differences(record: Record, recorded: Mapping[str, Any], found: Audit) -> Iterator[Fault]:
    kind = KINDS.get(record.kind)
    if kind is None:
        found.unread[record.kind] += 1
        return
    if kind.replaced and _later(record).exists():
        return
    try:
        today = kind.prover(record.subject_pk, record.version)
    except ObjectDoesNotExist:
        yield _about(
            record, "missing", "已存证，现已不存在或状态不符", "was recorded and is gone, or in another state"
        )
        return
    except Exception as error:  # noqa: BLE001 - one subject that cannot be read must not hide the others
        yield _about(record, "unread", f"无法读取：{error}", f"cannot be read: {error}")
        return
    for path, before, after in differing(recorded, {"facts": today.facts, "files": dict(today.files)}):
        yield _about(
            record,
            "row",
            f"{path} 与存证不符（存证 {before}，现为 {after}）",
            f"{path} differs from what was recorded ({before}, now {after})",
        )


def _later(record: Record) -> QuerySet[Record]:
    replacing = [one.action for one in KINDS.values() if one.replaced]
    return Record.objects.filter(
        subject_type=record.subject_type, subject_pk=record.subject_pk, kind__in=replacing, pk__gt=record.pk
    )


def differing(recorded: Any, today: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two contents differ, with both values; of a seal the rows, and the whole digest only where no row tells."""
    if isinstance(recorded, Mapping) and isinstance(today, Mapping):
        names = list(dict.fromkeys([*recorded, *today]))
        if {"sha256", "rows"} <= set(names) and recorded.get("rows") != today.get("rows"):
            names.remove("sha256")
        for name in names:
            inner = f"{path}.{name}" if path else name
            yield from differing(recorded.get(name), today.get(name), inner)
    elif recorded != (list(today) if isinstance(today, tuple) else today):
        yield path, recorded, today


def _unrecorded() -> Iterator[Fault]:
    """Subjects that stand in the tables as if an action had made them, and of which the log knows nothing."""
    for kind in KINDS.values():
        known = set(Record.objects.filter(kind=kind.action).values_list("subject_pk", "version"))
        for pk, version in _missing(kind.proved(), known):
            about = f"{kind.model._meta.label_lower}/{pk}"  # noqa: SLF001 - Django documents it
            yield Fault(
                "unrecorded",
                f"{about} 第 {version} 版在库中，日志中没有（{kind.action}）",
                f"{about} version {version} is in the tables and not in the log ({kind.action})",
                about,
            )


def _missing(
    standing: Iterable[tuple[int, int | None]], known: set[tuple[int, int]]
) -> Iterator[tuple[int, int | str]]:
    keys = {pk for pk, _version in known}
    for pk, version in standing:
        if pk not in keys if version is None else (pk, version) not in known:
            yield pk, "–" if version is None else version


def _is_there(digest: str) -> bool:
    try:
        files.content(digest)
    except OSError:
        return False
    return True


def _about(record: Record, code: str, zh: str, en: str) -> Fault:
    about = f"{record.subject_type}/{record.subject_pk}"
    head = f"{about} v{record.version} ({record.kind})"
    return Fault(code, f"{head}：{zh}", f"{head}: {en}", about)
