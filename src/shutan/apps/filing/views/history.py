"""The history of a month: its versions, its steps, and for the enterprise itself every saving of a cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.accounts.words import action_names
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Listing
from shutan.apps.filing import queries
from shutan.apps.filing.content import plain
from shutan.apps.filing.views.months import frame
from shutan.documents import wording
from shutan.kernel import Choice, RuleSet
from shutan.rules.registry import rule_set


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Versions and steps for whoever sees the month; what was typed before it was filed is the enterprise's own."""
    person = access.me(request)
    filing = queries.month(person, pk)
    context = frame(request, filing, "history")
    names = action_names()
    context["steps"] = [
        (one, names.get(one.action, one.action), _who(one, person)) for one in queries.steps(filing)
    ]
    if context["changes"]:
        listing = _cells(request, rule_set(filing.book.rule_set), context["versions"], filing.period)
        if answer := listing.response():
            return answer
        context["listing"] = listing
    return render(request, "filing/history.html", context)


def _who(entry: LogEntry, person: User) -> str:
    """People of one's own house by name, others by their organisation."""
    if entry.organisation_id == person.organisation_id or entry.organisation is None:
        return entry.actor_name
    return str(entry.organisation)


def _cells(request: HttpRequest, rules: RuleSet, versions: list[Any], period: str) -> Listing:
    words = language()
    tables = {table.name: wording.pick(table.label, words) for table in rules.tables}

    def said(row: Any, number: Decimal | None, text: str | None) -> str:
        one = rules.inputs.get(row.variable)
        if number is not None:
            return plain(number)
        if isinstance(one, Choice) and text in one.choices.members:
            return wording.pick(f"{one.choices[text].zh}|{one.choices[text].en}", words)
        return text or ""

    def label(row: Any) -> str:
        return wording.label_of(rules, row.variable, words) if row.variable in rules.inputs else row.variable

    return Listing(
        request,
        key="cells",
        title=f"{period} {_('History')}",
        rows=queries.cell_history(versions),
        columns=[
            Column("at", _("When"), value=lambda row: row.pgh_created_at, sort="pgh_id"),
            Column("who", _("Who"), value=lambda row: str(row.changed_by or ""), sort="changed_by__name"),
            Column(
                "version", _("Version"), value=lambda row: str(row.filing.version), sort="filing__version"
            ),
            Column("table", _("Table"), value=lambda row: tables.get(row.table, row.table), wide=True),
            Column("row", _("Row"), value=lambda row: " · ".join(row.key)),
            Column("item", _("Item"), value=label, sort="variable"),
            Column("before", _("Before"), value=lambda row: said(row, row.was_number, row.was_text)),
            Column("after", _("Now"), value=lambda row: said(row, row.number, row.text)),
            Column("unit", _("Unit"), value=lambda row: wording.unit_text(rules, row.unit, words), wide=True),
            Column("note", _("Note"), value=lambda row: row.note, shown=False),
        ],
        search=("variable", "text", "changed_by__name"),
        empty_title=_("No cell was saved yet"),
    )
