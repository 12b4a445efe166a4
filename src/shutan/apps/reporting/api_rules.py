"""The rule book through the API: rule sets, schemas, templates, clauses, parameters."""

# ruff: noqa: ARG001 - ninja passes the request by its name

from __future__ import annotations

import io
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from shutan.apps.common.api import ERRORS, Line
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.reporting import api_texts, results, rulebook
from shutan.apps.reporting.api import Year, binary
from shutan.apps.reporting.api_shapes import (
    ClauseOut,
    ParameterOut,
    RuleSetOut,
    TableOut,
    Words,
)
from shutan.apps.reporting.storage import SPREADSHEET
from shutan.documents import wording
from shutan.documents.json_form import schema as json_schema
from shutan.documents.template import write_template
from shutan.kernel import RuleSet
from shutan.rules.registry import rule_sets

router = Router(tags=["rules"])


def _rule_set(name: str) -> RuleSet:
    found = rule_sets().get(name)
    if found is None:
        raise Http404
    return found


def _words(text: str) -> Words:
    zh, en = wording.both_of(text)
    return Words(zh=zh, en=en)


@router.get(
    "/rule-sets", response={200: list[RuleSetOut], **ERRORS}, url_name="rule_sets", summary="Rule sets"
)
def all_rule_sets(request: HttpRequest) -> list[RuleSetOut]:
    """What can be computed, for which years, from which tables."""
    return [
        RuleSetOut(
            name=name,
            title=_words(one.title),
            years=list(one.years()),
            tables=[
                TableOut(
                    name=table.name,
                    title=_words(table.label),
                    keys=list(table.grain.dimensions),
                    inputs=[given.name for given in table.inputs],
                )
                for table in one.tables
            ],
            rules=len(one.rules),
            parameters=len(one.parameters),
            clauses=len(one.clauses),
        )
        for name, one in rule_sets().items()
    ]


@router.get(
    "/rule-sets/{name}/schema",
    response={200: dict[str, Any], **ERRORS},
    url_name="rule_set_schema",
    summary="JSON Schema of a report",
)
def schema(request: HttpRequest, name: Line) -> dict[str, Any]:
    """What `POST /reports` takes for this rule set."""
    return json_schema(_rule_set(name))


@router.get(
    "/rule-sets/{name}/template",
    response=ERRORS,
    url_name="rule_set_template",
    summary="The workbook to fill in",
    openapi_extra=binary(SPREADSHEET),
)
def template(
    request: HttpRequest, name: Line, year: Annotated[int, Query(), Field(ge=1990, le=2100)]
) -> HttpResponse:
    """In the language of the request."""
    rules = _rule_set(name)
    if year not in rules.years():
        raise Http404
    stream = io.BytesIO()
    write_template(rules, year, stream, language=language())
    return attached(stream.getvalue(), f"{name}-{year}.xlsx", SPREADSHEET)


@router.get(
    "/rule-sets/{name}/clauses",
    response={200: list[ClauseOut], **ERRORS},
    url_name="rule_set_clauses",
    summary="Clauses",
)
def clauses(
    request: HttpRequest,
    name: Line,
    year: Year = None,
    text: Line = "",
) -> list[ClauseOut]:
    """Each with the rules that compute it."""
    rules = _rule_set(name)
    known = rulebook.rules_by_clause(name)
    found = rules.clauses.search(text)
    return [
        api_texts.clause(one, known.get(one.id, ()))
        for one in found
        if year is None or rulebook.in_force(one, year)
    ]


@router.get(
    "/rule-sets/{name}/parameters",
    response={200: list[ParameterOut], **ERRORS},
    url_name="rule_set_parameters",
    summary="Parameters",
)
def parameters(request: HttpRequest, name: Line) -> list[ParameterOut]:
    """All values by date, those confirmed by notice included."""
    known = _rule_set(name).parameters.with_register(results.register(name))
    return [api_texts.parameter(one) for one in known.values()]


@router.get(
    "/rule-sets/{name}/parameters/{parameter}",
    response={200: ParameterOut, **ERRORS},
    url_name="rule_set_parameter",
    summary="One parameter",
)
def parameter(request: HttpRequest, name: Line, parameter: Line) -> ParameterOut:
    """All its values by date."""
    known = _rule_set(name).parameters.with_register(results.register(name))
    if parameter not in known:
        raise Http404
    return api_texts.parameter(known[parameter])
