"""Pages of test reports: the list, one report with its findings, a year's findings, workbooks in and out."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common import rowbook
from shutan.apps.common.downloads import attached, kept
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import prefecture_filter
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.common.rowbook import Fault
from shutan.apps.labreports import actions, queries
from shutan.apps.labreports.forms import (
    CHOICES,
    RESULT_NAMES,
    ReasonForm,
    TestReportForm,
    laboratories,
    options,
    result_label,
)
from shutan.apps.labreports.models import TestReport
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.laboratory import DATES

COLUMNS = [*TestReportForm.Meta.fields, *RESULT_NAMES]


def link(report: TestReport) -> str:
    """A report's page."""
    return reverse("labreports:report", args=[report.pk])


def _year_link(report: TestReport) -> str:
    return reverse("labreports:year", args=[report.organisation_id, report.year])


def _report(request: HttpRequest, pk: int) -> TestReport:
    return get_object_or_404(queries.reports(access.me(request)), pk=pk)


def _result(name: str) -> Any:
    return lambda row: row.results.get(name)


def _options(name: str) -> dict[Any, str]:
    return dict(options(name))


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The reports a person may see."""
    person = access.me(request)
    rows = queries.reports(person)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    listing = Listing(
        request,
        key="tests",
        title=_("Test reports"),
        rows=rows,
        columns=[
            Column("number", _("Report number"), sort="number", link=link),
            Column("organisation", _("Enterprise"), sort="organisation__name_zh", wide=True),
            Column("month", _("Month it stands for"), value=lambda row: f"{row.year}-{row.month:02}", sort="month", link=_year_link),
            Column("fuel_kind", _("Kind of fuel"), value=lambda row: row.fuel, sort="fuel_kind"),
            Column("unit_name", _("Unit or facility"), sort="unit_name", wide=True),
            Column("laboratory_name", _("Laboratory"), sort="laboratory_name", wide=True),
            Column("sampled_on", _("Sampled on"), sort="sampled_on", wide=True),
            Column("reported_on", _("Reported on"), sort="reported_on", wide=True),
            *(
                Column(name, result_label(name), value=_result(name), shown=name in ("carbon_ar", "net_heat_ar"), wide=True)
                for name in RESULT_NAMES
            ),
            Column("state", _("Status"), sort="state", badge=True),
        ],
        filters=[
            Filter("year", _("Year"), lambda found, value: found.filter(year=value), [(str(one), str(one)) for one in years]),
            Filter("month", _("Month"), lambda found, value: found.filter(month=value), [(str(one), str(one)) for one in range(1, 13)]),
            Filter("state", _("Status"), lambda found, value: found.filter(state=value), TestReport.State.choices),
            prefecture_filter("organisation__division_code"),
        ],
        search=("number", "sample_number", "laboratory_name", "organisation__name_zh"),
        empty_title=_("No test report"),
        empty_text=_("The enterprise records what its laboratories report, one by one or by workbook."),
    )  # fmt: skip
    may = access.may_open(person, "labreports:new") and queries.kept_for(person).exists()
    return listing.response() or render(request, "labreports/list.html", {"listing": listing, "may": may})


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says and what the checks say of it."""
    return _page(request, _report(request, pk))


def _page(request: HttpRequest, held: TestReport, status: int = 200, **more: Any) -> HttpResponse:
    person = access.me(request)
    found = queries.screened(person, queries.of_year(person, held.organisation_id, held.year), held.year)
    key = (held.number, held.month)
    may = (
        access.may_do(person, "labreports.change")
        and queries.may_change(person, held.organisation)
        and held.state == TestReport.State.RECORDED
    )
    words = held.words
    facts = [
        (held._meta.get_field(name).verbose_name, words.get(name) or getattr(held, name) or None)  # type: ignore[union-attr]  # noqa: SLF001
        for name in TestReportForm.Meta.fields
        if name not in DATES
    ]
    context = {
        "report": held,
        "facts": [(_("Enterprise"), held.organisation), *facts],
        "dates": [(held._meta.get_field(name).verbose_name, getattr(held, name)) for name in DATES],  # type: ignore[union-attr]  # noqa: SLF001
        "results": [(result_label(name), held.results.get(name)) for name in RESULT_NAMES],
        "findings": _told(one for one in found.findings if one.subject.key == key),
        "counts": held.state == TestReport.State.RECORDED,
        "clean": len(found.clean),
        "year_url": _year_link(held),
        "may": may,
        "withdraw_form": ReasonForm() if may and held.used_at is None else None,
    }
    return render(request, "labreports/report.html", context | more, status=status)


def _told(findings: Any) -> list[dict[str, Any]]:
    said = language()
    return [
        {
            "check": one.check,
            "name": one.entry.name[said],
            "severity": one.severity.value,
            "trial": one.trial,
            "message": one.message[said],
            "clears": one.clears[said],
            "basis": one.entry.basis[said],
            "status": one.status,
        }
        for one in findings
    ]


@require_GET
def year(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """What the checks say of an enterprise's reports of a year, and which checks did not run and why."""
    person = access.me(request)
    rows = queries.of_year(person, organisation, year)
    if not rows:
        raise Http404
    found = queries.screened(person, rows, year)
    said = language()
    links: dict[tuple[object, ...], str] = {(one.number, one.month): link(one) for one in rows}
    context = {
        "home": rows[0].organisation,
        "year": year,
        "n_reports": len(rows),
        "findings": [
            one | {"url": links.get(hit.subject.key, "")}
            for one, hit in zip(_told(found.findings), found.findings, strict=True)
        ],
        "clean": [(one.check, one.entry.name[said], one.rows, one.left_out) for one in found.clean],
        "not_run": [(one.check, one.entry.name[said], one.reason[said]) for one in found.not_run],
    }
    return render(request, "labreports/year.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a report on record."""
    person = access.me(request)
    home = _home(request)
    form = TestReportForm(organisation=home)
    if request.method == "POST":
        try:
            made = actions.record(person, home, request.POST, request.FILES, now=timezone.now())
        except FaultsError as error:
            form = error.form
        else:
            messages.success(request, _("Added."))
            return redirect(link(made))
    context = {
        "form": form,
        "home": home,
        "homes": queries.kept_for(person) if queries.kept_for(person).count() > 1 else (),
    }
    return render(request, "labreports/form.html", context, status=422 if request.method == "POST" else 200)


def _home(request: HttpRequest) -> Any:
    kept = queries.kept_for(access.me(request))
    asked = request.POST.get("organisation") or request.GET.get("organisation") or ""
    found = kept.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else kept.first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a report, or correct one that was used."""
    held = _report(request, pk)
    if (
        not queries.may_change(access.me(request), held.organisation)
        or held.state != TestReport.State.RECORDED
    ):
        raise PermissionDenied
    form, revision = TestReportForm(instance=held, organisation=held.organisation), held.revision
    if request.method == "POST":
        sent = request.POST.get("revision", "")
        try:
            kept = actions.change(
                access.me(request), held, request.POST, request.FILES,
                revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
                reason=request.POST.get("why", ""), now=timezone.now(),
            )  # fmt: skip
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form = TestReportForm(request.POST, instance=error.now, organisation=held.organisation)
            revision = error.now.revision
            messages.warning(
                request, _("Someone changed this meanwhile. What you typed is still here and not saved.")
            )
        except ValidationError as error:
            form = TestReportForm(request.POST, instance=_report(request, pk), organisation=held.organisation)
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect(link(kept))
    context = {"form": form, "report": held, "home": held.organisation, "revision": revision}
    return render(request, "labreports/form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a report does not count."""
    held = _report(request, pk)
    try:
        actions.withdraw(access.me(request), held, reason=request.POST.get("why", ""), now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect(link(held))


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's file."""
    held = _report(request, pk)
    if not held.sha256:
        raise Http404
    return kept(held.sha256, held.file_name)


def sheet(home: Any) -> rowbook.Sheet:
    """The sheet of an enterprise's reports."""
    return rowbook.Sheet(
        title=_("Test reports"),
        model=TestReport,
        names=COLUMNS,
        key=("number", "year", "month"),
        form=lambda values, held: TestReportForm(values, instance=held, organisation=home),
        known=lambda: {
            (one.number, one.year, one.month): one
            for one in TestReport.objects.filter(organisation=home, state=TestReport.State.RECORDED)
        },
        options={name: partial(_options, name) for name in CHOICES}
        | {"laboratory": lambda: {one.pk: one.name_zh for one in laboratories()}},
        labels={name: result_label(name) for name in RESULT_NAMES},
    )


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The workbook of an enterprise's reports, to fill in and send back."""
    home = _home(request)
    rows = list(TestReport.objects.filter(organisation=home, state=TestReport.State.RECORDED))
    for one in rows:
        for name in RESULT_NAMES:
            setattr(one, name, Decimal(one.results[name]) if name in one.results else None)
    return attached(rowbook.write(sheet(home), rows), f"{_('Test reports')}.xlsx", rowbook.MEDIA_TYPE)


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a filled-in workbook: all of it, or nothing with all that is wrong."""
    home = _home(request)
    sent = request.FILES.get("file")
    context: dict[str, Any] = {"back": reverse("labreports:list")}
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        wrong = (
            _("Choose a file.")
            if sent is None
            else _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20}
        )
        return render(request, "schemes/imported.html", context | {"faults": [Fault("", wrong)]}, status=422)
    found = rowbook.read(sheet(home), sent.read())
    if found.faults:
        return render(request, "schemes/imported.html", context | {"faults": found.faults}, status=422)
    try:
        changed = actions.import_reports(access.me(request), home, found.forms, now=timezone.now())
    except ValidationError as error:
        told = [Fault("", one) for one in error.messages]
        return render(request, "schemes/imported.html", context | {"faults": told}, status=422)
    return render(request, "schemes/imported.html", context | {"lines": len(found.forms), "changed": changed})
