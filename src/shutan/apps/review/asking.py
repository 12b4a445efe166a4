"""What reviewers ask and enterprises answer: comments on a figure, requests with a day, replies to findings. Each is one `act`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import User
from shutan.apps.common import files
from shutan.apps.common.refusals import StaleError
from shutan.apps.filing.actions import own
from shutan.apps.reporting.models import Finding
from shutan.apps.review import subjects
from shutan.apps.review.actions import authority_of
from shutan.apps.review.models import MonthFinding, Question, Statement
from shutan.apps.review.subjects import Subject

Kind, State, Said = Question.Kind, Question.State, Statement.Kind
MOST_FILES = 10
KINDS = (*files.DOCUMENTS, "xlsx")
# Step: which side takes it, from which states, what it leads to.
STEPS: dict[str, tuple[str, tuple[str, ...], str]] = {
    Said.ANSWERED: ("enterprise", (State.OPEN,), State.ANSWERED),
    Said.EXPLAINED: ("enterprise", (State.OPEN,), State.ANSWERED),
    Said.WILL_CORRECT: ("enterprise", (State.OPEN,), State.ANSWERED),
    Said.ASKED_AGAIN: ("authority", (State.ANSWERED,), State.OPEN),
    Said.CLOSED: ("authority", (State.OPEN, State.ANSWERED), State.CLOSED),
}
REPLIES = (Said.EXPLAINED, Said.WILL_CORRECT)  # to findings


def ask(
    actor: User,
    subject: Subject,
    *,
    text: str,
    due: date | None = None,
    field: tuple[str, Sequence[str], str] | None = None,
    finding: MonthFinding | Finding | None = None,
    uploads: Sequence[files.Upload] = (),
    now: datetime,
) -> Question:
    """Ask the enterprise about what it filed: with a day a request for information, without one a comment; or about a finding.

    Args:
        actor: a reviewer who sees it.
        subject: a filed month or a submitted annual report.
        text: what is asked.
        due: the day by which an answer is asked.
        field: table, key (of a month's figure without the month), variable of the figure it is about.
        finding: of that month or report, where it is about one.
        uploads: files that go with it.
        now: the time.
    """
    home = authority_of(actor)
    faults = statement_faults(text, uploads, due, now)
    if finding is not None and (subjects.of_finding(finding) != subject or finding.audience != "all"):
        faults["finding"] = _("This finding cannot be put to the enterprise.")
    if field is not None and not subjects.has_field(subject, (field[0], tuple(field[1]), field[2])):
        faults["field"] = _("There is no such figure here.")
    if not subjects.is_filed(subject):
        faults["text"] = _("This is not filed.")
    if faults:
        raise ValidationError(faults)
    kind = Kind.FINDING if finding else Kind.REQUEST if due else Kind.COMMENT
    with act(actor, "review.ask", now=now) as entry:
        about = subjects.asked_about(finding) if finding else {subjects.kind_of(subject).column: subject}
        if finding is not None and Question.objects.filter(**about).exists():
            raise ValidationError({"finding": _("This finding was asked about already.")})
        table, key, variable = field or ("", (), "")
        made = Question.objects.create(
            **about, authority=home, kind=kind, table=table, key=list(key),
            variable=variable, due=due, asked_at=now, changed_at=now,
        )  # fmt: skip
        _say(actor, made, Said.ASKED, text, uploads, now)
        entry.about(made, due=due and due.isoformat(), kind=kind)
    return made


def reply(
    actor: User,
    finding: MonthFinding | Finding,
    *,
    kind: str,
    text: str,
    uploads: Sequence[files.Upload] = (),
    now: datetime,
) -> Question:
    """Say something about a finding before anybody asks: that it is explained, or that what was filed will be corrected."""
    own(actor, subjects.of_finding(finding).organisation, "review.answer", now)
    faults = statement_faults(text, uploads, None, now)
    if kind not in REPLIES:
        faults["kind"] = _("Say whether it is explained or will be corrected.")
    if finding.audience != "all":
        raise PermissionDenied("review.answer")
    if faults:
        raise ValidationError(faults)
    with act(actor, "review.answer", now=now) as entry:
        about = subjects.asked_about(finding)
        if Question.objects.filter(**about).exists():
            raise ValidationError(_("This finding was asked about already."))
        made = Question.objects.create(
            **about,
            kind=Kind.FINDING,
            state=State.ANSWERED,
            asked_at=now,
            changed_at=now,
        )
        _say(actor, made, kind, text, uploads, now)
        entry.about(made, kind=kind)
    return made


def step(
    actor: User,
    question: Question,
    kind: str,
    *,
    text: str,
    due: date | None = None,
    uploads: Sequence[files.Upload] = (),
    revision: int,
    now: datetime,
) -> Question:
    """Answer as the enterprise; ask again or close as the authority that asked. Asking again may move the day.

    Raises:
        StaleError: something was said since `revision`.
        ValidationError: the step is not one of the state, or its words are missing.
    """
    if kind not in STEPS:
        raise ValidationError({"kind": _("There is no such answer.")})
    side, states, after = STEPS[Said(kind)]
    action = "review.answer" if side == "enterprise" else "review.ask"
    if side == "enterprise":
        own(actor, question.organisation, action, now)
    elif question.authority_id not in (None, authority_of(actor).pk):
        raise PermissionDenied(action)
    if faults := statement_faults(text, uploads, due, now, needs_words=kind != Said.CLOSED):
        raise ValidationError(faults)
    with act(actor, action, now=now, why=text.strip()[:200]) as entry:
        held = (
            Question.objects.select_for_update(of=("self",))
            .select_related("filing__book__organisation", "report__organisation")
            .get(pk=question.pk)
        )
        if held.revision != revision:
            raise StaleError(held)
        if held.state not in states:
            raise ValidationError(
                _("This step is not possible while it is: %(state)s.") % {"state": held.get_state_display()}
            )
        if kind == Said.ASKED_AGAIN:
            held.due = due or held.due
        _say(actor, held, kind, text, uploads, now)
        held.state, held.changed_at = after, now
        held.revision += 1
        held.save()
        entry.about(held, kind=kind)
    return held


def statement_faults(
    text: str,
    uploads: Sequence[files.Upload],
    due: date | None,
    now: datetime,
    *,
    needs_words: bool = True,
) -> dict[str, str | list[str]]:
    """Everything wrong with a statement, by field."""
    found: dict[str, str | list[str]] = {}
    if needs_words and not text.strip():
        found["text"] = _("Write what the other side is to read.")
    if due is not None and due < timezone.localdate(now):
        found["due"] = _("The last day is past.")
    if len(uploads) > MOST_FILES:
        found["files"] = _("At most %(n)s files at once.") % {"n": MOST_FILES}
    elif said := [fault for one in uploads for fault in files.faults(one, KINDS)]:
        found["files"] = said
    return found


def _say(  # noqa: PLR0917 - one sentence: who says what to whom
    actor: User, question: Question, kind: str, text: str, uploads: Sequence[files.Upload], now: datetime
) -> None:
    home = actor.organisation
    assert home is not None  # noqa: S101 - the access table lets organisations' people alone
    Statement.objects.create(
        question=question,
        kind=kind,
        text=text.strip()[:4000],
        by=actor,
        organisation=home,
        at=now,
        files=[{"sha256": files.store(one), "name": files.clean_name(one.name)} for one in uploads],
    )
