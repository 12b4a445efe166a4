"""What books, months and papers look like in the API."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from shutan.apps.common.api import Code, Count, DocumentIn, Line, Text
from shutan.apps.common.platform import Compared
from shutan.apps.filing.content import written
from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling
from shutan.kernel.render import plain_number

Part = Annotated[Line, Field(min_length=1, max_length=100)]
Key = Annotated[list[Part], Field(max_length=5, description="what names the row within its month")]
Why = Annotated[Text, Field(max_length=500)]
Obtained = Literal["", "measured", "calculated", "default", "estimated"]


class BookOut(Schema):
    """An enterprise's year under one rule set; `revision` counts changes of its yearly rows."""

    id: int
    organisation: str
    credit_code: str | None
    rule_set: str
    year: int
    revision: int

    @staticmethod
    def of(one: Book) -> BookOut:
        """From its row."""
        home = one.organisation
        return BookOut(
            id=one.pk, organisation=home.name, credit_code=home.credit_code, rule_set=one.rule_set,
            year=one.year, revision=one.revision,
        )  # fmt: skip


class BookPage(Schema):
    """Some books and how many there are."""

    count: int
    items: list[BookOut]


class BookIn(Schema):
    """A book to begin. Without an organisation: one's own."""

    organisation: Code | None = None
    rule_set: Code
    year: Annotated[int, Field(ge=2000, le=2100)]


class MonthOut(Schema):
    """A month in short. `revision` counts its steps; whoever takes one names the revision they saw."""

    id: int
    book: int
    period: str
    version: int
    corrects: int | None
    reason: str
    state: str
    stopped: bool
    unchanged: bool
    revision: int
    changed_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    sha256: str
    note: str

    @staticmethod
    def of(one: MonthlyFiling) -> MonthOut:
        """From its row."""
        return MonthOut(
            id=one.pk, book=one.book_id, period=one.period, version=one.version, corrects=one.previous_id,
            reason=one.reason, state=one.state, stopped=one.stopped, unchanged=one.unchanged,
            revision=one.revision, changed_at=one.changed_at, submitted_at=one.submitted_at,
            decided_at=one.decided_at, sha256=one.content_digest, note=one.note,
        )  # fmt: skip


class CellOut(Schema):
    """A cell: a number in plain digits, the key of a choice, a text, a day; `revision` is named when it is changed."""

    table: str
    key: list[str]
    variable: str
    value: str
    unit: str
    obtained: str
    note: str
    revision: int

    @staticmethod
    def of(one: FiledValue) -> CellOut:
        """From its row."""
        return CellOut(
            table=one.table, key=one.key, variable=one.variable, value=written(one), unit=one.unit,
            obtained=one.obtained, note=one.note, revision=one.revision,
        )  # fmt: skip


class BookDetail(Schema):
    """A book with its yearly cells and every month that one may see, all versions."""

    book: BookOut
    cells: list[CellOut]
    months: list[MonthOut]


class MonthIn(Schema):
    """A month to begin."""

    month: Annotated[int, Field(ge=1, le=12)]


class CellIn(Schema):
    """A cell as someone wants it; `seen` is the revision that was read, 0 for one that was empty."""

    table: Line
    key: Key
    variable: Line
    value: Text
    seen: Count = 0
    obtained: Obtained | None = None
    note: Annotated[Line, Field(max_length=300)] | None = None


class CellsIn(Schema):
    """Some cells. Those typed wrongly or saved by someone else meanwhile are told, the others are saved."""

    cells: Annotated[list[CellIn], Field(max_length=2000)]


class CellsOut(Schema):
    """What became of the cells: `seen` is the revision to name next time."""

    saved: list[dict[str, Any]]
    refused: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]


class RowIn(Schema):
    """A row by its table and what names it."""

    table: Line
    key: Key


class RemovedOut(Schema):
    """How many cells a row had."""

    cells: int


class PaperOut(Schema):
    """A file of evidence; `need` is the paper of the guideline's list that it is, '' while not sorted."""

    id: int
    name: str
    sha256: str
    size: int
    need: str
    key: list[str]
    ledger: str
    original_place: str
    speaks_of: str
    belongs: bool

    @staticmethod
    def of(one: EvidenceFile) -> PaperOut:
        """From its row."""
        return PaperOut(
            id=one.pk, name=one.name, sha256=one.sha256, size=one.size, need=one.need, key=one.key,
            ledger=one.ledger, original_place=one.original_place, speaks_of=one.speaks_of,
            belongs=one.belongs,
        )  # fmt: skip


class PaperWanted(Schema):
    """A paper that the guideline names for what the month says, in the language of the request."""

    need: str
    key: list[str]
    label: str
    clause: str
    must: bool
    met: bool


class MissingCell(Schema):
    """A mandatory cell that is empty."""

    table: str
    key: list[str]
    variable: str


class CompleteOut(Schema):
    """How far a month is."""

    percent: int
    asked: int
    missing: list[MissingCell]
    papers: list[PaperWanted]


class MonthDetail(Schema):
    """A whole month: its cells, its files, how far it is."""

    month: MonthOut
    cells: list[CellOut]
    evidence: list[PaperOut]
    complete: CompleteOut


class MonthStepIn(Schema):
    """A step, and the revision that was read. `stopped`, `unchanged` go with set_flags, `figures` with copy_last."""

    step: Literal[
        "set_flags", "copy_last", "send_for_review", "send_back", "submit", "correct", "pass_city", "accept",
        "return_month",
    ]  # fmt: skip
    revision: Count
    why: Why = ""
    stopped: bool = False
    unchanged: bool = False
    figures: bool = False


class MonthFindings(Schema):
    """What the checks that everybody may see say: about the month, and about the unfinished year."""

    month: list[dict[str, Any]]
    year: list[dict[str, Any]]


class CellDifference(Schema):
    """A cell that differs from the version before."""

    table: str
    row: str
    label: str
    unit: str
    before: str
    after: str


class FigureDifference(Schema):
    """A computed figure that differs; numbers as texts, None where it is not known."""

    label: str
    row: str
    unit: str
    before: str | None
    after: str | None


class MonthDifference(Schema):
    """What a version says otherwise than the one before."""

    cells: list[CellDifference]
    figures: list[FigureDifference]


class PapersIn(Schema):
    """Files of a month. Without `need` each is sorted by the words of its name."""

    files: Annotated[list[DocumentIn], Field(min_length=1, max_length=50)]
    need: Line = ""
    key: Key = []


class PaperTaken(Schema):
    """What became of a file: kept, or why not."""

    name: str
    kept: PaperOut | None
    why: str


class PaperIn(Schema):
    """What a file proves, and where its stamped original lies."""

    need: Line = ""
    key: Key = []
    ledger: Line = ""
    original_place: Line = ""
    belongs: bool = False


class PlatformDifference(Schema):
    """A figure that stands otherwise on the national platform than here; None where it is not known."""

    sheet: str
    item: str
    unit: str
    column: str
    here: str | None
    there: str | None


class PlatformOut(Schema):
    """How many figures are the same, those that differ, and what could not be read."""

    same: int
    differences: list[PlatformDifference]
    unread: list[str]

    @classmethod
    def of(cls, found: Compared) -> PlatformOut:
        """As the API shows it."""
        differences = [
            PlatformDifference(**(vars(one) | {"here": _plain(one.here), "there": _plain(one.there)}))
            for one in found.differences
        ]
        return cls(same=found.same, differences=differences, unread=found.unread)


def _plain(value: Decimal | str | None) -> str | None:
    return None if value is None else plain_number(value)
