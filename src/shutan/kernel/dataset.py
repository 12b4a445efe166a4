"""The filled-in tables of one report: rows of exact values, each knowing where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Origin:
    """Where a value was given: a workbook's sheet and cell, a form's field, an API path."""

    kind: str  # "cell", "field", "json", "computed"
    place: str  # "B12", "units.0.rated_capacity"
    sheet: str = ""
    file: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.place}" if self.sheet else self.place


@dataclass
class Row:
    """One row of a table: the values of its key dimensions and of its inputs, by name.

    A number is a Decimal, a choice a Member, a text a str, a date a date; a cell left empty is absent.
    """

    values: dict[str, Any]
    origins: dict[str, Origin] = field(default_factory=dict)


@dataclass
class Dataset:
    """All tables of one report, by table name."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Dataset:
        """Make a dataset of plain dictionaries, without origins."""
        return cls({name: [Row(dict(row)) for row in rows] for name, rows in tables.items()})

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table, none if it was not given."""
        return self.tables.get(table, [])
