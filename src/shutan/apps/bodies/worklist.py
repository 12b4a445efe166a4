"""What the register asks a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.audiences import BODY_KINDS
from shutan.apps.accounts.models import User
from shutan.apps.bodies import content, judging, queries
from shutan.apps.bodies.models import Application, Body, Finding, Page
from shutan.apps.common.worklist import Task

MOST = 20


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """For a body: what came back, runs out or waits for its answer; for authorities: what waits for them."""
    if person.kind in BODY_KINDS and (body := queries.own(person)):
        yield from _of_body(person, body, now)
    if access.may_do(person, "bodies.decide"):
        waiting = queries.applications(person).filter(state=Application.State.REVIEW).order_by("submitted_at")
        for one in waiting[:MOST]:
            yield Task(
                title=_("Review application: %(kind)s") % {"kind": one.get_kind_display()},
                url=reverse("bodies:application", args=[one.body_id, one.pk]),
                state="due",
                subject=str(one.body),
            )
    if access.may_do(person, "bodies.close_finding"):
        answered = queries.findings(person).filter(
            state=Finding.State.ANSWERED, recorded_for=person.organisation_id
        )
        for finding in answered[:MOST]:
            yield Task(
                title=_("Close finding: %(title)s") % {"title": finding.title},
                url=reverse("bodies:finding", args=[finding.body_id, finding.pk]),
                state="due",
                subject=str(finding.body),
            )


def _of_body(person: User, body: Body, now: datetime) -> Iterator[Task]:
    today = timezone.localdate(now)
    home = reverse("bodies:body", args=[body.pk])
    last = body.applications.first()
    if last and last.state == Application.State.RETURNED:
        title = _("Mend the record and apply again: the application was returned")
        yield Task(title=title, url=home, state="overdue", subject=last.reason[:120])
    for finding in queries.findings(person).filter(state=Finding.State.OPEN)[:MOST]:
        yield Task(
            title=_("Answer finding: %(title)s") % {"title": finding.title},
            url=reverse("bodies:finding", args=[body.pk, finding.pk]),
            state="due",
            subject=str(finding.recorded_for or ""),
        )
    page = Page.objects.filter(body=body).first()
    for one in judging.expiring(content.record(body), page, today)[:MOST]:
        words = _("Has run out: %(what)s") if one.day < today else _("Runs out: %(what)s")
        yield Task(
            title=words % {"what": one.title},
            url=reverse("bodies:section", args=[body.pk, one.section]) if one.section else home,
            state=one.state(today),
            due=one.day,
        )
