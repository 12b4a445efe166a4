"""Settling the year: surrender, offsets, vintages, borrowing, carry-over, deadlines, and what a breach costs."""

from pathlib import Path

from shutan.kernel import RuleSet
from shutan.rules.compliance import calendar, carry_over, penalties, surrender
from shutan.rules.compliance.inputs import TABLES

RULES = RuleSet(
    "compliance",
    "清缴履约|Compliance",
    tables=TABLES,
    modules=(surrender, carry_over, penalties, calendar),
    folders=(Path(__file__).parent,),
)
