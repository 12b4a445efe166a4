"""A report in the order the national platform takes, and what was filed there laid beside it."""

import io
import json
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from shutan.apps.common import platform
from shutan.apps.reporting import downloads
from shutan.documents.grids import Grid, Slot


def test_its_own_export_differs_nowhere(report):
    tables = downloads.tables(report, "zh")
    for kind in ("platform", "platform-json"):
        compared = platform.compare(tables, downloads.make(report, kind, "zh").content)
        assert compared.same > 300
        assert (compared.differences, compared.unread) == ([], [])


def test_its_sheets_stand_in_the_order_of_the_annex(report):
    book = openpyxl.load_workbook(io.BytesIO(downloads.make(report, "platform", "zh").content))
    numbers = [title.split()[0] for title in book.sheetnames]
    assert numbers == sorted(numbers)
    assert len(numbers) == len(downloads.tables(report, "zh").grids) > 3


def places(tables, told):
    """(sheet, row of its JSON, column) of every known figure."""
    for sheet in told["sheets"]:
        for row, cells in zip(tables.grids[sheet["name"]].rows, sheet["rows"], strict=True):
            for column, slot in enumerate(row):
                if isinstance(slot, Slot) and isinstance(tables.result.value(slot.name, slot.key), Decimal):
                    yield sheet["name"], cells, column


def test_a_figure_filed_otherwise_is_named_with_its_place(report):
    tables = downloads.tables(report, "zh")
    told = json.loads(downloads.make(report, "platform-json", "zh").content)
    *_, (sheet, row, column) = places(tables, told)
    before = Decimal(row[column])
    row[column] = str(before + 1)
    (found,) = platform.compare(tables, json.dumps(told).encode()).differences
    assert (found.sheet, found.here, found.there, found.by) == (sheet, before, before + 1, 1)
    assert found.column == tables.grids[sheet].heads[column]
    assert found.item


def test_a_word_filed_otherwise_is_named_and_a_code_stays_a_word(report):
    tables = downloads.tables(report, "zh")
    book = openpyxl.load_workbook(io.BytesIO(downloads.make(report, "platform", "zh").content))
    lines = {row[0].value: row[2] for row in book["C.1"].iter_rows(min_row=2)}
    lines["行业代码"].value = float(lines["行业代码"].value)  # as Excel does with it
    lines["邮政编码"].value = "000000"
    stream = io.BytesIO()
    book.save(stream)
    (found,) = platform.compare(tables, stream.getvalue()).differences
    assert (found.sheet, found.item, found.there, found.by) == ("C.1", "邮政编码", "000000", None)
    assert found.here.isdigit()


@given(
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
)
def test_any_figure_comes_back_from_a_workbook_as_it_was(amount):
    grid = Grid("X.1", "", ("项目", "单位", "全年"), (("煤", "t", Slot("coal", ())),), 2)
    tables = platform.sheets(SimpleNamespace(value=lambda *_: amount), [grid], "zh")
    for content in (platform.write(tables), json.dumps(platform.write_json(tables, {})).encode()):
        compared = platform.compare(tables, content)
        assert (compared.same, compared.differences, compared.unread) == (1, [], [])


def test_page_and_api_say_the_same_and_strangers_nothing(client, people, report):
    client.force_login(people["filler"])
    assert client.get(f"/reports/{report.pk}/platform").status_code == 200
    told = json.loads(client.get(f"/reports/{report.pk}/download/platform-json").content)
    _sheet, row, column = next(places(downloads.tables(report, "zh"), told))
    row[column] = str(Decimal(row[column]) * 2 + 1)

    def sent():
        file = io.BytesIO(json.dumps(told).encode())
        file.name = "platform.json"
        return {"file": file}

    assert client.post(f"/reports/{report.pk}/platform", sent()).status_code == 200
    said = client.post(f"/api/v1/reports/{report.pk}/platform", sent()).json()
    assert [one["there"] for one in said["differences"]] == [row[column]]
    assert said["same"] > 300
    assert client.post(f"/reports/{report.pk}/platform", {}).status_code == 422
    client.force_login(people["other"])
    for verb in (client.get, client.post):
        assert verb(f"/reports/{report.pk}/platform").status_code == 404
    assert client.post(f"/api/v1/reports/{report.pk}/platform", sent()).status_code == 404
