"""The steps of a version from draft to decision, and the opinions on the way. Submission and decision are leaves of the log."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.schemes import content, judging
from shutan.apps.schemes.actions import held_for_change, me_of, own
from shutan.apps.schemes.models import Opinion, Scheme
from shutan.apps.schemes.procedure import STEPS

State = Scheme.State


def take(
    actor: Actor,
    scheme: Scheme,
    name: str,
    *,
    revision: int,
    why: str = "",
    in_force_from: date | None = None,
    now: datetime,
) -> Scheme:
    """Take one step of the procedure.

    Args:
        actor: who takes it; the access table asks per step.
        scheme: the version.
        name: key of `STEPS`.
        revision: of the version as it was read; a second click finds it changed.
        why: reason or opinion.
        in_force_from: for accepting.
        now: the moment.

    Raises:
        ValidationError: the step is not lawful here, or something it needs is missing.
    """
    if name not in ("accept", "return"):
        own(actor, scheme.organisation, now)
    with act(actor, f"schemes.{name}", now=now, why=why[:500]) as entry:
        held = held_for_change(scheme)
        if held.state != STEPS[name].source:
            raise ValidationError(
                _("This step cannot be taken while the status is “%(state)s”.")
                % {"state": held.get_state_display()}
            )
        if held.revision != revision:
            raise ValidationError(_("Someone changed this version meanwhile: look at it again first."))
        CHECKS[name](actor, held, why.strip(), in_force_from, now)
        held.state = STEPS[name].target
        held.revision += 1
        held.changed_at = now
        held.save()
        entry.about(held, state=held.state)
        if name in ("submit", "accept", "return"):
            entry.prove(version=held.version)
    return held


def _send_to_review(actor: Actor, held: Scheme, _why: str, _day: date | None, now: datetime) -> None:
    whole = content.whole(held)
    if against := [one.text for one in judging.remarks(held, whole, timezone.localdate(now)) if one.blocks]:
        raise ValidationError(against)
    held.content, held.sent_at, held.sent_by, held.sent_back = whole, now, me_of(actor), ""


def _send_back(_actor: Actor, held: Scheme, why: str, _day: date | None, _now: datetime) -> None:
    _reason(why)
    held.content, held.sent_at, held.sent_by, held.sent_back = None, None, None, why[:1000]


def _submit(actor: Actor, held: Scheme, _why: str, _day: date | None, now: datetime) -> None:
    me = me_of(actor)
    if me is not None and me.pk == held.sent_by_id:
        raise ValidationError(_("Another person than who sent it to the internal review submits it."))
    held.submitted_at, held.submitted_by = now, me


def _accept(actor: Actor, held: Scheme, why: str, day: date | None, now: datetime) -> None:
    if day is None or day.year != held.year:
        raise ValidationError(
            {"in_force_from": _("Give a day of %(year)s, the scheme's year.") % {"year": held.year}}
        )
    before = (
        Scheme.objects.filter(
            organisation=held.organisation, rule_set=held.rule_set, year=held.year, state=State.ACCEPTED
        )
        .order_by("-in_force_from")
        .first()
    )
    if before is not None and before.in_force_from is not None and day <= before.in_force_from:
        raise ValidationError(
            {
                "in_force_from": _("The version before it is in force from %(day)s: later than that.")
                % {"day": before.in_force_from.isoformat()}
            }
        )
    held.in_force_from = day
    _decided(actor, held, why, now)


def _return(actor: Actor, held: Scheme, why: str, _day: date | None, now: datetime) -> None:
    _reason(why)
    _decided(actor, held, why, now)


def _decided(actor: Actor, held: Scheme, why: str, now: datetime) -> None:
    held.answer, held.decided_at, held.decided_by = why, now, me_of(actor)


def _reason(why: str) -> None:
    if not why:
        raise ValidationError({"why": _("Give the reasons: the scheme is mended by them.")})


CHECKS = {
    "send_to_review": _send_to_review,
    "send_back": _send_back,
    "submit": _submit,
    "accept": _accept,
    "return": _return,
}


def give_opinion(actor: Actor, scheme: Scheme, *, verdict: str, text: str, now: datetime) -> Opinion:
    """Say, as city or province, what is to be said of a submitted version.

    Raises:
        ValidationError: it is not under review any more, or reasons are missing.
    """
    with act(actor, "schemes.give_opinion", now=now) as entry:
        held = held_for_change(scheme)
        if held.state != State.SUBMITTED:
            raise ValidationError(_("This version is not under review."))
        if verdict == Opinion.Verdict.OBJECTS and not text.strip():
            raise ValidationError({"text": _("Say what is to be changed.")})
        made = Opinion(
            scheme=held,
            verdict=verdict,
            text=text.strip(),
            at=now,
            by=me_of(actor),
            authority=actor.organisation if isinstance(actor, User) else None,
        )
        made.full_clean()
        made.save()
        entry.about(held, opinion=made.pk, verdict=verdict)
    return made
