"""The tables of a report as pages show them: those the guideline prescribes, the whole of a grain, the inputs."""

from __future__ import annotations

from dataclasses import dataclass, field

from shutan.apps.reporting.present import Presenter, Shown, pick
from shutan.documents import wording
from shutan.documents.grids import Grid, Slot, grids
from shutan.kernel import Grain, Table
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.report import ALLOWANCES

PAGE = 100  # rows of a fine grain on one page
MOST_COLUMNS = 14  # beyond that, names run down


@dataclass
class Line:
    """One line: what it is about, its unit, its cells."""

    head: str
    unit: str = ""
    cells: list[Shown | None] = field(default_factory=list)
    anchor: str = ""


@dataclass
class Block:
    """One table on a page."""

    heads: list[str]
    units: list[str]  # of the heads, '' where lines carry their own
    lines: list[Line]
    with_units: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table of the guideline as it is printed, each value explained."""

    grid: Grid
    rows: list[tuple[list[str], list[Shown | None]]]  # words on the left, then values
    clause: str  # title of the clause that asks for it, in the language of the page

    @property
    def title(self) -> str:
        """Its number and name; tables that are no part of the report have none."""
        return self.grid.title if self.grid.number == ALLOWANCES else f"{self.grid.number} {self.grid.title}"

    @property
    def word_heads(self) -> tuple[str, ...]:
        """Heads of the words."""
        heads = self.grid.heads[: self.grid.words]
        return heads[1:] if heads[0] in CODES else heads

    @property
    def value_heads(self) -> tuple[str, ...]:
        """Heads of the values."""
        return self.grid.heads[self.grid.words :]


CODES = ("代号", "code")  # head of the column that holds the guideline's codes


def _words(words: list[str], grid: Grid) -> list[str]:
    """The words left of the values; a code stands before its item, so that the item stays while months scroll."""
    return [f"{words[0]} {words[1]}".strip(), *words[2:]] if grid.heads[0] in CODES else words


def sheets(writer: Presenter) -> list[Sheet]:
    """The tables the report prescribes, laid out as workbook and PDF have them."""
    if writer.rules.report is None:
        return []
    found = []
    for grid in grids(writer.result, writer.rules.report, writer.language):
        rows = []
        for row in grid.rows:
            words = _words([str(cell) for cell in row[: grid.words]], grid)
            slots = row[grid.words :]
            cells = [writer.shown(one.name, one.key) if isinstance(one, Slot) else None for one in slots]
            rows.append((words, cells))
        clause = writer.rules.clauses.get(grid.clause)
        found.append(Sheet(grid, rows, pick(f"{clause.zh}|{clause.en}") if clause else ""))
    return found


def _list(writer: Presenter, grain: Grain, names: tuple[str, ...]) -> Block:
    """Names down, rows across."""
    keys = writer.result.keys(grain)
    lines = []
    for name in names:
        cells = [writer.shown(name, key) for key in keys]
        if any(cells):
            lines.append(Line(writer.label(name), next((cell.unit for cell in cells if cell), ""), cells))
    heads = [writer.key(grain, key) for key in keys] if grain.dimensions else [pick("数值|Value")]
    return Block(heads, [""] * len(heads), lines, with_units=True)


# -- the whole of a grain, and the inputs ----------------------------------------------------------------------


def grains(writer: Presenter) -> list[tuple[Grain, str]]:
    """The grains that have computed values, with what one row of each is."""
    labels = wording.dimension_labels(writer.rules, writer.language)
    used = {writer.rules.grain_of(name) for name in writer.rules.order if writer.result.has(name)}
    return [
        (grain, grain_label(grain, labels))
        for grain in writer.rules.grains
        if grain in used and writer.result.keys(grain)
    ]


def grain_label(grain: Grain, labels: dict[str, str]) -> str:
    """What one row is, in the words of the tables: 机组 × 月份."""
    words = [labels.get(name, name) for name in grain.dimensions]
    return " × ".join(words) or pick("全厂|Whole plant")


def subjects(writer: Presenter, grain: Grain) -> list[Key]:
    """The rows of a monthly grain without the month; what a reader chooses from."""
    if not grain.monthly or len(grain.dimensions) == 1:
        return []
    at = grain.dimensions.index(MONTH)
    return list(dict.fromkeys((*key[:at], *key[at + 1 :]) for key in writer.result.keys(grain)))


def everything(writer: Presenter, grain: Grain, subject: Key | None, page: int) -> tuple[Block, int]:
    """All computed names of a grain: names down; months of one subject, or rows, across or down. And how many rows."""
    names = [
        name
        for name in writer.rules.order
        if writer.result.has(name) and writer.rules.grain_of(name) is grain
    ]
    keys = list(writer.result.keys(grain))
    if grain.monthly:
        at = grain.dimensions.index(MONTH)
        keys = [key for key in keys if subject is None or (*key[:at], *key[at + 1 :]) == subject]
    total = len(keys)
    keys = keys[(page - 1) * PAGE : page * PAGE]
    if len(keys) <= MOST_COLUMNS:
        monthly = grain.monthly and grain.dimensions[-1] == MONTH
        heads = [
            wording.key_text(key[-1:], Grain("", MONTH), writer.language)
            if monthly
            else writer.key(grain, key)
            for key in keys
        ]
        lines = []
        for name in names:
            cells = [writer.shown(name, key) for key in keys]
            lines.append(Line(writer.label(name), next((cell.unit for cell in cells if cell), ""), cells))
        block = Block(heads, [""] * len(heads), lines, with_units=True)
    else:
        lines = [
            Line(writer.key(grain, key), cells=[writer.shown(name, key) for name in names]) for key in keys
        ]
        block = Block([writer.label(name) for name in names], [writer.unit(name) for name in names], lines)
    return block, total


def inputs(writer: Presenter, table: Table, page: int) -> tuple[Block, int]:
    """What was filled in, row by row as it was given; names of which no row has a value are left out."""
    keys = writer.result.keys(table.grain)
    total = len(keys)
    given = {
        one.name
        for row in writer.result.data.rows(table.name)
        for one in table.inputs
        if one.name in row.values
    }
    names = [one.name for one in table.inputs if one.name in given]
    first = (page - 1) * PAGE
    chosen = keys[first : first + PAGE]
    if not table.grain.dimensions:
        return _list(writer, table.grain, tuple(names)), total
    lines = [
        Line(
            writer.key(table.grain, key),
            cells=[writer.shown(name, key) for name in names],
            anchor=f"row-{first + at}",
        )
        for at, key in enumerate(chosen)
    ]
    heads, units = [writer.label(name) for name in names], [writer.unit(name) for name in names]
    return Block(heads, units, lines), total


def summary(writer: Presenter, *, known_only: bool = False) -> list[Shown]:
    """The totals on top of the page: those the report declares, else all of the coarsest grain."""
    names: tuple[str, ...] = writer.rules.report.summary if writer.rules.report else ()
    coarsest = writer.rules.grains[0]
    names = names or tuple(name for name in writer.rules.order if writer.rules.grain_of(name) is coarsest)
    found = []
    for name in names:
        if writer.result.has(name):
            cells = (writer.shown(name, key) for key in writer.result.keys(writer.rules.grain_of(name)))
            found += [cell for cell in cells if cell and not (known_only and cell.is_waiting)]
    return found


def remark(writer: Presenter) -> str:
    """What the enterprise says about its year, in the page's language where it says it in both."""
    name = writer.rules.report.remark_input if writer.rules.report else ""
    if not name or not writer.result.has(name):
        return ""
    return next((pick(str(one)) for one in writer.result.column(name) if one), "")
