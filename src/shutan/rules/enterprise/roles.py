"""What each sector's report calls the figures that an enterprise adds up. A sector of the usual names needs no entry."""

from __future__ import annotations

from dataclasses import dataclass

from shutan.kernel import Member, RuleSet, last_day
from shutan.rules.enterprise.choices import PartSector


@dataclass(frozen=True)
class Roles:
    """Names of a sector's rule set by what they mean to the enterprise; "" where its guide has none.

    `direct` is empty where direct emissions are the total less those of `indirect` that the year's guide adds to it.
    `facilities` is the table in which a host takes in power units counted by another guide, `quoted` the cell for units on
    the power list, `fuels` the amounts of fuel bought or burned, `own_units` the question whether a unit is on that list.
    """

    total: str = "greenhouse_gas_emissions"
    direct: str = ""
    indirect: tuple[str, ...] = ("net_electricity_emissions", "heat_emissions")
    process: str = "supplement_emissions"
    market: str = ""
    facilities: str = ""
    quoted: str = ""
    own_units: str = ""
    fuels: tuple[str, ...] = ("fuel_consumption_reported",)


_USUAL = Roles()
_ROLES = {
    "power": Roles(
        total="enterprise_emissions",
        direct="enterprise_combustion_emissions",
        indirect=(),
        process="enterprise_combustion_emissions",
        market="enterprise_surrender_emissions",
    ),
    "steel": Roles(
        total="enterprise_emissions",
        indirect=("enterprise_electricity_emissions", "enterprise_heat_emissions"),
        process="process_total",
        market="enterprise_emissions",
        quoted="listed_units_emissions",
        own_units="on_power_list",
        fuels=("fuel_purchased",),
    ),
    "cement": Roles(
        total="enterprise_emissions",
        process="enterprise_line_emissions",
        market="enterprise_line_emissions",
        facilities="other_facilities",
        fuels=("line_fuel_consumption", "other_fuel_consumption"),
    ),
    "aluminium": Roles(
        total="enterprise_emissions",
        process="enterprise_electrolysis_emissions",
        market="enterprise_electrolysis_emissions",
        facilities="other_facilities",
        fuels=("works_fuel_consumption",),
    ),
}


def roles(rules: RuleSet) -> Roles:
    """Return the names of a sector."""
    return _ROLES.get(rules.name, _USUAL)


def is_part(rules: RuleSet) -> bool:
    """Say whether a rule set is a sector whose report has a total."""
    return roles(rules).total in rules.rules


def sector_of(rules: RuleSet) -> Member:
    """Return the sector as the market tells it apart."""
    return PartSector.members.get(rules.name.upper(), PartSector.OTHER)


def reaches(rules: RuleSet, year: int, total: str, name: str) -> bool:
    """Say whether a total contains a name by the law of a year."""
    waiting, seen = [total], set()
    while waiting:
        word = waiting.pop()
        if word == name:
            return True
        if word in seen or word not in rules.rules:
            continue
        seen.add(word)
        made = rules.version(word, last_day(year))
        waiting.extend(rules.dependencies(made) if made else ())
    return False
