"""The sector of other nonferrous metals, copper above all, by the NDRC guide of 2015."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS
from shutan.rules.nonferrous import process, supplement
from shutan.rules.nonferrous.inputs import TABLES
from shutan.rules.nonferrous.tables import REPORT

_COMMON = Path(__file__).parents[1] / "common"

RULES = RuleSet(
    "nonferrous",
    "其他有色金属行业|Other nonferrous metals",
    tables=TABLES,
    modules=(ndrc_fuel, ndrc_combustion, process, supplement, ndrc_energy),
    folders=(
        Path(__file__).parent,
        _COMMON / "electricity_by_area",
        _COMMON / "ndrc_metals",
        _COMMON / "ndrc_energy",
        _COMMON / "carbonates_chemical",
    ),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
