"""Mandates through the API: what a principal gives and an agent accepts, the same actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from shutan.apps.accounts import access, mandates, queries
from shutan.apps.accounts.models import Mandate
from shutan.apps.common.api import ERRORS, DocumentIn, Line, Problem, upload_of

router = Router(tags=["accounts"])

Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class PartyOut(Schema):
    """An organisation by its key and name."""

    id: int
    name_zh: str
    name_en: str


class MandateOut(Schema):
    """A mandate: parties, areas, days, where it stands today."""

    id: int
    number: str
    principal: PartyOut
    agent: PartyOut
    areas: list[str]
    begins: date
    ends: date
    state: str
    document_name: str
    document_sha256: str
    given_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None
    reason: str

    @staticmethod
    def resolve_state(mandate: Mandate) -> str:
        """Today's."""
        return mandate.state(timezone.localdate())


class MandatePage(Schema):
    """Some mandates, the latest first, and how many there are."""

    count: int
    items: list[MandateOut]


class MandateIn(Schema):
    """What the principal gives."""

    agent: Number
    areas: list[Line] = Field(min_length=1, max_length=10)
    begins: date
    ends: date
    number: Annotated[
        str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\u0000-\u001f\u007f]*$")
    ]
    document: DocumentIn | None = None
    why: Line = ""


class EndIn(Schema):
    """Why a mandate ends."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\u0000-\u001f\u007f]*$")]


def _mandate(request: HttpRequest, number: int) -> Mandate:
    return get_object_or_404(queries.mandates(access.me(request)), pk=number)


@router.get("/mandates", response={200: MandatePage, **ERRORS}, url_name="mandates", summary="Mandates")
def listed(
    request: HttpRequest,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Those the organisation gave or holds, the latest first."""
    found = queries.mandates(access.me(request))
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.post("/mandates", response={201: MandateOut, **ERRORS}, url_name="mandates", summary="Give a mandate")
def give(request: HttpRequest, given: MandateIn) -> Status[Any]:
    """Offer a service company a mandate; it holds once the company accepts it."""
    person = access.me(request)
    agent = queries.agents().filter(pk=given.agent).first()
    if agent is None or person.organisation is None:
        raise Problem(422, "unknown_agent", _("Choose a registered service company."))
    made = mandates.give(
        person,
        principal=person.organisation,
        agent=agent,
        areas=given.areas,
        begins=given.begins,
        ends=given.ends,
        number=given.number,
        document=upload_of(given.document),
        now=timezone.now(),
        why=given.why,
    )
    return Status(201, made)


@router.get(
    "/mandates/{int:number}", response={200: MandateOut, **ERRORS}, url_name="mandate", summary="One mandate"
)
def detail(request: HttpRequest, number: int) -> Mandate:
    """Parties, areas, days and where it stands."""
    return _mandate(request, number)


@router.post(
    "/mandates/{int:number}/acceptance",
    response={200: MandateOut, **ERRORS},
    url_name="mandate_accept",
    summary="Accept a mandate",
)
def accept(request: HttpRequest, number: int) -> Mandate:
    """The agent takes it on."""
    return mandates.accept(access.me(request), _mandate(request, number), now=timezone.now())


@router.post(
    "/mandates/{int:number}/end",
    response={200: MandateOut, **ERRORS},
    url_name="mandate_end",
    summary="End a mandate",
)
def end(request: HttpRequest, number: int, given: EndIn) -> Mandate:
    """The principal revokes it, the agent declines it or lays it down: at once."""
    return mandates.end(access.me(request), _mandate(request, number), now=timezone.now(), why=given.why)
