"""Schemes and meters through the API: what the web can do, a token of the same organisation can do."""

from __future__ import annotations

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
from shutan.apps.common.api import ERRORS, Code, Count, Detail, DocumentIn, Line, Problem, Text, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.common.language import language
from shutan.apps.schemes import actions, content, judging, queries, steps, workbook
from shutan.apps.schemes.models import Calibration, Meter, Scheme, SchemeFile
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.common.schemes import schemes

router = Router(tags=["schemes"])

Year = Annotated[int, Field(ge=2020, le=2100)]
Value = Text | int | float | None
Values = Annotated[
    dict[Line, Value],
    Field(description="by the names that the answer has; what is left out is empty", max_length=20),
]
Kind = Literal["facilities", "parameters"]


class SchemeOut(Schema):
    """A version in short."""

    id: int
    organisation: str
    credit_code: str | None
    rule_set: str
    year: int
    version: int
    state: str
    revision: int
    submitted_at: datetime | None
    decided_at: datetime | None
    in_force_from: date | None
    reason: str
    triggers: list[str]

    @staticmethod
    def of(one: Scheme) -> SchemeOut:
        """From its row."""
        return SchemeOut(
            id=one.pk, organisation=one.organisation.name, credit_code=one.organisation.credit_code,
            rule_set=one.rule_set, year=one.year, version=one.version, state=one.state, revision=one.revision,
            submitted_at=one.submitted_at, decided_at=one.decided_at, in_force_from=one.in_force_from,
            reason=one.reason, triggers=one.triggers,
        )  # fmt: skip


class SchemePage(Schema):
    """Some versions and how many there are."""

    count: int
    items: list[SchemeOut]


class RemarkOut(Schema):
    """Something that stands against the review, or is worth a look."""

    section: str
    text: str
    blocks: bool


class SchemeOpinionOut(Schema):
    """What an authority said."""

    authority: str
    verdict: str
    text: str
    at: datetime


class SchemeFileOut(Schema):
    """A chart or plan that a section's item asks for."""

    id: int
    item: str
    name: str
    sha256: str

    @staticmethod
    def of(one: SchemeFile) -> SchemeFileOut:
        """From its row."""
        return SchemeFileOut(id=one.pk, item=one.item, name=one.name, sha256=one.sha256)


class SchemeDetail(Schema):
    """A whole version: texts by item, files, facilities, parameters and meters, as the guideline orders them."""

    scheme: SchemeOut
    content: dict[str, Any]
    rows: list[dict[str, Any]]
    files: list[SchemeFileOut]
    remarks: list[RemarkOut]
    opinions: list[SchemeOpinionOut]
    answer: str


class SchemeIn(Schema):
    """A scheme to begin. Without an organisation: one's own."""

    organisation: Code | None = None
    rule_set: Code
    year: Year


class RevisionIn(Schema):
    """Why a version is revised."""

    triggers: Annotated[list[Code], Field(max_length=10)] = []
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class TextsIn(Schema):
    """Texts of one section by item; what is left out stays."""

    section: Code
    texts: Annotated[dict[Code, Text], Field(max_length=20)]


class SchemeRowIn(Schema):
    """A facility or a figure's line; `id` and `revision` to change one."""

    kind: Kind
    id: Count | None = None
    revision: Count = 0
    values: Values


class SchemeFilesIn(Schema):
    """Charts or plans, as PDF or picture, for an item that asks for files."""

    item: Code
    files: Annotated[list[DocumentIn], Field(min_length=1, max_length=20)]


class SchemeRowOut(Schema):
    """The line as it stands."""

    id: int
    revision: int


class SchemeStepIn(Schema):
    """A step: its reason or opinion, the revision that was read, for accepting the first day in force."""

    step: Literal["send_to_review", "send_back", "submit", "accept", "return"]
    revision: Count
    why: Text = ""
    in_force_from: date | None = None


class SchemeOpinionIn(Schema):
    """An authority's opinion."""

    verdict: Literal["agrees", "objects"]
    text: Text = ""


class SchemeDifferenceOut(Schema):
    """One thing that is not as before."""

    section: str
    row: str
    field: str
    before: str
    after: str


class ImportedOut(Schema):
    """How many lines were read and what changed."""

    lines: int
    changed: int


class MeterOut(Schema):
    """A meter with the day on which its calibration is due."""

    id: int
    organisation: str
    number: str
    name: str
    model: str
    place: str
    frequency: str
    accuracy: str
    calibration_months: int
    calibration_standard: str
    retired_on: date | None
    due: date | None
    revision: int

    @staticmethod
    def of(one: Any) -> MeterOut:
        """From a row of `queries.meters`."""
        told = {name: getattr(one, name) for name in content.METER}
        return MeterOut(
            id=one.pk, organisation=one.organisation.name, due=one.due, revision=one.revision, **told
        )


class MeterIn(Schema):
    """A meter; `id` and `revision` to change one. Without an organisation: one's own."""

    organisation: Code | None = None
    id: Count | None = None
    revision: Count = 0
    values: Values


class CalibrationIn(Schema):
    """A calibration. The certificate's scan is sent through the page."""

    day: date
    due: date
    by: Annotated[Line, Field(min_length=1)]
    certificate: Annotated[str, Field(max_length=80)] = ""
    error_found: Annotated[str, Field(max_length=12)] = ""


def _scheme(request: HttpRequest, number: int) -> Scheme:
    return get_object_or_404(queries.schemes(access.me(request)), pk=number)


def _home(request: HttpRequest, code: str | None) -> Any:
    kept = queries.kept_for(access.me(request))
    found = kept.filter(credit_code=code).first() if code else kept.first()
    if found is None:
        raise Problem(404, "not_found", _("No such enterprise."))
    return found


@router.get("/schemes", response={200: SchemePage, **ERRORS}, url_name="schemes")
def list_schemes(
    request: HttpRequest,
    year: Annotated[int | None, Query(), Field(ge=2020, le=2100)] = None,
    day: date | None = None,
    offset: Annotated[int, Query(), Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=500)] = 100,
) -> Any:
    """The versions one may see; with `day` only those in force on it."""
    rows = queries.schemes(access.me(request))
    if year is not None:
        rows = rows.filter(year=year)
    if day is not None:
        rows = queries.in_force_rows(rows, day)
    return SchemePage(count=rows.count(), items=[SchemeOut.of(one) for one in rows[offset : offset + limit]])


@router.post("/schemes", response={201: SchemeOut, **ERRORS}, url_name="schemes")
def begin(request: HttpRequest, body: SchemeIn) -> Any:
    """Begin the scheme of a year."""
    if body.rule_set not in schemes():
        raise Problem(422, "refused", _("This guideline asks for no scheme."))
    with told():
        made = actions.begin(
            access.me(request),
            _home(request, body.organisation),
            body.rule_set,
            body.year,
            now=timezone.now(),
        )
    return Status(201, SchemeOut.of(made))


@router.get("/schemes/{int:number}", response={200: SchemeDetail, **ERRORS}, url_name="scheme")
def detail(request: HttpRequest, number: int) -> Any:
    """A whole version. `rows` are the lines of a draft with their `id` and `revision`."""
    held = _scheme(request, number)
    whole = content.whole(held)
    rows = [
        {
            "kind": kind,
            "id": one.pk,
            "revision": one.revision,
            **{name: getattr(one, name) for name in content.KEYS[kind]},
        }
        for kind, found in (("facilities", held.facilities.all()), ("parameters", held.parameters.all()))
        for one in found
    ]
    return SchemeDetail(
        scheme=SchemeOut.of(held),
        content=whole,
        rows=rows,
        files=[SchemeFileOut.of(one) for one in held.files.all()],
        remarks=[
            RemarkOut(section=one.section, text=one.text, blocks=one.blocks)
            for one in judging.remarks(held, whole, timezone.localdate())
        ],
        opinions=[
            SchemeOpinionOut(
                authority=one.authority.name if one.authority else "",
                verdict=one.verdict,
                text=one.text,
                at=one.at,
            )
            for one in held.opinions.select_related("authority")
        ],
        answer=held.answer,
    )


@router.post(
    "/schemes/{int:number}/versions", response={201: SchemeOut, **ERRORS}, url_name="scheme_versions"
)
def revise(request: HttpRequest, number: int, body: RevisionIn) -> Any:
    """Make a further version of one that was accepted or returned."""
    with told():
        made = actions.revise(
            access.me(request),
            _scheme(request, number),
            triggers=body.triggers,
            reason=body.reason,
            now=timezone.now(),
        )
    return Status(201, SchemeOut.of(made))


@router.put("/schemes/{int:number}/texts", response={200: SchemeOut, **ERRORS}, url_name="scheme_texts")
def keep_texts(request: HttpRequest, number: int, body: TextsIn) -> Any:
    """Save texts of a section of a draft."""
    held = _scheme(request, number)
    section = next((one for one in held.declared.sections if one.number == body.section), None)
    if section is None:
        raise Problem(404, "not_found", _("The guideline has no such section."))
    with told():
        saved = actions.keep_texts(
            access.me(request),
            held,
            section,
            dict(held.texts) | body.texts,
            seen=actions.stamp(held, section),
            now=timezone.now(),
        )
    return SchemeOut.of(saved)


@router.put("/schemes/{int:number}/rows", response={200: SchemeRowOut, **ERRORS}, url_name="scheme_rows")
def keep_row(request: HttpRequest, number: int, body: SchemeRowIn) -> Any:
    """Add a facility or a figure's line to a draft, or change one. Meters are named by their number."""
    held = _scheme(request, number)
    rows: Any = held.facilities if body.kind == "facilities" else held.parameters
    row = get_object_or_404(rows.all(), pk=body.id) if body.id else None
    with told():
        kept = actions.keep_row(
            access.me(request),
            held,
            body.kind,
            body.values,
            row=row,
            revision=body.revision,
            now=timezone.now(),
        )
    return SchemeRowOut(id=kept.pk, revision=kept.revision)


@router.delete("/schemes/{int:number}/rows", response={204: None, **ERRORS}, url_name="scheme_rows")
def remove_row(
    request: HttpRequest,
    number: int,
    kind: Kind,
    id: Annotated[Count, Query()],  # noqa: A002 - as the answer names it
    revision: Annotated[Count, Query()],
) -> Any:
    """Take a facility or a figure's line off a draft."""
    held = _scheme(request, number)
    rows: Any = held.facilities if kind == "facilities" else held.parameters
    with told():
        actions.remove_row(
            access.me(request),
            held,
            kind,
            get_object_or_404(rows.all(), pk=id),
            revision=revision,
            now=timezone.now(),
        )
    return Status(204, None)


@router.post(
    "/schemes/{int:number}/files", response={201: list[SchemeFileOut], **ERRORS}, url_name="scheme_files"
)
def add_files(request: HttpRequest, number: int, body: SchemeFilesIn) -> Any:
    """Add charts or plans to a draft; all of them, or nothing with all that is wrong."""
    uploads = [found for one in body.files if (found := upload_of(one))]
    held = _scheme(request, number)
    with told():
        made = actions.add_files(access.me(request), held, body.item, uploads, now=timezone.now())
    return Status(201, [SchemeFileOut.of(one) for one in made])


@router.delete(
    "/schemes/{int:number}/files/{int:file}", response={204: None, **ERRORS}, url_name="scheme_file"
)
def drop_file(request: HttpRequest, number: int, file: int) -> Any:
    """Take a chart or plan off a draft."""
    found = get_object_or_404(_scheme(request, number).files.all(), pk=file)
    with told():
        actions.drop_file(access.me(request), found, now=timezone.now())
    return Status(204, None)


@router.post("/schemes/{int:number}/import", response={200: ImportedOut, **ERRORS}, url_name="scheme_import")
def take_in(request: HttpRequest, number: int, file: File[UploadedFile]) -> Any:
    """Take the filled-in workbook of a draft: all of it, or nothing with all that is wrong."""
    held = _scheme(request, number)
    if (file.size or 0) > LARGEST_FILE:
        raise Problem(413, "too_large", _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20})
    found = workbook.read(held, file.read())
    if found.faults:
        details = [Detail(place=one.cell, message=one.wrong, expected=one.expected) for one in found.faults]
        raise Problem(422, "invalid", _("Nothing was saved."), details)
    with told():
        changed = actions.import_sheets(
            access.me(request), held, found.texts, found.forms, now=timezone.now()
        )
    return ImportedOut(lines=len(found.forms), changed=changed)


@router.post("/schemes/{int:number}/steps", response={200: SchemeOut, **ERRORS}, url_name="scheme_step")
def take_step(request: HttpRequest, number: int, body: SchemeStepIn) -> Any:
    """Take a step of the procedure."""
    with told():
        held = steps.take(
            access.me(request),
            _scheme(request, number),
            body.step,
            revision=body.revision,
            why=body.why,
            in_force_from=body.in_force_from,
            now=timezone.now(),
        )
    return SchemeOut.of(held)


@router.post(
    "/schemes/{int:number}/opinions", response={201: SchemeOpinionOut, **ERRORS}, url_name="scheme_opinions"
)
def opine(request: HttpRequest, number: int, body: SchemeOpinionIn) -> Any:
    """Give an opinion as city or province."""
    with told():
        made = steps.give_opinion(
            access.me(request),
            _scheme(request, number),
            verdict=body.verdict,
            text=body.text,
            now=timezone.now(),
        )
    return Status(
        201,
        SchemeOpinionOut(
            authority=made.authority.name if made.authority else "",
            verdict=made.verdict,
            text=made.text,
            at=made.at,
        ),
    )


@router.get(
    "/schemes/{int:number}/differences/{int:other}",
    response={200: list[SchemeDifferenceOut], **ERRORS},
    url_name="scheme_difference",
)
def difference(request: HttpRequest, number: int, other: int) -> Any:
    """What a version says otherwise than another of the same guideline, in the language of the request."""
    held, before = _scheme(request, number), _scheme(request, other)
    if (held.organisation_id, held.rule_set) != (before.organisation_id, before.rule_set):
        raise Problem(422, "refused", _("Versions of one enterprise and guideline are compared."))
    found = content.differences(content.whole(before), content.whole(held), held.declared)
    return [
        SchemeDifferenceOut(
            section=one.section, row=one.row, field=one.field, before=one.before, after=one.after
        )
        for one in found
    ]


@router.get("/scheme-forms/{rule_set}", response={200: dict[str, Any], **ERRORS}, url_name="scheme_form")
def form(request: HttpRequest, rule_set: Code) -> Any:  # noqa: ARG001
    """What the guideline of a rule set asks for: sections, items, figures and cases of revision."""
    declared = schemes().get(rule_set)
    if declared is None:
        raise Problem(404, "not_found", _("This guideline asks for no scheme."))
    said = language()
    return {
        "status": declared.status,
        "source": declared.source.partition("|")[0 if said == "zh" else 2],
        "sections": [
            {
                "number": section.number,
                "title": section.label(said),
                "holds": section.holds,
                "items": [{"key": one.key, "label": one.label(said), "kind": one.kind, "optional": one.optional} for one in section.items],
                "parameters": [{"name": one, "label": content.parameter_label(declared, one)} for one in section.parameters],
            }
            for section in declared.sections
        ],
        "triggers": [{"key": one.key, "label": one.label(said)} for one in declared.triggers],
    }  # fmt: skip


@router.get("/meters", response={200: list[MeterOut], **ERRORS}, url_name="meters")
def list_meters(
    request: HttpRequest,
    due_until: date | None = None,
    offset: Annotated[int, Query(), Field(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=500)] = 100,
) -> Any:
    """The meters one may see; with `due_until` those in use whose calibration is due by then."""
    rows = queries.meters(access.me(request))
    if due_until is not None:
        rows = rows.filter(retired_on=None, due__lte=due_until)
    return [MeterOut.of(one) for one in rows[offset : offset + limit]]


@router.put("/meters", response={200: MeterOut, **ERRORS}, url_name="meters")
def keep_meter(request: HttpRequest, body: MeterIn) -> Any:
    """Put a meter on record, or change what is said of one."""
    person = access.me(request)
    meter = get_object_or_404(queries.meters(person), pk=body.id) if body.id else None
    home = meter.organisation if meter else _home(request, body.organisation)
    with told():
        kept = actions.keep_meter(
            person, home, body.values, meter=meter, revision=body.revision, now=timezone.now()
        )
    return MeterOut.of(queries.meters(person).get(pk=kept.pk))


@router.post(
    "/meters/{int:number}/calibrations", response={201: MeterOut, **ERRORS}, url_name="meter_calibrations"
)
def calibrate(request: HttpRequest, number: int, body: CalibrationIn) -> Any:
    """Put a calibration on record."""
    person = access.me(request)
    held: Meter = get_object_or_404(queries.meters(person), pk=number)
    with told():
        actions.record_calibration(person, held, body.dict(), now=timezone.now())
    return Status(201, MeterOut.of(queries.meters(person).get(pk=number)))


@router.delete(
    "/meters/{int:number}/calibrations/{int:calibration}",
    response={204: None, **ERRORS},
    url_name="meter_calibration",
)
def withdraw(request: HttpRequest, number: int, calibration: int, why: Line) -> Any:
    """Say that a calibration was put on record wrongly."""
    held = get_object_or_404(queries.meters(access.me(request)), pk=number)
    found = get_object_or_404(
        Calibration.objects.select_related("meter__organisation"), meter=held, pk=calibration
    )
    with told():
        actions.withdraw_calibration(access.me(request), found, reason=why, now=timezone.now())
    return Status(204, None)
