"""The evidence a guideline names per parameter and way of measuring, as `rules/<family>/evidence.yaml` lists it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shutan.kernel import Member, RuleSet
from shutan.kernel.grain import last_day
from shutan.kernel.parameters import STATUSES, read_yaml

FOLDER = Path(__file__).parent


class EvidenceError(ValueError):
    """A list of evidence says something impossible."""


@dataclass(frozen=True)
class Need:
    """One paper, or one of several that do for each other, that belongs to inputs of one table.

    Attributes:
        name: its key, unique in the family.
        zh: what is filed, in Chinese.
        en: the same in English.
        table: of which monthly table's rows.
        inputs: for which of its inputs; it is wanted once one of them has a value.
        when: input name → the members of its choice for which it is wanted.
        optional: the guideline says may, not must.
        stamped: a scan of the stamped paper, whose original stays on site.
        sheet: an Excel sheet of calculation.
        hints: words in a file's name that speak for it.
        clause: article of the instrument that names it.
        source: where that was seen.
        status: how well it is known.
        since: first day it holds; None from the beginning.
        until: last day it holds; None while it does.
    """

    name: str
    zh: str
    en: str
    table: str
    inputs: tuple[str, ...]
    when: tuple[tuple[str, tuple[str, ...]], ...]
    optional: bool
    stamped: bool
    sheet: bool
    hints: tuple[str, ...]
    clause: str
    source: str
    status: str
    since: dt.date | None
    until: dt.date | None

    def wanted(self, given: Callable[[str], Any]) -> bool:
        """Say whether a row asks for it; `given` returns the value of an input that the row sees, None for none."""
        if not any(_some(given(name)) for name in self.inputs):
            return False
        for name, members in self.when:
            value = given(name)
            if not isinstance(value, Member) or value.key not in members:
                return False
        return True


def _some(value: Any) -> bool:
    """Nothing burned, made or delivered needs no paper."""
    return value is not None and value != 0


@cache
def needs(rules: RuleSet, year: int, month: int) -> tuple[Need, ...]:
    """Return the evidence that a month's data ask for, in the guideline's order; none where no list was written."""
    day = last_day(year, month)
    return tuple(
        need
        for need in listed(rules)
        if (need.since is None or need.since <= day) and (need.until is None or day <= need.until)
    )


@cache
def listed(rules: RuleSet) -> tuple[Need, ...]:
    """Return the whole list of a family.

    Raises:
        EvidenceError: it names what the rule set does not have.
    """
    path = FOLDER / rules.name / "evidence.yaml"
    if not path.is_file():
        return ()
    found = tuple(_need(rules, given) for given in read_yaml(path))
    if len({need.name for need in found}) != len(found):
        raise EvidenceError(f"{path}: two entries of one id")
    return found


def _need(rules: RuleSet, given: dict[str, Any]) -> Need:
    need = Need(
        name=given["id"],
        zh=given["zh"],
        en=given["en"],
        table=given["table"],
        inputs=tuple(given["inputs"]),
        when=tuple((name, tuple(members)) for name, members in given.get("when", {}).items()),
        optional=given.get("optional", False),
        stamped=given.get("stamped", False),
        sheet=given.get("sheet", False),
        hints=tuple(word.casefold() for word in given["hints"]),
        clause=given["clause"],
        source=given["source"],
        status=given["status"],
        since=given.get("from"),
        until=given.get("until"),
    )
    table = next((one for one in rules.tables if one.name == need.table), None)
    if table is None or not table.grain.monthly:
        raise EvidenceError(f"{need.name}: no monthly table {need.table!r}")
    for name in need.inputs:
        if rules.input_table.get(name) is not table:
            raise EvidenceError(f"{need.name}: {need.table} has no input {name!r}")
    for name, members in need.when:
        choices = getattr(rules.inputs.get(name), "choices", None)
        if choices is None or set(members) - set(choices.members):
            raise EvidenceError(f"{need.name}: {name!r} is no choice with {', '.join(members)}")
    if need.status not in STATUSES:
        raise EvidenceError(f"{need.name}: no status {need.status!r}")
    return need
