"""What the API of reporting takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from shutan.apps.common.api import Line
from shutan.apps.common.values import exact
from shutan.apps.reporting.comparing import DifferenceRow
from shutan.apps.reporting.later import Later
from shutan.apps.reporting.models import Finding, ParameterNotice, ReadingProblem, Report, ReportedValue
from shutan.apps.reporting.present import Shown
from shutan.kernel.render import plain_number
from shutan.kernel.telling import plain


class Words(Schema):
    """One text in both languages."""

    zh: str
    en: str


class ReportOut(Schema):
    """A report without its values."""

    id: int
    organisation: int
    organisation_name: str
    rule_set: str
    year: int
    rules_year: int
    is_exercise: bool
    title: str
    state: str
    version: int
    corrects: int | None
    reason: str
    revision: int
    file_name: str | None
    file_sha256: str | None
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None

    @classmethod
    def of(cls, report: Report) -> ReportOut:
        """As the API shows a report."""
        return cls(
            id=report.pk,
            organisation=report.organisation_id,
            organisation_name=report.organisation.name_zh,
            rule_set=report.rule_set,
            year=report.year,
            rules_year=report.rules_year,
            is_exercise=report.is_exercise,
            title=report.title,
            state=report.state,
            version=report.version,
            corrects=report.previous_id,
            reason=report.reason,
            revision=report.revision,
            file_name=report.source.name if report.source else None,
            file_sha256=report.source.sha256 if report.source else None,
            created_at=report.created_at,
            changed_at=report.changed_at,
            submitted_at=report.submitted_at,
        )


class TotalOut(Schema):
    """One figure of the summary; `value` is null while it waits."""

    name: str
    key: list[str]
    label: str
    value: str | None
    unit: str
    status: str
    waiting: str

    @classmethod
    def of(cls, shown: Shown) -> TotalOut:
        """As the API shows a total."""
        return cls(
            name=shown.name,
            key=[str(part) for part in shown.key],
            label=shown.label,
            value=plain_number(shown.value) if isinstance(shown.value, Decimal) else None,
            unit=shown.unit,
            status=shown.status,
            waiting=shown.hint,
        )


class FindingOut(Schema):
    """What a check says."""

    check: str
    severity: str
    blocks: bool
    trial: bool
    status: str
    name: Words
    subject: Words
    message: Words
    clears: Words
    basis: Words
    fields: list[dict[str, Any]]

    @classmethod
    def of(cls, one: Finding) -> FindingOut:
        """As the API shows a finding."""
        return cls(
            check=one.check_id,
            severity=one.severity,
            blocks=one.blocks,
            trial=one.trial,
            status=one.status,
            name=Words(zh=one.name_zh, en=one.name_en),
            subject=Words(zh=one.subject_zh, en=one.subject_en),
            message=Words(zh=one.message_zh, en=one.message_en),
            clears=Words(zh=one.clears_zh, en=one.clears_en),
            basis=Words(zh=one.basis_zh, en=one.basis_en),
            fields=one.fields,
        )


class ProblemOut(Schema):
    """Something of the upload that could not be read."""

    sheet: str
    place: str
    blocks: bool
    message: Words
    expected: Words

    @classmethod
    def of(cls, one: ReadingProblem) -> ProblemOut:
        """As the API shows a problem."""
        return cls(
            sheet=one.sheet,
            place=one.place,
            blocks=one.blocks,
            message=Words(zh=one.wrong_zh, en=one.wrong_en),
            expected=Words(zh=one.expected_zh, en=one.expected_en),
        )


class ValueOut(Schema):
    """One stored value: a number as text, so that every digit arrives, or a text."""

    name: str
    table: str
    key: list[str]
    month: int | None
    obtained: str
    value: str | None
    unit: str
    status: str
    waiting: list[str]
    rule_version: str
    sheet: str
    place: str

    @classmethod
    def of(cls, one: ReportedValue) -> ValueOut:
        """As the API shows a value."""
        value = plain_number(exact(one.number)) if one.number is not None else one.text or None
        return cls(
            name=one.variable,
            table=one.table,
            key=one.key,
            month=one.month,
            obtained=one.obtained,
            value=value,
            unit=one.unit,
            status=one.status,
            waiting=one.waiting,
            rule_version=one.rule_version,
            sheet=one.origin_sheet,
            place=one.origin_place,
        )


class NoticeValueOut(Schema):
    """A value of a notice and the key it is for."""

    key: list[str]
    value: str


class NoticeOut(Schema):
    """Values registered by notice; `state` says whether they count, and whether one that counted was withdrawn."""

    id: int
    rule_set: str
    name: str
    values: list[NoticeValueOut]
    since: date
    until: date | None
    document: str
    number: str
    issuer: str
    article: str
    note: str
    status: str
    state: str
    corrects: int | None
    file_name: str
    file_sha256: str
    registered_at: datetime
    decided_at: datetime | None
    decision_reason: str

    @classmethod
    def of(cls, one: ParameterNotice) -> NoticeOut:
        """As the API shows a registered value."""
        return cls(
            id=one.pk,
            rule_set=one.rule_set,
            name=one.name,
            values=[
                NoticeValueOut(key=each.key, value=plain_number(exact(each.value)))
                for each in one.values.all()
            ],
            since=one.since,
            until=one.until,
            document=one.document,
            number=one.number,
            issuer=one.issuer,
            article=one.article,
            note=one.note,
            status=one.status,
            state=getattr(one, "standing", one.state),
            corrects=one.corrects_id,
            file_name=one.file_name,
            file_sha256=one.file_sha256,
            registered_at=one.registered_at,
            decided_at=one.decided_at,
            decision_reason=one.decision_reason,
        )


class ChangedTotalOut(Schema):
    """A figure of the summary as filed and as it would be."""

    filed: TotalOut
    now: TotalOut


class LaterOut(Schema):
    """What values of the law that arrived after submission would change; the report itself stays as filed."""

    notices: list[NoticeOut]
    undecided: bool  # one of them has still to be confirmed
    values: int
    totals: list[ChangedTotalOut]

    @classmethod
    def of(cls, found: Later) -> LaterOut:
        """As the API shows it."""
        return cls(
            notices=[NoticeOut.of(one) for one in found.notices],
            undecided=found.undecided,
            values=found.values,
            totals=[
                ChangedTotalOut(filed=TotalOut.of(one), now=TotalOut.of(other)) for one, other in found.totals
            ],
        )


class CreatedOut(Schema):
    """What a report says: totals, findings, problems, what came later, with `trace=true` every value with its trace."""

    report: ReportOut
    is_new: bool
    totals: list[TotalOut]
    findings: list[FindingOut]
    problems: list[ProblemOut]
    against_submission: list[str]
    later: LaterOut | None
    trace: dict[str, Any] | None


class ReportPage(Schema):
    """Some reports and how many there are."""

    count: int
    items: list[ReportOut]


class ValuePage(Schema):
    """Some values and how many there are."""

    count: int
    items: list[ValueOut]


class TermOut(Schema):
    """One quantity that took part."""

    name: str
    key: list[str]
    label: str
    kind: str
    value: str | None
    unit: str
    how: str
    used: bool
    origin: str
    source: str
    article: str
    since: date | None
    status: str


class ClauseOut(Schema):
    """A clause."""

    id: str
    instrument: str
    number: str
    title: Words
    summary: Words
    since: date
    until: date | None
    kind: str
    status: str
    rules: list[str] = []


class ExplanationOut(Schema):
    """One value explained."""

    name: str
    key: list[str]
    label: str
    row: str
    value: str | None
    unit: str
    status: str
    waiting: str
    mathml: str
    mathml_figures: str
    steps: list[str]
    terms: list[TermOut]
    clauses: list[ClauseOut]
    rule_version: str
    origin: str


class DifferenceOut(Schema):
    """One value that differs between two reports; `causes` are names, or "version" for another version of the rule."""

    name: str
    key: list[str]
    label: str
    row: str
    before: str | None
    after: str | None
    unit: str
    change: str | None
    percent: str | None
    causes: list[str]
    is_input: bool

    @classmethod
    def of(cls, row: DifferenceRow) -> DifferenceOut:
        """As the API shows a difference: numbers as text with every digit, null where there is no value."""
        one = row.found
        return cls(
            name=one.name,
            key=[str(part) for part in one.key],
            label=row.label,
            row=row.row,
            before=plain(one.before),
            after=plain(one.after),
            unit=row.unit,
            change=plain(one.change),
            percent=None if row.percent is None else f"{row.percent:.2f}",
            causes=list(one.causes),
            is_input=row.is_input,
        )


class DifferencePage(Schema):
    """Some differences, the biggest first, and how many there are."""

    count: int
    items: list[DifferenceOut]


class SubmitIn(Schema):
    """What one saw when deciding to submit; a correction says why."""

    revision: Annotated[int, Field(ge=1, le=10**9)]
    why: Annotated[Line, Field(max_length=200)] = ""


class TableOut(Schema):
    """One table that is filled in."""

    name: str
    title: Words
    keys: list[str]
    inputs: list[str]


class RuleSetOut(Schema):
    """A rule set: what it computes, for which years, from what."""

    name: str
    title: Words
    years: list[int]
    tables: list[TableOut]
    rules: int
    parameters: int
    clauses: int


class ParameterValueOut(Schema):
    """One value of a parameter from one day on."""

    key: list[str]
    value: str | None
    since: date
    until: date | None
    source: str
    article: str
    status: str
    note: str
    registered_by: str
    confirmed_by: str


class ParameterOut(Schema):
    """A parameter with its values."""

    name: str
    title: Words
    unit: str
    by: list[str]
    values: list[ParameterValueOut]
