"""What the API of the joint review takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from shutan.apps.common.api import Code, DocumentIn, Line, Text
from shutan.apps.review import actions, asking

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
Documents = Annotated[list[DocumentIn], Field(max_length=asking.MOST_FILES)]
RowKey = Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=8)]
Why = Annotated[Text, Field(max_length=500)]


class QueueOut(Schema):
    """A month that waits; `urgency` 0 overdue, 1 within a week, 2 later; `score` null while not screened."""

    id: int
    organisation: str
    organisation_id: int
    rule_set: str
    period: str
    version: int
    state: str
    revision: int
    until: date | None
    urgency: int
    score: int | None
    reviewer_id: int | None
    open_questions: int


class ReportQueueOut(Schema):
    """An annual report that waits, as a month does; `until` is the day by which the province has it verified."""

    id: int
    organisation: str
    organisation_id: int
    rule_set: str
    year: int
    version: int
    state: str = Field(alias="at_standing")
    until: date | None
    urgency: int
    score: int
    reviewer_id: int | None
    open_questions: int = Field(alias="asked")

    @staticmethod
    def resolve_organisation(row: Any) -> str:
        """Its name."""
        return str(row.organisation)


class ReportQueuePage(Schema):
    """Some of the reports, the most urgent first, and how many there are."""

    count: int
    items: list[ReportQueueOut]


class QueuePage(Schema):
    """Some of the queue, the most urgent first, and how many there are."""

    count: int
    items: list[QueueOut]


class MonthFindingOut(Schema):
    """What a check says about a month."""

    id: int
    check: str
    severity: str
    trial: bool
    audience: str
    message_zh: str
    message_en: str
    fields: list[dict[str, Any]]
    question: int | None


class TickOut(Schema):
    """What an authority found for one item of the checklist."""

    need: str
    key: list[str]
    item: str
    verdict: str
    at: datetime


class SaidFileOut(Schema):
    """A file by its digest and name."""

    sha256: str
    name: str


class StatementOut(Schema):
    """What one side said."""

    id: int
    kind: str
    text: str
    organisation: int = Field(alias="organisation_id")
    at: datetime
    files: list[SaidFileOut]


class QuestionOut(Schema):
    """A question; `state` is today's: open, overdue, answered or settled. `variable` '' is the month or report as a whole."""

    id: int
    month: int | None = Field(alias="filing_id")
    report: int | None = Field(alias="report_id")
    kind: str
    authority: int | None = Field(alias="authority_id")
    finding: int | None = Field(alias="finding_id")
    report_finding: int | None = Field(alias="report_finding_id")
    table: str
    key: list[str]
    variable: str
    due: date | None
    state: str = Field(alias="at_state")
    revision: int
    asked_at: datetime
    changed_at: datetime


class QuestionPage(Schema):
    """Some questions, the nearest day first, and how many there are."""

    count: int
    items: list[QuestionOut]


class QuestionWhole(Schema):
    """A question with what was said."""

    question: QuestionOut
    statements: list[StatementOut]


class ReviewOut(Schema):
    """A filed month or annual report under review: what was found, asked and, for an authority, ticked.

    `revision` is what a decision names: of a month its own, of a report how many decisions there were.
    """

    id: int
    period: str
    state: str
    revision: int
    findings: list[MonthFindingOut]
    questions: list[QuestionOut]
    ticks: list[TickOut]


class DecidedOut(Schema):
    """One decision on a report."""

    number: int
    to: str
    why: str
    authority: int | None = Field(alias="authority_id")
    at: datetime


class ReportReviewOut(ReviewOut):
    """An annual report, with the decisions about it, the last first."""

    decisions: list[DecidedOut]


class AssignIn(Schema):
    """Months and annual reports for a colleague; `reviewer` null takes them away."""

    months: Annotated[list[Key], Field(max_length=actions.MOST)] = []
    reports: Annotated[list[Key], Field(max_length=actions.MOST)] = []
    reviewer: Key | None


class MovedOut(Schema):
    """How much changed."""

    changed: int


class ReturnIn(Schema):
    """One month to return, as it was seen, and what is to be mended."""

    month: Key
    revision: Revision
    why: Why


class ReturnsIn(Schema):
    """All are returned, or none."""

    rows: Annotated[list[ReturnIn], Field(min_length=1, max_length=actions.MOST)]


class TickIn(Schema):
    """What was found for one item; verdict good, wrong, none, or '' to take it away. Of a month it is of one paper (`need`)
    of a row (`key`); of a report of the whole, and both stay empty.
    """

    need: Code | Literal[""] = ""
    key: RowKey = []
    item: Code
    verdict: Literal["good", "wrong", "none", ""]


class DecisionIn(Schema):
    """`pass_city`, `accept`; for a month `return_month`, for a report `return_report`."""

    step: Line
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)]
    why: Why = ""


class AskIn(Schema):
    """A question; with `due` a request for information. `finding`, or table, key and variable say what it is about."""

    text: Text
    due: date | None = None
    finding: Key | None = None
    table: Annotated[Line, Field(max_length=64)] = ""
    key: RowKey = []
    variable: Annotated[Line, Field(max_length=100)] = ""
    files: Documents = []


class ReplyIn(Schema):
    """`explained` or `will_correct`."""

    kind: Line
    text: Text
    files: Documents = []


class QuestionStepIn(Schema):
    """`answered` (to findings `explained`, `will_correct`) by the enterprise; `asked_again` or `closed` by the authority."""

    kind: Line
    text: Text = ""
    due: date | None = None
    revision: Revision
    files: Documents = []


class PhraseOut(Schema):
    """An opinion template; `shared` with the whole authority."""

    id: int
    title: str
    text: str
    shared: bool


class PhraseIn(Schema):
    """An opinion template."""

    title: Annotated[Line, Field(max_length=80)]
    text: Why
    shared: bool = False
