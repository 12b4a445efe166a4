"""Every derived cell is a formula, and a second program computes the same."""

import io
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from shutan.cli.plants import chengdu, chuannan, dazhou
from shutan.documents.grids import places_of
from shutan.documents.live import rounded
from shutan.documents.report_workbook import formula_cells, write_report
from shutan.documents.safety import column_number
from shutan.kernel import Member, Waiting
from shutan.rules.registry import rule_set

# 0: always. Without it LibreOffice keeps the values stored by the writer and proves nothing.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(soffice: str, path: Path, folder: Path):
    """`{sheet: rows of values}` as LibreOffice computes them."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / "out"
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", out, path], check=True, capture_output=True, timeout=180)
    with python_calamine.load_workbook(str(out / path.name)) as book:
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }


def value_at(sheets, sheet, address):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    return sheets[sheet][int(row) - 1][column_number(letters) - 1]


@pytest.mark.libreoffice
def test_a_wrong_stored_value_does_not_survive(soffice, tmp_path):
    """The proof itself, and every mode of rounding at its ties."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("a")
        for row, (body, places, mode) in enumerate(
            [
                ("0.285", "2", "half_up"), ("1.005", "2", "half_up"), ("-2.5", "0", "half_up"),
                ("2.9999999999999996", "0", "floor"), ("1234567.899", "2", "floor"), ("-1.5", "0", "floor"),
                ("2.5", "0", "half_even"), ("3.5", "0", "half_even"), ("-0.125", "2", "half_even"), ("2.51", "0", "half_even"),
            ]
        ):  # fmt: skip
            sheet.write_formula(row, 0, "=" + rounded(body, places, mode), None, 99)
    got = [line[0] for line in recalculated(soffice, path, tmp_path)["a"]]
    assert got == [0.29, 1.01, -3, 3, 1234567.89, -2, 2, 4, -0.12, 3]


@pytest.fixture(
    params=[
        "sector en",
        "chuannan zh",
        "chengdu zh",
        "dazhou en",
    ]
)
def case(request, sector, filled):
    """A result and the language of its workbook."""
    which, language = request.param.split()
    if which == "sector":
        return sector.evaluate(2024, filled(tests=2)), language
    plants = {"chuannan": chuannan(2024), "chengdu": chengdu(2024), "dazhou": dazhou(2024)}
    plant = plants[which]
    return rule_set(plant.sector).evaluate(plant.rules_year, plant.dataset()), language


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same(soffice, case, tmp_path):
    result, language = case
    path = tmp_path / "report.xlsx"
    write_report(result, path, language, plant_wrong=True)
    sheets = recalculated(soffice, path, tmp_path)
    cells = formula_cells(result, language)
    assert len(cells) > 50
    for (sheet, address), (name, key) in cells.items():
        expected, found = result.value(name, key), value_at(sheets, sheet, address)
        told = f"{name}{key} {sheet}!{address}"
        if isinstance(expected, Member):
            assert found == (expected.zh if language == "zh" else expected.en), told
            continue
        assert isinstance(found, float), told  # an error or a formula never computed is ''
        places = places_of(result, name, key)
        if places is None:
            assert found == pytest.approx(float(expected), rel=1e-12, abs=1e-9), told
        else:
            assert round(Decimal(repr(found)), places) == expected, told
    left = [
        (name, value)
        for name, rows in sheets.items()
        for row in rows
        for value in row
        if value in (-987654321.5, "?")
    ]
    assert left == []  # the planted values are gone from every sheet, the report tables included


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_derived_cell_is_a_formula(sector, filled, language):
    result = sector.evaluate(2024, filled())
    stream = io.BytesIO()
    write_report(result, stream, language)
    book = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    values = openpyxl.load_workbook(io.BytesIO(stream.getvalue()), data_only=True)
    cells = formula_cells(result, language)
    wanted = sum(not isinstance(value, Waiting) for name in sector.order for _, value in result.items(name))
    assert len(cells) == wanted
    for (sheet, address), (name, key) in cells.items():
        cell = book[sheet][address]
        assert cell.data_type == "f", (name, key)
        value = result.value(name, key)
        shown = values[sheet][address].value  # what a phone shows without computing
        assert shown == (
            (value.zh if language == "zh" else value.en) if isinstance(value, Member) else float(value)
        )


def test_formulas_read_like_the_rules(sector, filled):
    result = sector.evaluate(2024, filled())
    stream = io.BytesIO()
    write_report(result, stream)
    book = openpyxl.load_workbook(stream)
    cells = {value: key for key, value in formula_cells(result).items()}

    def formula(name, *key):
        sheet, address = cells[name, key]
        return book[sheet][address].value

    assert formula("unit_emissions", "1号机组", 1).startswith("=SUM('计算·燃料月报'!")
    assert formula("yearly", "1号机组") == "=INT(ROUND((SUM('计算·机组月报'!E5:E16)),8))"
    assert formula("total") == "=SUM('计算·机组'!D6:E6)"  # few rows: the sheet is turned
    assert "44/12" in formula("emissions", "1号机组", "烟煤", 1)
    assert '"泥炭"' in formula("emissions", "1号机组", "烟煤", 1)
    assert "'参数'!" in formula("emissions", "1号机组", "烟煤", 1)


def test_status_sources_and_what_waits_are_told(sector, filled):
    result = sector.evaluate(2024, filled())
    stream = io.BytesIO()
    write_report(result, stream)
    book = openpyxl.load_workbook(stream)
    words = {
        sheet.title: [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]
        for sheet in book
    }
    assert "待核实（未见原文）" in words["摘要"]
    assert "待定：缺参数“以后公布的系数”" in words["摘要"]
    assert {"一号文", "二号文", "待核实（转引）", "以后公布的系数", "暂无数值"} <= set(words["参数"])
    assert "=蜀虚构电厂" in words["摘要"]
    assert "=蜀虚构电厂" in words["C.1 基本信息"]
    name = next(cell for line in book["摘要"].iter_rows() for cell in line if cell.value == "=蜀虚构电厂")
    assert name.data_type == "s"
    assert any("排放量" in str(word) and "44/12" in str(words["规则"]) for word in words["规则"])


def test_workbook_without_declared_report(sector, filled):
    result = sector.evaluate(2024, filled())
    declared, sector.report = sector.report, None
    try:
        stream = io.BytesIO()
        write_report(result, stream)
        assert "C.1 基本信息" not in openpyxl.load_workbook(stream).sheetnames
    finally:
        sector.report = declared


def test_an_exercise_says_so(sector, filled):
    stream = io.BytesIO()
    write_report(sector.evaluate(2024, filled()), stream, year=2014)
    words = [cell.value for line in openpyxl.load_workbook(stream)["摘要"].iter_rows() for cell in line]
    assert "演算稿，不是法定报告" in words
    assert "2014" in words
