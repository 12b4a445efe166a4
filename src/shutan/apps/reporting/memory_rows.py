"""Rows that lie in memory, for the list frame, which otherwise shows rows of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any


class MemoryRows:
    """The few methods of a QuerySet that `Listing` and the paginator call."""

    ordered = True

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = list(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._rows[at]

    def count(self) -> int:
        """How many."""
        return len(self._rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:  # noqa: ARG002 - the QuerySet's signature
        """One after the other."""
        return iter(self._rows)

    def where(self, fits: Callable[[Any], bool]) -> MemoryRows:
        """Those that fit."""
        return MemoryRows(row for row in self._rows if fits(row))

    def order_by(self, *names: str) -> MemoryRows:
        """Sorted by the first name; empty values last."""
        name = names[0].removeprefix("-")
        known = [row for row in self._rows if getattr(row, name) not in (None, "")]
        empty = [row for row in self._rows if getattr(row, name) in (None, "")]
        known.sort(key=lambda row: getattr(row, name), reverse=names[0].startswith("-"))
        return MemoryRows([*known, *empty])
