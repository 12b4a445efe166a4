"""An explanation told: as text for a terminal, as HTML for a notebook or page, as JSON for a program."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from shutan.kernel.inputs import Member
from shutan.kernel.numbers import Waiting
from shutan.kernel.render import plain_number
from shutan.kernel.spread import show

if TYPE_CHECKING:
    from shutan.kernel.explain import Explanation, Term

STATUS = {
    "official": ("正式", "official"),
    "secondary": ("待核实（转引）", "to be confirmed (secondary source)"),
    "recalled": ("待核实（未见原文）", "to be confirmed (text not seen)"),
    "draft": ("待核实（征求意见稿）", "to be confirmed (draft)"),
    "unknown": ("暂无数值", "no value yet"),
    "waiting": ("待定", "waiting"),
}
HEADS = (("量", "数值", "单位", "来自"), ("quantity", "value", "unit", "from"))
WORDS = {
    "waits": ("等待", "waits for"),
    "clause": ("条款", "clause"),
    "unconfirmed": ("待核实的参数", "parameters to be confirmed"),
    "given": ("填报于", "given in"),
}


def plain(value: Any) -> str | None:
    """Write a value for a program: every digit of a number, the key of a choice, nothing for a waiting one."""
    if value is None or isinstance(value, Waiting):
        return None
    if isinstance(value, Member):
        return value.key
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def as_json(told: Explanation) -> dict[str, Any]:
    """Return an explanation ready for `json.dumps`."""
    return {
        "name": told.name,
        "key": list(told.key),
        "zh": told.zh,
        "en": told.en,
        "value": plain(told.value),
        "unit": told.unit,
        "status": told.status,
        "waiting": list(told.waiting),
        "sentence": told.sentence,
        "origin": str(told.origin) if told.origin else None,
        "clauses": [one.id for one in told.clauses],
        "version": told.rule.version if told.rule else None,
        "steps": list(told.steps),
        "terms": [_term(term) for term in told.terms],
        "unconfirmed": [
            {"name": one.name, "key": list(one.key), "since": one.since.isoformat(), "status": one.status}
            for one in told.unconfirmed
        ],
    }


def _term(term: Term) -> dict[str, Any]:
    record = term.record
    return {
        "name": term.name,
        "key": list(term.key),
        "kind": term.kind,
        "value": plain(term.value),
        "unit": term.unit,
        "used": term.used,
        "aggregated": term.how or None,
        "origin": str(term.origin) if term.origin else None,
        "source": f"{record.source} {record.article}".strip() if record else None,
        "since": record.since.isoformat() if record else None,
        "status": record.status if record else None,
        "rows": [{"key": list(key), "value": plain(value)} for key, value in term.parts],
    }


def as_text(told: Explanation, language: str = "zh") -> str:
    """Return an explanation as lines of text."""
    said = 0 if language.startswith("zh") else 1
    key = "/".join(map(str, told.key))
    lines = [f"{(told.zh, told.en)[said]}  {told.name}{'@' + key if key else ''}"]
    if told.waiting:
        lines.append(f"{WORDS['waits'][said]}: {', '.join(told.waiting)}")
    else:
        lines.append(f"= {show(told.value, language)} {told.unit}   [{STATUS[told.status][said]}]")
    if told.origin:
        lines.append(f"{WORDS['given'][said]} {told.origin}")
    lines += [
        f"{WORDS['clause'][said]}: {one.instrument} {one.number} {(one.zh, one.en)[said]}"
        for one in told.clauses
    ]
    lines += [f"  {step}" for step in told.steps]
    lines += [
        "  - " + "  ".join(part for part in _row(term, said, language) if part)
        for term in told.terms
        if term.used
    ]
    lines += [
        f"{WORDS['unconfirmed'][said]}: {one.name} {plain(one.value)} {one.source} [{STATUS[one.status][said]}]"
        for one in told.unconfirmed
    ]
    return "\n".join(lines)


def _row(term: Term, said: int, language: str) -> tuple[str, str, str, str]:
    record = term.record
    where = str(term.origin or "") or (
        f"{record.source} {record.article} [{STATUS[record.status][said]}]" if record else term.name
    )
    return (term.zh, term.en)[said], show(term.value, language), term.unit, where


def as_html(told: Explanation, language: str = "zh") -> str:
    """Return an explanation as an HTML fragment; nothing of the reporter's text is taken for markup."""
    said = 0 if language.startswith("zh") else 1
    title = escape((told.zh, told.en)[said])
    value = escape(", ".join(told.waiting) if told.waiting else f"{show(told.value, language)} {told.unit}")
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(part)}</td>" for part in _row(term, said, language)) + "</tr>"
        for term in told.terms
        if term.used
    )
    head = "".join(f"<th>{word}</th>" for word in HEADS[said])
    clauses = "".join(
        f"<li>{escape(f'{one.instrument} {one.number} {(one.zh, one.en)[said]}')}</li>"
        for one in told.clauses
    )
    steps = "".join(f"<li>{escape(step)}</li>" for step in told.steps)
    return (
        f"<section><h4>{title}</h4><p><strong>{value}</strong> <em>{STATUS[told.status][said]}</em></p>"
        f"{told.mathml}{told.mathml_figures}<ol>{steps}</ol>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><ul>{clauses}</ul></section>"
    )
