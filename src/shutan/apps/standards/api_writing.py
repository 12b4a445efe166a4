"""What is written about instruments, self-assessments and the standard, through the API: the same actions as the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.api import ERRORS, Count, DocumentIn, Line, Number, Problem, Text, upload_of
from shutan.apps.common.downloads import kept
from shutan.apps.standards import assessments, instruments, opinions, queries, register
from shutan.apps.standards.api import (
    AssessmentWhole,
    InstrumentWhole,
    ItemOut,
    PublicOpinionOut,
    _item,
    assessment,
    detail,
    router,
)
from shutan.apps.standards.models import Instrument, Item, Opinion, StandardClause, Version, Weights

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
LongText = Annotated[str, Field(max_length=instruments.LONGEST_TEXT)]


class InstrumentIn(Schema):
    """A new instrument with its first wording."""

    kind: Line
    title_zh: Line
    title_en: Line = ""
    issuer: Line
    text: LongText


class TextIn(Schema):
    """A draft's wording; `revision` is that of the version you read."""

    text: LongText
    revision: Count
    change: Line = ""


class ReasonIn(Schema):
    """Why."""

    why: Line


class RepealIn(Schema):
    """From what day, by which document, and by which instrument where one takes its place."""

    repealed_from: date
    document: Line
    by: Key | None = None


class AttachmentIn(Schema):
    """A document of a draft."""

    title: Line = ""
    file: DocumentIn


class LinkIn(Schema):
    """A clause or parameter of the rule book."""

    kind: Line
    rule_set: Line
    name: Line


class MadeOut(Schema):
    """The number of what was made."""

    id: int


class AnswerIn(Schema):
    """What is done about an opinion, and why."""

    outcome: Line
    answer: Text


class AssessmentIn(Schema):
    """Whose year to assess; one's own enterprise where none is named."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    organisation: Key | None = None


class EvidenceIn(Schema):
    """Where it is seen: words, a file, or both."""

    title: Line = ""
    file: DocumentIn | None = None


class ImprovementIn(Schema):
    """What is mended, by whom and by when."""

    what: Text
    responsible: Line
    due: date


class ImprovementStepIn(Schema):
    """`finish` with the result, `verify`, or `reopen` with the reason."""

    verb: Line
    words: Text = ""


class ClauseIn(Schema):
    """A clause of the management standard as its text has it."""

    number: Line
    requirement: Text
    since: date
    until: date | None = None
    source: Line


class WeightsIn(Schema):
    """Weights by chapter."""

    weights: dict[Line, Number]
    since: date
    source: Line


class ConfirmIn(Schema):
    """Yes or no, and why; a no needs its reason."""

    confirm: bool
    why: Line = ""


class RegisteredOut(Schema):
    """A registered clause or record of weights, and where it stands."""

    id: int
    state: str


@contextmanager
def _stale() -> Iterator[None]:
    """409 where someone saved meanwhile."""
    try:
        yield
    except instruments.StaleError as error:
        raise Problem(409, "stale", error.messages[0]) from error


def _instrument(request: HttpRequest, number: int) -> Any:
    found = queries.instruments(access.me(request), timezone.localdate())
    return get_object_or_404(found, pk=number)


def _version(request: HttpRequest, number: int) -> Version:
    found: Version = get_object_or_404(queries.versions(access.me(request)), pk=number)
    return found


@router.post(
    "/instruments",
    response={201: InstrumentWhole, **ERRORS},
    url_name="instruments",
    summary="Draft an instrument",
)
def draft(request: HttpRequest, given: InstrumentIn) -> Status[Any]:
    """With its first wording."""
    made = instruments.draft(access.me(request), **given.dict(), now=timezone.now())
    return Status(201, detail(request, made.instrument_id))


@router.put(
    "/instruments/versions/{int:number}/text",
    response={200: InstrumentWhole, **ERRORS},
    url_name="instrument_text",
    summary="Save a draft's wording",
)
def save_text(request: HttpRequest, number: int, given: TextIn) -> dict[str, Any]:
    """Beside the earlier ones; 409 where someone saved meanwhile."""
    version = _version(request, number)
    with _stale():
        instruments.save_text(access.me(request), version, **given.dict(), now=timezone.now())
    return detail(request, version.instrument_id)


@router.post(
    "/instruments/{int:number}/versions",
    response={201: InstrumentWhole, **ERRORS},
    url_name="instrument_versions",
    summary="Begin an amendment",
)
def amend(request: HttpRequest, number: int, given: ReasonIn) -> Status[Any]:
    """A further version, which starts from the wording published last."""
    instruments.amend(access.me(request), _instrument(request, number), why=given.why, now=timezone.now())
    return Status(201, detail(request, number))


@router.post(
    "/instruments/{int:number}/repeal",
    response={200: InstrumentWhole, **ERRORS},
    url_name="instrument_repeal",
    summary="Repeal an instrument",
)
def repeal(request: HttpRequest, number: int, given: RepealIn) -> dict[str, Any]:
    """From a day on, by its document."""
    by = None
    if given.by is not None:
        by = get_object_or_404(Instrument, pk=_instrument(request, given.by).pk)
    told = given.dict(exclude={"by"})
    instruments.repeal(access.me(request), _instrument(request, number), **told, by=by, now=timezone.now())
    return detail(request, number)


@router.post(
    "/instruments/versions/{int:number}/attachments",
    response={201: MadeOut, **ERRORS},
    url_name="instrument_attachments",
    summary="Attach a document",
)
def attach(request: HttpRequest, number: int, given: AttachmentIn) -> Status[Any]:
    """To a draft."""
    upload = upload_of(given.file)
    assert upload is not None  # noqa: S101 - the shape asks for it
    person, version = access.me(request), _version(request, number)
    return Status(201, instruments.attach(person, version, upload, title=given.title, now=timezone.now()))


@router.get(
    "/instruments/attachments/{int:number}",
    response={200: None, **ERRORS},
    url_name="instrument_attachment",
    summary="An attached document",
)
def attachment(request: HttpRequest, number: int) -> HttpResponse:
    """As it was attached."""
    found = get_object_or_404(queries.attachments(access.me(request)), pk=number)
    return kept(found.sha256, found.file_name)


@router.delete(
    "/instruments/attachments/{int:number}",
    response={204: None, **ERRORS},
    url_name="instrument_attachment",
    summary="Take a document off",
)
def detach(request: HttpRequest, number: int) -> Status[None]:
    """Of a draft."""
    person = access.me(request)
    found = get_object_or_404(queries.attachments(person), pk=number)
    instruments.detach(person, found, now=timezone.now())
    return Status(204, None)


@router.post(
    "/instruments/versions/{int:number}/links",
    response={201: MadeOut, **ERRORS},
    url_name="instrument_links",
    summary="Link a clause or parameter",
)
def link(request: HttpRequest, number: int, given: LinkIn) -> Status[Any]:
    """Which of the rule book a draft is about."""
    person, version = access.me(request), _version(request, number)
    return Status(201, instruments.link(person, version, **given.dict(), now=timezone.now()))


@router.delete(
    "/instruments/versions/{int:number}/links",
    response={204: None, **ERRORS},
    url_name="instrument_links",
    summary="Take a link off",
)
def unlink(request: HttpRequest, number: int, given: LinkIn) -> Status[None]:
    """The one that names this clause or parameter."""
    found = get_object_or_404(_version(request, number).links, **given.dict())
    instruments.unlink(access.me(request), found, now=timezone.now())
    return Status(204, None)


@router.post(
    "/instruments/opinions/{int:number}/answer",
    response={200: PublicOpinionOut, **ERRORS},
    url_name="instrument_opinion_answer",
    summary="Answer an opinion",
)
def answer(request: HttpRequest, number: int, given: AnswerIn) -> Opinion:
    """Opinion and answer are public from then on."""
    person = access.me(request)
    found = get_object_or_404(queries.opinions(person), pk=number)
    return opinions.answer(person, found, outcome=given.outcome, text=given.answer, now=timezone.now())


# -- self-assessments ---------------------------------------------------------------------------------------------


def _evidence_item(request: HttpRequest, number: int) -> Item:
    found: Item = get_object_or_404(queries.items(access.me(request)), pk=number)
    return found


@router.post(
    "/assessments",
    response={201: AssessmentWhole, **ERRORS},
    url_name="assessments",
    summary="Begin a self-assessment",
)
def begin(request: HttpRequest, given: AssessmentIn) -> Status[Any]:
    """Of a year; what was said the year before is its beginning."""
    person = access.me(request)
    allowed = queries.assessed_for(person)
    home = get_object_or_404(
        allowed, pk=person.organisation_id if given.organisation is None else given.organisation
    )
    made = assessments.begin(person, home, given.year, now=timezone.now())
    return Status(201, assessment(request, made.pk))


@router.post(
    "/assessments/{int:number}/signature",
    response={200: AssessmentWhole, **ERRORS},
    url_name="assessment_sign",
    summary="Sign a self-assessment",
)
def sign(request: HttpRequest, number: int) -> dict[str, Any]:
    """A complete one; its answers stay as they are."""
    found = get_object_or_404(queries.assessments(access.me(request)), pk=number)
    assessments.sign(access.me(request), found, now=timezone.now())
    return assessment(request, number)


@router.post(
    "/assessments/items/{int:number}/evidence",
    response={201: MadeOut, **ERRORS},
    url_name="assessment_evidence",
    summary="Add evidence",
)
def add_evidence(request: HttpRequest, number: int, given: EvidenceIn) -> Status[Any]:
    """To a clause."""
    made = assessments.add_evidence(
        access.me(request),
        _evidence_item(request, number),
        title=given.title,
        upload=upload_of(given.file),
        now=timezone.now(),
    )
    return Status(201, made)


@router.get(
    "/assessments/evidence/{int:number}",
    response={200: None, **ERRORS},
    url_name="evidence",
    summary="A file of evidence",
)
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """As it was added."""
    rows = queries.evidence(access.me(request)).exclude(sha256="")
    found = get_object_or_404(rows, pk=number)
    return kept(found.sha256, found.file_name)


@router.delete(
    "/assessments/evidence/{int:number}",
    response={204: None, **ERRORS},
    url_name="evidence",
    summary="Take evidence off",
)
def drop_evidence(request: HttpRequest, number: int) -> Status[None]:
    """Until the assessment is signed."""
    person = access.me(request)
    found = get_object_or_404(queries.evidence(person), pk=number)
    assessments.drop_evidence(person, found, now=timezone.now())
    return Status(204, None)


@router.post(
    "/assessments/items/{int:number}/improvements",
    response={201: MadeOut, **ERRORS},
    url_name="assessment_improvements",
    summary="Plan an improvement",
)
def improve(request: HttpRequest, number: int, given: ImprovementIn) -> Status[Any]:
    """With who is responsible, by log-in."""
    item = _evidence_item(request, number)
    person = access.me(request)
    responsible = User.objects.filter(
        username=given.responsible, organisation=item.assessment.organisation_id, is_active=True
    ).first()
    if responsible is None:
        raise ValidationError({"responsible": _("Choose someone of the enterprise.")})
    told = given.dict() | {"responsible": responsible}
    return Status(201, assessments.plan_improvement(person, item, **told, now=timezone.now()))


@router.post(
    "/assessments/improvements/{int:number}/steps",
    response={200: ItemOut, **ERRORS},
    url_name="assessment_improvement",
    summary="Finish, verify or reopen an improvement",
)
def improvement(request: HttpRequest, number: int, given: ImprovementStepIn) -> dict[str, Any]:
    """Another person than who finished it verifies."""
    person, now = access.me(request), timezone.now()
    found = get_object_or_404(queries.improvements(person), pk=number)
    if given.verb == "finish":
        assessments.finish_improvement(person, found, result=given.words[:1000], now=now)
    elif given.verb in ("verify", "reopen"):
        accept = given.verb == "verify"
        assessments.verify_improvement(person, found, accept=accept, why=given.words[:500], now=now)
    else:
        raise Problem(422, "unknown_step", "finish, verify, reopen")
    return _item(queries.items(person).get(pk=found.item_id))


# -- the standard -------------------------------------------------------------------------------------------------


@router.post(
    "/standard/clauses",
    response={201: RegisteredOut, **ERRORS},
    url_name="standard_clauses",
    summary="Register a clause of the standard",
)
def register_clause(request: HttpRequest, given: ClauseIn) -> Status[StandardClause]:
    """It counts once a second person has confirmed it."""
    return Status(201, register.register_clause(access.me(request), **given.dict(), now=timezone.now()))


@router.post(
    "/standard/clauses/{int:number}/decision",
    response={200: RegisteredOut, **ERRORS},
    url_name="standard_clause_decision",
    summary="Confirm or reject a clause",
)
def decide_clause(request: HttpRequest, number: int, given: ConfirmIn) -> StandardClause:
    """By a second person."""
    found = get_object_or_404(StandardClause, pk=number)
    return register.decide_clause(access.me(request), found, **given.dict(), now=timezone.now())


@router.post(
    "/standard/weights",
    response={201: RegisteredOut, **ERRORS},
    url_name="standard_weights",
    summary="Register weights of the standard",
)
def register_weights(request: HttpRequest, given: WeightsIn) -> Status[Weights]:
    """They count once a second person has confirmed them."""
    return Status(201, register.register_weights(access.me(request), **given.dict(), now=timezone.now()))


@router.post(
    "/standard/weights/{int:number}/decision",
    response={200: RegisteredOut, **ERRORS},
    url_name="standard_weights_decision",
    summary="Confirm or reject weights",
)
def decide_weights(request: HttpRequest, number: int, given: ConfirmIn) -> Weights:
    """By a second person."""
    found = get_object_or_404(Weights, pk=number)
    return register.decide_weights(access.me(request), found, **given.dict(), now=timezone.now())
