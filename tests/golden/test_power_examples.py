"""Every example and trap of the facts on power (power_examples.md, power.md 7) and what holds it; no need to check again.

A word with "/" is a golden case, one with "::" a test below tests/, anything else the reason why there is none.
The document numbers its examples A1, A2, A4 (there is no A3), B (five illustrations) and C1 to C16, its traps T1 to T16.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from cases import cases

TESTS = Path(__file__).parents[1]


def _each(file, example, *rows):
    return tuple(f"{file}/{example}-{row}" for row in rows)


FUELS = "power/guide_2022_fuels"
OUTPUT = "power/guide_2022_output"
ALLOWANCES = "allocation/allowances"
CORRECTION = "allocation/correction"
CLASSES = "allocation/classes"
ISSUE = "allocation/issue"
CARRY_OVER = _each("compliance/carry_over", "C14", *range(1, 7))
LOADS = {
    "C8": (90, 85, 84, 82, 80, 79, 77, 75, 74.99, 70, 65, 60, 50),
    "C9": (65, 64.99, 62, 60, 55, 50, 45, 40, 30),
    "C10": (50, 49.99, 48, 43, 35, 25, 15),
}

# Example: what holds it, in the order of the document.
EXAMPLES = {
    "A1 monthly form of natural gas": (*_each(FUELS, "A1", "platform", "guideline"),),
    "A2 disputes on electricity factors": _each(OUTPUT, "A2", "2020-reported", "2020", "2021", "2024"),
    "A2 an announcement that prints another factor": ("rules/test_electricity_factors.py::",),
    "A4 benchmarks seen in research code": _each(
        "allocation/benchmarks", "B", *(f"{year}-{one}" for year in (2021, 2022) for one in ("I", "II", "IV"))
    ),
    "B E-S1 floor of pre-allocation": (f"{ISSUE}/E-S1",),
    "B E-S2 initial shortfall rate": (f"{ALLOWANCES}/E-S2",),
    "B E-S3 adjustments": (f"{ISSUE}/E-S3",),
    "B E-S4 and E-S5 differentiated issue": (f"{ISSUE}/E-S4", f"{ISSUE}/E-S5"),
    "C1 basis conversion": _each(FUELS, "C1", "air-dried", "dry"),
    "C2 weighted carbon": (f"{FUELS}/C2",),
    "C3 weighted NCV with one bad day": (f"{FUELS}/C3", f"{FUELS}/C3-bad-day"),
    "C4 combustion emission": (f"{FUELS}/C4",),
    "C5 default path": (
        "power/guide_2021/C5-2021", *_each(FUELS, "C5", "conventional", "non-conventional"),
        *_each(FUELS, "C5", "conventional-unrounded", "non-conventional-unrounded"),
    ),
    "C5 256 806.81 of 2021": "the guide of 2021 goes through heat: no carbon content of that year is rounded on the way",
    "C6 heat": _each(OUTPUT, "C6", "simplified", "full", "hot-water"),
    "C7 merged units": (f"{OUTPUT}/C7",),
    **{f"{example} load": _each(CORRECTION, example, *loads) for example, loads in LOADS.items()},
    "C11 unit allowances": _each(ALLOWANCES, "C11", *range(1, 6)),
    "C11 without the floor": (f"{ALLOWANCES}/C11-places",),
    "C12 supply basis": _each(ALLOWANCES, "C12", *range(1, 4)),
    "C13 exemptions": _each(ALLOWANCES, "C13", *(f"{row}-{year}" for row in range(1, 4) for year in (2022, 2024, 2025))),
    "C14 carry-over": CARRY_OVER,
    "C15 offset, fine, pre-allocation": (
        "compliance/surrender/C15-ccer", f"{ISSUE}/C15-pre-70", "compliance/penalties/C15-fine",
    ),
    "C15 calibration": tuple(
        f"power/calibration/C15-{meter}-{state}"
        for meter in ("activity", "production") for state in ("found", "uncalibrated")
    ),
    "C15 biomass": (f"{OUTPUT}/C15-biomass", *_each(CLASSES, "C15-bio", 2024, 2025)),
    "C16 allocation": tuple(
        f"rules/power/test_allocation.py::{name}"
        for name in (
            "test_an_allowance_grows_with_output_and_never_rounds_up",
            "test_load_correction_is_at_least_one_and_falls_with_load",
            "test_no_enterprise_is_short_of_more_than_a_fifth",
            "test_a_gas_unit_is_never_short",
        )
    ),
    "C16 accounting": tuple(
        f"rules/power/test_properties.py::{name}"
        for name in (
            "test_emission_is_linear_in_fuel",
            "test_a_weighted_mean_lies_between_least_and_largest",
            "test_calibration_never_lowers_emissions_nor_raises_output",
        )
    ),
    "C16 efficiency": ("examples/test_examples.py::test_no_unit_gives_more_than_its_fuel",),
    "T1 load as fraction or percent": (*_each(CORRECTION, "C9", 62), *_each(CORRECTION, "C10", 48, 43)),
    "T2 both sides of the jumps": (*_each(CORRECTION, "C9", 65, 64.99), *_each(CORRECTION, "C10", 50, 49.99)),
    "T3 rounded carbon": _each(FUELS, "A1", "platform", "guideline"),
    "T4 weights of merged units": (f"{OUTPUT}/C7",),
    "T5 default by day or by month": (f"{FUELS}/C3-bad-day", f"{FUELS}/T5-month", f"{FUELS}/T5-flag"),
    "T6 default carbon by unit and year": (
        "power/guide_2021/C5-2021", *_each(FUELS, "C5", "conventional", "non-conventional"),
    ),
    "T7 surrendered is not reported": (f"{OUTPUT}/T7",),
    "T8 floor and half up": (*_each(ALLOWANCES, "C11", 1, "places"), f"{ISSUE}/E-S1", f"{ALLOWANCES}/E-S2"),
    "T9 cap on verified allowances": (f"{ALLOWANCES}/T9",),
    "T10 window, clamp and three limits": (
        *CARRY_OVER, "compliance/carry_over/C14-vintage", *_each("compliance/carry_over", "apply", "at", "over", "sum"),
    ),
    "T11 class by generator capacity": tuple(f"{CLASSES}/{size}-{year}" for size in (399, 400) for year in (2020, 2026)),
    "T12 outside normal allocation": (
        *_each(CLASSES, "s-commissioned", 2023, 2025), *_each(CLASSES, "s-closed", 2023, 2025),
        *_each(CLASSES, "s-small", "at", 2024), f"{CLASSES}/s-small",
    ),
    "T13 what is deducted from heat": _each(OUTPUT, "C6", "simplified", "full", "hot-water"),
    "T14 moistures": (f"{FUELS}/C1-air-dried", f"{FUELS}/T14"),
    "T15 numbers of tables": (
        "rules/power/test_tables.py::test_until_2025_electricity_has_a_table_and_totals_are_c5",
        "rules/power/test_tables.py::test_from_2026_the_numbers_move_up",
    ),
    "T16 letter of unit emissions": ("rules/power/test_tables.py::test_unit_emissions_are_row_q",),
}  # fmt: skip


def _exists(held, golden):
    if "::" in held:
        path, name = held.split("::")
        return not name or re.search(rf"^def {name}\(", (TESTS / path).read_text(), re.MULTILINE) is not None
    return held in golden


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_held(example):
    held = EXAMPLES[example]
    assert held
    if not isinstance(held, str):
        golden = {name for name, _ in cases()}
        assert [one for one in held if not _exists(one, golden)] == []


def test_no_example_or_trap_is_left_out():
    last = {"A": 4, "C": 16, "T": 16}
    numbered = {f"{part}{number}" for part, end in last.items() for number in range(1, end + 1)} - {"A3"}
    assert {example.split()[0] for example in EXAMPLES} == numbered | {"B"}
    assert {word for example in EXAMPLES for word in re.findall(r"E-S\d", example)} == {
        f"E-S{number}" for number in range(1, 6)
    }
