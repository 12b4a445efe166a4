"""Energy: standard coal, comprehensive energy use, and where each line stands against benchmark and baseline."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.energy import coal, levels
from shutan.rules.energy.inputs import TABLES
from shutan.rules.energy.tables import REPORT, UNITS

RULES = RuleSet(
    "energy",
    "综合能耗与能效水平|Energy use and efficiency levels",
    tables=TABLES,
    modules=(coal, levels),
    folders=(Path(__file__).parent,),
    report=REPORT,
    units=UNITS,
)
