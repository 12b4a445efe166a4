"""Uncertainties against propagation by hand, and draws against first order."""

import math
from decimal import Decimal as D
from pathlib import Path

import numpy as np
import pytest
from sample_rules import PLANT, UNIT, FuelKind, Measured, rule_set

from shutan.documents.workbook import read_workbook
from shutan.kernel import (
    Dataset,
    Largest,
    Least,
    Mean,
    Total,
    Waiting,
    draws,
    exp,
    fraction,
    maximum,
    minimum,
    rule,
    when,
)
from shutan.kernel.draws import monte_carlo
from shutan.kernel.uncertainty import NORMAL, Stated, StatementError, first_order

EXAMPLES = Path(__file__).parents[2] / "examples"


@rule("S 2", grain=UNIT, unit="1")
def bounded(largest_burned, least_burned, simple):
    """有界量: the larger of two, and never above a hundred times itself."""
    return minimum(maximum(largest_burned - least_burned, simple), simple * 100) + abs(
        least_burned - largest_burned
    )


@rule("S 2", grain=UNIT, unit="t")
def largest_burned(burned: Largest):
    """最大: of the months."""
    return burned


@rule("S 2", grain=UNIT, unit="t")
def least_burned(burned: Least):
    """最小: of the months."""
    return burned


@rule("S 2", grain=UNIT, unit="t")
def simple(burned: Mean):
    """平均: of the months."""
    return burned


@rule("S 2", grain=UNIT, unit="1")
def decided(burned: Total, capacity):
    """判定值: a power, an exponential, a share and a condition on what is uncertain."""
    return when(burned > 100, exp(burned / (100 * 100)) * fraction(burned, capacity) ** (1 + 1), 0)


RULES = rule_set(largest_burned, least_burned, simple, bounded)


def plant(rows, **more):
    """A plant of one unit with a month a row: (burned, carbon)."""
    fuels = [
        {"unit": "u", "fuel": "f", "month": month, "fuel_kind": FuelKind.COAL, "burned": D(burned)}
        | ({"carbon": D(carbon)} if carbon else {"measured": Measured.NO})
        for month, (burned, carbon) in enumerate(rows, start=1)
    ]
    return Dataset.of({"plant": [{}], "units": [{"unit": "u", "capacity": D(300)} | more], "fuels": fuels})


def computed(rows=(("100", "0.5"), ("200", "0.6")), year=2024, rules=RULES, **more):
    return rules.evaluate(year, plant(rows, **more))


def half(found, digits=12):
    return pytest.approx(found, rel=10**-digits)


def shares(some):
    return {one.name if one.key is None else (one.name, one.key): one.share for one in some}


# -- first order by hand ------------------------------------------------------------------------------------


def test_a_product_adds_relative_variances():
    key = ("u", "f", 2)
    found = first_order(computed(), "emissions", key, [Stated("burned", 0.03), Stated("carbon", 0.04)])
    assert found.relative * float(found.value) == half(0.05 * 200 * 0.6 * 0.99 * 44 / 12)
    assert shares(found.by_name) == {"carbon": half(0.64), "burned": half(0.36)}
    assert [one.sensitivity for one in found.by_name] == [half(1), half(1)]
    assert found.half_width == half(NORMAL * found.deviation)


def test_a_sum_adds_absolute_variances_of_independent_rows():
    found = first_order(computed(), "unit_emissions", ("u",), [Stated("burned", 0.02)])
    one, two = 100 * 0.5 * 0.99 * 44 / 12, 200 * 0.6 * 0.99 * 44 / 12
    assert found.half_width == half(0.02 * math.hypot(one, two))
    assert shares(found.by_row) == {
        ("burned", ("u", "f", 1)): half(one**2 / (one**2 + two**2)),
        ("burned", ("u", "f", 2)): half(two**2 / (one**2 + two**2)),
    }


def test_rows_of_one_scale_are_off_together():
    found = first_order(computed(), "unit_emissions", ("u",), [Stated("burned", 0.02, shared=True)])
    assert found.half_width == half(0.02 * (50 + 120) * 0.99 * 44 / 12)
    assert [(one.key, one.share) for one in found.by_row] == [(None, 1)]


def test_a_parameter_is_one_source_for_all_who_read_it():
    found = first_order(computed(), "plant_emissions", (), [Stated("oxidation_rate", 0.01)])
    assert found.half_width == half(0.01 * (50 + 120) * 0.99 * 44 / 12)
    assert shares(found.by_name) == {"oxidation_rate": half(1)}


def test_a_row_may_have_a_statement_of_its_own():
    stated = [Stated("burned", 0.02, shared=True), Stated("burned", 0.1, ("u", "f", 2))]
    found = first_order(computed(), "unit_emissions", ("u",), stated)
    one, two = (part * 0.99 * 44 / 12 for part in (50, 120))
    assert found.half_width == half(math.hypot(0.02 * one, 0.1 * two))


def test_weighted_mean_and_its_weights():
    stated = [Stated("carbon", 0.02), Stated("burned", 0.05)]
    found = first_order(computed(), "mean_carbon", ("u",), stated)
    mean = (100 * 0.5 + 200 * 0.6) / 300
    carbon = math.hypot(0.02 * 0.5 * 100 / 300, 0.02 * 0.6 * 200 / 300)
    burned = math.hypot(0.05 * 100 * (0.5 - mean) / 300, 0.05 * 200 * (0.6 - mean) / 300)
    assert found.half_width == half(math.hypot(carbon, burned))
    assert shares(found.by_name)["carbon"] == half(carbon**2 / (carbon**2 + burned**2))


def test_weights_that_are_off_together_do_not_move_the_mean():
    found = first_order(computed(), "mean_carbon", ("u",), [Stated("burned", 0.05, shared=True)])
    assert (found.half_width, found.by_name, found.idle) == (0, (), ("burned",))


def test_a_quotient_of_dependent_values():
    """The intensity is the sum by the capacity: relative variances of both, whatever floor rounding did."""
    found = first_order(
        computed(), "intensity", ("u",), [Stated("burned", 0.03, shared=True), Stated("capacity", 0.04)]
    )
    assert found.half_width == half(0.05 * 170 * 0.99 * 44 / 12 / 300)


def test_extremes_are_decided_by_the_exact_values():
    """200 − 100 against a mean of 150: the mean; the distance adds with the sign it has."""
    found = first_order(computed(), "bounded", ("u",), [Stated("burned", 0.02)])
    assert float(found.value) == 250
    slopes = (0.5 - 1, 0.5 + 1)
    assert found.half_width == half(0.02 * math.hypot(slopes[0] * 100, slopes[1] * 200))


def test_powers_and_exponentials():
    rules = rule_set(decided)
    found = first_order(computed(rules=rules), "decided", ("u",), [Stated("burned", 0.01, shared=True)])
    assert found.by_name[0].sensitivity == half(2 + 300 / 1e4)


def test_a_branch_not_taken_contributes_nothing():
    stated = [Stated("carbon", 0.05), Stated("default_carbon", 0.07)]
    found = first_order(computed([("100", None)]), "emissions", ("u", "f", 1), stated)
    assert found.relative == half(0.07, 3)
    assert (shares(found.by_name), found.idle) == ({"default_carbon": half(1)}, ("carbon",))


@pytest.mark.parametrize(
    ("year", "name"), [(2021, "plant_emissions"), (2022, "plant_emissions"), (2024, "excess")]
)
def test_shares_sum_to_one(year, name):
    stated = [Stated("burned", 0.02), Stated("carbon", 0.03, shared=True), Stated("oxidation_rate", 0.01)]
    found = first_order(computed([("1000", "0.5")] * 12, year=year), name, (), stated)
    assert found.deviation > 0
    assert math.fsum(one.share for one in found.by_name) == half(1)
    assert math.fsum(one.share for one in found.by_row) == half(1)


def test_nothing_stated_is_exact():
    found = first_order(computed(), "plant_emissions", (), [])
    assert (found.half_width, found.by_name, found.idle) == (0, (), ())


def test_an_input_itself_and_a_zero():
    found = first_order(computed(), "burned", ("u", "f", 1), [Stated("burned", 0.02)])
    assert found.half_width == half(2)
    assert (
        first_order(computed([("0", "0.5")]), "plant_emissions", (), [Stated("burned", 0.02)]).relative
        is None
    )


def test_terms_that_cancel_leave_nothing():
    """A steel works' allowance is its duty: whatever is uncertain, the gap is not."""

    @rule("S 2", grain=PLANT, unit="tCO2", name="gap")
    def gap(unit_emissions: Total, plant_emissions):
        """差额: of the same thing summed twice."""
        return unit_emissions * 100 / 100 - plant_emissions

    rules = rule_set(gap)
    stated = [Stated("burned", 0.02), Stated("oxidation_rate", 0.01)]
    found = first_order(computed([("100.01", "0.4999")] * 12, rules=rules), "gap", (), stated)
    assert (found.half_width, found.by_name, found.idle) == (0, (), ("burned", "oxidation_rate"))


def test_what_waits_has_no_uncertainty():
    data = plant([("100", "0.5")])
    del data.tables["fuels"][0].values["carbon"]
    found = first_order(RULES.evaluate(2024, data), "plant_emissions", (), [Stated("burned", 0.02)])
    assert isinstance(found.value, Waiting)
    assert math.isnan(found.half_width)
    assert found.relative is None


# -- what may be stated -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (Stated("burnt", 0.02), "no input or parameter burnt"),
        (Stated("emissions", 0.02), "emissions is computed"),
        (Stated("fuel_kind", 0.02), "takes no part as a number"),
        (Stated("plant_name", 0.02), "takes no part as a number"),
        (Stated("burned", 0.02, ("u", "f", 9)), "has no u/f/9"),
        (Stated("default_carbon", 0.02, ("WOOD",)), "has no WOOD"),
        (Stated("burned", 0), "above 0"),
        (Stated("burned", 1.5), "at most 100 %"),
        (Stated("burned", 0.02, shape="square"), "the shapes are"),
    ],
)
def test_what_cannot_be_stated_is_refused(stated, words):
    for run in (first_order, lambda *args: monte_carlo(*args, draws=10)):
        with pytest.raises(StatementError, match=words):
            run(computed(), "plant_emissions", (), [stated])


def test_twice_the_same_and_a_verdict_are_refused():
    with pytest.raises(StatementError, match="twice"):
        first_order(computed(), "plant_emissions", (), [Stated("burned", 0.02), Stated("burned", 0.03)])
    with pytest.raises(StatementError, match="no number"):
        first_order(computed(), "verdict", (), [Stated("burned", 0.02)])
    with pytest.raises(StatementError, match="2 draws"):
        monte_carlo(computed(), "plant_emissions", (), [Stated("burned", 0.02)], draws=1)


# -- draws --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["normal", "triangular", "uniform"])
def test_the_half_width_holds_95_percent_whatever_the_shape(shape):
    stated = Stated("burned", 0.02, shape=shape)
    drawn = stated.draw(np.random.default_rng(1), (400_000,), 1.0)
    assert float(np.mean(np.abs(drawn - 1) <= 0.02)) == pytest.approx(0.95, abs=0.002)
    assert float(drawn.std()) == pytest.approx(stated.deviation, rel=0.005)


@pytest.mark.parametrize("year", [2021, 2022, 2024])
def test_draws_agree_with_first_order(year):
    """Old rules, rules that change in April, new rules; inputs, one row apart, a keyed and a plain parameter."""
    rows = [(str(5000 + 100 * month), "0.5" if month % 2 or year < 2024 else None) for month in range(12)]
    stated = [
        Stated("burned", 0.04),
        Stated("burned", 0.2, ("u", "f", 3), "uniform"),
        Stated("carbon", 0.03, shape="triangular", shared=True),
        Stated("oxidation_rate", 0.02),
    ] + [Stated("default_carbon", 0.05)] * (year > 2021)
    result = computed(rows, year=year)
    for name, key in (("plant_emissions", ()), ("intensity", ("u",)), ("mean_carbon", ("u",))):
        exact = first_order(result, name, key, stated)
        drawn = monte_carlo(result, name, key, stated, draws=50_000, seed=3)
        assert drawn.waiting == 0
        assert drawn.mean == pytest.approx(float(exact.value), rel=0.001)
        assert drawn.deviation == pytest.approx(exact.deviation, rel=0.02)
        assert drawn.high - drawn.low == pytest.approx(2 * exact.half_width, rel=0.05)


def test_seeds_repeat_on_any_number_of_threads(monkeypatch):
    monkeypatch.setattr(draws, "BLOCK_CELLS", 500)
    stated = [Stated("burned", 0.02), Stated("oxidation_rate", 0.01)]
    one, same, other = (
        monte_carlo(computed(), "plant_emissions", (), stated, draws=2000, seed=seed, threads=threads)
        for seed, threads in ((1, 1), (1, 2), (2, 2))
    )
    assert one == same
    assert one.mean != other.mean


def test_draws_of_what_nothing_reaches_stay_where_they_are():
    drawn = monte_carlo(computed(), "plant_emissions", (), [Stated("capacity", 0.02)], draws=100)
    assert drawn.low == drawn.high == float(computed().value("plant_emissions"))
    drawn = monte_carlo(computed(), "burned", ("u", "f", 2), [Stated("burned", 0.02)], draws=20_000)
    assert drawn.high == pytest.approx(204, rel=0.001)


def test_draws_of_what_waits_have_no_value():
    data = plant([("100", "0.5")])
    del data.tables["fuels"][0].values["carbon"]
    drawn = monte_carlo(
        RULES.evaluate(2024, data), "plant_emissions", (), [Stated("burned", 0.02)], draws=100
    )
    assert (drawn.waiting, math.isnan(drawn.mean)) == (100, True)


# -- whole plants -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name", "stated"),
    [
        (
            "chuannan_2024.xlsx",
            "enterprise_combustion_emissions",
            [Stated("fuel_consumption_reported", 0.02), Stated("carbon_reported", 0.03)],
        ),
        (
            "steel_2024.xlsx",
            "enterprise_fuel_emissions",
            [Stated("fuel_purchased", 0.02), Stated("test_ncv", 0.01)],
        ),
    ],
)
def test_a_whole_plant(file, name, stated):
    reading = read_workbook(EXAMPLES / file)
    result = reading.rules.evaluate(reading.rules_year, reading.data)
    found = first_order(result, name, (), stated)
    assert found.idle == ()
    assert math.fsum(one.share for one in found.by_row) == half(1)
    assert 0.001 < found.relative < 0.03
    drawn = monte_carlo(result, name, (), stated, draws=4000, seed=5)
    assert drawn.waiting == 0
    assert drawn.mean == pytest.approx(float(found.value), rel=0.001)
    assert drawn.deviation == pytest.approx(found.deviation, rel=0.05)
