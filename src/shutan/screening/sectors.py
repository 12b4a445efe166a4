"""What the checks must know of a sector beyond names: which results are filed, which columns show activity."""

from __future__ import annotations

from dataclasses import dataclass

from shutan.kernel import RuleSet
from shutan.kernel.report import ALLOWANCES, names_of


@dataclass(frozen=True)
class Sector:
    """Roles of a rule set's names.

    Args:
        filed: results that the annual report cannot do without; an input they wait for is missing.
        used: results that allocation or the auxiliary tables use.
        activity: inputs above zero only where something runs.
        dated: dates that lie within the month of their row.
    """

    filed: tuple[str, ...]
    used: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()


SECTORS = {
    "power": Sector(
        filed=(
            "ncv_ar",
            "carbon_content_ar",
            "combustion_emissions",
            "electricity_emissions",
            "enterprise_emissions",
            "generation",
            "flow_heat",
            "monthly_operating_hours",
            "load_factor",
        ),
        used=("heat_ratio", "electricity_supplied"),
        activity=("generation_reported", "generator_hours", "fuel_consumption_reported"),
        dated=("sampled_on",),
    ),
}


def sector(rules: RuleSet) -> Sector:
    """Return the roles of a rule set's names.

    Without an entry, filed is every result of the whole enterprise that its report shows, allowances apart: they need cells
    that an ordinary year may leave empty.
    """
    if rules.name in SECTORS:
        return SECTORS[rules.name]
    whole = [name for name in rules.order if not rules.grain_of(name).dimensions]
    tables = rules.report.tables if rules.report else ()
    shown = {name for table in tables if table.number != ALLOWANCES for name in names_of(table)}
    return Sector(filed=tuple(name for name in whole if name in shown or not shown))
