"""The documents of a sector that is not power: its workbook comes back as it went out, and its report recomputes."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from tests.documents.test_report_workbook import recalculated, value_at

from shutan.cli.plants.steel import steel_works
from shutan.documents.grids import places_of
from shutan.documents.report_workbook import formula_cells, write_report
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Member
from shutan.rules.registry import rule_set

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKS = steel_works()


def test_the_example_is_what_the_generator_makes():
    stream = io.BytesIO()
    write_template(rule_set("steel"), WORKS.year, stream, data=WORKS.dataset())
    assert stream.getvalue() == (EXAMPLES / "steel_2024.xlsx").read_bytes()


def test_the_workbook_comes_back():
    reading = read_workbook(EXAMPLES / "steel_2024.xlsx")
    assert reading.problems == ()
    for name, rows in WORKS.tables.items():
        got = [dict(row.values) for row in reading.data.rows(name)]
        assert len(got) == len(rows), name
        for one, wanted in zip(got, rows, strict=True):
            assert {key: one[key] for key in wanted} == wanted, name


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", ["zh", "en"])
def test_libreoffice_computes_the_same(soffice, tmp_path, language):
    result = rule_set("steel").evaluate(2024, WORKS.dataset())
    path = tmp_path / "report.xlsx"
    write_report(result, path, language, plant_wrong=True)
    sheets = recalculated(soffice, path, tmp_path)
    cells = formula_cells(result, language)
    assert len(cells) > 2000
    for (sheet, address), (name, key) in cells.items():
        expected, found = result.value(name, key), value_at(sheets, sheet, address)
        if isinstance(expected, Member):
            assert found == (expected.zh if language == "zh" else expected.en), (name, key)
            continue
        places = places_of(result, name, key)
        if places is None:
            assert found == pytest.approx(float(expected), rel=1e-12, abs=1e-9), (name, key)
        else:
            assert round(Decimal(repr(found)), places) == expected, (name, key)
