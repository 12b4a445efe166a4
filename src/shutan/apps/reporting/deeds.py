"""What reports prove done, for the calendars of duties: a submitted report of a sector and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from shutan.apps.duties.deeds import Deed
from shutan.apps.reporting.models import Report


def submitted(organisations: Iterable[int]) -> Iterator[Deed]:
    """The annual report is done on the day its first version was submitted."""
    rows = Report.objects.filter(
        organisation__in=list(organisations), state=Report.State.SUBMITTED, version=1
    ).values_list("organisation", "rule_set", "year", "submitted_at", "title")
    for organisation, rule_set, year, at, title in rows:
        if at is not None:
            yield Deed(organisation, "annual_report", rule_set, year, timezone.localdate(at), title)
