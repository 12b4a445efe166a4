"""Announced factors of electricity: every key is an area or scope, and Sichuan's figures are the announced ones."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import shutan.rules.common
from shutan.kernel.parameters import read_parameters
from shutan.rules.common.electricity import ElectricityScope, GridArea

COMMON = Path(shutan.rules.common.__file__).parent
FACTORS = read_parameters(COMMON / "parameters", COMMON / "electricity_by_area" / "parameters")
NATIONAL = FACTORS["electricity_factor_announced"]
AREAS = FACTORS["electricity_factor_by_area"]


@pytest.mark.parametrize(("name", "choices"), [("by_area", GridArea), ("special", ElectricityScope)])
def test_keys_are_areas_and_scopes(name, choices):
    found = {value.key[0] for value in FACTORS[f"electricity_factor_{name}"].values}
    assert found == set(choices.members)


@pytest.mark.parametrize(("year", "value"), [(2021, "0.1255"), (2022, "0.1404"), (2023, "0.1564")])
def test_sichuan(year, value):
    assert AREAS.on(dt.date(year, 12, 31), ("SICHUAN",)).value == Decimal(value)


def test_no_factor_before_or_after_the_announced_years():
    for year in (2020, 2024):
        assert NATIONAL.on(dt.date(year, 6, 30)) is None


def test_the_factor_a_report_prints_is_found_or_not():
    """A2: 0.5633 is said to be of announcement 33 of 2024 and is in none of its columns; 0.5366 is its national value."""
    day = dt.date(2022, 12, 31)
    columns = {value.value for value in (*AREAS.values, *NATIONAL.values) if value.holds(day)}
    assert Decimal("0.5633") not in columns
    assert Decimal("0.5366") in columns
