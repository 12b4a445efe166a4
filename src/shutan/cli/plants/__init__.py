"""Three fictitious plants of Sichuan and a real one: the examples, the demonstration and their tests share them."""

from __future__ import annotations

from shutan.cli.plants.common import PlantedFault, PlantYear
from shutan.cli.plants.condensing import chuannan
from shutan.cli.plants.gas import dazhou
from shutan.cli.plants.heat_and_power import chengdu
from shutan.cli.plants.real import us_coal_plant


def all_plants() -> list[PlantYear]:
    """Return every example, in the order of the README."""
    return [
        chuannan(2023),
        chuannan(2024),
        chuannan(2025),
        chengdu(2023),
        chengdu(2024),
        dazhou(2023),
        dazhou(2024),
        us_coal_plant(),
    ]


__all__ = ["PlantYear", "PlantedFault", "all_plants", "chengdu", "chuannan", "dazhou", "us_coal_plant"]
