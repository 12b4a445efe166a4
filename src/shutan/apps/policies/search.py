"""What the search box finds among policies."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.policies import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Policies by enterprise or by a measure's words."""
    if not access.may_open(person, "policies:policy"):
        return
    named = Q(organisation__name_zh__icontains=text) | Q(organisation__name_en__icontains=text)
    rows = queries.policies(person).filter(named | Q(measures__text__icontains=text)).distinct()
    for one in rows[:MOST]:
        url = reverse("policies:policy", args=[one.pk])
        yield Hit(_("One enterprise, one policy"), str(one), url, one.get_state_display())
