"""What the search box finds among disclosures."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.disclosure import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:  # noqa: ARG001 - the form of every source
    """Published disclosures, which everybody may see."""
    for one in queries.search(text)[:MOST]:
        url = reverse("disclosure:page", args=[one.pk])
        yield Hit(_("Disclosure"), str(one), url, f"{one.organisation} {one.year}")
