"""What one does with a draft through the API: compute it again, give it another title, throw it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Line, Problem
from shutan.apps.reporting import actions, queries
from shutan.apps.reporting.api import router
from shutan.apps.reporting.api_shapes import ReportOut

Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SeenIn(Schema):
    """The revision you read."""

    revision: Revision


class TitleIn(SeenIn):
    """Another title."""

    title: Annotated[Line, Field(min_length=1)]


def fresh(do: Callable[[], Any]) -> Any:
    """Run a step; 409 where someone changed the draft meanwhile."""
    try:
        return do()
    except actions.StaleError as error:
        raise Problem(409, "stale", _("Someone changed this meanwhile.")) from error


@router.post(
    "/reports/{int:number}/recomputation",
    response={200: ReportOut, **ERRORS},
    url_name="report_recompute",
    summary="Compute a draft again",
)
def recompute(request: HttpRequest, number: int, told: SeenIn) -> ReportOut:
    """By today's rules and confirmed parameters."""
    person = access.me(request)
    report, now = queries.report(person, number), timezone.now()
    fresh(lambda: actions.recompute(person, report, revision=told.revision, now=now))
    return ReportOut.of(queries.report(person, number))


@router.patch(
    "/reports/{int:number}",
    response={200: ReportOut, **ERRORS},
    url_name="report",
    summary="Give a draft another title",
)
def rename(request: HttpRequest, number: int, told: TitleIn) -> ReportOut:
    """A submitted report keeps its own."""
    person = access.me(request)
    report, now = queries.report(person, number), timezone.now()
    fresh(lambda: actions.rename(person, report, told.title, revision=told.revision, now=now))
    return ReportOut.of(queries.report(person, number))


@router.delete(
    "/reports/{int:number}",
    response={204: None, **ERRORS},
    url_name="report",
    summary="Throw a draft away",
)
def delete(request: HttpRequest, number: int, revision: int = Query(..., ge=1, le=2**31 - 1)) -> Status[None]:
    """The uploaded file stays as evidence of what arrived."""
    person = access.me(request)
    report, now = queries.report(person, number), timezone.now()
    fresh(lambda: actions.delete_draft(person, report, revision=revision, now=now))
    return Status(204, None)
