"""The petrochemical industry, by the NDRC guide of 2014: fuel, flares, units, CO2 recovered, electricity and heat."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.common import ndrc_combustion, ndrc_energy, ndrc_fuel, ndrc_recovery
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS
from shutan.rules.petrochemical import balances, catalysts, enterprise, flares
from shutan.rules.petrochemical.inputs import TABLES
from shutan.rules.petrochemical.tables import REPORT

HERE = Path(__file__).parent
COMMON = HERE.parent / "common"

RULES = RuleSet(
    "petrochemical",
    "石化行业|Petrochemicals",
    tables=TABLES,
    modules=(
        ndrc_fuel,
        ndrc_combustion,
        flares,
        catalysts,
        balances,
        enterprise,
        ndrc_recovery,
        ndrc_energy,
    ),
    folders=(
        HERE,
        COMMON / "electricity_by_area",
        COMMON / "ndrc_chemical",
        COMMON / "ndrc_energy",
        COMMON / "ndrc_recovery",
    ),
    report=REPORT,
    units=UNITS,
    prepare=filling_steam("heat_trades"),
)
