"""What is filled in before the rules run: the enthalpy of steam whose pressure and temperature are given.

The guideline reads enthalpy from steam tables. That is no arithmetic of its clauses, so it happens here, and the filled-in
value says where it came from.
"""

from __future__ import annotations

from shutan.kernel import Dataset, Row
from shutan.rules.common.heat_media import enthalpy_filled
from shutan.rules.power.choices import HeatMethod
from shutan.rules.power.inputs.production import HEAT_FLOW_TABLE

FILLED, PRESSURE, TEMPERATURE = "heat_medium_enthalpy", "heat_medium_pressure", "heat_medium_temperature"
STEAM = (HeatMethod.STEAM_BALANCE, HeatMethod.STEAM_SIMPLIFIED, HeatMethod.EXCHANGER_STEAM_METERED)


def with_enthalpies(data: Dataset) -> Dataset:
    """Return the data with the enthalpy of steam filled in from the steam tables where a row leaves it empty.

    A row whose pressure or temperature lies outside the tables is left as it is: its heat waits for the enthalpy.
    """
    given = data.rows(HEAT_FLOW_TABLE.name)
    if not any(PRESSURE in row.values for row in given):  # nothing to look up, as in most reports
        return data
    return Dataset({**data.tables, HEAT_FLOW_TABLE.name: [_filled(row) for row in given]})


def _filled(row: Row) -> Row:
    if any(row.values.get("heat_method") is method for method in STEAM):
        return enthalpy_filled(row, FILLED, PRESSURE, TEMPERATURE)
    return row
