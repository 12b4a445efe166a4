"""What is written can be read again, exactly; a plant's workbook is a template that someone filled in."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from shutan.documents.template import unused_inputs, write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Dataset
from shutan.rules.registry import rule_set, rule_sets


def written(sector, data=None, language="zh"):
    stream = io.BytesIO()
    write_template(sector, 2024, stream, data=data, language=language)
    return stream.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_filled_workbook_gives_the_same_data_back(sector, language, filled):
    data = filled(tests=3)
    reading = read_workbook(written(sector, data, language), name="a.xlsx", rule_sets={"sector": sector})
    assert [one.text() for one in reading.problems] == []
    assert reading.complete
    assert (reading.year, reading.rules_year, reading.title) == (2024, 2024, "=蜀虚构电厂")
    for name, rows in data.tables.items():
        assert [row.values for row in reading.data.rows(name)] == [row.values for row in rows], name


def test_every_value_knows_its_cell(sector, filled):
    content = written(sector, filled())
    reading = read_workbook(content, name="a.xlsx", rule_sets={"sector": sector})
    origin = reading.data.rows("fuel_months")[3].origins["amount"]
    assert (origin.kind, origin.file, str(origin)) == ("cell", "a.xlsx", "燃料月报!E8")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in reading.data.rows("fuel_months")[:20]:
        for name in ("amount", "carbon"):
            assert float(row.values[name]) == book[row.origins[name].sheet][row.origins[name].place].value
    plant = reading.data.rows("plant")[0]
    assert book["基本信息"][plant.origins["plant_name"].place].value == "=蜀虚构电厂"


def test_text_is_never_a_formula(sector, filled):
    content = written(sector, filled())
    book = openpyxl.load_workbook(io.BytesIO(content))
    formulas = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }
    assert all(
        sheet == "燃料月报" and place.startswith("D") for sheet, place in formulas
    )  # the unit helper alone
    name = next(cell for line in book["基本信息"].iter_rows() for cell in line if cell.value == "=蜀虚构电厂")
    assert name.data_type == "s"
    assert name.quotePrefix


def test_empty_template_says_what_to_fill_in(sector, filled):
    reading = read_workbook(written(sector), rule_sets={"sector": sector})
    assert {one.code for one in reading.problems} == {"cell.missing", "table.empty"}
    assert not reading.complete
    assert reading.year == 2024


def test_the_sheet_helps_its_reader(sector, filled):
    book = openpyxl.load_workbook(io.BytesIO(written(sector)))
    sheet = book["燃料月报"]
    assert sheet.freeze_panes == "D5"
    assert sheet.protection.sheet
    assert sheet["E3"].protection.locked
    assert (
        not sheet.column_dimensions["E"].protection.locked
        if sheet.column_dimensions["E"].protection
        else True
    )
    assert [sheet.cell(row, 3).value for row in range(5, 18)] == [*range(1, 13), 1]
    assert sheet["E3"].value == "消耗量"
    assert sheet["E4"].value.startswith("t / 10⁴Nm³")
    assert "T 1" in sheet["E3"].comment.text
    assert "实测" in sheet["F3"].comment.text
    kinds = {one.type for one in sheet.data_validations.dataValidation}
    assert kinds == {"list", "decimal", "textLength"}
    assert "choices_Kind" in book.defined_names
    assert sheet.print_options is not None
    assert sheet.page_setup.orientation == "landscape"


def test_unit_of_the_row_follows_the_fuel(sector, filled):
    book = openpyxl.load_workbook(io.BytesIO(written(sector, filled())), data_only=True)
    shown = {(line[1].value, line[3].value) for line in book["燃料月报"].iter_rows(min_row=5, max_row=52)}
    assert shown == {("烟煤", "t"), ("天然气", "10⁴Nm³")}


def test_renamed_sheet_moved_column_lost_hidden_row(sector, filled):
    book = openpyxl.load_workbook(io.BytesIO(written(sector, filled())))
    book["燃料月报"].title = "Coal"
    book["机组月报"].move_range("C1:C60", cols=4)
    book["机组"].delete_rows(1)
    stream = io.BytesIO()
    book.save(stream)
    reading = read_workbook(stream.getvalue(), rule_sets={"sector": sector})
    assert [one.text() for one in reading.problems] == []
    assert reading.data.rows("unit_months")[0].values == filled().rows("unit_months")[0].values
    assert reading.data.rows("units")[1].values == filled().rows("units")[1].values


def test_merged_unit_names_and_a_sheet_for_each_unit(sector, filled):
    book = openpyxl.load_workbook(io.BytesIO(written(sector, filled())))
    sheet = book["机组月报"]
    for first in (5, 17):
        for row in range(first + 1, first + 12):
            sheet.cell(row, 1).value = None
        sheet.merge_cells(start_row=first, end_row=first + 11, start_column=1, end_column=1)
    other = book.copy_worksheet(sheet)
    sheet.unmerge_cells("A17:A28")
    sheet.delete_rows(17, 12)
    other.unmerge_cells("A5:A16")
    other.delete_rows(5, 12)
    for row in range(5, 17):
        other.cell(row, 1).value = "2号机组"
    stream = io.BytesIO()
    book.save(stream)
    reading = read_workbook(stream.getvalue(), rule_sets={"sector": sector})
    assert [one.text() for one in reading.problems] == []
    assert len(reading.data.rows("unit_months")) == 24


def test_rules_of_another_year(sector, filled):
    reading = read_workbook(written(sector, filled()), rules_year=2023, rule_sets={"sector": sector})
    assert reading.complete
    assert reading.exercise
    reading = read_workbook(written(sector, filled()), rules_year=1999, rule_sets={"sector": sector})
    assert [one.code for one in reading.problems] == ["year.unknown"]


def test_same_bytes_for_the_same_data(sector, filled):
    first, second = written(sector, filled()), written(sector, filled())
    with zipfile.ZipFile(io.BytesIO(first)) as one, zipfile.ZipFile(io.BytesIO(second)) as other:
        assert [one.read(name) for name in one.namelist()] == [other.read(name) for name in other.namelist()]


def test_columns_of_other_years_are_hidden_until_someone_fills_them():
    power = rule_set("power")
    assert "auxiliary_power_shared" in unused_inputs(power, 2024)
    assert "auxiliary_power_shared" not in unused_inputs(power, 2021)
    assert not {"enterprise_name", "purchased_electricity", "fuel_consumption_reported"} & unused_inputs(
        power, 2024
    )

    def hidden(data):
        stream = io.BytesIO()
        write_template(power, 2024, stream, data=data)
        sheet = openpyxl.load_workbook(stream)["机组月报"]
        column = next(cell.column for cell in sheet[1] if cell.value == "auxiliary_power_shared")
        return any(one.hidden for one in sheet.column_dimensions.values() if one.min <= column <= one.max)

    assert hidden(None)
    row = {"unit": "1", "month": 1, "purchased_electricity": Decimal(0), "auxiliary_power_shared": Decimal(1)}
    assert not hidden(Dataset.of({"unit_months": [row]}))


@pytest.mark.parametrize("name", list(rule_sets()))
def test_a_prepared_row_of_a_table_that_may_stay_empty_lacks_no_key(name):
    rules = rule_set(name)
    stream = io.BytesIO()
    write_template(rules, rules.years()[-1], stream)
    found = read_workbook(stream.getvalue(), name="a.xlsx").problems
    assert [one.text("en") for one in found if one.code == "key.missing"] == []
