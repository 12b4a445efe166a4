"""What is wrong with an input, said the same way whether it came as workbook, JSON, form or on the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from shutan.kernel import Dataset, Origin, RuleSet

Severity = Literal["error", "warning"]
MISSING = frozenset(
    {"cell.missing", "column.missing", "row.missing", "table.empty"}
)  # faults with which a draft still computes what it can


@dataclass(frozen=True)
class Message:
    """One sentence in both languages."""

    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """Return the sentence in a language: "zh…" or anything else for English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Problem:
    """One fault: where it is, what is wrong, what is expected instead.

    `code` is a stable word for programs ("number.text", "key.twice"). A warning is told but stops nothing.
    """

    code: str
    place: Origin
    message: Message
    expected: Message | None = None
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """Return the place as text: `Sheet!B12`, a sheet, a path, or nothing."""
        return str(self.place) if self.place.place else self.place.sheet

    def text(self, language: str = "zh") -> str:
        """Return the fault as one line: place, what is wrong, what is expected."""
        chinese = language.startswith("zh")
        where = f"{self.where}{'：' if chinese else ': '}" if self.where else ""
        expected = ""
        if self.expected is not None:
            lead = "；应为：" if chinese else "; expected: "
            expected = lead + self.expected.text(language)
        return f"{where}{self.message.text(language)}{expected}"

    def json(self) -> dict[str, Any]:
        """Return the fault as plain data."""
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.place.sheet,
            "place": self.place.place,
            "message": {"zh": self.message.zh, "en": self.message.en},
            "expected": self.expected and {"zh": self.expected.zh, "en": self.expected.en},
        }


@dataclass(frozen=True)
class Reading:
    """What was read, with everything that is wrong with it. Half-read data is kept so that a draft can be saved.

    `year` is the year the figures are of. `rules_year` is the year whose law is applied; another one than `year` makes
    the result an exercise, not a report.
    """

    rules: RuleSet | None
    year: int | None
    rules_year: int | None
    data: Dataset = field(default_factory=Dataset)
    problems: tuple[Problem, ...] = ()
    title: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the faults that must be mended."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what should be looked at."""
        return tuple(one for one in self.problems if one.severity == "warning")

    @property
    def complete(self) -> bool:
        """Say whether it can be computed: the rule set and year are known and nothing is at fault."""
        return self.rules is not None and self.rules_year is not None and not self.errors

    @property
    def computable(self) -> bool:
        """Say whether results can be computed: what is missing waits and says so, what is wrong must be mended first."""
        known = self.rules is not None and self.rules_year is not None
        return known and all(one.code in MISSING for one in self.errors)

    @property
    def exercise(self) -> bool:
        """Say whether the law of another year is applied than that of the figures."""
        return self.rules_year != self.year
