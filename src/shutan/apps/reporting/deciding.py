"""What authorities decide about a submitted report, as about a month: the city passes it on, the province accepts it, both return it.

The report stays frozen; each decision is a row of its own. What was returned is corrected by a new version, which is reviewed anew.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.common.refusals import StaleError
from shutan.apps.filing.actions import check_oversees
from shutan.apps.reporting.models import Decision, Report

To = Decision.To
WAITING = (Report.State.SUBMITTED.value, To.PASSED_CITY.value)  # where a decision is still to come
ACTIONS = {
    To.PASSED_CITY: "reporting.pass_city",
    To.ACCEPTED: "reporting.accept",
    To.RETURNED: "reporting.return_report",
}


def decide(actor: Actor, report: Report, to: str, *, revision: int, now: datetime, why: str = "") -> Decision:
    """Let a submitted report pass the city, accept it, or return it with what is to be mended.

    Args:
        actor: of the city in whose area the enterprise lies, or of the province.
        report: a submitted one.
        to: of `Decision.To`.
        revision: how many decisions were seen.
        now: the time.
        why: the opinion; for a return what is to be mended.

    Raises:
        StaleError: someone decided meanwhile.
        ValidationError: nothing is to be decided, or the reason is missing.
    """
    action = ACTIONS[To(to)]
    if to == To.RETURNED and not why.strip():
        raise ValidationError({"why": _("Say what is to be mended.")})
    with act(actor, action, now=now, why=why) as entry:
        held = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
        if isinstance(actor, User):
            check_oversees(actor, held.organisation, action)
        if held.decisions.count() != revision:
            raise StaleError(held)
        if held.standing not in WAITING or held.standing == to:
            raise ValidationError(_("This report is not waiting for a decision."))
        if Report.objects.filter(previous=held).exists():
            raise ValidationError(_("A later version of this report was submitted."))
        made = Decision.objects.create(
            report=held,
            number=revision + 1,
            to=to,
            why=why.strip()[:500],
            authority=actor.organisation if isinstance(actor, User) else None,
            by=actor if isinstance(actor, User) else None,
            at=now,
        )
        entry.about(held, version=held.version, to=to)
        entry.prove(version=made.number)
    return made
