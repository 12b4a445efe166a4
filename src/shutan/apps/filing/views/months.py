"""One month: its grid, how far it is, what the checks say, what changed since the version before, its steps."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind
from shutan.apps.common.language import language
from shutan.apps.filing import checking, comparing, completeness, queries, sheets
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.filing.steps import VERBS, next_step, take
from shutan.apps.filing.views import performed, row_removed, saved
from shutan.apps.filing.views.books import summary, title_of
from shutan.apps.filing.worth import worth
from shutan.documents import wording

LONGEST_NUMBER = 9  # digits
State = MonthlyFiling.State


def frame(request: HttpRequest, filing: MonthlyFiling, current: str) -> dict[str, Any]:
    """What every page of a month shows: where it stands, what comes next, its parts, what one may do."""
    person = access.me(request)
    changes = queries.changes(person, filing.organisation)
    corrected = queries.is_corrected(filing)
    names = {"month": _("Figures"), "evidence": _("Evidence"), "findings": _("Findings")}
    if filing.previous_id:
        names["changes"] = _("What changed")
    if filing.is_open and changes:
        names["sheet"] = _("From a sheet")
    names["history"] = _("History")
    return {
        "filing": filing,
        "book": filing.book,
        "sector": title_of(filing.book.rule_set),
        "state": "replaced" if corrected else filing.state,
        "corrected": corrected,
        "tabs": [
            (reverse(f"filing:{one}", args=[filing.pk]), label, one == current)
            for one, label in names.items()
        ]
        + ([(reverse("review:month", args=[filing.pk]), _("Review"), False)] if filing.is_filed else []),
        "next_step": next_step(person, filing, changes=changes, corrected=corrected)[1],
        "duty": queries.due(person, filing.book).get(filing.month),
        "may": {verb: _may(request, filing, verb, changes=changes, corrected=corrected) for verb in VERBS},
        "changes": changes,
        "is_enterprise": person.kind == Kind.ENTERPRISE,
        "versions": list(queries.versions(person, filing)),
        "neighbours": _neighbours(request, filing),
    }


def _may(request: HttpRequest, filing: MonthlyFiling, verb: str, *, changes: bool, corrected: bool) -> bool:
    """Whether a step is open to the person now."""
    person = access.me(request)
    if not access.may_do(person, f"filing.{verb}") or corrected:
        return False
    if verb in ("pass_city", "accept", "return_month"):
        waits = (State.SUBMITTED,) if verb == "pass_city" else (State.SUBMITTED, State.PASSED_CITY)
        return filing.state in waits
    if not changes:
        return False
    if verb == "submit":
        return filing.state == State.INTERNAL and filing.sent_by_id != person.pk
    if verb == "send_back":
        return filing.state == State.INTERNAL
    if verb == "correct":
        return filing.is_filed
    return filing.is_open


def _neighbours(request: HttpRequest, filing: MonthlyFiling) -> dict[str, str]:
    """Addresses of the months before and after, where they were begun."""
    around = queries.months(access.me(request)).filter(
        book=filing.book_id, month__in=(filing.month - 1, filing.month + 1)
    )
    found: dict[str, str] = {}
    for one in around:
        side = "before" if one.month < filing.month else "after"
        found.setdefault(side, reverse("filing:month", args=[one.pk]))
    return found


@require_GET
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """The month's cells."""
    person = access.me(request)
    filing = queries.month(person, pk)
    year = queries.year_of(person, filing)
    context = frame(request, filing, "month")
    context |= {
        "grid": {
            "sheets": sheets.month_sheets(year, filing.month),
            "url": reverse("filing:month_cells", args=[pk]),
            "rows": reverse("filing:month_rows", args=[pk]),
            "open": filing.is_open and context["changes"] and access.may_do(person, "filing.save_cells"),
            "monthly": True,
            "obtained": {str(key): str(label) for key, label in FiledValue.Obtained.choices},
        },
        "no_rows": not year.yearly,
    } | _standing(year, filing)
    return render(request, "filing/month.html", context)


def _standing(year: Year, filing: MonthlyFiling) -> dict[str, Any]:
    return {
        "done": completeness.of(year, filing.month),
        "summary": summary(year),
        "worth": worth(year, timezone.localdate()),
    }


@require_GET
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the month is and the year so far: the part of the page that follows each saving."""
    person = access.me(request)
    filing = queries.month(person, pk)
    context = {"filing": filing} | _standing(queries.year_of(person, filing), filing)
    return render(request, "filing/_standing.html", context)


@require_GET
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks that everybody may see say now, and what else keeps the month from being filed."""
    person = access.me(request)
    filing = queries.month(person, pk)
    year = queries.year_of(person, filing)
    done = completeness.of(year, filing.month)
    words = language()
    context = frame(request, filing, "findings") | {
        "said": checking.screen(year, filing.month, year.result()),
        "done": done,
        "missing": [
            (
                wording.pick(one.table.label, words),
                " · ".join(one.key),
                wording.label_of(year.rules, one.variable, words),
            )
            for one in done.missing
        ],
    }
    return render(request, "filing/findings.html", context)


@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a corrected version says otherwise than the one before, and what follows for the figures."""
    person = access.me(request)
    filing = queries.month(person, pk)
    previous = queries.months(person).filter(pk=filing.previous_id or 0).first()
    if previous is None:
        raise Http404
    pair = queries.year_of(person, previous), queries.year_of(person, filing)
    context = frame(request, filing, "changes") | {
        "previous": previous,
        "cells": comparing.cells(*pair, filing.month),
        "figures": comparing.figures(*pair, filing.month),
    }
    return render(request, "filing/changes.html", context)


# -- what one does ----------------------------------------------------------------------------------------------


@require_POST
def save_cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Save cells as someone types."""
    return saved(request, queries.month(access.me(request), pk))


@require_POST
def remove_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out of a draft."""
    return row_removed(request, queries.month(access.me(request), pk))


def whole(text: str) -> int:
    """A whole number as a form carries it; nothing a database cannot count to."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step with a month."""
    if name not in VERBS:
        raise Http404
    filing = queries.month(access.me(request), pk)
    made: list[MonthlyFiling] = []
    if performed(request, lambda: made.append(_take(request, filing, name)), _done(name)):
        if name == "drop_month":
            return redirect("filing:book", pk=filing.book_id)
        if name == "correct":
            return redirect("filing:month", pk=made[0].pk)
    return redirect("filing:month", pk=pk)


def _take(request: HttpRequest, filing: MonthlyFiling, name: str) -> MonthlyFiling:
    post = request.POST
    return take(
        access.me(request),
        filing,
        name,
        revision=whole(post.get("revision", "")),
        why=post.get("why", "")[:500],
        stopped="stopped" in post,
        unchanged="unchanged" in post,
        figures="figures" in post,
        now=timezone.now(),
    )


def _done(name: str) -> str:
    return {
        "set_flags": _("Saved."),
        "copy_last": _("Empty cells are filled with those of the month before."),
        "send_for_review": _("Sent to internal review."),
        "send_back": _("Given back to be mended."),
        "submit": _("Filed. The month is frozen."),
        "correct": _("A new version was begun; the one filed stays as it is."),
        "drop_month": _("The draft is deleted."),
        "pass_city": _("Passed on to the province."),
        "accept": _("Accepted."),
        "return_month": _("Returned to the enterprise."),
    }[name]
