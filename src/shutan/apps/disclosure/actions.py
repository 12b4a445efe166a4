"""What enterprises do with disclosures. Web, API and demonstration call these; each is one `act`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.disclosure import document
from shutan.apps.disclosure.models import Disclosure, Measure
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter
from shutan.apps.reporting.results import result_of
from shutan.documents.grids import Slot, grids
from shutan.kernel import Waiting
from shutan.rules.registry import rule_set

ENTERED = ("surrender", "surrendered_t", "surrendered_on")
MEASURE = ("name", "part", "investment", "running_cost", "added_energy", "reduction")
MOST_MEASURES = 50


class StaleError(Exception):
    """Someone else saved the draft since it was read; carries what stands there now."""

    def __init__(self, current: Disclosure) -> None:
        super().__init__("stale")
        self.current = current


def begin(actor: Actor, report: Report, *, now: datetime) -> Disclosure:
    """Begin the disclosure of a report's year, or go on with the draft there is; it takes the report's latest version.

    Raises:
        ValidationError: the report is no submitted one, was corrected, or its sector has no form.
    """
    _own(actor, report, now)
    with act(actor, "disclosure.begin", now=now) as entry:
        if report.state != Report.State.SUBMITTED or reports.is_corrected(report):
            raise ValidationError(_("Only the latest submitted report is disclosed."))
        if rule_set(report.rule_set).disclosure is None:
            raise ValidationError(_("The guideline of this sector has no form of disclosure."))
        made, new = Disclosure.objects.select_for_update().get_or_create(
            organisation=report.organisation,
            rule_set=report.rule_set,
            year=report.year,
            state=Disclosure.State.DRAFT,
            defaults={"report": report, "created_at": now, "changed_at": now},
        )
        if new and (last := published(made)):
            _copy(last, made)
        if made.report_id != report.pk:
            made.report, made.revision, made.changed_at = report, made.revision + 1, now
        made.save()
        entry.about(made, report=report.pk)
    return made


def _copy(last: Disclosure, made: Disclosure) -> None:
    """A new version begins with what was entered for the last."""
    for name in ENTERED:
        setattr(made, name, getattr(last, name))
    for one in last.measures.all():
        one.pk, one.disclosure = None, made
        one.save(force_insert=True)


def save(
    actor: Actor,
    disclosure: Disclosure,
    entered: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
    *,
    revision: int,
    now: datetime,
) -> Disclosure:
    """Keep what no report says: surrender, and mitigation results instead of those before.

    Raises:
        StaleError: someone saved it meanwhile.
        ValidationError: it is published, or a figure is impossible.
    """
    _own(actor, disclosure.report, now)
    with act(actor, "disclosure.save", now=now) as entry:
        held = _held(disclosure, revision)
        for name in ENTERED:
            setattr(held, name, entered.get(name) or ("" if name == "surrender" else None))
        if entered.get("surrendered_t") == 0:
            held.surrendered_t = entered["surrendered_t"]
        if len(measures) > MOST_MEASURES:
            raise ValidationError(_("At most %(n)s measures.") % {"n": MOST_MEASURES})
        if measures and not document.takes_measures(held.rule_set, held.year):
            raise ValidationError(_("The guideline of this year has no part on mitigation results."))
        held.full_clean(exclude={"content"})
        held.measures.all().delete()
        for position, one in enumerate(measures):
            row = Measure(disclosure=held, position=position, **{name: one.get(name) for name in MEASURE})
            row.part = row.part or ""
            row.full_clean()
            row.save()
        _changed(held, now)
        entry.about(held)
    return held


def publish(
    actor: Actor, disclosure: Disclosure, *, revision: int, now: datetime, why: str = ""
) -> Disclosure:
    """Freeze the form and show it to everybody. A version after the first says why.

    Raises:
        StaleError: someone saved it meanwhile.
        ValidationError: everything that stands against it.
    """
    _own(actor, disclosure.report, now)
    with act(actor, "disclosure.publish", now=now, why=why) as entry:
        held = _held(disclosure, revision)
        last = published(held)
        if reasons := against(held, why=why, corrects=last is not None):
            raise ValidationError(reasons)
        held.content = document.compose(held)
        held.state, held.version = Disclosure.State.PUBLISHED, (last.version if last else 0) + 1
        held.reason = why.strip() if last else ""
        held.published_by = actor if isinstance(actor, User) else None
        held.published_at = now
        _changed(held, now)
        entry.about(held, version=held.version, report=held.report_id)
        entry.prove(version=held.version)
    return held


def against(disclosure: Disclosure, *, why: str = "", corrects: bool = False) -> list[str]:
    """Everything that keeps a draft from being published, in the language of the page."""
    reasons = []
    if reports.is_corrected(disclosure.report):
        reasons.append(_("The report was corrected since: take the corrected one first."))
    reasons += [_("%(name)s has no value yet.") % {"name": name} for name in waiting(disclosure.report)]
    if corrects and not why.strip():
        reasons.append(_("A new version needs its reason."))
    if disclosure.surrender in {"", Disclosure.Surrender.AHEAD} and (
        disclosure.surrendered_t is not None or disclosure.surrendered_on
    ):
        reasons.append(
            _("An amount or a day of surrender is given, but not that allowances were surrendered.")
        )
    return reasons


def waiting(report: Report) -> list[str]:
    """Names of what the form takes from a report and the rules could not compute yet."""
    result = result_of(report)
    if result.rules.disclosure is None:
        return []
    writer = Presenter(report, result)
    slots = [
        cell
        for grid in grids(result, result.rules.disclosure)
        for row in grid.rows
        for cell in row
        if isinstance(cell, Slot) and cell.name in result.rules.rules
    ]
    found = [one.name for one in slots if isinstance(result.value(one.name, one.key), Waiting)]
    return [writer.label(name) for name in dict.fromkeys(found)]


def discard(actor: Actor, disclosure: Disclosure, *, revision: int, now: datetime) -> None:
    """Throw a draft away."""
    _own(actor, disclosure.report, now)
    with act(actor, "disclosure.discard", now=now) as entry:
        held = _held(disclosure, revision)
        entry.about(held, str(held), year=held.year, rule_set=held.rule_set)
        held.delete()
        held.pk = disclosure.pk


def published(disclosure: Disclosure) -> Disclosure | None:
    """The newest published version of the same year and sector."""
    same = Disclosure.objects.filter(
        organisation=disclosure.organisation_id,
        rule_set=disclosure.rule_set,
        year=disclosure.year,
        state=Disclosure.State.PUBLISHED,
    )
    newest = same.aggregate(newest=Max("version"))["newest"]
    return same.filter(version=newest).first() if newest else None


def _held(disclosure: Disclosure, revision: int) -> Disclosure:
    """The draft, locked, as the caller saw it."""
    held = Disclosure.objects.select_for_update(of=("self",)).select_related("organisation", "report")
    found = held.get(pk=disclosure.pk)
    if not found.is_draft:
        raise ValidationError(_("It is published and cannot change: begin a new version."))
    if found.revision != revision:
        raise StaleError(found)
    return found


def _changed(disclosure: Disclosure, now: datetime) -> None:
    disclosure.revision += 1
    disclosure.changed_at = now
    disclosure.save()


def _own(actor: Actor, report: Report, now: datetime) -> None:
    """People act for their own enterprise or under a mandate in force; publishing is the unit's own (access table)."""
    if isinstance(actor, User):
        check_acts_for(actor, report.organisation, Area.REPORTING, today=timezone.localdate(now))
