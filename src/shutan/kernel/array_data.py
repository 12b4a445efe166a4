"""Tables as columns, with the row maps between grains: what the array path computes on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
        self.derived: dict[tuple[int, object], tuple[Array, Array]] = {}
        for columns in self.tables.values():
            for name, column in columns.items():
                if name == "report" or any(name in grain.dimensions for grain in rules.grains):
                    self.size[name] = max(self.size[name], int(np.max(column, initial=0)) + 1)

    def codes(self, columns: Mapping[str, Any], grain: Grain, length: int) -> Array:
        """Return the keys of rows as whole numbers."""
        code = np.asarray(columns.get("report", np.zeros(length)), dtype=np.int64)
        for name in self._telling(grain.dimensions):
            code = code * self.size[name] + np.asarray(columns[name], dtype=np.int64)
        return code

    def coarser(self, codes: Array, fine: Grain, coarse: Grain) -> Array:
        """Return the keys of the rows of `coarse` that rows of `fine` belong to."""
        kept, wanted = self._telling(fine.dimensions), self._telling(coarse.dimensions)
        if kept[: len(wanted)] == wanted:  # leading dimensions: cut off the rest
            return self._cut(codes, kept[len(wanted) :])
        return self.codes(self.decode(codes, fine), coarse, len(codes))

    def decode(self, codes: Array, grain: Grain) -> dict[str, Array]:
        """Return the key columns of whole numbers."""
        return {name: self.part(codes, grain, name) for name in grain.dimensions} | {
            "report": self.report(codes, grain)
        }

    def part(self, codes: Array, grain: Grain, name: str) -> Array:
        """Return one key column of whole numbers."""
        if self.size[name] == 1:
            return np.broadcast_to(np.int64(0), len(codes))
        rest = self._cut(codes, self._telling(grain.dimensions[grain.dimensions.index(name) + 1 :]))
        return self._once(
            rest, name, lambda: rest - rest // self.size[name] * self.size[name]
        )  # faster than divmod

    def report(self, codes: Array, grain: Grain) -> Array:
        """Return the report of each key."""
        return self._cut(codes, self._telling(grain.dimensions))

    def _telling(self, names: Iterable[str]) -> list[str]:
        """Return the dimensions that tell rows apart: one that has a single value takes no part in the key."""
        return [name for name in names if self.size[name] > 1]

    def _cut(self, codes: Array, names: list[str]) -> Array:
        """Cut trailing dimensions off keys."""
        size = math.prod(self.size[name] for name in names)
        return codes if size == 1 else self._once(codes, size, lambda: codes // size)

    def _once(self, codes: Array, what: object, make: Callable[[], Array]) -> Array:
        """Grains often have the very same keys: what was derived from them is remembered."""
        found = self.derived.get((id(codes), what))
        if found is None or found[0] is not codes:
            found = self.derived[id(codes), what] = codes, make()
        return found[1]

    def build(self) -> ArrayData:
        table_codes = {
            table: self.codes(columns, table.grain, len(next(iter(columns.values()))))
            for table, columns in self.tables.items()
        }
        data = ArrayData(_indexer=self)
        for grain in sorted(self.rules.grains, key=lambda one: -len(one.dimensions)):  # the finest first
            known = self._known(grain, table_codes, data.keys)
            data.keys[grain] = next((one for one in data.keys.values() if np.array_equal(one, known)), known)
        for grain in self.rules.grains:
            self._place_grain(data, grain)
        for table in self.rules.tables:
            columns = self.tables.get(table, {})
            codes, keys = table_codes.get(table), data.keys[table.grain]
            at = None if codes is None or np.array_equal(codes, keys) else _position(codes, keys)
            nil = None
            if table.nil_when_empty and at is not None and codes is not None:
                nil = ~np.isin(data.report[table.grain], self.report(codes, table.grain))
            for one in table.inputs:
                if not isinstance(one, Number | Choice):
                    continue
                column, length = columns.get(one.name), data.rows[table.grain]
                if codes is None and table.is_nil(one):
                    data.inputs[one.name] = np.broadcast_to(np.float64(0), length)
                    continue
                data.inputs[one.name] = placed = _placed(one, column, at, length)
                if nil is not None and column is not None and table.is_nil(one):
                    placed[nil] = 0  # reports that left the sheet empty
        return data

    def _known(self, grain: Grain, table_codes: Mapping[Table, Array], keys: Mapping[Grain, Array]) -> Array:
        """Return the sorted codes of a grain's rows: its own tables' and those that the rows of finer grains imply.

        What a finer grain implies, the grains between have already taken up.
        """
        finer = [one for one in keys if one.sees(grain)]
        next_finer = [one for one in finer if not any(one.sees(other) for other in finer if other is not one)]
        own = [codes for table, codes in table_codes.items() if table.grain is grain]
        return _unique([*own, *(self.coarser(keys[one], one, grain) for one in next_finer)])

    def _place_grain(self, data: ArrayData, grain: Grain) -> None:
        codes = data.keys[grain]
        data.rows[grain] = len(codes)
        data.report[grain] = self.report(codes, grain)
        if grain.monthly:
            data.month[grain] = self.part(codes, grain, MONTH)


def _distinct(codes: Array) -> Array:
    rises = codes[1:] > codes[:-1]
    if bool(rises.all()):
        return codes
    if bool((codes[1:] >= codes[:-1]).all()):
        return np.asarray(codes[np.append(True, rises)])
    top = int(codes.max()) + 1
    if top > 8 * len(codes):
        return _merged(codes)
    present = np.zeros(top, dtype=bool)  # keys lie close together: marking them is faster than sorting
    present[codes] = True
    return np.flatnonzero(present)


def _position(wanted: Array, codes: Array) -> Array:
    """Return where each wanted code stands among sorted ones."""
    if wanted is codes or np.array_equal(wanted, codes):
        return np.arange(len(codes))
    if len(wanted) and len(codes) and wanted[0] == codes[0]:  # sorted rows in a row: count the changes
        found = np.append(0, np.cumsum(wanted[1:] != wanted[:-1]))
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
    return _merged(np.concatenate(once))


def _merged(codes: Array) -> Array:
    """Return all different codes in order: sorted runs are merged, which takes a tenth of hashing as `numpy.unique` does."""
    codes = np.sort(codes, kind="stable")
    return np.asarray(codes[np.append(True, codes[1:] != codes[:-1])])


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
