"""Every example of the facts on the sectors (sectors_examples.md) and the golden cases that hold it; no need to check again.

What stands in no case says why. The document numbers its examples A1 to A6, B, C1 to C15 (there is no C12) and D1 to D15.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shutan.rules.registry import rule_set, rule_sets

sys.path.insert(0, str(Path(__file__).parent))
from cases import cases

NDRC = ("aviation", "ceramics", "chemical", "flat_glass", "magnesium", "nonferrous", "paper", "petrochemical")
TRADING = ("aluminium", "cement")
YEARS = ("2020", "2021", "2022", "2023")


def _each(sectors, case):
    return tuple(f"{sector}/{case}" for sector in sectors)


# Example: the cases that hold it, in the order of the document. A word without "/" is the reason why there is none.
EXAMPLES = {
    "A1 Tianhua 2020": ("chemical/process/A1-tianhua-2020",),
    "A2 steel works, totals": tuple(f"steel/guide_2013/A2-{year}" for year in YEARS),
    "A2 steel works, carbon in products": ("steel/guide_2013/A2-embedded",),
    "A2 steel works, processes": tuple(f"steel/guide_2024/A2-processes-{year}" for year in YEARS),
    "A3 Y plant 2015": "only two intensities by two methods are published, no figure to compute them from",
    "A4 aluminium, draft": ("aluminium/guide_2024/A4-anode", "aluminium/guide_2024/A4-anode-effect"),
    "A4 benchmark with electricity": "9.264 was a draft; electricity is no part of the process since",
    "A5 alumina 2017": ("nonferrous/process/A5-boundaries",),
    "A6 glass containers 2023": "another guideline, and its numbers are cut off in the copy seen",
    "B reductants": tuple(
        f"nonferrous/process/B-{one}" for one in ("semi-coke", "coke", "anthracite", "gas")
    ),
    "B jet and aviation gasoline": ("aviation/flights/C13-jet", "aviation/flights/C13-avgas"),
    "B tar": ("steel/guide_2024/tar-consistent",),
    "B dolomite": ("magnesium/process/B-dolomite", "nonferrous/process/B-dolomite"),
    "B anode": ("aluminium/guide_2013/C6-anode",),
    "B anode effect, both guides": ("aluminium/guide_2013/C6-pfc", "aluminium/guide_2024/pfc-2024"),
    "B crude steel 2020": ("steel/guide_2013/A2-embedded",),
    "B aluminium, limit and level": ("energy/levels/B-aluminium",),
    "B clinker, limit and level": ("energy/levels/B-clinker",),
    "B family selection": (
        "chemical/fuel_and_energy/family", "petrochemical/fuel_and_energy/family", "aluminium/guide_2013/anthracite",
    ),
    "C1 fuel of the metals": (
        "steel/guide_2013/ndrc-bituminous", "steel/guide_2013/ndrc-gas", "aluminium/guide_2013/C1-coal",
        "aluminium/guide_2013/C1-gas", "paper/fuel_and_energy/C1-bituminous",
    ),
    "C1 coal of the kiln": ("cement/guide_2024/C1-kiln", "cement/guide_2024/C1-typed"),
    "C2 hot water": ("steel/guide_2024/water", *_each(NDRC, "fuel_and_energy/heat-flows")),
    "C2 steam": ("steel/guide_2024/steam", *_each(NDRC, "fuel_and_energy/heat")),
    "C3 clinker 2013": tuple(f"cement/guide_2013/C3{one}" for one in ("", "-dust", "-raw-meal", "-raw-meal-gangue")),
    "C4 clinker 2024": tuple(
        f"cement/guide_2024/C4-{one}" for one in ("process", "diesel", "line", "line-typed")
    ),
    "C4 energy of a line": ("energy/levels/clinker-lines",),
    "C5 guide of 2013": ("steel/works/works-2013-guide",),
    "C5 V1": ("steel/works/V1", "steel/guide_2024/no-oxidation"),
    "C5 V2": ("steel/works/V2", "steel/guide_2024/coking-V2", "steel/guide_2024/others-V2"),
    "C6 aluminium": tuple(
        f"aluminium/guide_2013/C6-{one}" for one in ("anode", "pfc", "limestone", "anode-0.411")
    ),
    "C7 magnesium": ("magnesium/process/C7-ferrosilicon", "magnesium/process/C7-dolomite"),
    "C8 glass": ("flat_glass/process/C8-powder", "flat_glass/process/C8-soda", "flat_glass/process/C8-works"),
    "C9 ceramics": ("ceramics/process/C9",),
    "C10 chemical": tuple(f"chemical/process/C10-{one}" for one in ("ammonia", "carbide-emissions", "recovery")),
    "C11 petrochemical": tuple(
        f"petrochemical/units/C11-{one}"
        for one in ("cracking", "reforming", "flare", "decoking", "calcining", "asphalt")
    ),
    "C13 aviation": tuple(f"aviation/flights/C13-{one}" for one in ("jet", "avgas", "blend")),
    "C14 allocation, year by year": (
        *(f"{sector}/allocation/C14-{year}-{row}" for sector in TRADING for year in (2025, 2026) for row in range(1, 5)),
        *(f"steel/allocation/C14-{year}-{row}" for year in (2025, 2026) for row in ("0.80", "0.85", "0.68", "1.02")),
        "steel/allocation/C14-2024", "cement/allocation/A-2024", "aluminium/allocation/A-2024",
    ),
    "C14 exceptions": ("cement/allocation/white-2025", "cement/allocation/carbide-2025"),
    "C15 standard coal": ("energy/coal/C15",),
    "D1 MgO with the mass of CaO": ("cement/guide_2013/C3",),
    "D2 integer division": ("ceramics/process/C9", "ceramics/process/C9-not-zero"),
    "D3 C2F6 tenfold": ("aluminium/guide_2013/C6-pfc",),
    "D4 calorific value typed twice": ("cement/guide_2024/C1-typed",),
    "D5 percent of decoking gas": ("petrochemical/units/C11-decoking",),
    "D6 oxidation of reforming coke": ("petrochemical/units/C11-reforming",),
    "D7 units of gas": (*_each(NDRC[1:], "fuel_and_energy/fuel-gas-unit"), "aviation/flights/airline"),
    "D8 potential of another guide": (
        "aluminium/guide_2024/pfc-2024", "paper/process/methane-gwp", "chemical/process/nitrous-together",
    ),
    "D9 waste gas burned in a boiler": ("petrochemical/units/cracking-boiler",),
    "D10 bought ferrosilicon": ("magnesium/process/ferrosilicon-year",),
    "D11 two boundaries": ("nonferrous/process/A5-boundaries", "nonferrous/process/smelter", "ceramics/process/C9-works"),
    "D12 negative terms": (
        *_each(NDRC, "fuel_and_energy/electricity-net-seller"), *_each(NDRC, "fuel_and_energy/heat-net-seller"),
        "steel/guide_2013/ndrc-export", "steel/guide_2013/A2-2023", "steel/works/V2", "aluminium/guide_2024/auxiliary",
    ),
    "D13 steel without oxidation, with its own coals": (
        "steel/guide_2024/no-oxidation", "steel/guide_2024/family", "steel/guide_2013/ndrc-dolomite",
    ),
    "D14 electricity of a steel process": ("steel/guide_2024/electricity-not-counted",),
    "D15 iron, not crude steel": (
        *(f"steel/allocation/iron-{one}" for one in ("IRONMAKING", "SINTERING", "COKING", "CONVERTER")),
        "steel/allocation/intensity",
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_has_its_cases(example):
    held = EXAMPLES[example]
    if isinstance(held, str):
        assert held
        return
    assert held
    assert [name for name in held if name not in {name for name, _ in cases()}] == []


def test_no_example_is_left_out():
    ids = {example.split()[0] for example in EXAMPLES}
    numbered = {
        f"{part}{number}" for part, last in (("A", 6), ("C", 15), ("D", 15)) for number in range(1, last + 1)
    }
    assert ids == numbered - {"C12"} | {"B"}


def test_no_figure_of_the_legal_person_enters_a_supplementary_table():
    """Trap D11: the two boundaries are computed apart, and neither reads the other."""
    found = 0
    for name in rule_sets():
        rules = rule_set(name)
        own = {one for one in rules.rules if one.startswith(("supplement", "workshop"))}
        whole = {
            "greenhouse_gas_emissions",
            "fuel_combustion_emissions",
            "net_electricity_emissions",
            "heat_emissions",
        }
        for made in (version for one in own for version in rules.rules[one]):
            assert not whole & set(rules.dependencies(made)), made.name
        for made in (version for one in whole & set(rules.rules) for version in rules.rules[one]):
            assert not own & set(rules.dependencies(made)), made.name
        found += len(own)
    assert found
