"""The power-generation sector: what a plant emitted and produced, and what allowances that means."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.power import accounting, auxiliary, carbon, heat, intensity, production
from shutan.rules.power.inputs import TABLES

RULES = RuleSet(
    "power",
    "发电行业|Power generation",
    tables=TABLES,
    modules=(carbon, accounting, production, heat, auxiliary, intensity),
    folders=(Path(__file__).parent,),
)
