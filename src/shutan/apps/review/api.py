"""The joint review through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Code, Detail, DocumentIn, Line, Problem, Text, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.common.files import Upload
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing import actions as filing
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review import actions, asking, checklist, queries
from shutan.apps.review.actions import Work
from shutan.apps.review.models import Phrase, Question
from shutan.apps.review.views import questions as pages
from shutan.apps.review.views.desk import whose
from shutan.apps.review.views.month import DECISIONS

router = Router(tags=["review"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
Documents = Annotated[list[DocumentIn], Field(max_length=asking.MOST_FILES)]
RowKey = Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=8)]
Why = Annotated[Text, Field(max_length=500)]


class QueueOut(Schema):
    """A month that waits; `urgency` 0 overdue, 1 within a week, 2 later; `score` null while not screened."""

    id: int
    organisation: str
    organisation_id: int
    rule_set: str
    period: str
    version: int
    state: str
    revision: int
    until: date | None
    urgency: int
    score: int | None
    reviewer_id: int | None
    open_questions: int


class QueuePage(Schema):
    """Some of the queue, the most urgent first, and how many there are."""

    count: int
    items: list[QueueOut]


class MonthFindingOut(Schema):
    """What a check says about a month."""

    id: int
    check: str
    severity: str
    trial: bool
    audience: str
    message_zh: str
    message_en: str
    fields: list[dict[str, Any]]
    question: int | None


class TickOut(Schema):
    """What an authority found for one item of the checklist."""

    need: str
    key: list[str]
    item: str
    verdict: str
    at: datetime


class SaidFileOut(Schema):
    """A file by its digest and name."""

    sha256: str
    name: str


class StatementOut(Schema):
    """What one side said."""

    id: int
    kind: str
    text: str
    organisation: int = Field(alias="organisation_id")
    at: datetime
    files: list[SaidFileOut]


class QuestionOut(Schema):
    """A question; `state` is today's: open, overdue, answered or settled. `variable` '' is the month as a whole."""

    id: int
    month: int = Field(alias="filing_id")
    kind: str
    authority: int | None = Field(alias="authority_id")
    finding: int | None = Field(alias="finding_id")
    table: str
    key: list[str]
    variable: str
    due: date | None
    state: str = Field(alias="at_state")
    revision: int
    asked_at: datetime
    changed_at: datetime


class QuestionPage(Schema):
    """Some questions, the nearest day first, and how many there are."""

    count: int
    items: list[QuestionOut]


class QuestionWhole(Schema):
    """A question with what was said."""

    question: QuestionOut
    statements: list[StatementOut]


class ReviewOut(Schema):
    """A filed month under review: what was found, asked and, for an authority, ticked."""

    id: int
    period: str
    state: str
    revision: int
    findings: list[MonthFindingOut]
    questions: list[QuestionOut]
    ticks: list[TickOut]


class AssignIn(Schema):
    """Months for a colleague; `reviewer` null takes them away."""

    months: Annotated[list[Key], Field(min_length=1, max_length=actions.MOST)]
    reviewer: Key | None


class MovedOut(Schema):
    """How much changed."""

    changed: int


class ReturnIn(Schema):
    """One month to return, as it was seen, and what is to be mended."""

    month: Key
    revision: Revision
    why: Why


class ReturnsIn(Schema):
    """All are returned, or none."""

    rows: Annotated[list[ReturnIn], Field(min_length=1, max_length=actions.MOST)]


class TickIn(Schema):
    """What was found for one item of one paper of a row; verdict good, wrong, none, or '' to take it away."""

    need: Code
    key: RowKey
    item: Code
    verdict: Literal["good", "wrong", "none", ""]


class DecisionIn(Schema):
    """`pass_city`, `accept` or `return_month`."""

    step: Line
    revision: Revision
    why: Why = ""


class AskIn(Schema):
    """A question; with `due` a request for information. `finding`, or table, key and variable say what it is about."""

    text: Text
    due: date | None = None
    finding: Key | None = None
    table: Annotated[Line, Field(max_length=64)] = ""
    key: RowKey = []
    variable: Annotated[Line, Field(max_length=100)] = ""
    files: Documents = []


class ReplyIn(Schema):
    """`explained` or `will_correct`."""

    kind: Line
    text: Text
    files: Documents = []


class QuestionStepIn(Schema):
    """`answered` (to findings `explained`, `will_correct`) by the enterprise; `asked_again` or `closed` by the authority."""

    kind: Line
    text: Text = ""
    due: date | None = None
    revision: Revision
    files: Documents = []


class PhraseOut(Schema):
    """An opinion template; `shared` with the whole authority."""

    id: int
    title: str
    text: str
    shared: bool


class PhraseIn(Schema):
    """An opinion template."""

    title: Annotated[Line, Field(max_length=80)]
    text: Why
    shared: bool = False


def uploads_of(sent: list[DocumentIn]) -> list[Upload]:
    """The files of a request as they would arrive from a page."""
    return [found for one in sent if (found := upload_of(one))]


def _month(request: HttpRequest, number: int) -> MonthlyFiling:
    return filings.month(access.me(request), number)


def _queued(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "organisation": str(one.organisation),
        "organisation_id": one.book.organisation_id,
        "rule_set": one.book.rule_set,
        "period": one.period,
        "version": one.version,
        "state": one.state,
        "revision": one.revision,
        "until": one.until,
        "urgency": one.urgency,
        "score": one.score,
        "reviewer_id": one.reviewer_id,
        "open_questions": one.asked,
    }


@router.get(
    "/reviews/queue", response={200: QueuePage, **ERRORS}, url_name="review_queue", summary="Months to review"
)
def queue(
    request: HttpRequest,
    *,
    who: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those that wait for one's authority; `who` mine or unassigned."""
    person = access.me(request)
    found = queries.queue(person, today=timezone.localdate())
    if who in {"mine", "unassigned"}:
        found = whose(found, person, who)
    return {"count": found.count(), "items": [_queued(one) for one in found[offset : offset + limit]]}


def _in_queue(request: HttpRequest, numbers: list[int]) -> dict[int, MonthlyFiling]:
    found = queries.queue(access.me(request), today=timezone.localdate()).filter(pk__in=numbers)
    held = {one.pk: one for one in found}
    if missing := sorted(set(numbers) - set(held)):
        told_ = ", ".join(map(str, missing))
        raise Problem(422, "not_waiting", _("Not waiting for you: %(numbers)s") % {"numbers": told_})
    return held


@router.post(
    "/reviews/assignments",
    response={200: MovedOut, **ERRORS},
    url_name="review_assignments",
    summary="Give months to a colleague",
)
def assign(request: HttpRequest, given: AssignIn) -> dict[str, int]:
    """Colleagues of one's own authority who review."""
    person = access.me(request)
    reviewer = None
    if given.reviewer is not None:
        reviewer = queries.colleagues(person).filter(pk=given.reviewer).first()
        if reviewer is None:
            raise ValidationError({"reviewer": _("Choose a colleague who reviews.")})
    works = [Work.of(one) for one in _in_queue(request, given.months).values()]
    return {"changed": actions.assign(person, works, reviewer, now=timezone.now())}


@router.post(
    "/reviews/returns",
    response={200: MovedOut, **ERRORS},
    url_name="review_returns",
    summary="Return several months",
)
def return_many(request: HttpRequest, given: ReturnsIn) -> dict[str, int]:
    """All of them with their own reasons, or none and all that stands against it."""
    held = _in_queue(request, [one.month for one in given.rows])
    chosen = [(held[one.month], one.revision, one.why) for one in given.rows]
    try:
        done = actions.return_many(access.me(request), chosen, now=timezone.now())
    except BlockedError as error:
        details = [Detail(place="", message=one) for one in error.reasons]
        raise Problem(422, "refused", _("Nothing was returned."), details) from error
    return {"changed": len(done)}


@router.get(
    "/reviews/months/{int:number}",
    response={200: ReviewOut, **ERRORS},
    url_name="review_month",
    summary="A filed month under review",
)
def month(request: HttpRequest, number: int) -> dict[str, Any]:
    """Findings as far as the person may know them."""
    return _whole(request, _month(request, number))


def _whole(request: HttpRequest, held: MonthlyFiling) -> dict[str, Any]:
    person = access.me(request)
    findings = [
        {
            "id": one.pk,
            "check": one.check_id,
            "severity": one.severity,
            "trial": one.trial,
            "audience": one.audience,
            "message_zh": one.message_zh,
            "message_en": one.message_en,
            "fields": one.fields,
            "question": getattr(getattr(one, "question", None), "pk", None),
        }
        for one in queries.findings(person, held)
    ]
    ticks = checklist.ticks(held, person.organisation_id) if queries.is_reviewer(person) else {}
    return {
        "id": held.pk,
        "period": held.period,
        "state": held.state,
        "revision": held.revision,
        "findings": findings,
        "questions": list(queries.questions(person, today=timezone.localdate()).filter(filing=held)),
        "ticks": list(ticks.values()),
    }


@router.put(
    "/reviews/months/{int:number}/ticks",
    response={200: ReviewOut, **ERRORS},
    url_name="review_ticks",
    summary="Tick the checklist",
)
def tick(request: HttpRequest, number: int, given: TickIn) -> dict[str, Any]:
    """One item; of one's own authority."""
    held = _month(request, number)
    actions.tick(access.me(request), held, **given.dict(), now=timezone.now())
    return _whole(request, held)


@router.post(
    "/reviews/months/{int:number}/decision",
    response={200: ReviewOut, **ERRORS},
    url_name="review_decision",
    summary="Pass, accept or return a month",
)
def decide(request: HttpRequest, number: int, given: DecisionIn) -> dict[str, Any]:
    """409 where someone decided meanwhile."""
    held = _month(request, number)
    if given.step not in DECISIONS:
        raise Problem(422, "unknown_step", ", ".join(DECISIONS))
    try:
        filing.decide(
            access.me(request),
            held,
            DECISIONS[given.step],
            revision=given.revision,
            now=timezone.now(),
            why=given.why,
        )
    except StaleError as error:
        raise Problem(409, "changed_meanwhile", _("Someone changed this meanwhile.")) from error
    return _whole(request, _month(request, number))


@router.get(
    "/reviews/questions",
    response={200: QuestionPage, **ERRORS},
    url_name="review_questions",
    summary="Questions and answers",
)
def listed(
    request: HttpRequest,
    *,
    month: int = Query(0, ge=0, le=2**63 - 1),
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """About the months one sees; of one month where it is named."""
    found = queries.questions(access.me(request), today=timezone.localdate())
    found = found.filter(filing=month) if month else found
    found = found.filter(at_state=state) if state else found
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


def _said(request: HttpRequest, question: Question) -> dict[str, Any]:
    held = pages.question_of(request, question.pk)
    return {"question": held, "statements": list(held.statements.all())}


@router.post(
    "/reviews/questions",
    response={201: QuestionWhole, **ERRORS},
    url_name="review_questions",
    summary="Ask about a filed month",
)
def ask(request: HttpRequest, given: AskIn, *, month: int = Query(ge=1, le=2**63 - 1)) -> Status[Any]:
    """It stands on the enterprise's worklist at once."""
    person, held = access.me(request), _month(request, month)
    finding = get_object_or_404(queries.findings(person, held), pk=given.finding) if given.finding else None
    field = (given.table, given.key, given.variable) if given.variable or given.table else None
    made = asking.ask(
        person,
        held,
        text=given.text,
        due=given.due,
        field=field,
        finding=finding,
        uploads=uploads_of(given.files),
        now=timezone.now(),
    )
    return Status(201, _said(request, made))


@router.post(
    "/reviews/months/{int:number}/findings/{int:finding}",
    response={201: QuestionWhole, **ERRORS},
    url_name="review_reply",
    summary="Reply to a finding",
)
def reply(request: HttpRequest, number: int, finding: int, given: ReplyIn) -> Status[Any]:
    """As the enterprise, before anybody asks."""
    person, held = access.me(request), _month(request, number)
    one = get_object_or_404(queries.findings(person, held), pk=finding)
    files = uploads_of(given.files)
    made = asking.reply(person, one, kind=given.kind, text=given.text, uploads=files, now=timezone.now())
    return Status(201, _said(request, made))


@router.get(
    "/reviews/questions/{int:number}",
    response={200: QuestionWhole, **ERRORS},
    url_name="review_question",
    summary="One question",
)
def question(request: HttpRequest, number: int) -> dict[str, Any]:
    """With what was said."""
    return _said(request, pages.question_of(request, number))


@router.post(
    "/reviews/questions/{int:number}/steps",
    response={200: QuestionWhole, **ERRORS},
    url_name="review_step",
    summary="Answer, ask again or close",
)
def step(request: HttpRequest, number: int, given: QuestionStepIn) -> dict[str, Any]:
    """409 where something was said since `revision`."""
    held = pages.question_of(request, number)
    with told():
        asking.step(
            access.me(request),
            held,
            given.kind,
            text=given.text,
            due=given.due,
            revision=given.revision,
            uploads=uploads_of(given.files),
            now=timezone.now(),
        )
    return _said(request, held)


@router.get(
    "/reviews/questions/{int:number}/files/{int:statement}/{int:at}",
    response={200: None, **ERRORS},
    url_name="review_file",
    summary="A file of a question",
)
def file(request: HttpRequest, number: int, statement: int, at: int) -> HttpResponse:
    """By the number of what was said and its place there, from 0."""
    return pages.file(request, number, statement, at)


def _phrase(one: Phrase) -> dict[str, Any]:
    return {"id": one.pk, "title": one.title, "text": one.text, "shared": one.owner_id is None}


@router.get(
    "/reviews/templates",
    response={200: list[PhraseOut], **ERRORS},
    url_name="review_templates",
    summary="Opinion templates",
)
def phrases(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own and the authority's."""
    return [_phrase(one) for one in queries.phrases(access.me(request))]


@router.post(
    "/reviews/templates",
    response={201: PhraseOut, **ERRORS},
    url_name="review_templates",
    summary="Keep an opinion template",
)
def new_phrase(request: HttpRequest, given: PhraseIn) -> Status[Any]:
    """For oneself, or for the authority."""
    return Status(201, _phrase(_kept(request, given)))


def _kept(request: HttpRequest, given: PhraseIn, phrase: Phrase | None = None) -> Phrase:
    words = {"title": given.title, "text": given.text}
    return actions.keep_phrase(
        access.me(request), words, shared=given.shared, phrase=phrase, now=timezone.now()
    )


@router.put(
    "/reviews/templates/{int:number}",
    response={200: PhraseOut, **ERRORS},
    url_name="review_template",
    summary="Change an opinion template",
)
def change_phrase(request: HttpRequest, number: int, given: PhraseIn) -> dict[str, Any]:
    """What was decided with its words keeps them."""
    held = get_object_or_404(queries.phrases(access.me(request)), pk=number)
    return _phrase(_kept(request, given, held))


@router.delete(
    "/reviews/templates/{int:number}",
    response={204: None, **ERRORS},
    url_name="review_template",
    summary="Retire an opinion template",
)
def retire_phrase(request: HttpRequest, number: int) -> Status[None]:
    """It is offered no more."""
    held = get_object_or_404(queries.phrases(access.me(request)), pk=number)
    actions.retire_phrase(access.me(request), held, now=timezone.now())
    return Status(204, None)
