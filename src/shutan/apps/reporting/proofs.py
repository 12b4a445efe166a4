"""What submitted reports and decided notices prove in the evidence log, from the rows as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.apps.reporting import deciding, declarations, queries, rows
from shutan.apps.reporting.models import (
    Decision,
    NoticeWithdrawal,
    ParameterNotice,
    Report,
    ReportedValue,
)
from shutan.evidence.seal import plain, seal

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
    if months := found.months.select_related("filing__book").order_by("filing__month"):
        facts["months"] = [
            [one.filing.period, one.filing.version, one.filing.content_digest] for one in months
        ]
    files = {found.source.name: found.source.sha256} if found.source else {}
    if (declared := declarations.of(found)) is not None:
        facts["declared"] = {
            "means": declared.means,
            "provider": declared.provider,
            "content": declared.content,
        }
        files[f"declaration/{declared.name}"] = declared.sha256
    return Proven(facts, files)


def _totals(found: Report) -> dict[str, str]:
    """What the rules computed for the whole enterprise, with units."""
    whole = found.values.filter(obtained=ReportedValue.Obtained.COMPUTED, key=[], number__isnull=False)
    given = whole.order_by("variable").values_list("variable", "number", "unit")
    return {name: f"{plain(number)} {unit}".strip() for name, number, unit in given}


def decision(pk: int, version: int) -> Proven:
    """A decision on a submitted report, of any authority; its number is the version. No names of people."""
    found = Decision.objects.select_related("report").get(report=pk, number=version)
    facts = {
        "organisation": found.report.organisation_id,
        "rule_set": found.report.rule_set,
        "year": found.report.year,
        "report": found.report.version,
        "to": found.to,
        "why": found.why,
        "authority": found.authority_id,
        "at": found.at.isoformat(),
    }
    return Proven(facts)


def _decisions(to: str) -> Iterable[tuple[int, int]]:
    return Decision.objects.filter(to=to).values_list("report_id", "number").iterator()


def _rows(found: Report) -> Iterator[tuple[str, str, list[Any]]]:
    """Every row of the report: its values, and what was said of them."""
    yield from rows.sealed(found.pk)
    for name in SAID:
        related = getattr(found, name)
        fields = [one.name for one in related.model._meta.fields if one.name not in {"id", "report"}]  # noqa: SLF001 - Django documents it
        for at, cells in enumerate(related.order_by("pk").values_list(*fields)):
            yield name, str(at), list(cells)


def submitted() -> Iterable[tuple[int, int | None]]:
    """Every submitted report."""
    return Report.objects.filter(state=Report.State.SUBMITTED).values_list("pk", "version").iterator()


def seen_reports(person: User | AnonymousUser) -> QuerySet[Report]:
    """Whose receipts a person may have: the reports they see."""
    return queries.reports(person) if isinstance(person, User) else Report.objects.none()


def notice(pk: int, _version: int) -> Proven:
    """A decided notice: its values with days and source, and what was decided. A withdrawal is a record of its own."""
    found = ParameterNotice.objects.exclude(state=ParameterNotice.State.REGISTERED).get(pk=pk)
    names = ("rule_set", "name", "document", "number", "issuer", "article", "status", "state")
    values = found.values.order_by("key").values_list("key", "value")
    facts = {
        **{name: getattr(found, name) for name in names},
        "values": [[*key, plain(value)] for key, value in values],
        "since": found.since.isoformat(),
        "until": found.until.isoformat() if found.until else None,
        "reason": found.decision_reason,
        "corrects": found.corrects_id,
    }
    return Proven(facts, {found.file_name: found.file_sha256} if found.file_sha256 else {})


def _decided(state: str) -> Iterable[tuple[int, int]]:
    return ((pk, 1) for pk in ParameterNotice.objects.filter(state=state).values_list("pk", flat=True))


def withdrawal(pk: int, version: int) -> Proven:
    """A decided withdrawal of a notice; its key is the version."""
    found = NoticeWithdrawal.objects.exclude(state=NoticeWithdrawal.State.ASKED).get(pk=version, notice=pk)
    return Proven({"state": found.state})


def _withdrawn() -> Iterable[tuple[int, int]]:
    decided = NoticeWithdrawal.objects.exclude(state=NoticeWithdrawal.State.ASKED).filter(correction=None)
    return decided.values_list("notice_id", "pk")


def seen_notices(person: User | AnonymousUser) -> QuerySet[ParameterNotice]:
    """Numbers of the law are everybody's who signs in."""
    found = ParameterNotice.objects.all()
    return found if isinstance(person, User) else found.none()


def register_kinds() -> None:
    """Tell the evidence log how to prove what reporting does."""
    register(Kind("reporting.submit", Report, report, seen_reports, submitted))
    for to, action in deciding.ACTIONS.items():
        register(Kind(action, Report, decision, seen_reports, partial(_decisions, to.value)))
    for action, state in (
        ("reporting.confirm_parameter", ParameterNotice.State.CONFIRMED),
        ("reporting.reject_parameter", ParameterNotice.State.REJECTED),
    ):
        register(Kind(action, ParameterNotice, notice, seen_notices, partial(_decided, state)))
    register(Kind("reporting.decide_withdrawal", ParameterNotice, withdrawal, seen_notices, _withdrawn))
