"""What people do with reports. Web, API and command line all call these; each is one `act` (accounts/log.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.common.language import language
from shutan.apps.reporting import assembling, declarations, findings, intake, results, rows, storage
from shutan.apps.reporting.models import ReadingProblem, Report, ReportedValue, StatedUncertainty
from shutan.documents.problem import MISSING, Problem, Reading
from shutan.documents.uncertainty import written
from shutan.documents.wording import pick
from shutan.kernel import Result
from shutan.kernel.uncertainty import Stated
from shutan.rules.registry import rule_set


class UnreadableError(Exception):
    """Nothing could be saved: not even which rule set and year it is could be read. Carries all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("unreadable")
        self.problems = tuple(problems)


class StaleError(Exception):
    """Someone else changed the report meanwhile."""


class BlockedError(Exception):
    """The report cannot be submitted; says why."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True)
class Created:
    """A report and whether this call made it, or an earlier one with the same content."""

    report: Report
    is_new: bool


def one_upload(uploads: Sequence[storage.Upload]) -> storage.Upload:
    """Return the file that was sent, or the enterprise's workbook that several sectors' workbooks add up to.

    Raises:
        UnreadableError: they do not fit together: other years, a line in two of them, a missing part.
    """
    if len(uploads) == 1:
        return uploads[0]
    made, problems = intake.enterprise(uploads)
    if made is None:
        raise UnreadableError(problems)
    return made


def create_report_from_workbook(
    actor: Actor,
    upload: storage.Upload,
    *,
    organisation: Organisation,
    title: str = "",
    rules_year: int | None = None,
    strict: bool = False,
    now: datetime,
    why: str = "",
) -> Created:
    """Save a filled-in workbook as a draft, with whatever is wrong in it; `strict` refuses one with errors.

    Raises:
        UnreadableError: it is no workbook of ours, or has errors and `strict` is asked for.
    """
    reading = intake.workbook(upload, rules_year)
    if strict and reading.errors:
        raise UnreadableError(reading.problems)
    return _create(actor, reading, upload, organisation=organisation, title=title, now=now, why=why)


def create_report_from_json(
    actor: Actor,
    upload: storage.Upload,
    *,
    organisation: Organisation,
    title: str = "",
    rules_year: int | None = None,
    strict: bool = False,
    now: datetime,
    why: str = "",
) -> Created:
    """Save a report sent as JSON as a draft; `strict` refuses one with errors.

    Raises:
        UnreadableError: it is no report of ours, or has errors and `strict` is asked for.
    """
    reading = intake.json_report(upload, rules_year)
    if strict and reading.errors:
        raise UnreadableError(reading.problems)
    return _create(actor, reading, upload, organisation=organisation, title=title, now=now, why=why)


def _create(
    actor: Actor,
    reading: Reading,
    upload: storage.Upload,
    *,
    organisation: Organisation,
    title: str,
    now: datetime,
    why: str,
) -> Created:
    own(actor, organisation, "reporting.create_report", now)
    rules, year = reading.rules, reading.year
    if rules is None or year is None:
        raise UnreadableError(reading.problems)
    person = actor if isinstance(actor, User) else None
    rules_year = reading.rules_year or year
    told = f"{rules.name} {year} {rules_year} {upload.sha256}"
    with transaction.atomic():
        # One upload of an organisation at a time: the second click waits and finds the first one's report.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        corrects = last_submitted(organisation, rules.name, year) if rules_year == year else None
        content_key = hashlib.sha256(f"{told} {corrects.pk if corrects else 0}".encode()).hexdigest()
        found = Report.objects.filter(organisation=organisation, content_key=content_key).first()
        if found:
            return Created(found, is_new=False)
        with act(actor, "reporting.create_report", now=now, why=why) as entry:
            report = Report.objects.create(
                organisation=organisation,
                rule_set=rules.name,
                year=year,
                rules_year=rules_year,
                title=(title or _title(reading))[:200],
                source=storage.keep(upload, organisation, person, now),
                content_key=content_key,
                created_by=person,
                created_at=now,
                changed_at=now,
            )
            rows.write(rows.given_lines(report.pk, rules, reading.data))
            keep_problems(report, reading.problems)
            compute(report)
            entry.about(report, year=year, rule_set=rules.name, file=upload.name, sha256=upload.sha256)
    return Created(report, is_new=True)


def _title(reading: Reading) -> str:
    """Year and name as the report gives them; in Chinese where it gives none, as the log is."""
    assert reading.rules is not None  # noqa: S101 - asked before
    name = reading.title or pick(reading.rules.title, "zh")
    return f"{name} {reading.year}"


def last_submitted(organisation: Organisation, rules: str, year: int) -> Report | None:
    """The latest submitted report of an organisation and year."""
    return (
        Report.objects.filter(
            organisation=organisation, rule_set=rules, year=year, state=Report.State.SUBMITTED
        )
        .order_by("-version")
        .first()
    )


def keep_problems(report: Report, problems: Sequence[Problem]) -> None:
    """Write what is wrong with a draft's data instead of what was."""
    report.problems.all().delete()
    ReadingProblem.objects.bulk_create(
        ReadingProblem(
            report=report,
            position=position,
            sheet=one.place.sheet[:100],
            place=one.place.place[:200],
            wrong_zh=one.message.zh,
            wrong_en=one.message.en,
            expected_zh=one.expected.zh if one.expected else "",
            expected_en=one.expected.en if one.expected else "",
            blocks=one.severity == "error",
            empty=one.code in MISSING,
        )
        for position, one in enumerate(problems)
    )


def compute(report: Report) -> Result:
    """Write the computed values and findings of a draft anew."""
    rules = rule_set(report.rule_set)
    known = results.register(report.rule_set, report)
    given = rows.dataset(report.pk, rules)  # from the rows, so that what is shown is what was saved
    result = rules.evaluate(report.rules_year, given, known)
    ReportedValue.objects.filter(report=report, obtained=ReportedValue.Obtained.COMPUTED).delete()
    rows.write(rows.computed_lines(report.pk, result))
    findings.write(report, findings.screen(report, result, known))
    report.computed_with = results.fingerprint(rules, known)
    report.save(update_fields=["computed_with"])
    return result


def recompute(actor: Actor, report: Report, *, revision: int, now: datetime, why: str = "") -> Report:
    """Compute a draft again by today's rules and confirmed parameters.

    Raises:
        StaleError: someone changed it meanwhile.
    """
    own(actor, report.organisation, "reporting.recompute", now)
    with act(actor, "reporting.recompute", now=now, why=why) as entry:
        held = hold(report, revision)
        compute(held)
        touch(held, now)
        entry.about(held)
    return held


def rename(actor: Actor, report: Report, title: str, *, revision: int, now: datetime) -> Report:
    """Give a draft another title."""
    own(actor, report.organisation, "reporting.rename", now)
    with act(actor, "reporting.rename", now=now) as entry:
        held = hold(report, revision)
        held.title = title.strip() or held.title
        held.clean_fields(exclude={field.name for field in Report._meta.fields} - {"title"})  # noqa: SLF001
        touch(held, now)
        entry.about(held)
    return held


def submit(actor: Actor, report: Report, *, revision: int, now: datetime, why: str = "") -> Report:
    """Freeze a draft as its organisation's report of the year, or as the correction of the one before.

    Raises:
        BlockedError: something stands against it; all of it is named.
        StaleError: someone changed it meanwhile.
    """
    own(actor, report.organisation, "reporting.submit", now)
    with act(actor, "reporting.submit", now=now, why=why) as entry:
        Organisation.objects.select_for_update().get(pk=report.organisation_id)
        held = hold(report, revision)
        compute(held)
        before = last_submitted(held.organisation, held.rule_set, held.year)
        reasons = against_submission(held, strict=True)
        if before and not why.strip():
            reasons.append(_("A correction needs its reason."))
        if reasons:
            raise BlockedError(reasons)
        held.state = Report.State.SUBMITTED
        held.version = before.version + 1 if before else 1
        held.previous, held.reason = before, why.strip()
        held.submitted_by = actor if isinstance(actor, User) else None
        held.submitted_at = now
        touch(held, now)
        entry.about(held, version=held.version)
        entry.prove(version=held.version)
    return held


def against_submission(report: Report, *, strict: bool = False) -> list[str]:
    """Everything that keeps a draft from being submitted, in the language of the page.

    `strict` compares every value with what was declared, though no step was taken since: a value of the law may have come.
    """
    reasons = []
    if report.is_exercise:
        reasons.append(_("This is an exercise under the rules of another year, not a legal report."))
    standing_in_file = report.problems.filter(blocks=True)
    if unread := standing_in_file.filter(empty=False).count():
        reasons.append(
            _("%(n)s cells could not be read: correct the file and upload it again.") % {"n": unread}
        )
    if empty := standing_in_file.filter(empty=True).count():
        reasons.append(
            (
                _("%(n)s mandatory cells are empty: file the months that are missing, or add the values.")
                if hasattr(report, "assembly")
                else _("%(n)s mandatory cells are empty: fill them in and upload the file again.")
            )
            % {"n": empty}
        )
    if gaps := assembling.uncovered(report):
        told = {"months": _(", ").join(f"{report.year}-{one:02d}" for one in gaps)}
        reasons.append(
            _("Nothing is known of %(months)s: file these months, also as stopped, or add their values.")
            % told
        )
    standing = report.findings.filter(blocks=True).order_by("position")
    said = [f"{one.check_id} {getattr(one, f'message_{language()}')}" for one in standing]
    declared = [] if report.is_exercise else declarations.against(report, strict=strict)
    return [*reasons, *said, *declared]


def delete_draft(actor: Actor, report: Report, *, revision: int, now: datetime, why: str = "") -> None:
    """Throw a draft away; the uploaded file stays as evidence of what arrived."""
    own(actor, report.organisation, "reporting.delete_draft", now)
    with act(actor, "reporting.delete_draft", now=now, why=why) as entry:
        held = hold(report, revision)
        entry.about(held, year=held.year, rule_set=held.rule_set)
        label = str(held)
        ReportedValue.objects.filter(report=held)._raw_delete("default")  # noqa: SLF001 - thousands of rows
        held.delete()
        held.pk = report.pk
        entry.about(held, label)


def state_uncertainties(actor: Actor, report: Report, stated: Sequence[Stated], *, now: datetime) -> None:
    """Keep statements with a report instead of those before; a submitted one may have them too, they are not filed."""
    own(actor, report.organisation, "reporting.state_uncertainties", now)
    with act(actor, "reporting.state_uncertainties", now=now) as entry:
        Report.objects.select_for_update().get(pk=report.pk)
        report.uncertainties.all().delete()
        StatedUncertainty.objects.bulk_create(
            StatedUncertainty(
                report=report,
                position=position,
                name=one.name,
                key=None if one.key is None else list(map(str, one.key)),
                half_width=Decimal(f"{one.half_width:.8f}"),
                shape=one.shape,
                shared=one.shared,
                stated_by=actor if isinstance(actor, User) else None,
                stated_at=now,
            )
            for position, one in enumerate(stated)
        )
        entry.about(report, statements=[written(one) for one in stated])


def hold(report: Report, revision: int) -> Report:
    """The report, locked; only while it is a draft and as the caller saw it."""
    held = Report.objects.select_for_update().select_related("organisation").get(pk=report.pk)
    if held.revision != revision:
        raise StaleError
    if not held.is_draft:
        raise ValidationError(_("A submitted report cannot change: upload a corrected one."))
    return held


def touch(report: Report, now: datetime) -> None:
    """Count a change and save."""
    report.revision += 1
    report.changed_at = now
    report.save()


def own(actor: Actor, organisation: Organisation, action: str, now: datetime) -> None:
    """People act for their own organisation or under a mandate in force, as the access table lets them; only enterprises report.

    A report is submitted by the unit itself, whoever prepared it (MA 11, 13): the access table says so.
    """
    if organisation.kind != Kind.ENTERPRISE or not access.may_do(actor, action):
        raise PermissionDenied(action)
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))
