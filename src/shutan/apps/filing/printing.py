"""A month on paper: every figure as it stands, for the stamp. The scan comes back as evidence (`papers.STAMPED`)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shutan.apps.common.language import language
from shutan.apps.filing import sheets
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.documents.folio import Folio, Part, folio_pdf
from shutan.documents.wording import pick

LINE = "＿＿＿＿＿＿"


def pdf(year: Year, filing: MonthlyFiling) -> bytes:
    """The month as PDF, the same bytes for the same figures; a draft says that it is one."""
    return folio_pdf(folio(year, filing))


def folio(year: Year, filing: MonthlyFiling) -> Folio:
    """What stands on the paper: items that say something, in the order of the tables."""
    home = filing.organisation
    facts = [
        (_("Organisation"), home.name),
        (_("Unified social credit code"), home.credit_code or "—"),
        (_("Sector"), pick(year.rules.title, language())),
        (_("Month"), filing.period),
        (_("Version"), str(filing.version)),
        (_("Status"), str(filing.get_state_display())),
    ]
    if filing.stopped:
        facts.append((_("This month"), _("Nothing was produced in this month")))
    if filing.content_digest:
        facts.append(("SHA-256", filing.content_digest))
    parts = [Part(_("The month"), facts)]
    for sheet in sheets.month_sheets(year, filing.month):
        heads, rows = _table(sheet)
        if rows:
            parts.append(Part(sheet["title"], heads=heads, rows=rows))
    signed = [
        (_("Compiled by"), LINE),
        (_("Reviewed by"), LINE),
        (_("Responsible person"), LINE),
        (_("Stamp and date"), LINE),
    ]
    parts.append(Part(_("Signatures"), signed))
    legal = _(
        "The legal filing is made on the national platform; this sheet prints what stands in the "
        "province's working record."
    )
    title = _("Monthly filing %(period)s") % {"period": filing.period}
    return Folio(title, language(), home.name, parts, [legal])


def _table(sheet: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: a line a figure, whatever the grid shows across."""
    obtained = {str(key): str(label) for key, label in FiledValue.Obtained.choices}
    heads = [_("Row"), _("Item"), _("Unit"), _("Value"), _("Obtained"), _("Note")]
    rows = []
    if sheet["layout"] == "lines":
        found = [(line["row"], line, line) for line in sheet["lines"]]
    else:
        columns = {one["name"]: one for one in sheet["columns"]}
        found = [
            (" · ".join(row["key"]), columns[name], cell)
            for row in sheet["rows"]
            for name, cell in row["cells"].items()
            if name in columns
        ]
    for row, one, cell in found:
        if cell["value"]:
            value = one.get("choices", {}).get(cell["value"], cell["value"])
            rows.append(
                [row, one["label"], one["unit"], value, obtained.get(cell["obtained"], ""), cell["note"]]
            )
    return heads, rows
