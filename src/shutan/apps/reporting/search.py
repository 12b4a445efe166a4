"""What the search box finds among reports, clauses and parameters."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.reporting import queries, rulebook
from shutan.apps.reporting.present import pick

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Reports the person may see; clauses and parameters, which everyone may."""
    named = (
        Q(title__icontains=text)
        | Q(organisation__name_zh__icontains=text)
        | Q(organisation__name_en__icontains=text)
        | Q(organisation__credit_code__icontains=text)
    )
    for report in queries.reports(person).filter(named)[:MOST]:
        url = reverse("reporting:report", args=[report.pk])
        yield Hit(_("Report"), report.title, url, f"{report.organisation} {report.year}")
    words = text.casefold().split()
    clauses = [row for row in rulebook.clauses() if all(word in row.text for word in words)]
    clauses.sort(key=lambda row: not _named(words, row.number, row.clause.zh, row.clause.en))
    for row in clauses[:MOST]:
        url = reverse("reporting:clause", args=[row.rules.name, row.clause.id])
        yield Hit(_("Clause"), f"{row.number} {row.title}", url, row.instrument)
    known = [row for row in rulebook.parameters({}) if all(word in row.text for word in words)]
    known.sort(key=lambda one: not _named(words, one.name, one.parameter.zh, one.parameter.en))
    for one in known[:MOST]:
        url = reverse("reporting:parameter", args=[one.rules.name, one.name])
        yield Hit(_("Parameter"), one.title, url, pick(one.rules.title))


def _named(words: list[str], *names: str) -> bool:
    """Whether all words stand in the names; what only mentions them comes after."""
    text = " ".join(names).casefold()
    return all(word in text for word in words)
