"""Standard coal: what each kind of energy counts for, and the comprehensive energy use of the works."""

from shutan.kernel import Total, both, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.energy.choices import EnergyKind, Valuation
from shutan.rules.energy.grains import ENERGY


@rule("ENE coefficient", grain=ENERGY, unit="tce/fuel_unit")
def coal_coefficient(coal_coefficient_source, energy_heat_measured, *, standard_coal_default, coal_heat):
    """折标准煤系数: The measured heat by that of standard coal, or the coefficient of the table."""
    measured = energy_heat_measured / coal_heat
    return when(coal_coefficient_source == NcvSource.MEASURED, measured, standard_coal_default)


@rule("ENE total", grain=ENERGY, unit="tce/fuel_unit")
def total_coefficient(energy_kind, electricity_valuation, coal_coefficient, *, electricity_equivalent_coal):
    """综合能耗折标系数: As in the table; electricity at what its generation took, where that is chosen."""
    equivalent = both(
        energy_kind == EnergyKind.ELECTRICITY,
        electricity_valuation == Valuation.EQUIVALENT,
    )
    return when(equivalent, electricity_equivalent_coal, coal_coefficient)


@rule("ENE total", grain=ENERGY, unit="tce")
def energy_standard_coal(energy_consumed, energy_exported, total_coefficient):
    """折标准煤量: One kind of energy, consumed less passed on, as standard coal."""
    return (energy_consumed - energy_exported) * total_coefficient


@rule("ENE total", grain=ENTERPRISE, unit="tce")
def comprehensive_energy(energy_standard_coal: Total):
    """综合能源消费量 E: All kinds of energy of the works in the year; below zero where more is passed on."""
    return energy_standard_coal
