"""What values of the law that arrived after its submission would change in a report, which itself stays as filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from shutan.apps.reporting import results, tables
from shutan.apps.reporting.models import ParameterNotice, Report
from shutan.apps.reporting.present import Presenter, Shown
from shutan.kernel import Result
from shutan.kernel.difference import differences, same

State = ParameterNotice.State


@dataclass(frozen=True)
class Later:
    """By which notices how many values would change, and those of the totals among them as (filed, as it would be)."""

    notices: list[ParameterNotice]
    values: int
    totals: list[tuple[Shown, Shown]]

    @property
    def undecided(self) -> bool:
        """Whether a second person has still to confirm one of them."""
        return any(one.state == State.REGISTERED for one in self.notices)


def notices_after(report: Report, *, confirmed_only: bool = False) -> list[ParameterNotice]:
    """Notices for a report's year confirmed or withdrawn since it was submitted, or not decided on; none for a draft."""
    at = report.submitted_at
    if at is None:
        return []
    every = ParameterNotice.objects.all()
    filed, counting = every.counting(at).values("pk"), every.counting().values("pk")
    arrived = (Q(pk__in=counting) & ~Q(pk__in=filed)) | (Q(pk__in=filed) & ~Q(pk__in=counting))
    if not confirmed_only:
        arrived |= Q(state=State.REGISTERED)
    in_year = Q(since__year__lte=report.rules_year) & (Q(until=None) | Q(until__year__gte=report.rules_year))
    found = every.with_standing().filter(arrived, in_year, rule_set=report.rule_set)
    return list(results.with_values(found).order_by("since", "pk"))


def result_with(report: Report, arrived: Sequence[ParameterNotice]) -> Result:
    """The result of a report as if what has become of these notices had been known when it was submitted.

    One that counted then has been withdrawn since; any other counts, instead of the one it corrects.
    """
    filed = results.result_of(report)
    known = {one.pk: one for one in results.notices(report.rule_set, report)}
    for one in arrived:
        if known.pop(one.pk, None) is None:
            known[one.pk] = one
    for one in arrived:
        if one.pk in known and one.corrects_id:
            known.pop(one.corrects_id, None)
    return filed.rules.evaluate(report.rules_year, filed.data, results.as_values(known.values()))


def would_change(report: Report, *, confirmed_only: bool = False) -> Later | None:
    """What notices that arrived after its submission would change in a report; None where that is nothing."""
    arrived = notices_after(report, confirmed_only=confirmed_only)
    if not arrived:
        return None
    filed, today = results.result_of(report), result_with(report, arrived)
    found = differences(filed, today)
    if not found:
        return None
    causes = {name for one in found for name in one.causes}
    after = {(one.name, one.key): one for one in tables.summary(Presenter(report, today))}
    totals = [
        (one, after[one.name, one.key])
        for one in tables.summary(Presenter(report, filed))
        if (one.name, one.key) in after and not same(one.value, after[one.name, one.key].value)
    ]
    return Later([one for one in arrived if one.name in causes], len(found), totals)
