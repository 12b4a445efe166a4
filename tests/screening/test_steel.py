"""The checks of steel's processes: silent on the bound, loud beyond it, and only about what the report tells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shutan.kernel import Dataset
from shutan.rules.common.industrial_fuels import FuelOrigin, IndustrialFuel
from shutan.rules.steel import RULES
from shutan.rules.steel.choices import ProcessKind
from shutan.screening import run

FUELS = (
    ("外购焦炭", "COKE", "PURCHASED"), ("喷吹煤", "ANTHRACITE", "PURCHASED"), ("煤气", "BLAST_FURNACE_GAS", "OWN"),
)  # fmt: skip
GAS = "furnace_gas"


def works(*, coke="400", coal="140", gas="160", use="0", sold="0", electricity="450", kind="IRONMAKING"):
    """Return the findings of a works that made 1,000 t of iron in March, and as much steel in an electric furnace."""
    month = {"month": 3}
    data = {
        "fuels": [
            {"fuel": fuel, "fuel_kind": IndustrialFuel[one], "fuel_procurement": FuelOrigin[origin]}
            for fuel, one, origin in FUELS
        ],
        "fuel_months": [{"fuel": "煤气", "fuel_sold": Decimal(sold), **month}],
        "processes": [
            {"process": "高炉", "process_kind": ProcessKind[kind]},
            {"process": "电炉", "process_kind": ProcessKind.ELECTRIC_FURNACE},
        ],
        "process_months": [
            {"process": "高炉", "process_output": Decimal(1000), **month},
            {"process": "电炉", "process_output": Decimal(1000), "process_electricity": Decimal(electricity)}
            | month,
        ],
        "process_fuel_months": [
            {"process": "高炉", "fuel": "外购焦炭", "process_fuel_input": Decimal(coke), **month},
            {"process": "高炉", "fuel": "喷吹煤", "process_fuel_input": Decimal(coal), **month},
            {"process": "高炉", "fuel": "煤气", "process_fuel_output": Decimal(gas)} | month,
            {"process": "电炉", "fuel": "煤气", "process_fuel_input": Decimal(use)} | month,
        ],
        "products": [{"crude_steel_output": Decimal(1000), **month}],
    }
    return run(RULES.evaluate(2024, Dataset.of(data)), only=("SEC-05", "SEC-06", "SEC-07", "SEC-08"))


def found(**given):
    return [(one.check, one.value, one.severity.value) for one in works(**given).findings]


def test_a_works_within_the_ranges_is_silent():
    screened = works()
    assert screened.findings == ()
    assert not screened.not_run
    assert {one.check: one.rows for one in screened.clean} == {
        "SEC-05": 1, "SEC-06": 1, "SEC-07": 1, "SEC-08": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lawful", "beyond", "check"),
    [
        ({"coke": "480", "coal": "100"}, {"coke": "480.01", "coal": "100"}, "SEC-06"),
        ({"coke": "430", "coal": "190"}, {"coke": "400", "coal": "190.01"}, "SEC-06"),
        ({"coke": "410", "coal": "80"}, {"coke": "420", "coal": "79.99"}, "SEC-06"),
        ({"coke": "440", "coal": "180"}, {"coke": "440.01", "coal": "180"}, "SEC-06"),
        ({"coke": "400", "coal": "90"}, {"coke": "399.99", "coal": "90"}, "SEC-06"),
        ({"gas": "130"}, {"gas": "129.99"}, "SEC-07"),
        ({"gas": "190"}, {"gas": "190.01"}, "SEC-07"),
        ({"electricity": "300"}, {"electricity": "299.999"}, "SEC-08"),
        ({"electricity": "650"}, {"electricity": "650.001"}, "SEC-08"),
    ],
)
def test_bounds(lawful, beyond, check):
    assert found(**lawful) == []
    assert [one[0] for one in found(**beyond)] == [check]


def test_gas_given_in_cubic_metres_is_found():
    """160 in 10⁴ Nm³ is 1,600,000 Nm³: the slip of the unit shows in the gas of a tonne of iron."""
    assert [one[:2] for one in found(gas="1600000", use="0")] == [("SEC-07", Decimal(16000000))]


def test_own_gas_used_beyond_what_was_made():
    assert found(use="100", sold="64.8") == []
    assert found(use="100", sold="64.81") == [("SEC-05", Decimal("3.00625"), "medium")]
    assert found(use="100", sold="68") == [("SEC-05", Decimal(5), "medium")]
    (finding,) = works(use="100", sold="68.01").findings
    assert (finding.severity.value, finding.value) == ("high", Decimal("5.00625"))
    assert not finding.blocks
    assert "煤气" in finding.message.zh
    assert "own fuel used" in finding.message.en


def test_gas_burned_elsewhere_or_flared_is_no_finding():
    assert found(use="10", sold="0") == []


def test_a_furnace_without_coke_is_no_blast_furnace():
    assert found(coke="0", coal="600") == []


def test_another_process_is_not_judged_as_a_furnace():
    assert [one[0] for one in found(kind="SINTERING", coke="900")] == []


@pytest.mark.parametrize(("day", "told"), [("20240331", False), ("20240430", True), ("20230331", True)])
def test_a_monitored_day_lies_in_its_month_of_the_year(day, told):
    row = {"stack": "烟囱", "month": 3, "day": day, "stack_dioxide": Decimal(1)}
    data = {"stacks": [{"stack": "烟囱"}], "stack_days": [row]}
    screened = run(RULES.evaluate(2024, Dataset.of(data)), only=("STR-04",))
    hits = [one for one in screened.findings if one.subject.key == ("烟囱", 3, day)]
    assert bool(hits) is told
