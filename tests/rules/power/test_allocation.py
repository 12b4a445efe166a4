"""Properties that hold for any figures (power_examples.md C16, and the books of the issue)."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shutan.kernel import Dataset, ParameterValue, Waiting, last_day
from shutan.kernel.calculate import calculate
from shutan.rules.power import RULES

TONNES = st.integers(0, 5_000_000)
LOADS = st.integers(100, 10_000).map(lambda value: Decimal(value) / 100)
YEARS = (2019, 2021, 2023, 2025)
BENCHMARK = {"allocation_treatment": "BENCHMARK"}


def value(name, year, **given_values):
    return calculate(RULES, name, year=year, given=given_values)


@settings(max_examples=60, deadline=None)
@given(LOADS, LOADS, st.sampled_from(YEARS), st.sampled_from(["I", "II", "III", "IV"]))
def test_load_correction_is_at_least_one_and_falls_with_load(one, other, year, unit_class):
    low, high = sorted((one, other))
    first, second = (
        value("load_correction", year, unit_class=unit_class, product="CONDENSING", load_factor=load)
        for load in (low, high)
    )
    assert first >= second >= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000_000), st.integers(1, 5), st.sampled_from([2023, 2024, 2025, 2026]))
def test_an_allowance_grows_with_output_and_never_rounds_up(generation, times, year):
    def allowance(output):
        return value(
            "electricity_allowance",
            year,
            **BENCHMARK,
            unit_class="II",
            load_correction="1.045710",
            generation=output,
        )

    once, often = allowance(generation), allowance(generation * times)
    assert times * once <= often < times * (once + 1) + 1


@settings(max_examples=60, deadline=None)
@given(TONNES, TONNES, st.sampled_from([2021, 2022, 2023, 2024, 2025, 2026]))
def test_no_enterprise_is_short_of_more_than_a_fifth(emissions, allowance, year):
    given_values = {"enterprise_covered_emissions": emissions, "enterprise_initial_allowance": allowance}
    final = value("enterprise_allowance", year, **given_values)
    assert final >= Decimal("0.8") * emissions - 1
    assert final >= allowance


@settings(max_examples=60, deadline=None)
@given(TONNES, TONNES, st.sampled_from([2019, 2020]))
def test_the_duty_of_2019_never_exceeds_allowance_and_a_fifth(emissions, allowance, year):
    duty = value(
        "surrender_duty",
        year,
        unit_duty=[emissions],
        covered_emissions=[emissions],
        enterprise_allowance=allowance,
    )
    assert duty <= emissions
    assert duty <= allowance + Decimal("0.2") * emissions


@settings(max_examples=60, deadline=None)
@given(TONNES, TONNES, st.sampled_from([2021, 2023, 2025]))
def test_a_gas_unit_is_never_short(emissions, initial, year):
    given_values = {
        **BENCHMARK,
        "unit_class": "IV",
        "surrender_emissions": emissions,
        "unit_initial_allowance": initial,
    }
    assert value("unit_allowance", year, **given_values) == max(emissions, initial)
    assert value("unit_allowance_gap", year, **given_values) >= 0


@settings(max_examples=100, deadline=None)
@given(TONNES, TONNES, TONNES, st.integers(0, 100_000))
def test_the_books_of_the_issue_balance(pre, deductions, allowance, late):
    given_values = {
        "unit_pre_allocation": [pre],
        "enforcement_deduction": deductions,
        "enterprise_allowance": allowance,
        "verified_stage_deduction": late,
    }
    total, left, pre_issue = (
        value(name, 2025, **given_values) for name in ("total_issue", "deductions_left_over", "pre_issue")
    )
    assert total >= 0
    assert pre_issue >= 0
    assert left >= 0
    assert total + (deductions + late - left) == allowance  # each allowance is issued or deducted


def test_a_register_changes_a_draft_benchmark():
    """The final plan of 2025 arrives by notice: the same record, and the draft no longer counts."""
    final = ParameterValue(
        name="electricity_benchmark",
        since=RULES.parameters["electricity_benchmark"].on(last_day(2025), ("I",)).since,
        value=Decimal("0.7900"),
        source="国环规气候〔2026〕1号",
        status="official",
        key=("I",),
        registered_by="登记人",
    )
    parameters = RULES.parameters.with_register([final])
    found = parameters["electricity_benchmark"].on(last_day(2025), ("I",))
    assert (found.value, found.status) == (Decimal("0.7900"), "official")


def test_a_year_without_a_plan_waits():
    result = RULES.evaluate(2026, Dataset())
    assert result.value("enterprise_allowance") == 0
    assert isinstance(value("unit_allowance", 2027, unit_initial_allowance=1), Waiting)


def test_the_end_of_a_parameter_opens_no_year():
    """The draft's benchmarks end with 2026: 2027 is not a year the rules know."""
    assert RULES.years() == range(2019, 2027)
