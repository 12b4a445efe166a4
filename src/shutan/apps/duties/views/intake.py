"""Pages of the figures that decide: recorded emissions, candidates from other departments' data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access
from shutan.apps.common import export
from shutan.apps.common.files import Upload
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.directory.queries import value_now
from shutan.apps.directory.reading import FaultsError
from shutan.apps.duties import forms, intake, queries
from shutan.apps.duties.models import AnnualEmission, Candidate
from shutan.apps.duties.views import OK, performed, told
from shutan.documents.safety import LARGEST_FILE
from shutan.kernel import Choice


def received(request: HttpRequest, record: Callable[[Upload], str], back: str) -> HttpResponse:
    """Hand the uploaded file to what records it and answer with what that says, or with every fault of the file."""
    sent = request.FILES.get("file")
    problems = []
    if sent is not None:
        try:
            message = record(Upload(sent.name or "file", sent.read(LARGEST_FILE + 1)))
            return render(request, "duties/uploaded.html", {"message": message, "url": reverse(back)})
        except FaultsError as error:
            problems = told(error.problems)
    return render(request, "duties/failed.html", {"problems": problems}, status=422)


@require_http_methods(["GET", "POST"])
def emissions(request: HttpRequest) -> HttpResponse:
    """Emissions of units by year: what lists are computed from. An upload adds rows; none is ever changed."""
    person = access.me(request)

    def record(upload: Upload) -> str:
        count = intake.record_emissions(person, upload, now=timezone.now(), today=timezone.localdate())
        return ngettext("%(n)s row recorded.", "%(n)s rows recorded.", count) % {"n": count}

    if request.method == "POST":
        return received(request, record, "duties:emissions")
    listing = Listing(
        request,
        key="emissions",
        title=_("Emissions by year"),
        rows=queries.emissions(person).annotate(unit=value_now("entity")),
        columns=[
            Column("unit", _("Unit"), sort="unit"),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("activity", _("Activity"), value=lambda row: row.activity_name),
            Column("code", _("Class of GB/T 4754"), value=lambda row: row.code_name, wide=True),
            Column("basis", _("Basis"), value=lambda row: row.get_basis_display(), sort="basis"),
            Column("direct_t", _("Direct emissions"), unit="tCO₂", places=2, sort="direct_t"),
            Column("total_t", _("All emissions"), unit="tCO₂e", places=2, sort="total_t", wide=True),
            Column("energy_tce", _("Energy use"), unit="tce", places=2, sort="energy_tce", wide=True),
            Column("source", _("Source"), wide=True),
            Column("recorded_at", _("Recorded"), sort="recorded_at", wide=True),
        ],
        filters=[
            Filter(
                "basis",
                _("Basis"),
                lambda rows, value: rows.filter(basis=value),
                AnnualEmission.Basis.choices,
            ),
            Filter(
                "year", _("Year"), lambda rows, value: rows.filter(year=value) if value.isdigit() else rows
            ),
        ],
        search=("unit", "source"),
        empty_title=_("No emissions recorded"),
        empty_text=_("Fill in the template with verified results and expected emissions, and upload it."),
    )
    return listing.response() or render(request, "duties/emissions.html", {"listing": listing})


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table with the heads that are read, and what each column takes."""
    columns = intake.EMISSION_COLUMNS if kind == "emissions" else intake.CANDIDATE_COLUMNS
    at = language()
    heads = [export.head(getattr(one, at), getattr(one, "unit", "")) for one in columns]
    choices = [one for one in columns if isinstance(one, Choice)]
    rows: list[list[Any]] = []
    book = export.as_xlsx(_("Data"), heads, rows)
    if request.GET.get("choices"):
        longest = max((len(one.choices.members) for one in choices), default=0)
        columns_of = [[getattr(member, at) for member in one.choices.members.values()] for one in choices]
        rows = [[each[place] if place < len(each) else "" for each in columns_of] for place in range(longest)]
        book = export.as_xlsx(_("Choices"), [getattr(one, at) for one in choices], rows)
    return HttpResponse(
        book,
        content_type=export.WRITERS["xlsx"][1],
        headers={"Content-Disposition": f'attachment; filename="{kind}.xlsx"'},
    )


@require_http_methods(["GET", "POST"])
def candidates(request: HttpRequest) -> HttpResponse:
    """Enterprises that departments' data show above a threshold and that are on no list."""
    person = access.me(request)

    def record(upload: Upload) -> str:
        rows, above = intake.upload_candidates(person, upload, now=timezone.now())
        return _("%(rows)s rows recorded, %(above)s above a threshold.") % {"rows": rows, "above": above}

    if request.method == "POST":
        return received(request, record, "duties:candidates")
    every = request.GET.get("show") == "all"
    rows_shown = queries.candidates(person, intake.candidates(uncovered=not every))
    decides = access.may_do(person, "duties.decide_candidate")
    listing = Listing(
        request,
        key="candidates",
        title=_("Candidates"),
        rows=rows_shown,
        columns=[
            Column(
                "name",
                _("Enterprise"),
                sort="name",
                link=(lambda row: reverse("duties:candidate", args=[row.pk])) if decides else None,
            ),
            Column("credit_code", _("Unified social credit code"), sort="credit_code"),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("energy_tce", _("Energy use"), unit="tce", places=2, sort="energy_tce"),
            Column("direct_t", _("Direct emissions"), unit="tCO₂", places=2, sort="direct_t"),
            Column("above", _("Above a threshold"), wide=True),
            Column("on_list", _("On a list"), wide=True),
            Column("organisation", _("From"), value=lambda row: str(row.organisation), wide=True),
            Column("state", _("Status"), sort="state", badge=True),
            Column("reason", _("Reason"), wide=True),
        ],
        filters=[
            Filter(
                "state", _("Status"), lambda rows, value: rows.filter(state=value), Candidate.State.choices
            ),
            Filter("show", _("Shown"), lambda rows, _value: rows, [("all", _("All uploaded rows"))]),
        ],
        search=("name", "credit_code"),
        empty_title=_("No candidate"),
        empty_text=_(
            "Enterprises above a threshold that stand on no list appear here once statistics or energy data are uploaded."
        ),
    )
    context = {"listing": listing, "uploads": access.may_do(person, "duties.upload_candidates")}
    return listing.response() or render(request, "duties/candidates.html", context)


@require_http_methods(["GET", "POST"])
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate: the figures, and the province's decision with its reason."""
    person = access.me(request)
    row = get_object_or_404(queries.candidates(person, intake.candidates(uncovered=False)), pk=pk)
    form = forms.CandidateForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = performed(
            request,
            form,
            lambda: intake.decide_candidate(
                person,
                row,
                include=form.cleaned_data["include"] == "yes",
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            ),
            _("The decision is recorded."),
        )
        if status == OK:
            if form.cleaned_data["include"] == "yes":
                messages.info(
                    request, _("Next: register the enterprise in the directory, then put it on the list.")
                )
            return redirect("duties:candidates")
    facts = [
        (_("Unified social credit code"), row.credit_code),
        (_("Year"), str(row.year)),
        (_("Energy use"), f"{row.energy_tce} tce" if row.energy_tce is not None else ""),
        (_("Direct emissions"), f"{row.direct_t} tCO₂" if row.direct_t is not None else ""),
        (_("From"), row.organisation),
        (_("On a list"), _("Yes") if getattr(row, "on_list", False) else _("No")),
        (_("Reason"), row.reason),
    ]
    open_ = row.state == Candidate.State.OPEN
    context = {"candidate": row, "facts": facts, "form": form if open_ else None}
    return render(request, "duties/candidate.html", context, status=status)
