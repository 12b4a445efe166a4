"""What must hold whatever the figures: case C16 of power_examples.md, as far as accounting goes."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shutan.kernel.calculate import calculate
from shutan.rules.power import RULES

QUICK = settings(max_examples=60, deadline=None)


def tonnes(low="0.01", high="999999.99"):
    return st.decimals(low, high, places=2, allow_nan=False)


def compute(name, year=2024, month=5, **given_values):
    return calculate(RULES, name, year=year, month=month, given=given_values)


@QUICK
@given(tonnes(), st.decimals("0.2", "0.9", places=4))
def test_emission_is_linear_in_fuel(consumption, carbon):
    """Twice the fuel, twice the emission, but for the hundredth the rounding may take."""
    once, twice = (
        compute(
            "combustion_emissions",
            fuel_consumption=str(consumption * times),
            carbon_content_ar=str(carbon),
            oxidation_rate_used="0.99",
        )
        for times in (1, 2)
    )
    assert abs(twice - 2 * once) <= Decimal("0.01")


@QUICK
@given(st.lists(st.tuples(st.decimals("5", "35", places=3), tonnes()), min_size=1, max_size=31))
def test_a_weighted_mean_lies_between_least_and_largest(days):
    values, weights = zip(*days, strict=True)
    found = compute(
        "ncv_of_tests_weighted",
        sample_ncv_used=[str(one) for one in values],
        sample_amount=[str(one) for one in weights],
    )
    assert min(values) <= found.quantize(Decimal("0.000001")) <= max(values)


ERRORS = st.tuples(st.decimals("0", "5", places=3), st.decimals("0", "5", places=3))


@QUICK
@given(tonnes(), st.sampled_from(("IN_SPECIFICATION", "ABOVE_SPECIFICATION", "NOT_CALIBRATED")), ERRORS)
def test_calibration_never_lowers_emissions_nor_raises_output(reading, state, errors):
    allowed, beyond = errors
    meter = {
        "meter_state": state,
        "meter_error_allowed": str(allowed),
        "meter_error_found": str(allowed + beyond),
    }
    burned = compute(
        "fuel_consumption",
        fuel_consumption_reported=str(reading),
        **{f"fuel_{name}": value for name, value in meter.items()},
    )
    made = compute(
        "generator_output",
        generation_reported=str(reading),
        **{f"generation_{name}": value for name, value in meter.items()},
    )
    assert burned >= reading
    assert made <= reading


@QUICK
@given(
    st.lists(
        st.tuples(tonnes("50", "1000"), st.decimals("1", "8784", places=2), st.integers(1, 100)),
        min_size=1,
        max_size=4,
    )
)
def test_load_of_merged_units_lies_between_zero_and_one(generators):
    capacity = [one for one, _, _ in generators]
    hours = [one for _, one, _ in generators]
    full = [power * time for power, time in zip(capacity, hours, strict=True)]
    made = [one * share / 100 for one, (_, _, share) in zip(full, generators, strict=True)]
    given_values = {
        "capacity_in_service": [str(one) for one in capacity],
        "capacity_hours": [str(one) for one in full],
        "generator_output": [str(one) for one in made],
    }
    assert 0 <= compute("load_factor", **given_values) <= 100
    assert (
        min(hours) - Decimal("0.01")
        <= compute("operating_hours", **given_values)
        <= max(hours) + Decimal("0.01")
    )


@QUICK
@given(tonnes(), st.decimals("0.3", "0.7", places=4), st.decimals("10", "28", places=3))
def test_both_routes_agree_to_what_rounding_takes(consumption, carbon, ncv):
    """March and April 2022: through heat or through carbon content, CC rounded to five decimals, C_ar to four."""
    route = {
        "fuel_kind": "BITUMINOUS",
        "carbon_source": "MONTHLY_COMPOSITE",
        "carbon_reported": str(carbon),
        "fuel_consumption": str(consumption),
        "ncv_ar": str(ncv),
    }
    through_heat = compute("combustion_emissions", year=2022, month=3, **route)
    through_carbon = compute("combustion_emissions", year=2022, month=4, **route)
    slack = consumption * ncv * Decimal("0.000005") * Decimal("3.63") + Decimal("0.01")
    assert abs(through_heat - through_carbon) <= slack
