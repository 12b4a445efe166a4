"""Tables of lists and duties."""

from shutan.apps.duties.models.duties import Duty, Extension, InnerDeadline, Reminder
from shutan.apps.duties.models.lists import (
    AnnualEmission,
    Candidate,
    Change,
    ListEntry,
    ListKind,
    Opinion,
    RightsNotice,
    UnitList,
)

__all__ = [
    "AnnualEmission",
    "Candidate",
    "Change",
    "Duty",
    "Extension",
    "InnerDeadline",
    "ListEntry",
    "ListKind",
    "Opinion",
    "Reminder",
    "RightsNotice",
    "UnitList",
]
