"""Grains that only cement has: kinds of clinker of a line, and what burns fuel beside the lines."""

from shutan.kernel import Grain

LINE_CLINKER = Grain("line_clinker", "line", "clinker")
LINE_CLINKER_MONTH = Grain("line_clinker_month", "line", "clinker", "month")

WASTE_FUEL = Grain("waste_fuel", "waste")

OTHER_FACILITY = Grain("other_facility", "facility")
OTHER_FUEL = Grain("other_fuel", "facility", "fuel")
OTHER_FUEL_MONTH = Grain("other_fuel_month", "facility", "fuel", "month")
