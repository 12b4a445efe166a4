"""Which edition computes which month, and what each year's total is made of."""

import pytest

from shutan.kernel import last_day
from shutan.rules.power import RULES


def function(name, year, month=None):
    version = RULES.version(name, last_day(year, month))
    return version and version.function.__name__


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        (2019, 1, "combustion_emissions_through_heat"),
        (2020, 12, "combustion_emissions_through_heat"),
        (2022, 3, "combustion_emissions_through_heat"),
        (2022, 4, "combustion_emissions"),
        (2026, 12, "combustion_emissions"),
    ],
)
def test_the_route_changes_in_april_2022(year, month, expected):
    assert function("combustion_emissions", year, month) == expected


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        (2021, 6, "monthly_electricity_supplied_9"),
        (2022, 3, "monthly_electricity_supplied_9"),
        (2022, 4, "monthly_electricity_supplied"),
        (2022, 12, "monthly_electricity_supplied"),
        (2023, 1, None),
    ],
)
def test_supply_is_computed_by_its_edition_and_ends_with_2022(year, month, expected):
    assert function("monthly_electricity_supplied", year, month) == expected


def test_purchased_electricity_leaves_the_total_in_2026():
    assert function("monthly_emissions", 2025, 12) == "monthly_emissions"
    assert function("monthly_emissions", 2026, 1) == "monthly_emissions_direct"
    assert function("electricity_emissions", 2026, 1) is None


def test_surrender_counts_combustion_alone_from_2023():
    assert function("monthly_surrender_emissions", 2022, 12) == "monthly_surrender_emissions_with_electricity"
    assert function("monthly_surrender_emissions", 2023, 1) == "monthly_surrender_emissions_direct"


def test_every_year_from_2019_to_2026_has_every_total():
    for year in range(2019, 2027):
        for name in (
            "enterprise_emissions",
            "enterprise_surrender_emissions",
            "generation",
            "heat_supplied",
            "load_factor",
        ):
            assert function(name, year), f"{name} in {year}"


def test_every_input_names_a_clause_that_exists():
    missing = [(name, one.clause) for name, one in RULES.inputs.items() if one.clause not in RULES.clauses]
    assert missing == []
