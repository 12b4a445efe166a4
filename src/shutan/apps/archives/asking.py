"""Asking for an archive, and taking it: each is one `act`, so that the log says who took which records when."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, System, act
from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.archives import queries
from shutan.apps.archives.forms import ArchiveForm
from shutan.apps.archives.models import Archive
from shutan.apps.archives.tasks import make
from shutan.apps.common.refusals import FaultsError

OPEN = (Archive.State.WAITING, Archive.State.RUNNING)


def ask(actor: Actor, organisation: Organisation, form: ArchiveForm, *, now: datetime) -> Archive:
    """Have an archive made by the worker; while the same one is being made, that one.

    Raises:
        FaultsError: something is wrong with what was asked.
        PermissionDenied: it is another's ledger, or everything of an enterprise asked by somebody else.
    """
    _sees(actor, organisation)
    if not form.is_valid():
        raise FaultsError(form)
    told = {name: form.cleaned_data[name] for name in ("purpose", "first_year", "last_year", "month", "need")}
    if told["purpose"] == Archive.Purpose.OWN and not (
        isinstance(actor, System) or queries.is_own(actor, organisation)
    ):
        raise PermissionDenied("archives.ask")
    with act(actor, "archives.ask", now=now, why=form.cleaned_data["reason"]) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # two clicks at once make one
        open_ = Archive.objects.filter(organisation=organisation, state__in=OPEN, **told).first()
        made = open_ or Archive.objects.create(
            organisation=organisation,
            reason=form.cleaned_data["reason"],
            asked_by=actor if isinstance(actor, User) else None,
            asked_at=now,
            **told,
        )
        if open_ is None:
            make.defer(archive=made.pk)  # the job stands in this very transaction
        entry.about(made, purpose=made.purpose, period=made.period, need=made.need)
    return made


def take(person: User, archive: Archive, *, now: datetime) -> None:
    """Note that a person takes an archive.

    Raises:
        ValidationError: it is not made yet, or was dropped.
    """
    with act(person, "archives.take", now=now) as entry:
        if not archive.size:
            raise ValidationError(_("There is no file: it is not made yet, or was dropped after a month."))
        entry.about(archive, sha256=archive.sha256)


def _sees(actor: Actor, organisation: Organisation) -> None:
    if isinstance(actor, User) and not queries.enterprises(actor).filter(pk=organisation.pk).exists():
        raise PermissionDenied("archives.ask")
    if organisation.kind != Kind.ENTERPRISE:
        raise PermissionDenied("archives.ask")
