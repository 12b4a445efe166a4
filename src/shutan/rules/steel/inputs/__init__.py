"""What a steel works fills in: one table, one sheet, one form."""

from shutan.rules.common.purchased import purchased_table
from shutan.rules.steel.inputs.facilities import (
    ENTERPRISE_TABLE,
    FACILITY_TABLE,
    LEGAL_PERSON_TABLE,
    PROCESS_TABLE,
    UNIT_TABLE,
)
from shutan.rules.steel.inputs.fuel import (
    FUEL_MONTH_TABLE,
    FUEL_TABLE,
    FUEL_TEST_TABLE,
    PROCESS_FUEL_TABLE,
    UNIT_FUEL_TABLE,
)
from shutan.rules.steel.inputs.monitoring import STACK_DAY_TABLE, STACK_TABLE
from shutan.rules.steel.inputs.other import ALLOCATION_TABLE, METER_TABLE, TRAINING_TABLE
from shutan.rules.steel.inputs.production import (
    HEAT_FLOW_TABLE,
    MATERIAL_MONTH_TABLE,
    MATERIAL_TABLE,
    PROCESS_MONTH_TABLE,
    PRODUCT_TABLE,
    UNIT_MONTH_TABLE,
)

TABLES = (
    ENTERPRISE_TABLE,
    LEGAL_PERSON_TABLE,
    PROCESS_TABLE,
    FACILITY_TABLE,
    UNIT_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    FUEL_TEST_TABLE,
    MATERIAL_TABLE,
    MATERIAL_MONTH_TABLE,
    PRODUCT_TABLE,
    PROCESS_MONTH_TABLE,
    PROCESS_FUEL_TABLE,
    HEAT_FLOW_TABLE,
    UNIT_FUEL_TABLE,
    UNIT_MONTH_TABLE,
    purchased_table("SN electricity", "SN heat"),
    METER_TABLE,
    TRAINING_TABLE,
    STACK_TABLE,
    STACK_DAY_TABLE,
    ALLOCATION_TABLE,
)
