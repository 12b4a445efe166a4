"""Clauses and weights of the management standard: registered by one person with the source, confirmed by a second one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import User
from shutan.apps.standards import chapters
from shutan.apps.standards.models import Assessment, Item, StandardClause, Weights
from shutan.apps.standards.models.assessment import Registered
from shutan.apps.standards.scoring import equal_weights

HEAVIEST = Decimal(1000)
Record = TypeVar("Record", bound=Registered)


def register_clause(
    actor: User,
    *,
    number: str,
    requirement: str,
    since: date,
    until: date | None = None,
    source: str,
    now: datetime,
) -> StandardClause:
    """Register a clause as the standard's text says; assessments have it once a second person confirmed it."""
    plain = number.strip()
    chapter = plain.split(".")[0]
    if not re.fullmatch(r"\d{1,2}(\.\d{1,2}){1,3}", plain) or chapter not in chapters.by_number():
        raise ValidationError({"number": _("A clause of chapters 4 to 12, such as 5.1 or 5.1.2.")})
    if until is not None and until < since:
        raise ValidationError({"until": _("The last day is before the first.")})
    with act(actor, "standards.register_clause", now=now) as entry:
        same = StandardClause.objects.filter(number=plain, state__in=["registered", "confirmed"])
        if any(
            (one.until is None or one.until >= since) and (until is None or one.since <= until)
            for one in same
        ):
            raise ValidationError({"number": _("This clause is registered for these days already.")})
        made = StandardClause(
            chapter=chapter,
            number=plain,
            requirement=requirement.strip(),
            since=since,
            until=until,
            source=source.strip(),
            registered_by=actor,
            registered_at=now,
        )
        made.full_clean()
        made.save()
        entry.about(made, source=made.source)
    return made


def register_weights(
    actor: User, *, weights: Mapping[str, Decimal], since: date, source: str, now: datetime
) -> Weights:
    """Register what each chapter weighs; it counts once a second person confirmed it."""
    if set(weights) != set(chapters.by_number()):
        raise ValidationError(_("Give every chapter its weight."))
    if any(not one.is_finite() or not 0 <= one <= HEAVIEST for one in weights.values()) or not any(
        weights.values()
    ):
        raise ValidationError(_("Weights are from 0 to 1000, not all of them 0."))
    with act(actor, "standards.register_weights", now=now) as entry:
        made = Weights(
            weights={number: format(one, "f") for number, one in weights.items()},
            since=since,
            source=source.strip(),
            registered_by=actor,
            registered_at=now,
        )
        made.full_clean()
        made.save()
        entry.about(made, weights=made.weights)
    return made


def decide_clause(
    actor: User, clause: StandardClause, *, confirm: bool, why: str = "", now: datetime
) -> StandardClause:
    """Confirm or reject a clause; a confirmed one stands at once in the open assessments of its years."""
    with act(actor, "standards.decide_clause", now=now, why=why) as entry:
        held = _decide(
            actor,
            StandardClause.objects.select_for_update().get(pk=clause.pk),
            confirm=confirm,
            why=why,
            now=now,
        )
        if held.state == held.State.CONFIRMED:
            for assessment in Assessment.objects.select_for_update().filter(state=Assessment.State.OPEN):
                make_items(assessment)
        entry.about(held, state=held.state)
    return held


def decide_weights(actor: User, weights: Weights, *, confirm: bool, why: str = "", now: datetime) -> Weights:
    """Confirm or reject weights."""
    with act(actor, "standards.decide_weights", now=now, why=why) as entry:
        held = _decide(
            actor, Weights.objects.select_for_update().get(pk=weights.pk), confirm=confirm, why=why, now=now
        )
        entry.about(held, state=held.state)
    return held


def _decide(actor: User, held: Record, *, confirm: bool, why: str, now: datetime) -> Record:
    if held.registered_by_id == actor.pk:
        raise ValidationError(_("A second person decides on what was registered."))
    if held.state != Registered.State.REGISTERED:
        raise ValidationError(_("This has been decided on already."))
    if not confirm and not why.strip():
        raise ValidationError({"why": _("Say why.")})
    held.state = Registered.State.CONFIRMED if confirm else Registered.State.REJECTED
    held.decided_by, held.decided_at, held.reason = actor, now, why.strip()[:500]
    held.save()
    return held


def clauses_on(day: date) -> list[StandardClause]:
    """The confirmed clauses in force on a day, in the order of their numbers."""
    found = StandardClause.objects.filter(state=StandardClause.State.CONFIRMED, since__lte=day)
    return sorted((one for one in found if one.holds(day)), key=lambda one: _places(one.number))


def _places(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def weights_on(day: date) -> tuple[dict[str, Decimal], Weights | None]:
    """What each chapter weighs on a day, and the record that says so; None while all weigh the same for want of one."""
    found = Weights.objects.filter(state=Weights.State.CONFIRMED, since__lte=day).first()
    if found is None:
        return equal_weights(list(chapters.by_number())), None
    return {number: Decimal(found.weights[number]) for number in chapters.by_number()}, found


def make_items(assessment: Assessment) -> None:
    """Give an open assessment an item for each clause of its year, and one for each chapter without clauses.

    A chapter's own item goes when clauses of it arrive, unless something was written there.
    """
    clauses = clauses_on(assessment.last_day)
    for number in chapters.by_number():
        of_chapter = [one for one in clauses if one.chapter == number]
        whole = assessment.items.filter(chapter=number, clause=None)
        if not of_chapter:
            Item.objects.get_or_create(assessment=assessment, chapter=number, clause=None)
        else:
            whole.filter(level="", finding="", evidence=None, improvements=None).delete()
        for clause in of_chapter:
            Item.objects.get_or_create(assessment=assessment, chapter=number, clause=clause)
