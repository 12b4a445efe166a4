"""How long records 记录 must be kept, as dated parameters with their sources.

No guideline of its own, so no `RULES`: nothing is computed or filed by it. What no text gives a period for has none.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from shutan.kernel import Choices
from shutan.kernel.parameters import Parameter, ParameterValue, read_parameters

RecordClass = Choices(
    "RecordClass",
    ORIGINAL_RECORD="原始记录|original record",
    LEDGER="管理台账|ledger",
    DOCUMENT="报告、方案、声明等文件|reports, schemes, declarations and other documents",
)
FOLDER = Path(__file__).with_name("parameters")


@cache
def retention_years() -> Parameter:
    """The least years that records are kept, by class."""
    return read_parameters(FOLDER)["retention_years"]


def retention(record_class: str, day: dt.date) -> ParameterValue | None:
    """Return what the law of a day says of a class of records (a member's name); None before any text held."""
    return retention_years().on(day, (record_class,))
