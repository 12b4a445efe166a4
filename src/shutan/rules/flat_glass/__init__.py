"""The flat-glass sector, by the NDRC guide of 2013: fuel, carbon powder, carbonates, electricity and heat."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS
from shutan.rules.flat_glass import process
from shutan.rules.flat_glass.inputs import TABLES
from shutan.rules.flat_glass.tables import REPORT

HERE = Path(__file__).parent
COMMON = HERE.parent / "common"

RULES = RuleSet(
    "flat_glass",
    "平板玻璃行业|Flat glass",
    tables=TABLES,
    modules=(ndrc_fuel, ndrc_combustion, process, ndrc_energy),
    folders=(
        HERE,
        COMMON / "electricity_by_area",
        COMMON / "ndrc_building",
        COMMON / "ndrc_energy",
        COMMON / "carbonates_glass",
    ),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
