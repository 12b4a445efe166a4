"""The columns by which a late or failed calibration is judged, the same for every meter."""

from shutan.kernel import Choice, Number
from shutan.rules.common import fuels as common


def meter_columns(prefix: str, clause: str) -> tuple[Choice, Number, Number]:
    """Return the three columns by which a late or failed calibration is judged."""
    return (
        Choice(
            f"{prefix}_meter_state",
            common.MeterState,
            "计量器具检定状态|state of the meter",
            default=common.MeterState.IN_SPECIFICATION,
            clause=clause,
        ),
        Number(
            f"{prefix}_meter_error_allowed",
            "计量器具允许误差|allowed error of the meter",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            optional=True,
            required_when="检定超差或未检定时|when not calibrated, or beyond the allowed error",
            clause=clause,
        ),
        Number(
            f"{prefix}_meter_error_found",
            "检定实测误差|error found by calibration",
            unit="%",
            places=4,
            minimum=0,
            maximum=100,
            optional=True,
            required_when="检定超差时|when beyond the allowed error",
            clause=clause,
        ),
    )
