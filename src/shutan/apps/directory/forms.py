"""Forms that follow from the declaration of facts; what is typed is read by `reading.py`, not by these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shutan.apps.common.language import language
from shutan.apps.directory.facts import FactType, entered, types_of
from shutan.apps.directory.models import Entity, EntityKind, EventKind, Fact
from shutan.documents.problem import Problem
from shutan.kernel import Choice
from shutan.rules.common.divisions import divisions, in_force
from shutan.rules.entry.choices import SectorCode


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def division_choices(day: date) -> list[Any]:
    """Counties by prefecture, for a select with groups."""
    said = language()
    counties = [one for one in in_force(day).values() if one.level == "county"]
    groups: list[Any] = [("", "")]
    for parent, members in groupby(counties, key=lambda one: one.parent):
        above = divisions()[parent]
        options = [(above.code, f"{above.named(said)} {above.code}")]
        options += [(one.code, f"{one.named(said)} {one.code}") for one in members]
        groups.append((above.named(said), options))
    return groups


def choices_of(kind: str, name: str) -> dict[str, str]:
    """Attributes of an input that offers entities of a kind while one types, in a datalist `choices-<name>`."""
    return {
        "list": f"choices-{name}",
        "autocomplete": "off",
        "hx-get": f"{reverse('directory:choices')}?kind={kind}&field={name}",
        "hx-trigger": "focus once, input changed delay:250ms",
        "hx-target": f"#choices-{name}",
        "hx-swap": "innerHTML",
    }


def _field(one: FactType, day: date) -> forms.Field:
    said = language()
    label = one.label(said)
    required = {"label": label, "required": False}
    if isinstance(one.field, Choice):
        options = [(member.key, member.zh if said == "zh" else member.en) for member in one.field.choices]
        return forms.ChoiceField(choices=[("", ""), *options], **required)  # type: ignore[arg-type]
    if one.name == "division":
        return forms.ChoiceField(choices=division_choices(day), **required)  # type: ignore[arg-type]
    attrs: dict[str, Any] = {"maxlength": getattr(one.field, "length", 40), "autocomplete": "off"}
    if one.target:
        attrs |= choices_of(one.target, one.name) | {"maxlength": 120}
    if one.name == "industry":
        attrs["list"] = "choices-industry"
    field = forms.CharField(widget=forms.TextInput(attrs=attrs), **required)  # type: ignore[arg-type]
    if one.target:
        field.help_text = _("Name, credit code or number; type to search.")
    return field


class FactsForm(forms.Form):
    """The facts of one entity. It refuses nothing itself: `reading.read` says what is wrong, `tell` shows it here."""

    def __init__(self, types: Iterable[FactType], day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = tuple(types)
        for one in self.types:
            self.fields[one.name] = _field(one, day)
            if one.required:
                self.fields[one.name].widget.attrs["aria-required"] = "true"

    def _clean_fields(self) -> None:
        """Nothing is cleaned here."""
        self.cleaned_data = {}

    def tell(self, problems: Iterable[Problem]) -> None:
        """Show faults at their places; what has no place here stands on top."""
        self.is_valid()
        for problem in problems:
            place = problem.place.place if problem.place.place in self.fields else None
            text = problem.message.text(language())
            if problem.expected:
                text += f" ({problem.expected.text(language())})"
            self.add_error(place, text)

    @property
    def links(self) -> list[str]:
        """The fields that need a list of choices."""
        return [one.name for one in self.types if one.target]

    @property
    def industries(self) -> list[tuple[str, str]]:
        """Classes of GB/T 4754 that the lists are about."""
        if not any(one.name == "industry" for one in self.types):
            return []
        zh = language() == "zh"
        return [(one.key[1:], one.zh if zh else one.en) for one in SectorCode if one.key[1:].isdigit()]


def typed(kind: str, facts: Mapping[str, Fact], codes: Mapping[int, str]) -> dict[str, str]:
    """Facts as a form shows them for typing over; `codes` are what a link is typed as."""
    return {
        one.name: codes.get(facts[one.name].target_id or 0, facts[one.name].value)
        if one.name in facts
        else ""
        for one in entered(kind)
    }


def event_types(kind: str, entity: Entity) -> tuple[FactType, ...]:
    """The facts an event of a kind asks for."""
    line = types_of(EntityKind.LINE)
    names: tuple[str, ...] = ()
    if kind == EventKind.COMMISSIONING and entity.kind == EntityKind.FACILITY:
        names = ("name", "sector", "product", "equipment", "capacity", "capacity_unit")
    elif kind == EventKind.CAPACITY_CHANGE:
        names = ("capacity", "capacity_unit")
    elif kind == EventKind.NAME_CHANGE:
        names = ("name",)
    return tuple(line[name] for name in names)
