"""What a power plant fills in: one table, one sheet, one form."""

from shutan.rules.power.inputs.facilities import ENTERPRISE_TABLE, GENERATOR_TABLE, UNIT_TABLE
from shutan.rules.power.inputs.fuel import FUEL_MONTH_TABLE, FUEL_TABLE, SAMPLE_TABLE
from shutan.rules.power.inputs.production import GENERATOR_MONTH_TABLE, HEAT_FLOW_TABLE, UNIT_MONTH_TABLE

TABLES = (
    ENTERPRISE_TABLE,
    UNIT_TABLE,
    GENERATOR_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    SAMPLE_TABLE,
    GENERATOR_MONTH_TABLE,
    UNIT_MONTH_TABLE,
    HEAT_FLOW_TABLE,
)
