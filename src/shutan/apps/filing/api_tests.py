"""A month's figures from test reports, through the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Code, Line
from shutan.apps.common.api_refusals import told
from shutan.apps.filing import from_tests, queries
from shutan.apps.labreports import queries as reports

router = Router(tags=["monthly filing"])


class MonthTestIn(Schema):
    """Which report, and which row of the month takes its figures."""

    report: Annotated[int, Field(ge=1, le=10**9)]
    table: Code
    key: Annotated[list[Line], Field(max_length=4)]


class MonthTestOut(Schema):
    """The inputs whose cells were filled in, and those refused or saved by someone else meanwhile."""

    saved: list[str]
    refused: list[str]
    conflicts: list[str]


@router.post(
    "/monthly-filings/{int:number}/tests", response={200: MonthTestOut, **ERRORS}, url_name="month_tests"
)
def take(request: HttpRequest, number: int, body: MonthTestIn) -> Any:
    """Take a row's carbon and calorific figures from a test report that stands for the month."""
    person = access.me(request)
    filing = queries.month(person, number)
    report = get_object_or_404(reports.reports(person), pk=body.report)
    with told():
        done = from_tests.take(person, filing, report, body.table, tuple(body.key), now=timezone.now())
    return {
        "saved": [one.variable for one in done.saved],
        "refused": [one.change.variable for one in done.refused],
        "conflicts": [one.change.variable for one in done.conflicts],
    }
