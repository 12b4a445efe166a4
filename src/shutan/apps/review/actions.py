"""What reviewers do at their desk: give work to colleagues, tick, decide, return many at once, keep their words. Each is one `act`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing import actions as filing
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting.models import Report
from shutan.apps.review import checklist, queries, subjects
from shutan.apps.review.models import YEARLY, Assignment, Phrase, Tick
from shutan.apps.review.subjects import Subject

State = MonthlyFiling.State
MOST = 50  # months in one go


@dataclass(frozen=True)
class Work:
    """What is assigned: an enterprise's month, or its annual report (month 0), in all its versions."""

    organisation: Organisation
    rule_set: str
    year: int
    month: int = YEARLY

    @classmethod
    def of(cls, subject: Subject) -> Work:
        """A month's, or an annual report's."""
        if isinstance(subject, Report):
            return cls(subject.organisation, subject.rule_set, subject.year)
        return cls(subject.organisation, subject.book.rule_set, subject.book.year, subject.month)


def authority_of(actor: User) -> Organisation:
    """The authority a reviewer belongs to."""
    if actor.organisation is None or not queries.is_reviewer(actor):
        raise PermissionDenied("review")
    return actor.organisation


def assign(actor: User, works: Sequence[Work], reviewer: User | None, *, now: datetime) -> int:
    """Give work to a colleague, or take it from whoever has it; what the colleague has already stays as it is.

    Returns:
        How much changed hands.
    """
    home = authority_of(actor)
    if not works or len(works) > MOST:
        raise ValidationError(_("Choose between one and %(n)s.") % {"n": MOST})
    if reviewer is not None and not queries.colleagues(actor).filter(pk=reviewer.pk).exists():
        raise ValidationError({"reviewer": _("Choose a colleague who reviews.")})
    moved = 0
    with transaction.atomic():
        for work in works:
            place = {
                "authority": home, "organisation": work.organisation, "rule_set": work.rule_set,
                "year": work.year, "month": work.month,
            }  # fmt: skip
            with act(actor, "review.assign", now=now) as entry:
                held = Assignment.objects.select_for_update().filter(**place).first()
                if held is not None and reviewer is None:
                    number = held.pk
                    held.delete()
                    held.pk = number
                    moved += 1
                elif held is None and reviewer is not None:
                    told = {"reviewer": reviewer, "assigned_by": actor, "assigned_at": now}
                    held = Assignment.objects.create(**place, **told)
                    moved += 1
                elif held is not None and held.reviewer_id != getattr(reviewer, "pk", None):
                    assert reviewer is not None  # noqa: S101 - asked above
                    held.reviewer, held.assigned_by, held.assigned_at = reviewer, actor, now
                    held.save()
                    moved += 1
                subject = held or work.organisation
                entry.about(subject, str(held or work.organisation), reviewer=reviewer and reviewer.username)
    return moved


def hand_over(leaver: User, successor: User, now: datetime) -> int:
    """What of the desk moves when a colleague leaves: their work, and their own templates (settings.HANDOVERS)."""
    moved = Assignment.objects.filter(reviewer=leaver).update(
        reviewer=successor, assigned_by=None, assigned_at=now
    )
    return moved + Phrase.objects.filter(owner=leaver, retired_at=None).update(owner=successor)


def tick(
    actor: User,
    subject: Subject,
    *,
    item: str,
    verdict: str,
    need: str = "",
    key: Sequence[str] = (),
    now: datetime,
) -> Tick | None:
    """Say what was found for one item of the checklist; '' takes a tick away.

    Args:
        actor: a reviewer.
        subject: a month or an annual report that waits for their authority.
        item: of the checklist.
        verdict: of `Tick.Verdict`, or ''.
        need: the paper of a month's row; '' for the report as a whole.
        key: that row.
        now: the time.
    """
    home = authority_of(actor)
    if verdict and verdict not in Tick.Verdict.values:
        raise ValidationError({"verdict": _("There is no such answer.")})
    if not checklist.asks(subject, need, tuple(key), item):
        raise ValidationError({"item": _("The checklist has no such item.")})
    with act(actor, "review.tick", now=now) as entry:
        held = subjects.hold(subject)
        if subjects.state(held) not in queries.stages(actor):
            raise ValidationError(_("This is not waiting for a decision."))
        place: dict[str, Any] = {
            subjects.kind_of(held).column: held, "authority": home, "need": need, "key": list(key), "item": item,
        }  # fmt: skip
        found = None
        if verdict:
            found, _made = Tick.objects.update_or_create(
                **place, defaults={"verdict": verdict, "by": actor, "at": now}
            )
        else:
            Tick.objects.filter(**place).delete()
        entry.about(held, need=need, key=list(key), item=item, verdict=verdict)
    return found


def return_many(
    actor: User, chosen: Sequence[tuple[MonthlyFiling, int, str]], *, now: datetime
) -> list[MonthlyFiling]:
    """Return several months, each with its own reason: all of them, or none and everything that stands against it.

    Args:
        actor: who decides.
        chosen: each month with the revision that was seen and what is to be mended.
        now: the time of the decision.

    Raises:
        BlockedError: every fault of every row; nothing was returned.
    """
    authority_of(actor)
    if not chosen or len(chosen) > MOST:
        raise ValidationError(_("Choose between one and %(n)s.") % {"n": MOST})
    faults, returned = [], []
    with transaction.atomic():
        for month, revision, why in chosen:
            name = f"{month.organisation} {month.period}"
            try:
                with transaction.atomic():
                    returned.append(
                        filing.decide(actor, month, State.RETURNED, revision=revision, now=now, why=why)
                    )
            except StaleError:
                faults.append(f"{name}: {_('Someone changed this meanwhile.')}")
            except ValidationError as error:
                faults += [f"{name}: {text}" for text in error.messages]
        if faults:
            raise BlockedError(faults)
    return returned


def keep_phrase(
    actor: User, given: Mapping[str, str], *, shared: bool, phrase: Phrase | None = None, now: datetime
) -> Phrase:
    """Keep words to be used again: one's own, or the whole authority's."""
    home = authority_of(actor)
    with act(actor, "review.keep_phrase", now=now) as entry:
        held = phrase or Phrase(authority=home)
        held.title, held.text = given.get("title", "").strip(), given.get("text", "").strip()
        held.owner = None if shared else actor
        held.changed_by, held.changed_at = actor, now
        held.full_clean(exclude=["authority", "owner", "changed_by", "retired_at"])
        held.save()
        entry.about(held, shared=shared)
    return held


def retire_phrase(actor: User, phrase: Phrase, *, now: datetime) -> None:
    """Take a template off the list; what was decided with its words keeps them."""
    authority_of(actor)
    with act(actor, "review.retire_phrase", now=now) as entry:
        phrase.retired_at = phrase.retired_at or timezone.now()
        phrase.save(update_fields=["retired_at"])
        entry.about(phrase)
