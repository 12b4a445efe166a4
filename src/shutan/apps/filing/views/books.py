"""The list of books, a book's year at a glance, its yearly rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.common.downloads import attached
from shutan.apps.common.files import SPREADSHEET, clean_name
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.duties.models import Duty
from shutan.apps.filing import actions, completeness, queries, sheets
from shutan.apps.filing import platform as exchange
from shutan.apps.filing.completeness import Completeness
from shutan.apps.filing.content import Year
from shutan.apps.filing.forms import BookForm
from shutan.apps.filing.models import Book, MonthlyFiling
from shutan.apps.filing.views import performed, row_removed, saved
from shutan.apps.filing.worth import worth
from shutan.documents import wording
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.registry import rule_sets


def title_of(rules: str) -> str:
    """A rule set's title in the language of the page."""
    found = rule_sets().get(rules)
    return wording.pick(found.title, language()) if found else rules


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The books a person may see, and beginning one."""
    return _list(request, BookForm(filers=queries.filers(access.me(request)), year=timezone.localdate().year))


def _list(request: HttpRequest, form: BookForm, status: int = 200) -> HttpResponse:
    person = access.me(request)
    rows = queries.books(person)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    listing = Listing(
        request,
        key="books",
        title=_("Monthly filing"),
        rows=rows,
        columns=[
            Column(
                "year",
                _("Year"),
                value=lambda row: str(row.year),
                sort="year",
                link=lambda row: reverse("filing:book", args=[row.pk]),
            ),
            Column(
                "organisation",
                _("Organisation"),
                sort="organisation__name_zh",
                link=lambda row: reverse("filing:book", args=[row.pk]),
            ),
            Column("rule_set", _("Rule set"), value=lambda row: title_of(row.rule_set), sort="rule_set"),
        ],
        filters=[
            Filter(
                "year",
                _("Year"),
                lambda found, value: found.filter(year=value),
                [(str(one), str(one)) for one in years],
            ),
        ],
        search=("organisation__name_zh", "organisation__name_en", "organisation__credit_code"),
        empty_title=_("No book of a year"),
        empty_text=_("A book holds a year's units, lines and fuels and its twelve months."),
    )
    may = access.may_open(person, "filing:new") and queries.filers(person).exists()
    context = {"listing": listing, "form": form, "may_begin": may}
    return listing.response() or render(request, "filing/books.html", context, status=status)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a book."""
    person = access.me(request)
    form = BookForm(request.POST, filers=queries.filers(person), year=timezone.localdate().year)
    if form.is_valid():
        given, made = form.cleaned_data, []
        if performed(
            request,
            lambda: made.append(
                actions.open_book(
                    person,
                    given["organisation"],
                    rule_set=given["rule_set"],
                    year=given["year"],
                    now=timezone.now(),
                )
            ),
        ):
            return redirect("filing:book", pk=made[0].pk)
    return _list(request, form, 422)


@dataclass(frozen=True)
class MonthLine:
    """One month of the year as the overview shows it."""

    number: int
    filing: MonthlyFiling | None
    duty: Any
    done: Completeness

    @property
    def state(self) -> str:
        """State of the badge component; '' where nothing was begun."""
        return self.filing.state if self.filing else ""


def frame(request: HttpRequest, book: Book, current: str) -> dict[str, Any]:
    """What every page of a book shows."""
    person = access.me(request)
    tabs = {
        "book": _("Months"),
        "yearly": _("Units, lines and fuels"),
        "platform": _("National platform"),
    }
    return {
        "book": book,
        "sector": title_of(book.rule_set),
        "tabs": [
            (reverse(f"filing:{one}", args=[book.pk]), label, one == current) for one, label in tabs.items()
        ],
        "changes": queries.changes(person, book.organisation),
        "is_enterprise": person.kind == Kind.ENTERPRISE,
    }


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Twelve months: where each stands, by when it is due, how far it is; and the year so far."""
    person = access.me(request)
    book = queries.book(person, pk)
    year = queries.year(person, book)
    duties: dict[int, Duty] = queries.due(person, book)
    lines = [
        MonthLine(
            number,
            year.months.get(number),
            duties.get(number),
            completeness.of(year, number) if number in year.months else Completeness(),
        )
        for number in actions.MONTHS
    ]
    context = frame(request, book, "book") | {
        "lines": lines,
        "today": timezone.localdate(),
        "owed": bool(duties),
        "summary": summary(year),
        "worth": worth(year, timezone.localdate()),
        "no_rows": not year.yearly,
        # The report of the year is another app's; its route is only named here.
        "assembles": queries.changes(person, book.organisation)
        and access.may_open(person, "reporting:assemble", "POST"),
    }
    return render(request, "filing/book.html", context)


@dataclass(frozen=True)
class Total:
    """One figure of the year so far."""

    label: str
    unit: str
    value: Any
    places: int | None
    waits: str
    name: str


def summary(year: Year) -> list[Total]:
    """The totals that the sector's report declares, over the months that are there."""
    if not year.months:
        return []
    result, words, found = year.result(), language(), []
    rules = year.rules
    for name in rules.report.summary if rules.report else ():
        if not result.has(name) or not result.column(name):
            continue
        value = result.column(name)[0]
        waits = wording.waiting_text(rules, value, words) if hasattr(value, "reasons") else ""
        unit = rules.unit_of(name)
        found.append(
            Total(
                wording.label_of(rules, name, words),
                wording.unit_text(rules, unit, words),
                value,
                _places(value),
                waits,
                name,
            )
        )
    return found


def _places(value: Any) -> int | None:
    exponent = getattr(value, "as_tuple", lambda: None)()
    return max(0, -exponent.exponent) if exponent else None


@require_GET
def yearly(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that hold for the year, as a grid."""
    person = access.me(request)
    book = queries.book(person, pk)
    context = frame(request, book, "yearly")
    context["grid"] = {
        "sheets": sheets.book_sheets(queries.year(person, book)),
        "url": reverse("filing:book_cells", args=[book.pk]),
        "rows": reverse("filing:book_rows", args=[book.pk]),
        "open": context["changes"] and access.may_do(person, "filing.save_cells"),
        "monthly": False,
    }
    return render(request, "filing/yearly.html", context)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The monthly tables in the annex's order."""
    person = access.me(request)
    book = queries.book(person, pk)
    name = clean_name(f"{book.organisation.name_zh}-{book.year}.xlsx")
    return attached(exchange.write(queries.year(person, book)), name, SPREADSHEET)


@require_GET
def export_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for programs."""
    person = access.me(request)
    book = queries.book(person, pk)
    content = json.dumps(exchange.write_json(queries.year(person, book)), ensure_ascii=False, indent=1)
    return attached(content.encode(), clean_name(f"{book.organisation.name_zh}-{book.year}.json"))


@require_http_methods(["GET", "POST"])
def platform(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes to the national platform and, laid beside it, what was filed there. Nothing of it is kept."""
    person = access.me(request)
    book = queries.book(person, pk)
    context = frame(request, book, "platform")
    if request.method == "GET":
        return render(request, "filing/platform.html", context)
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        return render(request, "filing/_compared.html", {"compared": None}, status=422)
    compared = exchange.compare(queries.year(person, book), sent.read())
    return render(request, "filing/_compared.html", {"compared": compared})


@require_POST
def save_cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Save cells of the yearly rows."""
    return saved(request, queries.book(access.me(request), pk))


@require_POST
def remove_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out of what holds for the year."""
    return row_removed(request, queries.book(access.me(request), pk))


@require_POST
def open_month(request: HttpRequest, pk: int, month: int) -> HttpResponse:
    """Begin a month and go there."""
    person = access.me(request)
    book = queries.book(person, pk)
    made: list[MonthlyFiling] = []
    if performed(request, lambda: made.append(actions.open_month(person, book, month, now=timezone.now()))):
        return redirect("filing:month", pk=made[0].pk)
    return redirect("filing:book", pk=pk)
