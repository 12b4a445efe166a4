"""Bad input gets a clear message naming the place, every fault at once; the lawful passes."""

import datetime as dt
import io
import json
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from shutan.documents.json_form import read_json, write_data
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook


@pytest.fixture
def spoiled(sector, filled):
    """Read a good workbook after someone changed some cells: `{sheet: {cell: value}}`."""

    def read(cells, **options):
        stream = io.BytesIO()
        write_template(sector, 2024, stream, data=filled())
        book = openpyxl.load_workbook(stream)
        for sheet, changes in cells.items():
            for place, value in changes.items():
                book[sheet][place] = value
        changed = io.BytesIO()
        book.save(changed)
        return read_workbook(changed.getvalue(), name="a.xlsx", rule_sets={"sector": sector}, **options)

    return read


FAULTS = [
    ("燃料月报", "E5", "一百吨", "number.text", "应填数字，却是“一百吨”"),
    ("燃料月报", "E5", "12 t", "number.text", "12 t"),
    ("燃料月报", "E5", 1.234, "number.places", "小数位数多于2位"),
    ("燃料月报", "E5", -1, "number.range", "-1 超出允许范围"),
    ("燃料月报", "E5", 1e18, "number.large", "数值过大"),
    ("燃料月报", "E5", dt.date(2024, 1, 1), "number.text", "应填数字"),
    ("燃料月报", "E5", None, "cell.missing", "缺少“消耗量”"),
    ("燃料月报", "F5", 52.35, "number.unit", "百分数"),
    ("燃料月报", "G5", 22123, "number.unit", "kJ/kg"),
    ("燃料月报", "H5", 100.01, "number.range", "超出允许范围"),
    ("燃料月报", "I5", "x" * 201, "text.long", "文字长201字"),
    ("基本信息", "C5", 915105000000000000, "text.number", "超过15位的数字已丢失"),
    ("燃料月报", "C5", 13, "key.month", "“13”不是月份"),
    ("燃料月报", "C6", 1, "key.month_twice", "1号机组 · 烟煤 · 1月 填了两次，第一次在 燃料月报!A5"),
    ("燃料月报", "A5", None, "key.missing", "缺少“机组”"),
    ("燃料月报", "B5", "褐煤", "key.unknown", "《燃料》中没有“1号机组 · 褐煤”"),
    ("机组月报", "A5", "3号机组", "key.unknown", "《机组》中没有“3号机组”"),
    ("机组", "A6", "1号机组", "key.twice", "“1号机组”重复，第一次在 机组!A5"),
    ("机组", "C5", "2024-02-30", "date.none", "没有2024年2月30日这一天"),
    ("机组", "C5", "去年", "date.text", "“去年”不是日期"),
    ("燃料", "C5", "木头", "choice.unknown", "没有“木头”这一选项"),
    ("基本信息", "C4", "a\u202eb", "text.control", "U+202E"),
    ("基本信息", "C4", None, "cell.missing", "缺少“名称”"),
    ("说明", "C5", 1999, "year.unknown", "年份 1999 没有规则"),
    ("说明", "C5", "明年", "year.unknown", "年份 明年 没有规则"),
]


@pytest.mark.parametrize("case", FAULTS, ids=[f"{one[0]}-{one[1]}-{one[3]}" for one in FAULTS])
def test_fault_names_its_place(spoiled, case):
    sheet, cell, value, code, words = case
    reading = spoiled({sheet: {cell: value}})
    found = [one for one in reading.problems if one.code == code]
    assert found, [one.text() for one in reading.problems]
    assert words in found[0].text()
    assert str(found[0].place) == f"{sheet}!{cell}" or code in ("key.month_twice", "key.twice", "key.unknown")
    assert found[0].place.sheet == sheet
    assert not reading.complete
    assert found[0].text("en").isascii() or "·" in found[0].text("en") or sheet in found[0].text("en")


def test_all_faults_at_once(spoiled):
    reading = spoiled(
        {
            "燃料月报": {"E5": "x", "F6": 60, "C8": 2, "H9": 101},
            "机组": {"C5": "2024-02-30"},
            "机组月报": {"D7": "停"},
            "燃料": {"C6": "木头"},
        }
    )
    places = {(one.code, str(one.place)) for one in reading.problems}
    assert places == {
        ("number.text", "燃料月报!E5"),
        ("number.unit", "燃料月报!F6"),
        ("key.month_twice", "燃料月报!A8"),
        ("number.range", "燃料月报!H9"),
        ("date.none", "机组!C5"),
        ("number.text", "机组月报!D7"),
        ("choice.unknown", "燃料!C6"),
    }
    assert all(one.expected for one in reading.problems if one.code != "key.month_twice")


def test_a_missing_unit_is_told_once(spoiled):
    reading = spoiled({"机组": {"A6": "二号机组"}})
    assert [(one.code, one.message.zh) for one in reading.problems] == [
        ("key.unknown", "《机组》中没有“2号机组”"),
    ]


def test_column_removed_is_told_once(sector, filled):
    stream = io.BytesIO()
    write_template(sector, 2024, stream, data=filled())
    book = openpyxl.load_workbook(stream)
    book["燃料月报"].delete_cols(5)
    changed = io.BytesIO()
    book.save(changed)
    reading = read_workbook(changed.getvalue(), rule_sets={"sector": sector})
    assert [one.code for one in reading.problems] == ["column.missing"]


def test_lawful_oddities_pass(spoiled):
    reading = spoiled(
        {
            "机组月报": {"C5": -999.5, "D6": 0},
            "燃料月报": {"E9": 0, "F9": 0, "C5": "1月", "E6": "1,234.5", "E7": "１２３４", "G8": 389.31},
            "基本信息": {"C5": "", "C6": "2010年3月1日"},
            "燃料": {"C5": "COAL", "C6": "gas"},
        }
    )
    assert [one.text() for one in reading.problems] == []
    rows = reading.data.rows("fuel_months")
    assert [rows[1].values["amount"], rows[2].values["amount"]] == [Decimal("1234.5"), Decimal(1234)]
    assert reading.data.rows("plant")[0].values["opened"] == dt.date(2010, 3, 1)
    assert reading.data.rows("unit_months")[0].values["bought"] == Decimal("-999.5")


def test_float_noise_of_a_workbook_is_not_a_fault(spoiled):
    reading = spoiled({"燃料月报": {"E5": 0.1 + 0.2, "F5": 0.30000000000000004}})
    assert reading.complete
    assert reading.data.rows("fuel_months")[0].values["amount"] == Decimal("0.3")


def test_a_month_left_empty_is_a_warning(spoiled):
    reading = spoiled({"机组月报": {"C5": None, "D5": None}})
    found = [(one.code, one.severity, one.where) for one in reading.problems]
    # The row is left out, and what was burned in that month has no row of its unit to belong to.
    assert found == [("row.unfilled", "warning", "机组月报!A5"), ("row.missing", "error", "燃料月报!A5")]
    assert not reading.complete
    assert reading.computable
    assert len(reading.data.rows("unit_months")) == 23


# -- formulas in input cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", "7"), ("=SUM(E6:E7)", "246914.81"), ("=ROUND(E6/3,2)", "41152.43"), ("=-(2)^2", "4"),
        ("='燃料月报'!E6", "123457.28"), ("=E6", "123457.28"), ("=AVERAGE(1,2,3)*50%", "1"), ("=MAX(E9,3)", "3"),
    ],
)  # fmt: skip
def test_formula_without_stored_value_is_computed(spoiled, formula, value):
    reading = spoiled({"燃料月报": {"E5": formula}})  # openpyxl stores none
    assert [(one.code, one.severity, str(one.place)) for one in reading.problems] == [
        ("cell.formula", "warning", "燃料月报!E5")
    ]
    assert reading.data.rows("fuel_months")[0].values["amount"] == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "=E5",
        "=E5+1",
        "=1/0",
        "=VLOOKUP(1,A1:B2,2)",
        "=TODAY()",
        "=A5",
        "=" + "(" * 500,
        "=1e99^99",
        '="x"',
        "=ROUND(1)",
    ],
)
def test_formula_that_cannot_be_computed(spoiled, formula):
    reading = spoiled({"燃料月报": {"E5": formula}})
    codes = [one.code for one in reading.problems]
    if formula == "=A5":  # a text counts as nothing, as in a workbook
        assert codes[0] in ("cell.formula", "formula.unknown")
        return
    assert codes[0] in ("formula.unknown", "number.large"), codes
    assert not reading.complete


# With lxml on the machine or without: both ways to write an element that holds nothing.
EMPTY_RESULT = re.compile(rb"<f>TODAY\(\)</f><v(?: ?/>|></v>)")


def test_formula_with_stored_value(sector, filled):
    stream = io.BytesIO()
    write_template(sector, 2024, stream, data=filled())
    book = openpyxl.load_workbook(stream)
    book["燃料月报"]["E5"] = "=TODAY()"
    changed = io.BytesIO()
    book.save(changed)
    kept = io.BytesIO()
    with zipfile.ZipFile(changed) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, EMPTY_RESULT.sub(b"<f>TODAY()</f><v>88.5</v>", old.read(name)))
    reading = read_workbook(kept.getvalue(), rule_sets={"sector": sector})
    assert [one.code for one in reading.problems] == ["cell.formula"]
    assert reading.data.rows("fuel_months")[0].values["amount"] == Decimal("88.5")


# -- JSON --------------------------------------------------------------------------------------------------------------


def test_json_has_the_same_faults(sector, filled):
    payload = write_data(sector, 2024, filled())
    tables = payload["tables"]
    tables["fuel_months"][0]["amount"] = "x"
    tables["fuel_months"][1]["ncv"] = 22123
    tables["fuel_months"][2]["month"] = 2
    tables["fuel_months"][3]["colour"] = "red"
    tables["units"][0]["closed"] = "2024-02-30"
    tables["units"][1]["capacity"] = None
    tables["odd"] = []
    reading = read_json(json.dumps(payload), rule_sets={"sector": sector})
    assert {(one.code, one.place.place) for one in reading.problems} == {
        ("number.text", "tables.fuel_months.0.amount"),
        ("number.unit", "tables.fuel_months.1.ncv"),
        ("key.month_twice", "tables.fuel_months.2.unit"),
        ("json.unknown", "tables.fuel_months.3.colour"),
        ("date.none", "tables.units.0.closed"),
        ("cell.missing", "tables.units.1.capacity"),
        ("json.unknown", "tables.odd"),
    }


@pytest.mark.parametrize(
    "payload",
    [
        "", "[]", "{", "null", '{"rule_set": "x"}', '{"rule_set": []}', '{"rule_set": "sector"}', b"\xff\xfe",
        '{"rule_set": "sector", "year": "x", "tables": {}}', '{"rule_set": "sector", "year": 2024, "tables": []}',
        '{"rule_set": "sector", "year": 2024, "tables": {"units": {"a": 1}, "plant": "x", "fuels": [1, null]}}',
        '{"rule_set": "sector", "year": 1e400, "tables": {}}', '{"rule_set": "sector", "year": NaN, "tables": {}}',
        '{"rule_set": "sector", "year": 2024, "tables": {"units": [{"unit": {"a": []}, "capacity": [1]}]}}',
        '{"rule_set": "sector", "year": 2024, "tables": {"units": [{"unit": "a\\u0000b", "capacity": 1e999}]}}',
        '{"rule_set": "sector", "year": 2024, "tables": {"units": [{"unit": "\\ud800", "capacity": true}]}}',
        '{"rule_set": "sector", "year": 2024, "tables": {"units": [{"unit": 1, "capacity": "9' + "9" * 500 + '"}]}}',
        "[" * 100000,
    ],
)  # fmt: skip
def test_json_of_any_kind_gets_an_answer(sector, payload):
    reading = read_json(payload, rule_sets={"sector": sector})
    assert reading.errors
    for one in reading.problems:
        assert one.text("zh")
        json.dumps(one.json())


@pytest.mark.parametrize(
    ("payload", "zh", "en"),
    [
        ('{"a": 1,\n x}', "第 2 行第 2 列", "line 2, column 2"),
        (b'{"a": "\xff"}', "文字编码不是 UTF-8", "not in UTF-8"),
        ("[" * 100_000, "嵌套过深", "nested too deeply"),
        ('{"a": NaN}', "含有不能读取的数", "a number that cannot be read"),
        ('{"a": ' + "9" * 5000 + "}", "含有不能读取的数", "a number that cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_json_says_where_or_why_in_both_languages(sector, payload, zh, en):
    (problem,) = read_json(payload, rule_sets={"sector": sector}).errors
    assert problem.text("zh").endswith(zh)
    assert problem.text("en").endswith(en)
