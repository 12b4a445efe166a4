"""The catalogue of all checks: what each is called, how much it weighs, who sees it and what it needs.

Words stand in `catalogue.yaml`, thresholds in `parameters/`, the deciding functions in `checks/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from shutan.kernel.inputs import labels
from shutan.kernel.parameters import STATUSES, read_yaml

FILE = Path(__file__).parent / "catalogue.yaml"


class CatalogueError(ValueError):
    """The catalogue breaks its own form."""


class Severity(Enum):
    """How much a finding weighs; from the one that stops a submission to the one that only ranks."""

    BLOCK = "block"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def zh(self) -> str:
        """Return the Chinese word."""
        return {"block": "阻断", "high": "高", "medium": "中", "low": "低", "info": "信息"}[self.value]

    @property
    def en(self) -> str:
        """Return the English word."""
        return {"block": "blocks", "info": "information"}.get(self.value, self.value)

    @property
    def rank(self) -> int:
        """Return 0 for the heaviest."""
        return list(Severity).index(self)


class Mode(Enum):
    """Whether a check states the law or is being tried out 试运行; a trial never blocks."""

    LAW = "law"
    TRIAL = "trial"


class Audience(Enum):
    """Who sees the findings: everybody concerned, or the regulator alone."""

    ALL = "all"
    REGULATOR = "regulator"


class Status(Enum):
    """Whether a check runs, waits for data that have no way in yet, or is still to be written."""

    RUNS = "runs"
    NEEDS_DATA = "needs_data"
    PLANNED = "planned"


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: str) -> Words:
        """Split `中文|English`."""
        return cls(*labels(text))

    def __getitem__(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


NOTHING = Words("", "")


@dataclass(frozen=True)
class Entry:
    """One check of the catalogue. Rule, clearing text, false positives and basis are given for those that run."""

    id: str
    name: Words
    sectors: tuple[str, ...]
    severity: Severity
    soft: Severity
    mode: Mode
    audience: Audience
    status: Status
    needs: tuple[str, ...]
    rule: Words = NOTHING
    clears: Words = NOTHING
    false_positive: Words = NOTHING
    basis: Words = NOTHING
    basis_status: str = ""

    @property
    def family(self) -> str:
        """Return the letters before the number, such as "STR"."""
        return self.id.partition("-")[0]

    def concerns(self, sector: str) -> bool:
        """Say whether the check is about plants of a sector."""
        return "all" in self.sectors or sector in self.sectors


@dataclass(frozen=True)
class Catalogue:
    """All entries by id, and what their needs are called."""

    entries: Mapping[str, Entry]
    needs: Mapping[str, Words]


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue.

    Raises:
        CatalogueError: an entry stands twice, lacks a word or uses one that is not allowed.
    """
    return read_catalogue(FILE)


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue file; see `catalogue`."""
    content = read_yaml(path)
    needs = {name: Words.of(text) for name, text in content["needs"].items()}
    entries: dict[str, Entry] = {}
    for body in content["checks"]:
        try:
            entry = _entry(dict(body))
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"{path.name}: {body.get('id', '?')}: {error!r}") from error
        if entry.id in entries:
            raise CatalogueError(f"{path.name}: {entry.id} stands twice")
        if unknown := set(entry.needs) - set(needs):
            raise CatalogueError(
                f"{path.name}: {entry.id} needs {sorted(unknown)}, which is explained nowhere"
            )
        entries[entry.id] = entry
    return Catalogue(entries, needs)


def _entry(body: dict[str, Any]) -> Entry:
    severity = Severity(body.pop("severity"))
    texts = {
        word: Words.of(body.pop(word))
        for word in ("name", "rule", "clears", "false_positive", "basis")
        if word in body
    }
    entry = Entry(
        id=body.pop("id"),
        sectors=tuple(body.pop("sectors")),
        severity=severity,
        soft=Severity(body.pop("soft", severity.value)),
        mode=Mode(body.pop("mode")),
        audience=Audience(body.pop("audience")),
        status=Status(body.pop("status")),
        needs=tuple(body.pop("needs")),
        basis_status=body.pop("basis_status", ""),
        **texts,
    )
    if body:
        raise ValueError(f"unknown words {sorted(body)}")
    if entry.status is Status.RUNS and not all(
        (entry.rule, entry.clears, entry.basis.zh, entry.basis_status)
    ):
        raise ValueError(
            "a check that runs says its rule, what clears it, its basis and how well that is known"
        )
    if entry.basis_status and entry.basis_status not in STATUSES:
        raise ValueError(f"basis_status is one of {STATUSES}")
    return entry
