"""What the search box finds in the directory."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.common.worklist import Hit
from shutan.apps.directory import queries
from shutan.apps.directory.facts import NAME, types_of
from shutan.apps.directory.present import address

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Entities the person may see whose name (also an earlier one) or code contains the text."""
    today = timezone.localdate()
    rows = queries.entities(person, today=today)
    named = Q(facts__name__in=("name", "credit_code"), facts__value__icontains=text, facts__withdrawn_at=None)
    found = queries.with_facts(rows, (NAME,), today).annotate(
        at_sector=queries.value_at("sector", today), latest=queries.value_now("pk")
    )
    for row in found.filter(pk__in=rows.filter(named).order_by().values("pk")).order_by("pk")[:MOST]:
        sector = types_of(row.kind)["sector"].shown(row.at_sector or "", language())
        yield Hit(row.get_kind_display(), row.at_name or row.latest or str(row.pk), address(row.pk), sector)
