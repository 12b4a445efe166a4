"""What lists and duties ask a person to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.worklist import Task
from shutan.apps.duties import intake, queries
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.models import Candidate, UnitList
from shutan.apps.duties.reminding import latest_of

MOST = 15


def tasks(person: User, now: datetime) -> Iterator[Task]:
    """Duties that are due; notices to acknowledge; opinions asked; for the province what lists wait for."""
    today = timezone.localdate(now)
    if access.may_do(person, "duties.mark_done"):
        yield from _own(person, today)
    if access.may_do(person, "duties.acknowledge_notice"):
        for notice in queries.notices(person, today=today).filter(acknowledged_at=None)[:MOST]:
            yield Task(
                _("Acknowledge the notice of your rights and duties"),
                reverse("duties:notices"),
                "due",
                subject=str(notice.entry.unit_list),
            )
    if access.may_do(person, "duties.answer_opinion"):
        for opinion in queries.asked(person)[:MOST]:
            url = reverse("duties:list", args=[opinion.unit_list_id])
            late = opinion.unit_list.opinions_by and today > opinion.unit_list.opinions_by
            yield Task(
                _("Give your department's opinion on a list"),
                url,
                "overdue" if late else "due",
                opinion.unit_list.opinions_by,
                str(opinion.unit_list),
            )
    if access.may_do(person, "duties.make_list"):
        yield from _province(person, today)


def _own(person: User, today: date) -> Iterator[Task]:
    rows = reads.duties(person, today=today).filter(at_state__in=("overdue", "due_soon", "inner_passed"))
    found = list(reads.ordered(rows)[:MOST])
    reminded = latest_of(found)
    for duty in found:
        state = "overdue" if duty.at_state == "overdue" else "due"
        title = duty.title
        if duty.pk in reminded:
            title = _("Reminded: %(duty)s") % {"duty": title}
        binding = duty.inner if duty.inner and not duty.extended_to else duty.until
        subject = duty.sector_name if person.kind == Kind.ENTERPRISE else duty.unit_name
        yield Task(title, reverse("duties:duty", args=[duty.pk]), state, binding, subject)


def _province(person: User, today: date) -> Iterator[Task]:
    for unit_list in queries.counted(queries.lists(person)).exclude(state=UnitList.State.PUBLISHED)[:MOST]:
        late = unit_list.due and unit_list.due < today
        titles = {
            UnitList.State.DRAFT: _("Finish the draft of a list"),
            UnitList.State.OPINIONS: _("See the departments' opinions on a list"),
            UnitList.State.NOTICE: _("Publish a list when its notice is over"),
        }
        yield Task(
            titles[UnitList.State(unit_list.state)],
            reverse("duties:list", args=[unit_list.pk]),
            "overdue" if late else "due",
            unit_list.due,
            str(unit_list),
        )
    count = intake.candidates().filter(state=Candidate.State.OPEN).count()
    if count:
        title = _("Decide candidates that stand on no list: %(n)s") % {"n": count}
        yield Task(title, f"{reverse('duties:candidates')}?state=undecided", "due")
