"""The exported workbooks of energy and of entry to the lists: LibreOffice computes what the rules computed."""

import sys
from pathlib import Path

import pytest
from tests.documents import test_report_workbook as proof

from shutan.kernel import Dataset
from shutan.rules.registry import rule_set

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
import cases


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("name", "number", "language"), [("energy", "region", "zh"), ("entry", "group", "en")]
)
def test_libreoffice_computes_the_same(soffice, name, number, language, tmp_path):
    rules = rule_set(name)
    case = next(one for _, one in cases.cases() if (one["rule_set"], one["id"]) == (name, number))
    tables = {table.name: table for table in rules.tables}
    data = Dataset.of(
        {sheet: [cases._typed(tables[sheet], row) for row in rows] for sheet, rows in case["data"].items()}
    )
    proof.test_libreoffice_computes_the_same(
        soffice, (rules.evaluate(case["year"], data), language), tmp_path
    )
