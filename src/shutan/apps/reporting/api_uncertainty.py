"""How uncertain a report's figures are, through the API: the statements and outcome of `shutan uncertainty`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Detail, Line, Problem
from shutan.apps.common.language import language
from shutan.apps.reporting import actions, explaining, queries, results, uncertainty
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import pick
from shutan.documents.uncertainty import run, statement, write_json, written
from shutan.kernel import Result
from shutan.kernel.uncertainty import Case, Stated, StatementError

router = Router(tags=["reports"])
MOST_DRAWS = 100_000  # an answer takes seconds at most; the command line draws more


class StatedOut(Schema):
    """One statement: half-width of the 95 % interval relative to the figure; `key` null: of all rows."""

    name: str
    key: list[Any] | None
    half_width: float
    shape: str
    shared: bool


class ShareOut(Schema):
    """What one source contributes: its part of the variance, and the change of the figure in % for +1 % of it."""

    name: str
    key: list[Any] | None
    share: float
    sensitivity: float | None


class FirstOrderOut(Schema):
    """Propagation to first order; roundings left out, no condition flips."""

    standard_uncertainty: float
    half_width_95: float
    relative_half_width_95: float | None
    by_name: list[ShareOut]
    by_row: list[ShareOut]
    without_influence: list[str]


class DrawnOut(Schema):
    """Monte Carlo: every draw computed by the rules as they are."""

    draws: int
    seed: int
    without_value: int
    mean: float | None
    standard_deviation: float | None
    low_2_5: float | None
    high_97_5: float | None


class UncertaintyOut(Schema):
    """A figure, what was stated, and what follows. A figure that waits has no value and no uncertainty."""

    name: str
    key: list[Any]
    value: Decimal | None
    unit: str
    year: int | None
    rules_year: int
    stated: list[StatedOut]
    first_order: FirstOrderOut | None
    monte_carlo: DrawnOut | None


class StatementsIn(Schema):
    """All statements to be kept; an empty list takes them away."""

    given: Annotated[list[Line], Field(max_length=500)]


class StatementsOut(Schema):
    """What is kept with the report."""

    given: list[str]


def _report(request: HttpRequest, number: int) -> Report:
    return queries.report(access.me(request), number)


def _stated(result: Result, given: list[str], wanted: str) -> list[Stated]:
    """Read statements, or say all that is wrong with them."""
    found: list[Stated] = []
    faults = []
    for at, text in enumerate(given):
        try:
            one = statement(result, text)
            before = [each for each in found if (each.name, each.key) == (one.name, one.key)]
            Case(result, wanted, [*before, one])
            found.append(one)
        except StatementError as error:
            faults.append(Detail(place=f"given[{at}]", message=pick(str(error)), expected="name@row=2%"))
    if faults:
        raise Problem(422, "unusable_statement", _("A statement cannot be used."), faults)
    return found


@router.get(
    "/reports/{int:number}/uncertainty",
    response={200: UncertaintyOut, **ERRORS},
    url_name="report_uncertainty",
    summary="How uncertain a figure is",
)
def find(
    request: HttpRequest,
    number: int,
    *,
    name: Annotated[Line, Query(description="a number of the rule set, such as those of `values`")],
    key: Annotated[list[Line], Query(description="the parts of the row's key, in order")] = [],  # noqa: B006
    given: Annotated[
        list[Line], Query(description="`name@row=2%,uniform,shared`; none: what is kept with the report")
    ] = [],  # noqa: B006
    draws: Annotated[int, Query(), Field(ge=0, le=MOST_DRAWS)] = 0,
    seed: Annotated[int, Query(), Field(ge=0, le=999_999_999)] = 0,
) -> dict[str, Any]:
    """First order, and Monte Carlo where draws are asked for. What is not stated counts as exact."""
    report = _report(request, number)
    result = results.result_of(report)
    try:
        place = explaining.parse_key(result, name, key)
        Case(result, name, [])
    except KeyError:
        raise Problem(404, "not_found", _("There is no such value in this report.")) from None
    except StatementError as error:
        raise Problem(422, "unusable_statement", pick(str(error))) from error
    stated = _stated(result, given, name) if given else uncertainty.saved(report, result)
    try:
        done = run(result, name, place, stated, draws=draws, seed=seed)
    except StatementError as error:  # what was kept no longer fits today's rules
        raise Problem(422, "unusable_statement", pick(str(error))) from error
    told = write_json(done, report.year, language())
    return told | {"value": told["value"] if isinstance(told["value"], Decimal) else None}


@router.put(
    "/reports/{int:number}/uncertainty",
    response={200: StatementsOut, **ERRORS},
    url_name="report_uncertainty",
    summary="Keep statements of uncertainty with a report",
)
def keep(request: HttpRequest, number: int, told: StatementsIn) -> StatementsOut:
    """Instead of those before. They are no part of what is filed, so that a submitted report may have them too."""
    report = _report(request, number)
    result = results.result_of(report)
    wanted = next(iter(uncertainty.targets(result)), "")
    if not wanted:
        raise Problem(422, "no_value", _("No figure of this report has a value yet."))
    stated = _stated(result, told.given, wanted)
    actions.state_uncertainties(access.me(request), report, stated, now=timezone.now())
    return StatementsOut(given=[written(one) for one in stated])
