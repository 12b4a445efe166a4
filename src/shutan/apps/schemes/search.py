"""What the search box finds of schemes and meters."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.schemes import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Schemes by enterprise, meters by number, name or place."""
    if not access.may_open(person, "schemes:scheme"):
        return
    named = Q(organisation__name_zh__icontains=text) | Q(organisation__name_en__icontains=text)
    for one in queries.schemes(person).filter(named)[:MOST]:
        yield Hit(_("Scheme"), str(one), reverse("schemes:scheme", args=[one.pk]), one.get_state_display())
    called = Q(number__icontains=text) | Q(name__icontains=text) | Q(place__icontains=text)
    for meter in queries.meters(person).filter(called)[:MOST]:
        yield Hit(_("Meter"), str(meter), reverse("schemes:meter", args=[meter.pk]), meter.organisation.name)
