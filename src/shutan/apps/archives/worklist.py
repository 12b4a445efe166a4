"""What archives ask of who asked for them: to take one that is made, to ask again for one that could not be made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.archives import queries
from shutan.apps.archives.models import Archive
from shutan.apps.common.worklist import Task

SHOWN_FOR = timedelta(days=7)
MOST = 10


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """One's own archives of the last days that wait to be taken, or failed."""
    if not access.may_open(person, "archives:archives"):
        return
    found = queries.archives(person).filter(asked_by=person, done_at__gte=now - SHOWN_FOR)
    ended = list(found.filter(state__in=[Archive.State.DONE, Archive.State.FAILED])[:MOST])
    if not ended:
        return
    taken = LogEntry.objects.filter(
        actor=person, action="archives.take", subject_id__in=[str(one.pk) for one in ended]
    )
    seen = set(taken.values_list("subject_id", flat=True))
    for one in ended:
        url = reverse("archives:archives", args=[one.organisation_id])
        if one.state == Archive.State.FAILED:
            told = _("Archive could not be made, ask again: %(period)s")
            yield Task(told % {"period": one.period}, url, "warning", subject=one.organisation.name)
        elif one.size and str(one.pk) not in seen:
            told = _("Archive to download: %(period)s")
            yield Task(told % {"period": one.period}, url, "info", subject=one.organisation.name)
