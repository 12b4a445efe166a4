"""An enterprise of several sectors: totals of its parts, sites and legal persons, each tonne once."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.enterprise import market, totals
from shutan.rules.enterprise.inputs import TABLES
from shutan.rules.enterprise.tables import REPORT, UNITS

RULES = RuleSet(
    "enterprise",
    "多行业企业|Enterprise of several sectors",
    tables=TABLES,
    modules=(totals, market),
    folders=(Path(__file__).parent,),
    report=REPORT,
    units=UNITS,
)
