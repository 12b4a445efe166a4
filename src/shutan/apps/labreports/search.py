"""What the search box finds among test reports."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.labreports import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Reports by their number, sample or laboratory."""
    if not access.may_open(person, "labreports:report"):
        return
    named = Q(number__icontains=text) | Q(sample_number__icontains=text) | Q(laboratory_name__icontains=text)
    for one in queries.reports(person).filter(named)[:MOST]:
        url = reverse("labreports:report", args=[one.pk])
        yield Hit(_("Test report"), str(one), url, f"{one.organisation.name} · {one.get_state_display()}")
