"""Invented data for the developers' page of components. Nothing here is a number of the law."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.charts import Chart, Limit, Series
from shutan.apps.common.components import STATES
from shutan.apps.common.listing import Column, Filter, Listing

MONTHS = [f"{month:02}" for month in range(1, 13)]
COAL = [52310, 47880, 50120, 44870, 41230, 46980, 55670, 57240, 48310, 43900, 47650, 53480]
GAS = [2110, 1980, 2050, 1870, 1790, 1930, 2240, 2310, 2010, 1880, 1950, 2140]
INTENSITY = [0.8412, 0.8398, 0.8371, 0.8433, 0.8467, 0.8389, 0.8325, 0.8316, 0.8402, 0.8441, 0.8396, 0.8358]
LIMIT = Decimal("0.8330")


def listing(request: HttpRequest) -> Listing:
    """A list over a real table, with every kind of column."""
    explain = reverse("components_explain")
    return Listing(
        request,
        key="sample",
        title=_("Organisations"),
        rows=Organisation.objects.all(),
        columns=[
            Column("name", _("Name"), sort="name_zh", link=lambda _row: "#"),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
            Column("credit_code", _("Unified social credit code"), shown=False),
            Column("state", _("Status"), value=lambda row: list(STATES)[row.pk % 6], badge=True),
            Column(
                "emissions",
                _("Emissions"),
                value=lambda row: Decimal(row.pk * 123_457) / 10,
                unit="tCO₂",
                places=1,
                explain=lambda _row: explain,
            ),
        ],
        filters=[Filter("kind", _("Kind"), lambda rows, value: rows.filter(kind=value), Kind.choices)],
        search=("name_zh", "name_en"),
        sort="name",
        size=5,
        empty_title=_("Nothing fits"),
        empty_text=_("Take a filter away to see more."),
    )


def context(rows: Listing) -> dict[str, Any]:
    """What the page of components shows."""
    return {
        "listing": rows,
        "states": STATES,
        "charts": [
            Chart(
                key="emissions",
                title=_("Summer months emit most: coal carries 96 % of the year"),
                unit="tCO₂",
                categories=MONTHS,
                series=[Series(_("Coal"), COAL, stack="fuel"), Series(_("Gas"), GAS, stack="fuel")],
            ),
            Chart(
                key="intensity",
                title=_("Intensity is above the benchmark in ten of twelve months"),
                unit="tCO₂/MWh",
                categories=MONTHS,
                series=[Series(_("Intensity"), INTENSITY, kind="line")],
                limits=[Limit(_("Benchmark"), LIMIT)],
                places=4,
            ),
        ],
        "facts": [
            (_("Reporting year"), "2024"),
            (_("Installed capacity"), _("2 × 600 MW")),
            (_("Submitted"), datetime(2025, 3, 28, 2, 32, tzinfo=UTC)),
            (_("Verified"), None),
        ],
        "tabs": [
            ("#summary", _("Summary"), True),
            ("#units", _("Units"), False),
            ("#findings", _("Findings"), False),
        ],
    }


def explanation() -> dict[str, Any]:
    """One explained figure."""
    return {
        "inputs": [
            (_("Consumption"), Decimal("31245.67"), "t", 2),
            (_("Carbon content, received basis"), Decimal("0.5521"), "tC/t", 4),
            (_("Oxidation rate"), 99, "%", 0),
        ],
        "value": Decimal("62621.9"),
    }
