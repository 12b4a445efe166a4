"""Allocation of steel, cement and aluminium: how far a unit's intensity lies from the balance value of its industry.

Clauses and numbers that the three share stand in `common/industry_allocation`; a sector lists that folder beside its own and
declares `balance_value` itself.
"""

from shutan.kernel import fraction, when


def deviation(intensity, balance_value):
    """Return X: positive where the unit emits less per tonne than its industry."""
    return fraction(balance_value - intensity, balance_value)


def coefficient(deviation, band, slope, cap):
    """Return α: in the band a share of the deviation, beyond it a fixed one."""
    return when(deviation >= band, cap, when(deviation <= -band, -cap, slope * deviation))
