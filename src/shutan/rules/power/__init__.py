"""The power-generation sector: what a plant emitted and produced, and what allowances that means."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.power import (
    accounting,
    allocation,
    auxiliary,
    carbon,
    correction,
    heat,
    intensity,
    issue,
    production,
    unit_class,
)
from shutan.rules.power.allocation_inputs import ALLOCATION_TABLES
from shutan.rules.power.disclosure import DISCLOSURE
from shutan.rules.power.inputs import TABLES
from shutan.rules.power.preparation import with_enthalpies
from shutan.rules.power.tables import REPORT, UNITS

RULES = RuleSet(
    "power",
    "发电行业|Power generation",
    tables=(*TABLES, *ALLOCATION_TABLES),
    modules=(
        carbon,
        accounting,
        production,
        heat,
        auxiliary,
        intensity,
        unit_class,
        correction,
        allocation,
        issue,
    ),
    folders=(Path(__file__).parent,),
    report=REPORT,
    disclosure=DISCLOSURE,
    units=UNITS,
    prepare=with_enthalpies,
)
