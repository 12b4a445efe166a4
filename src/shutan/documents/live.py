"""A result as cells: where each value stands in the workbook, and the formula that computes it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from shutan.documents.layout import cell, quoted, sheet_title
from shutan.documents.wording import dimension_labels, pick, say
from shutan.kernel import Choices, Grain, Member, Ratio, Result, Rule, Waiting
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.parameters import ParameterValue
from shutan.kernel.render import EXCEL, plain_number
from shutan.kernel.rules import Argument

FIRST_ROW = 4  # of a calculation sheet: title, labels, units, clauses stand above
_FEW = 12  # keys that fit across
_EXACT = 8  # decimals to which a float is trusted before it is cut down
_MOST_RUNS = 200  # Excel takes 255 arguments


@dataclass
class CalculationSheet:
    """The sheet of one grain. Many rows: keys, inputs, rules across. Few rows, such as units in a year: turned, names down."""

    grain: Grain
    title: str
    names: list[str]
    keys: list[Key]
    turned: bool = False
    position: dict[Key, int] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turned = len(self.keys) <= _FEW and len(self.names) > 2 * len(self.keys)
        self.position = {key: at for at, key in enumerate(self.keys)}
        self._order = {name: at for at, name in enumerate(self.names)}

    @property
    def first_row(self) -> int:
        """Return the first row of values, zero-based."""
        return 1 + max(len(self.grain.dimensions), 1) if self.turned else FIRST_ROW

    @property
    def first_column(self) -> int:
        """Return the first column of values, zero-based; a turned sheet has label, unit and clause on the left."""
        return 3 if self.turned else len(self.grain.dimensions)

    def at(self, name: str, key: Key) -> tuple[int, int]:
        """Return row and column of a value, zero-based."""
        return self.cell(name, self.position[key])

    def cell(self, name: str, position: int) -> tuple[int, int]:
        """Return row and column of a name for the key at a position."""
        along, across = (self._order[name], position) if self.turned else (position, self._order[name])
        return self.first_row + along, self.first_column + across


class Layout:
    """Where every named value and every parameter record stands."""

    def __init__(
        self, result: Result, language: str, taken: set[str], records: Iterable[ParameterValue]
    ) -> None:
        """Lay out the sheets of a result; `taken` holds sheet names already given and takes the new ones."""
        self.result, self.language = result, language
        self.sheets: dict[Grain, CalculationSheet] = {}
        for grain in result.rules.grains:
            names = [
                name
                for name in (*result.rules.inputs, *result.rules.order)
                if result.has(name) and result.rules.grain_of(name) is grain
            ]
            if names and result.keys(grain):
                title = sheet_title(
                    f"{say(language, '计算', 'Calc')}·{grain_label(result, grain, language)}", taken
                )
                self.sheets[grain] = CalculationSheet(
                    grain, title, names, _ordered(grain, result.keys(grain))
                )
        self.parameters_title = sheet_title(say(language, "参数", "Parameters"), taken)
        self.parameter_row = {record: 3 + at for at, record in enumerate(records)}

    def place(self, name: str, key: Key, at: Grain | None = None) -> str:
        """Return the address of a value, with its sheet unless the formula stands on the same one."""
        own = self.result.rules.grain_of(name)
        sheet = self.sheets[own]
        address = cell(*sheet.at(name, key))
        return address if own is at else f"{quoted(sheet.title)}!{address}"

    def parameter(self, record: ParameterValue) -> str:
        """Return the address of a parameter's value."""
        return f"{quoted(self.parameters_title)}!{cell(self.parameter_row[record], 3, fixed=True)}"

    def ranges(self, name: str, keys: Iterable[Key], at: Grain) -> list[str]:
        """Return the ranges in which a name's values for these keys stand, neighbours together."""
        own = self.result.rules.grain_of(name)
        sheet = self.sheets[own]
        prefix = "" if own is at else f"{quoted(sheet.title)}!"
        runs: list[list[int]] = []
        for position in sorted(sheet.position[key] for key in keys):
            if runs and position == runs[-1][1] + 1:
                runs[-1][1] = position
            else:
                runs.append([position, position])
        return [
            f"{prefix}{cell(*sheet.cell(name, first))}:{cell(*sheet.cell(name, last))}"
            for first, last in runs
        ]


def grain_label(result: Result, grain: Grain, language: str) -> str:
    """Return what a grain's sheet is called: its first table's label, or its dimensions."""
    labels = [pick(table.label, language) for table in result.rules.tables if table.grain is grain]
    if labels:
        return labels[0]
    words = dimension_labels(result.rules, language)
    words.setdefault(MONTH, say(language, "月份", "month"))
    joined = "×".join(words.get(name, name) for name in grain.dimensions)
    return joined or say(language, "全部", "all")


def _ordered(grain: Grain, keys: list[Key]) -> list[Key]:
    """Return the keys with those that aggregate together standing together: units, then fuels, then months."""
    rank: list[dict[object, int]] = [{} for _ in grain.dimensions]
    for key in keys:
        for at, part in enumerate(key):
            rank[at].setdefault(part, len(rank[at]))

    def order(key: Key) -> tuple[int, ...]:
        return tuple(
            int(str(part)) if grain.dimensions[at] == MONTH else rank[at][part] for at, part in enumerate(key)
        )

    return sorted(keys, key=order)


class Formulas:
    """Writes rules as formulas over the cells of a layout."""

    def __init__(self, layout: Layout) -> None:
        """Take the layout."""
        self.layout = layout
        self.result = layout.result
        self.style = replace(EXCEL, constant=self._constant, negative="(-{0})")

    def formula(self, name: str, key: Key) -> str | None:
        """Return the formula of a computed value; None where no rule is in force or a parameter of its rounding waits."""
        made = self.result.version(name, key)
        if made is None:
            return None
        arguments = {one.name: one for one in made.arguments}

        def written(one: str) -> str:
            if one in arguments:
                return self._argument(arguments[one], made, key)
            return self._parameter(one, made, key)

        body = self.style.write(made.formula, written)
        if made.places is None or isinstance(made.unit, Choices):
            return f"={body}"
        places = str(made.places) if isinstance(made.places, int) else self._parameter(made.places, made, key)
        return f"={rounded(body, places, made.mode)}"

    def _constant(self, value: Any) -> str:
        if isinstance(value, Member):
            label = value.zh if self.layout.language.startswith("zh") else value.en
            return '"' + label.replace('"', '""') + '"'
        if isinstance(value, Ratio):
            return f"{value.numerator}/{value.denominator}"
        return "NA()" if isinstance(value, Waiting) else plain_number(value)

    def _parameter(self, name: str, made: Rule, key: Key) -> str:
        record = self.result.parameter(name, made.grain, key)
        return self.layout.parameter(record) if isinstance(record, ParameterValue) else "NA()"

    def _argument(self, argument: Argument, made: Rule, key: Key) -> str:
        how = argument.aggregation
        own = self.result.rules.grain_of(argument.name)
        if how is None:
            return self.layout.place(argument.name, made.grain.project(key, own), made.grain)
        result = self.result
        group = result.groups(own, made.grain)[result.row(made.grain, key)]
        keys = [result.keys(own)[at] for at in group]
        if how.how == "count" or not keys:
            return str(len(keys))
        if how.weight is not None:
            return self._weighted(argument.name, how.weight, keys, made.grain)
        function = {"total": "SUM", "mean": "AVERAGE", "largest": "MAX", "least": "MIN"}[how.how]
        ranges = self.layout.ranges(argument.name, keys, made.grain)
        if len(ranges) <= _MOST_RUNS:
            return f"{function}({','.join(ranges)})"
        parts = [ranges[at : at + _MOST_RUNS] for at in range(0, len(ranges), _MOST_RUNS)]
        total = "+".join(f"SUM({','.join(part)})" for part in parts)
        if function in ("MAX", "MIN"):
            return f"{function}({','.join(f'{function}({chr(44).join(part)})' for part in parts)})"
        return f"({total})" if function == "SUM" else f"(({total})/{len(keys)})"

    def _weighted(self, name: str, weight: str, keys: list[Key], at: Grain) -> str:
        own, heavy = self.result.rules.grain_of(name), self.result.rules.grain_of(weight)
        if own is heavy:
            pairs = zip(self.layout.ranges(name, keys, at), self.layout.ranges(weight, keys, at), strict=True)
            written = [f"SUMPRODUCT({values},{weights})" for values, weights in pairs]
            return f"(({'+'.join(written)})/SUM({','.join(self.layout.ranges(weight, keys, at))}))"
        keys = [
            key for key in keys if not isinstance(self.result.value(name, key), Waiting)
        ]  # without weight
        values = [self.layout.place(name, key, at) for key in keys]
        weights = [self.layout.place(weight, own.project(key, heavy), at) for key in keys]
        products = "+".join(f"{value}*{one}" for value, one in zip(values, weights, strict=True))
        return f"(({products})/({'+'.join(weights)}))"


def rounded(body: str, places: str, mode: str) -> str:
    """Write a rounding as the rule's mode has it; a float's last digits are cleaned before a cut down or a tie is decided."""
    if mode == "half_up":
        return f"ROUND({body},{places})"
    if mode == "floor":
        scale = "" if places == "0" else f"*10^{places}"
        back = "" if places == "0" else f"/10^{places}"
        return f"INT(ROUND(({body}){scale},{_EXACT})){back}"
    scaled = f"ROUND(ABS({body})*10^{places},{_EXACT})"
    even = f"2*ROUND({scaled}/2,0)"
    return f"SIGN({body})*IF(MOD({scaled},1)=0.5,{even},ROUND({scaled},0))/10^{places}"


def cached(value: Any, language: str) -> float | str:
    """Return what a formula cell shows before anyone recalculates."""
    if isinstance(value, Member):
        return value.zh if language.startswith("zh") else value.en
    return float(value) if isinstance(value, Decimal) else str(value)
