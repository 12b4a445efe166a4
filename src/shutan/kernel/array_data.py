"""Tables as columns, with the row maps between grains: what the array path computes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shutan.kernel.grain import MONTH, Grain
from shutan.kernel.inputs import Choice, Number, Table

if TYPE_CHECKING:
    from shutan.kernel.ruleset import RuleSet

Array = np.ndarray[Any, Any]


@dataclass
class ArrayData:
    """Inputs as columns, with the row maps between grains.

    Attributes:
        rows: number of rows by grain; a grain without dimensions has one row a report.
        report: by grain, the report number of each row, ascending.
        month: by monthly grain, the month of each row.
        keys: by grain, the sorted keys of its rows, each one whole number.
        inputs: one array an input; numbers float64 (NaN not given), choices small integers (0 not given).
    """

    rows: dict[Grain, int] = field(default_factory=dict)
    report: dict[Grain, Array] = field(default_factory=dict)
    month: dict[Grain, Array] = field(default_factory=dict)
    keys: dict[Grain, Array] = field(default_factory=dict)
    inputs: dict[str, Array] = field(default_factory=dict)
    _indexer: _Indexer | None = None
    _parents: dict[tuple[Grain, Grain], Array] = field(default_factory=dict)

    def parent(self, fine: Grain, coarse: Grain) -> Array:
        """Return the row of `coarse` that each row of `fine` belongs to; worked out when first asked for."""
        found = self._parents.get((fine, coarse))
        if found is None and self._indexer is not None:
            wanted = self._indexer.coarser(self.keys[fine], fine, coarse)
            found = self._parents[fine, coarse] = _position(wanted, self.keys[coarse])
        assert found is not None  # noqa: S101 - only `of` makes data
        return found

    @classmethod
    def of(cls, rules: RuleSet, tables: Mapping[str, Mapping[str, Any]]) -> ArrayData:
        """Index columns by table name. Key columns are whole numbers; `report` may be left out when there is one.

        Rows may come in any order; the arrays of the result follow the order of `keys` sorted by report and dimensions.
        """
        return _Indexer(rules, tables).build()


class _Indexer:
    """Turns key columns into row numbers. Every key becomes one whole number, so that sorting and matching are fast."""

    def __init__(self, rules: RuleSet, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.rules = rules
        self.tables = {table: tables[table.name] for table in rules.tables if table.name in tables}
        self.size: dict[str, int] = defaultdict(lambda: 1)
        for columns in self.tables.values():
            for name, column in columns.items():
                if name == "report" or any(name in grain.dimensions for grain in rules.grains):
                    self.size[name] = max(self.size[name], int(np.max(column, initial=0)) + 1)

    def codes(self, columns: Mapping[str, Any], grain: Grain, length: int) -> Array:
        """Return the keys of rows as whole numbers."""
        code = np.asarray(columns.get("report", np.zeros(length)), dtype=np.int64)
        for name in grain.dimensions:
            code = code * self.size[name] + np.asarray(columns[name], dtype=np.int64)
        return code

    def coarser(self, codes: Array, fine: Grain, coarse: Grain) -> Array:
        """Return the keys of the rows of `coarse` that rows of `fine` belong to."""
        kept = len(coarse.dimensions)
        if fine.dimensions[:kept] == coarse.dimensions:  # leading dimensions: cut off the rest
            return codes // int(np.prod([self.size[name] for name in fine.dimensions[kept:]], dtype=np.int64))
        return self.codes(self.decode(codes, fine), coarse, len(codes))

    def decode(self, codes: Array, grain: Grain) -> dict[str, Array]:
        """Return the key columns of whole numbers."""
        parts = {}
        for name in reversed(grain.dimensions):
            codes, parts[name] = np.divmod(codes, self.size[name])
        return parts | {"report": codes}

    def build(self) -> ArrayData:
        table_codes = {
            table: self.codes(columns, table.grain, len(next(iter(columns.values()))))
            for table, columns in self.tables.items()
        }
        data = ArrayData(_indexer=self)
        for grain in self.rules.grains:
            data.keys[grain] = self._known(grain, table_codes)
            self._place_grain(data, grain)
        for table in self.rules.tables:
            columns = self.tables.get(table, {})
            codes, keys = table_codes.get(table), data.keys[table.grain]
            at = None if codes is None or np.array_equal(codes, keys) else _position(codes, keys)
            for one in table.inputs:
                if isinstance(one, Number | Choice):
                    data.inputs[one.name] = _placed(one, columns.get(one.name), at, data.rows[table.grain])
        return data

    def _known(self, grain: Grain, table_codes: Mapping[Table, Array]) -> Array:
        """Return the sorted codes of a grain's rows: those of every table that is as fine or finer."""
        return _unique(
            [
                self.coarser(codes, table.grain, grain)
                for table, codes in table_codes.items()
                if table.grain.sees(grain)
            ]
        )

    def _place_grain(self, data: ArrayData, grain: Grain) -> None:
        codes = data.keys[grain]
        data.rows[grain] = len(codes)
        data.report[grain] = codes // int(
            np.prod([self.size[name] for name in grain.dimensions], dtype=np.int64)
        )
        if grain.monthly:
            data.month[grain] = self.decode(codes, grain)[MONTH]


def _distinct(codes: Array) -> Array:
    steps = np.diff(codes)
    if bool(np.all(steps >= 0)):
        return np.asarray(codes[np.append(True, steps > 0)])
    top = int(codes.max()) + 1
    if top > 8 * len(codes):
        return np.unique(codes)
    present = np.zeros(top, dtype=bool)  # keys lie close together: marking them is faster than sorting
    present[codes] = True
    return np.flatnonzero(present)


def _position(wanted: Array, codes: Array) -> Array:
    """Return where each wanted code stands among sorted ones."""
    if len(wanted) and len(codes) and wanted[0] == codes[0]:  # sorted rows in a row: count the changes
        found = np.cumsum(np.diff(wanted, prepend=wanted[0]) != 0)
        if found[-1] < len(codes) and np.array_equal(codes[found], wanted):
            return found
    return np.searchsorted(codes, wanted)


def _unique(found: list[Array]) -> Array:
    """Return all different codes in order; columns in order, as a database returns them, are not sorted again."""
    once = [_distinct(codes) for codes in found if len(codes)]
    if not once:
        return np.empty(0, dtype=np.int64)
    longest = max(once, key=len)
    if all(one is longest or (len(one) == len(longest) and np.array_equal(one, longest)) for one in once):
        return longest
    return np.unique(np.concatenate(once))


def _placed(one: Number | Choice, column: Any, at: Array | None, length: int) -> Array:
    """Put an input's column where the sorted keys want it; fill defaults. Nothing given takes no memory."""
    kind, default = (np.int8, 0) if isinstance(one, Choice) else (np.float64, np.nan)
    empty = kind(default if one.default is None else one.default)
    if column is None:
        return np.broadcast_to(empty, length)
    given = np.asarray(column, dtype=kind)
    if one.default is not None:
        given = np.where(given == 0 if isinstance(one, Choice) else np.isnan(given), empty, given)
    if at is None:
        return given
    placed = np.full(length, empty)
    placed[at] = given
    return placed
