"""Every read of policies: an enterprise its own, agents their principals', a city its own, the province all that were proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import acts_for, organisations
from shutan.apps.policies import facts
from shutan.apps.policies.models import Measure, Policy

REGULATORS = (Kind.PROVINCE, Kind.CITY)


def policies(person: User) -> QuerySet[Any]:
    """With how many measures, how many done and late, and what they are expected to save (estimated)."""
    today = timezone.localdate()
    seen = organisations(person, Area.REPORTING, today=today).order_by()
    rows: QuerySet[Any] = Policy.objects.filter(organisation__in=seen).select_related(
        "organisation", "proposed_by", "agreed_by"
    )
    if person.kind in REGULATORS:
        rows = rows.exclude(state=Policy.State.DRAFT)
    late = Q(measures__state=Measure.State.OPEN, measures__due__lt=today)
    return rows.annotate(
        n_measures=Count("measures"),
        n_done=Count("measures", filter=Q(measures__state=Measure.State.DONE)),
        n_late=Count("measures", filter=late),
        effect=Sum("measures__effect_t", filter=~Q(measures__state=Measure.State.DROPPED)),
    ).order_by("-year", "organisation__name_zh", "pk")


def kept_for(person: User) -> QuerySet[Organisation]:
    """The enterprises whose policy a person may begin."""
    if person.kind not in (Kind.ENTERPRISE, Kind.SERVICE):
        return Organisation.objects.none()
    return organisations(person, Area.REPORTING, today=timezone.localdate()).filter(kind=Kind.ENTERPRISE)


def may_change(person: User, organisation: Organisation) -> bool:
    """Whether a person may write for an enterprise."""
    return acts_for(person, organisation, Area.REPORTING, today=timezone.localdate())


def facts_of(policy: Policy, today: date) -> dict[str, Any]:
    """What it rests on: as it was proposed, while a draft as things are now."""
    kept: dict[str, Any] | None = policy.facts
    if kept is not None and policy.state != Policy.State.DRAFT:
        return kept
    return facts.gather(policy.organisation, policy.year, today)


def before(policy: Policy) -> Policy | None:
    """The policy of the year before."""
    return Policy.objects.filter(organisation=policy.organisation_id, year=policy.year - 1).first()
