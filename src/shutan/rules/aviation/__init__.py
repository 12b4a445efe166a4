"""The civil-aviation sector, by the NDRC guide of 2013: fuel of flights and on the ground, electricity and heat."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.aviation import flights
from shutan.rules.aviation.inputs import TABLES
from shutan.rules.aviation.tables import REPORT
from shutan.rules.common import ndrc_energy, ndrc_fuel
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS

HERE = Path(__file__).parent
COMMON = HERE.parent / "common"

RULES = RuleSet(
    "aviation",
    "民航行业|Civil aviation",
    tables=TABLES,
    modules=(ndrc_fuel, flights, ndrc_energy),
    folders=(
        HERE,
        COMMON / "electricity_by_area",
        COMMON / "ndrc_aviation",
        COMMON / "ndrc_energy",
    ),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
