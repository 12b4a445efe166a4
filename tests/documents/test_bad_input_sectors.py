"""Bad input of every sector: each fault told at its cell, in both languages, all at once; the lawful passes."""

import datetime as dt
import io
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from shutan.documents.json_form import read_json, write_data
from shutan.documents.template import write_template
from shutan.documents.wording import waiting_text
from shutan.documents.workbook import read_workbook
from shutan.kernel import Choice, Dataset, Number, ParameterValue, Waiting
from shutan.rules.registry import rule_set, rule_sets
from shutan.screening import run

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from cases import _typed, cases

NDRC = (
    "aviation", "ceramics", "chemical", "flat_glass", "magnesium", "nonferrous", "paper", "petrochemical",
)  # fmt: skip
SECTORS = (*NDRC, "aluminium", "cement", "energy", "entry", "power", "steel")


def filled(sector):
    """Return the rule set, year and tables of the golden case of the sector that fills in the most cells."""
    rules = rule_set(sector)
    held = [case for _, case in cases() if case["rule_set"] == sector and "data" in case]
    case = max(held, key=lambda one: sum(map(len, one["data"].values())))
    tables = {table.name: table for table in rules.tables}
    rows = {name: [_typed(tables[name], row) for row in part] for name, part in case["data"].items()}
    return rules, case["year"], rows


def reading(rules, year, rows):
    stream = io.BytesIO()
    write_template(rules, year, stream, data=Dataset.of(rows))
    return read_workbook(stream.getvalue(), name="a.xlsx")


def numbers(rules, rows):
    for table in rules.tables:
        for one in table.inputs:
            if isinstance(one, Number) and rows.get(table.name):
                yield table, one


def faulty(reading, codes):
    return [one for one in reading.problems if one.code in codes]


def both_languages(problem):
    assert problem.place.sheet
    assert problem.place.place
    assert problem.expected is not None
    assert problem.text("zh") != problem.text("en")


@pytest.mark.parametrize("sector", SECTORS)
def test_negative_amounts_and_shares_above_the_whole_are_all_told_at_once(sector):
    rules, year, rows = filled(sector)
    planted = 0
    for table, one in numbers(rules, rows):
        if one.maximum is not None and Decimal(one.maximum) in (1, 100):
            rows[table.name][0][one.name] = Decimal(one.maximum) + 1
        elif one.minimum is not None and Decimal(one.minimum) == 0:
            rows[table.name][0][one.name] = Decimal(-1)
        else:
            continue
        planted += 1
    found = faulty(reading(rules, year, rows), ("number.range", "number.unit"))
    assert len(found) == planted
    assert len({str(one.place) for one in found}) == planted
    for one in found:
        both_languages(one)


@pytest.mark.parametrize("sector", SECTORS)
def test_a_percentage_in_a_cell_of_a_fraction(sector):
    """Oxidation 98 for 0.98, carbon 98 for 0.98 tC/t: no cell of a share takes more than its whole."""
    for one in rule_set(sector).inputs.values():
        if not isinstance(one, Number):
            continue
        if one.name == "facility_load":  # no share: a furnace may run above what it was built for
            assert (one.minimum, one.maximum) == ("0", None)
        elif one.unit == "%":
            assert (one.minimum, one.maximum) == ("0", "100"), one.name
        elif "oxidation" in one.name or (one.unit == "tC/t" and "carbon" in one.name and sector != "power"):
            assert one.maximum is not None, one.name
            assert Decimal(one.maximum) == 1, one.name


@pytest.mark.parametrize("sector", SECTORS)
def test_a_word_of_another_sector_is_no_choice(sector):
    rules, year, rows = filled(sector)
    table, one = next(
        (table, one)
        for table in rules.tables
        for one in table.inputs
        if isinstance(one, Choice) and rows.get(table.name) and one.name in rows[table.name][0]
    )
    payload = write_data(rules, year, Dataset.of(rows))
    payload["tables"][table.name][0][one.name] = "铝液" if one.choices.find("铝液") is None else "尿素"
    (problem,) = faulty(read_json(payload), ("choice.unknown",))
    assert problem.place.place == f"tables.{table.name}.0.{one.name}"
    assert "铝液" in problem.text("zh")
    assert problem.expected is not None


@pytest.mark.parametrize("sector", sorted(rule_sets()))
def test_a_year_without_a_guide(sector):
    rules = rule_set(sector)
    before, after = rules.years()[0] - 1, rules.years()[-1] + 1
    for year in (before, after):
        found = read_json({"rule_set": sector, "year": year, "tables": {}})
        (problem,) = faulty(found, ("year.unknown",))
        assert f"年份 {year} 没有规则" in problem.text("zh")
        assert f"there are no rules for the year {year}" in problem.text("en")
        assert not found.computable


@pytest.mark.parametrize("sector", NDRC)
def test_a_net_seller_of_electricity_is_lawful(sector):
    rules, year, rows = filled(sector)
    rows["purchased"] = [{"month": 1, "purchased_electricity": Decimal(1), "sold_electricity": Decimal(9000)}]
    rows["enterprise"][0].setdefault("grid_area", rules.inputs["grid_area"].choices["CENTRAL"])
    found = reading(rules, year, rows)
    assert faulty(found, ("number.range", "number.unit")) == []
    assert found.rules.evaluate(year, found.data).value("net_purchased_electricity") == -8999


@pytest.mark.parametrize(
    ("sector", "name"),
    [("chemical", "nitrous_oxide_warming_potential"), ("paper", "methane_warming_potential"), ("aluminium", "gwp_cf4")],
)  # fmt: skip
def test_a_missing_warming_potential_is_waited_for_by_name(sector, name):
    rules, year, rows = filled(sector)
    gone = ParameterValue(name, dt.date(year, 1, 1), None, "test", "unknown", registered_by="test")
    result = rules.evaluate(year, Dataset.of(rows), [gone])
    total = "enterprise_emissions" if sector == "aluminium" else "greenhouse_gas_emissions"
    waiting = result.value(total)
    assert isinstance(waiting, Waiting)
    assert {one.name for one in waiting.reasons} == {name}
    zh, en = rules.labels_of(name)
    assert zh in waiting_text(rules, waiting, "zh")
    assert en.lower() in waiting_text(rules, waiting, "en").lower()


def test_a_furnace_in_two_processes_is_told_once_at_the_second_place():
    rules, year, rows = filled("steel")
    first, second = (row["process"] for row in rows["processes"][:2])
    rows["facilities"] = [
        {"process": first, "facility": "1号炉"},
        {"process": second, "facility": "1号炉"},
        {"process": second, "facility": "2号炉"},
    ]
    for row in rows["facilities"]:
        row["facility_size"] = "10"
    stream = io.BytesIO()
    write_template(rules, year, stream, data=Dataset.of(rows))
    (problem,) = faulty(read_workbook(stream.getvalue(), name="a.xlsx"), ("key.elsewhere",))
    both_languages(problem)
    sheet = openpyxl.load_workbook(stream)[problem.place.sheet]
    assert sheet[problem.place.place].value == "1号炉"
    assert f"同时属于“{first}”" in problem.text("zh")
    assert f"to “{second}”" in problem.text("en")


# -- what is possible but unlikely: a finding that names the cell, not a refusal ------------------------------------------


def findings(sector, change, *only):
    rules, year, rows = filled(sector)
    change(rules, rows)
    read = reading(rules, year, rows)
    return run(read.rules.evaluate(year, read.data), only=only).findings


@pytest.mark.parametrize(
    ("sector", "table", "name"),
    [
        ("flat_glass", "material_months", "carbonate_mass_share"), ("paper", "limestone", "limestone_purity"),
        ("chemical", "recovery", "purity_for_sale"), ("petrochemical", "recovery", "purity_for_sale"),
        ("magnesium", "dolomite", "dolomite_purity_reported"), ("aluminium", "material_months", "carbonate_purity"),
        ("nonferrous", "material_months", "carbonate_purity_reported"),
        ("ceramics", "raw_materials", "utilisation_reported"),
    ],
)  # fmt: skip
def test_a_fraction_in_a_cell_of_a_percentage(sector, table, name):
    def change(_, rows):
        rows[table][0][name] = Decimal("0.98")

    found = [
        one for one in findings(sector, change, "STR-07") if any(field.name == name for field in one.fields)
    ]
    assert len(found) == 1
    assert found[0].fields[0].origin.place
    assert "疑似以小数填写百分数" in found[0].message.zh
    assert not found[0].blocks


@pytest.mark.parametrize("sector", ["flat_glass", "paper", "chemical", "steel", "cement", "aluminium"])
def test_gas_in_cubic_metres(sector):
    name = {"steel": "fuel_purchased", "cement": "line_fuel_consumption", "aluminium": "works_fuel_consumption"}.get(
        sector, "fuel_consumption_reported"
    )  # fmt: skip

    def change(rules, rows):
        kind = next(iter(rows["fuels"]))
        kind["fuel_kind"] = rules.inputs["fuel_kind"].choices["NATURAL_GAS"]
        table = rules.input_table[name].name
        row = next(row for row in rows[table] if row["fuel"] == kind["fuel"])
        row[name] = Decimal(1200001)

    (found,) = [one for one in findings(sector, change, "STR-07") if one.value == 1200001]
    assert found.fields[0].name == name
    assert found.fields[0].origin.place
    assert "疑似以 Nm³ 填写" in found.message.zh


def test_coal_of_that_mass_is_no_slip_of_gas():
    def change(rules, rows):
        rows["fuels"][0]["fuel_kind"] = rules.inputs["fuel_kind"].choices["BITUMINOUS"]
        rows["fuel_months"][0]["fuel_consumption_reported"] = Decimal(1200001)

    assert findings("paper", change, "STR-07") == ()


def test_the_workbook_of_another_sector():
    def change(_, rows):
        rows["enterprise"][0]["sector_code"] = "C3011"

    (found,) = [
        one for one in findings("flat_glass", change, "STR-06") if one.fields[0].name == "sector_code"
    ]
    assert "不属于本模板的行业（平板玻璃行业）" in found.message.zh
    assert "not of the sector of this workbook (Flat glass)" in found.message.en
    assert not found.blocks


@pytest.mark.parametrize("code", ["3041", "3041、3011", "3099", ""])
def test_the_workbook_of_the_own_sector(code):
    def change(_, rows):
        rows["enterprise"][0]["sector_code"] = code

    assert not [
        one for one in findings("flat_glass", change, "STR-06") if one.fields[0].name == "sector_code"
    ]
