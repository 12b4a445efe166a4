"""What filed months prove in the evidence log, from the rows as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.apps.filing import queries
from shutan.apps.filing.models import EvidenceFile, FiledValue, MonthlyFiling
from shutan.evidence.seal import seal

CELLS = ("table", "key", "variable", "number", "text", "unit", "obtained", "note")
PAPERS = ("need", "key", "sha256", "name", "ledger", "original_place", "speaks_of", "belongs")


def month(pk: int, version: int) -> Proven:
    """A filed month: whose, of which period and version, its flags, its papers, and the seal of all its rows."""
    found = MonthlyFiling.objects.select_related("book").get(pk=pk, version=version)
    facts = {
        "organisation": found.book.organisation_id,
        "rule_set": found.book.rule_set,
        "period": found.period,
        "version": found.version,
        "corrects": found.previous_id,
        "reason": found.reason,
        "stopped": found.stopped,
        "unchanged": found.unchanged,
        "seal": seal(_rows(found)),
    }
    papers = EvidenceFile.objects.filter(filing=found).order_by("pk").values_list("sha256", flat=True)
    return Proven(facts, {f"paper-{at}": sha256 for at, sha256 in enumerate(papers, start=1)})


def digest(filing: MonthlyFiling) -> str:
    """SHA-256 over all cells and papers of a month."""
    return str(seal(_rows(filing))["sha256"])


def _rows(filing: MonthlyFiling) -> Iterator[tuple[str, str, list[Any]]]:
    values = FiledValue.objects.filter(filing=filing).order_by("table", "pk").values_list(*CELLS)
    for at, cells in enumerate(values):
        yield f"values.{cells[0]}", str(at), list(cells)
    papers = EvidenceFile.objects.filter(filing=filing).order_by("pk").values_list(*PAPERS)
    for at, cells in enumerate(papers):
        yield "papers", str(at), list(cells)


def filed() -> Iterable[tuple[int, int]]:
    """Every filed month, each version."""
    return MonthlyFiling.objects.filter(submitted_at__isnull=False).values_list("pk", "version").iterator()


def seen_months(person: User | AnonymousUser) -> QuerySet[MonthlyFiling]:
    """Whose receipts a person may have: the months they see."""
    return queries.months(person) if isinstance(person, User) else MonthlyFiling.objects.none()


def register_kinds() -> None:
    """Tell the evidence log how to prove what filing does."""
    register(Kind("filing.submit", MonthlyFiling, month, seen_months, filed))
