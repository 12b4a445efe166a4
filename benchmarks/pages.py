"""A province of 1,000 enterprises in a server of its own: a workbook in, and twenty people who read pages and think.

The parts run in processes of their own: Django here, the server, and Locust, whose green threads must not meet either.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import filings

ENTERPRISES, WRONG, USERS, SECONDS = 1000, 30, 20, 60
IMPORT_BAR, PAGE_BAR = 20.0, 200.0  # s, ms
PYTHON = sys.executable


def lines() -> Iterator[tuple[str, str, str, bool]]:
    """Yield the rows of the table: import, then p95 of every page."""
    with tempfile.TemporaryDirectory(prefix="shutan-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the embedded database runs as another account
        env = {
            **os.environ,
            "SHUTAN_DATA_DIR": str(folder),
            "SHUTAN_PLAIN_STATIC": "1",
            "SHUTAN_SECOND_FACTOR": "off",
        }
        done = _json([PYTHON, "-m", "benchmarks.pages", "import"], env)
        yield (
            f"workbook of {ENTERPRISES:,} enterprises ({done['rows']:,} rows): read, judged, written",
            f"{done['seconds']:.1f} s; with {WRONG} rows wrong, {done['told']} of {WRONG} told and nothing saved in {done['refused']:.1f} s",
            "≤ 20 s, all problems",
            done["seconds"] <= IMPORT_BAR
            and done["refused"] <= IMPORT_BAR
            and done["told"] == WRONG
            and not done["saved"],
        )
        with _served(env) as port:
            pages = _json([PYTHON, "-m", "benchmarks.load", str(port), str(USERS), str(SECONDS)], env)
        worst = max(pages, key=lambda page: page["p95"])
        shown = "; ".join(
            f"{page['name']} {page['p95']:.0f}" for page in sorted(pages, key=lambda one: -one["p95"])
        )
        failed = sum(page["failures"] for page in pages)
        yield (
            f"{USERS} people, 1–3 s between pages, {ENTERPRISES:,} enterprises, {done['filled']['months']:,} filed months: p95 of each page, ms",
            f"slowest {worst['name']} {worst['p95']:.0f} ({sum(page['requests'] for page in pages):,} requests, {failed} failed): {shown}",
            "≤ 200 ms",
            worst["p95"] <= PAGE_BAR and not failed,
        )


def _json(command: list[str], env: dict[str, str]) -> Any:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _served(env: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [str(Path(PYTHON).with_name("shutan")), "serve", "--port", str(port)], env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_/health", timeout=2):
                    break
            except OSError:
                time.sleep(1)
        else:
            raise RuntimeError("the server did not start")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def take_in() -> dict[str, Any]:
    """Import a wrong workbook, then the right one, then make the accounts; returns what was measured."""
    from shutan.cli.server import make_demo, migrate_database, start_django  # noqa: PLC0415 - needs the environment

    start_django()
    migrate_database()
    from django.utils import timezone  # noqa: PLC0415 - Django is ready only now

    from shutan.apps.accounts.log import System  # noqa: PLC0415
    from shutan.apps.directory import workbook  # noqa: PLC0415
    from shutan.apps.directory.importing import import_rows  # noqa: PLC0415
    from shutan.apps.directory.models import Entity  # noqa: PLC0415
    from shutan.apps.directory.reading import FaultsError  # noqa: PLC0415
    from shutan.cli.province.drawing import enterprises, rows  # noqa: PLC0415

    actor, now = System("benchmark"), timezone.now()

    def send(tables: dict[str, list[dict[str, str]]]) -> float:
        content = workbook.write(tables, "zh")
        start = time.perf_counter()
        import_rows(actor, workbook.read(content), now=now, today=timezone.localdate(now))
        return time.perf_counter() - start

    tables = rows(enterprises(ENTERPRISES))
    wrong = {kind: [dict(row) for row in some] for kind, some in tables.items()}
    for row in wrong["legal_person"][:: ENTERPRISES // WRONG][:WRONG]:
        row["industry"] = "99"
    start, told = time.perf_counter(), 0
    try:
        send(wrong)
    except FaultsError as error:
        told = len(error.problems)
    refused, saved = time.perf_counter() - start, Entity.objects.count()
    seconds = send(tables)
    make_demo(ENTERPRISES)
    filled = filings.fill()
    return {
        "rows": sum(map(len, tables.values())),
        "seconds": seconds, "refused": refused, "told": told, "saved": saved, "filled": filled,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(take_in()))
