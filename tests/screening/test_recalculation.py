"""Recalculation: a planted difference is found, one within rounding is not."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shutan.kernel import ParameterValue
from shutan.rules.common import fuels
from shutan.rules.power import choices
from shutan.screening import run

COAL = {"fuel": "烟煤", "month": 3}
KEY = ("1号机组", "烟煤", 3)


def tampered(result, name, key, by):
    """Return the result with one stored figure changed, as an edit of a database would."""
    at = result.row(result.rules.grain_of(name), key)
    result.columns[name] = list(result.columns[name])
    result.columns[name][at] += Decimal(by)
    return result


@pytest.mark.parametrize("year", [2021, 2022, 2024])
@pytest.mark.parametrize("month", [2, 3, 4])
def test_combustion_emissions(plant, year, month):
    plant = plant.of(year)
    assert plant.ids("CAL-01") == []
    result = tampered(plant.result(), "combustion_emissions", ("1号机组", "烟煤", month), "0.01")
    (finding,) = run(result, only=["CAL-01"]).findings
    assert finding.blocks
    assert finding.subject.key == ("1号机组", "烟煤", month)
    assert finding.value - finding.bound == Decimal("0.01")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("unit_combustion_emissions", ("1号机组",)),
        ("enterprise_emissions", ()),
        ("annual_fossil_heat", ("1号机组", "烟煤")),
    ],
)
def test_a_year_that_is_not_the_sum_of_its_months(plant, name, key):
    plant = plant.of(2022)
    result = tampered(plant.result(), name, key, "7")
    found = [one.subject.key for one in run(result, only=["STR-05"]).findings]
    assert (key in found) is (name != "enterprise_emissions"), "the plant's total adds units, not months"


def test_whole_tonnes_may_lie_six_apart(plant):
    plant = plant.of(2022)
    result = plant.result()
    total = sum(value for key, value in result.items("monthly_emissions") if key[0] == "1号机组")
    at = result.row(result.rules.grain_of("unit_emissions"), ("1号机组",))
    for by, count in ((Decimal(6), 0), (Decimal("6.01"), 1)):
        result.columns["unit_emissions"] = list(result.columns["unit_emissions"])
        result.columns["unit_emissions"][at] = total + by
        assert len(run(result, only=["STR-05"]).findings) == count


def samples(plant, **columns):
    for name, amount, ncv in (("a", "1000", "20.000"), ("b", "3000", "22.000")):
        plant.add(
            "samples",
            unit="1号机组",
            fuel="烟煤",
            month=3,
            sample=name,
            sample_amount=Decimal(amount),
            sample_ncv_ar=Decimal(ncv),
            **columns,
        )
    return plant


@pytest.mark.parametrize(
    ("reported", "count"),
    [("21.500", 0), ("21.501", 0), ("21.499", 0), ("21.502", 1), ("21.498", 1), ("21.000", 1)],
)
@pytest.mark.parametrize("detail", list(fuels.Detail))
def test_the_weighted_mean_of_tests(plant, reported, count, detail):
    samples(plant).set("fuel_months", COAL, ncv_ar_reported=reported, ncv_detail=detail)
    found = plant.screen("CAL-02").findings
    assert [one.subject.key for one in found] == [KEY] * count
    assert all(one.bound == Decimal("21.500") for one in found)
    assert any("简单平均" in one.message.zh for one in found) is (reported == "21.000")


def test_carbon_and_moisture_of_tests(plant):
    samples(plant, sample_carbon=Decimal("0.5300"), sample_carbon_basis=fuels.Basis.RECEIVED)
    plant.set("fuel_months", COAL, ncv_ar_reported="21.500", carbon_reported="0.5302")
    (finding,) = plant.screen("CAL-02").findings
    assert finding.fields[0].name == "carbon_reported"
    plant.set("fuel_months", COAL, carbon_reported="0.5301")
    assert plant.ids("CAL-02") == []
    plant.set("samples", {}, sample_moisture_ar="10.02")
    (finding,) = plant.screen("CAL-02").findings
    assert finding.fields[0].name == "moisture_ar_reported"
    plant.set("samples", {}, sample_moisture_ar="10.01")
    assert plant.ids("CAL-02") == []


def test_gas_is_averaged_without_weights(plant):
    for name, amount, ncv in (("a", "1", "380.000"), ("b", "9", "390.000")):
        plant.add("samples", unit="2号机组", fuel="天然气", month=3, sample=name)
        plant.set("samples", {"sample": name}, sample_amount=amount, sample_ncv_ar=ncv)
    gas = {"fuel": "天然气", "month": 3}
    plant.set("fuel_months", gas, ncv_ar_reported="385.000")
    assert plant.ids("CAL-02") == []
    plant.set("fuel_months", gas, ncv_ar_reported="389.000")
    assert plant.ids("CAL-02") == [("CAL-02", ("2号机组", "天然气", 3))]


def test_no_tests_nothing_to_judge(plant):
    (one,) = plant.screen("CAL-02").not_run
    assert one.why.value == "nothing"


def registered(name, value, *key):
    return ParameterValue(
        name, dt.date(2024, 1, 1), Decimal(value), "通知", "official", key, registered_by="登记员"
    )


def test_a_registered_factor_against_the_official_one(plant):
    assert plant.ids("CAL-03", "CAL-08") == []
    wrong = [registered("oxidation_rate_coal", "0.98", "MEASURED")]
    found = plant.screen("CAL-03", "CAL-08", register=wrong).findings
    assert {one.check for one in found} == {"CAL-03", "CAL-08"}
    assert len([one for one in found if one.check == "CAL-08"]) == 12
    same = [registered("oxidation_rate_coal", "0.99", "MEASURED")]
    assert plant.ids("CAL-03", "CAL-08", register=same) == []


def test_a_registered_factor_that_two_people_confirmed_is_the_law(plant):
    published = [replace(registered("oxidation_rate_coal", "0.98", "MEASURED"), confirmed_by="处长")]
    assert plant.ids("CAL-03", "CAL-08", register=published) == []


@pytest.mark.parametrize(("year", "why"), [(2024, None), (2021, None), (2026, "needs")])
def test_oxidation_is_judged_where_the_text_is_seen(plant, year, why):
    screening = plant.of(year).screen("CAL-08")
    assert [one.why.value for one in screening.not_run] == ([why] if why else [])


def test_oxidation_of_2022_is_judged_until_march(plant):
    (clean,) = plant.of(2022).screen("CAL-08").clean
    assert clean.rows == 3


@pytest.mark.parametrize(("carbon", "count"), [("0.6712", 1), ("0.6710", 0), ("0.6170", 0)])
def test_a_default_of_another_period_called_measured(plant, carbon, count):
    plant.set("fuel_months", COAL, ncv_ar_reported="20.000", carbon_reported=carbon)
    assert plant.ids("CAL-03") == [("CAL-03", KEY)] * count


def test_purchased_electricity(plant):
    plant = plant.of(2022)
    assert plant.ids("CAL-05") == []
    result = tampered(plant.result(), "electricity_emissions", ("1号机组", 3), "-0.01")
    (finding,) = run(result, only=["CAL-05"]).findings
    assert finding.severity.value == "high"
    assert {field.name for field in finding.fields} == {"electricity_emissions", "purchased_electricity"}


@pytest.mark.parametrize(("year", "why"), [(2024, "needs"), (2026, "nothing")])
def test_purchased_electricity_is_not_judged_without_factor_or_clause(plant, year, why):
    (one,) = plant.of(year).screen("CAL-05").not_run
    assert one.why.value == why
    assert ("排放因子" in one.reason.zh) is (why == "needs")


@pytest.mark.parametrize(
    ("row", "column", "value", "count"),
    [
        (("fuel_months", COAL), "fuel_consumption_reported", "-0.01", 1),
        (("generator_months", {"generator": "1", "month": 3}), "generation_reported", "-0.001", 1),
        (("unit_months", {"unit": "1号机组", "month": 3}), "purchased_electricity", "-5000", 0),
        (("unit_months", {"unit": "1号机组", "month": 3}), "on_grid_energy", "-1", 0),
        (("fuel_months", COAL), "carbon_reported", "0", 1),
        (("fuel_months", COAL), "fuel_consumption_reported", "0", 0),
    ],
)
def test_negative_or_zero(plant, row, column, value, count):
    plant.set(*row, **{column: value})
    found = plant.screen("CAL-06").findings
    assert len(found) == count
    assert all(one.blocks for one in found)


@pytest.mark.parametrize(("value", "count"), [("141000.01", 0), ("141000.010", 0), ("141000.001", 1)])
def test_decimals(plant, value, count):
    plant.set("fuel_months", COAL, fuel_consumption_reported=value)
    found = plant.screen("CAL-09").findings
    assert [one.severity.value for one in found] == ["low"] * count


def test_decimals_of_a_column_are_one_finding(plant):
    plant.set("fuel_months", {"fuel": "烟煤"}, fuel_consumption_reported="141000.001")
    (finding,) = plant.screen("CAL-09").findings
    assert len(finding.fields) == 12
    assert "等）" in finding.message.zh


@pytest.mark.parametrize(
    ("boiler_heat", "count"), [("2400", 0), ("2376", 0), ("2375.99", 1), ("2424.24", 0), ("2426", 1)]
)
def test_boiler_heat_against_steam_and_feed_water(plant, boiler_heat, count):
    unit = {"unit": "1号机组"}
    plant.set(
        "units",
        unit,
        product=choices.Product.CHP,
        heat_ratio_method=choices.HeatRatioMethod.BOILER_HEAT,
        boiler_heat_method=choices.BoilerHeatMethod.REPORTED,
    )
    plant.set(
        "unit_months",
        unit,
        main_steam="1000",
        main_steam_enthalpy="3400",
        feed_water="1000",
        feed_water_enthalpy="1000",
        boiler_heat_reported="2400",
    )
    plant.set("unit_months", {**unit, "month": 3}, boiler_heat_reported=boiler_heat)
    for month in range(1, 13):
        flow = {
            "unit": "1号机组",
            "month": month,
            "flow": "A",
            "heat_origin": choices.HeatOrigin.TURBINE_DIRECT,
        }
        plant.add("heat_flows", **flow, heat_method=choices.HeatMethod.SETTLEMENT, settled_heat=Decimal(1188))
    assert plant.ids("CAL-04") == [("CAL-04", ("1号机组", 3))] * count
