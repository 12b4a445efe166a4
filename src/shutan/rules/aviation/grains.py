"""Grains that only aviation has: what fuel is used for."""

from shutan.kernel import Grain

USE = Grain("use", "use")
USE_FUEL = Grain("use_fuel", "use", "fuel")
USE_FUEL_MONTH = Grain("use_fuel_month", "use", "fuel", "month")
