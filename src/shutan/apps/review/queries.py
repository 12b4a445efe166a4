"""Every read of the joint review, scoped to the person: reviewers see their area's months, enterprises what is said to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Role, User
from shutan.apps.duties.models import Duty
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review.models import Assignment, MonthFinding, Phrase, Question

State = MonthlyFiling.State
REVIEWERS = (Role.OFFICER, Role.LEAD, Role.DEPUTY)
SOON = timedelta(days=7)
# Where a month stands in the queue, the most urgent first.
LATE, CLOSE, AHEAD = 0, 1, 2


def is_reviewer(person: User) -> bool:
    """Whether the person looks from an authority's side."""
    return person.kind in filings.REGULATORS


def stages(person: User) -> tuple[str, ...]:
    """In which states months wait for the person's authority: a city looks first, the province may at any time."""
    return (State.SUBMITTED, State.PASSED_CITY) if person.kind == Kind.PROVINCE else (State.SUBMITTED,)


def queue(person: User, *, today: date) -> QuerySet[Any]:
    """The months that wait for the person's authority, the most urgent first.

    Each with `until` (the day its filing is due), `urgency` (overdue, within a week, later), `score`, `reviewer_id`,
    `reviewer_name` and `asked` (its open questions). Overdue before due before later; within each the heavier findings first.
    """
    if not is_reviewer(person):
        return MonthlyFiling.objects.none()
    corrected = Exists(MonthlyFiling.objects.filter(previous=OuterRef("pk")))
    rows = filings.months(person).filter(~corrected, state__in=stages(person))
    return with_standing(rows, person, today).order_by(
        "urgency", "-score", F("until").asc(nulls_last=True), "pk"
    )


def with_standing(rows: QuerySet[Any], person: User, today: date) -> QuerySet[Any]:
    """Months with what the desk shows of each."""
    due = Duty.objects.filter(
        organisation=OuterRef("book__organisation"),
        name=filings.DUTY,
        sector=OuterRef("book__rule_set"),
        year=OuterRef("book__year"),
        month=OuterRef("month"),
        lapsed=False,
    ).order_by("pk")
    given = Assignment.objects.filter(
        authority=person.organisation_id,
        organisation=OuterRef("book__organisation"),
        rule_set=OuterRef("book__rule_set"),
        year=OuterRef("book__year"),
        month=OuterRef("month"),
    )
    return rows.annotate(
        until=Subquery(due.annotate(day=Coalesce("extended_to", "due")).values("day")[:1]),
        score=F("screened__score"),
        counts=F("screened__counts"),
        reviewer_id=Subquery(given.values("reviewer")[:1]),
        reviewer_name=Subquery(given.values("reviewer__name")[:1]),
        asked=Count("questions", filter=Q(questions__state=Question.State.OPEN)),
        urgency=_urgency(today),
    )


def _urgency(today: date) -> Case:
    return Case(
        When(until__lt=today, then=Value(LATE)),
        When(until__lte=today + SOON, then=Value(CLOSE)),
        default=Value(AHEAD),
        output_field=IntegerField(),
    )


def mine(person: User) -> list[int]:
    """Whose work the person does today: their own, and that of colleagues for whom they stand in."""
    return [person.pk, *(one.pk for one in access.stood_in_for(person))]


def colleagues(person: User) -> QuerySet[User]:
    """To whom work may be given: who reviews in the person's own authority."""
    found = User.objects.filter(organisation=person.organisation_id, is_active=True, role__in=REVIEWERS)
    return found.order_by("name", "username") if is_reviewer(person) else found.none()


def findings(person: User, filing: MonthlyFiling) -> QuerySet[MonthFinding]:
    """What the checks found about a month, as far as the person may know."""
    rows = MonthFinding.objects.filter(filing=filing).select_related("question")
    return rows if is_reviewer(person) else rows.filter(audience="all")


def questions(person: User, *, today: date) -> QuerySet[Any]:
    """Questions about the months a person sees, with `at_state`: open, overdue, answered or settled. Those on findings that only
    regulators see stay with them.
    """
    rows = Question.objects.filter(filing__in=filings.months(person).order_by())
    if not is_reviewer(person):
        rows = rows.filter(Q(finding=None) | Q(finding__audience="all"))
    late = When(state=Question.State.OPEN, due__lt=today, then=Value("overdue"))
    done = When(state=Question.State.CLOSED, then=Value("settled"))
    return (
        rows.select_related("filing__book__organisation", "authority", "finding")
        .annotate(at_state=Case(late, done, default="state"))
        .order_by(F("due").asc(nulls_last=True), "-changed_at", "-pk")
    )


def phrases(person: User) -> QuerySet[Phrase]:
    """The templates a reviewer may use: their own and their authority's."""
    rows = Phrase.objects.filter(authority=person.organisation_id, retired_at=None)
    rows = rows.filter(Q(owner=None) | Q(owner=person)).select_related("owner")
    return rows.order_by("title", "pk") if is_reviewer(person) else rows.none()
