"""What comes next with a month, said the same way on its page and in the worklist; and taking a step by its name."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.filing import actions
from shutan.apps.filing.models import MonthlyFiling

State = MonthlyFiling.State
DECISIONS = {"pass_city": State.PASSED_CITY, "accept": State.ACCEPTED, "return_month": State.RETURNED}
VERBS = (
    "set_flags", "copy_last", "send_for_review", "send_back", "submit", "correct", "drop_month", *DECISIONS,
)  # fmt: skip


def next_step(person: User, filing: MonthlyFiling, *, changes: bool, corrected: bool) -> tuple[str, str]:
    """State of the badge component and words; both empty where nothing is to be done by the person.

    Args:
        person: who looks.
        filing: the month.
        changes: whether they may change the enterprise's books.
        corrected: whether a later version was begun.
    """
    if corrected:
        return "", ""
    if filing.state in (State.SUBMITTED, State.PASSED_CITY):
        decides = "filing.pass_city" if filing.state == State.SUBMITTED else "filing.accept"
        if access.may_do(person, decides) or access.may_do(person, "filing.accept"):
            return "due", _("Look at figures and papers, then decide")
        return "", ""
    return _of_enterprise(person, filing) if changes else ("", "")


def _of_enterprise(person: User, filing: MonthlyFiling) -> tuple[str, str]:
    """What the enterprise does next."""
    if filing.state == State.RETURNED:
        return "blocked", _("The authority returned it: begin the corrected version")
    if filing.state == State.DRAFT and filing.note:
        return "due", _("Mend what the reviewer names, then send it to review again")
    if filing.state == State.DRAFT:
        return "due", _("Fill in the cells, add the papers, then send it to internal review")
    if filing.state != State.INTERNAL:
        return "", ""
    if filing.sent_by_id == person.pk:
        return "waiting", _("A second person of the enterprise looks through it and files it")
    if access.may_do(person, "filing.submit"):
        return "due", _("Look through it, then file it or send it back")
    return "waiting", _("A reviewer or the responsible person files it")


def take(
    person: User,
    filing: MonthlyFiling,
    name: str,
    *,
    revision: int,
    why: str = "",
    stopped: bool = False,
    unchanged: bool = False,
    figures: bool = False,
    now: datetime,
) -> MonthlyFiling:
    """Take one of VERBS, as a form or a program names it.

    Args:
        person: who acts.
        filing: the month.
        name: of VERBS.
        revision: the month's one that was seen.
        why: reason of a correction, a return, of papers that are missing.
        stopped: nothing was produced (`set_flags`).
        unchanged: no facility and no fuel changed (`set_flags`).
        figures: numbers of the month before too (`copy_last`).
        now: the time.

    Returns:
        The month as it stands; for a correction the new version.
    """
    if name == "set_flags":
        return actions.set_flags(
            person, filing, stopped=stopped, unchanged=unchanged, revision=revision, now=now
        )
    if name == "copy_last":
        actions.copy_last(person, filing, figures=figures, now=now)
    elif name == "send_for_review":
        return actions.send_for_review(person, filing, revision=revision, now=now)
    elif name == "send_back":
        return actions.send_back(person, filing, revision=revision, now=now, why=why)
    elif name == "submit":
        return actions.submit(person, filing, revision=revision, now=now, why=why)
    elif name == "correct":
        return actions.correct(person, filing, now=now, why=why)
    elif name == "drop_month":
        actions.drop_month(person, filing, revision=revision, now=now)
    else:
        return actions.decide(person, filing, DECISIONS[name], revision=revision, now=now, why=why)
    return filing
