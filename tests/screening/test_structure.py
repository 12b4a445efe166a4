"""Structure: what must be there, once, in its month, in its unit, under a valid code."""

import datetime as dt
from decimal import Decimal

import pytest

from shutan.rules.common import fuels
from shutan.rules.common.codes import credit_code_check_character, is_credit_code, is_industry_code
from shutan.rules.power import RULES, choices
from shutan.screening import run, run_raw
from shutan.screening.catalogue import Severity
from shutan.screening.divisions import divisions, successor

COAL = {"fuel": "烟煤", "month": 3}
MACHINE = {"generator": "1", "month": 3}


def raw(plant, *only):
    return run_raw(RULES, plant.data(), year=plant.year, only=only)


# -- STR-01 ----------------------------------------------------------------------------------------------------------


def test_a_mandatory_cell(plant):
    plant.set("unit_months", {"unit": "1号机组", "month": 4}, purchased_electricity=None)
    (finding,) = plant.screen("STR-01").findings
    assert finding.blocks
    assert finding.subject.key == ("1号机组",)
    assert [(field.name, field.key) for field in finding.fields] == [
        ("purchased_electricity", ("1号机组", 4))
    ]
    assert "4 月" in finding.message.zh
    assert "month 4" in finding.message.en
    assert str(finding.fields[0].origin).startswith("unit_months!A"), "an empty cell is told by its row"
    assert raw(plant, "STR-01").findings == (finding,)


def test_empty_months_of_one_column_are_one_finding(plant):
    plant.set("fuel_months", {"fuel": "烟煤"}, fuel_consumption_reported=None)
    (finding,) = plant.screen("STR-01").findings
    assert len(finding.fields) == 12
    assert finding.subject.key == ("1号机组", "烟煤")


def test_an_optional_cell_that_a_result_uses(plant):
    plant.set("fuel_months", COAL, carbon_reported=None)
    (finding,) = plant.screen("STR-01").findings
    assert finding.fields[0].name == "carbon_reported"
    assert finding.blocks


def test_an_optional_cell_that_no_result_uses(plant):
    plant.set("fuel_months", COAL, carbon_reported=None, carbon_source=fuels.CarbonSource.NOT_MEASURED)
    plant.set("fuel_months", COAL, moisture_ad=None, ash_ad=None)
    assert plant.ids("STR-01") == []


def test_a_stopped_fuel_needs_no_test(plant):
    plant.set("fuel_months", COAL, fuel_consumption_reported="0", carbon_reported=None, ncv_ar_reported=None)
    assert plant.ids("STR-01") == []


def test_what_only_the_auxiliary_tables_use_does_not_block(plant):
    plant.set("units", {"unit": "1号机组"}, product=choices.Product.CHP)
    flow = {"unit": "1号机组", "month": 3, "flow": "A", "heat_origin": choices.HeatOrigin.TURBINE_DIRECT}
    plant.add("heat_flows", **flow, heat_method=choices.HeatMethod.SETTLEMENT, settled_heat=Decimal(1000))
    found = plant.screen("STR-01").findings
    assert {field.name for one in found for field in one.fields} == {"turbine_heat_input"}
    assert {one.severity.value for one in found} == {"high"}


def test_a_unit_without_its_row(plant):
    plant.drop("units", unit="2号机组")
    findings = plant.screen("STR-01").findings
    assert ("2号机组",) in [one.subject.key for one in findings]
    assert any("缺少" in one.message.zh and one.blocks for one in findings)


def test_a_row_without_its_key(plant):
    plant.set("fuel_months", COAL, unit=None)
    found = raw(plant, "STR-01").findings
    assert any("没有填写机组" in one.message.zh and "fuel_months!" in one.message.zh for one in found)


def test_blanks_are_nothing(plant):
    plant.set("enterprise", {}, enterprise_name="  ")
    assert plant.ids("STR-01") == [("STR-01", ())]


# -- STR-03 ----------------------------------------------------------------------------------------------------------


def test_a_month_twice_is_said_before_anything_is_computed(plant):
    plant.add("fuel_months", **plant.rows("fuel_months", **COAL)[0])
    screening = raw(plant)
    (finding,) = screening.of("STR-03")
    assert finding.blocks
    assert screening.blocks
    assert finding.message.zh.count("fuel_months!") == 2
    assert {one.check for one in screening.not_run if one.why.value == "not_computed"} >= {"CAL-01", "RNG-01"}
    assert {one.check for one in screening.clean} >= {"STR-01", "STR-06", "CAL-09"}


@pytest.mark.parametrize("other", ["1号机组 ", "１号机组", "1 号机组"])
def test_names_that_only_look_different(plant, other):
    row = dict(plant.rows("units", unit="1号机组")[0], unit=other)
    plant.add("units", **row)
    (finding,) = plant.screen("STR-03").findings
    assert "1号机组" in finding.message.zh


def test_names_that_differ(plant):
    plant.add("units", **dict(plant.rows("units", unit="1号机组")[0], unit="11号机组"))
    assert plant.ids("STR-03") == []


# -- STR-04 ----------------------------------------------------------------------------------------------------------


def test_a_missing_month(plant):
    plant.drop("unit_months", unit="1号机组", month=7)
    (finding,) = plant.screen("STR-04").findings
    assert (finding.subject.key, finding.severity.value) == (("1号机组",), "medium")
    assert "7 月" in finding.message.zh


def test_a_month_without_fuel(plant):
    plant.drop("fuel_months", unit="1号机组", month=7)
    assert plant.ids("STR-04") == [("STR-04", ("1号机组",))]
    plant.set(
        "unit_months", {"unit": "1号机组", "month": 7}, operating_status=choices.OperatingStatus.STOPPED
    )
    assert plant.ids("STR-04") == []


def test_one_fuel_need_not_burn_each_month(plant):
    plant.drop("fuel_months", fuel="柴油", month=7)
    assert plant.ids("STR-04") == []


def test_a_unit_that_came_or_went_within_the_year(plant):
    for table in ("unit_months", "generator_months", "fuel_months"):
        for month in (1, 2, 11, 12):
            plant.drop(table, unit="1号机组", month=month)
    assert len(plant.ids("STR-04")) == 3
    plant.set(
        "units", {"unit": "1号机组"}, commissioned_on=dt.date(2024, 3, 31), closed_on=dt.date(2024, 10, 1)
    )
    assert plant.ids("STR-04") == []
    plant.set("units", {"unit": "1号机组"}, commissioned_on=dt.date(2024, 2, 29))
    assert len(plant.ids("STR-04")) == 3


def test_running_out_of_service(plant):
    plant.set("units", {"unit": "1号机组"}, closed_on=dt.date(2024, 11, 30))
    found = plant.screen("STR-04").findings
    assert {one.subject.key[-1] for one in found} == {12}
    plant.set("fuel_months", {"unit": "1号机组", "month": 12}, fuel_consumption_reported="0")
    plant.set(
        "generator_months", {"unit": "1号机组", "month": 12}, generation_reported="0", generator_hours="0"
    )
    assert plant.ids("STR-04") == []


def test_no_month(plant):
    plant.set("unit_months", {"unit": "1号机组", "month": 7}, month=13)
    keys = {one.subject.key for one in raw(plant, "STR-04").findings}
    assert keys == {("1号机组", 13), ("1号机组",)}


@pytest.mark.parametrize(
    ("day", "count"), [((2024, 3, 1), 0), ((2024, 3, 31), 0), ((2024, 4, 1), 1), ((2023, 3, 1), 1)]
)
def test_a_sample_of_another_month(plant, day, count):
    plant.add("samples", unit="1号机组", fuel="烟煤", month=3, sample="1", sampled_on=dt.date(*day))
    assert len(plant.ids("STR-04")) == count


def test_closed_before_commissioned(plant):
    plant.set(
        "units", {"unit": "1号机组"}, commissioned_on=dt.date(2010, 1, 2), closed_on=dt.date(2010, 1, 1)
    )
    assert any("早于投产" in one.message.zh for one in plant.screen("STR-04").findings)


# -- STR-06 ----------------------------------------------------------------------------------------------------------


def test_a_credit_code(plant):
    code = plant.rows("enterprise")[0]["credit_code"]
    assert plant.ids("STR-06") == []
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    plant.set("enterprise", {}, credit_code=wrong + "")
    plant.tables["enterprise"][0]["credit_code"] = wrong
    (finding,) = plant.screen("STR-06").findings
    assert finding.blocks
    assert wrong in finding.message.zh


def test_the_workbook_of_another_enterprise(plant):
    code = plant.rows("enterprise")[0]["credit_code"]
    result = RULES.evaluate(plant.year, plant.data())

    def found(filed_by):
        return run(result, only=["STR-06"], filed_by=filed_by).findings

    assert found("") == found(code) == ()
    (finding,) = found("91350100M000100Y43")
    assert (finding.severity, finding.blocks) == (Severity.HIGH, False)
    assert "91350100M000100Y43" in finding.message.zh
    assert code in finding.message.en


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100-2015
        ("91350100M000100Y34", False),
        ("91350100M000100Y4", False),
        ("91350100I000100Y43", False),
        ("", False),
    ],
)
def test_credit_codes(code, valid):
    assert is_credit_code(code) is valid


def test_every_single_mistyped_digit_is_found():
    body = "91350100M000100Y4"
    code = body + credit_code_check_character(body)
    for at in range(17):
        for digit in "0123456789":
            assert is_credit_code(code[:at] + digit + code[at + 1 :]) is (code[at] == digit)


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("4411", True),
        ("D4411", True),
        ("4411、4412", True),
        ("441", False),
        ("9811", False),
        ("火电", False),
        ("0011", False),
    ],
)
def test_industry_codes(plant, code, valid):
    plant.tables["enterprise"][0]["industry_code"] = code
    assert (plant.ids("STR-06") == []) is valid
    assert is_industry_code("4411")


def test_divisions():
    assert len(divisions()) == 1 + 21 + 183
    assert successor("513425").code == "513402"
    assert successor("513402") is None
    assert "510109" not in divisions()


# -- STR-07 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "column", "value", "count"),
    [
        (COAL, "ncv_ar_reported", "100.000", 0),
        (COAL, "ncv_ar_reported", "100.001", 1),
        (COAL, "ncv_ar_reported", "21000", 1),
        (COAL, "carbon_reported", "1.0000", 0),
        (COAL, "carbon_reported", "1.0001", 1),
        (COAL, "moisture_ad", "100.00", 0),
        (COAL, "moisture_ad", "100.01", 1),
        ({"fuel": "天然气", "month": 3}, "ncv_ar_reported", "389.310", 0),
        ({"fuel": "天然气", "month": 3}, "carbon_reported", "5.9600", 0),
    ],
)
def test_another_unit(plant, where, column, value, count):
    plant.set("fuel_months", where, **{column: value})
    found = plant.screen("STR-07").findings
    assert len(found) == count
    assert all(one.trial and one.severity.value == "high" for one in found)


@pytest.mark.parametrize(
    ("factor", "count"),
    [
        ("8.9", 0),
        ("8.92", 1),
        ("10", 1),
        ("11.22", 1),
        ("11.23", 0),
        ("100", 0),
        ("0.1", 1),
        ("1000", 1),
        ("0.5", 0),
        ("891", 0),
        ("892", 1),
        ("1122", 1),
        ("1123", 0),
    ],
)
def test_a_month_ten_times_its_neighbour(plant, factor, count):
    made = plant.rows("generator_months", **MACHINE)[0]["generation_reported"]
    plant.set("generator_months", MACHINE, generation_reported=str(made * Decimal(factor)))
    assert plant.ids("STR-07") == [("STR-07", ("1号机组", 3))] * count


# -- STR-09, STR-11 --------------------------------------------------------------------------------------------------


def test_electricity_without_hours(plant):
    plant.set("generator_months", MACHINE, generator_hours="0")
    found = plant.ids("STR-09")
    assert ("STR-09", ("1号机组", "1", 3)) in found
    assert ("STR-09", ("1号机组", "烟煤", 3)) in found
    plant.set("generator_months", MACHINE, generator_hours="0.01")
    assert plant.ids("STR-09") == []


def test_a_stopped_month(plant):
    plant.set(
        "unit_months", {"unit": "1号机组", "month": 3}, operating_status=choices.OperatingStatus.STOPPED
    )
    assert plant.ids("STR-09") == [("STR-09", ("1号机组", "1", 3))]
    plant.set("generator_months", MACHINE, generation_reported="0", generator_hours="0")
    assert len(plant.ids("STR-09")) == 2, "coal and diesel still burn"
    plant.set("fuel_months", {"unit": "1号机组", "month": 3}, fuel_consumption_reported="0")
    assert plant.ids("STR-09") == []


def test_a_meter_out_of_calibration(plant):
    plant.set("fuel_months", COAL, fuel_meter_state=fuels.MeterState.ABOVE_SPECIFICATION)
    assert plant.ids("STR-11") == []
    plant.set(
        "fuel_months", COAL, fuel_meter_state=fuels.MeterState.NOT_CALIBRATED, fuel_meter_error_allowed="0.5"
    )
    (finding,) = plant.screen("STR-11").findings
    assert (finding.severity.value, finding.trial, finding.blocks) == ("high", False, False)
    assert [field.name for field in finding.fields] == ["fuel_meter_state", "fuel_meter_error_allowed"]


def test_a_column_that_nobody_filled_in(plant):
    """The kernel then gives one reason for all rows; only the months that use it are told."""
    plant.set("fuel_months", {}, carbon_reported=None)
    plant.set("fuel_months", {}, carbon_source=fuels.CarbonSource.NOT_MEASURED)
    assert plant.ids("STR-01") == []
    for month in (5, 6):
        row = {"fuel": "烟煤", "month": month}
        plant.set("fuel_months", row, carbon_source=fuels.CarbonSource.MONTHLY_COMPOSITE)
    (finding,) = plant.screen("STR-01").findings
    assert [field.key for field in finding.fields] == [("1号机组", "烟煤", 5), ("1号机组", "烟煤", 6)]
