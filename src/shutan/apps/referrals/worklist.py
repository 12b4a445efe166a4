"""What referrals ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task
from shutan.apps.referrals import queries
from shutan.apps.referrals.models import Referral

MOST = 40


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Matters that wait for one's answer; answers and returns that wait for the sender."""
    today = timezone.localdate(now)
    rows = queries.referrals(person, today=today)
    home, asked = person.organisation_id, Q()
    if access.may_do(person, "referrals.answer"):
        asked |= Q(recipient=home, state=Referral.State.OPEN)
    if access.may_do(person, "referrals.close"):
        asked |= Q(sender=home, state__in=(Referral.State.ANSWERED, Referral.State.RETURNED))
    if not asked:
        return
    titles = {
        Referral.State.OPEN: _("Answer a referral"),
        Referral.State.ANSWERED: _("Read the answer to a referral"),
        Referral.State.RETURNED: _("A referral was returned"),
    }
    for one in rows.filter(asked).order_by("due", "pk")[:MOST]:
        url, title = reverse("referrals:referral", args=[one.pk]), titles[Referral.State(one.state)]
        if one.state == Referral.State.OPEN:
            yield Task(title, url, "overdue" if one.due < today else "due", one.due, one.subject)
        else:
            yield Task(title, url, "due", subject=one.subject)
