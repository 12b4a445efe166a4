"""What the search box finds among referrals."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.referrals import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Referrals of one's organisation, by subject, document number or enterprise."""
    named = Q(subject__icontains=text) | Q(number__icontains=text) | Q(about__name_zh__icontains=text)
    for one in queries.referrals(person, today=timezone.localdate()).filter(named)[:MOST]:
        url = reverse("referrals:referral", args=[one.pk])
        yield Hit(_("Referral"), one.subject, url, f"{one.sender} → {one.recipient}")
