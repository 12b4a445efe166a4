"""What people do with policies. Web and API call these; each is one `act`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import check_acts_for, organisations
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.policies import facts
from shutan.apps.policies.forms import MeasureForm, PolicyForm
from shutan.apps.policies.models import Measure, Policy

State = Policy.State


def begin(actor: Actor, organisation: Organisation, year: int, *, now: datetime, why: str = "") -> Policy:
    """Begin the policy of a year; measures of the year before that are still open go with it.

    A second call returns the first one's policy.
    """
    _own(actor, organisation, now)
    with act(actor, "policies.begin", now=now, why=why) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        held = Policy.objects.filter(organisation=organisation, year=year).first()
        if held is None:
            held = Policy(organisation=organisation, year=year, begun_at=now, changed_at=now)
            held.full_clean(exclude=["problems", "goal"])
            held.save()
            open_ = Measure.objects.filter(
                policy__organisation=organisation, policy__year=year - 1, state=Measure.State.OPEN
            )
            Measure.objects.bulk_create(
                Measure(
                    policy=held, text=one.text, answers=one.answers, person=one.person, due=one.due,
                    effect_t=one.effect_t, basis=one.basis, carried=one,
                )
                for one in open_
            )  # fmt: skip
        entry.about(held)
    return held


def save(actor: Actor, policy: Policy, values: Mapping[str, Any], *, revision: int, now: datetime) -> Policy:
    """Save what the enterprise says itself.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed it since `revision` was read.
        ValidationError: it is no draft any more.
    """
    _own(actor, policy.organisation, now)
    with act(actor, "policies.save", now=now) as entry:
        held = _draft(policy, revision)
        form = PolicyForm(values, instance=held)
        if not form.is_valid():
            raise FaultsError(form)
        form.save(commit=False)
        _touch(held, now)
        entry.about(held)
    return held


def keep_measure(
    actor: Actor,
    policy: Policy,
    values: Mapping[str, Any],
    *,
    measure: Measure | None = None,
    revision: int = 0,
    now: datetime,
) -> Measure:
    """Add a measure to a draft, or change one that was read at `revision`.

    Raises:
        FaultsError, StaleError, ValidationError: as `save`.
    """
    _own(actor, policy.organisation, now)
    with act(actor, "policies.keep_measure", now=now) as entry:
        held = _draft(policy)
        current = Measure(policy=held)
        if measure is not None:
            current = _measure(held, measure, revision)
        form = MeasureForm(values, instance=current)
        if not form.is_valid():
            raise FaultsError(form)
        kept: Measure = form.save(commit=False)
        kept.revision += 0 if measure is None else 1
        kept.save()
        _touch(held, now)
        entry.about(held, measure=kept.pk)
    return kept


def remove_measure(actor: Actor, measure: Measure, *, revision: int, now: datetime) -> None:
    """Take a measure off a draft."""
    _own(actor, measure.policy.organisation, now)
    with act(actor, "policies.remove_measure", now=now) as entry:
        held = _draft(measure.policy)
        gone = _measure(held, measure, revision)
        told = {"text": gone.text, "due": gone.due.isoformat()}
        gone.delete()
        _touch(held, now)
        entry.about(held, **told)


def follow(actor: Actor, measure: Measure, *, state: str, told: str, revision: int, now: datetime) -> Measure:
    """Say how far a measure of an agreed policy is.

    Raises:
        StaleError: someone did since `revision` was read.
        ValidationError: the policy is not agreed, or nothing is said.
    """
    _own(actor, measure.policy.organisation, now)
    with act(actor, "policies.follow", now=now) as entry:
        held = _held(measure.policy)
        if held.state != State.AGREED:
            raise ValidationError(_("Only measures of an agreed policy are followed up."))
        if not told.strip() or state not in Measure.State.values:
            raise ValidationError({"told": _("Say how far it is.")})
        current = _measure(held, measure, revision)
        current.state, current.told, current.told_at = state, told.strip()[:1000], now
        current.revision += 1
        current.save()
        entry.about(held, measure=current.pk, state=state)
    return current


def take(actor: Actor, policy: Policy, step: str, *, revision: int, why: str = "", now: datetime) -> Policy:
    """Propose it as the enterprise, agree or give it back as the authority: both confirm.

    Raises:
        StaleError: it was changed since `revision` was read; a second click too.
        ValidationError: the step is not lawful here, or something is missing.
    """
    if step == "propose":
        _own(actor, policy.organisation, now)
    else:
        _authority(actor, policy.organisation, timezone.localdate(now))
    with act(actor, f"policies.{step}", now=now, why=why[:500]) as entry:
        held = _held(policy)
        if held.revision != revision:
            raise StaleError(held)
        person = actor if isinstance(actor, User) else None
        if held.state != {"propose": State.DRAFT}.get(step, State.PROPOSED):
            raise ValidationError(_("This step cannot be taken now."))
        if step == "propose":
            if not held.problems or not held.measures.exists():
                raise ValidationError(_("Say what the main problems are and give at least one measure."))
            held.facts = facts.gather(held.organisation, held.year, timezone.localdate(now))
            held.state, held.proposed_by, held.proposed_at = State.PROPOSED, person, now
        elif step == "give_back":
            if not why.strip():
                raise ValidationError({"why": _("Say what is to be changed.")})
            held.state, held.answer = State.DRAFT, why.strip()[:1000]
        else:
            held.state, held.agreed_by, held.agreed_at = State.AGREED, person, now
            held.answer = why.strip()[:1000]
        _touch(held, now)
        entry.about(held, state=held.state)
        if step == "agree":
            entry.prove()
    return held


def _own(actor: Actor, organisation: Organisation, now: datetime) -> None:
    if organisation.kind != Kind.ENTERPRISE:
        raise PermissionDenied("policies")
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))


def _authority(actor: Actor, organisation: Organisation, today: date) -> None:
    """Whoever decides is of the province, or of the enterprise's own city."""
    if isinstance(actor, User):
        seen = organisations(actor, Area.REPORTING, today=today)
        if not seen.filter(pk=organisation.pk).exists():
            raise PermissionDenied("policies")


def _held(policy: Policy) -> Policy:
    return Policy.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=policy.pk)


def _draft(policy: Policy, revision: int | None = None) -> Policy:
    held = _held(policy)
    if held.state != State.DRAFT:
        raise ValidationError(_("It was proposed: only a draft is changed."))
    if revision is not None and held.revision != revision:
        raise StaleError(held)
    return held


def _measure(policy: Policy, measure: Measure, revision: int) -> Measure:
    held = Measure.objects.select_for_update().filter(policy=policy, pk=measure.pk).first()
    if held is None:
        raise ValidationError(_("Someone removed this line meanwhile."))
    if held.revision != revision:
        raise StaleError(held)
    held.policy = policy
    return held


def _touch(held: Policy, now: datetime) -> None:
    held.revision += 1
    held.changed_at = now
    held.save()
