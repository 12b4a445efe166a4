"""The steps of lists and what overseers do with duties, through the API: the same actions as the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Code, Line, Problem
from shutan.apps.directory import queries as directory
from shutan.apps.directory.models import Event
from shutan.apps.duties import actions, queries, steps
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.api import DutyOut, EntryOut, ListOpinionOut, ListOut, page, router
from shutan.apps.duties.forms import InnerForm
from shutan.apps.duties.models import Duty, InnerDeadline, ListEntry, ListKind, Opinion, UnitList

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class ListIn(Schema):
    """Which list to draft."""

    kind: Code
    sector: Code
    year: Year


class ListStepIn(Schema):
    """A step and what it needs: `compute`, `ask` (organisations, by), `notice` (until), `publish` (document), `back` (why)."""

    step: Code
    revision: Revision
    organisations: Annotated[list[Key], Field(max_length=100)] = []
    by: date | None = None
    until: date | None = None
    document: Line = ""
    why: Line = ""


class EntryDecisionIn(Schema):
    """`include`, `exclude`, or nothing to go back to what was computed; the reason stands beside the unit."""

    decision: Line
    why: Line = ""
    revision: Revision


class AddedUnitIn(Schema):
    """A unit of the directory that the rules did not find."""

    entity: Key
    why: Line
    revision: Revision


class ListCorrectionIn(Schema):
    """A unit joins a published list or leaves it from a day on, because of an event of the directory where one is named."""

    entity: Key
    include: bool
    since: date
    why: Line
    event: Key | None = None
    revision: Revision


class AskedOpinionOut(ListOpinionOut):
    """An opinion with its number and whose it is."""

    id: int
    organisation: int = Field(alias="organisation_id")


class ObjectionReplyIn(Schema):
    """What the province does about an objection."""

    reply: Line


class ReopenIn(Schema):
    """Why a done-mark is taken back."""

    why: Line
    revision: Revision | None = None


class RemindIn(Schema):
    """Duties by number, and words of one's own."""

    duties: Annotated[list[Key], Field(min_length=1, max_length=500)]
    text: Line = ""


class RemindedOut(Schema):
    """How many reminders were written; those done or no longer owed get none."""

    reminders: int


class InnerIn(Schema):
    """A date of one's own, earlier than the legal one; `month` 0 for a duty of the year."""

    name: Code
    sector: Line = ""
    year: Year
    month: Annotated[int, Field(ge=0, le=12)] = 0
    day: date
    reason: Line


class InnerOut(Schema):
    """An inner deadline and whose it is."""

    id: int
    organisation: int = Field(alias="organisation_id")
    name: str
    sector: str
    year: int
    month: int
    day: date
    reason: str


class StepWhyIn(Schema):
    """Why."""

    why: Line = ""


class ClockIn(Schema):
    """Which clock runs, and from what day."""

    name: Code
    on: date


class RightsNoticeOut(Schema):
    """A notice of rights and duties."""

    id: int
    unit: str
    organisation: int = Field(alias="organisation_id")
    told_at: datetime
    acknowledged_at: datetime | None

    @staticmethod
    def resolve_unit(notice: Any) -> str:
        """The unit's name."""
        return str(notice.entry.name)


class RightsNoticePage(Schema):
    """Some notices, and how many there are."""

    count: int
    items: list[RightsNoticeOut]


def _list(request: HttpRequest, number: int) -> UnitList:
    found: UnitList = get_object_or_404(queries.lists(access.me(request)), pk=number)
    return found


def _fresh(do: Callable[[], Any]) -> Any:
    """What an action gives; 409 where someone changed the record since it was read."""
    try:
        return do()
    except (steps.StaleError, actions.StaleDutyError) as error:
        raise Problem(409, "changed_meanwhile", "") from error


@router.post("/lists", response={201: ListOut, **ERRORS}, url_name="lists", summary="Draft a list")
def make(request: HttpRequest, given: ListIn) -> Status[UnitList]:
    """Computed at once from recorded emissions."""
    if given.kind not in ListKind.values:
        raise ValidationError({"kind": _("There is no such list for this sector.")})
    made = steps.make(access.me(request), **given.dict(), now=timezone.now(), today=timezone.localdate())
    return Status(201, made)


@router.post(
    "/lists/{int:number}/steps",
    response={200: ListOut, **ERRORS},
    url_name="list_step",
    summary="Take a step of a list",
)
def take_step(request: HttpRequest, number: int, given: ListStepIn) -> UnitList:
    """Computed again, sent for opinions, shown to the public, published, or back to a draft."""
    person, unit_list = access.me(request), _list(request, number)
    now, today, revision = timezone.now(), timezone.localdate(), given.revision
    for name in {"ask": ("by",), "notice": ("until",)}.get(given.step, ()):
        if getattr(given, name) is None:
            raise ValidationError({name: _("This field is required.")})
    asked = queries.departments().filter(pk__in=given.organisations)
    do: dict[str, Callable[[], UnitList]] = {
        "compute": lambda: steps.recompute(person, unit_list, revision=revision, now=now, today=today),
        "ask": lambda: steps.ask_opinions(
            person,
            unit_list,
            organisations=asked,
            by=given.by or today,
            revision=revision,
            now=now,
            today=today,
        ),
        "notice": lambda: steps.give_notice(
            person, unit_list, until=given.until or today, revision=revision, now=now, today=today
        ),
        "publish": lambda: steps.publish(
            person, unit_list, document=given.document, revision=revision, now=now, today=today
        ),
        "back": lambda: steps.back_to_draft(person, unit_list, why=given.why, revision=revision, now=now),
    }
    if given.step not in do:
        raise Problem(422, "unknown_step", ", ".join(do))
    return _fresh(do[given.step])


@router.post(
    "/lists/{int:number}/units",
    response={201: EntryOut, **ERRORS},
    url_name="list_units",
    summary="Add a unit that the rules did not find",
)
def add_unit(request: HttpRequest, number: int, given: AddedUnitIn) -> Status[ListEntry]:
    """To a list that is not published yet, with the reason."""
    person, today = access.me(request), timezone.localdate()
    unit_list = _list(request, number)
    entity = get_object_or_404(directory.entities(person, today=today), pk=given.entity)
    made = _fresh(
        lambda: steps.add_unit(
            person,
            unit_list,
            entity,
            why=given.why,
            revision=given.revision,
            now=timezone.now(),
            today=today,
        )
    )
    return Status(201, made)


@router.post(
    "/lists/units/{int:number}/decision",
    response={200: EntryOut, **ERRORS},
    url_name="list_unit_decision",
    summary="Decide on a unit",
)
def decide_unit(request: HttpRequest, number: int, given: EntryDecisionIn) -> ListEntry:
    """Against or without the rules' answer, with the reason."""
    rows = ListEntry.objects.filter(unit_list__in=queries.lists(access.me(request)).order_by())
    unit = get_object_or_404(rows.select_related("unit_list"), pk=number)
    return _fresh(lambda: steps.decide_entry(access.me(request), unit, **given.dict(), now=timezone.now()))


@router.post(
    "/lists/{int:number}/corrections",
    response={200: EntryOut, **ERRORS},
    url_name="list_correction",
    summary="Correct a published list",
)
def correct(request: HttpRequest, number: int, given: ListCorrectionIn) -> ListEntry:
    """Its calendar follows."""
    person, today, unit_list = access.me(request), timezone.localdate(), _list(request, number)
    entity = get_object_or_404(directory.entities(person, today=today), pk=given.entity)
    event = get_object_or_404(Event, pk=given.event) if given.event is not None else None
    return _fresh(
        lambda: steps.correct(
            person,
            unit_list,
            entity,
            include=given.include,
            since=given.since,
            why=given.why,
            event=event,
            revision=given.revision,
            now=timezone.now(),
            today=today,
        )
    )


@router.get(
    "/lists/{int:number}/opinions",
    response={200: list[AskedOpinionOut], **ERRORS},
    url_name="list_opinions",
    summary="Opinions on a list",
)
def opinions(request: HttpRequest, number: int) -> list[Opinion]:
    """Those one may read."""
    return list(queries.opinions(access.me(request), _list(request, number)))


@router.post(
    "/lists/opinions/{int:number}/reply",
    response={200: AskedOpinionOut, **ERRORS},
    url_name="list_reply",
    summary="Reply to an objection",
)
def reply(request: HttpRequest, number: int, given: ObjectionReplyIn) -> Opinion:
    """Each objection has its reply before the public notice."""
    person = access.me(request)
    rows = Opinion.objects.filter(unit_list__in=queries.lists(person).order_by())
    opinion = get_object_or_404(rows.select_related("unit_list"), pk=number)
    return steps.reply_opinion(person, opinion, reply=given.reply, now=timezone.now())


@router.post(
    "/lists/units/{int:number}/clock",
    response={201: DutyOut, **ERRORS},
    url_name="list_unit_clock",
    summary="Start a clock",
)
def start_clock(request: HttpRequest, number: int, given: ClockIn) -> Status[Any]:
    """So many working days from an event, for a unit on a list."""
    person, today = access.me(request), timezone.localdate()
    rows = ListEntry.objects.filter(unit_list__in=queries.lists(person).order_by(), stands=True)
    rows = rows.filter(division__startswith=actions.reach(person) or "?")
    unit = get_object_or_404(rows.select_related("unit_list", "entity"), pk=number)
    made = actions.start_clock(person, unit, **given.dict(), now=timezone.now(), today=today)
    return Status(201, reads.duties(person, today=today).get(pk=made.pk))


@router.post(
    "/duties/{int:number}/reopening",
    response={200: DutyOut, **ERRORS},
    url_name="duty_reopen",
    summary="Take a done-mark back",
)
def reopen(request: HttpRequest, number: int, given: ReopenIn) -> Any:
    """A regulator, with the reason that the unit reads."""
    person, rows = access.me(request), reads.duties(access.me(request), today=timezone.localdate())
    duty: Duty = get_object_or_404(rows, pk=number)
    _fresh(lambda: actions.reopen(person, duty, **given.dict(), now=timezone.now()))
    return rows.get(pk=number)


@router.post(
    "/duties/reminders",
    response={201: RemindedOut, **ERRORS},
    url_name="duty_reminders",
    summary="Remind units",
)
def remind(request: HttpRequest, given: RemindIn) -> Status[Any]:
    """Of duties of one's area; 404 where one of them is not."""
    person, today = access.me(request), timezone.localdate()
    found = list(reads.duties(person, today=today).filter(pk__in=given.duties))
    if len(found) < len(set(given.duties)):
        raise Http404
    made = actions.remind(person, found, text=given.text, now=timezone.now(), today=today)
    return Status(201, {"reminders": len(made)})


@router.get(
    "/inner-deadlines",
    response={200: list[InnerOut], **ERRORS},
    url_name="inner_deadlines",
    summary="Inner deadlines",
)
def inner(request: HttpRequest) -> list[InnerDeadline]:
    """Those of one's area, and those set above it."""
    return list(reads.inner_deadlines(access.me(request))[:1000])


@router.post(
    "/inner-deadlines",
    response={201: InnerOut, **ERRORS},
    url_name="inner_deadlines",
    summary="Set an inner deadline",
)
def set_inner(request: HttpRequest, given: InnerIn) -> Status[InnerDeadline]:
    """Shown beside the legal date, which it never replaces."""
    form = InnerForm(given.dict())
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    now, today = timezone.now(), timezone.localdate()
    return Status(201, actions.set_inner(access.me(request), **form.cleaned_data, now=now, today=today))


@router.post(
    "/inner-deadlines/{int:number}/withdrawal",
    response={204: None, **ERRORS},
    url_name="inner_withdraw",
    summary="Withdraw an inner deadline",
)
def withdraw_inner(request: HttpRequest, number: int, given: StepWhyIn) -> Status[None]:
    """One's own alone."""
    person = access.me(request)
    row = get_object_or_404(InnerDeadline, pk=number, organisation=person.organisation_id, withdrawn_at=None)
    actions.withdraw_inner(person, row, why=given.why, now=timezone.now(), today=timezone.localdate())
    return Status(204, None)


@router.get(
    "/rights-notices",
    response={200: RightsNoticePage, **ERRORS},
    url_name="rights_notices",
    summary="Notices of rights and duties",
)
def rights_notices(
    request: HttpRequest,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """To one's unit, or to those of one's area."""
    return page(queries.notices(access.me(request), today=timezone.localdate()), offset, limit)


@router.post(
    "/rights-notices/{int:number}/acknowledgement",
    response={200: RightsNoticeOut, **ERRORS},
    url_name="rights_notice_acknowledge",
    summary="Acknowledge a notice",
)
def acknowledge(request: HttpRequest, number: int) -> Any:
    """The unit says that it has it."""
    person = access.me(request)
    notice = get_object_or_404(queries.notices(person, today=timezone.localdate()), pk=number)
    return steps.acknowledge(person, notice, now=timezone.now())
