"""The documents of a sector that is not power: its workbook comes back as it went out."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from shutan.cli.plants.steel import steel_works
from shutan.documents.grids import unit_of
from shutan.documents.report_workbook import write_report
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Dataset
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


def test_the_report_has_what_is_made_public():
    """Appendix D of CETS-AG-03.01: company, emissions, changes and agencies."""
    rules = rule_set("steel")
    result = rules.evaluate(WORKS.year, WORKS.dataset())
    stream = io.BytesIO()
    write_report(result, stream)
    cells = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(stream)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for number in ("D.1", "D.2", "D.3", "D.4"):
        assert any(number in cell for cell in cells), number
    for title in ("企业基本信息", "企业层级二氧化碳排放量", "生产经营变化情况", "技术服务机构"):
        assert any(f"信息公开：{title}" in cell for cell in cells), title


def test_the_unit_of_a_parameter_is_of_no_row_in_particular():
    works = steel_works()
    result = rule_set("steel").evaluate(works.year, works.dataset())
    assert unit_of(result, "default_ncv", None) == "GJ/(t / 10⁴Nm³)"
    assert unit_of(result, "default_ncv", ("COKE",)) == "GJ/(t / 10⁴Nm³)"
    assert unit_of(result, "ncv_ar", ("高炉煤气", 1)) == "GJ/10⁴Nm³"
    assert unit_of(result, "ncv_ar", ("炼焦煤", 1)) == "GJ/t"


@pytest.mark.parametrize("written", ["20241201", Decimal(20241201), dt.date(2024, 12, 1)])
def test_a_day_of_the_monitored_source_is_read_however_excel_keeps_it(written):
    reading = _with_day(written)
    assert reading.problems == ()
    assert reading.data.rows("stack_days")[0].values["day"] == "20241201"


@pytest.mark.parametrize(
    ("written", "code"), [("20241305", "date.none"), ("五日", "date.text"), ("20241105", "key.day")]
)
def test_a_day_that_is_none_or_of_another_month_is_told_at_its_cell(written, code):
    (problem,) = _with_day(written).problems
    assert (problem.code, problem.place.sheet, problem.place.place) == (code, "烟气自动监测日平均值", "C5")


def _with_day(written):
    tables = {name: [dict(row) for row in rows] for name, rows in WORKS.tables.items()}
    tables["stack_days"][0]["day"] = written
    stream = io.BytesIO()
    write_template(rule_set("steel"), WORKS.year, stream, data=Dataset.of(tables))
    return read_workbook(stream.getvalue())
