"""How much the checks say against a filed month or an annual report: a score that explains itself, and a month's findings, kept once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from shutan.apps.common import known
from shutan.apps.filing.checking import months_of
from shutan.apps.filing.content import Year, latest
from shutan.apps.filing.models import FILED, MonthlyFiling
from shutan.apps.review.models import MonthFinding, Screened
from shutan.apps.review.subjects import Subject
from shutan.apps.review.weights import WEIGHTS
from shutan.kernel import Result
from shutan.kernel.grain import MONTH
from shutan.screening import engine
from shutan.screening.catalogue import Audience
from shutan.screening.findings import Field, Finding


def lines(subject: Subject) -> list[tuple[str, int, int, int]]:
    """What its score adds up: severity (or trial), how many, weight, product."""
    if isinstance(subject, MonthlyFiling):
        screened = Screened.objects.filter(filing=subject).first()
        counts = Counter(screened.counts if screened else {})
    else:
        counts = Counter("trial" if one.trial else one.severity for one in subject.findings.all())
    return [
        (name, counts[name], weight, counts[name] * weight)
        for name, weight in WEIGHTS.items()
        if counts.get(name)
    ]


def is_screened(filing: MonthlyFiling) -> bool:
    """Whether the checks have looked at a month."""
    return Screened.objects.filter(filing=filing).exists()


def score(counts: Mapping[str, int]) -> int:
    """What orders the desk: findings by severity, each with its weight; one on trial weighs as the least."""
    return sum(WEIGHTS.get(name, 0) * number for name, number in counts.items())


def month_saved(instance: MonthlyFiling, **_: Any) -> None:
    """Screen a month once it is filed, after the filing has been committed: what goes wrong here never undoes it."""
    if instance.state == MonthlyFiling.State.SUBMITTED:
        transaction.on_commit(lambda: _screen(instance.pk), robust=True)


def _screen(pk: int) -> None:
    filing = MonthlyFiling.objects.select_related("book__organisation").filter(pk=pk).first()
    if filing is not None:
        screen(filing)


def screen(filing: MonthlyFiling) -> Screened:
    """Keep what the checks, those of the regulator included, say about a filed month; a second call changes nothing."""
    with transaction.atomic():
        MonthlyFiling.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if done := Screened.objects.filter(filing=filing).first():
            return done
        found = list(_about(filing))
        MonthFinding.objects.bulk_create(
            _row(filing, at, one, result) for at, (one, result) in enumerate(found)
        )
        counts = Counter("trial" if one.trial else one.severity.value for one, _result in found)
        return Screened.objects.create(filing=filing, score=score(counts), counts=counts, at=timezone.now())


def screen_waiting() -> int:
    """Screen filed months that were not yet, for the worker; returns how many."""
    waiting = MonthlyFiling.objects.filter(state__in=FILED, screened=None).select_related(
        "book__organisation"
    )
    for filing in waiting:
        screen(filing)
    return len(waiting)


def _about(filing: MonthlyFiling) -> Iterable[tuple[Finding, Result]]:
    """Findings about the month itself; the unfinished year may well lack something."""
    earlier = MonthlyFiling.objects.filter(book=filing.book_id, month__lt=filing.month, state__in=FILED)
    year = Year.of(filing.book, {**latest(earlier), filing.month: filing})
    result = year.result()
    found = engine.run(
        result,
        audience=Audience.REGULATOR,
        register=known.register(filing.book.rule_set),
        filed_by=filing.organisation.credit_code or "",
    )
    return [(one, result) for one in found.findings if filing.month in months_of(one, result)]


def _row(filing: MonthlyFiling, position: int, one: Finding, result: Result) -> MonthFinding:
    return MonthFinding(
        filing=filing,
        position=position,
        check_id=one.check,
        severity=one.severity.value,
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
        fields=[{"name": each.name, "key": _key(each, result)} for each in one.fields],
    )


def _key(field: Field, result: Result) -> list[str]:
    """The row within its month."""
    inputs = result.rules.input_table
    grain = inputs[field.name].grain if field.name in inputs else result.rules.grain_of(field.name)
    if len(field.key) != len(grain.dimensions):
        return [str(part) for part in field.key]
    return [str(part) for name, part in zip(grain.dimensions, field.key, strict=True) if name != MONTH]
