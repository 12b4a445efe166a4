"""The joint review through the API: the same reads and actions as the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Detail, DocumentIn, Line, Problem, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.common.files import Upload
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.queries import decisions
from shutan.apps.review import actions, asking, checklist, queries, subjects
from shutan.apps.review.actions import Work
from shutan.apps.review.api_shapes import (
    AskIn,
    AssignIn,
    DecisionIn,
    MovedOut,
    PhraseIn,
    PhraseOut,
    QuestionPage,
    QuestionStepIn,
    QuestionWhole,
    QueuePage,
    ReplyIn,
    ReportQueuePage,
    ReportReviewOut,
    ReturnsIn,
    ReviewOut,
    TickIn,
)
from shutan.apps.review.models import Phrase, Question
from shutan.apps.review.views import questions as pages
from shutan.apps.review.views.desk import whose

router = Router(tags=["review"])


def uploads_of(sent: list[DocumentIn]) -> list[Upload]:
    """The files of a request as they would arrive from a page."""
    return [found for one in sent if (found := upload_of(one))]


def _subject(request: HttpRequest, what: str, number: int) -> Any:
    return subjects.get(access.me(request), what, number)


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


def _in_queue(
    request: HttpRequest, numbers: list[int], rows: Callable[..., Any] = queries.queue
) -> dict[int, Any]:
    found = rows(access.me(request), today=timezone.localdate()).filter(pk__in=numbers)
    held = {one.pk: one for one in found}
    if missing := sorted(set(numbers) - set(held)):
        told_ = ", ".join(map(str, missing))
        raise Problem(422, "not_waiting", _("Not waiting for you: %(numbers)s") % {"numbers": told_})
    return held


@router.post(
    "/reviews/assignments",
    response={200: MovedOut, **ERRORS},
    url_name="review_assignments",
    summary="Give months or reports to a colleague",
)
def assign(request: HttpRequest, given: AssignIn) -> dict[str, int]:
    """Colleagues of one's own authority who review."""
    person = access.me(request)
    reviewer = None
    if given.reviewer is not None:
        reviewer = queries.colleagues(person).filter(pk=given.reviewer).first()
        if reviewer is None:
            raise ValidationError({"reviewer": _("Choose a colleague who reviews.")})
    months, reports = (
        _in_queue(request, given.months),
        _in_queue(request, given.reports, queries.report_queue),
    )
    works = [Work.of(one) for one in (*months.values(), *reports.values())]
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
    "/reviews/reports",
    response={200: ReportQueuePage, **ERRORS},
    url_name="review_reports",
    summary="Annual reports to review",
)
def report_queue(
    request: HttpRequest,
    *,
    who: Line = "",
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those that wait for one's authority, or, where `state` is named, the newest version of every report in that state."""
    person, today = access.me(request), timezone.localdate()
    found = queries.report_queue(person, today=today)
    if state:
        found = queries.submitted_reports(person, today=today).filter(at_standing=state)
    if who in {"mine", "unassigned"}:
        found = whose(found, person, who)
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.get(
    "/reviews/months/{int:number}",
    response={200: ReviewOut, **ERRORS},
    url_name="review_month",
    summary="A filed month under review",
)
def month(request: HttpRequest, number: int) -> dict[str, Any]:
    """Findings as far as the person may know them."""
    return _whole(request, _subject(request, "months", number))


@router.get(
    "/reviews/reports/{int:number}",
    response={200: ReportReviewOut, **ERRORS},
    url_name="review_report",
    summary="A submitted annual report under review",
)
def report(request: HttpRequest, number: int) -> dict[str, Any]:
    """Findings as far as the person may know them, and what was decided."""
    return _whole(request, _subject(request, "reports", number))


def _whole(request: HttpRequest, held: subjects.Subject) -> dict[str, Any]:
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
        for one in subjects.findings(person, held)
    ]
    asked = queries.questions(person, today=timezone.localdate())
    found = {
        "id": held.pk,
        "period": held.period,
        "state": subjects.state(held),
        "revision": subjects.revision(held),
        "findings": findings,
        "questions": list(asked.filter(**{subjects.kind_of(held).column: held})),
        "ticks": list(checklist.ticks(held, person.organisation_id).values())
        if queries.is_reviewer(person)
        else [],
    }
    return found | ({"decisions": list(decisions(held))} if isinstance(held, Report) else {})


@router.put(
    "/reviews/{what}/{int:number}/ticks",
    response={200: ReviewOut, **ERRORS},
    url_name="review_ticks",
    summary="Tick the checklist",
)
def tick(request: HttpRequest, what: str, number: int, given: TickIn) -> dict[str, Any]:
    """One item of `months` or `reports`; of one's own authority."""
    held = _subject(request, what, number)
    actions.tick(access.me(request), held, **given.dict(), now=timezone.now())
    return _whole(request, held)


@router.post(
    "/reviews/{what}/{int:number}/decision",
    response={200: ReviewOut, **ERRORS},
    url_name="review_decision",
    summary="Pass, accept or return a month or report",
)
def decide(request: HttpRequest, what: str, number: int, given: DecisionIn) -> dict[str, Any]:
    """409 where someone decided meanwhile."""
    held = _subject(request, what, number)
    steps = subjects.kind_of(held).decisions
    if given.step not in steps:
        raise Problem(422, "unknown_step", ", ".join(steps))
    person, seen = access.me(request), given.revision
    try:
        subjects.decide(person, held, given.step, revision=seen, now=timezone.now(), why=given.why)
    except StaleError as error:
        raise Problem(409, "changed_meanwhile", _("Someone changed this meanwhile.")) from error
    return _whole(request, _subject(request, what, number))


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
    report: int = Query(0, ge=0, le=2**63 - 1),
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """About the months and reports one sees; of one month or report where it is named."""
    found = queries.questions(access.me(request), today=timezone.localdate())
    found = found.filter(filing=month) if month else found
    found = found.filter(report=report) if report else found
    found = found.filter(at_state=state) if state else found
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


def _said(request: HttpRequest, question: Question) -> dict[str, Any]:
    held = pages.question_of(request, question.pk)
    return {"question": held, "statements": list(held.statements.all())}


@router.post(
    "/reviews/questions",
    response={201: QuestionWhole, **ERRORS},
    url_name="review_questions",
    summary="Ask about a filed month or report",
)
def ask(
    request: HttpRequest,
    given: AskIn,
    *,
    month: int = Query(0, ge=0, le=2**63 - 1),
    report: int = Query(0, ge=0, le=2**63 - 1),
) -> Status[Any]:
    """About a month, or about a report; it stands on the enterprise's worklist at once."""
    if bool(month) == bool(report):
        raise Problem(422, "one_subject", _("Name a month or a report."))
    person, held = access.me(request), _subject(request, "months" if month else "reports", month or report)
    finding = get_object_or_404(subjects.findings(person, held), pk=given.finding) if given.finding else None
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
    "/reviews/{what}/{int:number}/findings/{int:finding}",
    response={201: QuestionWhole, **ERRORS},
    url_name="review_reply",
    summary="Reply to a finding",
)
def reply(request: HttpRequest, what: str, number: int, finding: int, given: ReplyIn) -> Status[Any]:
    """As the enterprise, before anybody asks; of `months` or `reports`."""
    person, held = access.me(request), _subject(request, what, number)
    one = get_object_or_404(subjects.findings(person, held), pk=finding)
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
