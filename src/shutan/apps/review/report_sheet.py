"""One annual report as a reviewer reads it: its totals as filed, beside the year before and the version before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.common.values import exact
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.apps.review.checklist import BETWEEN
from shutan.apps.review.models import Question
from shutan.apps.review.sheet import Beside, exact_tenth
from shutan.documents import wording
from shutan.rules.registry import rule_set

Place = tuple[str, tuple[str, ...]]  # variable, key


@dataclass(frozen=True)
class Figure:
    """One total of a report, as it was filed."""

    place: Place
    table: str
    label: str
    text: str  # '' where it waits
    unit: str
    year: Beside | None
    version: Beside | None  # what the version before said, where it said otherwise
    comments: list[Question]

    @property
    def address(self) -> str:
        """Its place as a form or a link carries it."""
        variable, key = self.place
        return BETWEEN.join((self.table, variable, *key))


def figures(person: User, report: Report, questions: Iterable[Question]) -> list[Figure]:
    """The totals that the report's own page shows first, in its order. Three queries."""
    rules = rule_set(report.rule_set)
    names = rules.report.summary if rules.report else ()
    names = names or tuple(one for one in rules.order if rules.grain_of(one) is rules.grains[0])
    before = year_before(person, report)
    own, ago, last = (_values(one, names) for one in (report, before, report.previous))
    asked: dict[Place, list[Question]] = {}
    for one in questions:
        asked.setdefault((one.variable, tuple(one.key)), []).append(one)
    found = []
    for place, value in sorted(own.items(), key=lambda item: (names.index(item[0][0]), item[1].row)):
        version = _beside(value, last.get(place)) if report.previous_id else None
        text = _text(value)
        found.append(
            Figure(
                place=place,
                table=value.table,
                label=" · ".join((*place[1], wording.label_of(rules, place[0], language()))),
                text=text,
                unit=wording.unit_text(rules, value.unit, language()),
                year=_beside(value, ago[place]) if place in ago else None,
                version=None if version is None or version.text == text else version,
                comments=asked.get(place, []),
            )
        )
    return found


def year_before(person: User, report: Report) -> Report | None:
    """The newest submitted report of the same enterprise and rule set about the year before."""
    same = reports.reports(person).filter(
        organisation=report.organisation_id,
        rule_set=report.rule_set,
        year=report.year - 1,
        state=Report.State.SUBMITTED,
    )
    return same.order_by("-version").first()


def _values(report: Report | None, names: tuple[str, ...]) -> dict[Place, ReportedValue]:
    if report is None:
        return {}
    computed = ReportedValue.Obtained.COMPUTED
    rows: Any = ReportedValue.objects.filter(report=report, obtained=computed, variable__in=names)
    return {(one.variable, tuple(one.key)): one for one in rows}


def _text(value: ReportedValue | None) -> str:
    if value is None:
        return ""
    return str(exact(value.number)) if value.number is not None else value.text


def _beside(now: ReportedValue, then: ReportedValue | None) -> Beside:
    text = _text(then)
    if then is None or now.number is None or not then.number:
        return Beside(text)
    return Beside(text, exact_tenth((now.number - then.number) / abs(then.number) * 100))
