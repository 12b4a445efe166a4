"""2026: the law names a database of oxidation rates of which no value is known. What needs it waits, all else computes."""

from decimal import Decimal

import pytest

from shutan.cli.plants import chuannan
from shutan.kernel import ParameterValue, Waiting
from shutan.rules import power
from shutan.screening import engine

RATE = "oxidation_rate_coal_database"


@pytest.fixture(scope="module")
def result():
    return power.RULES.evaluate(2026, chuannan(2026).dataset())


@pytest.mark.parametrize(
    "name",
    ["enterprise_emissions", "enterprise_combustion_emissions", "enterprise_allowance", "allowance_gap"],
)
def test_what_needs_the_database_waits_for_it_by_name(result, name):
    value = result.value(name)
    assert isinstance(value, Waiting)
    assert (RATE, "parameter") in {(reason.name, reason.kind) for reason in value.reasons}


@pytest.mark.parametrize(
    ("name", "expected"), [("enterprise_generation", "7185061.036"), ("enterprise_heat_supplied", "0")]
)
def test_what_does_not_need_it_computes(result, name, expected):
    assert result.value(name) == Decimal(expected)


def test_the_report_is_whole_and_nothing_is_found(result):
    assert engine.run(result).findings == ()


def test_values_that_arrive_by_notice_let_everything_compute(result):
    """Invented rates: they show the way, not the law."""
    arrived = [
        ParameterValue(
            one.name,
            one.since,
            Decimal("0.98"),
            "虚构",
            "official",
            one.key,
            registered_by="甲",
            confirmed_by="乙",
        )
        for name in (RATE, "oxidation_rate_fuel_database")
        for one in power.RULES.parameters[name].values
        if one.value is None
    ]
    after = power.RULES.evaluate(2026, result.data, arrived)
    assert isinstance(after.value("enterprise_combustion_emissions"), Decimal)
