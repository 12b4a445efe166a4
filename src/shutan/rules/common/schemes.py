"""The data quality control scheme 数据质量控制方案 of a guideline: its sections and triggers, declared in `scheme.yaml` of the family.

A section holds texts, the facilities, the meters or the parameters; what parameters it has follows from the rule set's tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shutan.kernel import Number, RuleSet, Table
from shutan.kernel.grain import MONTH
from shutan.kernel.inputs import labels
from shutan.kernel.parameters import STATUSES, read_yaml
from shutan.rules.registry import rule_sets

FAMILIES = Path(__file__).parents[1]
FILE = "scheme.yaml"
KINDS = ("text", "files")
HOLDS = ("versions", "facilities", "parameters", "meters")


class SchemeError(ValueError):
    """A declaration breaks its own form."""


@dataclass(frozen=True)
class Item:
    """One thing that a section asks for in words or as files. Keys are unique within the scheme."""

    key: str
    zh: str
    en: str
    kind: str
    optional: bool

    def label(self, language: str) -> str:
        """Return its name in a language ("zh…" or English)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Section:
    """One numbered section: its items, and which rows it holds beside them ('' for none)."""

    number: str
    zh: str
    en: str
    items: tuple[Item, ...]
    holds: str
    parameters: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return its title in a language ("zh…" or English)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Trigger:
    """A case in which the guideline has the scheme revised."""

    key: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Return it in a language ("zh…" or English)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Declared:
    """What the scheme of a guideline consists of, with where that was seen and how well it is known."""

    rules: RuleSet
    source: str
    status: str
    note: str
    sections: tuple[Section, ...]
    triggers: tuple[Trigger, ...]

    @property
    def items(self) -> dict[str, Item]:
        """Return the items of all sections by key."""
        return {item.key: item for section in self.sections for item in section.items}

    @property
    def parameters(self) -> dict[str, str]:
        """Return the section's number of each parameter, in the guideline's order."""
        return {name: section.number for section in self.sections for name in section.parameters}

    def section(self, number: str) -> Section:
        """Return a section.

        Raises:
            KeyError: there is none of this number.
        """
        return next((one for one in self.sections if one.number == number), None) or _none(number)

    def holding(self, what: str) -> tuple[Section, ...]:
        """Return the sections that hold rows of a kind."""
        return tuple(one for one in self.sections if one.holds == what)


@cache
def schemes() -> dict[str, Declared]:
    """Return the scheme of each guideline that asks for one, by the name of its rule set.

    Raises:
        SchemeError: a declaration names a table or input its rule set has not, or says something twice.
    """
    return {
        name: _read(rules, FAMILIES / name / FILE)
        for name, rules in rule_sets().items()
        if (FAMILIES / name / FILE).exists()
    }


def _read(rules: RuleSet, path: Path) -> Declared:
    body = read_yaml(path)
    try:
        sections = tuple(_section(rules, one) for one in body["sections"])
        triggers = tuple(Trigger(key, *labels(text)) for key, text in body["triggers"].items())
        found = Declared(rules, body["source"], body["status"], body.get("note", ""), sections, triggers)
    except (KeyError, TypeError, ValueError) as error:
        raise SchemeError(f"{path}: {error}") from error
    keys = [item.key for section in sections for item in section.items]
    names = [name for section in sections for name in section.parameters]
    if len(set(keys)) < len(keys) or len(set(names)) < len(names):
        raise SchemeError(f"{path}: an item or parameter stands twice")
    if found.status not in STATUSES:
        raise SchemeError(f"{path}: status is one of {STATUSES}")
    return found


def _section(rules: RuleSet, body: Mapping[str, Any]) -> Section:
    holds = body.get("holds", "")
    if holds and holds not in HOLDS:
        raise SchemeError(f"{body['number']}: holds is one of {HOLDS}")
    items = tuple(_item(key, text) for key, text in (body.get("items") or {}).items())
    left_out = set(body.get("without", ()))
    names = [name for table in body.get("tables", ()) for name in monthly_numbers(_table(rules, table))]
    if unknown := left_out - set(names):
        raise SchemeError(f"{body['number']}: leaves out {sorted(unknown)}, which are none of its tables'")
    return Section(
        body["number"],
        *labels(body["title"]),
        items,
        holds,
        tuple(name for name in names if name not in left_out),
    )


def _item(key: str, text: str) -> Item:
    """Read `中文|English`, with `?` behind for what may be left out and `@` for files."""
    bare = text.rstrip("?@")
    marks = text[len(bare) :]
    return Item(key, *labels(bare), KINDS["@" in marks], "?" in marks)


def _table(rules: RuleSet, name: str) -> Table:
    found = next((table for table in rules.tables if table.name == name), None)
    return found if found is not None else _none(name)


def monthly_numbers(table: Table) -> list[str]:
    """Return the numbers of a table that are filed month by month."""
    if MONTH not in table.grain.dimensions:
        return []
    return [one.name for one in table.inputs if isinstance(one, Number)]


def _none(name: str) -> Any:
    raise KeyError(name)
