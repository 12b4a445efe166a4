"""What authorities do with referrals: send, answer, return, ask again, close. Each is one `act`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common import files
from shutan.apps.referrals import queries
from shutan.apps.referrals.models import Referral, Word

MOST_FILES = 10
State, Said = Referral.State, Word.Kind
# Step: who takes it, from which states, what it leads to, what was said by it.
STEPS: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "answer": ("recipient", (State.OPEN,), State.ANSWERED, Said.ANSWERED),
    "return": ("recipient", (State.OPEN,), State.RETURNED, Said.RETURNED),
    "ask_again": ("sender", (State.ANSWERED, State.RETURNED), State.OPEN, Said.ASKED_AGAIN),
    "close": ("sender", (State.OPEN, State.ANSWERED, State.RETURNED), State.CLOSED, Said.CLOSED),
}


class StaleError(Exception):
    """The other side or a colleague said something since it was read."""


def send(
    actor: User,
    *,
    recipient: Organisation,
    subject: str,
    question: str,
    due: date,
    about: Organisation | None = None,
    number: str = "",
    uploads: Sequence[files.Upload] = (),
    now: datetime,
) -> Referral:
    """Send a matter to another authority.

    Raises:
        ValidationError: by field; nothing is sent.
    """
    today = timezone.localdate(now)
    with act(actor, "referrals.send", now=now) as entry:
        faults = {}
        if not queries.recipients(actor).filter(pk=recipient.pk).exists():
            faults["recipient"] = _("Choose another authority.")
        if about is not None and not queries.subjects(actor, today=today).filter(pk=about.pk).exists():
            faults["about"] = _("Choose an enterprise of your area.")
        if due < today:
            faults["due"] = _("The last day is past.")
        if faults:
            raise ValidationError(faults)
        home = actor.organisation
        assert home is not None  # noqa: S101 - the access table lets authorities alone
        referral = Referral(
            sender=home,
            recipient=recipient,
            about=about,
            subject=subject.strip(),
            number=number.strip(),
            due=due,
            sent_at=now,
            changed_at=now,
        )
        referral.full_clean()
        referral.save()
        _say(actor, referral, Said.ASKED, question, uploads, now, field="question")
        entry.about(referral, recipient=recipient.pk, due=due.isoformat())
    return referral


def step(
    actor: User,
    referral: Referral,
    name: str,
    *,
    text: str,
    due: date | None = None,
    uploads: Sequence[files.Upload] = (),
    revision: int,
    now: datetime,
) -> Referral:
    """Take one of `STEPS`; asking again may move the day.

    Raises:
        StaleError: something was said since `revision`.
        PermissionDenied: the step is the other side's.
        ValidationError: the step is not one of the state, or its words are missing.
    """
    side, states, after, said = STEPS[name]
    if actor.organisation_id != getattr(referral, f"{side}_id"):
        raise PermissionDenied(f"referrals.{name}")
    with act(actor, f"referrals.{name}", now=now, why=text.strip()[:200]) as entry:
        held = Referral.objects.select_for_update().get(pk=referral.pk)
        if held.revision != revision:
            raise StaleError
        if held.state not in states:
            raise ValidationError(
                _("This step is not possible while it is: %(state)s.") % {"state": held.get_state_display()}
            )
        if name == "ask_again" and due is not None:
            if due < timezone.localdate(now):
                raise ValidationError({"due": _("The last day is past.")})
            held.due = due
        _say(actor, held, said, text, uploads, now)
        held.state, held.changed_at = after, now
        held.revision += 1
        held.save()
        entry.about(held)
    return held


def _say(  # noqa: PLR0917 - one sentence: who says what to whom
    actor: User,
    referral: Referral,
    kind: str,
    text: str,
    uploads: Sequence[files.Upload],
    now: datetime,
    field: str = "text",
) -> None:
    if not text.strip():
        raise ValidationError({field: _("Write what the other side is to read.")})
    if len(uploads) > MOST_FILES:
        raise ValidationError({"files": _("At most %(n)s files at once.") % {"n": MOST_FILES}})
    for one in uploads:
        if said := files.faults(one):
            raise ValidationError({"files": said})
    home = actor.organisation
    assert home is not None  # noqa: S101 - asked before
    Word.objects.create(
        referral=referral,
        kind=kind,
        text=text.strip()[:4000],
        by=actor,
        organisation=home,
        at=now,
        files=[{"sha256": files.store(one), "name": files.clean_name(one.name)} for one in uploads],
    )
