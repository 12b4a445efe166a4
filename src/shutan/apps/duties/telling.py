"""Notices of rights and duties to the units of a published list: at its publication, and to who had no account then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from shutan.apps.accounts.log import System, act
from shutan.apps.directory.queries import organisation_of
from shutan.apps.duties.models import ListEntry, ListKind, RightsNotice, UnitList


def tell(entries: Iterable[ListEntry], now: datetime, today: date) -> int:
    """A notice to each unit that has an account and none yet; key units only: the law names no one else. How many."""
    notices = []
    for entry in entries:
        home = organisation_of(entry.entity, today)
        if home is not None and entry.unit_list.kind == ListKind.ETS:
            notices.append(RightsNotice(entry=entry, organisation=home, told_at=now))
    RightsNotice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def tell_rest(*, now: datetime, today: date) -> int:
    """Tell units of published lists that have got an account since; how many were told."""
    left = ListEntry.objects.filter(
        unit_list__state=UnitList.State.PUBLISHED, unit_list__kind=ListKind.ETS, stands=True, notice=None
    ).select_related("entity__organisation", "unit_list")
    by_list: dict[UnitList, list[ListEntry]] = {}
    for entry in left:
        if organisation_of(entry.entity, today) is not None:
            by_list.setdefault(entry.unit_list, []).append(entry)
    for unit_list, entries in by_list.items():
        with act(System("duties"), "duties.tell_rights", now=now) as entry_of_log:
            entry_of_log.about(unit_list, units=tell(entries, now, today))
    return sum(map(len, by_list.values()))
