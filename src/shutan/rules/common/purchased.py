"""Electricity and heat bought and sold by a whole enterprise, as every industrial guideline before 2024 counts them."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.electricity import GridArea
from shutan.rules.common.grains import ENTERPRISE_MONTH


def grid_area_input(clause: str) -> Choice:
    """Return the cell that says on whose grid the enterprise is; it belongs to the enterprise's own table."""
    return Choice(
        "grid_area", GridArea, "所在电网区域或省份|grid area or province", optional=True, clause=clause
    )


def purchased_table(electricity_clause: str, heat_clause: str) -> Table:
    """Return the monthly sheet of electricity and heat bought and sold. Net export gives a negative difference, lawfully."""
    return Table(
        "purchased",
        ENTERPRISE_MONTH,
        "购入、外供电力和热力|Electricity and heat bought and sold",
        (
            _amount(
                "purchased_electricity",
                "购入使用电量|electricity bought",
                "MWh",
                electricity_clause,
                places=3,
            ),
            _amount("sold_electricity", "外供电量|electricity sold", "MWh", electricity_clause, places=3),
            _amount("purchased_heat", "购入热力|heat bought", "GJ", heat_clause, places=2),
            _amount("sold_heat", "外供热力|heat sold", "GJ", heat_clause, places=2),
        ),
        keys=("月份|month",),
        optional=True,
    )


def _amount(name: str, label: str, unit: str, clause: str, *, places: int) -> Number:
    return Number(name, label, unit=unit, places=places, minimum=0, default="0", clause=clause)
