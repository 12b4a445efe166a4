"""One report: overview, tables, inputs, findings, explanation, comparison, downloads, and what one does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common import platform as exchange
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.reporting import (
    actions,
    charting,
    comparing,
    consequences,
    downloads,
    explaining,
    later,
    queries,
    results,
    tables,
)
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, pick
from shutan.apps.reporting.steps import next_step
from shutan.documents import wording
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.registry import rule_set

LONGEST_NUMBER = 9  # digits
LATER = "later"  # compared with: what arrived after submission
TABS = (
    "report",
    "months",
    "declaration",
    "sheets",
    "figures",
    "inputs",
    "findings",
    "uncertainty",
    "compare",
    "platform",
)


def report_of(request: HttpRequest, pk: int) -> Report:
    """A report the person may see, or 404."""
    return queries.report(access.me(request), pk)


def frame(request: HttpRequest, report: Report, current: str) -> dict[str, Any]:
    """What every page of a report shows: title, status, next step, tabs."""
    counts = queries.counts(access.me(request), report)
    names = {
        "report": _("Overview"),
        "months": _("Months"),
        "declaration": _("Declaration"),
        "sheets": _("Report tables"),
        "figures": _("All figures"),
        "inputs": _("Inputs"),
        "findings": _("Findings (%(n)s)") % {"n": counts["findings"]},
        "uncertainty": _("Uncertainty"),
        "compare": _("Compare"),
        "platform": _("National platform"),
    }
    rules = rule_set(report.rule_set)
    own = queries.acts_for(access.me(request))
    subtitle = f"{report.organisation} · {report.year} · {pick(rules.title)}"
    return {
        "report": report,
        "subtitle": subtitle,
        "state": "exercise" if report.is_exercise else report.standing,
        "tabs": [(reverse(f"reporting:{one}", args=[report.pk]), names[one], one == current) for one in TABS],
        "next_step": next_step(access.me(request), report, counts)[1],
        "counts": counts,
        "language": language(),
        "may": {
            verb: own
            and report.is_draft
            and access.may_do(access.me(request), f"reporting.{verb}")
            and not (verb == "submit" and report.is_exercise)
            for verb in ("submit", "recompute", "delete_draft", "rename")
        },
        "may_upload": own and access.may_do(access.me(request), "reporting.create_report"),
    }


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Totals, charts, findings in short, downloads."""
    report = report_of(request, pk)
    result = results.result_of(report)
    writer = Presenter(report, result)
    newer = Report.objects.filter(previous=report).first()
    context = frame(request, report, "report") | {
        "summary": tables.summary(writer, known_only=report.is_exercise),
        "remark": tables.remark(writer) if report.is_exercise else "",
        "labels": writer.label,
        "compared": comparing.beside(writer),
        "charts": charting.charts(writer),
        "findings": queries.findings(access.me(request), report)[:5],
        "problems": queries.unread(report),
        "left_empty": queries.left_empty(report),
        "waiting": queries.waiting(writer),
        "drift": results.drift(report),
        "later": None if newer else later.would_change(report),
        "versions": queries.versions(access.me(request), report),
        "downloads": downloads.offered(report),
        "corrects": consequences.corrected_by(report),
        "consequences": consequences.of(report),
        "newer": newer,
        "decided": None if report.standing == report.state else queries.decisions(report).first(),
        "against": actions.against_submission(report) if report.is_draft else [],
    }
    return render(request, "reporting/report.html", context)


@require_GET
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables the guideline prescribes."""
    report = report_of(request, pk)
    writer = Presenter(report, results.result_of(report))
    context = frame(request, report, "sheets") | {"sheets": tables.sheets(writer)}
    return render(request, "reporting/sheets.html", context)


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number as an address may carry it; nothing a database cannot count to."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else otherwise


def _page(request: HttpRequest) -> int:
    return max(1, whole(request.GET.get("page", ""), 1))


@require_GET
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything computed, by what one row is about."""
    report = report_of(request, pk)
    writer = Presenter(report, results.result_of(report))
    known = {grain.name: (grain, label) for grain, label in tables.grains(writer)}
    if not known:
        raise Http404
    name = request.GET.get("grain", "")
    grain, label = known.get(name) or next(iter(known.values()))
    choices = tables.subjects(writer, grain)
    asked = tuple(request.GET.getlist("subject"))
    subject = next((one for one in choices if tuple(map(str, one)) == asked), choices[0] if choices else None)
    page = _page(request)
    block, total = tables.everything(writer, grain, subject, page)
    context = frame(request, report, "figures") | {
        "grains": [(one.name, text, one is grain) for one, text in known.values()],
        "grain": grain,
        "grain_label": label,
        "subjects": [(one, " · ".join(map(str, one)), one == subject) for one in choices],
        "grid": block,
        "pages": _pages(total, page),
    }
    return render(request, "reporting/figures.html", context)


def _pages(total: int, page: int) -> dict[str, int]:
    last = max(1, -(-total // tables.PAGE))
    return {
        "number": page,
        "last": last,
        "previous": page - 1 if page > 1 else 0,
        "next": page + 1 if page < last else 0,
    }


@require_GET
def inputs(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filled in, as it was given."""
    report = report_of(request, pk)
    writer = Presenter(report, results.result_of(report))
    filled = [one for one in writer.rules.tables if writer.result.data.rows(one.name)]
    table = next(
        (one for one in filled if one.name == request.GET.get("table")), filled[0] if filled else None
    )
    marked = whole(request.GET.get("at", ""), -1)
    page = _page(request) if "page" in request.GET or marked < 0 else marked // tables.PAGE + 1
    block, total = tables.inputs(writer, table, page) if table else (None, 0)
    context = frame(request, report, "inputs") | {
        "tables": [(one.name, wording.pick(one.label, language()), one is table) for one in filled],
        "table": table,
        "grid": block,
        "pages": _pages(total, page),
        "marked": f"row-{marked}" if marked >= 0 else "",
        "problems": queries.unread(report),
        "left_empty": queries.left_empty(report),
    }
    return render(request, "reporting/inputs.html", context)


@require_GET
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks say, what they did not find, what did not run."""
    report = report_of(request, pk)
    context = (
        frame(request, report, "findings")
        | {
            "findings": queries.findings(access.me(request), report),
        }
        | _checks(request, report)
    )
    return render(request, "reporting/findings.html", context)


def _checks(request: HttpRequest, report: Report) -> dict[str, Any]:
    """The checks that found nothing, and those that did not run by what they lack, the commonest first."""
    runs = list(queries.checks(access.me(request), report))
    lacking: dict[tuple[str, str], list[Any]] = {}
    for one in runs:
        if one.why:
            lacking.setdefault((one.reason_zh, one.reason_en), []).append(one)
    return {
        "clean": [one for one in runs if not one.why],
        "not_run": sorted(lacking.values(), key=len, reverse=True),
        "not_run_count": sum(map(len, lacking.values())),
    }


@require_GET
def explain(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One value explained; the drawer's content, and a page of its own."""
    report = report_of(request, pk)
    result = results.result_of(report)
    try:
        key = explaining.parse_key(result, name, request.GET.getlist("key"))
    except KeyError:
        raise Http404 from None
    context = {"report": report, "view": explaining.view(report, result, name, key), "language": language()}
    return render(request, "reporting/explain.html", context)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from another report to this one, or by values of the law that arrived since, and why."""
    report = report_of(request, pk)
    others = queries.comparable(access.me(request), report)
    asked = request.GET.get("with", "")
    other = others.filter(pk=whole(asked)).first()
    arrived = later.notices_after(report)
    context = frame(request, report, "compare") | {
        "others": others[:200],
        "other": other,
        "arrived": arrived,
        "with_later": bool(arrived) and asked == LATER,
    }
    if other:
        pair = results.result_of(other), results.result_of(report)
    elif context["with_later"]:
        pair = results.result_of(report), later.result_with(report, arrived)
    else:
        return render(request, "reporting/compare.html", context)
    listing = comparing.listing(request, report, *pair)
    return listing.response() or render(request, "reporting/compare.html", context | {"listing": listing})


@require_http_methods(["GET", "POST"])
def platform(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes to the national platform and, laid beside it, what was filed there. Nothing of it is kept."""
    report = report_of(request, pk)
    if request.method == "GET":
        return render(request, "reporting/platform.html", frame(request, report, "platform"))
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        return render(request, "filing/_compared.html", {"compared": None}, status=422)
    compared = exchange.compare(downloads.tables(report, language()), sent.read())
    return render(request, "filing/_compared.html", {"compared": compared})


@require_GET
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report as a file."""
    report = report_of(request, pk)
    try:
        made = downloads.make(report, kind, language())
    except KeyError:
        raise Http404 from None
    return attached(made.content, made.name, made.media_type)


# -- what one does ---------------------------------------------------------------------------------------------


def _revision(request: HttpRequest) -> int:
    return whole(request.POST.get("revision", ""))


def _do(request: HttpRequest, report: Report, verb: Any, done: str, **arguments: Any) -> HttpResponse:
    """Run an action and say on the report's page how it went."""
    try:
        verb(access.me(request), report, revision=_revision(request), now=timezone.now(), **arguments)
    except actions.StaleError:
        messages.error(
            request, _("Someone changed this report meanwhile; look at it again and repeat your step.")
        )
    except actions.BlockedError as error:
        for reason in error.reasons:
            messages.error(request, reason)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, done)
        if verb is actions.delete_draft:
            return redirect("reporting:list")
    return redirect("reporting:report", pk=report.pk)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the report."""
    why = request.POST.get("why", "")[:500]
    return _do(
        request, report_of(request, pk), actions.submit, _("Submitted. The report is frozen."), why=why
    )


@require_POST
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a draft by today's rules."""
    return _do(request, report_of(request, pk), actions.recompute, _("Computed again."))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    return _do(request, report_of(request, pk), actions.delete_draft, _("The draft is deleted."))


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft another title."""
    report = report_of(request, pk)
    try:
        actions.rename(
            access.me(request),
            report,
            request.POST.get("title", ""),
            revision=_revision(request),
            now=timezone.now(),
        )
    except (actions.StaleError, ValidationError, PermissionDenied):
        messages.error(request, _("The title was not changed."))
    return redirect("reporting:report", pk=pk)
