"""The screening of a report as rows, in both languages, with the addresses of the values concerned."""

from __future__ import annotations

from shutan.apps.reporting.models import CheckRun, Finding, Report
from shutan.kernel import ParameterValue, Result
from shutan.screening import engine
from shutan.screening.catalogue import Audience
from shutan.screening.findings import Screening


def screen(report: Report, result: Result, register: tuple[ParameterValue, ...]) -> Screening:
    """Run every check, those of the regulator included: who asks for them is decided when they are read."""
    filed_by = "" if report.is_exercise else report.organisation.credit_code or ""
    return engine.run(result, audience=Audience.REGULATOR, register=register, filed_by=filed_by)


def write(report: Report, screening: Screening) -> None:
    """Replace what the checks said about a draft."""
    Finding.objects.filter(report=report).delete()
    CheckRun.objects.filter(report=report).delete()
    Finding.objects.bulk_create(
        Finding(
            report=report,
            position=position,
            check_id=one.check,
            severity=one.severity.value,
            blocks=one.blocks,
            trial=one.trial,
            audience=one.entry.audience.value,
            name_zh=one.entry.name.zh,
            name_en=one.entry.name.en,
            subject_zh=one.subject.words.zh[:300],
            subject_en=one.subject.words.en[:300],
            message_zh=one.message.zh,
            message_en=one.message.en,
            clears_zh=one.clears.zh,
            clears_en=one.clears.en,
            basis_zh=one.entry.basis.zh,
            basis_en=one.entry.basis.en,
            status=one.status,
            fields=[{**field.json(), "key": [str(part) for part in field.key]} for field in one.fields],
        )
        for position, one in enumerate(screening.findings)
    )
    ran = [
        CheckRun(
            report=report,
            check_id=one.check,
            audience=one.entry.audience.value,
            name_zh=one.entry.name.zh,
            name_en=one.entry.name.en,
            rows=one.rows,
        )
        for one in screening.clean
    ]
    left = [
        CheckRun(
            report=report,
            check_id=one.check,
            audience=one.entry.audience.value,
            name_zh=one.entry.name.zh,
            name_en=one.entry.name.en,
            rows=0,
            why=one.why.value,
            reason_zh=one.reason.zh,
            reason_en=one.reason.en,
        )
        for one in screening.not_run
    ]
    CheckRun.objects.bulk_create(ran + left)
