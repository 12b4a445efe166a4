"""A report as frames: one Polars frame a grain, one row a key, inputs and derived values side by side.

Two forms of one column, each for what it is good at. A frame holds float64, so that a check can search a plant-year or, with
the frames of many plants below one another, a province at once; it only *searches*. What decides and what a finding
prints is the exact value (`exact`): the Decimals of the result, row for row in the frame's order. Polars' own Decimal is
not used: its product keeps the larger of two scales and drops digits silently.
A number that waits is null; a choice is its key; rows and their order are those of `Result.keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from shutan.kernel import Dataset, Grain, Member, Origin, Result, Row, RuleSet, Table, Waiting
from shutan.kernel.evaluate import table_key
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.inputs import Date, Number


class Frames:
    """The tables and, where it could be computed, the result of one report.

    Args:
        rules: the rule set of the report.
        year: its reporting year.
        data: what was filled in.
        result: what was computed; None where rows without a key or with the same key make that impossible.
        filed_by: unified social credit code of whoever files it; empty where nobody does.
    """

    def __init__(
        self, rules: RuleSet, year: int, data: Dataset, result: Result | None = None, filed_by: str = ""
    ) -> None:
        self.rules, self.year, self.data, self.result = rules, year, data, result
        self.filed_by = filed_by
        self._series: dict[tuple[str, Grain], pl.Series] = {}
        self._dimensions: dict[tuple[str, Grain], pl.Series] = {}
        self._rows: dict[str, dict[Key, Row]] = {}

    @classmethod
    def of(cls, result: Result, filed_by: str = "") -> Frames:
        """Return the frames of a result."""
        return cls(result.rules, result.year, result.data, result, filed_by)

    # -- computed ----------------------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        """Say whether a name has values in this year."""
        return self.result is not None and self.result.has(name)

    def keys(self, grain: Grain) -> list[Key]:
        """Return the keys of a grain's rows; none where nothing was computed or the rule set lacks the grain."""
        if self.result is None or grain not in self.rules.grains:
            return []
        return self.result.keys(grain)

    def exact(self, name: str, grain: Grain) -> list[Any]:
        """Return a column as the rows of `grain` see it: Decimals, members, texts, dates, None and Waiting."""
        if self.result is None:
            raise KeyError(name)
        return self.result.seen(name, grain)

    def value(self, name: str, key: Key) -> Any:
        """Return one exact value, computed or as filled in; None where there is none."""
        if self.has(name) and self.result is not None:
            try:
                return self.result.value(name, key)
            except KeyError:
                return None
        table = self.rules.input_table.get(name)
        row = None if table is None else self.table_rows(table).get(key)
        return None if row is None else row.values.get(name)

    def frame(self, grain: Grain, names: Iterable[str] = ()) -> pl.DataFrame:
        """Return the frame of a grain: its key, then the wanted names (all that it sees, if none is named)."""
        wanted = list(dict.fromkeys(names)) or self.names(grain)
        columns = [self._dimension(name, grain) for name in grain.dimensions]
        return pl.DataFrame(
            [
                pl.Series("row", range(len(self.keys(grain))), dtype=pl.UInt32),
                *columns,
                *(self._column(name, grain) for name in wanted),
            ]
        )

    def names(self, grain: Grain) -> list[str]:
        """Return every input and rule that the rows of a grain see, inputs first, then in order of computation."""
        every = (*self.rules.inputs, *self.rules.order)
        return [name for name in every if self.has(name) and grain.sees(self.rules.grain_of(name))]

    def _dimension(self, name: str, grain: Grain) -> pl.Series:
        found = self._dimensions.get((name, grain))
        if found is None:
            at = grain.dimensions.index(name)
            values = [key[at] for key in self.keys(grain)]
            if name == MONTH:
                found = pl.Series(name, [int(str(one)) for one in values], dtype=pl.Int8)
            else:
                found = pl.Series(name, [str(one) for one in values], dtype=pl.String)
            self._dimensions[name, grain] = found
        return found

    def _column(self, name: str, grain: Grain) -> pl.Series:
        found = self._series.get((name, grain))
        if found is None:
            found = pl.Series(name, [plain(one) for one in self.exact(name, grain)], dtype=self._type(name))
            self._series[name, grain] = found
        return found

    def _type(self, name: str) -> Any:
        unit, one = self.rules.unit_of(name), self.rules.inputs.get(name)
        if isinstance(one, Date):
            return pl.Date
        if one is not None:
            return pl.Float64 if isinstance(one, Number) else pl.String
        return pl.Float64 if isinstance(unit, str) else pl.String

    # -- as filled in ------------------------------------------------------------------------------------------------

    def table_rows(self, table: Table) -> Mapping[Key, Row]:
        """Return the rows of a table by key; a row without a whole key is left out, of two with one key the first stays."""
        found = self._rows.get(table.name)
        if found is None:
            found = {}
            for row in self.data.rows(table.name):
                if all(row.values.get(name) not in (None, "") for name in table.grain.dimensions):
                    found.setdefault(table_key(table, row.values), row)
            self._rows[table.name] = found
        return found

    def origin(self, name: str, key: Key) -> Origin | None:
        """Return where an input was given; for an empty cell where its row begins; None for a rule."""
        table = self.rules.input_table.get(name)
        row = None if table is None else self.table_rows(table).get(key)
        if table is None or row is None:
            return None
        places = (row.origins.get(one) for one in (name, *table.grain.dimensions))
        return next((place for place in places if place is not None), None)


def plain(value: Any) -> Any:
    """Return an exact value as Polars takes it: a float, a word, a date or null."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Waiting):
        return None
    if isinstance(value, Member):
        return value.key
    return value
