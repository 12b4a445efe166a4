"""Who stands on a list of key emitting units, who leaves it, and who reports without being listed."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.entry import decisions
from shutan.rules.entry.inputs import TABLES
from shutan.rules.entry.tables import REPORT

RULES = RuleSet(
    "entry",
    "名录纳入与退出|Entry to and leaving of the lists",
    tables=TABLES,
    modules=(decisions,),
    folders=(Path(__file__).parent,),
    report=REPORT,
)
