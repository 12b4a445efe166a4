"""Numbers of the law: dated, sourced, with a status. Shipped as YAML, or registered later by notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

STATUSES = ("official", "secondary", "recalled", "draft", "unknown")  # from sure to not known


class ParameterError(ValueError):
    """A parameter file breaks the contract of docs/architecture.md §1.4."""


@dataclass(frozen=True)
class ParameterValue:
    """One value of one parameter from one day on. The same record whether shipped or registered by notice."""

    name: str
    since: dt.date
    value: Decimal | None
    source: str
    status: str
    key: tuple[str, ...] = ()
    until: dt.date | None = None
    article: str = ""
    note: str = ""
    registered_by: str = ""
    confirmed_by: str = ""

    def holds(self, day: dt.date) -> bool:
        """Say whether this value is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def registered(self) -> bool:
        """Say whether it arrived by notice."""
        return bool(self.registered_by)


@dataclass(frozen=True)
class Parameter:
    """A named series of values."""

    name: str
    zh: str
    en: str
    unit: str
    by: tuple[str, ...] = ()
    values: tuple[ParameterValue, ...] = field(default=())

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], list[ParameterValue]]:
        groups: dict[tuple[str, ...], list[ParameterValue]] = {}
        for value in sorted(self.values, key=lambda one: (one.since, one.registered)):
            groups.setdefault(value.key, []).append(value)
        return groups

    def on(self, day: dt.date, key: tuple[str, ...] = ()) -> ParameterValue | None:
        """Return the record in force on a day, None where there is none. The latest start wins, then the registered one."""
        found = None
        for value in self._by_key.get(key, ()):
            if value.holds(day):
                found = value
        return found

    def keys(self) -> list[tuple[str, ...]]:
        """Return the keys that have values, in the order of the file."""
        return list(self._by_key)

    def changes(self) -> list[dt.date]:
        """Return the days on which a value starts or has just ended, in order."""
        ends = {value.until + dt.timedelta(days=1) for value in self.values if value.until}
        return sorted({value.since for value in self.values} | ends)


class Parameters(Mapping[str, Parameter]):
    """All parameters of a rule set."""

    def __init__(self, parameters: Iterable[Parameter] = ()) -> None:
        self._all: dict[str, Parameter] = {}
        for parameter in parameters:
            if parameter.name in self._all:
                raise ParameterError(f"parameter {parameter.name} is declared twice")
            self._all[parameter.name] = parameter

    def __getitem__(self, name: str) -> Parameter:
        return self._all[name]

    def __iter__(self) -> Any:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def with_register(self, register: Iterable[ParameterValue]) -> Parameters:
        """Return these parameters with the values of a register added; unknown names are an error."""
        values = list(register)
        if not values:
            return self
        changed = Parameters()
        changed._all = dict(self._all)
        for value in values:
            if value.name not in changed._all:
                raise ParameterError(f"the register names {value.name}, which no rule uses")
            one = changed._all[value.name]
            if len(value.key) != len(one.by):
                raise ParameterError(
                    f"{value.name} is keyed by {', '.join(one.by) or 'nothing'}, not {value.key}"
                )
            changed._all[value.name] = replace(one, values=(*one.values, value))
        return changed


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml where the wheel has it
    """YAML whose numbers are exact."""


def _exact_number(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:float", _exact_number)


def read_yaml(path: Path) -> Any:
    """Read a YAML file with exact numbers."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, _Loader)  # noqa: S506 - a SafeLoader


def read_parameters(*folders: Path) -> Parameters:
    """Read every parameter file of the folders.

    Raises:
        ParameterError: a file breaks the contract; the message names file, parameter and fault.
    """
    found = []
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            for name, body in (read_yaml(path) or {}).items():
                try:
                    found.append(_parameter(name, body))
                except (KeyError, TypeError, ValueError, ArithmeticError) as error:
                    raise ParameterError(f"{path.name}: {name}: {error!r}") from error
    return Parameters(found)


def _parameter(name: str, body: dict[str, Any]) -> Parameter:
    by = tuple(body.get("by", ()))
    values = tuple(value for entry in body["values"] for value in _entry(name, len(by), entry))
    if unknown := set(body) - {"zh", "en", "unit", "by", "values"}:
        raise ValueError(f"unknown words {sorted(unknown)}")
    return Parameter(name, body["zh"], body["en"], str(body["unit"]), by, values)


def _entry(name: str, depth: int, entry: dict[str, Any]) -> Iterable[ParameterValue]:
    allowed = {"from", "until", "value", "source", "article", "status", "note"}
    if unknown := set(entry) - allowed:
        raise ValueError(f"unknown words {sorted(unknown)}")
    if entry["status"] not in STATUSES or not str(entry["source"]).strip():
        raise ValueError(f"from {entry['from']}: needs a source and one of {STATUSES}")
    for key, number in _leaves(entry["value"], depth):
        if (number is None) != (entry["status"] == "unknown"):
            raise ValueError(f"from {entry['from']}: a null value and the status unknown go together")
        yield ParameterValue(
            name,
            entry["from"],
            None if number is None else Decimal(str(number)),
            str(entry["source"]),
            entry["status"],
            key,
            entry.get("until"),
            str(entry.get("article", "")),
            str(entry.get("note", "")),
        )


def _leaves(value: Any, depth: int, key: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Any]]:
    if depth == 0:
        if isinstance(value, dict):
            raise ValueError("a mapping where one number is expected")
        yield key, value
        return
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} where a mapping by key is expected")
    for word, inner in value.items():
        yield from _leaves(inner, depth - 1, (*key, str(word)))
