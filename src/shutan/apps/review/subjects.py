"""What is reviewed: a filed month, or a submitted annual report. How the two differ is said here, once for pages, API and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.filing import actions as filing
from shutan.apps.filing import queries as filings
from shutan.apps.filing.models import FILED, MonthlyFiling
from shutan.apps.reporting import deciding
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Decision, Finding, Report
from shutan.apps.review.models import MonthFinding, Question
from shutan.documents import wording
from shutan.rules.registry import rule_set

Subject = MonthlyFiling | Report
Field = tuple[str, tuple[str, ...], str]  # table, key, variable


@dataclass(frozen=True)
class Reviewed:
    """A kind of what is reviewed.

    Attributes:
        name: as addresses carry it.
        column: of `Question` and `Tick`.
        page: route of its page.
        decisions: step → what it leads to.
        actions: step → action of the access table.
        decide: the action that decides.
    """

    name: str
    column: str
    page: str
    decisions: Mapping[str, str]
    actions: Mapping[str, str]
    decide: Callable[..., Any]


MONTHS = Reviewed(
    "months",
    "filing",
    "review:month",
    {
        "pass_city": MonthlyFiling.State.PASSED_CITY,
        "accept": MonthlyFiling.State.ACCEPTED,
        "return_month": MonthlyFiling.State.RETURNED,
    },
    {name: f"filing.{name}" for name in ("pass_city", "accept", "return_month")},
    filing.decide,
)
REPORTS = Reviewed(
    "reports",
    "report",
    "review:report",
    {
        "pass_city": Decision.To.PASSED_CITY,
        "accept": Decision.To.ACCEPTED,
        "return_report": Decision.To.RETURNED,
    },
    {name: f"reporting.{name}" for name in ("pass_city", "accept", "return_report")},
    deciding.decide,
)
KINDS = {one.name: one for one in (MONTHS, REPORTS)}


def kind_of(subject: Subject) -> Reviewed:
    """Which kind a month or report is."""
    return MONTHS if isinstance(subject, MonthlyFiling) else REPORTS


def get(person: User, kind: str, pk: int) -> Any:
    """A month or report the person may see.

    Raises:
        Http404: there is none, or it is not theirs.
    """
    if kind not in KINDS:
        raise Http404
    return filings.month(person, pk) if kind == MONTHS.name else reports.report(person, pk)


def url(subject: Subject) -> str:
    """Its page at the desk."""
    return reverse(kind_of(subject).page, args=[subject.pk])


def state(subject: Subject) -> str:
    """Where it stands, in the words of months: submitted, passed_city, accepted, returned."""
    return subject.state if isinstance(subject, MonthlyFiling) else subject.standing


def is_filed(subject: Subject) -> bool:
    """Whether an authority may look at it."""
    return subject.state in FILED if isinstance(subject, MonthlyFiling) else not subject.is_draft


def revision(subject: Subject) -> int:
    """What a decision names, so that two do not decide at once."""
    return subject.revision if isinstance(subject, MonthlyFiling) else subject.decisions.count()


def hold(subject: Subject) -> Any:
    """The same, locked."""
    if isinstance(subject, MonthlyFiling):
        return filing.hold(subject)
    return Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=subject.pk)


def is_corrected(subject: Subject) -> bool:
    """Whether a later version was begun (a month) or submitted (a report)."""
    if isinstance(subject, MonthlyFiling):
        return filings.is_corrected(subject)
    return Report.objects.filter(previous=subject, state=Report.State.SUBMITTED).exists()


def rules_of(subject: Subject) -> str:
    """Its rule set."""
    return subject.book.rule_set if isinstance(subject, MonthlyFiling) else subject.rule_set


def findings(person: User, subject: Subject) -> QuerySet[Any]:
    """What the checks found about it, as far as the person may know."""
    if isinstance(subject, Report):
        return reports.findings(person, subject).select_related("question")
    rows = MonthFinding.objects.filter(filing=subject).select_related("question")
    return rows if person.kind in filings.REGULATORS else rows.filter(audience="all")


def of_finding(finding: MonthFinding | Finding) -> Any:
    """What a finding is about."""
    return finding.filing if isinstance(finding, MonthFinding) else finding.report


def asked_about(finding: MonthFinding | Finding) -> dict[str, Any]:
    """The columns of a question about a finding."""
    name = "finding" if isinstance(finding, MonthFinding) else "report_finding"
    return {name: finding, kind_of(of_finding(finding)).column: of_finding(finding)}


def changes(person: User, organisation: Any) -> bool:
    """Whether a person of the enterprise's side may answer for it."""
    return filings.changes(person, organisation)


def has_field(subject: Subject, field: Field) -> bool:
    """Whether it has such a figure; '' as variable is the whole."""
    table, key, variable = field
    if not variable:
        return not table and not key
    if isinstance(subject, Report):
        return subject.values.filter(table=table, key=list(key), variable=variable).exists()
    home = rule_set(subject.book.rule_set).input_table.get(variable)
    if home is None or home.name != table:
        return False
    return subject.values.filter(table=table, key=list(key)).exists()


def field_words(subject: Subject, field: Field) -> str:
    """A figure in words; the month or report as a whole where none is named."""
    _table, key, variable = field
    rules = rule_set(rules_of(subject))
    if variable not in rules.inputs and variable not in rules.rules:
        return _("The month as a whole") if isinstance(subject, MonthlyFiling) else _("The report as a whole")
    return " · ".join((*key, wording.label_of(rules, variable, language())))


def words_of(question: Question) -> str:
    """What a question is about, in the language of the page."""
    about = question.about
    if about is not None:
        return f"{about.check_id} {about.name_en if language() == 'en' else about.name_zh}"
    return field_words(question.subject, (question.table, tuple(question.key), question.variable))


def decide(actor: User, subject: Subject, step: str, *, revision: int, now: datetime, why: str = "") -> Any:
    """Take a step of its kind's decisions.

    Raises:
        Http404: there is no such step.
        StaleError: someone decided meanwhile.
    """
    kind = kind_of(subject)
    if step not in kind.decisions:
        raise Http404
    return kind.decide(actor, subject, kind.decisions[step], revision=revision, now=now, why=why)
