"""What people do with the ledger: records on paper kept, placed, handed over, disposed of. Web, API and import call these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.archives import queries, retention
from shutan.apps.archives.forms import PaperForm, PlaceForm
from shutan.apps.archives.models import Line, Paper, State
from shutan.apps.common.refusals import FaultsError, StaleError


def keep(
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    held: Paper | None = None,
    revision: int = 0,
    now: datetime,
) -> Paper:
    """Add a record that lies on paper alone, or change one.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed it since `revision` was read.
        ValidationError: it was handed over or disposed of.
    """
    _own(actor, organisation)
    with act(actor, "archives.keep", now=now) as entry:
        row = Paper(organisation=organisation) if held is None else _held(held, revision)
        made = _save(PaperForm(values, instance=row, organisation=organisation), actor, now)
        entry.about(made)
    return made


def put(actor: Actor, line: Line, values: Mapping[str, Any], *, revision: int = 0, now: datetime) -> Paper:
    """Say where the paper of a record lies that the system holds, and which department keeps it.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone said it since `revision` was read (0: nobody had).
    """
    _own(actor, line.organisation)
    with act(actor, "archives.put", now=now) as entry:
        made = _save(PlaceForm(values, instance=_paper_of(line, revision)), actor, now)
        entry.about(made, label=str(line), place=made.place)
    return made


def hand_over(actor: Actor, line: Line, *, reason: str, on: date, revision: int, now: datetime) -> Paper:
    """Say that a paper was given to another department or archive; its line stays.

    Raises:
        ValidationError: no reason, or not before today's end.
        StaleError: as above.
    """
    return _close(
        actor, "archives.hand_over", line, State.HANDED_OVER, reason=reason, on=on, revision=revision, now=now
    )


def dispose(actor: Actor, line: Line, *, reason: str, on: date, revision: int, now: datetime) -> Paper:
    """Say that a paper was destroyed: with a reason, and only once it need not be kept any more. Its line stays.

    Raises:
        ValidationError: no reason, too early, or nothing says how long it must be kept.
        StaleError: as above.
    """
    return _close(
        actor, "archives.dispose", line, State.DISPOSED, reason=reason, on=on, revision=revision, now=now
    )


def import_papers(
    actor: Actor, organisation: Organisation, forms: Sequence[PaperForm], *, now: datetime
) -> int:
    """Keep all records that a workbook says, or none: it was read without fault. Returns how many are new or changed.

    Raises:
        ValidationError: one of them was handed over or disposed of.
    """
    _own(actor, organisation)
    with act(actor, "archives.import_papers", now=now) as entry:
        changed = [form for form in forms if form.instance.pk is None or form.has_changed()]
        for form in changed:
            if form.instance.state != State.KEPT:
                raise ValidationError(_("%(paper)s is closed: it stays as it is.") % {"paper": form.instance})
            _save(form, actor, now)
        entry.about(organisation, records=len(forms), changed=len(changed))
    return len(changed)


def _close(
    actor: Actor, action: str, line: Line, state: str, *, reason: str, on: date, revision: int, now: datetime
) -> Paper:
    _own(actor, line.organisation)
    with act(actor, action, now=now, why=reason[:500]) as entry:
        if not reason.strip():
            raise ValidationError({"reason": _("Say to whom, and why.")})
        if on > timezone.localdate(now):
            raise ValidationError({"on": _("This day is still to come.")})
        if state == State.DISPOSED:
            _may_go(line, on)
        held = _paper_of(line, revision)
        held.state, held.reason, held.closed_on = state, reason.strip()[:500], on
        _keep(held, actor, now)
        entry.about(held, label=str(line), on=on.isoformat())
    return held


def _may_go(line: Line, on: date) -> None:
    held = retention.of_line(line, on)
    if held.until is None:
        raise ValidationError(
            _(
                "Nothing says how long this must be kept. Set the day of your own rules first; until then it stays."
            )
        )
    if not held.is_over(on):
        raise ValidationError(
            _("It must be kept until %(day)s.") % {"day": date_format(held.until, "DATE_FORMAT")}
        )


def _own(actor: Actor, organisation: Organisation) -> None:
    if isinstance(actor, User) and not queries.is_own(actor, organisation):
        raise PermissionDenied("archives")


def _paper_of(line: Line, revision: int) -> Paper:
    """The row of what only the cupboard knows of a record, locked; a new one where nobody said anything."""
    own = line.source == "archives.paper"
    if line.paper is not None:
        return _held(Paper(pk=line.paper), revision)
    if own:
        raise Paper.DoesNotExist
    Organisation.objects.select_for_update().get(pk=line.organisation_id)
    if there := Paper.objects.filter(source=line.source, source_pk=line.source_pk).first():
        raise StaleError(there)
    return Paper(organisation=line.organisation, source=line.source, source_pk=line.source_pk)


def _held(paper: Paper, revision: int) -> Paper:
    held = Paper.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=paper.pk)
    if held.revision != revision:
        raise StaleError(held)
    if held.state == State.DISPOSED:
        raise ValidationError(_("It was disposed of: its line stays as it is."))
    return held


def _save(form: PaperForm | PlaceForm, actor: Actor, now: datetime) -> Paper:
    if not form.is_valid():
        raise FaultsError(form)
    held: Paper = form.save(commit=False)
    if held.state == State.HANDED_OVER:
        held.state, held.reason, held.closed_on = State.KEPT, "", None  # it came back
    return _keep(held, actor, now)


def _keep(held: Paper, actor: Actor, now: datetime) -> Paper:
    if held.pk:
        held.revision += 1
    held.changed_at, held.changed_by = now, actor if isinstance(actor, User) else None
    held.save()
    return held
