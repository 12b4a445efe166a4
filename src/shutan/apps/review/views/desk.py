"""The desk: what waits for the reviewers of an authority, whose it is, many at once, and the words they use again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.common.components import STATES
from shutan.apps.common.forms import add_errors
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.filing.queries import sectors
from shutan.apps.reporting.models import Report
from shutan.apps.review import actions, queries, subjects, workload
from shutan.apps.review.actions import Work
from shutan.apps.review.forms import AssignForm, PhraseForm
from shutan.apps.review.views import performed, tabs, whole
from shutan.documents.wording import pick
from shutan.rules.common.divisions import prefecture_of, prefectures

WHO = ("mine", "unassigned")
URGENCY = {queries.LATE: "overdue", queries.CLOSE: "due_soon", queries.AHEAD: "ahead"}


def _who(request: HttpRequest) -> Filter:
    person = access.me(request)

    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return whose(rows, person, value)

    people = [(str(one.pk), str(one)) for one in queries.colleagues(person)]
    return Filter(
        "who", _("Reviewer"), narrow, [("mine", _("Mine")), ("unassigned", _("Unassigned")), *people]
    )


def whose(rows: QuerySet[Any], person: Any, value: str) -> QuerySet[Any]:
    """Rows with `reviewer_id` that are mine, nobody's, or a colleague's."""
    if value == "mine":
        return rows.filter(reviewer_id__in=queries.mine(person))
    return rows.filter(reviewer_id=None) if value == "unassigned" else rows.filter(reviewer_id=whole(value))


def _sector(column: str = "book__rule_set") -> Filter:
    words = language()
    return Filter(
        "sector",
        _("Sector"),
        lambda rows, value: rows.filter(**{column: value}),
        [(name, pick(title, words)) for name, title in sectors().items()],
    )


def _city(column: str = "book__organisation") -> Filter:
    words = language()
    return Filter(
        "city",
        _("City"),
        lambda rows, value: rows.filter(**{f"{column}__division_code__startswith": value[:4]}),
        [(one.code, one.named(words)) for one in prefectures()],
    )


def city_name(row: MonthlyFiling | Report) -> str:
    """The prefecture of the enterprise of a month or report."""
    found = prefecture_of(row.organisation.division_code)
    return found.named(language()) if found else ""


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The queue of months, the most urgent first, and the reviewer's own figures."""
    person, now = access.me(request), timezone.now()
    today = timezone.localdate(now)
    asked = request.GET.get("who", "")

    def month(row: MonthlyFiling) -> str:
        return reverse("review:month", args=[row.pk]) + (f"?who={asked}" if asked in WHO else "")

    by_province = person.kind == Kind.PROVINCE
    listing = Listing(
        request,
        key="review",
        title=_("Months to review"),
        rows=queries.queue(person, today=today),
        columns=[
            Column("organisation", _("Organisation"), sort="book__organisation__name_zh", link=month),
            Column("period", _("Month"), sort="book__year", link=month),
            Column("city", _("City"), value=city_name, sort="book__organisation__division_code", shown=by_province, wide=True),
            Column("state", _("Status"), sort="state", badge=True),
            Column("until", _("To be filed by"), sort="until"),
            Column("urgency", _("Urgency"), value=lambda row: URGENCY[row.urgency], sort="urgency", badge=True, wide=True),
            Column("score", _("Risk"), sort="score", places=0, explain=lambda row: reverse("review:risk", args=["months", row.pk])),
            Column("asked", _("Open questions"), sort="asked", places=0, wide=True),
            Column("reviewer_name", _("Reviewer"), sort="reviewer_name"),
            Column("submitted_at", _("Submitted"), sort="submitted_at", wide=True),
            Column("version", _("Version"), places=0, shown=False),
            Column("sector", _("Sector"), value=lambda row: _sector_name(row.book.rule_set), sort="book__rule_set", shown=False),
        ],
        filters=[
            _who(request),
            Filter(
                "state",
                _("Status"),
                lambda rows, value: rows.filter(state=value),
                [(one, STATES[one][0]) for one in queries.stages(person)],
            ),
            Filter(
                "urgency",
                _("Urgency"),
                lambda rows, value: rows.filter(urgency=int(value)),
                [(str(number), STATES[state][0]) for number, state in URGENCY.items()],
            ),
            _sector(),
            *([_city()] if by_province else []),
        ],
        search=("book__organisation__name_zh", "book__organisation__name_en", "book__organisation__credit_code"),
        empty_title=_("Nothing waits"),
        empty_text=_("Months stand here once enterprises have filed them, until they are accepted or returned."),
    )  # fmt: skip
    if answer := listing.response():
        return answer
    context = {
        "listing": listing,
        "tabs": tabs(request, "desk"),
        "load": workload.of(person, now=now, today=today),
        "decides": access.may_do(person, "filing.return_month"),
    }
    return render(request, "review/desk.html", context)


def _sector_name(rules: str) -> str:
    return pick(sectors().get(rules, rules), language())


@require_GET
def reported(request: HttpRequest) -> HttpResponse:
    """The queue of annual reports; every report, whatever was decided, where a status is asked for."""
    person, today = access.me(request), timezone.localdate()
    asked = request.GET.get("who", "")
    waits = not request.GET.get("state")

    def page(row: Report) -> str:
        return subjects.url(row) + (f"?who={asked}" if asked in WHO else "")

    by_province = person.kind == Kind.PROVINCE
    listing = Listing(
        request,
        key="review-reports",
        title=_("Annual reports"),
        rows=(queries.report_queue if waits else queries.submitted_reports)(person, today=today),
        columns=[
            Column("organisation", _("Organisation"), sort="organisation__name_zh", link=page),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year", link=page),
            Column("rule_set", _("Sector"), value=lambda row: _sector_name(row.rule_set), sort="rule_set", wide=True),
            Column("city", _("City"), value=city_name, sort="organisation__division_code", shown=by_province, wide=True),
            Column("at_standing", _("Status"), sort="at_standing", badge=True),
            Column("until", _("To be verified by"), sort="until"),
            Column("urgency", _("Urgency"), value=lambda row: URGENCY[row.urgency], sort="urgency", badge=True, wide=True),
            Column("score", _("Risk"), sort="score", places=0, explain=lambda row: reverse("review:risk", args=["reports", row.pk])),
            Column("asked", _("Open questions"), sort="asked", places=0, wide=True),
            Column("reviewer_name", _("Reviewer"), sort="reviewer_name"),
            Column("submitted_at", _("Submitted"), sort="submitted_at", wide=True),
            Column("version", _("Version"), places=0, shown=False),
        ],
        filters=[
            _who(request),
            Filter(
                "state",
                _("Status"),
                lambda rows, value: rows.filter(at_standing=value),
                [(one, STATES[one][0]) for one in ("submitted", "passed_city", "returned", "accepted")],
            ),
            Filter("year", _("Year"), lambda found, value: found.filter(year=whole(value))),
            _sector("rule_set"),
            *([_city("organisation")] if by_province else []),
        ],
        search=("organisation__name_zh", "organisation__name_en", "organisation__credit_code"),
        empty_title=_("Nothing waits"),
        empty_text=_("Annual reports stand here once enterprises have submitted them, until they are accepted or returned."),
    )  # fmt: skip
    context = {
        "listing": listing,
        "tabs": tabs(request, "reports"),
        "title": _("Annual reports"),
        "hint": _(
            "To be verified by is the province's day of the table of duties, by sector and standing; where none is named, no text seen names one."
        ),
    }
    return listing.response() or render(request, "review/list.html", context)


# -- many at once -----------------------------------------------------------------------------------------------


@require_GET
def many(request: HttpRequest) -> HttpResponse:
    """The first rows of the queue with a box each: to be given to a colleague, or returned, each with its reason."""
    return _many(request)


def _many(request: HttpRequest, status: int = 200) -> HttpResponse:
    person, today = access.me(request), timezone.localdate()
    asked = request.GET.get("who", "")
    rows = queries.queue(person, today=today)
    if asked:
        rows = whose(rows, person, asked)
    kept = {int(one) for one in request.POST.getlist("month") if whole(one)}
    lines = [
        {"month": one, "why": request.POST.get(f"why-{one.pk}", ""), "chosen": one.pk in kept}
        for one in rows[: actions.MOST]
    ]
    context = {
        "lines": lines,
        "who": asked,
        "form": AssignForm(person, request.POST if "reviewer" in request.POST else None),
        "phrases": queries.phrases(person),
        "tabs": tabs(request, ""),
        "whose": [("", _("all")), ("mine", _("Mine")), ("unassigned", _("Unassigned"))],
    }
    return render(request, "review/many.html", context, status=status)


def _chosen(request: HttpRequest) -> list[MonthlyFiling]:
    numbers = [whole(one) for one in request.POST.getlist("month")[: actions.MOST + 1]]
    found = queries.queue(access.me(request), today=timezone.localdate()).filter(pk__in=numbers)
    return list(found)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen months, or one report from its page, to a colleague."""
    person = access.me(request)
    form = AssignForm(person, request.POST)
    numbers = [whole(one) for one in request.POST.getlist("report")[: actions.MOST + 1]]
    annual = queries.report_queue(person, today=timezone.localdate()).filter(pk__in=numbers)
    works = [Work.of(one) for one in (*_chosen(request), *annual)]
    if form.is_valid() and performed(
        request,
        lambda: actions.assign(person, works, form.cleaned_data["reviewer"], now=timezone.now()),
        _("Assigned."),
    ):
        what, _bar, number = request.POST.get("back", "").partition("/")
        if what in subjects.KINDS and whole(number):
            return redirect(subjects.KINDS[what].page, pk=whole(number))
        return redirect("review:desk")
    return _many(request, 422)


@require_POST
def return_many(request: HttpRequest) -> HttpResponse:
    """Return the chosen months, all of them or none."""
    person = access.me(request)
    chosen = [
        (one, whole(request.POST.get(f"revision-{one.pk}")), request.POST.get(f"why-{one.pk}", "")[:500])
        for one in _chosen(request)
    ]
    if performed(
        request,
        lambda: actions.return_many(person, chosen, now=timezone.now()),
        _("Returned to the enterprises."),
    ):
        return redirect("review:desk")
    return _many(request, 422)


# -- words to be used again -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """One's own and the authority's templates; a new one."""
    person = access.me(request)
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_phrase(
                person, form.cleaned_data, shared=form.cleaned_data["shared"], now=timezone.now()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("review:phrases")
    context = {"form": form, "rows": queries.phrases(person), "tabs": tabs(request, "phrases")}
    return render(request, "review/phrases.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def phrase(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a template, or take it off the list."""
    person = access.me(request)
    held = get_object_or_404(queries.phrases(person), pk=pk)
    form = PhraseForm(request.POST or None, instance=held, initial={"shared": held.owner_id is None})
    if "retire" in request.POST:
        performed(request, lambda: actions.retire_phrase(person, held, now=timezone.now()))
        return redirect("review:phrases")
    if request.method == "POST" and form.is_valid():
        told, shared = dict(form.cleaned_data), form.cleaned_data["shared"]
        if performed(
            request,
            lambda: actions.keep_phrase(person, told, shared=shared, phrase=held, now=timezone.now()),
            _("Saved."),
        ):
            return redirect("review:phrases")
    context = {"form": form, "phrase": held, "tabs": tabs(request, "phrases")}
    return render(request, "review/phrase.html", context, status=422 if form.errors else 200)
