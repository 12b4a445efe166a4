"""Who owes what by when: the dated table of duties, and clocks in natural or in Chinese working days."""

from shutan.rules.duties.calendar import Deadline, after, published_until
from shutan.rules.duties.table import DUTIES, STANDINGS, Clock, Due, Duty, clock, dues

__all__ = [
    "DUTIES",
    "STANDINGS",
    "Clock",
    "Deadline",
    "Due",
    "Duty",
    "after",
    "clock",
    "dues",
    "published_until",
]
