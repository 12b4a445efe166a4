"""The lists of the directory, the saved views of them, the map."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import prefecture_filter
from shutan.apps.directory import chart_map, queries, saved
from shutan.apps.directory.facts import FACTS, FactType, Sector, State
from shutan.apps.directory.models import EntityKind, SavedView
from shutan.apps.directory.present import address
from shutan.rules.common.divisions import divisions

WIDE = {
    "address",
    "site",
    "legal_representative",
    "head_office",
    "reporting_entity",
    "industry",
    "product",
    "equipment",
}
HIDDEN = {"address", "site", "head_office", "reporting_entity", "legal_representative"}
SEARCHED = ("at_name", "at_credit_code", "at_owner_name", "at_facility_name", "at_lead_name")


def day_of(text: str, today: date) -> date:
    """A day as typed; today where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def _column(one: FactType) -> Column:
    said = language()
    key = f"at_{one.name}_name" if one.target else f"at_{one.name}"
    link: Any = None
    if one.name == "name":
        link = lambda row: address(row.pk)  # noqa: E731
    elif one.target:
        link = lambda row: address(target) if (target := getattr(row, f"at_{one.name}")) else ""  # noqa: E731
    return Column(
        one.name,
        one.label(said),
        value=lambda row: one.shown(getattr(row, key) or "", said) if not one.target else getattr(row, key),
        sort=key,
        link=link,
        shown=one.name not in HIDDEN,
        wide=one.name in WIDE,
    )


def _filters(kind: str, asked: str) -> list[Filter]:
    said = language()

    def choices(members: Any) -> list[tuple[str, str]]:
        return [(one.key, one.zh if said == "zh" else one.en) for one in members]

    filters = [
        Filter("sector", _("Sector"), lambda rows, value: rows.filter(at_sector=value), choices(Sector)),
        Filter("state", _("State"), lambda rows, value: rows.filter(at_state=value), choices(State)),
    ]
    if kind != EntityKind.LINE:
        filters.insert(1, prefecture_filter("at_division"))
        if counties := [
            (one.code, one.named(said)) for one in divisions().values() if one.parent == f"{asked}00"
        ]:
            filters.insert(
                2, Filter("county", _("County"), lambda rows, code: rows.filter(at_division=code), counties)
            )
    filters.append(Filter("on", _("On the day (YYYY-MM-DD)"), lambda rows, _value: rows))
    return filters


@require_GET
def entities(request: HttpRequest, kind: str = EntityKind.LEGAL_PERSON) -> HttpResponse:
    """All entities of a kind the person may see, with their facts of a day."""
    if kind not in FACTS:
        raise Http404
    person, today = access.me(request), timezone.localdate()
    day = day_of(request.GET.get("on", ""), today)
    rows = queries.as_of(person, day, kind, today=today)
    types = FACTS[kind]
    keys = {f"at_{one.name}_name" if one.target else f"at_{one.name}" for one in types}
    may_create = access.may_do(person, "directory.create_entity")
    listing = Listing(
        request,
        key=f"directory-{kind}",
        title=EntityKind(kind).label,
        rows=rows,
        columns=[_column(one) for one in types],
        filters=_filters(kind, request.GET.get("city", "")),
        search=tuple(name for name in SEARCHED if name in keys),
        sort="name",
        empty_title=_("Nothing here yet"),
        empty_text=_(
            "Nothing fits, or nothing is registered in your scope. Clear the filters, add a record or import a workbook."
        )
        if may_create
        else _("Nothing fits, or nothing is registered in your scope."),
        empty_link=(reverse("directory:create", args=[kind]), _("Add")) if may_create else None,
    )
    context = {
        "listing": listing,
        "kind": kind,
        "kind_label": EntityKind(kind).label,
        "day": day,
        "is_today": day == today,
        "tabs": [(_path(one), EntityKind(one).label, one == kind) for one in FACTS],
        "may_create": may_create,
        "views": SavedView.objects.filter(person=person, list_key=listing.key).order_by("name"),
    }
    return listing.response() or render(request, "directory/list.html", context)


def _path(kind: str) -> str:
    return (
        reverse("directory:list")
        if kind == EntityKind.LEGAL_PERSON
        else reverse("directory:kind", args=[kind])
    )


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is shown under a name; its address is where the form was sent from."""
    seen = urlsplit(request.headers.get("Referer", ""))
    kind = request.POST.get("kind", "")
    if kind not in FACTS:
        raise Http404
    try:
        saved.save_view(
            access.me(request),
            list_key=f"directory-{kind}",
            name=request.POST.get("name", ""),
            query=seen.query if seen.path == _path(kind) else "",
            now=timezone.now(),
        )
    except ValidationError as error:
        return render(
            request,
            "directory/fault.html",
            {"faults": error.messages, "back": _path(kind)},
            status=422,
        )
    return redirect(f"{_path(kind)}?{seen.query}" if seen.query and seen.path == _path(kind) else _path(kind))


@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved view."""
    view = get_object_or_404(SavedView, pk=pk, person=access.me(request))
    kind = view.list_key.removeprefix("directory-")
    saved.drop_view(access.me(request), view, now=timezone.now())
    return redirect(_path(kind))


@require_GET
def province_map(request: HttpRequest) -> HttpResponse:
    """How many of a kind lie in each prefecture; a click leads to the list."""
    kind = request.GET.get("kind", EntityKind.LEGAL_PERSON)
    if kind not in (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY, EntityKind.FACILITY):
        raise Http404
    person, today = access.me(request), timezone.localdate()
    sector = request.GET.get("sector", "")
    rows = queries.as_of(person, today, kind, today=today)
    if sector in Sector.members:
        rows = rows.filter(at_sector=sector)
    counted = rows.order_by().values("at_division").annotate(n=Count("pk"))
    counts: dict[str, int] = {}
    for row in counted:
        code = (row["at_division"] or "")[:4] + "00"
        counts[code] = counts.get(code, 0) + row["n"]
    extra = f"&sector={sector}" if sector in Sector.members else ""
    shown = chart_map.province(
        counts, title=str(EntityKind(kind).label), link=lambda code: f"{_path(kind)}?city={code[:4]}{extra}"
    )
    said = language()
    context = {
        "map": shown,
        "kind": kind,
        "sector": sector,
        "sectors": [(one.key, one.zh if said == "zh" else one.en) for one in Sector],
        "kinds": [
            (one.value, one.label)
            for one in (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY, EntityKind.FACILITY)
        ],
    }
    return render(request, "directory/map.html", context)
