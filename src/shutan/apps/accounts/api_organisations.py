"""Organisations and their people through the API: the same actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access, actions, organisations, people, queries
from shutan.apps.accounts.models import Deputy, Kind, Organisation, Role, User
from shutan.apps.common.api import ERRORS, Detail, Line, Problem

router = Router(tags=["accounts"])

Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


class OrganisationRecord(Schema):
    """An organisation's record; send `revision` back when you change it."""

    id: int
    revision: int
    kind: Kind
    name_zh: str
    name_en: str
    credit_code: str | None
    division_code: str
    head_office: int | None = Field(alias="head_office_id")
    address: str
    contact_name: str
    contact_phone: str
    contact_email: str
    is_fictitious: bool


class OrganisationPage(Schema):
    """Some organisations by name, and how many there are."""

    count: int
    items: list[OrganisationRecord]


class OrganisationIn(Schema):
    """What the province registers."""

    kind: Kind
    name_zh: Line
    name_en: Line = ""
    credit_code: Line | None = None
    division_code: Line = "510000"
    head_office: Number | None = None
    address: Line = ""
    contact_name: Line = ""
    contact_phone: Line = ""
    contact_email: Line = ""
    why: Line = ""


class OrganisationChange(Schema):
    """Fields to change, and the revision they were read at."""

    revision: Number
    name_zh: Line | None = None
    name_en: Line | None = None
    credit_code: Line | None = None
    division_code: Line | None = None
    head_office: Number | None = None
    address: Line | None = None
    contact_name: Line | None = None
    contact_phone: Line | None = None
    contact_email: Line | None = None
    why: Line = ""


class PersonOut(Schema):
    """A person of an organisation."""

    id: int
    username: str
    name: str
    email: str
    role: Role
    organisation: int | None = Field(alias="organisation_id")
    is_active: bool
    last_login: datetime | None


class PersonPage(Schema):
    """Some people by log-in, and how many there are."""

    count: int
    items: list[PersonOut]


class PersonIn(Schema):
    """Whom to invite, and as what; the own organisation unless another is named."""

    username: Annotated[str, Field(min_length=1, max_length=150, pattern=r"^[\w.@+-]+$")]
    name: Line
    email: Line = ""
    role: Role
    organisation: Number | None = None
    why: Line = ""


class InvitedOut(Schema):
    """The new log-in and the address at which the person sets their password: shown once."""

    person: PersonOut
    address: str


class RoleIn(Schema):
    """Another role, and why."""

    role: Role
    why: Line = ""


class LeaveIn(Schema):
    """Who takes over, and why the log-in is closed."""

    successor: Number | None = None
    why: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\u0000-\u001f\u007f]*$")]


class LeftOut(Schema):
    """The closed log-in and how much moved, by app."""

    person: PersonOut
    moved: dict[str, int]


class DeputyIn(Schema):
    """Who stands in for whom, from when to when."""

    person: Number
    deputy: Number
    begins: date
    ends: date
    why: Line = ""


class DeputyOut(Schema):
    """Someone standing in for a colleague."""

    id: int
    person: int = Field(alias="person_id")
    deputy: int = Field(alias="deputy_id")
    begins: date
    ends: date
    ended_at: datetime | None


def _organisation(request: HttpRequest, number: int) -> Organisation:
    return get_object_or_404(queries.organisations(access.me(request)), pk=number)


def _person(request: HttpRequest, number: int) -> User:
    return get_object_or_404(queries.people(access.me(request)), pk=number)


def _group(number: int | None) -> Organisation | None:
    if number is None:
        return None
    found = Organisation.objects.filter(pk=number, kind=Kind.GROUP).first()
    if found is None:
        fault = Detail(place="head_office", message=_("Only an enterprise has a group head office."))
        raise Problem(422, "unknown_group", fault.message, [fault])
    return found


@router.get(
    "/organisations",
    response={200: OrganisationPage, **ERRORS},
    url_name="organisations",
    summary="Organisations",
)
def listed(
    request: HttpRequest, kind: Kind | None = None, text: Line = "", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Those one may see, by name."""
    found = queries.organisations(access.me(request))
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(name_zh__icontains=text) | found.filter(credit_code__icontains=text)
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.post(
    "/organisations",
    response={201: OrganisationRecord, **ERRORS},
    url_name="organisations",
    summary="Register an organisation",
)
def register(request: HttpRequest, given: OrganisationIn) -> Status[Any]:
    """Register an organisation: the province's administrator."""
    told = given.dict()
    why, told["head_office"] = told.pop("why"), _group(told["head_office"])
    told["credit_code"] = told["credit_code"] or None
    contact = {name: told.pop(name) for name in organisations.CONTACT if name != "name_en"}
    made = actions.create_organisation(
        access.me(request), **told, contact=contact, now=timezone.now(), why=why
    )
    return Status(201, made)


@router.get(
    "/organisations/{int:number}",
    response={200: OrganisationRecord, **ERRORS},
    url_name="organisation",
    summary="One organisation",
)
def detail(request: HttpRequest, number: int) -> Organisation:
    """Its record."""
    return _organisation(request, number)


@router.patch(
    "/organisations/{int:number}",
    response={200: OrganisationRecord, **ERRORS},
    url_name="organisation",
    summary="Change an organisation's record",
)
def change(request: HttpRequest, number: int, given: OrganisationChange) -> Organisation:
    """Its own administrator changes contact data, the province's all; 409 when someone else changed it since."""
    told = given.dict(exclude_unset=True)
    why, revision = told.pop("why", ""), told.pop("revision")
    nullable = {"head_office", "credit_code"}
    changes = {name: value for name, value in told.items() if value is not None or name in nullable}
    if "head_office" in changes:
        changes["head_office"] = _group(changes["head_office"])
    try:
        return organisations.edit(
            access.me(request),
            _organisation(request, number),
            changes,
            revision=revision,
            now=timezone.now(),
            why=why,
        )
    except organisations.ChangedMeanwhileError as error:
        details = [Detail(place=label, message=value) for label, value in error.differs]
        raise Problem(409, "changed_meanwhile", _("Someone changed this meanwhile."), details) from error


@router.get("/people", response={200: PersonPage, **ERRORS}, url_name="people", summary="People")
def people_listed(
    request: HttpRequest, text: Line = "", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """People of one's organisation, by log-in; the province's administrator sees every administrator."""
    found = queries.people(access.me(request))
    if text:
        found = found.filter(name__icontains=text) | found.filter(username__icontains=text)
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.post("/people", response={201: InvitedOut, **ERRORS}, url_name="people", summary="Invite a person")
def invite(request: HttpRequest, given: PersonIn) -> Status[Any]:
    """Give a person a log-in; the answer has the address at which they set their password."""
    actor = access.me(request)
    organisation = _organisation(request, given.organisation or actor.organisation_id or 0)
    made = actions.create_user(
        actor,
        organisation,
        username=given.username,
        name=given.name,
        role=given.role,
        email=given.email,
        password=None,
        now=timezone.now(),
        why=given.why,
    )
    return Status(201, {"person": made, "address": request.build_absolute_uri(people.invitation(made))})


@router.get(
    "/people/{int:number}", response={200: PersonOut, **ERRORS}, url_name="person", summary="One person"
)
def person(request: HttpRequest, number: int) -> User:
    """Name, role, whether the log-in is open."""
    return _person(request, number)


@router.patch(
    "/people/{int:number}", response={200: PersonOut, **ERRORS}, url_name="person", summary="Change a role"
)
def change_role(request: HttpRequest, number: int, given: RoleIn) -> User:
    """Give a person another role of the organisation."""
    people.change_role(
        access.me(request), _person(request, number), given.role, now=timezone.now(), why=given.why
    )
    return _person(request, number)


@router.post(
    "/people/{int:number}/leave",
    response={200: LeftOut, **ERRORS},
    url_name="person_leave",
    summary="Close a log-in",
)
def leave(request: HttpRequest, number: int, given: LeaveIn) -> dict[str, Any]:
    """Close a log-in; with a successor, what waits for the leaver moves to them."""
    leaver, moved = _person(request, number), dict[str, int]()
    if given.successor is None:
        actions.deactivate_user(access.me(request), leaver, now=timezone.now(), why=given.why)
    else:
        successor = _person(request, given.successor)
        moved = people.hand_over(access.me(request), leaver, successor, now=timezone.now(), why=given.why)
    return {"person": _person(request, number), "moved": moved}


@router.post(
    "/deputies", response={201: DeputyOut, **ERRORS}, url_name="deputies", summary="Appoint a deputy"
)
def appoint(request: HttpRequest, given: DeputyIn) -> Status[Any]:
    """Let a colleague stand in for oneself, or as administrator for anyone of the organisation."""
    made = people.appoint_deputy(
        access.me(request),
        _person(request, given.person),
        _person(request, given.deputy),
        begins=given.begins,
        ends=given.ends,
        now=timezone.now(),
        why=given.why,
    )
    return Status(201, made)


@router.delete(
    "/deputies/{int:number}",
    response={200: DeputyOut, **ERRORS},
    url_name="deputy",
    summary="End a standing-in",
)
def end(request: HttpRequest, number: int) -> Deputy:
    """End a standing-in at once."""
    found = get_object_or_404(
        Deputy.objects.select_related("person", "deputy"),
        pk=number,
        person__in=queries.people(access.me(request)),
    )
    people.end_deputy(access.me(request), found, now=timezone.now())
    return found
