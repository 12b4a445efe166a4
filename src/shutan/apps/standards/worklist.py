"""What rules and standards ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.standards import queries
from shutan.apps.standards.models import Opinion, StandardClause, Text, Version, Weights

MOST = 20
ASKED = (Kind.ASSOCIATION, Kind.EXPERT)  # whose work here is what they say of drafts


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Steps of instruments and registered clauses for the province; improvements for an enterprise's people."""
    today = timezone.localdate(now)
    if access.may_do(person, "standards.publish"):
        yield from _of_instruments(person, today)
        yield from _of_the_register(person)
    if person.kind in ASKED:
        yield from _of_opinions(person, today)
    if person.kind == Kind.ENTERPRISE:
        yield from _of_improvements(person, today)


def _of_instruments(person: User, today: date) -> Iterator[Task]:
    wrote = Exists(Text.objects.filter(version=OuterRef("pk"), saved_by=person))
    open_ones = Count("opinions", filter=Q(opinions__answered_at=None))
    waiting = queries.versions(person).filter(state__in=["opinions", "review", "cleared"])
    for version in waiting.annotate(n_open=open_ones, wrote=wrote)[:MOST]:
        url = reverse("standards:instrument", args=[version.instrument_id])
        subject = version.instrument.title
        if version.state == Version.State.OPINIONS:
            if n := version.n_open:
                told = ngettext("Answer %(n)s opinion", "Answer %(n)s opinions", n) % {"n": n}
                yield Task(told, f"{url}#opinions", "due", version.opinions_until, subject)
            elif version.opinions_until and version.opinions_until < today:
                yield Task(_("Send to legality review"), f"{url}#steps", "due", subject=subject)
        elif version.state == Version.State.CLEARED:
            yield Task(_("Publish the instrument"), f"{url}#steps", "due", subject=subject)
        elif version.drafted_by_id != person.pk and not version.wrote:  # as instruments.may_review asks
            yield Task(_("Review its legality"), f"{url}#steps", "due", subject=subject)


def _of_opinions(person: User, today: date) -> Iterator[Task]:
    """Drafts on which opinions are sought and nobody of the person's organisation has sent one."""
    sent = Opinion.objects.filter(version=OuterRef("pk"), organisation=person.organisation_id)
    sought = queries.versions(person).filter(~Exists(sent), state=Version.State.OPINIONS)
    for version in sought[:MOST]:
        if version.takes_opinions(today):
            url = f"{reverse('standards:instrument', args=[version.instrument_id])}#opinions"
            title = version.instrument.title
            yield Task(_("Opinions are sought on a draft"), url, "due", version.opinions_until, title)


def _of_the_register(person: User) -> Iterator[Task]:
    waiting = (
        StandardClause.objects.filter(state="registered").exclude(registered_by=person).count()
        + Weights.objects.filter(state="registered").exclude(registered_by=person).count()
    )
    if waiting:
        told = _("Confirm what is registered of the management standard: %(n)s") % {"n": waiting}
        yield Task(told, reverse("standards:standard"), "due")


def _of_improvements(person: User, today: date) -> Iterator[Task]:
    asked = Q(responsible=person, state="open")
    if access.may_do(person, "standards.verify_improvement"):
        asked |= Q(state="done", item__assessment__organisation=person.organisation_id) & ~Q(done_by=person)
    for one in queries.improvements(person).filter(asked)[: 2 * MOST]:
        url = f"{reverse('standards:item', args=[one.item_id])}#improvements"
        if one.state == "open":
            state = "overdue" if one.is_overdue(today) else "due"
            yield Task(_("Improvement: %(what)s") % {"what": one.what}, url, state, one.due)
        else:
            yield Task(_("Verify the improvement: %(what)s") % {"what": one.what}, url, "unconfirmed")
