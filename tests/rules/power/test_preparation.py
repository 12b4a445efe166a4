"""Enthalpy is filled in from pressure and temperature, marked as computed, and never over a given figure."""

from decimal import Decimal

import pytest

from shutan.kernel import Dataset, Origin, Row, Waiting
from shutan.rules.power import RULES
from shutan.rules.power.preparation import with_enthalpies

METHODS = RULES.choices()["HeatMethod"]
KEY = ("U1", 1, "蒸汽")


def data(**values):
    row = {"unit": "U1", "month": 1, "flow": "蒸汽", "heat_medium": Decimal(1000), **values}
    place = Origin("cell", "F3", sheet="供热明细")
    return Dataset({"heat_flows": [Row(row, {"heat_medium_pressure": place})]})


def steam(**values):
    return data(
        heat_method=METHODS.STEAM_SIMPLIFIED,
        heat_medium_pressure=Decimal("9.81"),
        heat_medium_temperature=Decimal(540),
        **values,
    )


def test_steam_gets_its_enthalpy_and_says_where_from():
    filled = with_enthalpies(steam())
    row = filled.rows("heat_flows")[0]
    assert row.values["heat_medium_enthalpy"] == Decimal("3478.8468")
    assert row.origins["heat_medium_enthalpy"].kind == "computed"
    assert row.origins["heat_medium_enthalpy"].place == "F3"
    # 1000 × (3478.8468 − 83.74) / 1000 = 3395.1068
    assert RULES.evaluate(2024, filled).value("flow_heat", KEY) == Decimal("3395.11")


def test_a_given_enthalpy_stays():
    filled = with_enthalpies(steam(heat_medium_enthalpy=Decimal(3000)))
    assert filled.rows("heat_flows")[0].values["heat_medium_enthalpy"] == Decimal(3000)


def test_hot_water_needs_none():
    given = data(
        heat_method=METHODS.HOT_WATER, heat_medium_temperature=Decimal(90), heat_medium_pressure=Decimal(1)
    )
    assert "heat_medium_enthalpy" not in with_enthalpies(given).rows("heat_flows")[0].values


@pytest.mark.parametrize("pressure", [None, Decimal(0), Decimal(500)])
def test_outside_the_tables_the_heat_waits(pressure):
    given = steam()
    given.rows("heat_flows")[0].values["heat_medium_pressure"] = pressure
    found = RULES.evaluate(2024, given).value("flow_heat", KEY)
    assert isinstance(found, Waiting)
    assert found.reasons[0].name == "heat_medium_enthalpy"


def test_a_plant_without_heat_is_left_alone():
    empty = Dataset({})
    assert with_enthalpies(empty) is empty
