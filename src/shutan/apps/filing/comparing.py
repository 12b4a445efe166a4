"""What one version of a month says otherwise than another, cell by cell, and what follows for the computed figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shutan.apps.common.language import language
from shutan.apps.filing.content import Year
from shutan.apps.filing.sheets import shown
from shutan.documents import wording
from shutan.kernel import Result


@dataclass(frozen=True)
class CellChange:
    """A cell that differs."""

    table: str
    row: str
    label: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class FigureChange:
    """A computed figure that differs."""

    label: str
    row: str
    unit: str
    before: Any
    after: Any

    @property
    def difference(self) -> Decimal | None:
        """How much more; None where one of them is not known."""
        known = isinstance(self.before, Decimal) and isinstance(self.after, Decimal)
        return self.after - self.before if known else None


def cells(before: Year, after: Year, month: int) -> list[CellChange]:
    """The cells of a month that differ, in the order of the tables."""
    words, rules = language(), after.rules
    old, new = before.monthly[month], after.monthly[month]
    found = []
    for table in rules.tables:
        for one in table.inputs:
            places = [place for place in {**old, **new} if place[0] == table.name and place[2] == one.name]
            for place in places:
                was, is_now = shown(one, old.get(place)), shown(one, new.get(place))
                if was != is_now:
                    unit = wording.unit_text(rules, getattr(one, "unit", ""), words)
                    label = wording.label_of(rules, one.name, words)
                    found.append(
                        CellChange(
                            wording.pick(table.label, words),
                            " · ".join(place[1]),
                            label,
                            unit,
                            was,
                            is_now,
                        )
                    )
    return found


def figures(before: Year, after: Year, month: int) -> list[FigureChange]:
    """The figures of the month, and the totals of the year so far, that differ."""
    words, rules = language(), after.rules
    old, new = before.result(), after.result()
    totals = set(rules.report.summary) if rules.report else set()
    found = []
    for name in rules.order:
        grain = rules.grain_of(name)
        if not new.has(name) or not (grain.monthly or name in totals):
            continue
        for key, value in new.items(name):
            if grain.monthly and grain.month(key) != month:
                continue
            was = _value(old, name, key)
            if str(was) != str(value):
                row = wording.key_text(key, grain, words)
                unit = wording.unit_text(rules, rules.unit_of(name), words)
                found.append(FigureChange(wording.label_of(rules, name, words), row, unit, was, value))
    return found


def _value(result: Result, name: str, key: tuple[object, ...]) -> Any:
    try:
        return result.value(name, key)
    except KeyError:
        return None
