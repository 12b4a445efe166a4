"""What a screening says: findings, checks that found nothing, and checks that did not run and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from shutan.kernel import Member, Origin, ParameterValue
from shutan.kernel.grain import Key
from shutan.screening.catalogue import Entry, Mode, Severity, Words
from shutan.screening.check import Subject


@dataclass(frozen=True)
class Field:
    """An input or rule a finding is about: its row, its value (None: empty or waiting) and, for an input, its place."""

    name: str
    label: Words
    key: Key
    value: Any
    origin: Origin | None

    def json(self) -> dict[str, Any]:
        """Return plain values for an API."""
        return {
            "name": self.name,
            "zh": self.label.zh,
            "en": self.label.en,
            "key": list(self.key),
            "value": _text(self.value),
            "place": None if self.origin is None else str(self.origin),
        }


@dataclass(frozen=True)
class Finding:
    """One fault: where, what, how heavy, against which bound, on what ground, and what would clear it."""

    entry: Entry
    severity: Severity
    trial: bool
    subject: Subject
    message: Words
    fields: tuple[Field, ...]
    value: Decimal | None
    bound: Decimal | None
    limit: ParameterValue | None
    unit: str

    @property
    def check(self) -> str:
        """Return the id of the check."""
        return self.entry.id

    @property
    def mode(self) -> Mode:
        """Return whether the finding states the law or is being tried out."""
        return Mode.TRIAL if self.trial else Mode.LAW

    @property
    def blocks(self) -> bool:
        """Say whether a submission must wait until this is cleared."""
        return self.severity is Severity.BLOCK and not self.trial

    @property
    def status(self) -> str:
        """Return how well the bound is known: that of the threshold, else of the text the check rests on."""
        return self.limit.status if self.limit is not None else self.entry.basis_status

    @property
    def clears(self) -> Words:
        """Return what would clear it."""
        return self.entry.clears

    def json(self) -> dict[str, Any]:
        """Return plain values for an API."""
        return {
            "check": self.check,
            "name": {"zh": self.entry.name.zh, "en": self.entry.name.en},
            "severity": self.severity.value,
            "mode": self.mode.value,
            "blocks": self.blocks,
            "subject": {"grain": self.subject.grain.name, **self.subject.dimensions},
            "message": {"zh": self.message.zh, "en": self.message.en},
            "clears": {"zh": self.clears.zh, "en": self.clears.en},
            "false_positive": {"zh": self.entry.false_positive.zh, "en": self.entry.false_positive.en},
            "fields": [field.json() for field in self.fields],
            "value": _text(self.value),
            "bound": _text(self.bound),
            "unit": self.unit,
            "basis": {"zh": self.entry.basis.zh, "en": self.entry.basis.en},
            "source": None if self.limit is None else self.limit.source,
            "status": self.status,
        }


class Why(Enum):
    """Why a check did not run. None of these is "passed"."""

    NEEDS = "needs"  # data that were not given, or have no way in yet
    PLANNED = "planned"  # not written yet
    NOTHING = "nothing"  # nothing of the kind in this report, such as gas in a coal plant
    SECTOR = "sector"  # about another kind of plant or another part of the system
    THRESHOLD = "threshold"  # the bound is unknown or has no value for the year
    NOT_COMPUTED = "not_computed"  # the report could not be computed


@dataclass(frozen=True)
class NotRun:
    """A check that did not run."""

    entry: Entry
    why: Why
    reason: Words

    @property
    def check(self) -> str:
        """Return the id of the check."""
        return self.entry.id


@dataclass(frozen=True)
class Clean:
    """A check that judged `rows` rows and found nothing; `left_out` more lacked a value."""

    entry: Entry
    rows: int
    left_out: int = 0

    @property
    def check(self) -> str:
        """Return the id of the check."""
        return self.entry.id


@dataclass(frozen=True)
class Screening:
    """What one run says. Every check of the catalogue that the audience may see stands in exactly one of the three."""

    findings: tuple[Finding, ...]
    clean: tuple[Clean, ...]
    not_run: tuple[NotRun, ...]

    @property
    def blocks(self) -> bool:
        """Say whether at least one finding stops a submission."""
        return any(finding.blocks for finding in self.findings)

    def of(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one check."""
        return tuple(finding for finding in self.findings if finding.check == check)

    def waiting_for(self, *why: Why) -> tuple[NotRun, ...]:
        """Return the checks that did not run for one of some reasons."""
        return tuple(one for one in self.not_run if one.why in why)

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each severity, heaviest first."""
        return {
            severity.value: sum(finding.severity is severity for finding in self.findings)
            for severity in Severity
        }

    def json(self) -> dict[str, Any]:
        """Return plain values for an API."""
        return {
            "blocks": self.blocks,
            "counts": self.counts(),
            "findings": [finding.json() for finding in self.findings],
            "clean": [{"check": one.check, "rows": one.rows, "left_out": one.left_out} for one in self.clean],
            "not_run": [
                {
                    "check": one.check,
                    "why": one.why.value,
                    "reason": {"zh": one.reason.zh, "en": one.reason.en},
                }
                for one in self.not_run
            ],
        }


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings heaviest first, then by subject (months as numbers), then by check."""
    return tuple(sorted(findings, key=lambda one: (one.severity.rank, _sortable(one.subject.key), one.check)))


def _sortable(key: Key) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, str(part)) for part in key)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Member):
        return value.key
    return value.isoformat() if isinstance(value, dt.date) else str(value)
