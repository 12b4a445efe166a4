"""The evidence log in its tables: how fast leaves are stored and proofs answered at a million leaves.

In a database of its own, thrown away at the end.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LEAVES = 1_000_000
FILLED_AT_ONCE = 50_000
BATCHES, BATCH = 5, 2_000
PROOFS = 500

LineOf = tuple[str, str, str, bool]


def database() -> None:
    """Make a database of its own in a folder that is thrown away at exit."""
    folder = Path(tempfile.mkdtemp(prefix="shutan-bench-"))
    folder.chmod(0o755)
    # Registered first, so run last: after the server has been left.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"SHUTAN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "shutan.web.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415 - the other benchmarks need no Django
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def lines(leaves: int = LEAVES) -> list[LineOf]:
    """Fill the tree to a million leaves, then store batches on top and ask for proofs."""
    database()
    return list(_lines(leaves))


def _lines(leaves: int) -> Iterator[LineOf]:
    from django.utils import timezone  # noqa: PLC0415

    from shutan.apps.evidence import receipts, sequencing, store  # noqa: PLC0415
    from shutan.apps.evidence.models import Record  # noqa: PLC0415
    from shutan.evidence.tree import ALGORITHMS, Head, check_inclusion, inclusion  # noqa: PLC0415

    fill(leaves)
    seconds = []
    for _ in range(BATCHES):
        made = records(BATCH, timezone.now())
        start = time.perf_counter()
        Record.objects.bulk_create(made)
        assert sequencing.sequence() == BATCH
        seconds.append(time.perf_counter() - start)
    rate = BATCH / sorted(seconds)[BATCHES // 2]
    yield (
        f"records stored and sequenced on {leaves:,} leaves, batches of {BATCH:,}, durable, by SHA-256 and SM3",
        f"{rate:,.0f} leaves/s (median of {BATCHES})",
        "≥ 2,000 leaves/s",
        rate >= 2000,
    )
    size = store.size()
    roots = store.roots(size)
    heads = {name: Head(size, roots[name]) for name in ALGORITHMS}
    took = []
    for _ in range(PROOFS):
        index = (
            leaves + secrets.randbelow(size - leaves) if secrets.randbelow(2) else secrets.randbelow(leaves)
        )
        start = time.perf_counter()
        gets = store.gets(lambda get, index=index: inclusion(ALGORITHMS[0], index, size, get))
        proofs = {name: inclusion(name, index, size, gets[name]) for name in ALGORITHMS}
        took.append(time.perf_counter() - start)
        held = store.nodes([(0, index)])[0, index]
        for at, name in enumerate(ALGORITHMS):
            check_inclusion(name, held[at], index, heads[name], proofs[name])
    took.sort()
    p95 = took[int(PROOFS * 0.95)]
    yield (
        f"inclusion proof at {size:,} leaves, both trees, from the tables (all {PROOFS} verified)",
        f"{took[PROOFS // 2] * 1000:.2f} ms, p95 {p95 * 1000:.2f} ms",
        "≤ 5 ms",
        p95 <= 0.005,
    )
    start = time.perf_counter()
    for _ in range(20):
        receipts.consistency_proof(leaves - 1, size)
    each = (time.perf_counter() - start) / 20
    yield (
        f"consistency proof between {leaves - 1:,} and {size:,} leaves, both trees",
        f"{each * 1000:.2f} ms",
        "≤ 5 ms",
        each <= 0.005,
    )


def fill(leaves: int) -> None:
    """Put leaves into the tree alone, without records: proofs read nothing else."""
    from django.db import transaction  # noqa: PLC0415

    from shutan.apps.evidence import sequencing, store  # noqa: PLC0415

    with transaction.atomic():
        for start in range(0, leaves, FILLED_AT_ONCE):
            count = min(FILLED_AT_ONCE, leaves - start)
            store.add(sequencing._grown(start, [secrets.token_bytes(64) for _ in range(count)]))  # noqa: SLF001


def records(count: int, now: Any) -> list[Any]:
    """Records as actions make them, content, salt and entry."""
    from shutan.apps.evidence.models import Record  # noqa: PLC0415
    from shutan.evidence.records import entry, new_salt, record  # noqa: PLC0415

    made = []
    for number in range(count):
        content = record(
            "bench.act", f"bench.thing/{number}", at=now, facts={"total": "1234.56", "number": number}
        )
        salt = new_salt()
        made.append(
            Record(
                at=now, kind="bench.act", subject_type="bench.thing", subject_pk=number, subject_label="thing",
                version=1, content=content, salt=salt, entry=entry(content, salt),
            )
        )  # fmt: skip
    return made
