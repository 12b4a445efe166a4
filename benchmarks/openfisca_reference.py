"""The same formulas of 2024 as an OpenFisca system: one entity, monthly variables, float32 as it stores them.

OpenFisca-Core is AGPL: it is installed for this comparison only and never shipped.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

UNIT = build_entity(key="unit", plural="units", label="generating unit", is_person=True)


def rounded(value: Any, places: int) -> Any:
    scale = 10.0**places
    return np.floor(value * scale + 0.5) / scale


def variable(name: str, unit: str, formula: Any = None) -> type[Variable]:
    """Make a variable class of a month or a year."""
    body: dict[str, Any] = {"value_type": float, "entity": UNIT, "definition_period": unit, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def month(name: str) -> Any:
    return lambda unit, at, parameters=None: unit(name, at)


def carbon(unit: Any, at: Any) -> Any:
    converted = (
        unit("carbon_reported", at)
        * (100 - unit("moisture_ar_reported", at))
        / (100 - unit("moisture_ad", at))
    )
    return rounded(np.where(unit("measured", at) > 0, converted, unit("ncv_ar_reported", at) * 0.03085), 4)


def emissions(unit: Any, at: Any) -> Any:
    return rounded(unit("fuel_consumption_reported", at) * unit("carbon", at) * 0.99 * 44 / 12, 2)


def heat(unit: Any, at: Any) -> Any:
    return rounded(unit("heat_medium", at) * (unit("heat_medium_enthalpy", at) - 83.74) * 0.001, 2)


def total(name: str, places: int) -> Any:
    return lambda unit, at: rounded(sum(unit(name, one) for one in at.get_subperiods(DateUnit.MONTH)), places)


def load(unit: Any, at: Any) -> Any:
    return rounded(unit("generation", at) / (unit("capacity", at) * unit("hours", at)) * 100, 2)


def correction(unit: Any, at: Any) -> Any:
    factor = unit("load", at)
    return np.where(factor < 65, rounded(1.015 ** (16 - 20 * factor / 100), 6), 1)


def electricity_allowance(unit: Any, at: Any) -> Any:
    benchmark = np.where(unit("capacity", at) >= 400, 0.7910, 0.8049)
    return np.floor(unit("generation", at) * benchmark * unit("correction", at))


def allowance(unit: Any, at: Any) -> Any:
    return unit("electricity_allowance", at) + np.floor(unit("heat_supplied", at) * 0.1033)


INPUTS = (
    "fuel_consumption_reported", "carbon_reported", "moisture_ad", "moisture_ar_reported", "ncv_ar_reported", "measured",
    "heat_medium", "heat_medium_enthalpy", "generation_reported", "generator_hours",
)  # fmt: skip


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([UNIT])
    for name in INPUTS:
        made.add_variable(variable(name, DateUnit.MONTH))
    for name, formula in (("carbon", carbon), ("emissions", emissions), ("heat", heat)):
        made.add_variable(variable(name, DateUnit.MONTH, formula))
    made.add_variable(variable("capacity", DateUnit.YEAR))
    for name, formula in (
        ("unit_emissions", total("emissions", 0)), ("generation", total("generation_reported", 3)),
        ("hours", total("generator_hours", 2)), ("heat_supplied", total("heat", 2)), ("load", load),
        ("correction", correction), ("electricity_allowance", electricity_allowance), ("allowance", allowance),
    ):  # fmt: skip
        made.add_variable(variable(name, DateUnit.YEAR, formula))
    return made


def simulation(columns: dict[str, Any], capacity: Any) -> Any:
    """Fill a simulation; `columns` are (units × 12) arrays by input name."""
    built = SimulationBuilder().build_default_simulation(system(), count=len(capacity))
    built.set_input("capacity", "2024", capacity)
    for name in INPUTS:
        for at in range(12):
            built.set_input(name, f"2024-{at + 1:02d}", columns[name][:, at])
    return built


def run(built: Any) -> dict[str, Any]:
    """Compute all results and return monthly emissions, unit emissions and allowances."""
    months = np.stack([built.calculate("emissions", f"2024-{at + 1:02d}") for at in range(12)], axis=1)
    year = period("2024")
    return {
        "emissions": months,
        "unit_emissions": built.calculate("unit_emissions", year),
        "allowance": built.calculate("allowance", year),
    }
