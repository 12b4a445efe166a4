"""The demonstration's own plants, whose people can sign in, as the directory and the province's lists know them."""

from __future__ import annotations

from shutan.apps.accounts.demo import ORGANISATIONS
from shutan.cli.province.drawing import Enterprise, Line
from shutan.rules.common.codes import credit_code_check_character

# Of the demonstration's own plants: tonnes a year, what their units are, the units with megawatts.
PLANTS = {
    "coal": (4_600_000, "steam_turbine_unit", (("1号机组", "600"), ("2号机组", "600"))),
    "heat": (3_100_000, "steam_turbine_unit", (("1号机组", "350"), ("2号机组", "350"))),
    "gas": (1_400_000, "gas_turbine_unit", (("1号机组", "470"), ("2号机组", "470"))),
}


def plants() -> list[Enterprise]:
    """Return the power plants whose people can sign in, as the directory and the province's lists know them."""
    found = []
    for name, (emits, equipment, lines) in PLANTS.items():
        _kind, zh, en, body, division = ORGANISATIONS[name]
        found.append(
            Enterprise(
                zh, en, body + credit_code_check_character(body), division, "power", "4411", "2012-05-01", "林建华",
                tuple(Line(one, "电力", equipment, size, "mw") for one, size in lines), None, emits,
            )
        )  # fmt: skip
    return found
