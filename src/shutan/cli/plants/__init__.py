"""Fictitious plants of Sichuan and a real one: the examples, the demonstration and their tests share them."""

from __future__ import annotations

from dataclasses import replace

from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.cli.plants.chemistry import chemical, petrochemical
from shutan.cli.plants.common import PlantedFault, PlantYear
from shutan.cli.plants.condensing import chuannan
from shutan.cli.plants.gas import dazhou
from shutan.cli.plants.group import captive, joint_works
from shutan.cli.plants.heat_and_power import chengdu
from shutan.cli.plants.kilns import kiln_plants
from shutan.cli.plants.lists import energy, entry
from shutan.cli.plants.real import us_coal_plant
from shutan.cli.plants.sectors import sector_plants
from shutan.cli.plants.steel import steel_works


def power_plants() -> list[PlantYear]:
    """Return the power plants, in the order of the README."""
    return [
        chuannan(2023),
        chuannan(2024),
        chuannan(2025),
        chuannan(2026),
        chengdu(2023),
        chengdu(2024),
        dazhou(2023),
        dazhou(2024),
        us_coal_plant(),
    ]


def industrial_works() -> list[PlantYear]:
    """Return one works of every other sector, and a group's energy and lists; in the demonstration one group owns them."""
    works = [
        steel_works(),
        cement(),
        aluminium(),
        chemical(),
        petrochemical(),
        *sector_plants(),
        *kiln_plants(),
        energy(),
        entry(),
        joint_works(),
    ]
    return [replace(one, organisation="industry") for one in works]


def all_plants() -> list[PlantYear]:
    """Return every example: at least one of each rule set with a report."""
    return [*power_plants(), *industrial_works(), captive()]


__all__ = [
    "PlantYear",
    "PlantedFault",
    "all_plants",
    "captive",
    "chengdu",
    "chuannan",
    "dazhou",
    "industrial_works",
    "power_plants",
    "us_coal_plant",
]
