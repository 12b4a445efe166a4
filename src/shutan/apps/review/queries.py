"""Every read of the joint review, scoped to the person: reviewers see their area's months, enterprises what is said to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Role, User
from shutan.apps.duties.models import Duty
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Finding, Report
from shutan.apps.review.models import YEARLY, Assignment, Phrase, Question
from shutan.apps.review.weights import WEIGHTS
from shutan.rules.duties import STANDINGS, dues
from shutan.rules.registry import rule_sets

State = MonthlyFiling.State
REPORT_DUTY, VERIFICATION = "annual_report", "verification"
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


def report_queue(person: User, *, today: date) -> QuerySet[Any]:
    """The annual reports that wait for the person's authority, ordered as months are, with the same columns.

    `until` is the day by which the province has them verified (or checked), as the table of duties says for their standing.
    """
    if not is_reviewer(person):
        return Report.objects.none()
    waiting = submitted_reports(person, today=today).filter(at_standing__in=stages(person))
    return waiting.order_by("urgency", "-score", F("until").asc(nulls_last=True), "pk")


def submitted_reports(person: User, *, today: date) -> QuerySet[Any]:
    """The newest submitted version of each annual report that an authority sees, whatever was decided about it."""
    if not is_reviewer(person):
        return Report.objects.none()
    given = Assignment.objects.filter(
        authority=person.organisation_id,
        organisation=OuterRef("organisation"),
        rule_set=OuterRef("rule_set"),
        year=OuterRef("year"),
        month=YEARLY,
    )
    standing = Duty.objects.filter(
        organisation=OuterRef("organisation"),
        name=REPORT_DUTY,
        sector=OuterRef("rule_set"),
        year=OuterRef("year"),
        lapsed=False,
    ).order_by("pk")
    corrected = Exists(Report.objects.filter(previous=OuterRef("pk"), state=Report.State.SUBMITTED))
    weighed = Finding.objects.filter(report=OuterRef("pk")).order_by().values("report")
    asked = Question.objects.filter(report=OuterRef("pk"), state=Question.State.OPEN).order_by()
    rows: QuerySet[Any] = reports.reports(person).filter(~corrected)
    rows = rows.annotate(
        at_standing=reports.at_standing(),
        duty_standing=Subquery(standing.values("standing")[:1]),
        score=Coalesce(Subquery(weighed.annotate(n=Sum(_weight())).values("n")), 0),
        asked=Coalesce(Subquery(asked.values("report").annotate(n=Count("pk")).values("n")), 0),
        reviewer_id=Subquery(given.values("reviewer")[:1]),
        reviewer_name=Subquery(given.values("reviewer__name")[:1]),
    )
    return rows.annotate(until=_verified_by()).annotate(urgency=_urgency(today))


def _weight() -> Case:
    """What a finding of a report weighs, as a month's does (risk.py)."""
    trial = When(trial=True, then=Value(WEIGHTS["trial"]))
    each = [When(severity=name, then=Value(weight)) for name, weight in WEIGHTS.items()]
    return Case(trial, *each, default=Value(0), output_field=IntegerField())


def _verified_by() -> Case:
    """The province's day of the table of duties, by sector, standing and year; none where no text names one."""
    known = [
        When(rule_set=sector, duty_standing=standing, year=due.year, then=Value(due.day))
        for sector in rule_sets()
        for standing in STANDINGS
        for due in dues(sector, standing)
        if due.duty.name == VERIFICATION and due.day
    ]
    return Case(*known, default=None, output_field=DateField())


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


def questions(person: User, *, today: date) -> QuerySet[Any]:
    """Questions about the months and annual reports a person sees, with `at_state` (open, overdue, answered or settled) and
    `home`, the name of the enterprise. Those on findings that only regulators see stay with them.
    """
    months, submitted = filings.months(person).order_by(), reports.reports(person).order_by()
    rows = Question.objects.filter(Q(filing__in=months) | Q(report__in=submitted))
    if not is_reviewer(person):
        rows = rows.filter(Q(finding=None) | Q(finding__audience="all"))
        rows = rows.filter(Q(report_finding=None) | Q(report_finding__audience="all"))
    late = When(state=Question.State.OPEN, due__lt=today, then=Value("overdue"))
    done = When(state=Question.State.CLOSED, then=Value("settled"))
    return (
        rows.select_related(
            "filing__book__organisation", "report__organisation", "authority", "finding", "report_finding"
        )
        .annotate(
            at_state=Case(late, done, default="state"),
            home=Coalesce("filing__book__organisation__name_zh", "report__organisation__name_zh"),
        )
        .order_by(F("due").asc(nulls_last=True), "-changed_at", "-pk")
    )


def phrases(person: User) -> QuerySet[Phrase]:
    """The templates a reviewer may use: their own and their authority's."""
    rows = Phrase.objects.filter(authority=person.organisation_id, retired_at=None)
    rows = rows.filter(Q(owner=None) | Q(owner=person)).select_related("owner")
    return rows.order_by("title", "pk") if is_reviewer(person) else rows.none()
