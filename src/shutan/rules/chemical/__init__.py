"""The chemical industry, by the NDRC guide of 2013: fuel, carbon balance, N2O, CO2 recovered, electricity and heat."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.kernel.report import UnitBy
from shutan.rules.chemical import nitrous, process, supplement
from shutan.rules.chemical.inputs import TABLES
from shutan.rules.chemical.tables import REPORT
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel, ndrc_recovery
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS

HERE = Path(__file__).parent
COMMON = HERE.parent / "common"

RULES = RuleSet(
    "chemical",
    "化工行业|Chemicals",
    tables=TABLES,
    modules=(ndrc_fuel, ndrc_combustion, process, nitrous, supplement, ndrc_recovery, ndrc_energy),
    folders=(
        HERE,
        COMMON / "electricity_by_area",
        COMMON / "ndrc_chemical",
        COMMON / "carbonates_chemical",
        COMMON / "ndrc_energy",
        COMMON / "ndrc_recovery",
    ),
    report=REPORT,
    units=UNITS | {"stream_unit": UnitBy("stream_state", "t|t", VOLUME="10⁴Nm³|10⁴ Nm³")},
    prepare=filling_steam("heat_trades"),
)
