"""Taking a month's figures from test reports: the page's card and the button's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shutan.apps.accounts import access
from shutan.apps.filing import from_tests, queries
from shutan.apps.filing.views import performed
from shutan.apps.labreports import queries as reports


@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports that fit the month (a part of its page); by POST one row takes its figures from one of them."""
    person = access.me(request)
    filing = queries.month(person, pk)
    if request.method == "GET":
        found = from_tests.offers(person, queries.year_of(person, filing), filing.month)
        may = (
            filing.is_open
            and access.may_do(person, "filing.save_cells")
            and queries.changes(person, filing.organisation)
        )
        return render(request, "filing/_tests.html", {"filing": filing, "offers": found, "may": may})
    asked = request.POST.get("report", "")
    report = get_object_or_404(
        reports.reports(person), pk=int(asked) if asked.isascii() and asked.isdigit() else 0
    )
    table, key = request.POST.get("table", ""), tuple(request.POST.getlist("key"))

    def taken() -> None:
        done = from_tests.take(person, filing, report, table, key, now=timezone.now())
        for one in done.refused:
            messages.error(request, f"{one.change.variable}: {one.message}")
        told = _("%(n)s cells are taken from report %(number)s.")
        messages.success(request, told % {"n": len(done.saved), "number": report.number})

    performed(request, taken)
    return redirect("filing:month", pk=pk)
