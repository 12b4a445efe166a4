"""Every read of schemes and meters: an enterprise its own, agents their principals', cities their own, the province all."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from shutan.apps.accounts.models import Area, Kind, LogEntry, Organisation, User
from shutan.apps.accounts.scope import acts_for, organisations, principals
from shutan.apps.directory.models import Fact
from shutan.apps.duties.models import Duty
from shutan.apps.schemes import content
from shutan.apps.schemes.models import Meter, Scheme
from shutan.apps.schemes.procedure import OPEN

REGULATORS = (Kind.PROVINCE, Kind.CITY)


def _seen(person: User) -> QuerySet[Organisation]:
    return organisations(person, Area.REPORTING, today=timezone.localdate()).order_by()


def schemes(person: User) -> QuerySet[Scheme]:
    """Versions a person may see; regulators those that were submitted."""
    found = Scheme.objects.filter(organisation__in=_seen(person)).select_related(
        "organisation", "submitted_by", "decided_by", "previous"
    )
    if person.kind in REGULATORS:
        found = found.filter(state__in=["submitted", "returned", "accepted"])
    return found.order_by("-year", "organisation__name_zh", "rule_set", "-version")


def meters(person: User) -> QuerySet[Any]:
    """Meters a person may see, with `due` and `calibrated` of their latest calibration that stands."""
    found = Meter.objects.filter(organisation__in=_seen(person)).select_related("organisation")
    rows: QuerySet[Any] = content.with_due(found).order_by("organisation__name_zh", "number")
    return rows


def in_force(organisation: Organisation | int, rule_set: str, day: date) -> Scheme | None:
    """The version in force on a day: the one accepted last for the day's year; None where none was.

    A scheme is about one year (Regulation 11 with the work notices): last year's does not go on by itself.
    """
    return (
        Scheme.objects.filter(
            organisation=organisation, rule_set=rule_set, year=day.year, state=Scheme.State.ACCEPTED
        )
        .filter(in_force_from__lte=day)
        .order_by("-in_force_from")
        .first()
    )


def in_force_rows(rows: QuerySet[Scheme], day: date) -> QuerySet[Scheme]:
    """Of some versions those in force on a day."""
    later = Scheme.objects.filter(
        organisation=OuterRef("organisation"),
        rule_set=OuterRef("rule_set"),
        year=day.year,
        state=Scheme.State.ACCEPTED,
        in_force_from__lte=day,
        in_force_from__gt=OuterRef("in_force_from"),
    )
    held = rows.filter(year=day.year, state=Scheme.State.ACCEPTED, in_force_from__lte=day)
    return held.filter(~Exists(later))


def until(scheme: Scheme) -> date | None:
    """The last day on which an accepted version is in force: the eve of the next one, else the end of its year."""
    if scheme.in_force_from is None:
        return None
    after = Scheme.objects.filter(
        organisation=scheme.organisation_id, rule_set=scheme.rule_set, year=scheme.year, state="accepted"
    )
    following = after.filter(in_force_from__gt=scheme.in_force_from).order_by("in_force_from").first()
    if following is None or following.in_force_from is None:
        return date(scheme.year, 12, 31)
    return date.fromordinal(following.in_force_from.toordinal() - 1)


def under_way(organisation: Organisation, rule_set: str, year: int) -> Scheme | None:
    """The version being worked at or reviewed."""
    return Scheme.objects.filter(
        organisation=organisation, rule_set=rule_set, year=year, state__in=OPEN
    ).first()


def may_change(person: User, organisation: Organisation) -> bool:
    """Whether a person's changes to an enterprise's schemes and meters can be let in."""
    if person.kind not in (Kind.ENTERPRISE, Kind.SERVICE):
        return False
    return acts_for(person, organisation, Area.REPORTING, today=timezone.localdate())


def kept_for(person: User) -> QuerySet[Organisation]:
    """The enterprises whose schemes a person may begin."""
    if person.kind == Kind.ENTERPRISE and person.organisation is not None:
        return Organisation.objects.filter(pk=person.organisation.pk)
    if person.kind == Kind.SERVICE and person.organisation is not None:
        held = principals(person.organisation, Area.REPORTING, today=timezone.localdate())
        return Organisation.objects.filter(pk__in=held).order_by("name_zh")
    return Organisation.objects.none()


def sectors(organisation: Organisation, day: date) -> list[str]:
    """The sectors an enterprise is known for, the surest first: by its schemes, what it owes, what the directory says."""
    own = Scheme.objects.filter(organisation=organisation).order_by("-year", "-version")
    owed = Duty.objects.filter(organisation=organisation, lapsed=False).order_by("-year", "pk")
    said = Fact.objects.filter(
        entity__organisation=organisation, name="sector", withdrawn_at=None, during__contains=day
    )
    names = [
        *own.values_list("rule_set", flat=True),
        *owed.values_list("sector", flat=True),
        *said.values_list("value", flat=True),
    ]
    return list(dict.fromkeys(names))


def due(scheme: Scheme) -> date | None:
    """The last day to submit a scheme, as the enterprise's duties say; None where none is known."""
    duty = Duty.objects.filter(
        Q(organisation=scheme.organisation_id),
        name="scheme_filed",
        sector=scheme.rule_set,
        year=scheme.year,
        lapsed=False,
    ).first()
    return duty.due if duty is not None else None


def history(scheme: Scheme) -> QuerySet[LogEntry]:
    """What was done to a version, the latest first."""
    found = LogEntry.objects.filter(subject_type=Scheme._meta.label_lower, subject_id=str(scheme.pk))  # noqa: SLF001
    return found.select_related("organisation").order_by("-at", "-pk")
