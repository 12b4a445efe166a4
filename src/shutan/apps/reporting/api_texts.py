"""From what pages show to what the API answers."""

from __future__ import annotations

from shutan.apps.reporting.api_shapes import (
    ClauseOut,
    ExplanationOut,
    ParameterOut,
    ParameterValueOut,
    TermOut,
    Words,
)
from shutan.apps.reporting.explaining import Line, View
from shutan.apps.reporting.present import pick
from shutan.kernel import Clause, Parameter, ParameterValue
from shutan.kernel.telling import plain


def explanation(view: View) -> ExplanationOut:
    """One value explained."""
    told = view.told
    return ExplanationOut(
        name=told.name,
        key=[str(part) for part in told.key],
        label=view.title,
        row=view.row,
        value=plain(told.value),
        unit=view.unit,
        status=told.status,
        waiting=view.waiting,
        mathml=told.mathml,
        mathml_figures=told.mathml_figures,
        steps=list(told.steps),
        terms=[_term(line) for line in (*view.lines, *view.parameters)],
        clauses=[clause(one) for one in told.clauses],
        rule_version=view.version,
        origin=str(told.origin or ""),
    )


def _term(line: Line) -> TermOut:
    term, record = line.term, line.term.record
    return TermOut(
        name=term.name,
        key=[str(part) for part in term.key],
        label=line.label,
        kind=term.kind,
        value=plain(term.value),
        unit=line.unit,
        how=term.how,
        used=term.used,
        origin=line.origin,
        source=record.source if record else "",
        article=record.article if record else "",
        since=record.since if record else None,
        status=record.status if record else "",
    )


def clause(one: Clause, rules: tuple[str, ...] = ()) -> ClauseOut:
    """A clause."""
    return ClauseOut(
        id=one.id,
        instrument=one.instrument,
        number=one.number,
        title=Words(zh=one.zh, en=one.en),
        summary=Words(zh=one.summary_zh, en=one.summary),
        since=one.since,
        until=one.until,
        kind=one.kind,
        status=one.status,
        rules=list(rules),
    )


def parameter(one: Parameter) -> ParameterOut:
    """A parameter with its values."""
    return ParameterOut(
        name=one.name,
        title=Words(zh=one.zh, en=one.en),
        unit=one.unit,
        by=list(one.by),
        values=[_value(value) for value in one.values],
    )


def _value(one: ParameterValue) -> ParameterValueOut:
    return ParameterValueOut(
        key=list(one.key),
        value=plain(one.value),
        since=one.since,
        until=one.until,
        source=one.source,
        article=one.article,
        status=one.status,
        note=pick(one.note),
        registered_by=one.registered_by,
        confirmed_by=one.confirmed_by,
    )
