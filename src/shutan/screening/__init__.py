"""Checks of filed data: `run(result)` says what was found, what was clean and what did not run, and why."""

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
from shutan.screening.engine import run, run_raw, thresholds
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
    "thresholds",
]
