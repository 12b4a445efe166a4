"""The weekly table for cities: page, chart, export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.common import export
from shutan.apps.common.charts import Chart, Series
from shutan.apps.review import weekly
from shutan.apps.review.views import tabs


def heads() -> dict[str, Any]:
    """The columns' names, in order."""
    return {
        "due": _("Due in the week"),
        "filed": _("Months filed"),
        "in_time": _("of them in time"),
        "returned": _("Returned"),
        "passed": _("Passed or accepted"),
        "open": _("Open at its end"),
        "overdue": _("Overdue at its end"),
    }


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """A week by city."""
    person, today = access.me(request), timezone.localdate()
    first = weekly.week_of(request.GET.get("week", ""), today)
    lines = weekly.table(person, first, today=today)
    kind = request.GET.get("export", "")
    if kind in export.WRITERS:
        rows = ([line.city, *line.figures] for line in lines)
        title = f"{_('Weekly table')} {weekly.named(first)}"
        return export.respond(kind, title, [_("City"), *map(str, heads().values())], rows)
    shown = [line for line in lines if any(line.figures)]
    overdue = sum(line.overdue for line in lines)
    told = ngettext("%(n)s month is owed and not filed", "%(n)s months are owed and not filed", overdue)
    names = heads()
    context = {
        "tabs": tabs(request, "weekly"),
        "first": first,
        "last": first + weekly.WEEK - timedelta(days=1),
        "week": weekly.named(first),
        "before": weekly.named(first - weekly.WEEK),
        "after": weekly.named(first + weekly.WEEK) if first + weekly.WEEK <= today else "",
        "heads": names.values(),
        "lines": lines,
        "sums": [sum(column) for column in zip(*(line.figures for line in lines), strict=True)],
        "chart": Chart(
            key="weekly",
            title=told % {"n": overdue},
            unit=_("months"),
            categories=[line.city for line in shown],
            series=[
                Series(str(names[name]), [getattr(line, name) for line in shown])
                for name in ("filed", "returned", "open", "overdue")
            ],
        )
        if shown
        else None,
    }
    return render(request, "review/weekly.html", context)
