"""Departments' data through the API: the same reads and the same upload as the pages."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Line, Problem
from shutan.apps.common.files import Upload
from shutan.apps.departments import actions, queries
from shutan.apps.departments.kinds import KINDS
from shutan.apps.directory.reading import FaultsError
from shutan.apps.duties.api import page, refused
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["departments' data"])
Offset = Query(0, ge=0, le=1_000_000)
Limit = Query(50, ge=1, le=500)


class DeliveryOut(Schema):
    """One upload of a department."""

    id: int
    organisation: int = Field(alias="organisation_id")
    kind: str
    name: str
    sha256: str
    rows: int
    at: datetime


class DeliveryPage(Schema):
    """Some uploads, the last first, and how many there are."""

    count: int
    items: list[DeliveryOut]


class DepartmentFigureOut(Schema):
    """One number; `month` 0 is the whole year, `home` the enterprise known here by that code, `replaced` given anew since."""

    id: int
    delivery: int = Field(alias="delivery_id")
    kind: str = Field(alias="delivery.kind")
    credit_code: str
    name: str
    home: str | None
    year: int
    month: int
    item: str
    variable: str
    number: Decimal
    unit: str
    replaced: bool


class DepartmentFigurePage(Schema):
    """Some figures, the latest period first, and how many there are."""

    count: int
    items: list[DepartmentFigureOut]


@router.get(
    "/department-data",
    response={200: DepartmentFigurePage, **ERRORS},
    url_name="department_data",
    summary="Figures",
)
def figures(
    request: HttpRequest,
    *,
    kind: Line = "",
    credit_code: Line = "",
    year: int = Query(0, ge=0, le=9999),
    replaced: bool = False,
    offset: int = Offset,
    limit: int = Limit,
) -> dict[str, Any]:
    """Those that count today; with `replaced` also those given anew since."""
    found = queries.figures(access.me(request))
    found = found if replaced else found.filter(replaced=False)
    found = found.filter(delivery__kind=kind) if kind else found
    found = found.filter(credit_code=credit_code) if credit_code else found
    return page(found.filter(year=year) if year else found, offset, limit)


@router.get(
    "/department-data/uploads",
    response={200: DeliveryPage, **ERRORS},
    url_name="department_uploads",
    summary="Uploads",
)
def deliveries(request: HttpRequest, offset: int = Offset, limit: int = Limit) -> dict[str, Any]:
    """A department's own; all for the province."""
    return page(queries.deliveries(access.me(request)), offset, limit)


@router.post(
    "/department-data/{kind}",
    response={201: DeliveryOut, **ERRORS},
    url_name="department_upload",
    summary="Upload a table",
)
def upload(request: HttpRequest, kind: str, file: UploadedFile = File(...)) -> Status[Any]:  # noqa: B008
    """Excel or CSV with the columns of the kind's template; a file with a fault saves nothing."""
    if kind not in KINDS:
        raise Problem(404, "not_found", ", ".join(KINDS))
    sent = Upload(file.name or "file", file.read(LARGEST_FILE + 1))
    try:
        return Status(201, actions.upload(access.me(request), KINDS[kind], sent, now=timezone.now()))
    except FaultsError as error:
        raise refused(error) from error
