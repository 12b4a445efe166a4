"""What the search box finds in ledgers: what lies on paper alone, and files; other records their own apps find."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.archives import queries
from shutan.apps.archives.views import link
from shutan.apps.common.worklist import Hit

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Papers and files by title, number, or where they lie."""
    if not access.may_open(person, "archives:record"):
        return
    named = Q(title__icontains=text) | Q(number__icontains=text) | Q(place__icontains=text)
    found = queries.every_line(person).filter(named, source__in=("archives.paper", "filing.evidencefile"))
    for one in found.order_by("-at", "key")[:MOST]:
        told = " · ".join(filter(None, (one.organisation.name, one.period, one.place)))
        yield Hit(_("Record"), queries.title(one), link(one), told)
