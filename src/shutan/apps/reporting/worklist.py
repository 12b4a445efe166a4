"""What reporting asks a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.reporting import later, queries, rulebook
from shutan.apps.reporting.models import Decision, NoticeWithdrawal, ParameterNotice
from shutan.apps.reporting.steps import next_step

MOST = 20


def tasks(person: User, now: datetime) -> Iterator[Task]:  # noqa: ARG001 - the form of every source
    """Drafts and overtaken reports of one's enterprise or clients; registered values that wait for a second person."""
    if person.kind in (Kind.ENTERPRISE, Kind.SERVICE):
        yield from _drafts(person)
        yield from _submitted(person)
    if access.may_do(person, "reporting.confirm_parameter"):
        yield from _notices(person)


def _notices(person: User) -> Iterator[Task]:
    """Registered values and withdrawals that wait for a second person."""
    found = queries.notices(person)
    asked = NoticeWithdrawal.objects.filter(state="asked").exclude(asked_by=person).values("notice")
    others = Q(standing="registered") & ~Q(registered_by=person)
    for notice in found.filter(others | Q(pk__in=asked))[:MOST]:
        words = (
            _("Confirm the registered value of %(name)s")
            if notice.standing == "registered"
            else _("Decide whether the value of %(name)s is withdrawn")
        )
        yield Task(
            title=words % {"name": rulebook.notice_words(notice)},
            url=reverse("reporting:notice", args=[notice.pk]),
            state="due",
            subject=notice.document,
        )


def _submitted(person: User) -> Iterator[Task]:
    """Submitted reports that an authority returned, or that a value of the law confirmed since would change."""
    for report in queries.listed(person).filter(state="submitted", corrected=False)[:MOST]:
        if report.standing == Decision.To.RETURNED:
            yield Task(
                _("The authority returned it: submit a corrected version"),
                reverse("reporting:report", args=[report.pk]),
                "blocked",
                subject=report.full_title,
            )
        elif found := later.would_change(report, confirmed_only=True):
            yield Task(
                title=ngettext(
                    "A value of the law confirmed since would change %(n)s figure: see whether a correction is due",
                    "A value of the law confirmed since would change %(n)s figures: see whether a correction is due",
                    found.values,
                )
                % {"n": found.values},
                url=f"{reverse('reporting:report', args=[report.pk])}#later",
                state="warning",
                subject=report.full_title,
            )


def _drafts(person: User) -> Iterator[Task]:
    found = queries.listed(person).filter(state="draft").annotate(behind=_behind())[:MOST]
    drafts = [one for one in found if not one.is_exercise]
    for report in drafts:
        if report.behind:
            yield Task(
                title=_("A value of the law has been confirmed or withdrawn since: compute the draft again"),
                url=reverse("reporting:report", args=[report.pk]),
                state="due",
                subject=report.full_title,
            )
    waiting = queries.waiting_totals(drafts)
    for report in drafts:
        counts = {
            "unread": report.unread,
            "empty": report.empty,
            "blocking": report.blocking,
            "waiting": waiting[report.pk],
            "declared": int(report.declared),
        }
        state, title = next_step(person, report, counts)
        url = reverse("reporting:report", args=[report.pk])
        subject = report.full_title
        if not access.same_organisation(person, report.organisation_id):
            subject = f"{report.organisation} · {subject}"
        yield Task(title, url, state, subject=subject)


def _behind() -> Exists:
    """Whether a notice for a draft's year was decided on after the draft was last computed."""
    changed, year = OuterRef("changed_at"), OuterRef("rules_year")
    return Exists(
        ParameterNotice.objects.filter(
            Q(decided_at__gt=changed, state="confirmed")
            | Q(withdrawals__state="confirmed", withdrawals__decided_at__gt=changed),
            Q(until=None) | Q(until__year__gte=year),
            rule_set=OuterRef("rule_set"),
            since__year__lte=year,
        )
    )
