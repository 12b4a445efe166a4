"""What a sector's annual report looks like, declared as data: tables, figures, summary. `documents` and `web` render it.

    REPORT = Report(
        title="…温室气体排放报告|… report",
        summary=("enterprise_emissions", …),
        explained=("unit_emissions", …),
        tables=(
            ListTable("C.1", "…|…", ENTERPRISE, ("enterprise_name", …)),
            MonthTable("C.3", "…|…", UNIT, (Line("fuel_consumption", "annual_fuel_consumption", "A"), …)),
            RowTable("C.6", "…|…", FUEL_MONTH, ("carbon_source", …)),
        ),
        figures=(Stack("…|…", "combustion_emissions", by="fuel"), …),
    )

Every name is an input or a rule of the rule set; the rule set checks that when it is wired. A name that is not in force in
the year of a report is left out of it, and a table or figure of which nothing is left is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shutan.kernel.grain import Grain
from shutan.kernel.inputs import Member, labels

ALLOWANCES = "配额"  # the number of tables of allowances: they follow from the report and are no part of it


@dataclass(frozen=True)
class Line:
    """One line of a `MonthTable`: a monthly name, the name of its year, and the code the guideline gives it."""

    month: str = ""  # "" where only the year is reported
    year: str = ""  # "" where the guideline leaves the year's cell empty
    code: str = ""  # "A", "B", …
    label: str = ""  # 中文|English; empty: the name's own label


@dataclass(frozen=True)
class _Labelled:
    number: str  # "C.3"; what the guideline calls it
    label: str  # 中文|English

    @property
    def zh(self) -> str:
        """Return the Chinese title."""
        return labels(self.label)[0]

    @property
    def en(self) -> str:
        """Return the English title."""
        return labels(self.label)[1]


@dataclass(frozen=True)
class ListTable(_Labelled):
    """Names down, rows of the grain across: basic information, facilities."""

    grain: Grain
    names: tuple[str, ...]
    clause: str = ""
    note: str = ""  # 中文|English


@dataclass(frozen=True)
class RowTable(_Labelled):
    """One line a row of the grain, names across: ways of determination, allowances by unit."""

    grain: Grain
    names: tuple[str, ...]
    clause: str = ""
    note: str = ""


@dataclass(frozen=True)
class MonthTable(_Labelled):
    """Lines down, months 1 to 12 and the year across; one block for each row of `block`.

    A line of a finer grain (fuel within unit) is repeated for each of its keys; neighbouring lines of the same grain stay together.
    """

    block: Grain
    lines: tuple[Line, ...]
    clause: str = ""
    note: str = ""


ReportTable = ListTable | RowTable | MonthTable


def names_of(table: ReportTable) -> Iterator[str]:
    """Yield every input and rule that a table shows, with repetitions."""
    if isinstance(table, MonthTable):
        yield from (name for line in table.lines for name in (line.month, line.year) if name)
    else:
        yield from table.names


@dataclass(frozen=True)
class Stack:
    """Columns by month, stacked by one dimension: emissions by fuel."""

    label: str
    name: str  # a monthly name
    by: str  # a dimension of its grain


@dataclass(frozen=True)
class Curves:
    """Lines by month, one for each key beside the month, with a level to compare with: intensity against a benchmark."""

    label: str
    name: str  # a monthly name
    against: str = ""  # a name or unkeyed parameter visible at that key; drawn as a dashed level


@dataclass(frozen=True)
class Bars:
    """Some names of one grain side by side for each of its keys: emissions, allowances, shortfall."""

    label: str
    names: tuple[str, ...]


Figure = Stack | Curves | Bars


@dataclass(frozen=True)
class Balance:
    """Names of one monthly table by which a year's purchases, stocks and use are laid beside each other."""

    bought: str
    used: str  # an input or a rule of the same grain
    opening: str = ""  # of the first month; "" where no stock is reported
    closing: str = ""  # of the last month

    def names(self) -> Iterator[str]:
        """Yield every name."""
        yield from filter(None, (self.bought, self.used, self.opening, self.closing))


@dataclass(frozen=True)
class Report:
    """Everything a sector says about its annual report."""

    title: str  # 中文|English
    tables: tuple[ReportTable, ...]
    figures: tuple[Figure, ...] = ()
    summary: tuple[str, ...] = ()  # names of the coarsest grain shown first
    explained: tuple[str, ...] = ()  # names explained in the appendix, with formula and sources
    name_input: str = ""  # the text input that holds the enterprise's name
    remark_input: str = ""  # the text input in which it says what was special about the year
    # (computed, given): a figure found another way, such as in the stack, shown beside the computed one with the difference
    compared: tuple[tuple[str, str], ...] = ()
    balance: Balance | None = None

    def names(self) -> Iterator[str]:
        """Yield every name the declaration uses, with repetitions."""
        yield from (*self.summary, *self.explained, *(name for pair in self.compared for name in pair))
        yield from filter(None, (self.name_input, self.remark_input))
        yield from self.balance.names() if self.balance else ()
        for table in self.tables:
            yield from names_of(table)
        for figure in self.figures:
            if isinstance(figure, Bars):
                yield from figure.names
            else:
                yield figure.name


class UnitBy:
    """A unit that depends on a choice: tonnes of coal, ten thousand cubic metres of gas.

    `UnitBy("fuel_kind", "t|t", NATURAL_GAS="10⁴Nm³|10⁴ Nm³")`: `by` is an input or rule that returns a choice, then the
    usual unit, then the members that have another one. A rule set holds it under the word its declarations use ("fuel_unit").
    """

    def __init__(self, by: str, usual: str, **members: str) -> None:
        self.by = by
        self.usual = usual
        self.members = members

    def text(self, member: Member | None, language: str = "zh") -> str:
        """Return the unit for a choice; for None all units it may be, with a stroke between."""
        at = 0 if language == "zh" else 1
        if member is not None:
            return labels(self.members.get(member.key, self.usual))[at]
        return " / ".join(dict.fromkeys(labels(one)[at] for one in (self.usual, *self.members.values())))
