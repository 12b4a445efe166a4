"""The ceramics sector, by the NDRC guide of 2013."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.ceramics import process
from shutan.rules.ceramics.inputs import TABLES
from shutan.rules.ceramics.tables import REPORT
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS

_COMMON = Path(__file__).parents[1] / "common"

RULES = RuleSet(
    "ceramics",
    "陶瓷行业|Ceramics",
    tables=TABLES,
    modules=(ndrc_fuel, ndrc_combustion, process, ndrc_energy),
    folders=(
        Path(__file__).parent,
        _COMMON / "electricity_by_area",
        _COMMON / "ndrc_building",
        _COMMON / "ndrc_energy",
    ),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
