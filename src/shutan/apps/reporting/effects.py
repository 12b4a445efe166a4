"""What a notice does to the reports there are: which figures that waited compute with it, and which change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.reporting import queries, results, tables
from shutan.apps.reporting.models import ParameterNotice, Report, ReportedValue
from shutan.apps.reporting.present import Presenter, Shown
from shutan.kernel import Result, Waiting
from shutan.kernel.difference import differences, same

PAGE = 10  # reports computed at once: each is computed twice


@dataclass(frozen=True)
class Moved:
    """One figure of a report's summary without and with a notice."""

    before: Shown
    after: Shown
    change: str  # after − before as text, '' where one of them waits

    @property
    def name(self) -> str:
        """The figure's name."""
        return self.after.name


@dataclass(frozen=True)
class Effect:
    """What a notice does to one report; a submitted one stays as filed."""

    report: Report
    changed: int  # values that say something else
    computed: int  # values that waited and compute
    lost: int  # values that computed and wait: a withdrawal
    totals: list[Moved]

    @property
    def kind(self) -> str:
        """The gravest of it, in the order of a reader's interest."""
        known = {"changes": self.changed, "waits_again": self.lost, "computes": self.computed}
        return next((word for word, count in known.items() if count), "unmoved")


ORDER = ("changes", "waits_again", "computes", "unmoved")


def affected(person: User, notice: ParameterNotice) -> QuerySet[Report]:
    """Reports a person may see for which a notice was made, those first that do not wait for it: they may change.

    Of a submitted report the last version alone; exercises are none.
    """
    waits = ReportedValue.objects.filter(report=OuterRef("pk"), waiting__contains=[notice.name])
    replaced = Report.objects.filter(previous=OuterRef("pk"))
    found = queries.reports(person).filter(_years(notice), ~Exists(replaced), rule_set=notice.rule_set)
    return found.annotate(waits=Exists(waits)).order_by("waits", "-year", "organisation__name_zh", "pk")


def _years(notice: ParameterNotice) -> Q:
    first, last = notice.since.year, (notice.until or date.max).year
    return Q(rules_year__gte=first, rules_year__lte=last)


def effects(reports: Iterable[Report], notice: ParameterNotice) -> list[Effect]:
    """What a notice does to each of some reports, first those that change."""
    found = [effect(report, notice) for report in reports]
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def effect(report: Report, notice: ParameterNotice) -> Effect:
    """A report without and with a notice; with and without one that is withdrawn or is about to be."""
    known = {one.pk: one for one in results.notices(report.rule_set, report)}
    without = {pk: one for pk, one in known.items() if pk != notice.pk}
    if notice.corrects is not None:
        without[notice.corrects.pk] = notice.corrects
    counting = {pk: one for pk, one in without.items() if pk != notice.corrects_id} | {notice.pk: notice}
    pair = _result(report, known, without), _result(report, known, counting)
    if notice.withdrawals.exclude(state="refused").exists():
        pair = pair[1], pair[0]
    return _compare(report, *pair)


def _result(
    report: Report, known: dict[int, ParameterNotice], counting: dict[int, ParameterNotice]
) -> Result:
    kept = results.result_of(report)
    if counting.keys() == known.keys():
        return kept
    values = results.as_values(sorted(counting.values(), key=lambda one: (one.since, one.pk)))
    return kept.rules.evaluate(report.rules_year, kept.data, values)


def _compare(report: Report, before: Result, after: Result) -> Effect:
    found = differences(before, after)
    computed = sum(isinstance(one.before, Waiting) and not isinstance(one.after, Waiting) for one in found)
    lost = sum(isinstance(one.after, Waiting) and not isinstance(one.before, Waiting) for one in found)
    waiting = sum(isinstance(one.after, Waiting) and isinstance(one.before, Waiting) for one in found)
    writer = Presenter(report, after)
    shown = {(one.name, one.key): one for one in tables.summary(writer)}
    totals = [
        Moved(one, shown[one.name, one.key], _change(writer, one, shown[one.name, one.key]))
        for one in tables.summary(Presenter(report, before))
        if (one.name, one.key) in shown and not same(one.value, shown[one.name, one.key].value)
    ]
    return Effect(report, len(found) - computed - lost - waiting, computed, lost, totals)


def _change(writer: Presenter, before: Shown, after: Shown) -> str:
    if not isinstance(before.value, Decimal) or not isinstance(after.value, Decimal):
        return ""
    change = after.value - before.value
    return f"{'+' if change > 0 else ''}{writer.text(after.name, change)}"
