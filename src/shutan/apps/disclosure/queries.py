"""Every read of disclosures: anybody reads what is published, drafts are the enterprise's own."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from shutan.apps.accounts.models import Area, User
from shutan.apps.accounts.scope import organisations
from shutan.apps.disclosure.document import sectors
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Report


def published() -> QuerySet[Disclosure]:
    """Every published version, the newest first."""
    found = Disclosure.objects.filter(state=Disclosure.State.PUBLISHED).select_related("organisation")
    return found.order_by("-published_at", "-pk")


def standing() -> QuerySet[Disclosure]:
    """The version that counts of each enterprise, sector and year."""
    later = Disclosure.objects.filter(
        organisation=OuterRef("organisation"),
        rule_set=OuterRef("rule_set"),
        year=OuterRef("year"),
        state=Disclosure.State.PUBLISHED,
        version__gt=OuterRef("version"),
    )
    return published().filter(~Exists(later))


def versions(disclosure: Disclosure) -> QuerySet[Disclosure]:
    """All published versions of the same enterprise, sector and year."""
    same = published().filter(
        organisation=disclosure.organisation_id, rule_set=disclosure.rule_set, year=disclosure.year
    )
    return same.order_by("-version")


def outdated(disclosure: Disclosure) -> bool:
    """Whether the report it was made from was corrected since."""
    return Report.objects.filter(previous=disclosure.report_id).exists()


def drafts(person: User) -> QuerySet[Disclosure]:
    """Drafts of one's own enterprise or clients."""
    if not reports.acts_for(person):
        return Disclosure.objects.none()
    seen = organisations(person, Area.REPORTING, today=timezone.localdate()).order_by()
    found = Disclosure.objects.filter(state=Disclosure.State.DRAFT, organisation__in=seen)
    return found.select_related("organisation", "report")


def owed(person: User) -> QuerySet[Any]:
    """The latest submitted reports a person sees of sectors with a form, each with what was made public of it.

    `stands`, `stands_report`: the standing disclosure and the report it was made from; `has_draft`: one is begun.
    """
    same = Disclosure.objects.filter(
        organisation=OuterRef("organisation"), rule_set=OuterRef("rule_set"), year=OuterRef("year")
    )
    newest = same.filter(state=Disclosure.State.PUBLISHED).order_by("-version")
    found = reports.reports(person).filter(state=Report.State.SUBMITTED, rule_set__in=sectors())
    found = found.filter(~Exists(Report.objects.filter(previous=OuterRef("pk"))))
    return found.annotate(
        stands=Subquery(newest.values("pk")[:1]),
        stands_report=Subquery(newest.values("report")[:1]),
        has_draft=Exists(same.filter(state=Disclosure.State.DRAFT)),
    )


def search(text: str) -> QuerySet[Disclosure]:
    """Published ones by name or code of the enterprise."""
    named = (
        Q(organisation__name_zh__icontains=text)
        | Q(organisation__name_en__icontains=text)
        | Q(organisation__credit_code__icontains=text)
    )
    return standing().filter(named)
