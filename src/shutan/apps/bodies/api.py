"""Records of service bodies through the API: what the web can do, a token of the same organisation can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.bodies import actions, content, judging, queries, workbook
from shutan.apps.bodies.models import Application, Finding, Row
from shutan.apps.bodies.sections import SECTIONS, Section
from shutan.apps.common.api import ERRORS, Count, Detail, Line, Problem, Text
from shutan.apps.common.language import language
from shutan.apps.common.refusals import BlockedError, FaultsError, StaleError
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["service bodies"])

Part = Literal["accreditations", "people", "instruments", "works", "interests"]
Value = Text | bool | int | float | list[Line] | None
Values = Annotated[
    dict[Line, Value],
    Field(
        description="by the names that the answer has; days as 2026-05-31; what is left out is empty",
        max_length=40,
    ),
]
Offset = Annotated[int, Query(), Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(), Field(ge=1, le=500)]


class BodyOut(Schema):
    """A record in short."""

    id: int
    name: str
    credit_code: str | None
    division_code: str
    state: str
    in_review: bool
    revision: int
    services: list[str]
    changed_at: datetime

    @staticmethod
    def of(body: Any) -> BodyOut:
        """From a row of `queries.bodies`."""
        home = body.organisation
        return BodyOut(
            id=body.pk, name=home.name, credit_code=home.credit_code, division_code=home.division_code,
            state=body.state, in_review=body.in_review, revision=body.revision, services=body.services,
            changed_at=body.changed_at,
        )  # fmt: skip


class BodyPage(Schema):
    """Some records and how many there are."""

    count: int
    items: list[BodyOut]


class ConflictOut(Schema):
    """A conflict of interest with its article."""

    name: str
    text: str
    about: str
    source: str
    status: str
    blocks: bool


class ExpiryOut(Schema):
    """Something that has run out or soon will."""

    title: str
    day: date
    part: str
    state: str


class ApplicationOut(Schema):
    """An application and what was said to it."""

    id: int
    kind: str
    state: str
    submitted_at: datetime
    decided_at: datetime | None
    reason: str

    @staticmethod
    def of(one: Application) -> ApplicationOut:
        """From its row."""
        return ApplicationOut(
            id=one.pk,
            kind=one.kind,
            state=one.state,
            submitted_at=one.submitted_at,
            decided_at=one.decided_at,
            reason=one.reason,
        )


class BodyDetail(Schema):
    """A whole record: the body, its profile, what stands against applying, conflicts, what runs out, applications."""

    body: BodyOut
    profile: dict[str, Any]
    against_application: list[str]
    conflicts: list[ConflictOut]
    expiring: list[ExpiryOut]
    applications: list[ApplicationOut]


class RowOut(Schema):
    """One line of a part."""

    id: int
    revision: int
    values: dict[str, Any]


class PartRowIn(Schema):
    """A line to keep; `revision` is needed to change one."""

    values: Values
    revision: Count = 0


class ProfileIn(Schema):
    """The whole profile, and the revision of the record it was read at."""

    values: Values
    revision: Count


class ApplicationIn(Schema):
    """The revision of the record that was read, and a note to the province."""

    revision: Count
    note: Annotated[str, Field(max_length=500)] = ""


class ApplicationDecisionIn(Schema):
    """What the province says."""

    application: Count
    decision: Literal["approve", "return"]
    reason: Annotated[str, Field(max_length=1000)] = ""
    valid_until: date | None = None


class StandingIn(Schema):
    """What happens to a registration."""

    kind: Literal["suspended", "resumed", "withdrawn"]
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class FindingIn(Schema):
    """What an authority found."""

    found_on: date
    source: Annotated[Line, Field(min_length=1)]
    title: Annotated[Line, Field(min_length=1)]
    details: Text = ""
    is_public: bool = False


class WordsIn(Schema):
    """The answer to a finding, or its result."""

    text: Annotated[str, Field(min_length=1, max_length=1000)]


class BodyFindingOut(Schema):
    """A finding."""

    id: int
    found_on: date
    source: str
    title: str
    details: str
    is_public: bool
    state: str
    recorded_for: str
    answer: str
    result: str

    @staticmethod
    def of(one: Finding) -> BodyFindingOut:
        """From its row."""
        names = ("found_on", "source", "title", "details", "is_public", "state", "answer", "result")
        told = {name: getattr(one, name) for name in names}
        return BodyFindingOut(id=one.pk, recorded_for=str(one.recorded_for or ""), **told)


class BodyImportOut(Schema):
    """How many lines were read, and how many of them are new or changed."""

    lines: int
    changed: int


@contextmanager
def told() -> Iterator[None]:
    """The actions' refusals as answers of the API."""
    try:
        yield
    except StaleError as error:
        raise Problem(409, "stale", _("Someone changed this meanwhile.")) from error
    except BlockedError as error:
        reasons = [Detail(place="", message=one) for one in error.reasons]
        raise Problem(422, "blocked", _("This cannot be done now."), reasons) from error
    except FaultsError as error:
        faults = [
            Detail(place=f"values.{name}", message=str(fault))
            for name, given in error.form.errors.items()
            for fault in given
        ]
        raise Problem(422, "faults", _("Some values are not as expected."), faults) from error


def _body(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.bodies(access.me(request)), pk=number)


def _row_out(section: Section, row: Row) -> RowOut:
    return RowOut(
        id=row.pk,
        revision=row.revision,
        values={name: content.plain(getattr(row, name)) for name in section.names},
    )


def _as_sent(values: dict[str, Any]) -> dict[str, Any]:
    """Values as a form takes them: nothing for null."""
    return {name: "" if value is None else value for name, value in values.items()}


@router.get(
    "/bodies", response={200: BodyPage, **ERRORS}, url_name="bodies", summary="Records of service bodies"
)
def bodies(
    request: HttpRequest, text: Line = "", state: Line = "", offset: Offset = 0, limit: Limit = 100
) -> dict[str, Any]:
    """Those the person sees; `state` may be `review` too."""
    found = queries.bodies(access.me(request))
    if text:
        found = found.filter(organisation__name_zh__icontains=text)
    if state:
        found = found.filter(in_review=True) if state == "review" else found.filter(state=state)
    return {"count": found.count(), "items": [BodyOut.of(one) for one in found[offset : offset + limit]]}


@router.post(
    "/bodies",
    response={201: BodyOut, **ERRORS},
    url_name="bodies",
    summary="Open the record of one's own organisation",
)
def open_record(request: HttpRequest) -> Status:
    """The same record where it is open already."""
    person = access.me(request)
    assert person.organisation is not None  # noqa: S101 - the table lets people of bodies only
    made = actions.start(person, person.organisation, now=timezone.now())
    return Status(201, BodyOut.of(_body(request, made.pk)))


@router.get(
    "/bodies/{int:number}", response={200: BodyDetail, **ERRORS}, url_name="body", summary="One record"
)
def body(request: HttpRequest, number: int) -> BodyDetail:
    """Everything but its lines."""
    held = _body(request, number)
    record, page = content.record(held), getattr(held, "page", None)
    today = timezone.localdate()
    return BodyDetail(
        body=BodyOut.of(held),
        profile=content.profile(held),
        against_application=judging.against_application(record, today),
        conflicts=[
            ConflictOut(
                name=one.name,
                text=one.text(language()),
                about=one.about,
                source=one.source,
                status=one.status,
                blocks=one.blocks,
            )
            for one in judging.conflicts(record, today)
        ],
        expiring=[
            ExpiryOut(title=one.title, day=one.day, part=one.section, state=one.state(today))
            for one in judging.expiring(record, page, today)
        ],
        applications=[ApplicationOut.of(one) for one in held.applications.all()],
    )


@router.patch(
    "/bodies/{int:number}", response={200: BodyOut, **ERRORS}, url_name="body", summary="Change the profile"
)
def change_profile(request: HttpRequest, number: int, given: ProfileIn) -> BodyOut:
    """Fields that are not named stay. 409 when someone changed the record meanwhile."""
    held = _body(request, number)
    values = content.profile(held) | given.values
    with told():
        actions.change_profile(
            access.me(request), held, _as_sent(values), revision=given.revision, now=timezone.now()
        )
    return BodyOut.of(_body(request, number))


@router.get(
    "/bodies/{int:number}/parts/{part}",
    response={200: list[RowOut], **ERRORS},
    url_name="body_rows",
    summary="The lines of a part",
)
def rows(
    request: HttpRequest, number: int, part: Part, offset: Offset = 0, limit: Limit = 500
) -> list[RowOut]:
    """In the order of the page."""
    section = SECTIONS[part]
    found = queries.rows(_body(request, number), section)[offset : offset + limit]
    return [_row_out(section, row) for row in found]


@router.post(
    "/bodies/{int:number}/parts/{part}",
    response={201: RowOut, **ERRORS},
    url_name="body_rows",
    summary="Add a line",
)
def add_row(request: HttpRequest, number: int, part: Part, given: PartRowIn) -> Status:
    """422 with every fault."""
    held, section = _body(request, number), SECTIONS[part]
    with told():
        made = actions.keep_row(access.me(request), held, section, _as_sent(given.values), now=timezone.now())
    return Status(201, _row_out(section, made))


@router.put(
    "/bodies/{int:number}/parts/{part}/{int:row}",
    response={200: RowOut, **ERRORS},
    url_name="body_row",
    summary="Change a line",
)
def change_row(request: HttpRequest, number: int, part: Part, row: int, given: PartRowIn) -> RowOut:
    """All its values anew. 409 when someone changed it meanwhile."""
    held, section = _body(request, number), SECTIONS[part]
    found = get_object_or_404(queries.rows(held, section), pk=row)
    with told():
        kept = actions.keep_row(
            access.me(request),
            held,
            section,
            _as_sent(given.values),
            row=found,
            revision=given.revision,
            now=timezone.now(),
        )
    return _row_out(section, kept)


@router.delete(
    "/bodies/{int:number}/parts/{part}/{int:row}",
    response={204: None, **ERRORS},
    url_name="body_row",
    summary="Remove a line",
)
def remove_row(
    request: HttpRequest,
    number: int,
    part: Part,
    row: int,
    revision: Annotated[int, Query(), Field(ge=0, le=10**9)],
) -> Status:
    """The log keeps what it said."""
    held, section = _body(request, number), SECTIONS[part]
    found = get_object_or_404(queries.rows(held, section), pk=row)
    with told():
        actions.remove_row(access.me(request), held, section, found, revision=revision, now=timezone.now())
    return Status(204, None)


@router.post(
    "/bodies/{int:number}/parts/{part}/import",
    response={200: BodyImportOut, **ERRORS},
    url_name="body_import",
    summary="Take a filled-in workbook",
)
def import_rows(
    request: HttpRequest, number: int, part: Part, file: Annotated[UploadedFile, File()]
) -> BodyImportOut:
    """All of it, or nothing with all that is wrong, by cell."""
    held, section = _body(request, number), SECTIONS[part]
    if (file.size or 0) > LARGEST_FILE:
        raise Problem(413, "too_large", _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20})
    found = workbook.read(section, held, file.read())
    if found.faults:
        faults = [Detail(place=one.cell, message=one.wrong, expected=one.expected) for one in found.faults]
        raise Problem(422, "faults", _("Some values are not as expected."), faults)
    with told():
        changed = actions.import_rows(access.me(request), held, section, found.forms, now=timezone.now())
    return BodyImportOut(lines=len(found.forms), changed=changed)


@router.post(
    "/bodies/{int:number}/submit",
    response={200: ApplicationOut, **ERRORS},
    url_name="body_submit",
    summary="Apply",
)
def submit(request: HttpRequest, number: int, given: ApplicationIn) -> ApplicationOut:
    """422 with everything that stands against it."""
    with told():
        made = actions.submit(
            access.me(request),
            _body(request, number),
            revision=given.revision,
            note=given.note,
            now=timezone.now(),
        )
    return ApplicationOut.of(made)


@router.post(
    "/bodies/{int:number}/take-back",
    response={200: ApplicationOut, **ERRORS},
    url_name="body_take_back",
    summary="Take the application back",
)
def take_back(request: HttpRequest, number: int) -> ApplicationOut:
    """The record can be changed again."""
    with told():
        return ApplicationOut.of(
            actions.take_back(access.me(request), _body(request, number), now=timezone.now())
        )


@router.post(
    "/bodies/{int:number}/decision",
    response={200: ApplicationOut, **ERRORS},
    url_name="body_decision",
    summary="Publish or return",
)
def decision(request: HttpRequest, number: int, given: ApplicationDecisionIn) -> ApplicationOut:
    """A return needs reasons."""
    one = get_object_or_404(
        queries.applications(access.me(request)), body=_body(request, number), pk=given.application
    )
    with told():
        made = actions.decide(
            access.me(request), one, approve=given.decision == "approve", reason=given.reason,
            valid_until=given.valid_until, now=timezone.now(),
        )  # fmt: skip
    return ApplicationOut.of(made)


@router.post(
    "/bodies/{int:number}/standing",
    response={200: BodyOut, **ERRORS},
    url_name="body_standing",
    summary="Suspend, resume or withdraw",
)
def standing(request: HttpRequest, number: int, given: StandingIn) -> BodyOut:
    """The reason is public."""
    with told():
        actions.change_standing(
            access.me(request), _body(request, number), given.kind, reason=given.reason, now=timezone.now()
        )
    return BodyOut.of(_body(request, number))


@router.get(
    "/bodies/{int:number}/findings",
    response={200: list[BodyFindingOut], **ERRORS},
    url_name="body_findings",
    summary="Findings at a body",
)
def findings(request: HttpRequest, number: int) -> list[BodyFindingOut]:
    """The latest first."""
    found = queries.findings(access.me(request)).filter(body=_body(request, number))
    return [BodyFindingOut.of(one) for one in found]


@router.post(
    "/bodies/{int:number}/findings",
    response={201: BodyFindingOut, **ERRORS},
    url_name="body_findings",
    summary="Record a finding",
)
def record_finding(request: HttpRequest, number: int, given: FindingIn) -> Status:
    """Never changed afterwards."""
    made = actions.record_finding(
        access.me(request), _body(request, number), **given.dict(), now=timezone.now()
    )
    return Status(201, BodyFindingOut.of(made))


def _finding(request: HttpRequest, number: int, finding: int) -> Finding:
    return get_object_or_404(queries.findings(access.me(request)), body=_body(request, number), pk=finding)


@router.post(
    "/bodies/{int:number}/findings/{int:finding}/answer",
    response={200: BodyFindingOut, **ERRORS},
    url_name="body_finding_answer",
    summary="Answer a finding",
)
def answer_finding(request: HttpRequest, number: int, finding: int, given: WordsIn) -> BodyFindingOut:
    """Until it is closed, the answer can be given again."""
    with told():
        return BodyFindingOut.of(
            actions.answer_finding(
                access.me(request), _finding(request, number, finding), given.text, now=timezone.now()
            )
        )


@router.post(
    "/bodies/{int:number}/findings/{int:finding}/close",
    response={200: BodyFindingOut, **ERRORS},
    url_name="body_finding_close",
    summary="Close a finding",
)
def close_finding(request: HttpRequest, number: int, finding: int, given: WordsIn) -> BodyFindingOut:
    """With its result."""
    with told():
        return BodyFindingOut.of(
            actions.close_finding(
                access.me(request), _finding(request, number, finding), given.text, now=timezone.now()
            )
        )
