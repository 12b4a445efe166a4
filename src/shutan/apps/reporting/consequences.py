"""What depends on a report, and what happens to it when a corrected version is submitted: one table for all apps.

    register(Consequence("disclosure", _("Disclosure"), _("It stays public, is marked …"), look))

The report's own rows stand below; apps above add theirs when they are ready. `look` is asked with the version before and
the corrected one, also while that is still a draft: so people see beforehand what their correction will touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shutan.apps.duties.models import ListEntry, UnitList
from shutan.apps.reporting import results, tables
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, Shown
from shutan.kernel.difference import same

# A list of year N is decided on the verified emissions of N-2 (apps/duties/making.py).
DECIDES_AFTER = 2


@dataclass(frozen=True)
class Told:
    """One thing that depends on a report: what it said or stood on, and what follows."""

    label: str
    before: str
    after: str
    unit: str = ""
    url: str = ""


@dataclass(frozen=True)
class Consequence:
    """A kind of thing that depends on a report.

    Attributes:
        name: its key.
        title: in the language of the page.
        rule: what happens to it, in one sentence.
        look: (version before, corrected version) → what is touched; nothing where none is.
    """

    name: str
    title: str | Promise
    rule: str | Promise
    look: Callable[[Report, Report], Iterable[Told]]


TABLE: dict[str, Consequence] = {}


def register(one: Consequence) -> None:
    """Add a kind of thing that depends on reports."""
    TABLE[one.name] = one


def of(report: Report) -> list[tuple[Consequence, list[Told]]]:
    """What a correction touches, or will once it is submitted; nothing for a report that corrects none."""
    before = corrected_by(report)
    if before is None:
        return []
    found = [(one, list(one.look(before, report))) for one in TABLE.values()]
    return [(one, told) for one, told in found if told]


def corrected_by(report: Report) -> Report | None:
    """The submitted version that a report replaces, or a draft would."""
    if report.is_exercise:
        return None
    if not report.is_draft:
        return report.previous
    same_year = Report.objects.filter(
        organisation=report.organisation_id,
        rule_set=report.rule_set,
        year=report.year,
        state=Report.State.SUBMITTED,
    )
    return same_year.order_by("-version").first()


# -- what the report itself carries ------------------------------------------------------------------------------


def _position(before: Report, after: Report) -> Iterator[Told]:
    """Totals and allowance position that differ."""
    writer = Presenter(after, results.result_of(after))
    old = {(one.name, one.key): one for one in tables.summary(Presenter(before, results.result_of(before)))}
    for one in tables.summary(writer):
        was = old.get((one.name, one.key))
        if was is None or not same(was.value, one.value):
            yield Told(one.label, _shown(was), _shown(one), one.unit, one.url)


def _shown(one: Shown | None) -> str:
    if one is None:
        return "—"
    return _("waiting") if one.is_waiting else one.text


def _lists(before: Report, after: Report) -> Iterator[Told]:
    """Published lists of key units whose figure was decided on the year of the report."""
    if not list(_position(before, after)):
        return
    entries = ListEntry.objects.filter(
        entity__organisation=after.organisation_id,
        unit_list__year=after.year + DECIDES_AFTER,
        unit_list__sector=after.rule_set,
        unit_list__state=UnitList.State.PUBLISHED,
        emission__isnull=False,
    ).select_related("unit_list")
    for one in entries:
        label = _("%(list)s: emissions that decide") % {"list": one.unit_list}
        yield Told(label, f"{one.emission:,f}", _("changed since"), "tCO2")


register(
    Consequence(
        "position",
        gettext_lazy("Totals and allowance position"),
        gettext_lazy(
            "They follow the corrected version; what was issued or surrendered on the old one is settled by the authority."
        ),
        _position,
    )
)
register(
    Consequence(
        "lists",
        gettext_lazy("Lists of key units"),
        gettext_lazy(
            "The figure of the list stays as it was decided and is marked as changed since; the province decides on a correction of the list."
        ),
        _lists,
    )
)
