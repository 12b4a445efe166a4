"""What the joint review asks a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Task
from shutan.apps.filing import queries as filings
from shutan.apps.review import clues, queries, subjects
from shutan.apps.review.models import Question

MOST = 20


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Months assigned to a reviewer; answers to be read; for enterprises what is asked of them, the overdue on top."""
    today = timezone.localdate(now)
    if queries.is_reviewer(person):
        yield from _of_reviewer(person, today)
    elif access.may_do(person, "review.answer"):
        waiting = queries.questions(person, today=today).filter(state=Question.State.OPEN)
        for one in waiting[:MOST]:
            if filings.changes(person, one.organisation):
                state = "overdue" if one.at_state == "overdue" else "due"
                yield Task(_("Answer the reviewers"), _url(one), state, one.due, _subject(one))
    yield from _clues(person, today)


def _of_reviewer(person: User, today: date) -> Iterator[Task]:
    waiting, annual = queries.queue(person, today=today), queries.report_queue(person, today=today)
    for rows, words in ((waiting, _("Review a month")), (annual, _("Review an annual report"))):
        for one in rows.filter(reviewer_id__in=queries.mine(person))[:MOST]:
            state = "overdue" if one.urgency == queries.LATE else "due"
            url = subjects.url(one) + "?who=mine"
            yield Task(words, url, state, one.until, f"{one.organisation} {one.period}")
    if access.may_do(person, "review.ask"):
        if unassigned := waiting.filter(reviewer_id=None).order_by().count():
            told = ngettext("%(n)s month that nobody reviews", "%(n)s months that nobody reviews", unassigned)
            yield Task(told % {"n": unassigned}, reverse("review:desk") + "?who=unassigned", "due")
        if unassigned := annual.filter(reviewer_id=None).order_by().count():
            told = ngettext(
                "%(n)s annual report that nobody reviews",
                "%(n)s annual reports that nobody reviews",
                unassigned,
            )
            yield Task(told % {"n": unassigned}, reverse("review:reports") + "?who=unassigned", "due")
        answered = queries.questions(person, today=today).filter(
            state=Question.State.ANSWERED, authority=person.organisation_id
        )
        for one in answered[:MOST]:
            yield Task(_("Read an enterprise's answer"), _url(one), "due", subject=_subject(one))


def _clues(person: User, today: date) -> Iterator[Task]:
    """Clues whose step is the person's, the nearest day first."""
    titles = {"open": _("Answer a clue"), "answered": _("Report on a clue"), "reported": _("Close a clue")}
    sides = {"open": "enterprise", "answered": "city", "reported": "province"}
    states = [state for state, side in sides.items() if access.may_do(person, clues.ACTIONS[side])]
    for one in clues.clues(person, today=today).filter(state__in=states)[:MOST]:
        side = sides[one.state]
        if side == "enterprise":
            mine = one.organisation is not None and filings.changes(person, one.organisation)
        else:
            mine = clues.is_side(person, one, side)
        if mine:
            state = "overdue" if one.at_state == "overdue" else "due"
            yield Task(titles[one.state], reverse("review:clue", args=[one.pk]), state, one.due, one.name)


def _subject(one: Question) -> str:
    return f"{one.organisation} {one.subject.period}"


def _url(one: Question) -> str:
    return reverse("review:question", args=[one.pk])
