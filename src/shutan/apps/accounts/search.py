"""What the search box finds among organisations and people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import queries
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Organisations and colleagues whose name or code contains the text."""
    named = Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(credit_code__icontains=text)
    for organisation in queries.organisations(person).filter(named)[:MOST]:
        url = reverse("accounts:organisation", args=[organisation.pk])
        yield Hit(_("Organisation"), organisation.name, url, organisation.credit_code or "")
    called = Q(name__icontains=text) | Q(username__icontains=text)
    for colleague in queries.people(person).filter(called)[:MOST]:
        url = reverse("accounts:person", args=[colleague.pk])
        yield Hit(_("Person"), str(colleague), url, colleague.get_role_display())
