"""The components of every page as template tags. Shown with invented data at /_/components, listed in docs/web.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shutan.apps.common.charts import Chart
from shutan.apps.common.language import language
from shutan.apps.common.listing import Cell, Listing

register = template.Library()

# state: (word, icon, look). The only colours with a meaning, always with word and icon.
STATES: dict[str, tuple[Any, str, str]] = {
    "normal": (_("Normal"), "circle-check", "normal"),
    "unconfirmed": (_("Unconfirmed"), "help-circle", "unconfirmed"),
    "due": (_("Due"), "clock", "due"),
    "overdue": (_("Overdue"), "alert-circle", "overdue"),
    "blocked": (_("Blocking"), "ban", "overdue"),
    "warning": (_("Warning"), "alert-triangle", "unconfirmed"),
    "trial": (_("Trial"), "flask", "trial"),
    "waiting": (_("Waiting"), "clock", "trial"),
    "info": (_("Notice"), "info-circle", "due"),
    "draft": (_("Draft"), "file-spreadsheet", "trial"),
    "submitted": (_("Submitted"), "lock", "normal"),
    "internal": (_("Internal review"), "clock", "due"),
    "passed_city": (_("Passed by the city"), "circle-check", "due"),
    "accepted": (_("Accepted by the province"), "circle-check", "normal"),
    "replaced": (_("Replaced by a correction"), "history", "trial"),
    "exercise": (_("Exercise"), "flask", "trial"),
    "registered": (_("Registered, not confirmed"), "clock", "unconfirmed"),
    "confirmed": (_("Confirmed"), "circle-check", "normal"),
    "rejected": (_("Rejected"), "ban", "trial"),
    "withdrawal_asked": (_("Withdrawal asked"), "clock", "unconfirmed"),
    "value_withdrawn": (_("Withdrawn"), "history", "trial"),
    "changes": (_("Changes"), "alert-triangle", "unconfirmed"),
    "computes": (_("Computes now"), "circle-check", "normal"),
    "waits_again": (_("Waits again"), "clock", "unconfirmed"),
    "unmoved": (_("Unchanged"), "circle-check", "trial"),
    # how sure a number of the law is
    "official": (_("Official text"), "circle-check", "normal"),
    "secondary": (_("Unconfirmed: from elsewhere"), "help-circle", "unconfirmed"),
    "recalled": (_("Unconfirmed: text not seen"), "help-circle", "unconfirmed"),
    "consultation": (_("Unconfirmed: consultation draft"), "help-circle", "unconfirmed"),
    "unknown": (_("No value yet"), "clock", "trial"),
    # how much a finding weighs
    "block": (_("Blocking"), "ban", "overdue"),
    "high": (_("High"), "alert-triangle", "unconfirmed"),
    "medium": (_("Medium"), "alert-circle", "due"),
    "low": (_("Low"), "info-circle", "trial"),
    # a mandate
    "offered": (_("Offered, not accepted"), "clock", "unconfirmed"),
    "upcoming": (_("Begins later"), "clock", "trial"),
    "in_force": (_("Holds"), "circle-check", "normal"),
    "ended": (_("Past its last day"), "history", "trial"),
    "declined": (_("Declined"), "ban", "trial"),
    # the registration of a service body and its application
    "suspended": (_("Suspended"), "alert-triangle", "overdue"),
    "withdrawn": (_("Registration withdrawn"), "ban", "trial"),
    "review": (_("Under review"), "clock", "due"),
    "returned": (_("Returned"), "alert-circle", "unconfirmed"),
    "approved": (_("Approved"), "circle-check", "normal"),
    "taken_back": (_("Taken back"), "history", "trial"),
    "open": (_("Waiting for an answer"), "clock", "due"),
    "answered": (_("Answered"), "mail", "due"),
    "settled": (_("Settled"), "lock", "trial"),
    # an instrument, a self-assessment, an improvement
    "cleared": (_("Cleared for publication"), "circle-check", "due"),
    "repealed": (_("Repealed"), "history", "trial"),
    "abandoned": (_("Abandoned"), "ban", "trial"),
    "under_way": (_("Under way"), "clock", "due"),
    "verified": (_("Verified"), "circle-check", "normal"),
    "signed": (_("Signed"), "lock", "normal"),
    "closed": (_("Closed"), "lock", "trial"),
    "expired": (_("Expired"), "clock", "trial"),
    "revoked": (_("Revoked"), "ban", "trial"),
    # lists and duties
    "opinions": (_("Opinions asked"), "clock", "due"),
    "notice": (_("Public notice"), "info-circle", "due"),
    "enters": (_("Enters"), "circle-check", "normal"),
    "stays": (_("Stays"), "circle-check", "trial"),
    "leaves": (_("Leaves"), "ban", "trial"),
    "undecided": (_("Not decided"), "help-circle", "unconfirmed"),
    "include": (_("Included by decision"), "circle-check", "normal"),
    "exclude": (_("Left out by decision"), "ban", "trial"),
    "asked": (_("Asked"), "clock", "due"),
    "agrees": (_("Agrees"), "circle-check", "normal"),
    "objects": (_("Objects"), "alert-triangle", "unconfirmed"),
    "included": (_("To be included"), "circle-check", "normal"),
    "refused": (_("Not included"), "ban", "trial"),
    "due_soon": (_("Due soon"), "clock", "due"),
    "inner_passed": (_("Past the inner deadline"), "alert-triangle", "unconfirmed"),
    "extended": (_("Extended"), "history", "due"),
    "ahead": (_("Still ahead"), "clock", "trial"),
    "undated": (_("No date named"), "help-circle", "trial"),
    "done": (_("Done"), "circle-check", "normal"),
    "lapsed": (_("No longer owed"), "history", "trial"),
    "published": (_("Published"), "circle-check", "normal"),
    # a policy of an enterprise
    "proposed": (_("Proposed"), "clock", "due"),
    "agreed": (_("Agreed"), "circle-check", "normal"),
    # a record on paper, an archive
    "kept": (_("Kept"), "circle-check", "normal"),
    "handed_over": (_("Handed over"), "history", "trial"),
    "disposed": (_("Disposed of"), "ban", "trial"),
    "running": (_("Being made"), "clock", "due"),
    "failed": (_("Failed"), "alert-triangle", "overdue"),
    # a test report
    "recorded": (_("Recorded"), "circle-check", "normal"),
    "not_counted": (_("Withdrawn"), "history", "trial"),
}
NOWRAP = '<span class="number">{}</span>'
MONTH = re.compile(r"\d{4}-\d{2}")  # a month as lists write it: it breaks at its hyphen else
CHINESE = re.compile(r"[\u3400-\u9fff]")
MISSING = SafeString('<span class="text-secondary">—</span>')


@register.filter
def chinese(text: Any) -> Any:
    """Words that are Chinese in either language, as titles of laws are: on English pages told so to who hears them."""
    if language() == "zh" or not CHINESE.search(str(text)):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A symbol of static/img/icons.svg, decoration only: the words stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        extra,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def badge(state: str, text: Any = "") -> SafeString:
    """A status with icon and word; `text` replaces the usual word. An unknown state shows as its own name."""
    word, symbol, look = STATES.get(state, (state, "info-circle", "trial"))
    return format_html('<span class="state state-{}">{}{}</span>', look, icon(symbol), text or word)


def number_text(value: Any, places: int | None = None) -> str:
    """A number for reading: thousands separators, exactly `places` decimals, no exponent."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return str(exact)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return format(exact, ",f").replace("-", "\N{MINUS SIGN}", 1)


@register.simple_tag
def number(value: Any, unit: str = "", places: int | None = None, explain: str = "") -> SafeString:
    """A figure with its unit; with `explain` (an address) a quiet link that opens the drawer."""
    if value is None or value == "":
        return MISSING
    inner = format_html('<span class="figure">{}</span>', number_text(value, places))
    if unit:
        inner = format_html('{}<span class="unit">{}</span>', inner, unit)
    if explain:
        return format_html('<a class="explained" data-explain href="{}">{}</a>', explain, inner)
    return format_html('<span class="number">{}</span>', inner)


@register.filter
def grouped(value: Any, places: int | None = None) -> str:
    """`{{ value|grouped:2 }}`: the bare text of a number."""
    return "" if value in (None, "") else number_text(value, places)


def shown(value: Any) -> Any:
    """Any value as text a reader understands."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return format_html(NOWRAP, formats.date_format(timezone.localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, date):
        return format_html(NOWRAP, formats.date_format(value, "DATE_FORMAT"))
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, str) and MONTH.fullmatch(value):
        return format_html(NOWRAP, value)
    return value


@register.simple_tag
def show(value: Any) -> Any:
    """Any value as text a reader understands."""
    return shown(value)


@register.simple_tag
def cell(given: Cell) -> Any:
    """The content of one cell of a list."""
    column = given.column
    if column.is_number:
        return number(given.value, "", column.places, given.explain)
    content = badge(str(given.value)) if column.badge and given.value else shown(given.value)
    if column.chinese:
        content = chinese(content)
    if given.link:
        return format_html('<a href="{}">{}</a>', given.link, content)
    return content


@register.simple_block_tag
def pagehead(content: str, title: Any, subtitle: Any = "", status: str = "", next: Any = "") -> str:  # noqa: A002
    """Title, status and next step on top of a page; the block holds its buttons."""
    context = {"content": content, "title": title, "subtitle": subtitle, "status": status, "next": next}
    return render_to_string("components/pagehead.html", context)


@register.simple_block_tag
def card(content: str, title: Any = "", hint: Any = "", id: str = "", *, flush: bool = False) -> str:  # noqa: A002
    """A framed part of a page; `flush` for tables that reach its edges."""
    context = {"content": content, "title": title, "hint": hint, "id": id, "flush": flush}
    return render_to_string("components/card.html", context)


@register.simple_tag
def facts(pairs: Iterable[tuple[Any, Any]]) -> SafeString:
    """A definition list: (name, value) pairs."""
    lines = format_html_join(
        "", "<div><dt>{}</dt><dd>{}</dd></div>", ((name, shown(value)) for name, value in pairs)
    )
    return format_html('<dl class="facts">{}</dl>', lines)


@register.simple_tag
def crumb(title: Any, url: str = "") -> SafeString:
    """One step of the breadcrumb; without an address it is the page itself."""
    if url:
        return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, title)
    return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', title)


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[tuple[str, Any, bool]], label: Any = "") -> dict[str, Any]:
    """Tabs that are links: (address, title, current)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(
    title: Any, text: Any = "", url: str = "", label: Any = "", icon: str = "circle-check"
) -> dict[str, Any]:
    """What stands where nothing is: what to do, and a button for it."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("components/listing.html", takes_context=True)
def listing(context: template.Context, listing: Listing) -> dict[str, Any]:
    """The list frame around a `shutan.apps.common.listing.Listing`."""
    return {"listing": listing, "request": context.get("request")}


@register.inclusion_tag("components/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """A chart with its table and downloads; the page must load `build/charts.js` (block `scripts`)."""
    return {"chart": chart, "data": chart.as_json(), "id": f"chart-{chart.key}"}


@register.simple_block_tag(takes_context=True)
def upload(
    context: template.Context, content: str, url: str, label: Any, accept: str = "", *,
    hint: Any = "", name: str = "file", target: str = "", multiple: bool = False,
) -> str:  # fmt: skip
    """A file field that sends and shows its progress; the block holds further fields of the form. The answer replaces
    the place `target` (an id), else one below the button.
    """
    told = {"url": url, "label": label, "accept": accept, "hint": hint, "name": name, "target": target}
    told["multiple"] = multiple
    token = context.get("csrf_token")
    return render_to_string("components/upload.html", told | {"content": content, "csrf_token": token})


@register.simple_tag
def field(bound: BoundField, hint: Any = "") -> str:
    """One form field with label, faults at its place and help."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "textarea")
    look = {"select": "form-select", "checkbox": "form-check-input"}.get(kind, "form-control")
    if bound.errors:
        look += " is-invalid"
    several = isinstance(widget, CheckboxSelectMultiple)  # a line each, not one box
    if several:
        widget.attrs["class"] = look
    context = {
        "field": bound,
        "control": "" if several else bound.as_widget(attrs={"class": look}),
        "hint": hint or bound.help_text,
        "check": kind == "checkbox" and not several,
        "several": several,
    }
    return render_to_string("components/field.html", context)


@register.simple_tag
def cellfield(bound: BoundField) -> SafeString:
    """One form field in a cell of a table whose head is its label, faults below it."""
    kind = getattr(bound.field.widget, "input_type", "textarea")
    look = {"select": "form-select form-select-sm", "checkbox": "form-check-input"}.get(
        kind, "form-control form-control-sm"
    )
    if bound.errors:
        look += " is-invalid"
    control = bound.as_widget(attrs={"class": look, "aria-label": str(bound.label)})
    said = format_html_join(
        "", '<div class="invalid-feedback d-block">{}</div>', ((one,) for one in bound.errors)
    )
    return format_html("{}{}", control, said)


@register.simple_tag
def html_lang() -> str:
    """The page's language as HTML names it."""
    return "zh-Hans" if language() == "zh" else "en"
