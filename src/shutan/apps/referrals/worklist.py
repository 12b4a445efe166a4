"""What referrals ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task
from shutan.apps.referrals import queries
from shutan.apps.referrals.models import Referral

MOST = 20


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Matters that wait for one's answer; answers and returns that wait for the sender."""
    today = timezone.localdate(now)
    rows = queries.referrals(person, today=today)
    if access.may_do(person, "referrals.answer"):
        waiting = rows.filter(recipient=person.organisation_id, state=Referral.State.OPEN)
        for one in waiting.order_by("due", "pk")[:MOST]:
            state = "overdue" if one.due < today else "due"
            yield Task(_("Answer a referral"), _url(one), state, one.due, one.subject)
    if access.may_do(person, "referrals.close"):
        back = rows.filter(
            sender=person.organisation_id, state__in=(Referral.State.ANSWERED, Referral.State.RETURNED)
        )
        titles = {"answered": _("Read the answer to a referral"), "returned": _("A referral was returned")}
        for one in back[:MOST]:
            yield Task(titles[one.state], _url(one), "due", subject=one.subject)


def _url(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])
