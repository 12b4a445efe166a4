"""Pages of departments' data: what was given, the uploads, a template of each kind."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import DEPARTMENTS
from shutan.apps.common import export
from shutan.apps.common.files import Upload
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.values import exact
from shutan.apps.departments import actions, kinds, queries
from shutan.apps.departments.kinds import KINDS, DataKind
from shutan.apps.duties.views.intake import received

LONGEST_NUMBER = 9  # digits


def _whole(rows: Any, name: str, value: str) -> Any:
    return rows.filter(**{name: int(value)}) if value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER else rows.none()  # fmt: skip


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Figures of departments; what counts today, or also what was replaced."""
    person = access.me(request)
    own = person.kind in DEPARTMENTS
    rows = queries.figures(person)
    if not (request.GET.get("shown") or request.GET.get("delivery")):
        rows = rows.filter(replaced=False)
    listing = Listing(
        request,
        key="department-data",
        title=_("Departments' data"),
        rows=rows,
        columns=[
            Column("name", _("Enterprise"), sort="name"),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", wide=True),
            Column("home", _("Matched to"), sort="home", shown=False),
            Column("period", _("Period"), sort="year"),
            Column("what", _("Item")),
            Column("number", _("Value"), value=lambda row: exact(row.number), sort="number"),
            Column("unit", _("Unit of measurement")),
            Column("organisation", _("From"), value=lambda row: str(row.delivery.organisation), shown=not own, wide=True),
            Column("at", _("Uploaded"), value=lambda row: row.delivery.at, shown=False),
            Column("replaced", _("Replaced since"), shown=False),
        ],
        filters=[
            Filter("kind", _("Kind of data"), lambda found, value: found.filter(delivery__kind=value), [(one.name, one.label) for one in KINDS.values()]),
            Filter("year", _("Year"), lambda found, value: _whole(found, "year", value)),
            Filter("matched", _("Matched"), lambda found, value: found.filter(home__isnull=value == "no"), [("yes", _("Known here")), ("no", _("Not known here"))]),
            Filter("shown", _("Shown"), lambda found, _value: found, [("all", _("Also what was replaced"))]),
            Filter("delivery", _("Number of the upload"), lambda found, value: _whole(found, "delivery", value)),
        ],
        search=("name", "credit_code", "item"),
        empty_title=_("No data"),
        empty_text=_("Tables that departments upload about enterprises stand here, each figure with where it came from."),
    )  # fmt: skip
    mine = kinds.of(person.kind) if access.may_do(person, "departments.upload") else []
    context = {"listing": listing, "own": own, "kinds": mine, "every": KINDS.values()}
    return listing.response() or render(request, "departments/list.html", context)


@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """Every upload with its rows, also of those that were replaced."""
    person = access.me(request)
    listing = Listing(
        request,
        key="department-uploads",
        title=_("Uploads"),
        rows=queries.deliveries(person),
        columns=[
            Column("name", _("File"), sort="name", chinese=True, link=lambda row: f"{reverse('departments:data')}?delivery={row.pk}"),
            Column("kind", _("Kind of data"), value=lambda row: row.kind_name, sort="kind"),
            Column("organisation", _("From"), sort="organisation__name_zh"),
            Column("rows", _("Rows"), sort="rows", places=0),
            Column("at", _("Uploaded"), sort="at"),
            Column("by", _("By"), wide=True),
            Column("sha256", "SHA-256", shown=False),
        ],
        search=("name",),
        empty_title=_("Nothing was uploaded"),
        empty_text=_("Each table that a department uploads stays here with its rows."),
    )  # fmt: skip
    return listing.response() or render(request, "departments/deliveries.html", {"listing": listing})


def _kind(name: str) -> DataKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_POST
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a table, or say all that is wrong with it."""
    person, of = access.me(request), _kind(kind)

    def record(sent: Upload) -> str:
        made = actions.upload(person, of, sent, now=timezone.now())
        return ngettext("%(n)s row recorded.", "%(n)s rows recorded.", made.rows) % {"n": made.rows}

    return received(request, record, "departments:data")


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001 - the form of every view
    """An empty table with the heads that are read."""
    columns = _kind(kind).columns
    heads = [export.head(getattr(one, language()), getattr(one, "unit", "")) for one in columns]
    return HttpResponse(
        export.as_xlsx(_("Data"), heads, []),
        content_type=export.WRITERS["xlsx"][1],
        headers={"Content-Disposition": f'attachment; filename="{kind}.xlsx"'},
    )
