"""What a policy is made from: the figures and findings of the enterprise's latest report, and what it still owes. Nothing is computed here."""

from __future__ import annotations

from datetime import date
from typing import Any

from shutan.apps.accounts.models import Organisation
from shutan.apps.duties.models import Duty
from shutan.apps.reporting.models import Finding, Report, ReportedValue
from shutan.kernel import RuleSet
from shutan.rules.duties import DUTIES
from shutan.rules.registry import rule_sets

MOST = 60
# Besides the totals of the report: intensities and the benchmarks they are held against, where the guideline has them.
ENDINGS = ("intensity", "_benchmark_applied", "emissions_to_benchmark")


def names(rules: RuleSet) -> list[str]:
    """The figures of a rule set that a policy shows, the totals first."""
    totals = list(rules.report.summary) if rules.report else []
    also = [name for name in rules.rules if name.endswith(ENDINGS) and not name.startswith("monthly_")]
    return list(dict.fromkeys([*totals, *also]))


def latest(organisation: Organisation, year: int) -> list[Report]:
    """Of each rule set the newest submitted report about the year or the years before; a draft only where none was submitted."""
    found: dict[str, Report] = {}
    rows = Report.objects.filter(organisation=organisation, year__lte=year).order_by(
        "-state", "-year", "-version", "-pk"
    )
    for one in rows:
        if not one.is_exercise:
            found.setdefault(one.rule_set, one)
    return list(found.values())


def gather(organisation: Organisation, year: int, today: date) -> dict[str, Any]:
    """All of it as plain data in both languages; a figure that waits says so and has no value."""
    reports = latest(organisation, year)
    return {
        "day": today.isoformat(),
        "reports": [_report(one) for one in reports],
        "findings": [
            {
                "check": one.check_id,
                "zh": one.message_zh,
                "en": one.message_en,
                "clears_zh": one.clears_zh,
                "clears_en": one.clears_en,
                "severity": one.severity,
                "report": one.report_id,
            }
            for one in Finding.objects.filter(report__in=reports, audience="all").order_by(
                "-blocks", "report", "position"
            )[:MOST]
        ],
        "owed": [
            _owed(one)
            for one in Duty.objects.filter(
                organisation=organisation, done_on=None, lapsed=False, due__lt=today
            ).order_by("due", "pk")[:MOST]
        ],
    }


def _owed(duty: Duty) -> dict[str, Any]:
    named, due = DUTIES[duty.name], duty.due.isoformat() if duty.due else ""
    return {
        "zh": f"{named.zh} {duty.period}",
        "en": f"{named.en} {duty.period}",
        "due": due,
        "pk": duty.pk,
    }


def _report(report: Report) -> dict[str, Any]:
    rules = rule_sets().get(report.rule_set)
    wanted = names(rules) if rules else []
    values = ReportedValue.objects.filter(
        report=report, variable__in=wanted, month=None, obtained=ReportedValue.Obtained.COMPUTED
    )
    ordered = sorted(values, key=lambda one: (wanted.index(one.variable), one.row))
    return {
        "pk": report.pk,
        "title": report.title,
        "year": report.year,
        "state": report.state,
        "figures": [_figure(rules, one) for one in ordered[:MOST] if rules],
    }


def _figure(rules: RuleSet, one: ReportedValue) -> dict[str, Any]:
    zh, en = rules.labels_of(one.variable)
    value = None if one.number is None else format(one.number.normalize(), "f")
    return {
        "name": one.variable,
        "zh": zh,
        "en": en,
        "key": " · ".join(one.key),
        "value": value,
        "text": one.text,
        "unit": one.unit,
        "status": one.status,
        "waits": bool(one.waiting),
    }
