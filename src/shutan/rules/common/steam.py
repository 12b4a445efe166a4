"""Enthalpy of steam and water from pressure and temperature: preparation of an input, not a rule.

The guideline takes enthalpy from the tables of water and steam (IAPWS-IF97). `seuif97` outside its range returns negative
codes as if they were values, so the range is checked before it is asked.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import seuif97

PLACES = Decimal("0.0001")  # kJ/kg; finer than any table of the field prints

# Validity of IAPWS-IF97: regions 1 to 3 to 800 °C and 100 MPa, region 5 to 2000 °C and 50 MPa. MPa absolute, °C.
COLDEST, HOTTEST, HOTTEST_OF_ALL = Decimal(0), Decimal(800), Decimal(2000)
LOWEST, HIGHEST, HIGHEST_WHEN_HOTTER = Decimal("0.000611213"), Decimal(100), Decimal(50)
ERROR_CODES = -100  # seuif97 answers with values near -2100; the coldest water is near zero


CRITICAL_PRESSURE = Decimal("22.064")  # MPa; above it water and steam are one


class SteamRangeError(ValueError):
    """Pressure or temperature outside the range of the steam tables."""


def enthalpy(pressure_mpa: Decimal, temperature_c: Decimal) -> Decimal:
    """Return the enthalpy of water or steam in kJ/kg, four decimals.

    Args:
        pressure_mpa: absolute pressure, MPa (not gauge pressure).
        temperature_c: temperature, °C.

    Raises:
        SteamRangeError: outside the range of IAPWS-IF97.
    """
    if not (pressure_mpa.is_finite() and temperature_c.is_finite()):
        raise SteamRangeError("pressure and temperature must be numbers")
    if not COLDEST <= temperature_c <= HOTTEST_OF_ALL:
        raise SteamRangeError(f"temperature {temperature_c} °C is outside {COLDEST} to {HOTTEST_OF_ALL} °C")
    highest = HIGHEST if temperature_c <= HOTTEST else HIGHEST_WHEN_HOTTER
    if not LOWEST <= pressure_mpa <= highest:
        raise SteamRangeError(f"pressure {pressure_mpa} MPa is outside {LOWEST} to {highest} MPa")
    found = seuif97.pt2h(float(pressure_mpa), float(temperature_c))
    if not math.isfinite(found) or found <= ERROR_CODES:
        raise SteamRangeError(f"no enthalpy at {pressure_mpa} MPa and {temperature_c} °C")
    return Decimal(repr(found)).quantize(PLACES, ROUND_HALF_UP)


def steam_enthalpy(pressure_mpa: Decimal, temperature_c: Decimal | None) -> Decimal:
    """Return the enthalpy of steam in kJ/kg, four decimals; without a temperature that of dry saturated steam.

    Raises:
        SteamRangeError: outside the range of IAPWS-IF97, or so cold that there would be water instead of steam.
    """
    critical = pressure_mpa.is_finite() and pressure_mpa >= CRITICAL_PRESSURE
    if temperature_c is not None and critical:
        return enthalpy(pressure_mpa, temperature_c)
    if critical or not (pressure_mpa.is_finite() and pressure_mpa >= LOWEST):
        raise SteamRangeError(f"there is no saturated steam at {pressure_mpa} MPa")
    if temperature_c is None:
        found = seuif97.px2h(float(pressure_mpa), 1.0)
        return Decimal(repr(found)).quantize(PLACES, ROUND_HALF_UP)
    if float(temperature_c) <= seuif97.px2t(float(pressure_mpa), 1.0):
        raise SteamRangeError(f"water, not steam, at {pressure_mpa} MPa and {temperature_c} °C")
    return enthalpy(pressure_mpa, temperature_c)
