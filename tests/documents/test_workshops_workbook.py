"""The supplementary data of chemical workshops stand in the report's workbook and PDF, and recalculate to the same."""

import sys
from pathlib import Path

import openpyxl
import pytest
from tests.documents import test_report_workbook as proof

from shutan.documents.report_pdf import write_pdf
from shutan.documents.report_workbook import write_report
from shutan.kernel import Dataset
from shutan.rules.chemical import RULES

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from cases import _typed, cases


@pytest.fixture(scope="module")
def result():
    case = next(case for name, case in cases() if name == "chemical/workshops/workshops")
    tables = {table.name: table for table in RULES.tables}
    rows = {name: [_typed(tables[name], row) for row in part] for name, part in case["data"].items()}
    more = [
        {**row, "workshop": f"{row['workshop']}{number}"} for row in rows["workshops"] for number in (2, 3)
    ]
    rows["workshops"] += more  # without materials
    return RULES.evaluate(case["year"], Dataset.of(rows))


def test_the_report_shows_each_workshop_and_its_materials(result, tmp_path):
    write_report(result, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)
    cells = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for word in ("合成氨分厂", "尿素车间", "无烟煤", "补充数据表：能源作为原材料", "73212", "610.1"):
        assert any(word in cell for cell in cells), word
    write_pdf(result, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same(soffice, result, tmp_path):
    proof.test_libreoffice_computes_the_same(soffice, (result, "zh"), tmp_path)
