"""The rule book: clauses, rules, parameters with their register, the matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.common.components import STATES
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.reporting import queries, results, rulebook
from shutan.apps.reporting.memory_rows import MemoryRows
from shutan.apps.reporting.present import pick, sure
from shutan.apps.reporting.views.lists import as_rows
from shutan.documents import wording
from shutan.kernel import RuleSet
from shutan.kernel.parameters import STATUSES
from shutan.rules.registry import rule_sets


def _rule_set(name: str) -> RuleSet:
    found = rule_sets().get(name)
    if found is None:
        raise Http404
    return found


def _sets() -> list[tuple[str, str]]:
    return [(name, pick(one.title)) for name, one in rule_sets().items()]


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in rulebook.years()]


def clause_url(row: rulebook.ClauseRow) -> str:
    """The page of a clause."""
    return reverse("reporting:clause", args=[row.rules.name, row.clause.id])


def _tabs(current: str) -> list[tuple[str, str, bool]]:
    pages = [
        ("rulebook", _("Clauses")),
        ("parameters", _("Parameters")),
        ("matrix", _("Matrix")),
        ("guidelines", _("Guidelines")),
    ]
    return [(reverse(f"reporting:{one}"), title, one == current) for one, title in pages]


def _where(
    name: str, title: str, holds: Callable[[Any, str], bool], options: Sequence[tuple[str, str]] = ()
) -> Filter:
    """A filter of rows in memory."""
    return Filter(name, title, lambda rows, value: rows.where(lambda row: holds(row, value)), options)  # type: ignore[attr-defined]


def _words(title: str) -> Filter:
    return _where(
        "words", title, lambda row, words: all(word in row.text for word in words.casefold().split())
    )


def _of_set() -> Filter:
    return _where("set", _("Rule set"), lambda row, name: row.rules.name == name, _sets())


def _clause_filters() -> list[Filter]:
    kinds = list(rulebook.kind_words().items())
    return [
        _words(_("Number, title or words")),
        _of_set(),
        _where("kind", _("Kind"), lambda row, kind: row.clause.kind == kind, kinds),
    ]


def parameter_filters() -> list[Filter]:
    """By words and rule set, wherever parameters are listed."""
    return [_words(_("Name or source")), _of_set()]


def parameter_columns(link: Callable[[Any], str]) -> list[Column]:
    """What a parameter's line says, wherever parameters are listed; `link` leads on."""
    return [
        Column("title", _("Parameter"), sort="title", link=link),
        Column("value", _("Last value")),
        Column("unit", _("Unit")),
        Column("latest", _("Since"), sort="latest"),
        Column("status", _("How sure"), value=lambda row: sure(row.status), badge=True, sort="status"),
        Column("set", _("Rule set"), value=lambda row: pick(row.rules.title)),
    ]


@require_GET
def clauses(request: HttpRequest) -> HttpResponse:
    """All clauses, by year and words."""
    listing = Listing(
        request,
        key="clauses",
        title=_("Clauses"),
        rows=as_rows(MemoryRows(rulebook.clauses())),
        columns=[
            Column("number", _("Number"), sort="number", link=clause_url, chinese=True),
            Column("title", _("Title"), sort="title", link=clause_url),
            Column("instrument", _("Instrument"), sort="instrument", chinese=True),
            Column("kind", _("Kind"), sort="kind"),
            Column("rules", _("Rules"), value=lambda row: str(len(row.names) or "")),
            Column("since", _("Since"), sort="since"),
            Column("until", _("Until"), value=lambda row: row.clause.until),
            Column("status", _("How sure"), value=lambda row: sure(row.clause.status), badge=True),
            Column("id", _("Identifier"), value=lambda row: row.clause.id, shown=False),
            Column("set", _("Rule set"), value=lambda row: pick(row.rules.title), shown=False),
        ],
        filters=[
            *_clause_filters(),
            _where("year", _("Year"), lambda row, year: rulebook.in_force(row.clause, int(year)), _years()),
        ],
        empty_title=_("No clause fits"),
        empty_text=_("Take a filter away or search for fewer words."),
    )
    return listing.response() or render(
        request, "reporting/clauses.html", {"listing": listing, "tabs": _tabs("rulebook")}
    )


@require_GET
def clause(request: HttpRequest, rules: str, clause_id: str) -> HttpResponse:
    """One clause: what it says, the rules that compute it, their parameters, the cases that prove them."""
    known = _rule_set(rules)
    found = known.clauses.get(clause_id)
    if found is None:
        raise Http404
    names = rulebook.rules_by_clause(rules).get(clause_id, ())
    views = [
        view for name in names for view in rulebook.rule_views(known, name) if clause_id in view.made.clauses
    ]
    context = {
        "rules": known,
        "clause": found,
        "status": sure(found.status),
        "title": rulebook.said(found),
        "summary": found.summary_zh if language() == "zh" else found.summary,
        "kind": rulebook.kind_words()[found.kind],
        "views": views,
        "cases": rulebook.cases_by_clause().get((rules, clause_id), ()),
        "set_title": pick(known.title),
    }
    return render(request, "reporting/clause.html", context)


@require_GET
def rule(request: HttpRequest, rules: str, name: str) -> HttpResponse:
    """All versions of one rule."""
    known = _rule_set(rules)
    if name not in known.rules:
        raise Http404
    views = rulebook.rule_views(known, name)
    context = {
        "rules": known,
        "name": name,
        "title": views[0].title,
        "views": views,
        "set_title": pick(known.title),
    }
    return render(request, "reporting/rule.html", context)


@require_GET
def parameters(request: HttpRequest) -> HttpResponse:
    """All parameters with their last values."""
    listing = Listing(
        request,
        key="parameters",
        title=_("Parameters"),
        rows=as_rows(MemoryRows(rulebook.parameters(results.registers()))),
        columns=[
            *parameter_columns(lambda row: reverse("reporting:parameter", args=[row.rules.name, row.name])),
            Column("dates", _("Dates"), value=lambda row: str(len({one.since for one in row.known}))),
            Column("name", _("Name in the API"), sort="name", shown=False),
        ],
        filters=[
            *parameter_filters(),
            _where(
                "status",
                _("How sure"),
                lambda row, status: row.status == status,
                [(one, wording.status_text(one, language())) for one in STATUSES],
            ),
        ],
        empty_title=_("No parameter fits"),
        empty_text=_("Take a filter away or search for fewer words."),
    )
    waiting = queries.notices(access.me(request)).filter(state="registered")
    context = {"listing": listing, "tabs": _tabs("parameters"), "notices": waiting, "language": language()}
    return listing.response() or render(request, "reporting/parameters.html", context)


@require_GET
def parameter(request: HttpRequest, rules: str, name: str) -> HttpResponse:
    """One parameter: values over time, and the notices."""
    known = _rule_set(rules)
    if name not in known.parameters:
        raise Http404
    may_register = access.may_do(access.me(request), "reporting.register_parameter")
    with_notices = known.parameters.with_register(results.register(rules))[name]
    context = {
        "rules": known,
        "parameter": with_notices,
        "title": rulebook.said(with_notices),
        "unit": wording.unit_text(known, with_notices.unit, language()),
        "values": [
            (
                rulebook.key_words(known, with_notices, one.key),
                rulebook.value_text(one, with_notices.unit),
                one,
            )
            for one in sorted(with_notices.values, key=lambda one: (one.since, one.key), reverse=True)
        ],
        "chart": rulebook.history(known, with_notices),
        "notices": queries.notices(access.me(request), rules, name),
        "used_by": rulebook.used_by(known, name),
        "set_title": pick(known.title),
        "may_register": may_register,
    }
    return render(request, "reporting/parameter.html", context)


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Clause × rule × test: which duty is computed where and proved by what."""
    cases = rulebook.cases_by_clause()
    listing = Listing(
        request,
        key="matrix",
        title=_("Matrix of clauses, rules and tests"),
        rows=as_rows(MemoryRows(rulebook.clauses())),
        columns=[
            Column("number", _("Number"), sort="number", link=clause_url, chinese=True),
            Column("title", _("Title"), sort="title"),
            Column("instrument", _("Instrument"), sort="instrument", shown=False, chinese=True),
            Column("kind", _("Kind"), sort="kind"),
            Column(
                "rules",
                _("Rules"),
                value=lambda row: _(", ").join(rulebook.said(row.rules.rules[name][0]) for name in row.names),
            ),
            Column(
                "cases",
                _("Golden cases"),
                value=lambda row: len(cases.get((row.rules.name, row.clause.id), ())),
                places=0,
            ),
            Column("status", _("How sure"), value=lambda row: sure(row.clause.status), badge=True),
        ],
        filters=[
            *_clause_filters(),
        ],
        empty_title=_("No clause fits"),
        empty_text=_("Take a filter away or search for fewer words."),
    )
    return listing.response() or render(
        request, "reporting/clauses.html", {"listing": listing, "tabs": _tabs("matrix")}
    )


@require_GET
def guidelines(request: HttpRequest) -> HttpResponse:
    """Sector × guideline: how many clauses, how many cases, and how well the sector's parameters are known."""
    listing = Listing(
        request,
        key="guidelines",
        title=_("Guidelines"),
        rows=as_rows(MemoryRows(rulebook.guidelines())),
        columns=[
            Column(
                "title",
                _("Rule set"),
                sort="title",
                link=lambda row: f"{reverse('reporting:rulebook')}?{urlencode({'set': row.set})}",
            ),
            Column("instrument", _("Instrument"), sort="instrument", chinese=True),
            Column("clauses", _("Clauses"), sort="clauses", places=0),
            Column("computed", _("Computed"), sort="computed", places=0),
            Column("cases", _("Golden cases"), sort="cases", places=0),
            *map(_values, STATUSES),
        ],
        filters=[
            Filter(
                "set",
                _("Rule set"),
                lambda rows, value: rows.where(lambda row: row.set == value),  # type: ignore[attr-defined]
                _sets(),
            ),
        ],
        empty_title=_("No clause fits"),
        empty_text=_("Take a filter away or search for fewer words."),
    )
    return listing.response() or render(
        request, "reporting/clauses.html", {"listing": listing, "tabs": _tabs("guidelines")}
    )


def _values(status: str) -> Column:
    """How many dated values of parameters are known so well."""
    title = _("Values: %(status)s") % {"status": STATES[sure(status)][0]}
    return Column(status, title, value=lambda row: row.statuses[status], places=0, wide=True)
