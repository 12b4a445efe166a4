"""What the directory asks a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task
from shutan.apps.directory import queries
from shutan.apps.directory.models import RegistryChange
from shutan.apps.directory.present import address

MOST = 50


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Registry changes that wait for the province's review."""
    if not access.may_do(person, "directory.decide_registry_change"):
        return
    rows = queries.registry_changes(person, today=timezone.localdate(now)).filter(
        state=RegistryChange.State.WAITING
    )
    for notice in queries.with_subject(rows, "event").exclude(event__recorded_by=person)[:MOST]:
        yield Task(
            title=_("Review registry change: %(event)s") % {"event": notice.event.get_kind_display()},
            url=address(notice.event_id).replace("/directory/", "/directory/events/"),
            state="due",
            subject=notice.subject_name or "",
        )
