"""The register of values that arrive by notice: registered by one person, counting once a second one has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import User
from shutan.apps.reporting.models import ParameterNotice
from shutan.rules.registry import rule_sets

State = ParameterNotice.State


def register_parameter(
    actor: User,
    *,
    rule_set: str,
    name: str,
    key: Sequence[str] = (),
    value: Decimal,
    since: date,
    until: date | None = None,
    document: str,
    article: str = "",
    note: str = "",
    status: str = "official",
    now: datetime,
) -> ParameterNotice:
    """Register a value; nothing computes with it before it is confirmed."""
    _check_place(rule_set, name, key)
    with act(actor, "reporting.register_parameter", now=now) as entry:
        notice = ParameterNotice(
            rule_set=rule_set,
            name=name,
            key=list(key),
            value=value,
            since=since,
            until=until,
            document=document,
            article=article,
            note=note,
            status=status,
            registered_by=actor,
            registered_at=now,
        )
        notice.full_clean()
        notice.save()
        entry.about(notice, value=str(value), document=document)
    return notice


def _check_place(rules: str, name: str, key: Sequence[str]) -> None:
    """A value belongs to a parameter and a key that rules use."""
    known = rule_sets().get(rules)
    parameter = known.parameters.get(name) if known else None
    if known is None or parameter is None:
        raise ValidationError({"name": _("No rule uses this parameter.")})
    if len(key) != len(parameter.by):
        raise ValidationError({"key": _("This parameter has another number of keys.")})
    for by, word in zip(parameter.by, key, strict=True):
        choices = known.unit_of(by)
        if isinstance(choices, str) or word not in choices.members:
            raise ValidationError({"key": _("%(word)s is not one of the choices.") % {"word": word}})


def confirm_parameter(
    actor: User, notice: ParameterNotice, *, now: datetime, why: str = ""
) -> ParameterNotice:
    """Let a registered value count. The person who registered it cannot."""
    return _decide(actor, notice, "reporting.confirm_parameter", State.CONFIRMED, now=now, why=why)


def reject_parameter(actor: User, notice: ParameterNotice, *, now: datetime, why: str) -> ParameterNotice:
    """Refuse a registered value, with the reason."""
    if not why.strip():
        raise ValidationError({"why": _("Say why.")})
    return _decide(actor, notice, "reporting.reject_parameter", State.REJECTED, now=now, why=why)


def _decide(
    actor: User, notice: ParameterNotice, action: str, state: str, *, now: datetime, why: str
) -> ParameterNotice:
    with act(actor, action, now=now, why=why) as entry:
        held = ParameterNotice.objects.select_for_update().get(pk=notice.pk)
        if held.registered_by_id == actor.pk:
            raise PermissionDenied(_("A second person decides on a registered value."))
        if held.state != State.REGISTERED:
            raise ValidationError(_("This value has been decided on already."))
        held.state, held.decided_by, held.decided_at = state, actor, now
        held.decision_reason = why.strip()
        held.save()
        entry.about(held, value=str(held.value), document=held.document)
    return held
