"""The aluminium sector: what electrolysis and its enterprise emitted, and what allowances that means."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.aluminium import allocation, electrolysis, enterprise
from shutan.rules.aluminium.disclosure import DISCLOSURE
from shutan.rules.aluminium.inputs import TABLES
from shutan.rules.aluminium.tables import REPORT
from shutan.rules.common.industrial_fuels import UNITS

_COMMON = Path(__file__).parents[1] / "common"

RULES = RuleSet(
    "aluminium",
    "铝冶炼行业|Aluminium smelting",
    tables=TABLES,
    modules=(electrolysis, enterprise, allocation),
    folders=(Path(__file__).parent, _COMMON / "ndrc_metals", _COMMON / "industry_allocation"),
    report=REPORT,
    disclosure=DISCLOSURE,
    units=UNITS,
)
