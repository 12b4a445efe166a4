"""The steps of a list: made, computed again, opinions asked and answered, public notice, published, corrected.

Web and API call these; each is one `act`. Who posts a revision that is not the list's is told (`StaleError`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import DEPARTMENTS, Kind, Organisation, User
from shutan.apps.directory.models import Entity, Event
from shutan.apps.duties import calendars, making, telling
from shutan.apps.duties.models import Change, ListEntry, Opinion, RightsNotice, UnitList
from shutan.rules.duties import dues

State = UnitList.State
# Who is asked: the departments that the list is made together with; the police, who only receive, are not.
PEERS = tuple(kind for kind in DEPARTMENTS if kind != Kind.POLICE)


class StaleError(Exception):
    """Someone changed the list since it was read; carries it as it is now."""

    def __init__(self, unit_list: UnitList) -> None:
        super().__init__("changed meanwhile")
        self.unit_list = unit_list


def person_of(actor: Actor) -> User | None:
    """The person, None for the system."""
    return actor if isinstance(actor, User) else None


def hold(unit_list: UnitList, revision: int | None, *states: str) -> UnitList:
    """The list, kept from others until the transaction ends.

    Raises:
        StaleError: the revision is not its own.
        ValidationError: the step is not one of its state.
    """
    held = UnitList.objects.select_for_update().get(pk=unit_list.pk)
    if revision is not None and held.revision != revision:
        raise StaleError(held)
    if states and held.state not in states:
        raise ValidationError(
            _("This step is not possible while the list is: %(state)s.") % {"state": held.get_state_display()}
        )
    held.revision += 1
    return held


def make(actor: Actor, *, kind: str, sector: str, year: int, now: datetime, today: date) -> UnitList:
    """Draft the list of a kind, sector and year."""
    with act(actor, "duties.make_list", now=now) as entry:
        if sector not in making.SECTORS.get(kind, ()):
            raise ValidationError({"sector": _("There is no such list for this sector.")})
        if not 2000 <= year <= today.year + 2:  # noqa: PLR2004 - a slip of the keyboard, no rule of law
            raise ValidationError({"year": _("The year is not plausible.")})
        if UnitList.objects.filter(kind=kind, sector=sector, year=year).exists():
            raise ValidationError({"year": _("This list exists already.")})
        due = _published_by(kind, sector, year)
        made = UnitList.objects.create(
            kind=kind,
            sector=sector,
            year=year,
            made_at=now,
            made_by=person_of(actor),
            computed_at=now,
            due=due[0],
            due_source=due[1][:200],
        )
        _compute(made, today)
        made.save()
        entry.about(made, units=made.entries.count())
    return made


def _published_by(kind: str, sector: str, year: int) -> tuple[date | None, str]:
    for one in dues(sector, kind):
        if one.duty.name == "list_published" and one.year == year:
            return one.day, one.source
    return None, ""


def _compute(unit_list: UnitList, today: date) -> None:
    """Replace what was computed; what the province decided by hand is kept."""
    decided = {entry.entity_id: entry for entry in unit_list.entries.exclude(decision="")}
    fresh = making.compute(unit_list.kind, unit_list.sector, unit_list.year, today=today)
    for entry in fresh:
        if (kept := decided.pop(entry.entity_id, None)) is not None:
            for name in ("decision", "decided_why", "decided_by", "decided_at", "event"):
                setattr(entry, name, getattr(kept, name))
            entry.stands = kept.decision == ListEntry.Decision.INCLUDE
        entry.unit_list = unit_list
    unit_list.entries.exclude(pk__in=[entry.pk for entry in decided.values()]).delete()
    ListEntry.objects.bulk_create(fresh)
    unit_list.has_previous = UnitList.objects.filter(
        kind=unit_list.kind, sector=unit_list.sector, year=unit_list.year - 1, state=State.PUBLISHED
    ).exists()


def recompute(actor: Actor, unit_list: UnitList, *, revision: int, now: datetime, today: date) -> UnitList:
    """Compute a draft again from what is recorded now."""
    with act(actor, "duties.compute_list", now=now) as entry:
        held = hold(unit_list, revision, State.DRAFT)
        _compute(held, today)
        held.computed_at = now
        held.save()
        entry.about(held, units=held.entries.count())
    return held


def decide_entry(
    actor: Actor, unit: ListEntry, *, decision: str, why: str, revision: int, now: datetime
) -> ListEntry:
    """Include or leave out a unit against or without the rules' answer, with the reason; "" goes back to what was computed."""
    with act(actor, "duties.decide_entry", now=now, why=why) as entry:
        held = hold(unit.unit_list, revision, State.DRAFT, State.OPINIONS, State.NOTICE)
        if decision not in ListEntry.Decision.values or (decision and not why.strip()):
            raise ValidationError({"why": _("Give the reason: it stands beside the unit.")})
        unit.decision, unit.decided_why = decision, why.strip()[:500] if decision else ""
        unit.decided_by, unit.decided_at = person_of(actor), now
        unit.stands = (
            decision == ListEntry.Decision.INCLUDE
            if decision
            else unit.change in (Change.ENTERS, Change.STAYS)
        )
        unit.save()
        held.save()
        entry.about(unit, decision=decision, list=held.pk)
    return unit


def add_unit(
    actor: Actor, unit_list: UnitList, entity: Entity, *, why: str, revision: int, now: datetime, today: date
) -> ListEntry:
    """Put a unit of the directory on a draft that the rules did not find."""
    with act(actor, "duties.decide_entry", now=now, why=why) as entry:
        held = hold(unit_list, revision, State.DRAFT, State.OPINIONS, State.NOTICE)
        made = _by_hand(held, entity, why, actor=actor, now=now, today=today)
        held.save()
        entry.about(made, decision=made.decision, list=held.pk)
    return made


def _by_hand(
    held: UnitList, entity: Entity, why: str, *, actor: Actor, now: datetime, today: date
) -> ListEntry:
    if not why.strip():
        raise ValidationError({"why": _("Give the reason: it stands beside the unit.")})
    if held.entries.filter(entity=entity).exists():
        raise ValidationError({"entity": _("This unit stands in the list already.")})
    if making.units_of([entity.pk], today).get(entity.pk) != entity.pk:
        raise ValidationError({"entity": _("This does not report itself: add who reports for it.")})
    unit = making.units([entity.pk], today, held.year - making.NEW_BACK)[entity.pk]
    return ListEntry.objects.create(
        unit_list=held,
        entity=entity,
        name=unit.name[:120],
        credit_code=unit.credit_code,
        division=unit.division,
        members=unit.members,
        change=Change.ENTERS,
        decision=ListEntry.Decision.INCLUDE,
        decided_why=why.strip()[:500],
        decided_by=person_of(actor),
        decided_at=now,
        stands=True,
    )


def ask_opinions(
    actor: Actor,
    unit_list: UnitList,
    *,
    organisations: Iterable[Organisation],
    by: date,
    revision: int,
    now: datetime,
    today: date,
) -> UnitList:
    """Send a draft to the other departments; it is decided but for the undecided, who must be decided first."""
    asked = list(organisations)
    with act(actor, "duties.ask_opinions", now=now) as entry:
        held = hold(unit_list, revision, State.DRAFT)
        _nobody_undecided(held)
        if not asked or any(one.kind not in PEERS for one in asked):
            raise ValidationError({"organisations": _("Choose the departments that are asked.")})
        if by < today:
            raise ValidationError({"by": _("The last day is past.")})
        Opinion.objects.bulk_create(
            [Opinion(unit_list=held, organisation=one, asked_at=now) for one in asked], ignore_conflicts=True
        )
        held.state, held.opinions_by = State.OPINIONS, by
        held.save()
        entry.about(held, asked=[one.pk for one in asked], by=by.isoformat())
    return held


def _nobody_undecided(held: UnitList) -> None:
    left = held.entries.filter(change=Change.UNDECIDED, decision="").count()
    if left:
        raise ValidationError(
            _("%(n)s units are not decided: record what is missing and compute again, or decide them.")
            % {"n": left}
        )


def answer_opinion(
    actor: Actor, opinion: Opinion, *, answer: str, reason: str = "", now: datetime
) -> Opinion:
    """A department agrees, or objects with its reason. It may change its answer while opinions are open."""
    if isinstance(actor, User) and actor.organisation_id != opinion.organisation_id:
        raise PermissionDenied("duties.answer_opinion")
    with act(actor, "duties.answer_opinion", now=now, why=reason) as entry:
        hold(opinion.unit_list, None, State.OPINIONS)
        held = Opinion.objects.select_for_update().get(pk=opinion.pk)
        if answer not in (Opinion.Answer.AGREES, Opinion.Answer.OBJECTS):
            raise ValidationError({"answer": _("Agree or object.")})
        if answer == Opinion.Answer.OBJECTS and not reason.strip():
            raise ValidationError({"reason": _("An objection needs its reason.")})
        held.answer, held.reason = answer, reason.strip()[:1000]
        held.answered_at, held.answered_by = now, person_of(actor)
        held.reply, held.replied_at = "", None
        held.save()
        entry.about(held, answer=answer)
    return held


def reply_opinion(actor: Actor, opinion: Opinion, *, reply: str, now: datetime) -> Opinion:
    """The province says what it does about an objection."""
    with act(actor, "duties.reply_opinion", now=now, why=reply) as entry:
        hold(opinion.unit_list, None, State.OPINIONS)
        held = Opinion.objects.select_for_update().get(pk=opinion.pk)
        if held.answer != Opinion.Answer.OBJECTS or not reply.strip():
            raise ValidationError({"reply": _("Reply to an objection, with words.")})
        held.reply, held.replied_at = reply.strip()[:1000], now
        held.save()
        entry.about(held)
    return held


def give_notice(
    actor: Actor, unit_list: UnitList, *, until: date, revision: int, now: datetime, today: date
) -> UnitList:
    """Show the list to the public before it is published: when every department has answered, or its time is over."""
    with act(actor, "duties.give_notice", now=now) as entry:
        held = hold(unit_list, revision, State.OPINIONS)
        _nobody_undecided(held)
        open_ = held.opinions.filter(answer=Opinion.Answer.ASKED).count()
        if open_ and held.opinions_by and today <= held.opinions_by:
            raise ValidationError(
                _("%(n)s departments have not answered; their time ends on %(day)s.")
                % {"n": open_, "day": held.opinions_by}
            )
        if held.opinions.filter(answer=Opinion.Answer.OBJECTS, reply="").exists():
            raise ValidationError(_("An objection has no reply yet."))
        if until < today:
            raise ValidationError({"until": _("The last day is past.")})
        held.state, held.notice_from, held.notice_until = State.NOTICE, today, until
        held.save()
        entry.about(held, until=until.isoformat())
    return held


def back_to_draft(actor: Actor, unit_list: UnitList, *, why: str, revision: int, now: datetime) -> UnitList:
    """Take a list back to change it; the departments are asked anew."""
    with act(actor, "duties.back_to_draft", now=now, why=why) as entry:
        held = hold(unit_list, revision, State.OPINIONS, State.NOTICE)
        if not why.strip():
            raise ValidationError({"why": _("Give the reason.")})
        held.opinions.all().delete()
        held.state, held.opinions_by, held.notice_from, held.notice_until = State.DRAFT, None, None, None
        held.save()
        entry.about(held)
    return held


def publish(
    actor: Actor, unit_list: UnitList, *, document: str, revision: int, now: datetime, today: date
) -> UnitList:
    """Publish a list: its units are told their rights and duties and get their calendars."""
    with act(actor, "duties.publish_list", now=now, why=document) as entry:
        held = hold(unit_list, revision, State.NOTICE)
        _nobody_undecided(held)
        if held.notice_until and today < held.notice_until:
            raise ValidationError(_("The public notice runs until %(day)s.") % {"day": held.notice_until})
        if not document.strip():
            raise ValidationError({"document": _("Give the number of the document.")})
        held.state, held.published_on, held.published_by = State.PUBLISHED, today, person_of(actor)
        held.document = document.strip()[:120]
        held.save()
        entries = list(held.entries.filter(stands=True).select_related("entity", "unit_list"))
        telling.tell(entries, now, today)
        calendars.sync(entries, today=today)
        entry.about(held, units=len(entries), document=held.document)
        entry.prove(version=held.revision)
    return held


def correct(
    actor: Actor,
    unit_list: UnitList,
    entity: Entity,
    *,
    include: bool,
    since: date,
    why: str,
    event: Event | None = None,
    revision: int,
    now: datetime,
    today: date,
) -> ListEntry:
    """Correct a published list because of an event: a unit joins it or leaves it from a day on; its calendar follows."""
    with act(actor, "duties.correct_list", now=now, why=why) as entry:
        held = hold(unit_list, revision, State.PUBLISHED)
        if not why.strip():
            raise ValidationError({"why": _("Give the reason: it stands beside the unit.")})
        unit = held.entries.filter(entity=entity).first()
        if include:
            if unit is None:
                unit = _by_hand(held, entity, why, actor=actor, now=now, today=today)
            elif unit.stands and unit.ends is None:
                raise ValidationError({"entity": _("This unit stands in the list already.")})
            # Who never was away, or is back on the day it left, is on the list as before.
            began = unit.begins if unit.pk and unit.ends == since else since
            unit.stands, unit.begins, unit.ends, unit.change = True, began, None, Change.ENTERS
        else:
            if unit is None or not unit.stands or unit.ends is not None:
                raise ValidationError({"entity": _("This unit is not on the list.")})
            unit.ends, unit.change, unit.stands = since, Change.LEAVES, False
        unit.decision = ListEntry.Decision.INCLUDE if include else ListEntry.Decision.EXCLUDE
        unit.decided_why, unit.event = why.strip()[:500], event
        unit.decided_by, unit.decided_at = person_of(actor), now
        unit.save()
        held.corrected_on = today
        held.save()
        if include:
            telling.tell([unit], now, today)
        calendars.sync([unit], today=today)
        told = {"unit": unit.pk, "include": include, "since": since.isoformat()}
        entry.about(held, f"{held} · {unit}", **told, event=event.pk if event else None)
        entry.prove(version=held.revision)
    return unit


def acknowledge(actor: Actor, notice: RightsNotice, *, now: datetime) -> RightsNotice:
    """The unit says that it has its notice of rights and duties. Twice changes nothing."""
    if isinstance(actor, User) and actor.organisation_id != notice.organisation_id:
        raise PermissionDenied("duties.acknowledge_notice")
    with act(actor, "duties.acknowledge_notice", now=now) as entry, transaction.atomic():
        held = RightsNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if held.acknowledged_at is None:
            held.acknowledged_at, held.acknowledged_by = now, person_of(actor)
            held.save()
        entry.about(held)
    return held
