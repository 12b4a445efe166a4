"""Referrals through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, DocumentIn, Line, Problem, Text, upload_of
from shutan.apps.common.files import Upload
from shutan.apps.referrals import actions, queries, views

router = Router(tags=["referrals"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Documents = Annotated[list[DocumentIn], Field(max_length=actions.MOST_FILES)]


class SideOut(Schema):
    """An authority or enterprise."""

    id: int
    name_zh: str
    name_en: str


class ReferralOut(Schema):
    """A referral; `state` is today's: open, overdue, answered, returned or closed."""

    id: int
    sender: SideOut
    recipient: SideOut
    about: SideOut | None
    subject: str
    number: str
    due: date
    state: str = Field(alias="at_state")
    revision: int
    sent_at: datetime
    changed_at: datetime


class ReferralPage(Schema):
    """Some referrals, the latest first, and how many there are."""

    count: int
    items: list[ReferralOut]


class ReferralFileOut(Schema):
    """A file by its digest and name."""

    sha256: str
    name: str


class SaidOut(Schema):
    """What one side said."""

    id: int
    kind: str
    text: str
    organisation: int = Field(alias="organisation_id")
    at: datetime
    files: list[ReferralFileOut]


class ReferralWhole(Schema):
    """A referral with what was said."""

    referral: ReferralOut
    words: list[SaidOut]


class ReferralIn(Schema):
    """A matter for another authority."""

    recipient: Key
    subject: Annotated[Line, Field(min_length=1)]
    question: Text
    due: date
    about: Key | None = None
    number: Annotated[Line, Field(max_length=80)] = ""
    files: Documents = []


class ReferralStepIn(Schema):
    """`answer` or `return` by the recipient, `ask_again` (with another `due`, if wanted) or `close` by the sender."""

    step: Line
    text: Text
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    due: date | None = None
    files: Documents = []


def _referral(request: HttpRequest, number: int) -> Any:
    found = queries.referrals(access.me(request), today=timezone.localdate())
    return get_object_or_404(found, pk=number)


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    found = _referral(request, number)
    return {"referral": found, "words": list(found.words.all())}


def _uploads(sent: list[DocumentIn]) -> list[Upload]:
    return [found for one in sent if (found := upload_of(one))]


@router.get("/referrals", response={200: ReferralPage, **ERRORS}, url_name="referrals", summary="Referrals")
def listed(
    request: HttpRequest,
    *,
    state: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those one's organisation sent or received."""
    found = queries.referrals(access.me(request), today=timezone.localdate())
    found = found.filter(at_state=state) if state else found
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.post(
    "/referrals", response={201: ReferralWhole, **ERRORS}, url_name="referrals", summary="Send a referral"
)
def send(request: HttpRequest, given: ReferralIn) -> Status[Any]:
    """It stands on the recipient's worklist at once."""
    person, today = access.me(request), timezone.localdate()
    recipient = queries.recipients(person).filter(pk=given.recipient).first()
    if recipient is None:
        raise ValidationError({"recipient": _("Choose another authority.")})
    about = None
    if given.about is not None:
        about = queries.subjects(person, today=today).filter(pk=given.about).first()
        if about is None:
            raise ValidationError({"about": _("Choose an enterprise of your area.")})
    told = given.dict(exclude={"recipient", "about", "files"})
    made = actions.send(
        person, recipient=recipient, about=about, **told, uploads=_uploads(given.files), now=timezone.now()
    )
    return Status(201, _whole(request, made.pk))


@router.get(
    "/referrals/{int:number}",
    response={200: ReferralWhole, **ERRORS},
    url_name="referral",
    summary="One referral",
)
def detail(request: HttpRequest, number: int) -> dict[str, Any]:
    """With what was said."""
    return _whole(request, number)


@router.post(
    "/referrals/{int:number}/steps",
    response={200: ReferralWhole, **ERRORS},
    url_name="referral_step",
    summary="Answer, return, ask again or close",
)
def step(request: HttpRequest, number: int, given: ReferralStepIn) -> dict[str, Any]:
    """409 where something was said since `revision`."""
    referral = _referral(request, number)
    if given.step not in actions.STEPS:
        raise Problem(422, "unknown_step", ", ".join(actions.STEPS))
    try:
        actions.step(
            access.me(request),
            referral,
            given.step,
            text=given.text,
            due=given.due,
            uploads=_uploads(given.files),
            revision=given.revision,
            now=timezone.now(),
        )
    except actions.StaleError as error:
        raise Problem(409, "stale", _("Someone changed this meanwhile.")) from error
    return _whole(request, number)


@router.get(
    "/referrals/{int:number}/files/{int:word}/{int:at}",
    response={200: None, **ERRORS},
    url_name="referral_file",
    summary="A file of a referral",
)
def file(request: HttpRequest, number: int, word: int, at: int) -> HttpResponse:
    """By the number of what was said and its place there, from 0."""
    return views.file(request, number, word, at)
