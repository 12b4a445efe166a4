"""The grains of every sector: made once here, because two grains are the same only when they are the same object."""

from shutan.kernel import Grain

ENTERPRISE = Grain("enterprise")
ENTERPRISE_MONTH = Grain("enterprise_month", "month")

UNIT = Grain("unit", "unit")
UNIT_MONTH = Grain("unit_month", "unit", "month")

UNIT_FUEL = Grain("unit_fuel", "unit", "fuel")
FUEL_MONTH = Grain("fuel_month", "unit", "fuel", "month")
# One test of a fuel: a day's or shift's sample of as-fired coal, a batch of as-received coal, one analysis of gas or oil.
FUEL_SAMPLE = Grain("fuel_sample", "unit", "fuel", "month", "sample")

GENERATOR = Grain("generator", "unit", "generator")
GENERATOR_MONTH = Grain("generator_month", "unit", "generator", "month")

# One metered stream of heat leaving a generating unit in one month.
HEAT_FLOW = Grain("heat_flow", "unit", "month", "flow")
