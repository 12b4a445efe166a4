"""Keeping an organisation's record: the province registers (actions.py), its own administrator keeps the contact data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Kind, Organisation, User

# What an organisation's own administrator changes; names, codes and groups are the province's.
CONTACT = ("name_en", "address", "contact_name", "contact_phone", "contact_email")
REGISTERED = ("name_zh", "credit_code", "division_code", "head_office")


@dataclass
class ChangedMeanwhileError(Exception):
    """Someone else changed the record since it was read; says what stands there now."""

    organisation: Organisation
    differs: list[tuple[str, str]]  # label of a field and its present value


def fields(actor: Actor, organisation: Organisation) -> tuple[str, ...]:
    """Which fields an actor may change."""
    if not isinstance(actor, User) or actor.kind == Kind.PROVINCE:
        return (*REGISTERED, *CONTACT)
    return CONTACT if actor.organisation_id == organisation.pk else ()


def edit(
    actor: Actor,
    organisation: Organisation,
    changes: Mapping[str, Any],
    *,
    revision: int,
    now: datetime,
    why: str = "",
) -> Organisation:
    """Change fields of an organisation as the caller saw it.

    Raises:
        ChangedMeanwhileError: someone else changed it since.
        PermissionDenied: a field is not the actor's to change.
        ValidationError: by field.
    """
    if not changes or set(changes) - set(fields(actor, organisation)):
        raise PermissionDenied("accounts.edit_organisation")
    with act(actor, "accounts.edit_organisation", now=now, why=why) as entry:
        held = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if held.revision != revision:
            raise ChangedMeanwhileError(held, _differs(held, changes))
        before = {name: getattr(held, name) for name in changes}
        for name, value in changes.items():
            setattr(held, name, value)
        changed = {name: [_plain(before[name]), _plain(getattr(held, name))] for name in changes}
        held.full_clean()
        held.revision += 1
        held.save()
        entry.about(held, changed={name: pair for name, pair in changed.items() if pair[0] != pair[1]})
    return held


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _differs(held: Organisation, changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stands now where the caller wants something else."""
    return [
        (str(Organisation._meta.get_field(name).verbose_name), _plain(getattr(held, name)) or _("empty"))  # type: ignore[union-attr]  # noqa: SLF001
        for name, value in changes.items()
        if _plain(getattr(held, name)) != _plain(value)
    ]
