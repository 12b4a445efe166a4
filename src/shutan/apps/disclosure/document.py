"""The form as the public reads it, in both languages: the guideline's tables from the report, then what was entered.

    {"zh": {"title": …, "tables": [{"number", "title", "note", "heads", "rows"}]}, "en": {…}}

All cells are texts with their units beside them, so that the page of ten years ago still says what it said.
"""

from __future__ import annotations

from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from shutan.apps.disclosure.models import Disclosure, Measure
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, decimals, figure
from shutan.apps.reporting.results import result_of
from shutan.documents.grids import Slot, grids
from shutan.documents.wording import pick
from shutan.kernel.grain import last_day
from shutan.rules.registry import rule_set, rule_sets

LANGUAGES = {"zh": "zh-hans", "en": "en"}
EMPTY = "—"
MEASURES_CLAUSE = "AG-V04 13 h"  # voluntary, power from 2026


def sectors() -> list[str]:
    """Rule sets whose guideline has a form of disclosure."""
    return [name for name, rules in rule_sets().items() if rules.disclosure]


def takes_measures(rules_name: str, year: int) -> bool:
    """Whether the guideline of a year lets the enterprise state mitigation results."""
    clause = rule_set(rules_name).clauses.get(MEASURES_CLAUSE)
    return clause is not None and clause.holds(last_day(year))


def compose(disclosure: Disclosure) -> dict[str, Any]:
    """The whole form as it would be published now."""
    composed = {}
    for language, code in LANGUAGES.items():
        with translation.override(code):
            composed[language] = _form(disclosure, language)
    return composed


def _form(disclosure: Disclosure, language: str) -> dict[str, Any]:
    rules = rule_set(disclosure.rule_set)
    if rules.disclosure is None:
        raise ValueError(f"{disclosure.rule_set} has no form of disclosure")
    tables = [*_from_report(disclosure.report, language), _surrender(disclosure)]
    if takes_measures(disclosure.rule_set, disclosure.year):
        tables.append(_measures(disclosure))
    return {"title": pick(rules.disclosure.title, language), "tables": tables}


def _from_report(report: Report, language: str) -> list[dict[str, Any]]:
    """The tables that follow from the report. An amount that waits says so; it is not left out."""
    result = result_of(report)
    writer = Presenter(report, result)
    form = result.rules.disclosure
    if form is None:
        return []

    def text(cell: str | Slot) -> str:
        if not isinstance(cell, Slot):
            return cell
        shown = writer.shown(cell.name, cell.key)
        return EMPTY if shown is None or not shown.text else shown.text

    return [
        {
            "number": grid.number,
            "title": grid.title,
            "note": grid.note,
            "heads": list(grid.heads),
            "rows": [[text(cell) for cell in row] for row in grid.rows],
        }
        for grid in grids(result, form, language)
    ]


def _surrender(disclosure: Disclosure) -> dict[str, Any]:
    rows = [[_("Surrender of allowances"), "", disclosure.get_surrender_display()]]
    if disclosure.surrendered_t is not None:
        rows.append([_("Amount surrendered"), "tCO₂", figure(disclosure.surrendered_t, 0)])
    if disclosure.surrendered_on:
        day = formats.date_format(disclosure.surrendered_on, "DATE_FORMAT")
        rows.append([_("Surrendered on"), "", day])
    number = "D.7" if disclosure.rule_set == "power" else "D"
    return _table(number, _("Surrender of allowances"), [_("Item"), _("Unit"), _("Content")], rows)


def _measures(disclosure: Disclosure) -> dict[str, Any]:
    heads = [
        _("Measure"),
        _("What was changed"),
        f"{_('Investment, once')} ({_('10⁴ yuan')})",
        f"{_('Running cost a year')} ({_('10⁴ yuan')})",
        f"{_('Energy added a year')} (tce)",
        f"{_('Reduction a year')} ({_('10⁴ tCO₂')})",
    ]
    rows = [
        [
            one.name,
            one.get_part_display() or EMPTY,
            *(
                EMPTY if value is None else figure(value, decimals(value))
                for value in (one.investment, one.running_cost, one.added_energy, one.reduction)
            ),
        ]
        for one in Measure.objects.filter(disclosure=disclosure)
    ]
    note = _("Stated by the enterprise by choice; nobody has verified it.")
    return _table("h", _("Mitigation results"), heads, rows, note)


def _table(
    number: str, title: str, heads: list[str], rows: list[list[Any]], note: str = ""
) -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "note": note,
        "heads": heads,
        "rows": [list(map(str, row)) for row in rows],
    }
