"""One value explained: what the drawer shows and the API answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, decimals, figure
from shutan.documents import wording
from shutan.kernel import Explanation, Member, Origin, Result, explain
from shutan.kernel.explain import Term
from shutan.kernel.grain import MONTH, Key

MOST_PARTS = 40  # rows of an aggregate listed in the drawer


@dataclass(frozen=True)
class Part:
    """One row of an aggregated input."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """One quantity of a formula, as the drawer lists it."""

    label: str
    name: str
    text: str
    unit: str
    url: str  # its own explanation, or its parameter page
    origin: str
    origin_url: str
    used: bool
    how: str
    parts: list[Part]
    more: int
    term: Term


@dataclass(frozen=True)
class View:
    """What the drawer shows."""

    told: Explanation
    title: str
    row: str
    text: str
    unit: str
    formula: SafeString
    figures: SafeString
    lines: list[Line]
    parameters: list[Line]
    origin_url: str
    waiting: str
    version: str  # of the rule; '' for an input


def parse_key(result: Result, name: str, parts: list[str]) -> Key:
    """The key of a row from an address.

    Raises:
        KeyError: no such name or row.
    """
    rules = result.rules
    if not result.has(name):
        raise KeyError(name)
    grain = rules.grain_of(name)
    if len(parts) != len(grain.dimensions):
        raise KeyError(name)
    key: list[object] = []
    for dimension, part in zip(grain.dimensions, parts, strict=True):
        if dimension != MONTH:
            key.append(part)
        elif part.isascii() and part.isdigit():
            key.append(int(part))
        else:
            raise KeyError(name)
    result.row(grain, tuple(key))
    return tuple(key)


def view(report: Report, result: Result, name: str, key: Key) -> View:
    """Everything the drawer shows of one value."""
    writer = Presenter(report, result)
    told = explain(result, name, key, writer.language)
    lines = [_line(writer, term) for term in told.terms]
    origin = told.origin
    waiting = ""
    if told.waiting:
        waiting = wording.waiting_text(result.rules, told.value, writer.language)
    return View(
        told,
        writer.label(name),
        writer.key(result.rules.grain_of(name), key),
        writer.text(name, told.value),
        writer.unit(name, key),
        # Our own kernel's MathML: names and labels in it are escaped where it is written.
        mark_safe(told.mathml),  # noqa: S308
        mark_safe(told.mathml_figures),  # noqa: S308
        [line for line in lines if line.term.kind != "parameter"],
        [line for line in lines if line.term.kind == "parameter"],
        origin_url(report, result, name, key) if origin else "",
        waiting,
        told.rule.version if told.rule else "",
    )


def origin_url(report: Report, result: Result, name: str, key: Key) -> str:
    """The row of the input tables where a value was given."""
    table = result.rules.input_table[name]
    at = result.row(table.grain, key)
    return f"{reverse('reporting:inputs', args=[report.pk])}?table={table.name}&at={at}#row-{at}"


def _line(writer: Presenter, term: Term) -> Line:
    report, result = writer.report, writer.result
    url = origin_link = ""
    if term.kind == "parameter":
        url = reverse("reporting:parameter", args=[result.rules.name, term.name])
    elif not term.how:
        url = writer.explain_url(term.name, term.key)
        if term.origin:
            origin_link = origin_url(report, result, term.name, term.key)
    grain = result.rules.grain_of(term.name) if term.kind != "parameter" else None
    parts = [
        Part(
            writer.key(grain, key),
            writer.text(term.name, value),
            writer.explain_url(term.name, key),
        )
        for key, value in term.parts[:MOST_PARTS]
        if grain
    ]
    return Line(
        writer.label(term.name),
        term.name,
        _text(writer, term),
        writer.unit(term.name, term.key if not term.how and grain else None),
        url,
        place(term.origin),
        origin_link,
        term.used,
        term.how,
        parts,
        max(0, len(term.parts) - MOST_PARTS),
        term,
    )


def _text(writer: Presenter, term: Term) -> str:
    value: Any = term.value
    if term.kind == "parameter" and not isinstance(value, Member) and hasattr(value, "quantize"):
        return figure(value, decimals(value))
    return writer.text(term.name, value)


def place(origin: Origin | None) -> str:
    """Sheet and cell, or field."""
    return str(origin) if origin else ""
