"""The register of values that arrive by notice: registered by one person, counting once a second one has confirmed.

What was confirmed is never rewritten: a wrong notice is corrected by another or withdrawn, each by two people, and what
was filed while it counted keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import System, act
from shutan.apps.accounts.models import User
from shutan.apps.common import files
from shutan.apps.reporting import actions
from shutan.apps.reporting.models import NoticeValue, NoticeWithdrawal, ParameterNotice, Report
from shutan.rules.registry import rule_sets

State = ParameterNotice.State
Key = tuple[str, ...]
# Drafts computed anew within a confirmation; the others say on their page and the worklist that they are behind.
MOST_DRAFTS = 10


def register_parameter(
    actor: User,
    *,
    rule_set: str,
    name: str,
    values: Mapping[Key, Decimal],
    since: date,
    until: date | None = None,
    document: str,
    number: str = "",
    issuer: str = "",
    file: files.Upload | None = None,
    article: str = "",
    note: str = "",
    status: str = "official",
    corrects: ParameterNotice | None = None,
    now: datetime,
) -> ParameterNotice:
    """Register the values of a notice by the parameter's key; nothing computes with them before they are confirmed.

    Raises:
        ValidationError: by field; nothing is saved.
    """
    _check_place(rule_set, name, values)
    _check_file(file)
    if corrects is not None:
        _check_corrected(corrects, rule_set, name)
    with act(actor, "reporting.register_parameter", now=now) as entry:
        notice = ParameterNotice(
            rule_set=rule_set,
            name=name,
            since=since,
            until=until,
            document=document.strip(),
            number=number.strip(),
            issuer=issuer.strip(),
            article=article,
            note=note,
            status=status,
            corrects=corrects,
            registered_by=actor,
            registered_at=now,
        )
        if file:
            notice.file_sha256, notice.file_name = files.store(file), files.clean_name(file.name)
        notice.full_clean()
        notice.save()
        for key, value in values.items():
            made = NoticeValue(notice=notice, key=list(key), value=value)
            made.full_clean()
            made.save()
        entry.about(notice, values=_told(notice), document=notice.document, file=notice.file_sha256)
    return notice


def _check_place(rules: str, name: str, values: Mapping[Key, Decimal]) -> None:
    """Values belong to a parameter and keys that rules use."""
    known = rule_sets().get(rules)
    parameter = known.parameters.get(name) if known else None
    if known is None or parameter is None:
        raise ValidationError({"name": _("No rule uses this parameter.")})
    if not values:
        raise ValidationError({"values": _("Give at least one value.")})
    for key in values:
        if len(key) != len(parameter.by):
            raise ValidationError({"values": _("This parameter has another number of keys.")})
        for by, word in zip(parameter.by, key, strict=True):
            choices = known.unit_of(by)
            if isinstance(choices, str) or word not in choices.members:
                raise ValidationError({"values": _("%(word)s is not one of the choices.") % {"word": word}})


def _check_file(file: files.Upload | None) -> None:
    if file and (said := files.faults(file)):
        raise ValidationError({"file": said})


def _check_corrected(notice: ParameterNotice, rules: str, name: str) -> None:
    """Only what counts is corrected, and by values of the same parameter."""
    if (notice.rule_set, notice.name) != (rules, name):
        raise ValidationError({"corrects": _("The notice to correct is about another parameter.")})
    if not ParameterNotice.objects.counting().filter(pk=notice.pk).exists():
        raise ValidationError({"corrects": _("The notice to correct does not count.")})
    if notice.corrections.filter(state=State.REGISTERED).exists() or notice.withdrawals.filter(
        state=NoticeWithdrawal.State.ASKED
    ):
        raise ValidationError({"corrects": _("A correction or withdrawal of this notice waits already.")})


def confirm_parameter(
    actor: User, notice: ParameterNotice, *, now: datetime, why: str = ""
) -> ParameterNotice:
    """Let registered values count, instead of those they correct. The person who registered them cannot.

    Drafts that the values concern are computed anew; submitted reports stay as filed.
    """
    decided = _decide(actor, notice, "reporting.confirm_parameter", State.CONFIRMED, now=now, why=why)
    compute_drafts(decided, now=now)
    return decided


def reject_parameter(actor: User, notice: ParameterNotice, *, now: datetime, why: str) -> ParameterNotice:
    """Refuse registered values, with the reason."""
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
        _check_undecided(held)
        held.state, held.decided_by, held.decided_at = state, actor, now
        held.decision_reason = why.strip()
        held.save()
        if state == State.CONFIRMED and held.corrects is not None:
            _check_corrected_still(held.corrects)
            NoticeWithdrawal.objects.create(
                notice=held.corrects,
                correction=held,
                state=NoticeWithdrawal.State.CONFIRMED,
                asked_by=held.registered_by,
                asked_at=held.registered_at,
                decided_by=actor,
                decided_at=now,
            )
        entry.about(held, values=_told(held), document=held.document)
        entry.prove()
    return held


def _check_corrected_still(notice: ParameterNotice) -> None:
    if notice.withdrawals.exclude(state=NoticeWithdrawal.State.REFUSED).exists():
        raise ValidationError(_("The notice to correct does not count."))


def _check_undecided(notice: ParameterNotice) -> None:
    if notice.state != State.REGISTERED:
        raise ValidationError(_("This value has been decided on already."))


def withdraw_parameter(actor: User, notice: ParameterNotice, *, now: datetime, why: str) -> ParameterNotice:
    """Take back what nobody has decided on, at once; ask a second person to end what counts. With the reason."""
    if not why.strip():
        raise ValidationError({"why": _("Say why.")})
    with act(actor, "reporting.withdraw_parameter", now=now, why=why) as entry:
        held = ParameterNotice.objects.select_for_update().get(pk=notice.pk)
        if held.state == State.REGISTERED:
            if held.registered_by_id != actor.pk:
                raise PermissionDenied(_("Only who registered it takes it back; a second person rejects it."))
            held.state, held.decided_at, held.decision_reason = State.TAKEN_BACK, now, why.strip()[:500]
            held.save()
        else:
            _check_corrected(held, held.rule_set, held.name)
            NoticeWithdrawal.objects.create(
                notice=held, reason=why.strip()[:500], asked_by=actor, asked_at=now
            )
        entry.about(held, values=_told(held), document=held.document)
    return held


def decide_withdrawal(
    actor: User, notice: ParameterNotice, *, confirm: bool, now: datetime, why: str = ""
) -> ParameterNotice:
    """Let a withdrawal count or refuse it, with the reason. The person who asked for it cannot."""
    if not confirm and not why.strip():
        raise ValidationError({"why": _("Say why.")})
    with act(actor, "reporting.decide_withdrawal", now=now, why=why) as entry:
        ParameterNotice.objects.select_for_update().get(pk=notice.pk)
        held = notice.withdrawals.filter(state=NoticeWithdrawal.State.ASKED).first()
        if held is None:
            raise ValidationError(_("No withdrawal waits for a decision."))
        if held.asked_by_id == actor.pk:
            raise PermissionDenied(_("A second person decides on a withdrawal."))
        held.state = NoticeWithdrawal.State.CONFIRMED if confirm else NoticeWithdrawal.State.REFUSED
        held.decided_by, held.decided_at, held.decision_reason = actor, now, why.strip()[:500]
        held.save()
        entry.about(notice, values=_told(notice), document=notice.document, confirmed=confirm)
        entry.prove(version=held.pk)
    if confirm:
        compute_drafts(notice, now=now)
    return notice


def compute_drafts(notice: ParameterNotice, *, now: datetime) -> int:
    """Compute the drafts anew that a notice concerns, the most recent first; return how many."""
    drafts = Report.objects.filter(
        rule_set=notice.rule_set, state=Report.State.DRAFT, rules_year__gte=notice.since.year
    )
    if notice.until is not None:
        drafts = drafts.filter(rules_year__lte=notice.until.year)
    found = drafts.select_related("organisation").order_by("-changed_at", "-pk")[:MOST_DRAFTS]
    done = 0
    for draft in found:
        try:
            actions.recompute(
                System("notice"), draft, revision=draft.revision, now=now, why=str(notice.document)[:200]
            )
        except (actions.StaleError, ValidationError):  # someone was quicker: it was computed then
            continue
        done += 1
    return done


def _told(notice: ParameterNotice) -> dict[str, str]:
    """The values as the log keeps them, by key."""
    return {"/".join(one.key): f"{one.value.normalize():f}" for one in notice.values.all()}
