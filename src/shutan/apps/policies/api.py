"""Policies through the API: the same reads and actions as the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Code, Count, Line, Number, Problem, Text
from shutan.apps.common.api_refusals import told
from shutan.apps.policies import actions, queries
from shutan.apps.policies.forms import MeasureForm
from shutan.apps.policies.models import Measure, Policy

router = Router(tags=["policies"])
Year = Annotated[int, Field(ge=2024, le=2100)]


class PolicyMeasureOut(Schema):
    """A measure; `effect_t` is the enterprise's estimate in tCO2 a year."""

    id: int
    text: str
    answers: str
    person: str
    due: date
    effect_t: Decimal | None
    basis: str
    state: str
    told: str
    revision: int


class PolicyOut(Schema):
    """A policy; `facts` are what it rests on, as it was proposed or, while a draft, as of today."""

    id: int
    organisation: str
    year: int
    state: str
    problems: str
    goal: str
    answer: str
    revision: int
    measures: list[PolicyMeasureOut]
    facts: dict[str, Any]

    @staticmethod
    def of(one: Policy) -> PolicyOut:
        """From its row."""
        return PolicyOut(
            id=one.pk,
            organisation=one.organisation.name,
            year=one.year,
            state=one.state,
            problems=one.problems,
            goal=one.goal,
            answer=one.answer,
            revision=one.revision,
            measures=[PolicyMeasureOut.from_orm(each) for each in one.measures.all()],
            facts=queries.facts_of(one, timezone.localdate()),
        )


class PolicyLine(Schema):
    """A policy in the list, with its progress."""

    id: int
    organisation: str
    year: int
    state: str
    n_measures: int
    n_done: int
    n_late: int
    effect: Decimal | None


class PolicyPage(Schema):
    """Some policies, the latest first, and how many there are."""

    count: int
    items: list[PolicyLine]


class PolicyIn(Schema):
    """A policy to begin. Without an organisation: one's own."""

    organisation: Code | None = None
    year: Year


class PolicyTextsIn(Schema):
    """The enterprise's own view."""

    problems: Text
    goal: Text = ""
    revision: Count


class PolicyMeasureIn(Schema):
    """A measure; `id` and `revision` to change one."""

    id: Count | None = None
    revision: Count = 0
    text: Annotated[str, Field(min_length=1, max_length=500)]
    answers: Line = ""
    person: Annotated[Line, Field(min_length=1, max_length=80)]
    due: date
    effect_t: Number | None = None
    basis: Annotated[str, Field(max_length=500)] = ""


class PolicyProgressIn(Schema):
    """How far a measure of an agreed policy is."""

    state: Literal["under_way", "done", "abandoned"]
    told: Annotated[str, Field(min_length=1, max_length=1000)]
    revision: Count


class PolicyStepIn(Schema):
    """`propose` by the enterprise, `agree` or `give_back` by its authority."""

    step: Literal["propose", "agree", "give_back"]
    why: Text = ""
    revision: Count


def _policy(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.policies(access.me(request)), pk=number)


def _measure(request: HttpRequest, number: int, row: int) -> Measure:
    rows = Measure.objects.select_related("policy__organisation")
    return get_object_or_404(rows, policy=_policy(request, number).pk, pk=row)


@router.get("/policies", response={200: PolicyPage, **ERRORS}, url_name="policies", summary="Policies")
def listed(
    request: HttpRequest,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> Any:
    """The policies one may see."""
    rows = queries.policies(access.me(request))
    return {
        "count": rows.count(),
        "items": [
            PolicyLine(
                id=one.pk, organisation=one.organisation.name, year=one.year, state=one.state,
                n_measures=one.n_measures, n_done=one.n_done, n_late=one.n_late, effect=one.effect,
            )
            for one in rows[offset : offset + limit]
        ],
    }  # fmt: skip


@router.post("/policies", response={201: PolicyOut, **ERRORS}, url_name="policies", summary="Begin a policy")
def begin(request: HttpRequest, body: PolicyIn) -> Any:
    """Begin the policy of a year; one that is there is returned."""
    person = access.me(request)
    kept = queries.kept_for(person)
    home = kept.filter(credit_code=body.organisation).first() if body.organisation else kept.first()
    if home is None:
        raise Problem(404, "not_found", _("No such enterprise."))
    return Status(201, PolicyOut.of(actions.begin(person, home, body.year, now=timezone.now())))


@router.get("/policies/{int:number}", response={200: PolicyOut, **ERRORS}, url_name="policy")
def detail(request: HttpRequest, number: int) -> Any:
    """One policy."""
    return PolicyOut.of(_policy(request, number))


@router.put("/policies/{int:number}", response={200: PolicyOut, **ERRORS}, url_name="policy")
def save(request: HttpRequest, number: int, body: PolicyTextsIn) -> Any:
    """Save the enterprise's own view."""
    held, values = _policy(request, number), {"problems": body.problems, "goal": body.goal}
    with told():
        kept = actions.save(access.me(request), held, values, revision=body.revision, now=timezone.now())
    return PolicyOut.of(kept)


@router.put(
    "/policies/{int:number}/measures", response={200: PolicyMeasureOut, **ERRORS}, url_name="policy_measures"
)
def keep_measure(request: HttpRequest, number: int, body: PolicyMeasureIn) -> Any:
    """Add a measure, or change one."""
    held = _policy(request, number)
    one = None if body.id is None else _measure(request, number, body.id)
    values = {name: getattr(body, name) for name in MeasureForm.Meta.fields}
    with told():
        return actions.keep_measure(
            access.me(request), held, values, measure=one, revision=body.revision, now=timezone.now()
        )


@router.delete(
    "/policies/{int:number}/measures/{int:row}", response={204: None, **ERRORS}, url_name="policy_measure"
)
def remove_measure(request: HttpRequest, number: int, row: int, revision: int = Query(0, ge=0)) -> Any:
    """Take a measure off a draft."""
    one = _measure(request, number, row)
    with told():
        actions.remove_measure(access.me(request), one, revision=revision, now=timezone.now())
    return Status(204, None)


@router.post(
    "/policies/{int:number}/measures/{int:row}/progress",
    response={200: PolicyMeasureOut, **ERRORS},
    url_name="policy_progress",
)
def follow(request: HttpRequest, number: int, row: int, body: PolicyProgressIn) -> Any:
    """Say how far a measure is."""
    one = _measure(request, number, row)
    with told():
        return actions.follow(
            access.me(request),
            one,
            state=body.state,
            told=body.told,
            revision=body.revision,
            now=timezone.now(),
        )


@router.post("/policies/{int:number}/steps", response={200: PolicyOut, **ERRORS}, url_name="policy_step")
def step(request: HttpRequest, number: int, body: PolicyStepIn) -> Any:
    """Propose, agree or give back."""
    held = _policy(request, number)
    with told():
        kept = actions.take(
            access.me(request), held, body.step, revision=body.revision, why=body.why, now=timezone.now()
        )
    return PolicyOut.of(kept)
