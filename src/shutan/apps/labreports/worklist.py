"""What test reports ask of the people who record them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task
from shutan.apps.labreports import queries
from shutan.apps.labreports.models import member
from shutan.rules.common.fuels import FuelKind

MOST = 10


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """A month of a fuel whose report is missing, and reports that came too late to count."""
    if not access.may_do(person, "labreports.record") or not access.may_open(person, "labreports:new"):
        return
    today = timezone.localdate(now)
    year, over = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    for home, month, unit, fuel in queries.missing(person, year, over)[:MOST]:
        name = " ".join(filter(None, (unit, member(FuelKind, fuel))))
        title = _("Test report missing: %(name)s, %(period)s") % {
            "name": name,
            "period": f"{year}-{month:02}",
        }
        yield Task(title, reverse("labreports:new"), "due", subject=home.name)
    for kept in queries.kept_for(person)[:MOST]:
        for one in queries.late(person, kept.pk, year):
            title = _("Test report to look at, its dates are not in order or too late: %(number)s")
            url = reverse("labreports:report", args=[one.pk])
            yield Task(title % {"number": one.number}, url, "unconfirmed", subject=kept.name)
