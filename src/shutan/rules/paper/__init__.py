"""The pulp and paper sector, by the NDRC guide of 2015: fuel, limestone, waste water, electricity and heat."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS
from shutan.rules.paper import process
from shutan.rules.paper.inputs import TABLES
from shutan.rules.paper.tables import REPORT

HERE = Path(__file__).parent
COMMON = HERE.parent / "common"

RULES = RuleSet(
    "paper",
    "造纸行业|Pulp and paper",
    tables=TABLES,
    modules=(ndrc_fuel, ndrc_combustion, process, ndrc_energy),
    folders=(HERE, COMMON / "electricity_by_area", COMMON / "ndrc_energy"),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
