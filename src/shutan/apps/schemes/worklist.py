"""What schemes and meters ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.schemes import queries
from shutan.apps.schemes.models import REMIND_BEFORE, Scheme, calibration_state

MOST = 20
State = Scheme.State


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Drafts, internal reviews, returns and calibrations for an enterprise; what was submitted for the authorities."""
    if not access.may_open(person, "schemes:scheme"):
        return
    if person.kind in (Kind.ENTERPRISE, Kind.SERVICE):
        yield from _of_enterprise(person, now)
        yield from _calibrations(person, now)
    elif access.may_do(person, "schemes.give_opinion"):
        yield from _of_authority(person)


def _task(one: Scheme, title: str, state: str, **more: Any) -> Task:
    return Task(title, reverse("schemes:scheme", args=[one.pk]), state, subject=str(one), **more)


def _of_enterprise(person: User, now: datetime) -> Iterator[Task]:
    today = timezone.localdate(now)
    later = Scheme.objects.filter(
        organisation=OuterRef("organisation"),
        rule_set=OuterRef("rule_set"),
        year=OuterRef("year"),
        version__gt=OuterRef("version"),
    )
    asked = Q(state=State.DRAFT) | Q(Q(state=State.RETURNED), ~Exists(later))
    if access.may_do(person, "schemes.submit"):
        asked |= Q(state=State.INTERNAL) & ~Q(sent_by=person)
    for one in queries.schemes(person).filter(asked)[: 2 * MOST]:
        if one.state == State.RETURNED:
            yield _task(one, _("Revise the scheme that was returned"), "overdue")
            continue
        due = queries.due(one)
        if one.state == State.INTERNAL:
            yield _task(one, _("Review the scheme and submit it"), "due", due=due)
            continue
        state = "overdue" if due and due < today else "due"
        title = _("Mend the scheme that was sent back") if one.sent_back else _("Complete the scheme")
        yield _task(one, title, state, due=due)


def _calibrations(person: User, now: datetime) -> Iterator[Task]:
    today = timezone.localdate(now)
    near = queries.meters(person).filter(retired_on=None, due__lte=today + REMIND_BEFORE).order_by("due")
    for one in near[:MOST]:
        state = calibration_state(one.due, today)
        words = _("Calibration overdue: %(meter)s") if state == "overdue" else _("Calibration due: %(meter)s")
        url = reverse("schemes:meter", args=[one.pk])
        yield Task(words % {"meter": one}, url, state, one.due, one.organisation.name)


def _of_authority(person: User) -> Iterator[Task]:
    waiting = queries.schemes(person).filter(state=State.SUBMITTED).order_by("submitted_at")
    if access.may_do(person, "schemes.accept"):
        for one in waiting[:MOST]:
            yield _task(one, _("Decide on the scheme"), "due")
    else:
        for one in waiting.exclude(opinions__authority=person.organisation_id)[:MOST]:
            yield _task(one, _("Give an opinion on the scheme"), "due")
