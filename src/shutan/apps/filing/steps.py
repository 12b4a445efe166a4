"""What comes next with a month: said the same way on its page and in the worklist."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.filing.models import MonthlyFiling

State = MonthlyFiling.State


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
