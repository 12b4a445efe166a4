"""Error pages. They need neither a person nor a database, so that they show when those are what failed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shutan.apps.accounts.scope import MandateEnded

# Fields people type into, which the page of an ended mandate shows again to be copied.
KEPT = ("title", "why", "reason", "note", "comment", "text", "remarks")


def page(request: HttpRequest, status: int, title: str, what_to_do: str) -> HttpResponse:
    """One page for all: what happened, what to do, the way back."""
    context = {"code": status, "title": title, "what_to_do": what_to_do}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400: the browser sent something that cannot be read."""
    return page(
        request,
        400,
        _("This request cannot be read"),
        _("Go back, check what you entered and send it once more."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known person, not their page; or a mandate that has ended, with what was typed, so that nothing is lost."""
    if isinstance(exception, MandateEnded):
        told = {"code": 403, "title": _("Your mandate has ended"), "what_to_do": exception.words}
        kept = [(name, request.POST[name]) for name in KEPT if request.POST.get(name)]
        return render(request, "error.html", told | {"kept": kept}, status=403)
    return page(
        request,
        403,
        _("This page is not open to your role"),
        _("Ask the administrator of your organisation when you need it, or return to your worklist."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: also for what exists but belongs to someone else, so that nobody learns of it."""
    return page(
        request,
        404,
        _("Nothing is here"),
        _("The address may be mistyped, or the record was withdrawn or belongs to another organisation."),
    )


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: more than any form takes."""
    return page(
        request,
        413,
        _("This is too large"),
        _("At most %(n)s MB can be sent at once: send fewer or smaller files.") % {"n": most // 2**20},
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """429: signing in, passwords and codes are asked for only so often."""
    return page(
        request,
        429,
        _("Too many attempts"),
        _("This protects accounts from being guessed. Wait five minutes and try again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing was saved, because each action is one transaction."""
    return page(
        request,
        500,
        _("Something broke on our side"),
        _("Nothing was saved by this step. The fault has been recorded; please try again in a minute."),
    )


def csrf_failure(request: HttpRequest, reason: str = "", **_kwargs: Any) -> HttpResponse:  # noqa: ARG001
    """403 of a form that was open too long or came from elsewhere."""
    return page(
        request,
        403,
        _("This form is no longer valid"),
        _(
            "You may have signed out or in again in another window. Reload the page and send the form once more."
        ),
    )
