"""Every read of reporting, scoped to the person who asks: what they may not see is not in the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import organisations, tell_if_ended
from shutan.apps.reporting import results
from shutan.apps.reporting.assembling import uncovered
from shutan.apps.reporting.models import (
    CheckRun,
    Decision,
    Declaration,
    Finding,
    ParameterNotice,
    ReadingProblem,
    Report,
    ReportedValue,
)
from shutan.apps.reporting.present import Presenter
from shutan.kernel import Waiting
from shutan.rules.registry import rule_sets
from shutan.screening.catalogue import Audience

MOST_PLACES = 12
REGULATORS = (Kind.PROVINCE, Kind.CITY)


def reports(person: User) -> QuerySet[Report]:
    """An enterprise, its head office and who acts for it today see its reports; a regulator those submitted to it."""
    every = Report.objects.select_related(
        "organisation", "source", "previous", "created_by", "submitted_by", "assembly"
    )
    every = every.order_by("-year", "-changed_at", "-pk")
    every = every.filter(
        organisation__in=organisations(person, Area.REPORTING, today=timezone.localdate()).order_by()
    )
    return every.filter(state=Report.State.SUBMITTED) if person.kind in REGULATORS else every


def report(person: User, number: int) -> Report:
    """One report the person may see.

    Raises:
        MandateEnded: a service company's person could, until the mandate for it ended.
        Http404: there is none, or it is not theirs to know of.
    """
    found = reports(person).annotate(at_standing=at_standing()).filter(pk=number).first()
    if found is None:
        if lost := Report.objects.select_related("organisation").filter(pk=number).first():
            today = timezone.localdate()
            tell_if_ended(person, lost.organisation, Area.REPORTING, today=today, made=lost.created_at)
        raise Http404
    return found


def reporter(person: User, number: int | None) -> Organisation:
    """The enterprise a person reports for; `number` may be left out where there is only one.

    Raises:
        MandateEnded: they could until the mandate ended.
        Http404: they cannot report for it, or none was chosen among several.
    """
    found = list(reporters(person).filter(**({} if number is None else {"pk": number}))[:2])
    if len(found) == 1:
        return found[0]
    if number is not None and (client := Organisation.objects.filter(pk=number).first()):
        tell_if_ended(person, client, Area.REPORTING, today=timezone.localdate())
    raise Http404


def acts_for(person: User) -> bool:
    """Whether the person may change reports that `reports` gave them: a head office and regulators only read."""
    return person.kind in (Kind.ENTERPRISE, Kind.SERVICE)


def at_standing() -> Coalesce:
    """Where each report stands: what was decided last, else draft or submitted."""
    last = Decision.objects.filter(report=OuterRef("pk")).order_by("-number")
    return Coalesce(Subquery(last.values("to")[:1]), "state")


def decisions(report: Report) -> QuerySet[Decision]:
    """What authorities decided about a report that the person was given by `reports`, the last first."""
    return report.decisions.select_related("authority", "by").order_by("-number")


def listed(person: User) -> QuerySet[Any]:
    """Reports with what the list shows of each: counts of findings and problems, whether corrected since."""
    return reports(person).annotate(
        blocking=_count(Finding, blocks=True),
        found=_count(Finding) if person.kind in REGULATORS else _count(Finding, audience=Audience.ALL.value),
        unread=_count(ReadingProblem, blocks=True, empty=False),
        empty=_count(ReadingProblem, blocks=True, empty=True),
        declared=Exists(Declaration.objects.filter(report=OuterRef("pk"))),
        corrected=Exists(Report.objects.filter(previous=OuterRef("pk"))),
        at_standing=at_standing(),
    )


def _count(model: type[Model], **only: Any) -> Coalesce:
    """How many rows of a table a report has, without multiplying the report's row."""
    rows = model._default_manager.filter(report=OuterRef("pk"), **only).order_by()  # noqa: SLF001
    return Coalesce(Subquery(rows.values("report").annotate(n=Count("pk")).values("n")), 0)


def headline(found: Iterable[Report]) -> dict[int, Decimal]:
    """The first figure of each report's summary that has a value, by report: one query for a page of them."""
    places = {
        (name, one): at
        for name, rules in rule_sets().items()
        for at, one in enumerate(rules.report.summary if rules.report else ())
    }
    lines = ReportedValue.objects.filter(
        report__in=list(found),
        obtained=ReportedValue.Obtained.COMPUTED,
        variable__in={one for _, one in places},
        number__isnull=False,
    ).values_list("report_id", "report__rule_set", "variable", "number")
    best: dict[int, tuple[int, Decimal]] = {}
    for report, rules_name, variable, number in lines:
        at = places.get((rules_name, variable))
        if at is not None and number is not None and (report not in best or at < best[report][0]):
            best[report] = (at, number)
    return {report: number for report, (_, number) in best.items()}


def waiting_totals(found: Iterable[Report]) -> dict[int, int]:
    """How many figures of each report's summary wait, by report: one query for a page of them."""
    summaries = {name: set(rules.report.summary) for name, rules in rule_sets().items() if rules.report}
    counted = {report.pk: 0 for report in found}
    lines = ReportedValue.objects.filter(
        report__in=list(counted),
        obtained=ReportedValue.Obtained.COMPUTED,
        variable__in=set().union(*summaries.values()),
        status="waiting",
    ).values_list("report_id", "report__rule_set", "variable")
    for report, rules_name, variable in lines:
        counted[report] += variable in summaries.get(rules_name, ())
    return counted


def findings(person: User, report: Report) -> QuerySet[Finding]:
    """What the checks say about a report the person was given by `reports`; some only to the regulator."""
    return _heard_by(person, report.findings.order_by("position"))


def checks(person: User, report: Report) -> QuerySet[CheckRun]:
    """The checks that found nothing or did not run."""
    return _heard_by(person, report.checks.order_by("check_id"))


def _heard_by(person: User, found: QuerySet[Any]) -> QuerySet[Any]:
    return found if person.kind in REGULATORS else found.filter(audience=Audience.ALL.value)


def problems(report: Report) -> QuerySet[ReadingProblem]:
    """All that is wrong with its file."""
    return report.problems.order_by("position")


def unread(report: Report) -> QuerySet[ReadingProblem]:
    """What could not be read of it."""
    return problems(report).filter(empty=False)


@dataclass(frozen=True)
class LeftEmpty:
    """Cells of a sheet that lack the same thing."""

    sheet: str
    wrong_zh: str
    wrong_en: str
    places: str
    more: int


def left_empty(report: Report) -> list[LeftEmpty]:
    """What was left out of the file, one line for what lacks the same: a form half filled in has hundreds."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in report.problems.filter(empty=True).order_by("position"):
        found.setdefault((one.sheet, one.wrong_zh, one.wrong_en), []).append(one.place)
    return [
        LeftEmpty(
            *said,
            places=", ".join(filter(None, places[:MOST_PLACES])),
            more=max(0, len(places) - MOST_PLACES),
        )
        for said, places in found.items()
    ]


def comparable(person: User, report: Report) -> QuerySet[Report]:
    """Reports one can be compared with: of the same organisation and rule set."""
    return (
        reports(person)
        .filter(organisation=report.organisation, rule_set=report.rule_set)
        .exclude(pk=report.pk)
    )


def reporters(person: User) -> QuerySet[Organisation]:
    """For whom a person may report today: their own enterprise, or those whose mandate they hold."""
    found = organisations(person, Area.REPORTING, today=timezone.localdate()).filter(kind=Kind.ENTERPRISE)
    return found if acts_for(person) else found.none()


def notices(_person: User, rule_set: str = "", name: str = "") -> QuerySet[Any]:
    """Registered values: the law is public, so everyone signed in sees them."""
    found = results.with_values(ParameterNotice.objects.with_standing()).select_related("corrects")
    found = found.order_by("-since", "-pk")
    if rule_set:
        found = found.filter(rule_set=rule_set)
    return found.filter(name=name) if name else found


def counts(person: User, report: Report) -> dict[str, int]:
    """How much of what a report has, for its tabs and its next step."""
    faults = report.problems.filter(blocks=True).aggregate(
        unread=Count("pk", filter=Q(empty=False)), empty=Count("pk", filter=Q(empty=True))
    )
    return {
        "findings": findings(person, report).count(),
        "blocking": report.findings.filter(blocks=True).count(),
        "unread": faults["unread"],
        "empty": faults["empty"] + len(uncovered(report)),
        "waiting": waiting_totals([report])[report.pk],
        "declared": int(hasattr(report, "declaration")),  # looked up once a request
    }


def is_corrected(report: Report) -> bool:
    """Whether a later version has replaced it."""
    return Report.objects.filter(previous=report).exists()


def versions(person: User, report: Report) -> QuerySet[Report]:
    """The submitted versions of the same report, the latest first."""
    same = reports(person).filter(
        organisation=report.organisation,
        rule_set=report.rule_set,
        year=report.year,
        state=Report.State.SUBMITTED,
    )
    return same.order_by("-version")


@dataclass(frozen=True)
class WaitingFor:
    """Something that results wait for, and how many of them."""

    label: str
    name: str
    kind: str  # "input", "parameter", …
    values: int


def waiting(writer: Presenter) -> list[WaitingFor]:
    """What the results that the report shows wait for, the most wanted first."""
    rules = writer.rules
    shown = dict.fromkeys(rules.report.names()) if rules.report else dict.fromkeys(rules.order)
    found: dict[tuple[str, str], int] = {}
    for name in shown:
        if name in rules.rules and writer.result.has(name):
            for value in writer.result.column(name):
                if isinstance(value, Waiting):
                    for place in {(reason.kind, reason.name) for reason in value.reasons}:
                        found[place] = found.get(place, 0) + 1
    known = {*rules.inputs, *rules.rules, *rules.parameters}
    return [
        WaitingFor(writer.label(name) if name in known else _("Rows of a table"), name, kind, values)
        for (kind, name), values in sorted(found.items(), key=lambda item: -item[1])
    ]
