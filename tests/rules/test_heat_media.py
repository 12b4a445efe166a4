"""Heat of steam and hot water given by mass: enthalpy from the steam tables where none is written, and only for steam."""

from decimal import Decimal

import pytest

from shutan.kernel import Dataset, Waiting
from shutan.rules.common.heat_media import HeatMedium
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, HeatTrade
from shutan.rules.common.steam import SteamRangeError, steam_enthalpy
from shutan.rules.registry import rule_set, rule_sets
from shutan.rules.steel.choices import HeatDirection

NDRC = [name for name, rules in rule_sets().items() if HEAT_TRADE_TABLE in rules.tables]
STEAM = {"heat_carrier": HeatMedium.STEAM, "heat_mass": Decimal(1000)}


def traded(sector="paper", **cells):
    row = {"month": 1, "flow": "1号", "heat_trade": HeatTrade.BOUGHT, **STEAM, **cells}
    return rule_set(sector).evaluate(2023, Dataset.of({"heat_trades": [row]}))


def test_every_ndrc_sector_takes_heat_by_mass():
    assert NDRC == [
        "aviation", "ceramics", "chemical", "flat_glass", "magnesium", "nonferrous", "paper", "petrochemical",
    ]  # fmt: skip


@pytest.mark.parametrize("sector", NDRC)
def test_saturated_steam_needs_its_pressure_only(sector):
    """IF97 gives 2777.1195 kJ/kg at 1.0 MPa, the guides' table 2777.0."""
    result = traded(sector, steam_pressure=Decimal("1.0"))
    assert result.value("steam_enthalpy", (1, "1号")) == Decimal("2777.1195")
    assert result.value("net_purchased_heat") == Decimal("2693.3795")
    assert result.origin("steam_enthalpy", (1, "1号")).note == "IAPWS-IF97: 1.0 MPa, saturated"


def test_superheated_steam_needs_both():
    found = traded(steam_pressure=Decimal("1.0"), steam_temperature=Decimal(300))
    assert found.value("steam_enthalpy", (1, "1号")) == steam_enthalpy(Decimal("1.0"), Decimal(300))
    assert Decimal(3051) < found.value("steam_enthalpy", (1, "1号")) < Decimal(3052)


def test_a_figure_of_the_guides_table_is_kept():
    found = traded(steam_pressure=Decimal("1.0"), steam_enthalpy=Decimal("2777.0"))
    assert found.value("traded_heat", (1, "1号")) == Decimal("2693.26")


@pytest.mark.parametrize(
    ("pressure", "temperature"),
    [("1.0", "179.88"), ("1.0", "20"), ("0.0001", None), ("22.064", None), ("101", "500"), ("1.0", "2500")],
)
def test_what_is_no_steam_waits_for_its_enthalpy(pressure, temperature):
    cells = {"steam_pressure": Decimal(pressure)}
    if temperature is not None:
        cells["steam_temperature"] = Decimal(temperature)
    value = traded(**cells).value("net_purchased_heat")
    assert isinstance(value, Waiting)
    assert {reason.name for reason in value.reasons} == {"steam_enthalpy"}
    with pytest.raises(SteamRangeError):
        steam_enthalpy(Decimal(pressure), cells.get("steam_temperature"))


def test_above_the_critical_pressure_temperature_decides():
    assert steam_enthalpy(Decimal(25), Decimal(600)) > Decimal(3400)


def test_hot_water_is_not_looked_up():
    found = traded(
        heat_carrier=HeatMedium.WATER, water_temperature=Decimal(80), steam_pressure=Decimal("1.0")
    )
    assert found.value("net_purchased_heat") == Decimal("251.208")
    assert isinstance(found.value("steam_enthalpy", (1, "1号")), Waiting)


def test_steel_processes_take_it_the_same_way():
    row = {"process": "焦化", "month": 1, "flow": "蒸汽", "heat_direction": HeatDirection.INTO, **STEAM}
    data = Dataset.of({"process_heat": [row | {"steam_pressure": Decimal("1.0")}]})
    found = rule_set("steel").evaluate(2024, data)
    assert found.value("heat_flow", ("焦化", 1, "蒸汽")) == Decimal("2693.38")
