"""What policies ask of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.policies import queries
from shutan.apps.policies.models import Measure, Policy

MOST = 20
SOON = timedelta(days=30)


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Drafts to complete and measures due for the enterprise, proposals for its authority."""
    if not access.may_open(person, "policies:policy"):
        return
    rows = queries.policies(person)
    if person.kind in (Kind.ENTERPRISE, Kind.SERVICE):
        for one in rows.filter(state=Policy.State.DRAFT)[:MOST]:
            url = reverse("policies:policy", args=[one.pk])
            yield Task(_("Complete and propose the policy of the year"), url, "due", subject=str(one))
        today = timezone.localdate(now)
        near = Measure.objects.filter(
            policy__in=rows.order_by().values("pk"),
            policy__state=Policy.State.AGREED,
            state=Measure.State.OPEN,
            due__lte=today + SOON,
        )
        for each in near.select_related("policy__organisation").order_by("due")[:MOST]:
            state = "overdue" if each.due < today else "due"
            url = reverse("policies:policy", args=[each.policy_id])
            yield Task(each.text[:80], url, state, each.due, str(each.policy))
    elif access.may_do(person, "policies.agree"):
        for one in rows.filter(state=Policy.State.PROPOSED)[:MOST]:
            url = reverse("policies:policy", args=[one.pk])
            yield Task(_("Agree to an enterprise's policy"), url, "due", subject=str(one))
