"""What published forms prove done, for the calendars of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from shutan.apps.disclosure.models import Disclosure
from shutan.apps.duties.deeds import Deed


def disclosed(organisations: Iterable[int]) -> Iterator[Deed]:
    """The disclosure of a year is done on the day its first version was published."""
    rows = Disclosure.objects.filter(organisation__in=list(organisations), version=1)
    for organisation, sector, year, at in rows.values_list(
        "organisation", "rule_set", "year", "published_at"
    ):
        if at is not None:
            yield Deed(organisation, "disclosure", sector, year, timezone.localdate(at), "")
