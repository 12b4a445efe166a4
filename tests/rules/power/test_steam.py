"""Enthalpies of steam: agreement with printed tables, and a refusal outside their range."""

from decimal import Decimal

import pytest

from shutan.rules.common.steam import SteamRangeError, enthalpy


# IAPWS-IF97 release, table 5 (region 1) and table 15 (region 2): temperatures in K less 273.15
@pytest.mark.parametrize(
    ("pressure", "temperature", "expected"),
    [
        ("3", "26.85", "115.3313"),
        ("80", "26.85", "184.1428"),
        ("3", "226.85", "975.5422"),
        ("0.0035", "26.85", "2549.9115"),
        ("0.0035", "426.85", "3335.6838"),
        ("30", "426.85", "2631.4947"),
        ("9.81", "540", "3478.8468"),  # facts/stack_notes.md
    ],
)
def test_printed_values(pressure, temperature, expected):
    assert enthalpy(Decimal(pressure), Decimal(temperature)) == Decimal(expected)


def test_cold_water_is_the_83_74_of_the_simplified_form():
    found = enthalpy(Decimal("0.101325"), Decimal(20))
    assert abs(found - Decimal("83.74")) < Decimal("0.3")


@pytest.mark.parametrize(
    ("pressure", "temperature"),
    [
        ("0", "100"),
        ("-1", "100"),
        ("101", "100"),
        ("51", "900"),
        ("1", "-1"),
        ("1", "2001"),
        ("NaN", "100"),
        ("1", "NaN"),
    ],
)
def test_outside_the_range(pressure, temperature):
    with pytest.raises(SteamRangeError):
        enthalpy(Decimal(pressure), Decimal(temperature))
