"""What people do with test reports. Web, API and import all call these; each is one `act`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Organisation, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.common import files
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.labreports.forms import TestReportForm
from shutan.apps.labreports.models import TestReport

State = TestReport.State
_CREATED = re.compile(rb"/CreationDate\s*\(D:(\d{4})(\d{2})(\d{2})|<xmp:CreateDate>(\d{4})-(\d{2})-(\d{2})")


def record(
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    sent: Mapping[str, Any] | None = None,
    *,
    now: datetime,
) -> TestReport:
    """Put a report on record.

    Raises:
        FaultsError: something is wrong.
    """
    _own(actor, organisation, now)
    with act(actor, "labreports.record", now=now) as entry:
        form = TestReportForm(values, sent, instance=TestReport(recorded_at=now), organisation=organisation)
        made = _save(form, actor, now)
        entry.about(made, number=made.number)
    return made


def change(
    actor: Actor,
    report: TestReport,
    values: Mapping[str, Any],
    sent: Mapping[str, Any] | None = None,
    *,
    revision: int,
    reason: str = "",
    now: datetime,
) -> TestReport:
    """Change a report; one that was used in a submission stays and is corrected by a further version, with a reason.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed it since `revision` was read.
        ValidationError: it does not count any more, or a correction has no reason.
    """
    _own(actor, report.organisation, now)
    with act(actor, "labreports.change", now=now, why=reason[:500]) as entry:
        held = _held(report)
        if held.revision != revision:
            raise StaleError(held)
        if held.used_at is None:
            form = TestReportForm(values, sent, instance=held, organisation=held.organisation)
            kept = _save(form, actor, now)
        else:
            kept = _correct(actor, held, values, sent, reason=reason.strip(), now=now)
        entry.about(kept, number=kept.number, version=kept.version)
    return kept


def _correct(
    actor: Actor,
    held: TestReport,
    values: Mapping[str, Any],
    sent: Mapping[str, Any] | None,
    *,
    reason: str,
    now: datetime,
) -> TestReport:
    if not reason:
        raise ValidationError({"why": _("This report was used in a submission: say why it is corrected.")})
    new = TestReport(
        recorded_at=now,
        previous=held,
        version=held.version + 1,
        sha256=held.sha256,
        file_name=held.file_name,
        file_created_on=held.file_created_on,
    )
    form = TestReportForm(values, sent, instance=new, organisation=held.organisation)
    if not form.is_valid():
        raise FaultsError(form)
    held.state, held.reason, held.revision = State.REPLACED, reason[:500], held.revision + 1
    held.save(update_fields=["state", "reason", "revision"])
    return _save(form, actor, now)


def withdraw(actor: Actor, report: TestReport, *, reason: str, now: datetime) -> TestReport:
    """Say that a report does not count; it stays readable with the reason.

    Raises:
        ValidationError: no reason, or it was used in a submission: that one is corrected.
    """
    _own(actor, report.organisation, now)
    with act(actor, "labreports.withdraw", now=now, why=reason[:500]) as entry:
        held = _held(report)
        if held.used_at is not None:
            raise ValidationError(_("This report was used in a submission: correct it by a further version."))
        if not reason.strip():
            raise ValidationError({"why": _("Say why.")})
        held.state, held.reason, held.revision = State.WITHDRAWN, reason.strip()[:500], held.revision + 1
        held.save(update_fields=["state", "reason", "revision"])
        entry.about(held)
    return held


def import_reports(actor: Actor, organisation: Organisation, forms: Sequence[Any], *, now: datetime) -> int:
    """Keep all reports that a workbook says, or none: it was read without fault. Returns how many are new or changed."""
    _own(actor, organisation, now)
    with act(actor, "labreports.import_reports", now=now) as entry:
        changed = [form for form in forms if form.instance.pk is None or form.has_changed()]
        for form in changed:
            if form.instance.used_at is not None:
                raise ValidationError(
                    _("Report %(number)s was used in a submission: correct it on its page, with a reason.")
                    % {"number": form.instance.number}
                )
            if form.instance.pk is None:
                form.instance.recorded_at = now
            _save(form, actor, now)
        entry.about(organisation, reports=len(forms), changed=len(changed))
    return len(changed)


def use(reports: Sequence[TestReport], *, now: datetime) -> None:
    """Freeze reports because a submission rests on them. Called inside the submission's own action and transaction."""
    TestReport.objects.filter(pk__in=[one.pk for one in reports], state=State.RECORDED, used_at=None).update(
        used_at=now
    )


def created_on(content: bytes) -> date | None:
    """The day on which a PDF says it was made; None where it does not say so in plain."""
    found = _CREATED.search(content)
    if found is None:
        return None
    parts = [int(one) for one in found.groups() if one is not None]
    try:
        return date(*parts)
    except ValueError:
        return None


def as_file(upload: files.Upload) -> SimpleUploadedFile:
    """A file that did not come from a browser, as a form takes it."""
    return SimpleUploadedFile(upload.name, upload.content)


def _own(actor: Actor, organisation: Organisation, now: datetime) -> None:
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))


def _held(report: TestReport) -> TestReport:
    held = TestReport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
    if held.state != State.RECORDED:
        raise ValidationError(_("This report does not count any more."))
    return held


def _save(form: TestReportForm, actor: Actor, now: datetime) -> TestReport:
    if not form.is_valid():
        raise FaultsError(form)
    kept: TestReport = form.save(commit=False)
    if upload := form.cleaned_data.get("document"):
        kept.sha256, kept.file_name = files.store(upload), files.clean_name(upload.name)
        kept.file_created_on = created_on(upload.content)
    if kept.pk:
        kept.revision += 1
    kept.changed_at, kept.changed_by = now, actor if isinstance(actor, User) else None
    kept.save()
    return kept
