"""Exact evaluation: versions, defaults, waiting, aggregation, rounding."""

import decimal
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_rules import FuelKind, Measured, Verdict, rule_set

from shutan.kernel import Dataset, Waiting
from shutan.kernel.calculate import calculate
from shutan.kernel.evaluate import KeyFaultError
from shutan.kernel.parameters import ParameterError, ParameterValue

RULES = rule_set()


def fuel(unit="1", month=5, burned="10", carbon="0.5", kind=FuelKind.COAL, **rest):
    row = {"unit": unit, "fuel": "coal", "month": month, "fuel_kind": kind, "burned": D(burned)}
    return row | ({"carbon": D(carbon)} if carbon is not None else {}) | rest


def plant(*fuels, capacity="300"):
    units = [
        {"unit": unit} | ({"capacity": D(capacity)} if capacity else {})
        for unit in {f["unit"] for f in fuels}
    ]
    return Dataset.of({"plant": [{"plant_name": "虚构"}], "units": units, "fuels": fuels})


def test_value_and_rounding():
    result = RULES.evaluate(2024, plant(fuel(burned="123456.78", carbon="0.5235")))
    assert result.value("emissions", ("1", "coal", 5)) == D("234605.54")
    assert str(result.value("emissions", ("1", "coal", 5))) == "234605.54"
    assert result.value("unit_emissions", ("1",)) == D(234605)  # floor, not half up
    assert result.value("intensity", ("1",)) == D("782.017")


def test_version_changes_within_a_year():
    result = RULES.evaluate(2022, plant(fuel(month=3), fuel(month=4)))
    assert str(result.value("emissions", ("1", "coal", 3))) == "18"  # 18.15 by the old edition
    assert str(result.value("emissions", ("1", "coal", 4))) == "18.15"
    assert result.version("emissions", ("1", "coal", 3)).clauses == ("S 1",)
    assert result.version("emissions", ("1", "coal", 4)).clauses == ("S 1b",)


def test_missing_input_waits_only_where_it_is_used():
    result = RULES.evaluate(
        2024, plant(fuel(month=1, carbon=None), fuel(month=2, carbon=None, measured=Measured.NO))
    )
    waiting = result.value("emissions", ("1", "coal", 1))
    assert isinstance(waiting, Waiting)
    assert [reason.name for reason in waiting.reasons] == ["carbon"]
    assert result.value("emissions", ("1", "coal", 2)) == D("25.41")  # 10 × 0.7 × 0.99 × 44/12
    assert isinstance(result.value("unit_emissions", ("1",)), Waiting)


def test_unknown_parameter_waits_and_the_rest_computes():
    result = RULES.evaluate(2026, plant(fuel(), fuel(unit="2", kind=FuelKind.OIL)))
    waiting = result.value("emissions", ("1", "coal", 5))
    assert {(one.name, one.key) for one in waiting.reasons} == {("oxidation_rate", ("COAL",))}
    assert result.value("emissions", ("2", "coal", 5)) == D("17.97")
    assert isinstance(result.value("verdict"), Waiting)  # limit ended in 2024


def test_register_supplies_what_was_unknown():
    notice = ParameterValue(
        "oxidation_rate", __import__("datetime").date(2026, 1, 1), D("0.985"), "notice 1", "official", ("COAL",),
        registered_by="a", confirmed_by="b",
    )  # fmt: skip
    result = RULES.evaluate(2026, plant(fuel()), register=[notice])
    assert result.value("emissions", ("1", "coal", 5)) == D("18.06")
    assert RULES.parameters["oxidation_rate"].on(notice.since, ("COAL",)).value is None, (
        "the shipped file is untouched"
    )


def test_register_of_an_unknown_name_is_refused():
    notice = ParameterValue("nothing", __import__("datetime").date(2026, 1, 1), D(1), "n", "official")
    with pytest.raises(ParameterError, match="nothing"):
        RULES.evaluate(2026, plant(fuel()), register=[notice])


def test_aggregates():
    result = RULES.evaluate(
        2024, plant(fuel(month=1, burned="1", carbon="0.4"), fuel(month=2, burned="3", carbon="0.6"))
    )
    assert result.value("mean_carbon", ("1",)) == D("0.5500")
    assert result.value("rows", ("1",)) == 2
    assert result.value("spread", ("1",)) == D("3.00")
    assert result.value("least", ("1",)) == D("1.00")
    assert result.value("simple_mean", ("1",)) == D("2.000")


def test_a_row_without_weight_does_not_count():
    result = RULES.evaluate(
        2024, plant(fuel(month=1, burned="0", carbon=None), fuel(month=2, burned="3", carbon="0.6"))
    )
    assert result.value("mean_carbon", ("1",)) == D("0.6000")
    result = RULES.evaluate(2024, plant(fuel(month=1, burned="0", carbon=None)))
    assert isinstance(result.value("mean_carbon", ("1",)), Waiting)


def test_division_by_zero_waits_for_its_row_only():
    data = plant(fuel(unit="1"), fuel(unit="2"))
    data.rows("units")[0].values["capacity"] = D(0)
    first = data.rows("units")[0].values["unit"]
    result = RULES.evaluate(2024, data)
    assert isinstance(result.value("intensity", (first,)), Waiting)
    other = "2" if first == "1" else "1"
    assert result.value("intensity", (other,)) == D("0.060")


def test_totals_over_no_rows_are_zero():
    result = RULES.evaluate(2024, Dataset.of({"plant": [{}], "units": [{"unit": "1", "capacity": D(1)}]}))
    assert result.value("plant_emissions") == 0
    assert result.value("verdict") == Verdict.BELOW


def test_duplicate_key_is_an_error():
    with pytest.raises(KeyFaultError, match="twice"):
        RULES.evaluate(2024, plant(fuel(), fuel()))


def test_floats_are_trapped():
    with pytest.raises((decimal.FloatOperation, TypeError, AttributeError)):
        RULES.evaluate(2024, plant(fuel() | {"burned": 10.0}))


@given(st.lists(st.decimals("0.01", "100000", places=2), min_size=1, max_size=12))
def test_total_is_the_sum(amounts):
    result = RULES.evaluate(2024, plant(*(fuel(month=m, burned=str(a)) for m, a in enumerate(amounts, 1))))
    expected = sum((result.value("emissions", ("1", "coal", m)) for m in range(1, len(amounts) + 1)), D(0))
    assert result.value("unit_month_emissions", ("1", 1)) == result.value("emissions", ("1", "coal", 1))
    assert result.value("unit_emissions", ("1",)) == expected.to_integral_value(decimal.ROUND_FLOOR)


@given(
    st.decimals("0", "1000000", places=2),
    st.decimals("0", "1", places=4),
    st.sampled_from([FuelKind.COAL, FuelKind.OIL]),
)
def test_one_value_equals_the_whole(burned, carbon, kind):
    result = RULES.evaluate(2024, plant(fuel(burned=str(burned), carbon=str(carbon), kind=kind)))
    one = calculate(
        RULES,
        "emissions",
        year=2024,
        month=5,
        given={"burned": burned, "carbon": carbon, "fuel_kind": kind.key},
    )
    assert one == result.value("emissions", ("1", "coal", 5))


def test_calculate_takes_lists_and_own_parameters():
    given_values = {"carbon_used": ["0.4", "0.6"], "burned": ["1", "3"]}
    assert calculate(RULES, "mean_carbon", year=2024, given=given_values) == D("0.5500")
    own = calculate(RULES, "excess", year=2024, given={"plant_emissions": "7"}, parameters={"limit": "5"})
    assert own == 2
    with pytest.raises(KeyError, match="nothing"):
        calculate(RULES, "excess", year=2024, given={}, parameters={"nothing": 1})
