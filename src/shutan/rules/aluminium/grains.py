"""Grains that only aluminium has."""

from shutan.kernel import Grain

# What emits beside electrolysis and is counted by the guide of its own sector.
OTHER_FACILITY = Grain("other_facility", "facility")
