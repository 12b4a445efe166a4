"""What a book and its months hold: as cells, and as the kernel's dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shutan.apps.common import known
from shutan.apps.common.values import exact, typed, typed_key
from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling
from shutan.kernel import Dataset, Origin, Result, Row, RuleSet, Table
from shutan.kernel.grain import MONTH
from shutan.rules.registry import rule_set

Place = tuple[str, tuple[str, ...], str]  # table, key without the month, variable
Cells = dict[Place, FiledValue]


def monthly_tables(rules: RuleSet) -> list[Table]:
    """The tables whose rows belong to a month."""
    return [table for table in rules.tables if table.grain.monthly]


def yearly_tables(rules: RuleSet) -> list[Table]:
    """The tables whose rows hold for the year."""
    return [table for table in rules.tables if not table.grain.monthly]


def dimensions(table: Table) -> list[str]:
    """What names a row of a table within its month."""
    return [name for name in table.grain.dimensions if name != MONTH]


def latest(months: Iterable[MonthlyFiling]) -> dict[int, MonthlyFiling]:
    """The last version of each month."""
    found: dict[int, MonthlyFiling] = {}
    for one in sorted(months, key=lambda one: one.version):
        found[one.month] = one
    return found


@dataclass
class Year:
    """A book with the months that are looked at together, read once."""

    book: Book
    months: dict[int, MonthlyFiling]
    yearly: Cells = field(default_factory=dict)
    monthly: dict[int, Cells] = field(default_factory=dict)
    evidence: dict[int, list[EvidenceFile]] = field(default_factory=dict)

    @property
    def rules(self) -> RuleSet:
        """Its rule set."""
        return rule_set(self.book.rule_set)

    @classmethod
    def of(cls, book: Book, months: Mapping[int, MonthlyFiling]) -> Year:
        """Read the rows of a book and of some of its months, in three queries."""
        made = cls(book, dict(months), monthly={month: {} for month in months})
        made.evidence = {month: [] for month in months}
        number_of = {one.pk: month for month, one in months.items()}
        for value in FiledValue.objects.filter(book=book).order_by("table", "pk"):
            made.yearly[place_of(value)] = value
        for value in FiledValue.objects.filter(filing__in=number_of).order_by("table", "pk"):
            made.monthly[number_of[value.filing_id or 0]][place_of(value)] = value
        for one in EvidenceFile.objects.filter(filing__in=number_of).order_by("uploaded_at", "pk"):
            made.evidence[number_of[one.filing_id]].append(one)
        return made

    def dataset(self) -> Dataset:
        """Everything as the kernel takes it; emptied cells are left out."""
        rules, tables = self.rules, {table.name: table for table in self.rules.tables}
        rows: dict[str, dict[tuple[str, ...], Row]] = {}
        for month, cells in ((0, self.yearly), *self.monthly.items()):
            for (name, key, variable), value in cells.items():
                table = tables.get(name)
                if table is None or table.grain.monthly != bool(month):
                    continue  # the rule set has lost this table since
                whole = whole_key(table, key, month)
                found = rows.setdefault(name, {})
                if whole not in found:
                    found[whole] = Row(typed_key(table.grain, whole))
                one = rules.inputs.get(variable)
                if one is None or rules.input_table[variable] is not table:
                    continue
                if (given := typed(one, value.number, value.text)) not in (None, ""):
                    found[whole].values[variable] = given
                    found[whole].origins[variable] = Origin("field", f"{name}.{variable}", table.zh)
        return Dataset({name: list(found.values()) for name, found in rows.items()})

    def result(self) -> Result:
        """What the rules of the year make of it, with the values known by notice."""
        return self.rules.evaluate(self.book.year, self.dataset(), known.register(self.book.rule_set))


def whole_key(table: Table, key: Sequence[str], month: int) -> tuple[str, ...]:
    """A row's key with the month at its place."""
    parts = iter(key)
    return tuple(str(month) if name == MONTH else next(parts) for name in table.grain.dimensions)


def place_of(value: FiledValue) -> Place:
    """Where a value stands."""
    return value.table, tuple(value.key), value.variable


def row_keys(cells: Iterable[Place], table: str) -> list[tuple[str, ...]]:
    """The rows of a table that are there, in their order."""
    return list(dict.fromkeys(key for name, key, _variable in cells if name == table))


def expected_keys(rules: RuleSet, table: Table, yearly: Iterable[Place]) -> list[tuple[str, ...]] | None:
    """The rows a month of a table has because the year names them (units, fuels, lines); None where people add rows.

    A month's row stands for each row of the yearly table of the same dimensions; a table with the month alone has one.
    """
    wanted = dimensions(table)
    if not wanted:
        return None if table.optional and not table.inputs else [()]
    parent = next((one for one in yearly_tables(rules) if list(one.grain.dimensions) == wanted), None)
    return None if parent is None else row_keys(yearly, parent.name)


def choices_of_dimension(rules: RuleSet, name: str, yearly: Iterable[Place]) -> list[str]:
    """What the year knows a dimension by: the names of units, fuels, lines."""
    found: dict[str, None] = {}
    places = list(yearly)
    for table in yearly_tables(rules):
        if name in table.grain.dimensions:
            at = table.grain.dimensions.index(name)
            found.update(dict.fromkeys(key[at] for key in row_keys(places, table.name) if at < len(key)))
    return list(found)


def written(value: FiledValue | None) -> str:
    """A value as it is typed: plain digits, the key of a choice, a text, a day."""
    if value is None:
        return ""
    return value.text if value.number is None else plain(value.number)


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    return format(exact(number), "f")
