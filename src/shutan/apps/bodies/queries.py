"""Every read of the register, scoped to the person who asks: what they may not see is not in the answer.

The public's reads take no person: they know pages, and of findings and standings only what is published.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from shutan.apps.accounts import scope
from shutan.apps.accounts.audiences import BODY_KINDS
from shutan.apps.accounts.models import Area, Kind, LogEntry, User
from shutan.apps.bodies.models import Application, Body, Finding, Page, Row, Standing
from shutan.apps.bodies.sections import Section


def bodies(person: User) -> QuerySet[Any]:
    """A body sees its own record, the province all, cities theirs and market regulation those that once applied.

    Each row says whether an application is under review (`in_review`).
    """
    today = timezone.localdate()
    seen = scope.organisations(person, Area.DIRECTORY, today=today).order_by()
    rows = Body.objects.filter(organisation__in=seen).select_related("organisation", "page")
    if person.kind in BODY_KINDS:
        rows = rows.filter(organisation=person.organisation)
    elif person.kind != Kind.PROVINCE:
        rows = rows.filter(Exists(Application.objects.filter(body=OuterRef("pk"))))
    review = Application.objects.filter(body=OuterRef("pk"), state=Application.State.REVIEW)
    return rows.annotate(
        in_review=Exists(review), submitted=Subquery(review.values("submitted_at")[:1])
    ).order_by("pk")


def own(person: User) -> Body | None:
    """The record of the person's own organisation."""
    return (
        Body.objects.filter(organisation=person.organisation_id).first() if person.organisation_id else None
    )


def is_own(person: User, body: Body) -> bool:
    """Whether the record is that of the person's organisation."""
    return person.organisation_id is not None and body.organisation_id == person.organisation_id


def under_review(body: Body) -> Application | None:
    """The application that waits for the province."""
    return body.applications.filter(state=Application.State.REVIEW).first()


def rows(body: Body, section: Section) -> QuerySet[Row]:
    """The lines of a part of a body the person was given by `bodies`."""
    found: QuerySet[Row] = section.model._default_manager.filter(body=body)  # noqa: SLF001
    return found


def applications(person: User) -> QuerySet[Application]:
    """Those of the bodies a person sees."""
    seen = bodies(person).order_by().values("pk")
    return Application.objects.filter(body__in=seen).select_related(
        "body__organisation", "submitted_by", "decided_by"
    )


def findings(person: User) -> QuerySet[Finding]:
    """Those of the bodies a person sees."""
    seen = bodies(person).order_by().values("pk")
    return Finding.objects.filter(body__in=seen).select_related(
        "body__organisation", "recorded_for", "recorded_by"
    )


def history(body: Body) -> QuerySet[LogEntry]:
    """What was done to a body the person was given by `bodies`, the latest first."""
    found = LogEntry.objects.filter(subject_type=Body._meta.label_lower, subject_id=str(body.pk))  # noqa: SLF001
    return found.select_related("organisation").order_by("-at", "-pk")


# What anybody reads


def pages() -> QuerySet[Page]:
    """All that was ever published: a suspended or withdrawn body stays readable with its status and reason."""
    return Page.objects.select_related("body__organisation").order_by("name_zh")


def in_force(day: date) -> QuerySet[Page]:
    """Bodies whose registration holds on a day."""
    open_ended = Q(valid_until=None) | Q(valid_until__gte=day)
    return pages().filter(open_ended, body__state=Body.State.PUBLISHED)


def standings(page: Page) -> QuerySet[Standing]:
    """How the registration came and went, the latest first."""
    return page.body.standings.all()


def public_findings(page: Page) -> QuerySet[Finding]:
    """What was found, answered and closed, and recorded as public."""
    return page.body.findings.filter(is_public=True, state=Finding.State.SETTLED)


def by_service(day: date) -> dict[str, int]:
    """How many registered bodies offer each service; a body with two counts in both."""
    found = (
        in_force(day)
        .order_by()
        .annotate(one=Func(F("services"), function="unnest"))
        .values("one")
        .annotate(n=Count("pk"))
    )
    return {row["one"]: row["n"] for row in found}


def by_prefecture(day: date) -> dict[str, int]:
    """How many registered bodies each prefecture has, by the first four digits of its code."""
    found = (
        in_force(day).order_by().annotate(place=F("division_code")).values("place").annotate(n=Count("pk"))
    )
    counted: dict[str, int] = {}
    for row in found:
        counted[row["place"][:4]] = counted.get(row["place"][:4], 0) + row["n"]
    return counted
