"""Iron and steel: what a works emitted as a whole and by process, and what allowances that means."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.common.heat_media import filling_steam
from shutan.rules.common.industrial_fuels import UNITS
from shutan.rules.steel import (
    accounting,
    allocation,
    auxiliary,
    fuels,
    materials,
    monitoring,
    power_units,
    processes,
)
from shutan.rules.steel.disclosure import DISCLOSURE
from shutan.rules.steel.inputs import TABLES
from shutan.rules.steel.tables import REPORT

_HERE = Path(__file__).parent
_COMMON = _HERE.parent / "common"

RULES = RuleSet(
    "steel",
    "钢铁行业|Iron and steel",
    tables=TABLES,
    modules=(fuels, materials, accounting, processes, power_units, auxiliary, monitoring, allocation),
    folders=(_HERE, _COMMON / "ndrc_metals", _COMMON / "industry_heat", _COMMON / "industry_allocation"),
    report=REPORT,
    disclosure=DISCLOSURE,
    units=UNITS,
    prepare=filling_steam("process_heat"),
)
