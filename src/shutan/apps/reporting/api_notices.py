"""The register of values by notice through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common import files
from shutan.apps.common.api import ERRORS, DocumentIn, Line, Number, Problem, Text, upload_of
from shutan.apps.common.downloads import attached
from shutan.apps.reporting import effects, notices, queries
from shutan.apps.reporting.api_shapes import NoticeOut, TotalOut
from shutan.apps.reporting.models import ParameterNotice

router = Router(tags=["rules"])


class NoticePage(Schema):
    """Some notices, the latest first, and how many there are."""

    count: int
    items: list[NoticeOut]


class NoticeValueIn(Schema):
    """A value and the key it is for: one word a dimension of the parameter, none where it has no dimension."""

    key: Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=6)] = []
    value: Number


class NoticeIn(Schema):
    """What one notice says of one parameter. `corrects` is the notice it stands in for."""

    rule_set: Annotated[Line, Field(max_length=40)]
    name: Annotated[Line, Field(max_length=100)]
    values: Annotated[list[NoticeValueIn], Field(min_length=1, max_length=500)]
    since: date
    until: date | None = None
    document: Annotated[Line, Field(min_length=1, max_length=200)]
    number: Annotated[Line, Field(max_length=100)] = ""
    issuer: Annotated[Line, Field(max_length=200)] = ""
    article: Annotated[Line, Field(max_length=100)] = ""
    note: Annotated[Text, Field(max_length=500)] = ""
    status: Annotated[Line, Field(pattern="^(official|secondary|recalled|draft)$")] = "official"
    corrects: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    file: DocumentIn | None = None


class NoticeDecisionIn(Schema):
    """Yes or no, and why; a no needs its reason."""

    confirm: bool
    why: Annotated[Line, Field(max_length=200)] = ""


class WithdrawalIn(Schema):
    """Why a notice is to count no more."""

    why: Annotated[Line, Field(min_length=1, max_length=200)]


class NoticeMovedOut(Schema):
    """A figure of a report's summary before and after; `change` is empty where one of them waits."""

    before: TotalOut
    after: TotalOut
    change: str


class EffectOut(Schema):
    """What a notice does to a report: how many values change, compute that waited, or wait again."""

    report: int
    title: str
    organisation: str
    state: str
    kind: str
    changed: int
    computed: int
    lost: int
    totals: list[NoticeMovedOut]

    @classmethod
    def of(cls, one: effects.Effect) -> EffectOut:
        """As the API shows it."""
        return cls(
            report=one.report.pk,
            title=one.report.title,
            organisation=str(one.report.organisation),
            state=one.report.state,
            kind=one.kind,
            changed=one.changed,
            computed=one.computed,
            lost=one.lost,
            totals=[
                NoticeMovedOut(
                    before=TotalOut.of(total.before), after=TotalOut.of(total.after), change=total.change
                )
                for total in one.totals
            ],
        )


class EffectPage(Schema):
    """Some of the reports a notice concerns, and how many there are that one may see."""

    count: int
    items: list[EffectOut]


def _notice(request: HttpRequest, number: int) -> ParameterNotice:
    return get_object_or_404(queries.notices(access.me(request)), pk=number)


@router.get("/notices", response={200: NoticePage, **ERRORS}, url_name="notices", summary="Values by notice")
def listed(
    request: HttpRequest,
    *,
    rule_set: Line = "",
    name: Line = "",
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """All notices, those included that wait, were rejected or withdrawn."""
    found = queries.notices(access.me(request), rule_set, name)
    found = found.filter(standing=state) if state else found
    items = [NoticeOut.of(one) for one in found[offset : offset + limit]]
    return {"count": found.count(), "items": items}


@router.post(
    "/notices", response={201: NoticeOut, **ERRORS}, url_name="notices", summary="Register values by notice"
)
def register(request: HttpRequest, told: NoticeIn) -> Status[NoticeOut]:
    """They count once a second person has confirmed them."""
    person = access.me(request)
    given = told.model_dump(exclude={"values", "corrects", "file"})
    corrects = None
    if told.corrects is not None:
        corrects = queries.notices(person).filter(pk=told.corrects).first()
        if corrects is None:
            raise ValidationError({"corrects": _("There is no such notice.")})
    values = {tuple(one.key): one.value for one in told.values}
    if len(values) < len(told.values):
        raise ValidationError({"values": _("One key is given twice.")})
    made = notices.register_parameter(
        person, **given, values=values, corrects=corrects, file=upload_of(told.file), now=timezone.now()
    )
    return Status(201, NoticeOut.of(made))


@router.get(
    "/notices/{int:number}", response={200: NoticeOut, **ERRORS}, url_name="notice", summary="One notice"
)
def detail(request: HttpRequest, number: int) -> NoticeOut:
    """Its values and where it stands."""
    return NoticeOut.of(_notice(request, number))


@router.get(
    "/notices/{int:number}/file",
    response={200: None, **ERRORS},
    url_name="notice_file",
    summary="The document",
)
def file(request: HttpRequest, number: int) -> HttpResponse:
    """As it was filed; 404 where it was not."""
    notice = _notice(request, number)
    if not notice.file_sha256:
        raise Http404
    content = files.content(notice.file_sha256)
    return attached(content, notice.file_name, files.media_type(notice.file_name))


@router.get(
    "/notices/{int:number}/effects",
    response={200: EffectPage, **ERRORS},
    url_name="notice_effects",
    summary="What a notice does to reports",
)
def effect(
    request: HttpRequest,
    number: int,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(effects.PAGE, ge=1, le=effects.PAGE),
) -> dict[str, Any]:
    """Those one may see, of each page first those that change; a submitted report stays as filed."""
    notice = _notice(request, number)
    found = effects.affected(access.me(request), notice)
    items = [EffectOut.of(one) for one in effects.effects(found[offset : offset + limit], notice)]
    return {"count": found.count(), "items": items}


def _second(request: HttpRequest, number: int, verb: Any, **given: Any) -> NoticeOut:
    """What a second person decides, as the register shows it afterwards."""
    try:
        verb(access.me(request), _notice(request, number), now=timezone.now(), **given)
    except PermissionDenied as error:
        if str(error).startswith("reporting."):
            raise
        raise Problem(403, "second_person", str(error)) from error
    return NoticeOut.of(_notice(request, number))


@router.post(
    "/notices/{int:number}/decision",
    response={200: NoticeOut, **ERRORS},
    url_name="notice_decision",
    summary="Confirm or reject registered values",
)
def decide(request: HttpRequest, number: int, told: NoticeDecisionIn) -> NoticeOut:
    """By a second person."""
    verb = notices.confirm_parameter if told.confirm else notices.reject_parameter
    return _second(request, number, verb, why=told.why)


@router.post(
    "/notices/{int:number}/withdrawal",
    response={200: NoticeOut, **ERRORS},
    url_name="notice_withdrawal",
    summary="Withdraw a notice",
)
def withdraw(request: HttpRequest, number: int, told: WithdrawalIn) -> NoticeOut:
    """Takes back what nobody decided on; of what counts, asks a second person."""
    return _second(request, number, notices.withdraw_parameter, why=told.why)


@router.post(
    "/notices/{int:number}/withdrawal/decision",
    response={200: NoticeOut, **ERRORS},
    url_name="notice_withdrawal_decision",
    summary="Confirm or refuse a withdrawal",
)
def decide_withdrawal(request: HttpRequest, number: int, told: NoticeDecisionIn) -> NoticeOut:
    """By a second person."""
    return _second(request, number, notices.decide_withdrawal, confirm=told.confirm, why=told.why)
