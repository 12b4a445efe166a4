"""Which test report a cell was taken from: its note says so, to people and to programs."""

from __future__ import annotations

import re
from datetime import datetime

from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.labreports.actions import use
from shutan.apps.labreports.models import TestReport

_MARK = "⇐ "
_NOTE = re.compile(rf"^{_MARK}.* #(\d{{1,18}})$")


def note(report: TestReport) -> str:
    """What is written beside a cell that was taken from a report: its number, version and record."""
    return f"{_MARK}{report.number} v{report.version} #{report.pk}"


def source(value: FiledValue | None) -> int | None:
    """The record of the report that a cell was taken from; None for one that was typed."""
    found = _NOTE.match(value.note) if value is not None else None
    return int(found.group(1)) if found else None


def freeze(filing: MonthlyFiling, *, now: datetime) -> None:
    """Freeze the reports that a month's cells were taken from; called inside the action that files it."""
    noted = FiledValue.objects.filter(filing=filing, note__startswith=_MARK)
    keys = {pk for one in noted if (pk := source(one)) is not None}
    use(list(TestReport.objects.filter(pk__in=keys, organisation=filing.book.organisation_id)), now=now)
