"""What changed between two results, and why: value by value, from inputs and parameters down to the totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shutan.kernel.evaluate import Result
from shutan.kernel.explain import parameters_of
from shutan.kernel.grain import Key
from shutan.kernel.numbers import Waiting


@dataclass(frozen=True)
class Difference:
    """One name and row whose value differs. `before` or `after` is None where the row or name does not exist.

    `causes` are the names this difference comes from directly: changed inputs and rules of its formula, changed
    parameters, or "version" when another version of the rule computed it. A changed input has none.
    """

    name: str
    key: Key
    before: Any
    after: Any
    causes: tuple[str, ...]

    @property
    def change(self) -> Decimal | None:
        """Return after − before for two numbers."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None


def differences(before: Result, after: Result) -> list[Difference]:
    """Return every difference of two results of the same rule set, inputs first, then in order of computation."""
    changed: dict[str, set[Key]] = {}
    found = []
    for name in (*after.rules.inputs, *after.rules.order):
        for key, old, new in _pairs(before, after, name):
            if not same(old, new):
                changed.setdefault(name, set()).add(key)
                found.append(
                    Difference(name, key, old, new, tuple(_causes(before, after, name, key, changed)))
                )
    return found


def same(one: Any, other: Any) -> bool:
    """Say whether two values are the same; two waiting values are when they wait for the same."""
    if isinstance(one, Waiting) or isinstance(other, Waiting):
        return isinstance(one, Waiting) and isinstance(other, Waiting) and one.reasons == other.reasons
    return type(one) is type(other) and bool(one == other)


def _pairs(before: Result, after: Result, name: str) -> Iterator[tuple[Key, Any, Any]]:
    old = dict(before.items(name)) if before.has(name) else {}
    new = dict(after.items(name)) if after.has(name) else {}
    for key in dict.fromkeys([*new, *old]):
        yield key, old.get(key), new.get(key)


def _causes(
    before: Result, after: Result, name: str, key: Key, changed: dict[str, set[Key]]
) -> Iterator[str]:
    if name not in after.rules.rules:
        return
    grain = after.rules.grain_of(name)
    made = after.version(name, key)
    if made is None:
        yield "version"
        return
    if made is not before.version(name, key):
        yield "version"
    for need in sorted(after.rules.dependencies(made)):
        own = after.rules.grain_of(need)
        near = grain.project(key, own) if grain.sees(own) else None
        for other in changed.get(need, ()):
            if other == near or (near is None and own.sees(grain) and own.project(other, grain) == key):
                yield need
                break
    if key in before.keys(grain) and key in after.keys(grain):
        old, new = parameters_of(before, name, key), parameters_of(after, name, key)
        direct = set(made.parameters) | {made.places}
        yield from sorted(
            {record.name for record in (set(old.values()) ^ set(new.values())) if record.name in direct}
        )
