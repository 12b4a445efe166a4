"""Checks of filed data: `run(result)` says what was found, what was clean and what did not run, and why.

A new check takes three steps: its entry in `catalogue.yaml` becomes `status: runs` with rule, clearing text, false
positives and basis; its bounds go into `parameters/*.yaml` as dated records; a function in `checks/` under
`@check("ENE-01", needs=(…), thresholds=(…))` takes a `Case` and yields hits:

    for found in case.outside(grain, ("made", "burned"), lambda made, burned: made / burned, (Band(low, high),)):
        yield case.out_of_range(found, name, unit, "made", "burned", remedy=…)

`outside` searches in the frame's floats and decides on exact values; `rows` gives exact values to free-form checks. Both
count what was judged and what lacked a value, from which the engine tells "clean" from "needs …".
"""

from shutan.screening.catalogue import (
    Audience,
    Catalogue,
    Entry,
    Mode,
    Severity,
    Status,
    Words,
    catalogue,
)
from shutan.screening.check import CHECKS, Check, Hit, Subject, check
from shutan.screening.engine import run, run_raw, run_tests, thresholds
from shutan.screening.findings import Clean, Field, Finding, NotRun, Screening, Why
from shutan.screening.frames import Frames

__all__ = [
    "CHECKS",
    "Audience",
    "Catalogue",
    "Check",
    "Clean",
    "Entry",
    "Field",
    "Finding",
    "Frames",
    "Hit",
    "Mode",
    "NotRun",
    "Screening",
    "Severity",
    "Status",
    "Subject",
    "Why",
    "Words",
    "catalogue",
    "check",
    "run",
    "run_raw",
    "run_tests",
    "thresholds",
]
