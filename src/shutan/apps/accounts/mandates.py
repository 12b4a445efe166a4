"""What people do with mandates 委托: the principal gives and revokes, the agent accepts or lays down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Kind, Mandate, Organisation, User
from shutan.apps.accounts.scope import PRINCIPALS
from shutan.apps.common import files


def give(
    actor: Actor,
    *,
    principal: Organisation,
    agent: Organisation,
    areas: Sequence[str],
    begins: date,
    ends: date,
    number: str,
    document: files.Upload | None = None,
    now: datetime,
    why: str = "",
) -> Mandate:
    """Offer a service company a mandate; it holds once the company accepts it.

    Raises:
        ValidationError: by field: parties, areas, days, document; or an open mandate already covers them.
    """
    if isinstance(actor, User) and actor.organisation_id != principal.pk:
        raise PermissionDenied("accounts.give_mandate")
    with act(actor, "accounts.give_mandate", now=now, why=why) as entry:
        # One mandate of a principal at a time: the second click waits and finds the first one's.
        Organisation.objects.select_for_update().get(pk=principal.pk)
        mandate = Mandate(
            principal=principal,
            agent=agent,
            areas=[one for one in Area.values if one in areas],
            begins=begins,
            ends=ends,
            number=number.strip(),
            given_by=actor if isinstance(actor, User) else None,
            given_at=now,
        )
        _check(mandate, areas, document, timezone.localdate(now))
        if document:
            mandate.document_sha256 = files.store(document)
            mandate.document_name = files.clean_name(document.name)
        mandate.full_clean()
        mandate.save()
        entry.about(
            mandate,
            areas=mandate.areas,
            begins=begins.isoformat(),
            ends=ends.isoformat(),
            document=mandate.document_sha256,
        )
        entry.prove()
    return mandate


def _check(mandate: Mandate, areas: Sequence[str], document: files.Upload | None, today: date) -> None:
    faults: dict[str, str] = {}
    if mandate.principal.kind not in PRINCIPALS:
        raise ValidationError(_("Only an enterprise gives a mandate."))
    if mandate.agent.kind != Kind.SERVICE:
        faults["agent"] = _("Choose a registered service company.")
    if not mandate.areas or set(areas) - set(Area.values):
        faults["areas"] = _("Choose at least one area.")
    if mandate.ends < mandate.begins:
        faults["ends"] = _("The last day is before the first.")
    elif mandate.ends < today:
        faults["ends"] = _("The last day is past.")
    if document and (said := files.faults(document)):
        faults["document"] = said[0]
    same = Mandate.objects.open(today).filter(
        principal=mandate.principal,
        agent=mandate.agent,
        areas__overlap=mandate.areas,
        begins__lte=mandate.ends,
        ends__gte=mandate.begins,
    )
    if not faults and (found := same.first()):
        faults["agent"] = _("Mandate %(number)s already covers this company, area and time.") % {
            "number": found.number
        }
    if faults:
        raise ValidationError(faults)


def accept(actor: Actor, mandate: Mandate, *, now: datetime) -> Mandate:
    """Take a mandate on: from its first day the company's people act for the principal."""
    if isinstance(actor, User) and actor.organisation_id != mandate.agent_id:
        raise PermissionDenied("accounts.accept_mandate")
    with act(actor, "accounts.accept_mandate", now=now) as entry:
        held = _locked(mandate)
        if held.state(timezone.localdate(now)) != "offered":
            raise ValidationError(_("This mandate is not on offer any more."))
        held.accepted_by, held.accepted_at = actor if isinstance(actor, User) else None, now
        held.save(update_fields=["accepted_by", "accepted_at"])
        entry.about(held)
        entry.prove()
    return held


def end(actor: Actor, mandate: Mandate, *, now: datetime, why: str) -> Mandate:
    """End a mandate at once: the principal revokes it, the agent declines it or lays it down. Needs a reason."""
    if isinstance(actor, User) and actor.organisation_id not in (mandate.principal_id, mandate.agent_id):
        raise PermissionDenied("accounts.end_mandate")
    with act(actor, "accounts.end_mandate", now=now, why=why.strip()) as entry:
        held = _locked(mandate)
        if held.state(timezone.localdate(now)) in ("revoked", "declined", "ended"):
            raise ValidationError(_("This mandate has ended already."))
        if not why.strip():
            raise ValidationError({"why": _("Give the reason: the other side reads it.")})
        held.revoked_by, held.revoked_at = actor if isinstance(actor, User) else None, now
        held.reason = why.strip()[:500]
        held.save(update_fields=["revoked_by", "revoked_at", "reason"])
        entry.about(held)
        entry.prove()
    return held


def _locked(mandate: Mandate) -> Mandate:
    """The mandate as it stands, held against the other side's click at the same moment."""
    found = Mandate.objects.select_for_update(of=("self",)).select_related("principal", "agent")
    return found.get(pk=mandate.pk)
