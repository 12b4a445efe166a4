"""Heat of steam and hot water above 20 °C: what of a flow is filled in, its arithmetic, and enthalpy from the steam tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from shutan.kernel import Choices, Dataset, Number, Origin, Row
from shutan.rules.common.steam import SteamRangeError, steam_enthalpy

HeatMedium = Choices("HeatMedium", STEAM="蒸汽|steam", WATER="热水|hot water")


def media_columns(mass_clause: str, steam_clause: str, water_clause: str) -> tuple[Number, ...]:
    """Return the cells of one flow: mass; for steam its enthalpy or what the steam tables need; for water its temperature."""

    def steam(name: str, label: str, unit: str, *, places: int, **more: object) -> Number:
        return Number(
            name, label, unit=unit, places=places, minimum=0, optional=True, clause=steam_clause, **more
        )

    return (
        Number("heat_mass", "质量|mass", symbol="Ma", unit="t", places=2, minimum=0, clause=mass_clause),
        steam(
            "steam_enthalpy",
            "蒸汽热焓|enthalpy of the steam",
            "kJ/kg",
            places=4,
            symbol="En",
            required_when="蒸汽，且未填压力|for steam without pressure",
            help="不填则按压力、温度由IAPWS-IF97计算；指南附表的数值可直接填写|"
            "empty: from pressure and temperature by IAPWS-IF97; a figure of the guide's own table may be written",
        ),
        steam("steam_pressure", "蒸汽绝对压力|absolute pressure of the steam", "MPa", places=4),
        steam(
            "steam_temperature",
            "蒸汽温度|temperature of the steam",
            "degC",
            places=2,
            help="饱和蒸汽不填|empty for saturated steam",
        ),
        Number(
            "water_temperature",
            "热水温度|temperature of the water",
            symbol="T",
            unit="degC",
            places=1,
            minimum=0,
            optional=True,
            required_when="热水|for hot water",
            clause=water_clause,
        ),
    )


def of_steam(mass, enthalpy, cold_water_enthalpy, enthalpy_to_heat):
    """Return the heat of steam above water of 20 °C."""
    return mass * (enthalpy - cold_water_enthalpy) * enthalpy_to_heat


def of_water(mass, temperature, cold_water_temperature, specific_heat, enthalpy_to_heat):
    """Return the heat of hot water above 20 °C."""
    return mass * (temperature - cold_water_temperature) * specific_heat * enthalpy_to_heat


def filling_steam(table: str) -> Callable[[Dataset], Dataset]:
    """Return the preparation of a rule set whose table has `media_columns`."""
    return partial(_with_enthalpies, table)


def _with_enthalpies(table: str, data: Dataset) -> Dataset:
    given = data.rows(table)
    if not any("steam_pressure" in row.values for row in given):  # nothing to look up, as in most reports
        return data
    rows = [
        enthalpy_filled(row, "steam_enthalpy", "steam_pressure", "steam_temperature")
        if row.values.get("heat_carrier") is HeatMedium.STEAM
        else row
        for row in given
    ]
    return Dataset({**data.tables, table: rows})


def enthalpy_filled(row: Row, target: str, pressure_name: str, temperature_name: str) -> Row:
    """Return the row with its enthalpy from the steam tables where it is empty; the value says where it came from.

    Steam outside the tables, or colder than saturated, leaves the row as it is: its heat waits for the enthalpy.
    """
    pressure, temperature = row.values.get(pressure_name), row.values.get(temperature_name)
    if row.values.get(target) is not None or not isinstance(pressure, Decimal):
        return row
    degrees = temperature if isinstance(temperature, Decimal) else None
    try:
        found = steam_enthalpy(pressure, degrees)
    except SteamRangeError:
        return row
    where = row.origins.get(pressure_name)
    state = "saturated" if degrees is None else f"{degrees} °C"
    origin = Origin(
        "computed",
        where.place if where else "",
        where.sheet if where else "",
        where.file if where else "",
        f"IAPWS-IF97: {pressure} MPa, {state}",
    )
    return Row({**row.values, target: found}, {**row.origins, target: origin})
