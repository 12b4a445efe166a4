"""In which units a plant's own sheet may be: how much one of them is in the unit that the guideline asks for."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

# Exact by the definition of prefixes and percent. Calories are left out: which calorie a meter means is not known.
_IN: dict[str, dict[str, str]] = {
    "t": {"kg": "0.001", "万t": "10000"},
    "kg": {"t": "1000", "g": "0.001"},
    "10⁴Nm³": {"Nm³": "0.0001", "10³Nm³": "0.1"},
    "MWh": {"kWh": "0.001", "万kWh": "10", "GWh": "1000"},
    "GJ": {"MJ": "0.001", "kJ": "0.000001", "TJ": "1000"},
    "GJ/t": {"MJ/kg": "1", "kJ/kg": "0.001", "kJ/g": "1"},
    "GJ/10⁴Nm³": {"kJ/Nm³": "0.01", "MJ/Nm³": "10"},
    "kJ/kg": {"MJ/kg": "1000", "GJ/t": "1000"},
    "tC/GJ": {"tC/TJ": "0.001"},
    "MPa": {"kPa": "0.001", "bar": "0.1"},
    "%": {"1": "100"},
    "": {"%": "0.01"},
    "min": {"h": "60"},
}


def _plain(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).replace(" ", "").replace("^", "").lower()


_KNOWN = {_plain(wanted): units for wanted, units in _IN.items()}


def choices(wanted: str) -> list[str]:
    """The units a column may be in where `wanted` is asked for, that one first."""
    return [wanted, *_KNOWN.get(_plain(wanted), {})]


def factor(unit: str, wanted: str) -> Decimal | None:
    """What a figure in `unit` is multiplied with to be in `wanted`; None where that is not known."""
    if not unit or _plain(unit) == _plain(wanted):
        return Decimal(1)
    found = {_plain(name): one for name, one in _KNOWN.get(_plain(wanted), {}).items()}.get(_plain(unit))
    return None if found is None else Decimal(found)
