"""What submitted reports prove in the evidence log, from the rows as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.apps.reporting import queries
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.apps.reporting.rows import COLUMNS
from shutan.evidence.seal import plain, seal

CELLS = COLUMNS[1:]  # all but the report's own key
# What was said of the report when it was computed; its own key and the report's change nothing.
SAID = ("findings", "checks", "problems")


def report(pk: int, version: int) -> Proven:
    """A submitted report: whose, of which year and version, its totals, its file, and the seal of all its rows."""
    found = Report.objects.select_related("source").get(pk=pk, version=version, state=Report.State.SUBMITTED)
    facts = {
        "organisation": found.organisation_id,
        "rule_set": found.rule_set,
        "year": found.year,
        "version": found.version,
        "corrects": found.previous_id,
        "reason": found.reason,
        "computed_with": found.computed_with,
        "totals": _totals(found),
        "seal": seal(_rows(found)),
    }
    return Proven(facts, {found.source.name: found.source.sha256} if found.source else {})


def _totals(found: Report) -> dict[str, str]:
    """What the rules computed for the whole enterprise, with units."""
    rows = found.values.filter(obtained=ReportedValue.Obtained.COMPUTED, key=[], number__isnull=False)
    given = rows.order_by("variable").values_list("variable", "number", "unit")
    return {name: f"{plain(number)} {unit}".strip() for name, number, unit in given}


def _rows(found: Report) -> Iterator[tuple[str, str, list[Any]]]:
    """Every row of the report: one a line of an input table or of a grain, with all its values."""
    order = ("obtained", "table", "row", "variable", "key")
    values = found.values.order_by(*order).values_list(*CELLS).iterator(chunk_size=5000)
    for (obtained, table, row), cells in groupby(values, key=itemgetter(0, 1, 2)):
        yield f"{obtained}.{table}", str(row), list(cells)
    for name in SAID:
        related = getattr(found, name)
        fields = [one.name for one in related.model._meta.fields if one.name not in {"id", "report"}]  # noqa: SLF001 - Django documents it
        for at, cells in enumerate(related.order_by("pk").values_list(*fields)):
            yield name, str(at), list(cells)


def submitted() -> Iterable[tuple[int, int]]:
    """Every submitted report."""
    return Report.objects.filter(state=Report.State.SUBMITTED).values_list("pk", "version").iterator()


def seen_reports(person: User | AnonymousUser) -> QuerySet[Report]:
    """Whose receipts a person may have: the reports they see."""
    return queries.reports(person) if isinstance(person, User) else Report.objects.none()


def register_kinds() -> None:
    """Tell the evidence log how to prove what reporting does."""
    register(Kind("reporting.submit", Report, report, seen_reports, submitted))
