"""Pages of the self-assessment by the management standard: list and overview, one year, one clause, years compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts import queries as accounts_queries
from shutan.apps.accounts.models import Kind
from shutan.apps.accounts.words import action_names
from shutan.apps.common import files
from shutan.apps.common.downloads import attached, kept
from shutan.apps.common.forms import add_errors, resend
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.standards import assessments, chapters, outputs, queries
from shutan.apps.standards.forms import BeginForm, EvidenceForm, ImprovementForm, ItemForm
from shutan.apps.standards.models import Assessment, Improvement, Item
from shutan.rules.standards import MANAGEMENT


def link(assessment: Assessment) -> str:
    """An assessment's page."""
    return reverse("standards:assessment", args=[assessment.pk])


def item_link(item: Item) -> str:
    """Where one clause is assessed."""
    return reverse("standards:item", args=[item.pk])


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Assessments a person may see; for regulators and head offices the overview."""
    return _list(request, BeginForm(choices=queries.assessed_for(access.me(request)), initial=_this_year()))


def _this_year() -> dict[str, int]:
    return {"year": timezone.localdate().year}


def _list(request: HttpRequest, form: BeginForm, status: int = 200) -> HttpResponse:
    person = access.me(request)
    rows = queries.assessments(person)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    listing = Listing(
        request,
        key="assessments",
        title=_("Management self-assessment"),
        rows=rows,
        columns=[
            Column("organisation", _("Enterprise"), sort="organisation__name_zh", link=link),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("state", _("Status"), value=lambda row: row.badge, sort="state", badge=True),
            Column("score", _("Score"), sort="score", unit="0–100", places=1),
            Column("n_answered", _("Assessed"), sort="n_answered", places=0, wide=True),
            Column("n_items", _("Clauses and chapters"), sort="n_items", places=0, wide=True),
            Column("n_open", _("Open improvements"), sort="n_open", places=0, wide=True),
            Column("n_overdue", _("Overdue"), sort="n_overdue", places=0),
        ],
        filters=[
            Filter(
                "year",
                _("Year"),
                lambda found, value: found.filter(year=value),
                [(str(one), str(one)) for one in years],
            ),
            Filter(
                "state",
                _("Status"),
                lambda found, value: found.filter(state=value),
                Assessment.State.choices,
            ),
        ],
        search=("organisation__name_zh", "organisation__name_en"),
        empty_title=_("No self-assessment"),
        empty_text=_("An enterprise begins one for each year; it then stands here."),
    )
    context = {
        "listing": listing,
        "form": form,
        "may_begin": access.may_open(person, "standards:begin") and queries.assessed_for(person).exists(),
        "standard": MANAGEMENT,
        "overview": outputs.overview(person, years[0])
        if years and person.kind not in (Kind.ENTERPRISE, Kind.SERVICE)
        else None,
    }
    return listing.response() or render(request, "standards/assessments.html", context, status=status)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a year."""
    person = access.me(request)
    form = BeginForm(request.POST, choices=queries.assessed_for(person))
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = assessments.begin(person, given["organisation"], given["year"], now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(link(made))
    return _list(request, form, 422)


def _assessment(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.assessments(access.me(request)), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One year: score, chapters, items, improvements."""
    return _page(request, _assessment(request, pk))


def _page(request: HttpRequest, assessment: Any, status: int = 200) -> HttpResponse:
    person = access.me(request)
    score, record = assessments.scored(assessment)
    found = assessments.items(assessment)
    changes = queries.may_change(person, assessment.organisation) and access.may_open(
        person, "standards:item"
    )
    signed = assessment.state == Assessment.State.SIGNED
    source = assessment.content.get("weights_source", "") if signed else record.source if record else ""
    names = action_names()
    last = {}
    if assessment.copied_from:
        last = {
            str(item): item.get_level_display()
            for item in assessment.copied_from.items.select_related("clause")
        }
    others = (
        queries.assessments(person).filter(organisation=assessment.organisation).exclude(pk=assessment.pk)
    )
    context = {
        "assessment": assessment,
        "score": score,
        "source": source,
        "chapters": [
            (
                one,
                chapters.title(one.number),
                [(item, last.get(str(item), "")) for item in found if item.chapter == one.number],
            )
            for one in score.chapters
        ],
        "improvements": [
            (one, one.is_overdue(timezone.localdate())) for item in found for one in item.improvements.all()
        ],
        "changes": changes,
        "answers": changes and not signed,
        "may_sign": not signed
        and person.organisation_id == assessment.organisation_id
        and access.may_do(person, "standards.sign_assessment"),
        "no_clauses": all(item.clause is None for item in found),
        "years": others,
        "standard": MANAGEMENT,
        "history": [
            (entry, names.get(entry.action, entry.action))
            for entry in accounts_queries.history(assessment)[:50]
        ],
    }
    return render(request, "standards/assessment.html", context, status=status)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Assess one clause."""
    found = _item(request, pk)
    form = ItemForm(
        request.POST or None,
        initial={"level": found.level, "finding": found.finding, "revision": found.revision},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessments.assess(access.me(request), found, **form.cleaned_data, now=timezone.now())
        except assessments.StaleItemError as error:
            form.add_error(None, error.messages)
            resend(form, error.saved.revision)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_next(found) if "next" in request.POST else item_link(found))
    return _item_page(request, found, form)


def _item(request: HttpRequest, pk: int) -> Item:
    found = get_object_or_404(queries.items(access.me(request)), pk=pk)
    if not queries.may_change(access.me(request), found.assessment.organisation):
        raise Http404
    return found


def _next(found: Item) -> str:
    """The next item without an answer, or the assessment where there is none."""
    every = assessments.items(found.assessment)
    at = next((place for place, one in enumerate(every) if one.pk == found.pk), 0)
    following = [one for one in every[at + 1 :] + every[:at] if not one.level]
    return item_link(following[0]) if following else link(found.assessment)


def _item_page(
    request: HttpRequest, found: Item, form: ItemForm | None = None, status: int = 200, **bound: Any
) -> HttpResponse:
    initial = {"level": found.level, "finding": found.finding, "revision": found.revision}
    shown = form or ItemForm(initial=initial)
    context = {
        "item": found,
        "assessment": found.assessment,
        "chapter": chapters.title(found.chapter),
        "form": shown,
        "open": found.assessment.state == Assessment.State.OPEN,
        "evidence": found.evidence.filter(removed_at=None),
        "improvements": found.improvements.select_related("responsible", "done_by", "verified_by"),
        "evidence_form": bound.get("evidence_form") or EvidenceForm(),
        "improvement_form": bound.get("improvement_form")
        or ImprovementForm(organisation=found.assessment.organisation),
        "standard": MANAGEMENT,
    }
    return render(request, "standards/item.html", context, status=422 if shown.errors else status)


@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add evidence to a clause."""
    found = _item(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        upload = files.Upload(sent.name, sent.read(files.LARGEST_DOCUMENT + 1)) if sent else None
        try:
            assessments.add_evidence(
                access.me(request), found, title=form.cleaned_data["title"], upload=upload, now=timezone.now()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(f"{item_link(found)}#evidence")
    return _item_page(request, found, status=422, evidence_form=form)


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of evidence."""
    found = get_object_or_404(queries.evidence(access.me(request)).exclude(sha256=""), pk=pk)
    return kept(found.sha256, found.file_name)


@require_POST
def drop_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take evidence off."""
    found = get_object_or_404(queries.evidence(access.me(request)), pk=pk)
    try:
        assessments.drop_evidence(access.me(request), found, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{item_link(found.item)}#evidence")


@require_POST
def improve(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan an improvement."""
    found = _item(request, pk)
    form = ImprovementForm(request.POST, organisation=found.assessment.organisation)
    if form.is_valid():
        try:
            assessments.plan_improvement(access.me(request), found, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(f"{item_link(found)}#improvements")
    return _item_page(request, found, status=422, improvement_form=form)


@require_POST
def improvement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an improvement is done, verify it, or open it again."""
    found: Improvement = get_object_or_404(queries.improvements(access.me(request)), pk=pk)
    said, person, now = request.POST.get("words", "")[:1000], access.me(request), timezone.now()
    verb = request.POST.get("verb")
    try:
        if verb == "finish":
            assessments.finish_improvement(person, found, result=said, now=now)
        else:
            assessments.verify_improvement(person, found, accept=verb == "verify", why=said[:500], now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done."))
    return redirect(f"{item_link(found.item)}#improvements")


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a complete assessment."""
    assessment = _assessment(request, pk)
    try:
        assessments.sign(access.me(request), assessment, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Signed. The answers stay as they are; improvements go on."))
    return redirect(link(assessment))


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The years of an enterprise beside each other."""
    assessment = _assessment(request, pk)
    every = queries.assessments(access.me(request)).filter(organisation=assessment.organisation)
    context = {"assessment": assessment, **outputs.years(list(every.order_by("year")))}
    return render(request, "standards/assessment_compare.html", context)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One year as Excel or PDF."""
    assessment = _assessment(request, pk)
    if kind not in outputs.WRITERS:
        raise Http404
    name = f"{MANAGEMENT.replace('/', '')} {assessment}.{kind}"
    return attached(outputs.WRITERS[kind](assessment, language()), name)
