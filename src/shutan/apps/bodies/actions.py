"""What people do with the register. Web, API and import all call these; each is one `act`.

The record is locked while its application is under review, so that what the province judges is what was sent in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.audiences import BODY_KINDS
from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.bodies import content, judging, queries
from shutan.apps.bodies.forms import ProfileForm, RowForm
from shutan.apps.bodies.models import Application, Body, Finding, Page, Row, Standing
from shutan.apps.bodies.sections import Section
from shutan.apps.common import files
from shutan.apps.common.refusals import BlockedError, FaultsError, StaleError

# The body's own record


def start(actor: Actor, organisation: Organisation, *, now: datetime, why: str = "") -> Body:
    """Open the record of a body; once it is there, the same one is returned."""
    _own(actor, organisation.pk, "bodies.start")
    if organisation.kind not in BODY_KINDS:
        raise PermissionDenied("bodies.start")
    with act(actor, "bodies.start", now=now, why=why) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        body, _made = Body.objects.get_or_create(
            organisation=organisation,
            defaults={
                "created_at": now,
                "changed_at": now,
                "contact_name": organisation.contact_name,
                "contact_phone": organisation.contact_phone,
                "contact_email": organisation.contact_email,
                "premises": organisation.address,
            },
        )
        entry.about(body)
    return body


def change_profile(
    actor: Actor, body: Body, values: Mapping[str, Any], *, revision: int, now: datetime, why: str = ""
) -> Body:
    """Say something else of the body.

    Args:
        actor: who does it.
        body: whose profile.
        values: what the form of the page sends, by field.
        revision: the revision of the record they saw.
        now: the time.
        why: the reason, for the log.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed it meanwhile.
        BlockedError: an application is under review.
    """
    _own(actor, body.organisation_id, "bodies.change_profile")
    with act(actor, "bodies.change_profile", now=now, why=why) as entry:
        held = _held(body)
        if held.revision != revision:
            raise StaleError(held)
        form = ProfileForm(values, instance=held)
        if not form.is_valid():
            raise FaultsError(form)
        form.save()
        _touch(held, now)
        entry.about(held, changed=sorted(form.changed_data))
    return held


def keep_row(
    actor: Actor,
    body: Body,
    section: Section,
    values: Mapping[str, Any],
    *,
    row: Row | None = None,
    sent: Mapping[str, Any] | None = None,
    revision: int | None = None,
    now: datetime,
    why: str = "",
) -> Row:
    """Add a line to a part of the record, or change one; `sent` holds uploaded files by field.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed or removed the line since `revision` was read.
        BlockedError: an application is under review.
    """
    _own(actor, body.organisation_id, "bodies.keep_row")
    with act(actor, "bodies.keep_row", now=now, why=why) as entry:
        held = _held(body)
        current = _row(section, held, row, revision) if row else section.model()
        form = section.form(values, sent, instance=current, body=held)
        if not form.is_valid():
            raise FaultsError(form)
        kept = _save(form, actor, now)
        _touch(held, now)
        told = {name: content.plain(getattr(kept, name)) for name in form.changed_data if name != "document"}
        entry.about(held, section=section.key, row=kept.pk, new=row is None, values=told)
    return kept


def _save(form: RowForm, actor: Actor, now: datetime) -> Row:
    kept: Row = form.save(commit=False)
    document = form.cleaned_data.get("document")
    if document:
        kept.document_sha256 = files.store(document)  # type: ignore[attr-defined]
        kept.document_name = files.clean_name(document.name)  # type: ignore[attr-defined]
    if kept.pk:
        kept.revision += 1
    kept.changed_at, kept.changed_by = now, _person(actor)
    kept.save()
    return kept


def remove_row(
    actor: Actor, body: Body, section: Section, row: Row, *, revision: int, now: datetime, why: str = ""
) -> None:
    """Take a line away; the log and every application sent in before keep what it said.

    Raises:
        StaleError: someone changed or removed it meanwhile.
        BlockedError: an application is under review.
    """
    _own(actor, body.organisation_id, "bodies.remove_row")
    with act(actor, "bodies.remove_row", now=now, why=why) as entry:
        held = _held(body)
        gone = _row(section, held, row, revision)
        told = {name: content.plain(getattr(gone, name)) for name in section.names}
        pk = gone.pk
        gone.delete()
        _touch(held, now)
        entry.about(held, section=section.key, row=pk, values=told)


def import_rows(
    actor: Actor, body: Body, section: Section, forms: Sequence[RowForm], *, now: datetime, why: str = ""
) -> int:
    """Keep all lines that a workbook says, or none: `workbook.read` has found nothing wrong with them.

    Raises:
        BlockedError: an application is under review.
    """
    _own(actor, body.organisation_id, "bodies.import_rows")
    with act(actor, "bodies.import_rows", now=now, why=why) as entry:
        held = _held(body)
        changed = [form for form in forms if form.instance.pk is None or form.has_changed()]
        for form in changed:
            _save(form, actor, now)
        if changed:
            _touch(held, now)
        entry.about(held, section=section.key, rows=len(forms), changed=len(changed))
    return len(changed)


# Application and decision


def submit(actor: Actor, body: Body, *, revision: int, note: str = "", now: datetime) -> Application:
    """Send the record in: for registration, as a change of what is published, or to renew it.

    Raises:
        BlockedError: something is missing or forbidden, or an application is under review; all of it is named.
        StaleError: someone changed the record since it was read.
    """
    _own(actor, body.organisation_id, "bodies.submit")
    with act(actor, "bodies.submit", now=now, why=note) as entry:
        held = _held(body)
        if held.revision != revision:
            raise StaleError(held)
        today = timezone.localdate(now)
        kind = _kind(held, today)
        record = content.record(held)
        if reasons := judging.against_application(record, today):
            raise BlockedError(reasons)
        made = Application.objects.create(
            body=held,
            kind=kind,
            content=content.whole(record),
            note=note,
            submitted_at=now,
            submitted_by=_person(actor),
        )
        entry.about(held, application=made.pk, kind=kind)
    return made


def _kind(body: Body, today: date) -> str:
    """What an application of a body asks for: a renewal once its end is near, all anew after a withdrawal."""
    page = Page.objects.filter(body=body).first()
    if page is None or body.state == Body.State.WITHDRAWN:
        return Application.Kind.FIRST
    near = page.valid_until is not None and page.valid_until <= today + judging.REMIND_BEFORE
    return Application.Kind.RENEWAL if near else Application.Kind.CHANGE


def take_back(actor: Actor, body: Body, *, now: datetime, why: str = "") -> Application:
    """Take the application back to go on working at the record."""
    _own(actor, body.organisation_id, "bodies.take_back")
    with act(actor, "bodies.take_back", now=now, why=why) as entry:
        made = _under_review(body)
        made.state, made.decided_at, made.decided_by = Application.State.TAKEN_BACK, now, _person(actor)
        made.reason = why
        made.save(update_fields=["state", "decided_at", "decided_by", "reason"])
        entry.about(made.body, application=made.pk)
    return made


def decide(
    actor: Actor,
    application: Application,
    *,
    approve: bool,
    reason: str = "",
    valid_until: date | None = None,
    now: datetime,
) -> Application:
    """Publish what was sent in, or return it with reasons.

    Raises:
        ValidationError: by field: a return without reasons, a last day that is past.
        BlockedError: it was decided or taken back meanwhile.
    """
    with act(actor, "bodies.decide", now=now, why=reason) as entry:
        held = _under_review(application.body)
        if held.pk != application.pk:
            raise BlockedError([_("This application is not under review any more.")])
        if not approve and not reason.strip():
            raise ValidationError({"reason": _("Give the reasons: the body mends its record by them.")})
        if approve and valid_until and valid_until < timezone.localdate(now):
            raise ValidationError({"valid_until": _("This day is past.")})
        held.state = Application.State.APPROVED if approve else Application.State.RETURNED
        held.decided_at, held.decided_by, held.reason = now, _person(actor), reason.strip()
        held.save(update_fields=["state", "decided_at", "decided_by", "reason"])
        if approve:
            _publish(held, actor, valid_until, now)
        entry.about(held.body, application=held.pk, approved=approve)
        entry.prove(version=held.pk)
    return held


STANDING_OF = {
    Application.Kind.FIRST: Standing.Kind.REGISTERED,
    Application.Kind.CHANGE: Standing.Kind.CHANGED,
    Application.Kind.RENEWAL: Standing.Kind.RENEWED,
}


def _publish(application: Application, actor: Actor, valid_until: date | None, now: datetime) -> None:
    """Write what anybody reads. A suspended body stays suspended whatever it mends; resuming is a decision of its own."""
    body = application.body
    shown = content.public(application.content)
    organisation = body.organisation
    page = Page.objects.filter(body=body).first() or Page(body=body, first_published_at=now)
    page.application = application
    page.name_zh, page.name_en = organisation.name_zh, organisation.name_en
    page.credit_code, page.division_code = organisation.credit_code or "", organisation.division_code
    page.services = shown["profile"]["services"]
    page.accreditations = sorted({row["kind"] for row in shown["accreditations"]})
    page.scope = "\n".join(
        f"{row['number']} {row['issuer']} {row['scope']}" for row in shown["accreditations"]
    )
    page.content, page.published_at, page.valid_until = shown, now, valid_until
    page.save()
    if body.state != Body.State.SUSPENDED:
        body.state = Body.State.PUBLISHED
        body.save(update_fields=["state"])
    _stand(
        body,
        STANDING_OF[Application.Kind(application.kind)],
        actor,
        now=now,
        reason=application.reason,
        until=valid_until,
    )


# What may happen to a registration in each state, and what it is then.
STEPS: dict[tuple[str, str], str] = {
    (Body.State.PUBLISHED, Standing.Kind.SUSPENDED): Body.State.SUSPENDED,
    (Body.State.SUSPENDED, Standing.Kind.RESUMED): Body.State.PUBLISHED,
    (Body.State.PUBLISHED, Standing.Kind.WITHDRAWN): Body.State.WITHDRAWN,
    (Body.State.SUSPENDED, Standing.Kind.WITHDRAWN): Body.State.WITHDRAWN,
}


def change_standing(actor: Actor, body: Body, kind: str, *, reason: str, now: datetime) -> Body:
    """Suspend, resume or withdraw a registration; the reason is public.

    Raises:
        ValidationError: it has no reason.
        BlockedError: the registration is not in a state where this can happen.
    """
    with act(actor, "bodies.change_standing", now=now, why=reason) as entry:
        held = _locked(body)
        after = STEPS.get((held.state, kind))
        if after is None:
            raise BlockedError(
                [
                    _("The registration is “%(state)s”: this cannot happen to it now.")
                    % {"state": held.get_state_display()}
                ]
            )
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason: it stands on the public page.")})
        held.state = after
        held.save(update_fields=["state"])
        change = _stand(held, kind, actor, now=now, reason=reason.strip())
        entry.about(held, kind=kind)
        entry.prove(version=change.pk)
    return held


def _stand(
    body: Body, kind: str, actor: Actor, *, now: datetime, reason: str, until: date | None = None
) -> Standing:
    return Standing.objects.create(
        body=body, kind=kind, at=now, by=_person(actor), reason=reason, until=until
    )


# Findings


def record_finding(
    actor: Actor,
    body: Body,
    *,
    found_on: date,
    source: str,
    title: str,
    details: str = "",
    is_public: bool = False,
    now: datetime,
) -> Finding:
    """Put on record what an authority found at a body the actor was given by `queries.bodies`.

    Raises:
        ValidationError: by field.
    """
    with act(actor, "bodies.record_finding", now=now) as entry:
        if found_on > timezone.localdate(now):
            raise ValidationError({"found_on": _("This day is still to come.")})
        person = _person(actor)
        finding = Finding(
            body=body,
            found_on=found_on,
            source=source,
            title=title,
            details=details,
            is_public=is_public,
            recorded_at=now,
            recorded_by=person,
            recorded_for=person.organisation if person else None,
        )
        finding.full_clean()
        finding.save()
        entry.about(body, finding=finding.pk, title=title)
    return finding


def answer_finding(actor: Actor, finding: Finding, answer: str, *, now: datetime) -> Finding:
    """Say what the body has to say to a finding; until it is closed the answer can be given again.

    Raises:
        BlockedError: it is closed.
    """
    _own(actor, finding.body.organisation_id, "bodies.answer_finding")
    with act(actor, "bodies.answer_finding", now=now) as entry:
        held = _open(finding)
        held.answer, held.answered_at, held.state = answer.strip(), now, Finding.State.ANSWERED
        held.full_clean()
        held.save(update_fields=["answer", "answered_at", "state"])
        entry.about(held.body, finding=held.pk)
    return held


def close_finding(actor: Actor, finding: Finding, result: str, *, now: datetime) -> Finding:
    """Close a finding with its result, answered or not; public ones show from now on.

    Raises:
        BlockedError: it is closed already.
        PermissionDenied: another authority recorded it, and the actor's is not the province.
    """
    if (
        isinstance(actor, User)
        and actor.kind != Kind.PROVINCE
        and actor.organisation_id != finding.recorded_for_id
    ):
        raise PermissionDenied("bodies.close_finding")
    with act(actor, "bodies.close_finding", now=now) as entry:
        held = _open(finding)
        held.result, held.closed_at, held.state = result.strip(), now, Finding.State.SETTLED
        held.full_clean()
        held.save(update_fields=["result", "closed_at", "state"])
        entry.about(held.body, finding=held.pk)
    return held


# What the actions share


def _person(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None


def _own(actor: Actor, organisation: int, action: str) -> None:
    """People write the record of their own organisation only."""
    if isinstance(actor, User) and actor.organisation_id != organisation:
        raise PermissionDenied(action)


def _locked(body: Body) -> Body:
    return Body.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=body.pk)


def _held(body: Body) -> Body:
    """The record, locked; only while no application is under review."""
    held = _locked(body)
    if queries.under_review(held):
        raise BlockedError([_("The application is under review: take it back to change the record.")])
    return held


def _under_review(body: Body) -> Application:
    held = _locked(body)
    found = Application.objects.select_for_update().filter(body=held, state=Application.State.REVIEW).first()
    if found is None:
        raise BlockedError([_("No application is under review.")])
    found.body = held
    return found


def _open(finding: Finding) -> Finding:
    held = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("body__organisation")
        .get(pk=finding.pk)
    )
    if held.state == Finding.State.SETTLED:
        raise BlockedError([_("This finding is closed.")])
    return held


def _row(section: Section, body: Body, row: Row, revision: int | None) -> Row:
    """The line as it is now; one that is gone or not as it was seen is stale."""
    held: Row | None = section.model._default_manager.select_for_update().filter(body=body, pk=row.pk).first()  # noqa: SLF001
    if held is None:
        raise BlockedError([_("Someone removed this line meanwhile.")])
    if held.revision != revision:
        raise StaleError(held)
    return held


def _touch(body: Body, now: datetime) -> None:
    """Count a change of the record."""
    body.revision += 1
    body.changed_at = now
    body.save(update_fields=["revision", "changed_at"])
