"""What the search box finds in the register."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.bodies import queries
from shutan.apps.common.worklist import Hit

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Records the person may open, and published pages, by name, credit code or a word of the scope."""
    opened = set()
    if access.may_open(person, "bodies:body"):
        called = (
            Q(organisation__name_zh__icontains=text)
            | Q(organisation__name_en__icontains=text)
            | Q(organisation__credit_code__icontains=text)
        )
        for body in queries.bodies(person).filter(called)[:MOST]:
            opened.add(body.pk)
            yield Hit(
                _("Service body"), str(body), reverse("bodies:body", args=[body.pk]), body.service_names
            )
    named = Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(credit_code__icontains=text)
    for page in queries.pages().filter(named | Q(scope__icontains=text)).exclude(body__in=opened)[:MOST]:
        yield Hit(_("Service body"), page.name, reverse("bodies:page", args=[page.pk]), page.service_names)
