"""What people do with a report that is put together from filed months. Each is one `act`, as in actions.py."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.language import language
from shutan.apps.filing.models import Book
from shutan.apps.reporting import assembling, intake, rows
from shutan.apps.reporting.actions import (
    Created,
    UnreadableError,
    compute,
    hold,
    keep_problems,
    last_submitted,
    own,
    touch,
)
from shutan.apps.reporting.assembling import Merged, Place
from shutan.apps.reporting.models import AssembledMonth, Assembly, Report, ReportedValue
from shutan.apps.reporting.storage import Upload
from shutan.documents.wording import label_of, pick
from shutan.kernel import Dataset, RuleSet
from shutan.rules.registry import rule_set

MOST_NAMED = 10


@dataclass(frozen=True)
class Assembled:
    """A report put together again, and values of people that gave way because a month speaks of them by now."""

    report: Report
    replaced: list[Place]


def assemble(actor: Actor, book: Book, *, now: datetime, why: str = "") -> Created:
    """Make a draft of the year's report from the months that count; a second click finds the first one's draft.

    A correction begins with what people had added to the version it corrects, wherever no month speaks of it.

    Raises:
        ValidationError: no month of the book counts yet.
    """
    own(actor, book.organisation, "reporting.assemble", now)
    rules = rule_set(book.rule_set)
    title = rules.report.title if rules.report else rules.title
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=book.organisation_id)
        corrects = last_submitted(book.organisation, book.rule_set, book.year)
        told = f"assembled {book.pk} {corrects.pk if corrects else 0}"
        content_key = hashlib.sha256(told.encode()).hexdigest()
        found = Report.objects.filter(organisation=book.organisation, content_key=content_key).first()
        if found:
            return Created(found, is_new=False)
        with act(actor, "reporting.assemble", now=now, why=why) as entry:
            report = Report.objects.create(
                organisation=book.organisation,
                rule_set=book.rule_set,
                year=book.year,
                rules_year=book.year,
                title=f"{pick(title, 'zh')} {book.year}"[:200],
                content_key=content_key,
                created_by=actor if isinstance(actor, User) else None,
                created_at=now,
                changed_at=now,
            )
            took = _take(actor, report, book, _added(corrects), now)
            compute(report)
            entry.about(report, year=book.year, rule_set=book.rule_set, months=took[1])
    return Created(report, is_new=True)


def assemble_again(actor: Actor, report: Report, *, revision: int, now: datetime, why: str = "") -> Assembled:
    """Take the months anew as they count now; what people added stays wherever no month speaks of it.

    Raises:
        StaleError: someone changed the draft meanwhile.
        ValidationError: it is submitted, or was not put together from months.
    """
    own(actor, report.organisation, "reporting.assemble_again", now)
    with act(actor, "reporting.assemble_again", now=now, why=why) as entry:
        held = hold(report, revision)
        book = _book(held)
        merged, took = _take(actor, held, book, _added(held), now)
        compute(held)
        touch(held, now)
        entry.about(held, months=took, replaced=[list(map(str, one)) for one in merged.against])
    return Assembled(held, merged.against)


def add(
    actor: Actor, report: Report, upload: Upload, *, revision: int, now: datetime, why: str = ""
) -> Report:
    """Add to a draft from months what no month says, out of the year's filled-in workbook.

    Raises:
        UnreadableError: it is no workbook of ours.
        StaleError: someone changed the draft meanwhile.
        ValidationError: it is of another year or sector, or says something else than a month: that month is corrected first.
    """
    own(actor, report.organisation, "reporting.add_values", now)
    reading = intake.json_report(upload) if intake.is_json(upload) else intake.workbook(upload)
    if reading.rules is None or reading.year is None or not reading.computable:
        raise UnreadableError(reading.problems)
    with act(actor, "reporting.add_values", now=now, why=why) as entry:
        held = hold(report, revision)
        _book(held)
        rules = rule_set(held.rule_set)
        if (reading.rules.name, reading.year) != (held.rule_set, held.year):
            raise ValidationError(_("This workbook is of another sector or year."))
        before = rows.dataset(held.pk, rules)
        merged = assembling.merge(rules, assembling.taken(before), reading.data)
        if merged.against:
            raise ValidationError(_against(rules, merged.against))
        _write(held, rules, assembling.merge(rules, merged.data, assembling.additions(before)).data)
        compute(held)
        touch(held, now)
        entry.about(held, added=len(merged.added), file=upload.name, sha256=upload.sha256)
    return held


def _added(report: Report | None) -> Dataset:
    """What people added to a report from months."""
    if report is None or not Assembly.objects.filter(report=report).exists():
        return Dataset()
    return assembling.additions(rows.dataset(report.pk, rule_set(report.rule_set)))


def _book(report: Report) -> Book:
    assembly = Assembly.objects.filter(report=report).select_related("book__organisation").first()
    if assembly is None:
        raise ValidationError(_("This report was uploaded: it was not put together from months."))
    return assembly.book


def _take(
    actor: Actor, report: Report, book: Book, added: Dataset, now: datetime
) -> tuple[Merged, list[str]]:
    """Write a book's months that count into a draft, and which they are."""
    rules = rule_set(book.rule_set)
    held = Book.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=book.pk)
    stand = assembling.standing(assembling.versions(None, held))
    counting = [one.counts for one in stand if one.counts]
    if not counting:
        raise ValidationError(_("No month of this book was filed yet: a report is made of filed months."))
    merged = assembling.merge(rules, assembling.marked(assembling.year_of(held, stand)), added)
    _write(report, rules, merged.data)
    AssembledMonth.objects.filter(report=report).delete()
    AssembledMonth.objects.bulk_create(AssembledMonth(report=report, filing=one) for one in counting)
    Assembly.objects.update_or_create(
        report=report,
        defaults={
            "book": held,
            "book_revision": held.revision,
            "assembled_by": actor if isinstance(actor, User) else None,
            "assembled_at": now,
        },
    )
    return merged, [f"{one.period} v{one.version}" for one in counting]


def _write(report: Report, rules: RuleSet, data: Dataset) -> None:
    given = ReportedValue.objects.filter(report=report, obtained=ReportedValue.Obtained.GIVEN)
    given._raw_delete("default")  # noqa: SLF001 - thousands of rows
    rows.write(rows.given_lines(report.pk, rules, data))
    keep_problems(report, assembling.faults(rules, report.year, data))


def _against(rules: RuleSet, places: list[Place]) -> list[str]:
    """What a workbook says otherwise, a line each, and what to do."""
    words, titles = language(), {one.name: one.label for one in rules.tables}
    named = [
        " · ".join((pick(titles[table], words), *key, label_of(rules, variable, words)))
        for table, key, variable in places[:MOST_NAMED]
    ]
    n = len(places)
    said = ngettext(
        "The workbook says something else than the draft about %(n)s value: correct the month, then put the report together again.",
        "The workbook says something else than the draft about %(n)s values: correct the months, then put the report together again.",
        n,
    ) % {"n": n}
    return [said, *named]
