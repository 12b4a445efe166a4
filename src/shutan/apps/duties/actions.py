"""What people do about duties: mark one done, extend it, set inner deadlines, start a clock, remind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Kind, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.directory.queries import PROVINCE_WIDE
from shutan.apps.duties import calendars, queries_duties, reminding
from shutan.apps.duties.models import Duty, Extension, InnerDeadline, ListEntry, Reminder, UnitList
from shutan.apps.duties.models.duties import YEARLY
from shutan.apps.duties.steps import person_of
from shutan.rules.duties import clock, dues


class StaleDutyError(Exception):
    """Someone changed the duty since it was read; carries it as it is now."""

    def __init__(self, duty: Duty) -> None:
        super().__init__("changed meanwhile")
        self.duty = duty


def _hold(duty: Duty, revision: int | None) -> Duty:
    held = Duty.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=duty.pk)
    if revision is not None and held.revision != revision:
        raise StaleDutyError(held)
    held.revision += 1
    return held


def _overseen(actor: Actor, duty: Duty, action: str) -> None:
    """A city acts on duties of its own area only."""
    if isinstance(actor, User) and not duty.division.startswith(reach(actor) or "?"):
        raise PermissionDenied(action)


def reach(person: User) -> str:
    """The beginning of the division codes a regulator oversees; '' for nobody's."""
    if person.kind == Kind.PROVINCE:
        return PROVINCE_WIDE
    if person.kind == Kind.CITY and person.organisation:
        return person.organisation.division_code[:4]
    return ""


def mark_done(
    actor: Actor, duty: Duty, *, on: date, evidence: str, revision: int | None, now: datetime, today: date
) -> Duty:
    """The unit says that a duty is done, and by what one sees it. What the system saw itself stays.

    Raises:
        StaleDutyError: it was changed meanwhile.
        ValidationError: no evidence, a day to come, or it is done already.
    """
    if isinstance(actor, User):
        if duty.organisation is None:
            raise PermissionDenied("duties.mark_done")
        check_acts_for(actor, duty.organisation, Area.REPORTING, today=today)
    with act(actor, "duties.mark_done", now=now, why=evidence) as entry:
        held = _hold(duty, revision)
        if held.done_on is not None:
            raise ValidationError(_("This duty is done already."))
        if on > today:
            raise ValidationError({"on": _("The day is still to come.")})
        if not evidence.strip():
            raise ValidationError({"evidence": _("Say by what one sees it: a receipt, a number, a date.")})
        held.done_on, held.evidence, held.done_by = on, evidence.strip()[:500], person_of(actor)
        held.save()
        entry.about(held, on=on.isoformat())
    return held


def reopen(actor: Actor, duty: Duty, *, why: str, revision: int | None, now: datetime) -> Duty:
    """A regulator takes a done-mark back that the evidence does not bear."""
    _overseen(actor, duty, "duties.reopen")
    with act(actor, "duties.reopen", now=now, why=why) as entry:
        held = _hold(duty, revision)
        if held.done_on is None or held.done_seen:
            raise ValidationError(_("There is no mark of the unit to take back."))
        if not why.strip():
            raise ValidationError({"why": _("Give the reason: the unit reads it.")})
        held.done_on, held.evidence, held.done_by = None, "", None
        held.save()
        entry.about(held)
    return held


def extend(
    actor: Actor,
    duty: Duty,
    *,
    until: date,
    reason: str,
    document: str = "",
    revision: int | None,
    now: datetime,
    today: date,
) -> Duty:
    """Give a unit more time for one duty, with the reason."""
    _overseen(actor, duty, "duties.extend")
    with act(actor, "duties.extend", now=now, why=reason) as entry:
        held = _hold(duty, revision)
        if held.done_on or held.lapsed or held.due is None:
            raise ValidationError(_("Only an open duty with a date can be extended."))
        if until <= (held.extended_to or held.due) or until < today:
            raise ValidationError({"until": _("The new date is not later than the one in force.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason: the unit reads it.")})
        Extension.objects.create(
            duty=held,
            until=until,
            reason=reason.strip()[:500],
            document=document.strip()[:120],
            given_at=now,
            given_by=person_of(actor),
        )
        held.extended_to = until
        held.save()
        entry.about(held, until=until.isoformat())
    return held


def set_inner(
    actor: User,
    *,
    name: str,
    sector: str,
    year: int,
    month: int = YEARLY,
    day: date,
    reason: str,
    now: datetime,
    today: date,
) -> InnerDeadline:
    """A province or city sets an earlier date for its own area. It replaces its former one."""
    division = reach(actor)
    if not division or actor.organisation is None:
        raise PermissionDenied("duties.set_inner")
    with act(actor, "duties.set_inner", now=now, why=reason) as entry:
        law = [
            due.day
            for standing in calendars.YEARS_BEFORE
            for due in dues(sector, standing)
            if (due.duty.name, due.year, due.month or YEARLY) == (name, year, month)
            and due.duty.who == calendars.UNIT
        ]
        if not law:
            raise ValidationError({"name": _("The table has no such duty.")})
        dated = [one for one in law if one]
        if dated and day >= max(dated):
            raise ValidationError(
                {"day": _("An inner deadline is earlier than the legal one: %(day)s.") % {"day": max(dated)}}
            )
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason: the units read it.")})
        same = InnerDeadline.objects.filter(
            organisation=actor.organisation, name=name, sector=sector, year=year, month=month
        )
        same.filter(withdrawn_at=None).update(withdrawn_at=now)
        made = InnerDeadline.objects.create(
            organisation=actor.organisation,
            division=division,
            name=name,
            sector=sector,
            year=year,
            month=month,
            day=day,
            reason=reason.strip()[:500],
            set_at=now,
            set_by=actor,
        )
        calendars.sync(_entries(sector), today=today)
        entry.about(made, division=division, day=day.isoformat())
    return made


def withdraw_inner(actor: User, inner: InnerDeadline, *, why: str, now: datetime, today: date) -> None:
    """Take an inner deadline back; the legal one is left."""
    if actor.organisation_id != inner.organisation_id:
        raise PermissionDenied("duties.withdraw_inner")
    with act(actor, "duties.withdraw_inner", now=now, why=why) as entry, transaction.atomic():
        InnerDeadline.objects.filter(pk=inner.pk, withdrawn_at=None).update(withdrawn_at=now)
        calendars.sync(_entries(inner.sector), today=today)
        entry.about(inner)


def _entries(sector: str) -> list[ListEntry]:
    found = ListEntry.objects.filter(unit_list__state=UnitList.State.PUBLISHED, unit_list__sector=sector)
    return list(found.select_related("unit_list", "entity"))


def start_clock(actor: Actor, entry: ListEntry, *, name: str, on: date, now: datetime, today: date) -> Duty:
    """Start a clock for a unit on a list: the day of its event counts not, the last day is computed.

    Raises:
        ValidationError: there is no such clock, or it runs already from that day.
    """
    if isinstance(actor, User) and not entry.division.startswith(reach(actor) or "?"):
        raise PermissionDenied("duties.start_clock")
    with act(actor, "duties.start_clock", now=now) as log:
        try:
            given = clock(name)
        except KeyError as error:
            raise ValidationError({"name": _("There is no such clock.")}) from error
        deadline = given.deadline(on)
        if Duty.objects.filter(entity=entry.entity, name=name, started_on=on).exists():
            raise ValidationError({"on": _("This clock runs already from that day.")})
        made = calendars.duty_of(
            entry,
            queries_duties.home_of(entry, today),
            note=given.event,
            source=given.source,
            status=given.status,
            name=name,
            year=on.year,
            month=on.month,
            started_on=on,
            due=deadline.day,
            provisional=deadline.provisional,
        )
        made.save()
        log.about(made, on=on.isoformat(), due=deadline.day.isoformat())
    return made


def remind(
    actor: User, duties: Sequence[Duty], *, text: str = "", now: datetime, today: date
) -> list[Reminder]:
    """Remind several units at once. A duty that was reminded today already, is done or lapsed, is passed over."""
    for duty in duties:
        _overseen(actor, duty, "duties.remind")
    with act(actor, "duties.remind", now=now, why=text) as entry:
        made = reminding.remind(
            [duty for duty in duties if duty.done_on is None and not duty.lapsed],
            stage=f"manual {today.isoformat()}",
            text=text,
            by=actor,
            now=now,
        )
        entry.about(duties[0] if duties else actor, duties=[one.duty_id for one in made])
    return made
