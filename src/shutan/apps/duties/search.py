"""What the search box finds among lists, their units, duties and notices of rights and duties."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.duties import queries
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.models import ListEntry

MOST = 20
MOST_LISTS = 200  # a title is not stored: lists are few enough to be looked through


def find(person: User, text: str) -> Iterator[Hit]:
    """What one may see: lists by title, units on them by name or code, notices by unit."""
    today = timezone.localdate()
    wanted = text.casefold()
    if access.may_open(person, "duties:lists"):
        lists = queries.lists(person)
        for one in [found for found in lists[:MOST_LISTS] if wanted in str(found).casefold()][:MOST]:
            url = reverse("duties:list", args=[one.pk])
            yield Hit(_("List"), str(one), url, one.get_state_display())
        if access.may_open(person, "duties:entry"):
            yield from _units(ListEntry.objects.filter(unit_list__in=lists.order_by()), text)
    if access.may_open(person, "duties:notices"):
        for one in queries.notices(person, today=today).filter(entry__name__icontains=text)[:MOST]:
            url = reverse("duties:notice", args=[one.pk])
            yield Hit(_("Notice of rights and duties"), one.entry.name, url, str(one.entry.unit_list))
    if access.may_open(person, "duties:duties"):
        rows = reads.ordered(reads.duties(person, today=today).filter(unit_name__icontains=text))
        for duty in rows.filter(done_on=None, lapsed=False)[:MOST]:
            yield Hit(_("Duty"), duty.title, reverse("duties:duty", args=[duty.pk]), duty.unit_name)


def _units(rows: object, text: str) -> Iterator[Hit]:
    named = Q(name__icontains=text) | Q(credit_code__icontains=text)
    found = rows.filter(named).select_related("unit_list").order_by("-unit_list__year", "name")  # type: ignore[attr-defined]
    for unit in found[:MOST]:
        yield Hit(
            _("Unit on a list"), unit.name, reverse("duties:entry", args=[unit.pk]), str(unit.unit_list)
        )
