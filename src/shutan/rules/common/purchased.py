"""Electricity and heat bought and sold by a whole enterprise, as every industrial guideline before 2024 counts them."""

from shutan.kernel import Choice, Choices, Number, Table
from shutan.rules.common.electricity import GridArea
from shutan.rules.common.grains import ENTERPRISE_MONTH, HEAT_TRADE
from shutan.rules.common.heat_media import HeatMedium, media_columns

HeatTrade = Choices("HeatTrade", BOUGHT="购入|bought", SOLD="外供|sold")


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


HEAT_TRADE_TABLE = Table(
    "heat_trades",
    HEAT_TRADE,
    "购入、外供蒸汽和热水|Steam and hot water bought and sold",
    (
        Choice("heat_trade", HeatTrade, "购入或外供|bought or sold", clause="NDRC heat"),
        Choice("heat_carrier", HeatMedium, "介质|medium", clause="NDRC heat"),
        *media_columns("NDRC heat", "NDRC heat", "NDRC heat"),
    ),
    keys=("月份|month", "热流|flow"),
    optional=True,
    help="按质量和焓值（温度）结算的填此表，由系统换算为热量；已按GJ填报的不得重复|"
    "heat settled by mass; it is turned into GJ here and must not stand among the GJ too",
)


def _amount(name: str, label: str, unit: str, clause: str, *, places: int) -> Number:
    return Number(name, label, unit=unit, places=places, minimum=0, default="0", clause=clause)
