"""Recording events: what `consequences.py` worked out is written, or undone by a correcting event; registry changes decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from psycopg.types.range import DateRange

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.directory import keeping, queries
from shutan.apps.directory.actions import finder, lock, name_of, new_entity
from shutan.apps.directory.consequences import Happened, Proposal, propose
from shutan.apps.directory.keeping import Hand
from shutan.apps.directory.models import (
    Entity,
    EntityKind,
    Event,
    EventKind,
    EventSubject,
    Fact,
    RegistryChange,
)
from shutan.apps.directory.reading import FaultsError
from shutan.documents.problem import Message, Problem
from shutan.kernel import Origin


def preview(actor: Actor, event: Happened, *, today: date) -> Proposal:
    """What the event would do, with everything that stands against it."""
    return propose(event, finder(actor, today=today))


def record_event(
    actor: Actor, happened: Happened, *, version: int | None = None, now: datetime, today: date, why: str = ""
) -> Event:
    """Record an event and write all that follows from it, or nothing.

    Raises:
        FaultsError: it cannot have happened like this.
        StaleError: `version` is not the subject's: someone changed it since the page was read.
        PermissionDenied: one of those it changes is not the actor's.
    """
    with act(actor, "directory.record_event", now=now, why=why) as entry:
        lock(happened.subject, version)
        proposal = preview(actor, happened, today=today)
        if proposal.problems:
            raise FaultsError(proposal.problems)
        touched = _touched(proposal)
        _may(actor, [*touched, *([happened.into] if happened.into else [])], today)
        person = actor if isinstance(actor, User) else None
        event = Event.objects.create(
            kind=happened.kind,
            on=happened.on,
            document=happened.document[:200],
            note=happened.note[:1000],
            details=_details(proposal),
            recorded_at=now,
            recorded_by=person,
        )
        hand = Hand(person, now, happened.document[:300], event)
        made = _write(proposal, hand)
        if made is not None:
            proposal.parts[made.pk] = EventSubject.Part.AFFECTED
        EventSubject.objects.bulk_create(
            EventSubject(event=event, entity_id=pk, part=part) for pk, part in proposal.parts.items() if pk
        )
        if proposal.registry:
            RegistryChange.objects.create(event=event)
        keeping.touch(touched, hand)
        entry.about(event, f"{event} {name_of(happened.subject, happened.on)}", subjects=list(proposal.parts))
    return event


def _touched(proposal: Proposal) -> list[Entity]:
    touched = {change.entity.pk: change.entity for change in proposal.changes if change.entity is not None}
    touched.setdefault(proposal.event.subject.pk, proposal.event.subject)
    return [Entity.objects.select_for_update().get(pk=pk) for pk in sorted(touched)]


def _write(proposal: Proposal, hand: Hand) -> Entity | None:
    """Write the changes; the new line, where the event makes one."""
    made = new_entity(EntityKind.LINE, None, hand) if proposal.new_line else None
    for change in proposal.changes:
        entity = change.entity or made
        if entity is not None:
            keeping.say(entity, change.said, proposal.event.on, hand)
    return made


def _details(proposal: Proposal) -> dict[str, Any]:
    """What was entered, and until when each fact that ends would have held: undoing needs it."""
    ended = {
        str(change.before.pk): change.before.during.upper and change.before.during.upper.isoformat()
        for change in proposal.changes
        if change.before is not None
    }
    return {"values": {key: str(value or "") for key, value in proposal.event.values.items()}, "ended": ended}


def _may(actor: Actor, entities: list[Entity], today: date) -> None:
    if not isinstance(actor, User):
        return
    for entity in entities:
        queries.check_may_change(actor, entity, today=today)


def correct_event(actor: Actor, event: Event, *, now: datetime, today: date, why: str) -> Event:
    """Undo an event by one that corrects it: what it began is withdrawn, what it ended holds again.

    Raises:
        FaultsError: it was undone already, or something later builds on it.
        PermissionDenied: one of those it changed is not the actor's.
    """
    begun = list(event.begun.filter(withdrawn_at=None).select_related("entity"))
    ended = list(event.ended.select_related("entity"))
    entities = list({fact.entity_id: fact.entity for fact in (*begun, *ended)}.values())
    _may(actor, entities, today)
    with act(actor, "directory.correct_event", now=now, why=why) as entry:
        held = [Entity.objects.select_for_update().get(pk=entity.pk) for entity in entities]
        _undoable(event, begun, why)
        person = actor if isinstance(actor, User) else None
        correction = Event.objects.create(
            kind=EventKind.CORRECTION,
            on=event.on,
            note=why,
            corrects=event,
            recorded_at=now,
            recorded_by=person,
        )
        EventSubject.objects.bulk_create(
            EventSubject(event=correction, entity_id=pk, part=part)
            for pk, part in event.subjects.values_list("entity", "part")
        )
        hand = Hand(person, now, event=correction)
        for fact in begun:
            keeping.withdraw(fact, hand, why)
        _reopen(event, ended, hand)
        _withdraw_notice(event, correction, hand, why)
        keeping.touch(held, hand)
        entry.about(correction, f"{event} → {correction}", corrects=event.pk)
    return correction


def _undoable(event: Event, begun: list[Fact], why: str) -> None:
    problem = None
    if event.kind == EventKind.CORRECTION or Event.objects.filter(corrects=event).exists():
        problem = Message("该事件已被更正", "this event was corrected already")
    elif not why.strip():
        problem = Message("须写明撤销的原因", "say why it is undone")
    elif any(fact.ended_by_id for fact in begun) or len(begun) < event.begun.count():
        problem = Message(
            "较晚的变更以此为基础；请先撤销较晚的", "later changes build on it; undo those first"
        )
    elif used := _used(event, begun):
        problem = Message(
            f"另有主体引用它（{used.entity_id}）", f"another entity refers to it ({used.entity_id})"
        )
    if problem:
        raise FaultsError([Problem("event.undo", Origin("field", "why"), problem)])


def _used(event: Event, begun: list[Fact]) -> Fact | None:
    """A fact of later that leads to an entity which the event made."""
    named = {fact.entity_id for fact in begun if fact.name == "name"}
    older = Fact.objects.filter(entity__in=named).exclude(begun_by=event).values_list("entity", flat=True)
    made = named - set(older)
    return Fact.objects.filter(target__in=made, withdrawn_at=None).exclude(begun_by=event).first()


def _reopen(event: Event, ended: list[Fact], hand: Hand) -> None:
    """Let what the event ended hold as long as it would have."""
    until = event.details.get("ended", {})
    for fact in ended:
        upper = until.get(str(fact.pk))
        upper_day = date.fromisoformat(upper) if upper else None
        if fact.withdrawn_at is None:
            fact.during, fact.ended_by = DateRange(fact.during.lower, upper_day), None
            fact.save(update_fields=["during", "ended_by"])
        else:  # it was replaced from its first day: said again
            said = keeping.Said(fact.name, fact.value, fact.target)
            keeping.begin(fact.entity, said, DateRange(fact.during.lower, upper_day), hand)


def _withdraw_notice(event: Event, correction: Event, hand: Hand, why: str) -> None:
    """A notice that still waits falls away; after an approved one the registry must change back."""
    notice = RegistryChange.objects.filter(event=event).first()
    if notice is None:
        return
    if notice.state == RegistryChange.State.WAITING:
        notice.state, notice.reason = RegistryChange.State.REJECTED, why[:500]
        notice.decided_at, notice.decided_by = hand.now, hand.person
        notice.save()
    elif notice.state == RegistryChange.State.APPROVED:
        RegistryChange.objects.create(event=correction)


def decide_registry_change(
    actor: Actor, notice: RegistryChange, *, approve: bool, reason: str = "", now: datetime
) -> RegistryChange:
    """The province's review of a registry change; who recorded the event does not review it.

    Raises:
        FaultsError: it was decided already, or is rejected without a reason.
        PermissionDenied: the actor recorded the event.
    """
    with act(actor, "directory.decide_registry_change", now=now, why=reason) as entry, transaction.atomic():
        held = RegistryChange.objects.select_for_update().select_related("event").get(pk=notice.pk)
        if isinstance(actor, User) and held.event.recorded_by_id == actor.pk:
            raise PermissionDenied("directory.decide_registry_change")
        problem = None
        if held.state != RegistryChange.State.WAITING:
            problem = Message("该通知已审定", "this notice was decided already")
        elif not approve and not reason.strip():
            problem = Message("不同意须写明原因", "a rejection needs a reason")
        if problem:
            raise FaultsError([Problem("notice.decided", Origin("field", "reason"), problem)])
        held.state = RegistryChange.State.APPROVED if approve else RegistryChange.State.REJECTED
        held.reason, held.decided_at = reason[:500], now
        held.decided_by = actor if isinstance(actor, User) else None
        held.save()
        entry.about(held, str(held.event), approve=approve)
        entry.prove()
    return held
