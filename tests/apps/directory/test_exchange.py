"""Workbooks in and out: all or nothing, every fault at its cell, the same again after a round trip, and fast."""

import io
from datetime import date

import openpyxl
import pytest
from directory_helpers import NOW, SYSTEM, TODAY, code, facility, line

from shutan.apps.directory import importing, queries, workbook
from shutan.apps.directory.exporting import everything
from shutan.apps.directory.models import Entity, Fact
from shutan.apps.directory.reading import FaultsError


def take(content, actor=SYSTEM):
    rows = content if isinstance(content, workbook.Rows) else workbook.read(content)
    return importing.import_rows(actor, rows, now=NOW, today=TODAY)


def faults(content, actor=SYSTEM):
    with pytest.raises(FaultsError) as caught:
        take(content, actor)
    for problem in caught.value.problems:
        assert problem.message.zh
        assert problem.message.en
    return {(problem.code, str(problem.place)) for problem in caught.value.problems}


def enterprise(number, **more):
    return {
        "since": "2024-01-01",
        "name": f"企业{number:04d}",
        "credit_code": code(number),
        "sector": "水泥",
        "industry": "3011",
        "division": "510104",
    } | more


def plant(number, **more):
    return {
        "since": "2024-01-01",
        "name": "一厂",
        "owner": code(number),
        "sector": "水泥",
        "division": "510104",
    } | more


def unit(number, **more):
    return {
        "since": "2024-01-01",
        "name": "一线",
        "facility": f"{code(number)}/一厂",
        "sector": "水泥",
        "equipment": "回转窑",
        "capacity": "2500.5",
        "capacity_unit": "t/d",
    } | more


def book(count, language="zh", first=1):
    numbers = range(first, count + first)
    return workbook.write(
        {
            "legal_person": [enterprise(n) for n in numbers],
            "facility": [plant(n) for n in numbers],
            "line": [unit(n) for n in numbers],
        },
        language,
    )


def test_a_thousand_enterprises_at_once(db):
    rows = [enterprise(number) for number in range(1, 1001)]
    content = workbook.write({"legal_person": rows}, "zh")
    done = take(content)
    assert (done.created, done.changed) == (1000, 0)


def test_rows_of_one_file_refer_to_each_other(db):
    assert take(book(3)).created == 9
    found = Entity.objects.filter(kind="line")
    assert [queries.owner_of(one, TODAY).kind for one in found] == ["legal_person"] * 3
    assert (
        Fact.objects.filter(name="capacity", value="2500.5", during__startswith=date(2024, 1, 1)).count() == 3
    )


BAD = {
    3: {"credit_code": "91510100MA00000099"},
    40: {"division": "999999"},
    77: {"since": "2024-02-30"},
    500: {"name": ""},
    900: {"sector": "炼金"},
    901: {"industry": "AB"},
    999: {"credit_code": code(998)},
}
COLUMN = {"credit_code": "D", "division": "G", "since": "B", "name": "C", "sector": "E", "industry": "F"}


def test_of_a_thousand_rows_thirty_wrong_each_is_named_and_nothing_saved(db):
    rows = {n: enterprise(n) for n in range(1, 1001)}
    for at, wrong in BAD.items():
        rows[at] |= wrong
    for at in range(100, 123):  # 23 more, 30 in all
        rows[at]["division"] = "51010"
    found = faults(workbook.write({"legal_person": rows.values()}, "zh"))
    expected = {f"企业!{COLUMN[name]}{at + 3}" for at, wrong in BAD.items() for name in wrong}
    expected |= {f"企业!G{at + 3}" for at in range(100, 123)}
    assert {place for _code, place in found} == expected
    assert len(found) == 30
    assert not Entity.objects.exists()


def test_an_export_comes_back_unchanged(people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    facility("一厂", one)
    line("一线", facility("二厂", one), capacity="3", capacity_unit="MW")
    line("一线", Entity.objects.filter(kind="facility").first())
    for language in ("zh", "en"):
        done = take(workbook.write(everything(people["officer"], TODAY), language))
        assert (done.created, done.changed, done.unchanged) == (0, 0, 6)


def test_a_changed_export_changes_from_its_day(people):
    rows = everything(people["officer"], TODAY)
    rows["legal_person"][0] |= {"since": "2025-01-01", "address": "新路1号"}
    done = take(workbook.write(rows, "zh"))
    assert (done.changed, done.unchanged) == (1, 1)
    changed = Entity.objects.get(pk=rows["legal_person"][0]["number"])
    assert "address" not in queries.facts_on(changed, date(2024, 12, 31))
    assert queries.facts_on(changed, TODAY)["address"].value == "新路1号"


def test_what_an_import_does_not_change(people):
    rows = everything(people["officer"], TODAY)
    first = rows["legal_person"][0]
    first |= {"since": "2025-01-01", "name": "改名", "state": "停产（停运）"}
    assert faults(workbook.write(rows, "zh")) == {("fact.event", "企业!C4"), ("state.event", "企业!L4")}
    first |= {"name": "甲公司", "state": "", "since": "", "address": "x"}
    assert ("cell.missing", "企业!B4") in faults(workbook.write(rows, "zh"))


def test_days_that_would_overlap_are_told(people):
    rows = everything(people["officer"], TODAY)
    row = rows["legal_person"][0]
    take(workbook.write({"legal_person": [row | {"since": "2025-01-01", "address": "新"}]}, "zh"))
    older = workbook.write({"legal_person": [row | {"since": "2023-01-01", "address": "旧"}]}, "zh")
    assert {code for code, _place in faults(older)} == {"fact.later"}


def test_an_enterprise_imports_only_its_own(people):
    mine = workbook.write({"facility": [plant(1, name="新厂")]}, "zh")
    assert take(mine, people["one"]).created == 1
    theirs = workbook.write({"facility": [plant(2, name="新厂")]}, "zh")
    assert faults(theirs, people["one"]) == {("link.unknown", "设施!D4")}
    number = Entity.objects.get(organisation__name_zh="乙厂").pk
    stolen = workbook.write({"legal_person": [{"number": str(number)} | enterprise(2)]}, "zh")
    assert ("number.unknown", "企业!A4") in faults(stolen, people["one"])
    assert faults(workbook.write({"legal_person": [enterprise(9)]}, "zh"), people["far_city"]) == {
        ("scope", "企业!C4")
    }


def test_renamed_sheets_and_moved_columns_do_no_harm(db):
    loaded = openpyxl.load_workbook(io.BytesIO(book(1)))
    sheet = loaded["企业"]
    sheet.title = "随便"
    sheet.move_range("C1:D4", cols=12)
    stream = io.BytesIO()
    loaded.save(stream)
    assert take(stream.getvalue()).created == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"])
def test_no_workbook_is_a_fault(db, content):
    assert len(faults(content)) == 1


def test_an_empty_template_says_what_to_do(db):
    assert faults(workbook.write({}, "en")) == {("file.empty", "")}


def test_json_rows(db):
    done = take(workbook.from_json({"legal_person": [enterprise(1)], "facility": [plant(1)]}))
    assert done.created == 2
    bad = {"legal_person": [enterprise(2, division="1"), {"colour": "red"}], "planet": []}
    assert faults(workbook.from_json(bad)) == {
        ("division.unknown", "legal_person.0.division"),
        ("json.row", "legal_person.1"),
        ("json.kind", "planet"),
    }
    assert len(faults(workbook.from_json([]))) == 1
