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

# One flow of steam or hot water that an enterprise bought or sold in one month.
HEAT_TRADE = Grain("heat_trade", "month", "flow")

# Works with processes or lines: a fuel is declared once for the whole works, then used in processes, lines and power units.
FUEL = Grain("fuel", "fuel")
WORKS_FUEL_MONTH = Grain("works_fuel_month", "fuel", "month")
WORKS_FUEL_TEST = Grain("works_fuel_test", "fuel", "month", "test")

MATERIAL = Grain("material", "material")
MATERIAL_MONTH = Grain("material_month", "material", "month")

# A process (工序) of a works: coking, a blast furnace, an electrolysis shop.
PROCESS = Grain("process", "process")
PROCESS_MONTH = Grain("process_month", "process", "month")
PROCESS_FUEL = Grain("process_fuel", "process", "fuel")
PROCESS_FUEL_MONTH = Grain("process_fuel_month", "process", "fuel", "month")
PROCESS_HEAT_FLOW = Grain("process_heat_flow", "process", "month", "flow")
FACILITY = Grain("facility", "process", "facility")

# A production line (生产线): a kiln, a glass tank.
LINE = Grain("line", "line")
LINE_MONTH = Grain("line_month", "line", "month")
LINE_FUEL = Grain("line_fuel", "line", "fuel")
LINE_FUEL_MONTH = Grain("line_fuel_month", "line", "fuel", "month")
LINE_MATERIAL = Grain("line_material", "line", "material")
LINE_MATERIAL_MONTH = Grain("line_material_month", "line", "material", "month")

# A stack or duct whose flue gas is monitored without pause, and one day of it.
STACK = Grain("stack", "stack")
STACK_MONTH = Grain("stack_month", "stack", "month")
STACK_DAY = Grain("stack_day", "stack", "month", "day")

# Rows of annexes: one legal person of a joint works, one meter, one training.
LEGAL_PERSON = Grain("legal_person", "legal_person")
METER = Grain("meter", "meter")
TRAINING = Grain("training", "training")
