"""What the search box finds among instruments, clauses of the standard and self-assessments."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.standards import queries
from shutan.apps.standards.models import StandardClause

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Instruments by title, number or text; confirmed clauses; the person's assessments by enterprise."""
    written = queries.texts(person).filter(content__icontains=text).order_by().values("version__instrument")
    named = Q(title_zh__icontains=text) | Q(title_en__icontains=text) | Q(number__icontains=text)
    found = queries.instruments(person, timezone.localdate()).filter(named | Q(pk__in=written))
    for one in found[:MOST]:
        url = reverse("standards:instrument", args=[one.pk])
        yield Hit(one.get_kind_display(), one.title, url, one.number or "")
    worded = StandardClause.objects.filter(state="confirmed", requirement__icontains=text)
    for clause in worded[:MOST]:
        url = f"{reverse('standards:standard')}#clause-{clause.pk}"
        yield Hit(_("Clause of the standard"), clause.number, url, clause.requirement[:80])
    if access.may_open(person, "standards:assessments"):
        of_name = Q(organisation__name_zh__icontains=text) | Q(organisation__name_en__icontains=text)
        for assessment in queries.assessments(person).filter(of_name)[:MOST]:
            url = reverse("standards:assessment", args=[assessment.pk])
            yield Hit(_("Self-assessment"), str(assessment), url)
