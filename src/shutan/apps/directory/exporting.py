"""Everything a person may see, as rows that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.directory import queries
from shutan.apps.directory.facts import FACTS
from shutan.apps.directory.models import EntityKind
from shutan.kernel import Choice, Choices


def everything(person: User, today: date) -> dict[str, list[dict[str, Any]]]:
    """Rows by kind, links typed as credit code or, where it is unique, name."""
    rows = {
        kind: list(queries.as_of(person, today, kind, today=today).order_by("at_name", "pk"))
        for kind in FACTS
    }
    typed: dict[int, str] = {}
    for kind, found in rows.items():
        names = [row.at_name for row in found]
        for row in found:
            if kind == EntityKind.LEGAL_PERSON:
                typed[row.pk] = row.at_credit_code
            else:
                typed[row.pk] = row.at_name if names.count(row.at_name) == 1 else str(row.pk)
    return {kind: list(_rows(kind, found, typed)) for kind, found in rows.items()}


def _rows(kind: str, found: list[Any], typed: dict[int, str]) -> Iterator[dict[str, Any]]:
    said = language()
    for row in found:
        values: dict[str, Any] = {"number": str(row.pk)}
        for one in FACTS[kind]:
            value = getattr(row, f"at_{one.name}")
            if one.target:
                value = typed.get(value, str(value) if value else "")
            elif isinstance(one.field, Choice) and value:
                value = _word(one.field.choices, value, said)
            values[one.name] = value
        yield values


def _word(choices: Choices, key: str, said: str) -> str:
    member = choices.members.get(key)
    return key if member is None else member.zh if said == "zh" else member.en
