"""A sheet of the plant's own systems into a month: choose columns, look at what they give with all faults, save."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.files import Upload
from shutan.apps.common.language import language
from shutan.apps.filing import mappings, plant_sheets, queries, sheets, units
from shutan.apps.filing.mappings import Place, Preview
from shutan.apps.filing.models import MonthlyFiling, SheetMapping
from shutan.apps.filing.plant_sheets import Column, Figure, Layout, Target
from shutan.apps.filing.views import TOLD, performed
from shutan.apps.filing.views.months import frame, whole
from shutan.documents.safety import LARGEST_FILE

SHOWN_FAULTS = 100
EXAMPLES = 3


@dataclass(frozen=True)
class Line:
    """A column of the sheet as the page lists it: its head, what stands first in it, what it fills and what comes of it."""

    head: str
    examples: str
    to: str
    unit: str
    place: Place | None
    figure: Figure | None


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a POST brings the sheet each time, nothing of it is kept before the cells are saved."""
    person = access.me(request)
    filing = queries.month(person, pk)
    context = frame(request, filing, "sheet")
    if not filing.is_open or not context["changes"]:
        raise Http404
    known = queries.mappings(person).filter(
        organisation=filing.book.organisation_id, rule_set=filing.book.rule_set
    )
    context["mappings"] = known
    if request.method == "GET":
        return render(request, "filing/sheet.html", context)
    sent = request.FILES.get("file")
    if sent is None:
        return render(request, "filing/_sheet.html", {"faults": [_("Choose a file.")]}, status=TOLD)
    upload = Upload(sent.name or "", sent.read(LARGEST_FILE + 1))
    year = queries.year_of(person, filing)
    places = mappings.places(year, filing.month, language())
    chosen = known.filter(pk=whole(request.POST.get("mapping", ""))).first()
    layout = _layout(request, places, chosen)
    found = mappings.preview(year, filing.month, upload, layout, language())
    told = {
        "filing": filing,
        "found": found,
        "mapping": chosen,
        "lines": _lines(found, places),
        "places": [one.label for one in places.values()],
        "units": sorted({unit for one in places.values() for unit in units.choices(one.unit) if unit}),
        "seen": "\n".join(str(one.seen) for one in places.values()),
        "faults": found.faults,
        "wrong": found.gathered.faults[:SHOWN_FAULTS],
        "made": sum(one.value is not None for one in found.gathered.figures),
        "name": request.POST.get("name", chosen.name if chosen else "")[:80],
    }
    if found.faults:
        return render(request, "filing/_sheet.html", told, status=TOLD)
    if request.POST.get("do") == "save":
        told |= _save(request, filing, found, places)
    return render(request, "filing/_sheet.html", told)


def _layout(request: HttpRequest, places: dict[Target, Place], chosen: SheetMapping | None) -> Layout | None:
    """The layout that the page shows, or that of a mapping which was just chosen; None for a sheet seen first."""
    post = request.POST
    if "header" not in post or (chosen and post.get("shown") != str(chosen.pk)):
        return Layout.of(chosen.layout) if chosen else None
    by_label = {one.label: target for target, one in places.items()}
    columns = []
    for head, to, unit in zip(post.getlist("head"), post.getlist("to"), post.getlist("unit"), strict=False):
        if target := by_label.get(to.strip()):
            columns.append(Column(head, target, unit.strip()[:20]))
    sentinels = tuple(
        part for part in post.get("sentinels", "").replace("，", ",").split(",") if part.strip()
    )
    header = max(1, whole(post.get("header", "")))
    return Layout(post.get("sheet", "")[:100], header, post.get("day", "")[:100], tuple(columns), sentinels)


def _lines(found: Preview, places: dict[Target, Place]) -> list[Line]:
    mapped = {one.head: one for one in found.layout.columns}
    made = {one.column.head: one for one in found.gathered.figures}
    lines = []
    for at, head in enumerate(plant_sheets.heads(found.rows, found.layout.header)):
        if not head:
            continue
        below = [row[at] for row in found.rows[found.layout.header :] if at < len(row)][:EXAMPLES]
        column = mapped.get(head)
        place = places.get(column.target) if column else None
        lines.append(
            Line(
                head,
                " · ".join(str(one)[:12] for one in below if one not in (None, "")),
                place.label if place else "",
                column.unit if column else "",
                place,
                made.get(head),
            )
        )
    return lines


def _save(
    request: HttpRequest, filing: MonthlyFiling, found: Preview, places: dict[Target, Place]
) -> dict[str, object]:
    """Save the cells, and the mapping where it has a name; what the page then says."""
    person, now = access.me(request), timezone.now()
    revisions = [whole(one) for one in request.POST.get("seen", "").split()]
    seen = dict(zip(places, revisions, strict=False))
    name = request.POST.get("name", "").strip()
    try:
        mappings.check(filing.book.rule_set, found.layout)
        if name:
            mappings.save_mapping(
                person,
                filing.organisation,
                rule_set_name=filing.book.rule_set,
                name=name,
                layout=found.layout,
                now=now,
            )
        done = mappings.fill(person, filing, found.gathered, seen, now=now)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return {}
    return {"saved": sheets.outcome(done), "month": reverse("filing:month", args=[filing.pk])}


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a mapping, and go back to the month one came from."""
    person = access.me(request)
    held = get_object_or_404(queries.mappings(person), pk=pk)
    performed(request, lambda: mappings.drop_mapping(person, held, now=timezone.now()), _("Deleted."))
    month = queries.months(person).filter(pk=whole(request.POST.get("month", ""))).first()
    return redirect("filing:sheet", pk=month.pk) if month else redirect("filing:list")
