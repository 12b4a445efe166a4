"""The clauses of an instrument: what the law says, when, and what kind of duty it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shutan.kernel.parameters import STATUSES, read_yaml

KINDS = ("computed", "table", "procedural", "judgement")


class ClauseError(ValueError):
    """A clause file breaks the contract of docs/architecture.md §1.5."""


@dataclass(frozen=True)
class Clause:
    """One numbered clause, formula or table."""

    id: str
    instrument: str
    number: str
    zh: str
    en: str
    summary: str
    summary_zh: str
    since: dt.date
    until: dt.date | None
    kind: str
    status: str
    source: str

    @property
    def words(self) -> str:
        """Return all that a search looks through, in lower case."""
        every = (self.id, self.number, self.zh, self.en, self.summary, self.summary_zh)
        return " ".join(every).casefold()

    def holds(self, day: dt.date) -> bool:
        """Say whether the clause is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Clauses(Mapping[str, Clause]):
    """The clauses of one family of instruments, by id."""

    def __init__(self, clauses: Mapping[str, Clause]) -> None:
        self._all = dict(clauses)

    def __getitem__(self, name: str) -> Clause:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def search(self, words: str) -> list[Clause]:
        """Return the clauses in whose id, number, title or summary every word stands."""
        wanted = words.casefold().split()
        return [clause for clause in self.values() if all(word in clause.words for word in wanted)]


def read_clauses(*folders: Path) -> Clauses:
    """Read `clauses.yaml` and every file of `clauses/` in the folders.

    Raises:
        ClauseError: an id stands twice, a word is missing, unknown or not one of the allowed ones.
    """
    found: dict[str, Clause] = {}
    for folder in folders:
        for path in [*folder.glob("clauses.yaml"), *sorted(folder.glob("clauses/*.yaml"))]:
            for entry in read_yaml(path) or []:
                clause = _clause(path.name, dict(entry))
                if clause.id in found:
                    raise ClauseError(f"{path.name}: clause {clause.id} stands twice")
                found[clause.id] = clause
    return Clauses(found)


def _clause(file: str, entry: dict[str, object]) -> Clause:
    entry["since"] = entry.pop("from", None)
    entry.setdefault("until", None)
    name = entry.get("id", "?")
    words: dict[str, Any] = {
        word: value if isinstance(value, dt.date | None) else str(value) for word, value in entry.items()
    }
    try:
        clause = Clause(**words)
    except TypeError as error:
        raise ClauseError(f"{file}: clause {name}: {error}") from error
    if clause.since is None:
        raise ClauseError(f"{file}: clause {name}: from is missing")
    if clause.kind not in KINDS or clause.status not in STATUSES:
        raise ClauseError(f"{file}: clause {name}: kind is one of {KINDS}, status one of {STATUSES}")
    return clause
