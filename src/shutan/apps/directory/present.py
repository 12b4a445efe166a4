"""The directory as pages and the API show it: labels and values by the declaration, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from shutan.apps.common.language import language
from shutan.apps.directory.consequences import Change, Proposal, name_on
from shutan.apps.directory.facts import FactType, types_of
from shutan.apps.directory.models import Entity, EntityKind, Fact
from shutan.documents.problem import Problem


def label_of(kind: str, name: str) -> str:
    """The label of a fact."""
    one = types_of(kind).get(name)
    return one.label(language()) if one else name


@dataclass(frozen=True)
class Line:
    """One fact as a page shows it."""

    type: FactType
    label: str
    text: str
    fact: Fact | None
    url: str = ""

    @property
    def since(self) -> date | None:
        """First day."""
        return self.fact.during.lower if self.fact else None

    @property
    def until(self) -> date | None:
        """First day it no longer holds."""
        return self.fact.during.upper if self.fact else None


def address(entity_id: int) -> str:
    """The page of an entity."""
    return reverse("directory:entity", args=[entity_id])


def lines(entity: Entity, facts: dict[str, Fact], names: dict[int, str]) -> list[Line]:
    """The facts of an entity in the order of the declaration; `names` are those of the entities they lead to."""
    shown = []
    for name, one in types_of(entity.kind).items():
        fact = facts.get(name)
        target = fact.target_id if fact else None
        text = names.get(target, "") if target else one.shown(fact.value, language()) if fact else ""
        shown.append(Line(one, one.label(language()), text, fact, address(target) if target else ""))
    return shown


def value_text(kind: str, fact: Fact) -> str:
    """A fact's value as the history shows it; its rows carry the name of what they lead to."""
    if fact.target_id:
        return getattr(fact, "target_name", "") or str(fact.target_id)
    one = types_of(kind).get(fact.name)
    return one.shown(fact.value, language()) if one else fact.value


@dataclass(frozen=True)
class Before:
    """One consequence of an event as the page shows it before it is confirmed."""

    entity: str
    url: str
    label: str
    before: str
    after: str


def consequence(proposal: Proposal, change: Change) -> Before:
    """A change in words."""
    kind = change.entity.kind if change.entity else EntityKind.LINE
    on = proposal.event.on
    one = types_of(kind)[change.said.name]

    def told(value: str, target: Entity | None) -> str:
        return name_on(target, on) if target else one.shown(value, language())

    return Before(
        name_on(change.entity, on) if change.entity else "",
        address(change.entity.pk) if change.entity else "",
        one.label(language()),
        told(change.before.value, change.before.target) if change.before else "",
        told(change.said.value, change.said.target),
    )


def problem_lines(problems: tuple[Problem, ...] | list[Problem]) -> list[dict[str, Any]]:
    """Faults in the language of the page."""
    said = language()
    return [
        {
            "sheet": one.place.sheet,
            "place": one.place.place,
            "wrong": one.message.text(said),
            "expected": one.expected.text(said) if one.expected else "",
        }
        for one in problems
    ]
