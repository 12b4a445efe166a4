"""Pages of the joint review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.common import refusals
from shutan.apps.review import queries

LONGEST_NUMBER = 9  # digits; more is nothing a database counts to


def performed(request: HttpRequest, verb: Callable[[], Any], done: str = "") -> bool:
    """Run an action; say on the next page how it went, and return whether it went well."""
    try:
        verb()
    except refusals.StaleError:
        messages.error(request, _("Someone changed this meanwhile; look at it again and repeat your step."))
    except refusals.BlockedError as error:
        for reason in error.reasons:
            messages.error(request, reason)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        if done:
            messages.success(request, done)
        return True
    return False


def whole(text: str | None) -> int:
    """A whole number as a form carries it; 0 for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    """The parts of the desk that a person may open."""
    person = access.me(request)
    parts = {"questions": _("Questions and answers"), "clues": _("Clue lists")}
    if queries.is_reviewer(person):
        parts = {
            "desk": _("Queue"),
            **parts,
            "reports": _("Annual reports"),
            "weekly": _("Weekly table"),
            "phrases": _("Opinion templates"),
        }
    return [
        (reverse(f"review:{name}"), label, name == current)
        for name, label in parts.items()
        if access.may_open(person, f"review:{name}")
    ]
