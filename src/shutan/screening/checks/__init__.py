"""The checks that run, by family. Importing this package registers them."""

from shutan.screening.checks import (
    codes,
    completeness,
    factors,
    fuel_ranges,
    laboratory,
    operation,
    performance,
    precision,
    recalculation,
    samples,
    steel,
    time_axis,
    units,
)

__all__ = [
    "codes",
    "completeness",
    "factors",
    "fuel_ranges",
    "laboratory",
    "operation",
    "performance",
    "precision",
    "recalculation",
    "samples",
    "steel",
    "time_axis",
    "units",
]
