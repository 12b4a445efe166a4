"""What schemes prove done, for the calendars of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from shutan.apps.duties.deeds import Deed
from shutan.apps.schemes.models import Scheme


def filed(organisations: Iterable[int]) -> Iterator[Deed]:
    """A scheme is filed on the day its first version was submitted, whatever became of it."""
    rows = (
        Scheme.objects.filter(organisation__in=list(organisations), submitted_at__isnull=False)
        .select_related("organisation")
        .order_by("version")
    )
    for one in rows:
        assert one.submitted_at is not None  # noqa: S101 - the filter asked for it
        yield Deed(
            one.organisation_id,
            "scheme_filed",
            one.rule_set,
            one.year,
            timezone.localdate(one.submitted_at),
            one.title,
        )
