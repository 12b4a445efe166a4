"""What published forms prove done, for the calendars of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef
from django.utils import timezone

from shutan.apps.disclosure import queries
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.duties.deeds import Deed
from shutan.apps.reporting.models import Report


def disclosed(organisations: Iterable[int]) -> Iterator[Deed]:
    """The disclosure of a year is done on the day its first version was published; not while its report was corrected since."""
    current = queries.standing().filter(
        ~Exists(Report.objects.filter(previous=OuterRef("report"))),
        organisation=OuterRef("organisation"),
        rule_set=OuterRef("rule_set"),
        year=OuterRef("year"),
    )
    rows = Disclosure.objects.filter(Exists(current), organisation__in=list(organisations), version=1)
    for organisation, sector, year, at in rows.values_list(
        "organisation", "rule_set", "year", "published_at"
    ):
        if at is not None:
            yield Deed(organisation, "disclosure", sector, year, timezone.localdate(at), "")
