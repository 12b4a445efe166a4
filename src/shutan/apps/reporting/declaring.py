"""How people declare a draft: with the scan of the signed and stamped page, or through the site's provider of signatures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.common import files
from shutan.apps.common.files import Upload, clean_name
from shutan.apps.reporting import declarations, rows, signing
from shutan.apps.reporting.actions import hold, own, touch
from shutan.apps.reporting.models import Declaration, Report

Means = Declaration.Means


def with_scan(actor: Actor, report: Report, upload: Upload, *, revision: int, now: datetime) -> Declaration:
    """Keep the scan of the signed and stamped declaration of a draft, instead of one before.

    Raises:
        ValidationError: it is no PDF or picture, the draft is submitted or an exercise.
    """
    own(actor, report.organisation, "reporting.declare", now)
    with act(actor, "reporting.declare", now=now) as entry:
        if said := files.faults(upload):
            raise ValidationError(said)
        made = _keep(actor, report, upload, revision=revision, now=now, means=Means.SCAN)
        entry.about(report, sha256=made.sha256, means=made.means)
    return made


def with_signature(actor: Actor, report: Report, *, revision: int, now: datetime) -> Declaration:
    """Have the provider sign the declaration of a draft.

    Raises:
        ValidationError: there is no provider, it refused, or what came back is no PDF.
    """
    own(actor, report.organisation, "reporting.declare", now)
    provider = signing.provider()
    if provider is None:
        raise ValidationError(
            _("No provider of electronic signatures is configured: upload the stamped scan.")
        )
    asked = signing.Asked(
        declarations.pdf(report, "zh"),
        report.title,
        report.organisation.name_zh,
        report.organisation.credit_code or "",
        actor.username if isinstance(actor, User) else actor.name,
    )
    try:
        signed = provider.sign(asked)
    except signing.RefusedError as error:
        raise ValidationError(str(error)) from error
    with act(actor, "reporting.declare", now=now) as entry:
        upload = Upload(f"{_name(report)}.pdf", signed.document)
        if said := files.faults(upload, kinds=("pdf",)):
            raise ValidationError(said)
        made = _keep(
            actor,
            report,
            upload,
            revision=revision,
            now=now,
            means=Means.SIGNATURE,
            provider=provider.NAME[:100],
            reference=signed.reference[:200],
            certificate=signed.certificate[:300],
        )
        entry.about(report, sha256=made.sha256, means=made.means, provider=made.provider)
    return made


def _keep(
    actor: Actor, report: Report, upload: Upload, *, revision: int, now: datetime, means: str, **more: str
) -> Declaration:
    held = hold(report, revision)
    if held.is_exercise:
        raise ValidationError(_("This is an exercise under the rules of another year, not a legal report."))
    sha256 = files.store(upload)
    touch(held, now)
    Declaration.objects.filter(report=held).delete()
    made = Declaration.objects.create(
        report=held,
        means=means,
        sha256=sha256,
        name=clean_name(upload.name),
        content=rows.content_digest(held.pk),
        revision=held.revision,
        declared_by=actor if isinstance(actor, User) else None,
        declared_at=now,
        **more,
    )
    report.revision, report.changed_at = held.revision, held.changed_at
    return made


def _name(report: Report) -> str:
    return Path(clean_name(f"{report.organisation.name_zh}-{report.year}-declaration.pdf")).stem
