"""The cement sector: what a clinker line and its enterprise emitted, and what allowances that means."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.cement import allocation, combustion, enterprise, process
from shutan.rules.cement.disclosure import DISCLOSURE
from shutan.rules.cement.inputs import TABLES
from shutan.rules.cement.tables import REPORT
from shutan.rules.common.industrial_fuels import UNITS

_COMMON = Path(__file__).parents[1] / "common"

RULES = RuleSet(
    "cement",
    "水泥行业|Cement",
    tables=TABLES,
    modules=(combustion, process, enterprise, allocation),
    folders=(
        Path(__file__).parent,
        _COMMON / "cets_cement",
        _COMMON / "ndrc_building",
        _COMMON / "industry_allocation",
    ),
    report=REPORT,
    disclosure=DISCLOSURE,
    units=UNITS,
)
