"""A month's 300 values saved by the page's own request, and the same rows by one bare statement into the same table.

In a database of its own with its full durability, thrown away at the end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.evidence_log import LineOf, database

VALUES, TIMES = 300, 15
YEAR, MONTH = 2025, 3
BAR = 0.3  # s


def lines(values: int = VALUES, times: int = TIMES) -> list[LineOf]:
    """Save new values, then change them all; the reference takes turns with both."""
    database()
    return list(_lines(values, times))


def _lines(values: int, times: int) -> Iterator[LineOf]:
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from shutan.apps.filing.models import FiledValue  # noqa: PLC0415

    person, month = _month()
    client = Client()
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client.force_login(person)
        url = reverse("filing:month_cells", args=[month.pk])
        took: dict[str, list[float]] = {"new": [], "changed": [], "bare": []}
        for at in range(times + 1):
            FiledValue.objects.filter(filing=month).delete()
            bare = _timed(lambda at=at: _bare(month.pk, values, at))
            FiledValue.objects.filter(filing=month).delete()
            sent = {
                name: _sent(values, seen, figure)
                for name, seen, figure in (("new", 0, at + 1), ("changed", 1, at + 2))
            }
            found = {"bare": bare}
            for name, body in sent.items():
                found[name] = _timed(lambda body=body: _post(client, url, body, values))
            if at:  # the first round warms both up
                for name, seconds in found.items():
                    took[name].append(seconds)
    reference = _median(took["bare"])
    for words in ("new", "changed"):
        seconds = _median(took[words])
        beside = f"{seconds / reference:.1f} × one bare INSERT of the same rows ({reference * 1000:.0f} ms)"
        yield (
            f"{values} {words} values of a month saved by the page's request, with history and log entry",
            f"{seconds * 1000:.0f} ms (median of {times}), {beside}",
            "≤ 300 ms",
            seconds <= BAR,
        )


def _month() -> tuple[Any, Any]:
    """Who fills in, and a month begun."""
    from django.utils import timezone  # noqa: PLC0415

    from shutan.apps.accounts.demo import create_demo  # noqa: PLC0415
    from shutan.apps.accounts.models import User  # noqa: PLC0415
    from shutan.apps.filing import actions  # noqa: PLC0415

    now = timezone.now()
    create_demo(now)
    person = User.objects.select_related("organisation").get(username="carbon")
    assert person.organisation is not None
    book = actions.open_book(person, person.organisation, rule_set="power", year=YEAR, now=now)
    return person, actions.open_month(person, book, MONTH, now=now)


def _place(number: int) -> list[str]:
    return ["1号机组", "烟煤", str(number)]


def _sent(values: int, seen: int, figure: int) -> str:
    return json.dumps(
        {
            "changes": [
                {
                    "table": "samples",
                    "key": _place(number),
                    "variable": "sample_amount",
                    "value": f"{number}.{figure:02d}",
                    "seen": seen,
                }
                for number in range(1, values + 1)
            ]
        }
    )


def _post(client: Any, url: str, body: str, values: int) -> None:
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert len(answer.json()["saved"]) == values, answer.content


def _bare(month: int, values: int, figure: int) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO filing_filedvalue (filing_id, "table", key, variable, number, text, unit, obtained, note, revision, changed_at) '
            "SELECT %s, 'samples', ARRAY['1号机组', '烟煤', n::text], 'sample_amount', n + %s / 100.0, '', 't', '', '', 1, now() "
            "FROM generate_series(1, %s) n",
            [month, figure, values],
        )


def _timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]
