"""What the search box finds among monthly filings."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.filing import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Books by whose they are, or by their year."""
    named = Q(organisation__name_zh__icontains=text) | Q(organisation__name_en__icontains=text)
    named |= Q(organisation__credit_code__icontains=text)
    if text.isascii() and text.isdigit() and len(text) == 4:  # noqa: PLR2004 - a year
        named |= Q(year=int(text))
    for book in queries.books(person).filter(named)[:MOST]:
        url = reverse("filing:book", args=[book.pk])
        yield Hit(_("Monthly filing"), str(book), url, str(book.year))
