"""Pages of disclosure: what anybody reads, what the enterprise fills in, what is still owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
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
from shutan.apps.common.downloads import attached
from shutan.apps.common.forms import resend
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import place_name, prefecture_filter
from shutan.apps.disclosure import actions, document, outputs, queries
from shutan.apps.disclosure.forms import EnteredForm, MeasureLines
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting.models import Report
from shutan.documents.wording import pick
from shutan.rules.registry import rule_set

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def sector(name: str) -> str:
    """A rule set's title in the language of the page."""
    return pick(rule_set(name).title, language())


def _filters(years: Sequence[int]) -> list[Filter]:
    return [
        Filter(
            "sector",
            _("Sector"),
            lambda rows, value: rows.filter(rule_set=value),
            [(name, sector(name)) for name in document.sectors()],
        ),
        Filter(
            "year",
            _("Year"),
            lambda rows, value: rows.filter(year=value) if value.isdecimal() else rows.none(),
            [(str(year), str(year)) for year in years],
        ),
        prefecture_filter("organisation__division_code"),
    ]


def _years(rows: Any) -> list[int]:
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """All disclosures that count, for anybody."""
    rows = queries.standing()
    listing = Listing(
        request,
        key="disclosures",
        title=_("Disclosures"),
        rows=rows,
        columns=[
            Column(
                "organisation",
                _("Enterprise"),
                sort="organisation__name_zh",
                link=lambda row: reverse("disclosure:page", args=[row.pk]),
            ),
            Column("sector", _("Sector"), value=lambda row: sector(row.rule_set), sort="rule_set"),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column(
                "city", _("City"), value=lambda row: place_name(row.organisation.division_code), wide=True
            ),
            Column("version", _("Version"), value=lambda row: str(row.version), wide=True),
            Column("published_at", _("Published"), sort="published_at"),
        ],
        filters=_filters(_years(rows)),
        search=("organisation__name_zh", "organisation__name_en", "organisation__credit_code"),
        empty_title=_("Nothing was disclosed yet"),
        empty_text=_("Key emitting units publish emissions, facilities and methods of each year here."),
    )
    return listing.response() or render(request, "disclosure/public.html", {"listing": listing})


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One published version, for anybody."""
    found = get_object_or_404(queries.published(), pk=pk)
    every = list(queries.versions(found))
    context = {
        "disclosure": found,
        "form": found.form(language()),
        "sector": sector(found.rule_set),
        "versions": every,
        "newest": every[0],
        "outdated": queries.outdated(every[0]),
        "kinds": outputs.KINDS,
    }
    return render(request, "disclosure/page.html", context)


@require_GET
def download(_request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One published version as a file, in the language of the page."""
    found = get_object_or_404(queries.published(), pk=pk)
    if kind not in outputs.KINDS:
        raise Http404
    name = f"{found.organisation} {found.year} v{found.version}.{kind}"
    if kind == "json":
        content = json.dumps(outputs.plain(found), ensure_ascii=False, indent=1).encode()
    else:
        content = outputs.workbook(found.form(language()))
    return attached(content, name)


def _state(row: Any) -> str:
    """Where the disclosure of a report stands, as a status of the badge component."""
    if row.has_draft:
        return "draft"
    if row.stands is None:
        return "due"
    return "published" if row.stands_report == row.pk else "warning"


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Submitted reports with what was made public of each: the enterprise's own, or all a regulator sees."""
    person = access.me(request)
    rows = queries.owed(person)

    def link(row: Any) -> str:
        if row.stands and not row.has_draft and row.stands_report == row.pk:
            return reverse("disclosure:page", args=[row.stands])
        if may_begin:
            return reverse("disclosure:begin", args=[row.pk])
        return reverse("reporting:report", args=[row.pk])

    may_begin = access.may_open(person, "disclosure:begin")
    states = {
        "open": lambda found: found.filter(stands=None),
        "published": lambda found: found.exclude(stands=None),
    }
    listing = Listing(
        request,
        key="disclosures-owed",
        title=_("Disclosures owed"),
        rows=rows,
        columns=[
            Column("organisation", _("Enterprise"), sort="organisation__name_zh", link=link),
            Column("sector", _("Sector"), value=lambda row: sector(row.rule_set), sort="rule_set"),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("version", _("Version of the report"), value=lambda row: str(row.version), wide=True),
            Column("state", _("Disclosure"), value=_state, badge=True),
        ],
        filters=[
            *_filters(_years(rows)),
            Filter(
                "state",
                _("Disclosure"),
                lambda found, value: states[value](found) if value in states else found.none(),
                [("open", _("Not published")), ("published", _("Published"))],
            ),
        ],
        search=("organisation__name_zh", "organisation__name_en", "title"),
        empty_title=_("No submitted report"),
        empty_text=_("A disclosure is made from a submitted report of power, steel, cement or aluminium."),
    )
    return listing.response() or render(request, "disclosure/owed.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, report: int) -> HttpResponse:
    """Begin, or go on with, the disclosure of a report."""
    person = access.me(request)
    found = reports.report(person, report)
    if request.method == "POST":
        try:
            made = actions.begin(person, found, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("reporting:report", found.pk)
        return redirect("disclosure:draft", made.pk)
    same = queries.drafts(person).filter(
        organisation=found.organisation, rule_set=found.rule_set, year=found.year
    )
    if (held := same.first()) and held.report_id == found.pk:
        return redirect("disclosure:draft", held.pk)
    return render(request, "disclosure/begin.html", {"report": found, "draft": held})


def _lines(draft: Disclosure, data: Any = None) -> Any:
    if not document.takes_measures(draft.rule_set, draft.year):
        return None
    return MeasureLines(data, queryset=draft.measures.all(), prefix="measures")


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in what no report says, with the form as it would be published below."""
    held = get_object_or_404(queries.drafts(access.me(request)), pk=pk)
    if request.method == "GET":
        form = EnteredForm(instance=held, initial={"revision": held.revision})
        return _draft_page(request, held, form, _lines(held))
    form, lines = EnteredForm(request.POST, instance=held), _lines(held, request.POST)
    if form.is_valid() & (lines is None or lines.is_valid()):
        entered = {name: form.cleaned_data[name] for name in actions.ENTERED}
        given = lines.given() if lines else []
        try:
            actions.save(
                access.me(request),
                held,
                entered,
                given,
                revision=form.cleaned_data["revision"],
                now=timezone.now(),
            )
        except actions.StaleError as stale:
            resend(form, stale.current.revision)
            form.add_error(
                None, _("Someone else saved this meanwhile. Yours stands below: save again to keep it.")
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("disclosure:draft", held.pk)
    held.refresh_from_db()
    return _draft_page(request, held, form, lines, UNPROCESSABLE)


def _draft_page(
    request: HttpRequest, held: Disclosure, form: EnteredForm, lines: Any, status: int = HTTPStatus.OK
) -> HttpResponse:
    person = access.me(request)
    last = actions.published(held)
    context = {
        "disclosure": held,
        "entered": form,
        "lines": lines,
        "form": document.compose(held)[language()],
        "sector": sector(held.rule_set),
        "last": last,
        "against": actions.against(held, why="-", corrects=last is not None),
        "may_publish": access.may_do(person, "disclosure.publish"),
        "newer": Report.objects.filter(previous=held.report).first(),
    }
    return render(request, "disclosure/draft.html", context, status=status)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public."""
    held = get_object_or_404(queries.drafts(access.me(request)), pk=pk)
    why = request.POST.get("why", "")[:500]
    return _finish(request, held, lambda **told: actions.publish(access.me(request), held, why=why, **told))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    held = get_object_or_404(queries.drafts(access.me(request)), pk=pk)
    return _finish(request, held, lambda **told: actions.discard(access.me(request), held, **told))


def _finish(request: HttpRequest, held: Disclosure, do: Any) -> HttpResponse:
    revision = request.POST.get("revision", "")
    try:
        made = do(revision=int(revision) if revision.isdecimal() else 0, now=timezone.now())
    except actions.StaleError:
        messages.error(
            request, _("Someone else saved this meanwhile: look at it again, nothing was published.")
        )
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        if made is None:
            messages.success(request, _("The draft is deleted."))
            return redirect("disclosure:owed")
        messages.success(request, _("Published. Everybody can read it now."))
        return redirect("disclosure:page", made.pk)
    return redirect("disclosure:draft", held.pk)
