"""What filed months prove done, for the calendars of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from shutan.apps.duties.deeds import Deed
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.queries import DUTY


def submitted(organisations: Iterable[int]) -> Iterator[Deed]:
    """A month's evidence is done on the day its first version was filed, whatever is corrected later."""
    rows = MonthlyFiling.objects.filter(
        book__organisation__in=list(organisations), submitted_at__isnull=False, version=1
    ).select_related("book__organisation")
    for one in rows:
        if one.submitted_at is not None:
            book = one.book
            yield Deed(
                book.organisation_id,
                DUTY,
                book.rule_set,
                book.year,
                timezone.localdate(one.submitted_at),
                one.period,
                one.month,
            )
