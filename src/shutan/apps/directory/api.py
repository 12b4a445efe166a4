"""The directory through the API: what the web can do for an organisation, a token of that organisation can do."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Detail, Line, Problem
from shutan.apps.common.language import language
from shutan.apps.directory import actions, events, importing, queries, workbook
from shutan.apps.directory.api_shapes import (
    ChangeIn,
    DirectoryImportOut,
    EntityIn,
    EntityOut,
    EntityPage,
    EventIn,
    EventOut,
    EventPage,
    FactIn,
    FactOut,
    KindName,
    PreviewOut,
    RegistryChangeOut,
    RegistryDecisionIn,
    WhyIn,
)
from shutan.apps.directory.consequences import Happened, Proposal
from shutan.apps.directory.exporting import everything
from shutan.apps.directory.facts import FACTS
from shutan.apps.directory.models import Entity, Event, Fact, RegistryChange
from shutan.apps.directory.present import consequence, problem_lines
from shutan.apps.directory.reading import FaultsError
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["directory"])
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=1000)]
Day = Annotated[date | None, Field(description="facts of this day; default: today")]
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "Rows by kind; a row has `number`, `since` and the facts of its kind.",
                    "properties": {kind: {"type": "array", "items": {"type": "object"}} for kind in FACTS},
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}
FILE = {
    "responses": {
        200: {
            "description": "The file",
            "content": {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"}
                }
            },
        }
    }
}


def _entity(request: HttpRequest, number: int) -> Entity:
    return queries.entity(access.me(request), number, today=timezone.localdate())


def _faults(error: FaultsError) -> Problem:
    details = [
        Detail(
            place="!".join(filter(None, (one["sheet"], one["place"]))),
            message=one["wrong"],
            expected=one["expected"],
        )
        for one in problem_lines(error.problems)
    ]
    return Problem(422, "faults", _("Some values are not as expected."), details)


def _possible(proposal: Proposal) -> Proposal:
    if proposal.problems:
        raise FaultsError(proposal.problems)
    return proposal


def _stale(error: actions.StaleError) -> Problem:
    expected = f"version {error.entity.version}"
    return Problem(
        409,
        "stale",
        _("Someone changed this meanwhile."),
        [Detail(place="version", message=_("changed"), expected=expected)],
    )


@router.get(
    "/directory", response={200: EntityPage, **ERRORS}, url_name="directory", summary="Entities of a kind"
)
def entities(
    request: HttpRequest,
    *,
    kind: KindName = "legal_person",
    on: Day = None,
    q: Line = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> EntityPage:
    """Entities you may see with their facts of a day; `q` is part of a name."""
    today = timezone.localdate()
    rows = queries.as_of(access.me(request), on or today, kind, today=today).order_by("pk")
    rows = rows.filter(at_name__icontains=q) if q else rows
    found = [EntityOut.annotated(row, kind) for row in rows[offset : offset + limit]]
    return EntityPage(items=found, count=rows.count())


@router.post(
    "/directory", response={201: EntityOut, **ERRORS}, url_name="directory", summary="Register an entity"
)
def create(request: HttpRequest, given: EntityIn) -> Status[EntityOut]:
    """Register an entity; every fault at once."""
    today = timezone.localdate()
    try:
        made = actions.create_entity(
            access.me(request),
            given.kind,
            given.facts,
            since=given.since,
            state="planned" if given.planned else "operating",
            source=given.source,
            now=timezone.now(),
            today=today,
        )
    except FaultsError as error:
        raise _faults(error) from error
    return Status(201, EntityOut.of(made, given.since))


@router.get(
    "/directory/workbook", url_name="directory_workbook", openapi_extra=FILE, summary="Export as workbook"
)
def export(request: HttpRequest, *, empty: bool = False) -> HttpResponse:
    """Everything you may see as a workbook that can be imported again; `empty`: the template alone."""
    rows = {} if empty else everything(access.me(request), timezone.localdate())
    content = workbook.write(rows, language())
    headers = {"Content-Disposition": 'attachment; filename="directory.xlsx"'}
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(content, content_type=media, headers=headers)


@router.post(
    "/directory/import",
    response={200: DirectoryImportOut, **ERRORS},
    url_name="directory_import",
    openapi_extra=BODY,
    summary="Import rows, all or none",
)
def take(request: HttpRequest) -> DirectoryImportOut:
    """A workbook as the part `file` of a form, or rows as JSON: saved as a whole, or every fault at once."""
    rows, name = _rows(request)
    try:
        done = importing.import_rows(
            access.me(request), rows, source=name, now=timezone.now(), today=timezone.localdate()
        )
    except FaultsError as error:
        raise _faults(error) from error
    return DirectoryImportOut(created=done.created, changed=done.changed, unchanged=done.unchanged)


def _rows(request: HttpRequest) -> tuple[workbook.Rows, str]:
    kind = (request.content_type or "").lower()
    if kind == "application/json":
        try:
            return workbook.from_json(json.loads(request.body)), "API"
        except (ValueError, RecursionError) as error:
            raise Problem(400, "bad_request", _("The request cannot be read.")) from error
    sent = request.FILES.get("file") if kind == "multipart/form-data" else None
    if sent is None:
        raise Problem(
            415, "unsupported_media_type", _("Send JSON, or a workbook as the part `file` of a form.")
        )
    if (sent.size or 0) > LARGEST_FILE:
        raise Problem(413, "request_entity_too_large", _("The request is too large."))
    return workbook.read(sent.read()), sent.name or "file"


@router.get(
    "/directory/{int:number}",
    response={200: EntityOut, **ERRORS},
    url_name="directory_entity",
    summary="One entity",
)
def entity(request: HttpRequest, number: int, *, on: Day = None) -> EntityOut:
    """One entity with its facts of a day."""
    return EntityOut.of(_entity(request, number), on or timezone.localdate())


@router.patch(
    "/directory/{int:number}",
    response={200: EntityOut, **ERRORS},
    url_name="directory_entity",
    summary="Change facts from a day on",
)
def change(request: HttpRequest, number: int, given: ChangeIn) -> EntityOut:
    """Let facts be others from a day on. `version` is the one you read; another answers 409."""
    today = timezone.localdate()
    try:
        held = actions.change_facts(
            access.me(request),
            _entity(request, number),
            given.facts,
            since=given.since,
            version=given.version,
            source=given.source,
            why=given.why,
            now=timezone.now(),
            today=today,
        )
    except actions.StaleError as error:
        raise _stale(error) from error
    except FaultsError as error:
        raise _faults(error) from error
    return EntityOut.of(held, given.since)


@router.get(
    "/directory/{int:number}/history",
    response={200: list[FactOut], **ERRORS},
    url_name="directory_history",
    summary="All facts ever recorded",
)
def history(request: HttpRequest, number: int) -> list[FactOut]:
    """Everything ever recorded of an entity, withdrawn facts included."""
    return [FactOut.whole(fact) for fact in queries.history(_entity(request, number))]


@router.put(
    "/directory/{int:number}/facts/{int:fact}",
    response={200: EntityOut, **ERRORS},
    url_name="directory_fact",
    summary="Correct or end a fact",
)
def correct(request: HttpRequest, number: int, fact: int, given: FactIn) -> EntityOut:
    """Correct a fact that was wrong (`value`), or let one end (`ends`)."""
    found, today = _entity(request, number), timezone.localdate()
    held = get_object_or_404(Fact, pk=fact, entity=found, withdrawn_at=None)
    more: dict[str, Any] = {"version": given.version, "now": timezone.now(), "today": today, "why": given.why}
    try:
        if given.ends is not None:
            actions.end_fact(access.me(request), held, on=given.ends, **more)
        else:
            actions.correct_fact(access.me(request), held, given.value, **more)
    except actions.StaleError as error:
        raise _stale(error) from error
    except FaultsError as error:
        raise _faults(error) from error
    found.refresh_from_db()
    return EntityOut.of(found, today)


@router.post(
    "/directory/{int:number}/events",
    response={200: PreviewOut, 201: EventOut, **ERRORS},
    url_name="directory_entity_events",
    summary="Record an event, or only see what follows",
)
def record(request: HttpRequest, number: int, given: EventIn) -> Status[Any]:
    """With `dry_run` (the default) nothing is written: the answer says what would follow."""
    person, today = access.me(request), timezone.localdate()
    happened = Happened(
        given.kind,
        given.on,
        _entity(request, number),
        tuple(_entity(request, one) for one in given.others),
        _entity(request, given.into) if given.into else None,
        given.values,
        given.document,
        given.note,
    )
    try:
        if given.dry_run:
            proposal = _possible(events.preview(person, happened, today=today))
            changes = [consequence(proposal, one) for one in proposal.changes]
            return Status(
                200,
                PreviewOut(
                    changes=[
                        {"entity": c.entity, "fact": c.label, "ends": c.before, "begins": c.after}
                        for c in changes
                    ],
                    registry_change=proposal.registry,
                    look=[one.text(language()) for one in proposal.look],
                ),
            )
        made = events.record_event(person, happened, version=given.version, now=timezone.now(), today=today)
    except actions.StaleError as error:
        raise _stale(error) from error
    except FaultsError as error:
        raise _faults(error) from error
    return Status(201, EventOut.of(made))


@router.get(
    "/directory-events", response={200: EventPage, **ERRORS}, url_name="directory_events", summary="Events"
)
def all_events(request: HttpRequest, *, offset: Offset = 0, limit: Limit = 100) -> EventPage:
    """Events of what you may see, the latest first."""
    rows = queries.events(access.me(request), today=timezone.localdate()).prefetch_related("subjects")
    return EventPage(items=[EventOut.of(one) for one in rows[offset : offset + limit]], count=rows.count())


def _event(request: HttpRequest, number: int) -> Event:
    return queries.event(access.me(request), number, today=timezone.localdate())


@router.post(
    "/directory-events/{int:number}/correction",
    response={201: EventOut, **ERRORS},
    url_name="directory_event_correction",
    summary="Undo an event",
)
def undo(request: HttpRequest, number: int, given: WhyIn) -> Status[EventOut]:
    """A correcting event withdraws what the event began and lets what it ended hold again."""
    try:
        made = events.correct_event(
            access.me(request),
            _event(request, number),
            now=timezone.now(),
            today=timezone.localdate(),
            why=given.why,
        )
    except FaultsError as error:
        raise _faults(error) from error
    return Status(201, EventOut.of(made))


@router.get(
    "/registry-changes",
    response={200: list[RegistryChangeOut], **ERRORS},
    url_name="registry_changes",
    summary="Registry change notices",
)
def registry_changes(
    request: HttpRequest, *, offset: Offset = 0, limit: Limit = 100
) -> list[RegistryChangeOut]:
    """What the registry must change after the province's review."""
    rows = queries.registry_changes(access.me(request), today=timezone.localdate())
    return [RegistryChangeOut.of(one) for one in rows[offset : offset + limit]]


@router.post(
    "/registry-changes/{int:number}/decision",
    response={200: RegistryChangeOut, **ERRORS},
    url_name="registry_change_decision",
    summary="Review a registry change",
)
def decide(request: HttpRequest, number: int, given: RegistryDecisionIn) -> RegistryChangeOut:
    """The province's review; who recorded the event does not review it."""
    rows = queries.registry_changes(access.me(request), today=timezone.localdate())
    notice: RegistryChange = get_object_or_404(rows, pk=number)
    try:
        held = events.decide_registry_change(
            access.me(request), notice, approve=given.approve, reason=given.reason, now=timezone.now()
        )
    except FaultsError as error:
        raise _faults(error) from error
    return RegistryChangeOut.of(held)
