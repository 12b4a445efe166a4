"""Out in the annex's order and back in: the same file differs nowhere, a changed figure is named."""

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from filing_helpers import NOW, change, changes

from shutan.apps.filing import actions, cells, platform, queries


@pytest.fixture
def filled(people, book):
    for number in (1, 2, 3):
        month = actions.open_month(people["filler"], book, number, now=NOW)
        cells.save(people["filler"], month, changes(number), now=NOW)
    return book


def test_our_own_export_differs_nowhere(people, filled):
    year = queries.year(people["filler"], filled)
    content = platform.write(year)
    compared = platform.compare(year, content)
    assert compared.same > 50
    assert (compared.differences, compared.unread) == ([], [])
    titles = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert [title.split()[0] for title in titles][:2] == ["C.3", "C.3"]
    assert titles[0].endswith("1号机组")


def test_a_figure_changed_here_since_is_named_with_what_follows_from_it(people, filled):
    before = platform.write(queries.year(people["filler"], filled))
    month = actions.open_month(people["filler"], filled, 3, now=NOW)
    cells.save(people["filler"], month, [change("100000", seen=1)], now=NOW)
    compared = platform.compare(queries.year(people["filler"], filled), before)
    changed = [one for one in compared.differences if one.unit == "t" and "3" in one.column]
    assert changed[0].here == 100000
    assert changed[0].by == changed[0].there - 100000
    assert len(compared.differences) > 1


def test_json_goes_out_and_comes_back_with_its_differences(client, people, filled):
    year = queries.year(people["filler"], filled)
    told = platform.write_json(year)
    same = platform.compare(year, json.dumps(told).encode())
    assert same.same > 50
    assert (same.differences, same.unread) == ([], [])
    row = next(row for row in told["sheets"][0]["rows"] if row[3] is not None)
    row[3] = str(Decimal(row[3]) + 1)
    changed = platform.compare(year, json.dumps(told).encode())
    assert [one.by for one in changed.differences] == [1]
    assert platform.compare(year, b'{"sheets": 7}').unread
    client.force_login(people["filler"])
    assert client.get(f"/filing/{filled.pk}/platform.json").json() == platform.write_json(year)
    assert client.get(f"/api/v1/filing/books/{filled.pk}/platform").json() == platform.write_json(year)


def test_what_is_no_workbook_or_none_of_ours_is_said(people, filled):
    year = queries.year(people["filler"], filled)
    assert platform.compare(year, b"no workbook").unread
    other = openpyxl.Workbook()
    other.active.title = "别的表"
    stream = io.BytesIO()
    other.save(stream)
    assert platform.compare(year, stream.getvalue()).unread == ["别的表"]


def test_the_pages_answer(client, people, filled):
    client.force_login(people["filler"])
    for path in ("", "/platform", "/platform.xlsx", "/year"):
        assert client.get(f"/filing/{filled.pk}{path}").status_code == 200
    sent = io.BytesIO(platform.write(queries.year(people["filler"], filled)))
    sent.name = "platform.xlsx"
    assert client.post(f"/filing/{filled.pk}/platform", {"file": sent}).status_code == 200
    client.force_login(people["rival"])
    for path in ("", "/platform", "/platform.xlsx", "/platform.json"):
        assert client.get(f"/filing/{filled.pk}{path}").status_code == 404
