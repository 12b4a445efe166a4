"""What comes next with a report: said the same way on its page and in the worklist."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.reporting import queries
from shutan.apps.reporting.models import Decision, Report


def next_step(person: User, report: Report, counts: Mapping[str, int]) -> tuple[str, str]:
    """State of the badge component and words; both empty where nothing is to be done by the person's organisation."""
    if not queries.acts_for(person):
        return "", ""
    if not report.is_draft:
        returned = report.standing == Decision.To.RETURNED and not queries.is_corrected(report)
        return (
            ("blocked", _("The authority returned it: submit a corrected version")) if returned else ("", "")
        )
    if report.is_exercise:
        return "exercise", _("Read and compare it: an exercise is never submitted")
    return _blocked(report, counts) or _ready(person, counts)


def _blocked(report: Report, counts: Mapping[str, int]) -> tuple[str, str] | None:
    """What must be mended first."""
    if n := counts["unread"]:
        return "blocked", ngettext(
            "%(n)s cell could not be read: mend the workbook and upload it again",
            "%(n)s cells could not be read: mend the workbook and upload it again",
            n,
        ) % {"n": n}
    if counts["empty"] and hasattr(report, "assembly"):
        return "blocked", _(
            "Months are missing or not whole: file them and take the months anew, or add the values"
        )
    if n := counts["empty"]:
        return "blocked", ngettext(
            "%(n)s mandatory cell is empty: fill it in and upload the workbook again",
            "%(n)s mandatory cells are empty: fill them in and upload the workbook again",
            n,
        ) % {"n": n}
    if n := counts["blocking"]:
        return "blocked", ngettext(
            "Clear %(n)s blocking finding, then submit", "Clear %(n)s blocking findings, then submit", n
        ) % {"n": n}
    return None


def _ready(person: User, counts: Mapping[str, int]) -> tuple[str, str]:
    """Who declares and submits it."""
    submits = access.may_do(person, "reporting.submit")
    if submits:
        told = (
            _("Look through the findings, then submit")
            if counts["declared"]
            else _("Look through the findings, then declare it by stamped scan or signature and submit it")
        )
    else:
        told = (
            _("Ready: a reviewer or the responsible person of the enterprise submits it")
            if counts["declared"]
            else _("Ready: a reviewer or the responsible person of the enterprise declares and submits it")
        )
    if n := counts["waiting"]:
        told += ngettext(
            "; %(n)s total waits for what is not known yet",
            "; %(n)s totals wait for what is not known yet",
            n,
        ) % {"n": n}
    return "due" if submits else "waiting", told
