"""What a meter's reading is worth when its calibration was late or failed: emissions never fall, outputs never rise."""

from shutan.kernel import when
from shutan.rules.common.fuels import MeterState


def upward(state, allowed, found):
    """Return the factor for activity data such as fuel consumed; errors in percent."""
    return when(
        state == MeterState.IN_SPECIFICATION,
        1,
        when(state == MeterState.ABOVE_SPECIFICATION, 1 + (found - allowed) / 100, 1 + allowed / 100),
    )


def downward(state, allowed, found):
    """Return the factor for production data such as generation and heat; errors in percent."""
    return when(
        state == MeterState.IN_SPECIFICATION,
        1,
        when(state == MeterState.ABOVE_SPECIFICATION, 1 - (found - allowed) / 100, 1 - allowed / 100),
    )
