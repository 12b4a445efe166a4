"""Files nobody should be punished for sending: each is told apart, in both languages, with its place."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from shutan.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = EXAMPLES / "dazhou_2024.xlsx"
MONTHS = "化石燃料月报"


def report(file, folder, language="zh", *more):
    arguments = ["--language", language, "report", str(file), "-o", str(folder / "out"), *more]
    return CliRunner().invoke(cli, arguments)


@pytest.fixture
def edited(tmp_path):
    """Return a function that changes cells of a good workbook and saves it."""

    def change(*cells):
        book = openpyxl.load_workbook(GOOD)
        for sheet, place, value in cells:
            book[sheet][place] = value
        target = tmp_path / "edited.xlsx"
        book.save(target)
        return target

    return change


def column(sheet, name):
    """The letter of the column that holds an input; names stand in a hidden row."""
    found = openpyxl.load_workbook(GOOD)[sheet]
    return next(
        cell.column_letter for row in found.iter_rows(max_row=8) for cell in row if cell.value == name
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("fuel_consumption_reported", "一千吨", ("应填数字", "is not a number")),
        ("ncv_ar_reported", 35420000, ("", "")),
        ("carbon_source", "凭感觉", ("没有", "no choice")),
        ("sample_collected_on", "2024-02-30", ("日期", "date")),
        ("month", 13, ("月份", "month")),
        ("month", 1, ("填了两次", "stands twice")),
    ],
)
def test_wrong_cell_is_named_with_its_place(edited, tmp_path, name, value, words):
    place = f"{column(MONTHS, name)}18"
    file = edited((MONTHS, place, value))
    for language, word in zip(("zh", "en"), words, strict=True):
        result = report(file, tmp_path, language)
        assert result.exit_code == 1
        assert word in result.stderr
        assert "18" in result.stderr
        assert "Traceback" not in result.stderr
    answer = json.loads(report(file, tmp_path, "zh", "--json").stdout)
    assert any(one["place"].endswith("18") and one["sheet"] == MONTHS for one in answer["problems"])
    assert not (tmp_path / "out" / "report.xlsx").exists()


def test_all_faults_are_told_at_once(edited, tmp_path):
    letter = column(MONTHS, "fuel_consumption_reported")
    file = edited(*((MONTHS, f"{letter}{row}", "?") for row in range(10, 15)))
    answer = json.loads(report(file, tmp_path, "zh", "--json").stdout)
    assert {one["place"] for one in answer["problems"]} >= {f"{letter}{row}" for row in range(10, 15)}


def test_duplicate_unit(edited, tmp_path):
    sheet = "机组及生产设施"
    book = openpyxl.load_workbook(GOOD)[sheet]
    first = next(cell for row in book.iter_rows() for cell in row if cell.value == "2号机组")
    result = report(edited((sheet, first.coordinate, "1号机组")), tmp_path)
    assert result.exit_code == 1
    assert "重复" in result.stderr


def test_year_without_rules(tmp_path):
    for language, words in (("zh", "没有规则"), ("en", "no rules")):
        result = report(GOOD, tmp_path, language, "--rules-year", "1999")
        assert result.exit_code == 1
        assert words in result.stderr


def with_part(name, content):
    """A good workbook with one more part in its archive."""
    stream = io.BytesIO(GOOD.read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def truncated():
    return GOOD.read_bytes()[:20_000]


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (truncated, "损坏", "damaged"),
        (lambda: b"", "", ""),
        (lambda: b"not a workbook at all", "", ""),
        (lambda: with_part("xl/vbaProject.bin", b"x"), "宏", "macros"),
    ],
)
def test_refused_files(tmp_path, content, zh, en):
    file = tmp_path / "bad.xlsx"
    file.write_bytes(content())
    for language, words in (("zh", zh), ("en", en)):
        result = report(file, tmp_path, language)
        assert result.exit_code == 1
        assert "bad.xlsx" in result.stderr
        assert words in result.stderr
        assert "Traceback" not in result.stderr


def test_two_hundred_megabytes_are_refused_unread(tmp_path):
    file = tmp_path / "large.xlsx"
    with file.open("wb") as stream:  # sparse: nothing is written
        stream.truncate(200 * 2**20)
    started = dt.datetime.now(dt.UTC)
    result = report(file, tmp_path)
    assert result.exit_code == 1
    assert "MB" in result.stderr
    assert (dt.datetime.now(dt.UTC) - started).total_seconds() < 5


def test_json_of_the_same_schema(tmp_path):
    file = tmp_path / "report.json"
    file.write_text("{", encoding="utf-8")
    result = report(file, tmp_path)
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
