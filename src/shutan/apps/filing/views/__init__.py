"""Pages of monthly filing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.common.language import language
from shutan.apps.filing import actions, cells, sheets
from shutan.apps.filing.models import Book, FiledValue, MonthlyFiling

BAD, TOLD = 400, 422


def performed(request: HttpRequest, verb: Callable[[], Any], done: str = "") -> bool:
    """Run an action; say on the next page how it went, and return whether it went well."""
    try:
        verb()
    except actions.StaleError:
        messages.error(
            request, _("Someone took a step with this month meanwhile; look at it again and repeat yours.")
        )
    except actions.BlockedError as error:
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


def saved(request: HttpRequest, holder: Book | MonthlyFiling) -> JsonResponse:
    """Save the cells a grid sends and tell what became of each."""
    try:
        sent = json.loads(request.body)
        changes = [change_of(one) for one in sent["changes"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": _("These cells could not be read.")}, status=BAD)
    try:
        done = cells.save(access.me(request), holder, changes, now=timezone.now())
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=TOLD)
    words = language()
    return JsonResponse(
        {
            "at": date_format(timezone.localtime(), "H:i"),
            "saved": [_place(one) | sheets.cell(one) for one in done.saved],
            "refused": [
                _asked(one.change)
                | {
                    "message": getattr(one.message, words),
                    "expected": getattr(one.expected, words) if one.expected else "",
                }
                for one in done.refused
            ],
            "conflicts": [
                _asked(one.change)
                | sheets.cell(one.now)
                | {
                    "by": str(one.now.changed_by or ""),
                    "at": date_format(timezone.localtime(one.now.changed_at), "H:i"),
                }
                for one in done.conflicts
            ],
        }
    )


def change_of(one: Mapping[str, Any]) -> cells.Change:
    """A cell as a grid or the API sends it.

    Raises:
        KeyError, TypeError, ValueError: it is not one.
    """
    return cells.Change(
        table=str(one["table"]),
        key=tuple(str(part) for part in one["key"]),
        variable=str(one["variable"]),
        value=str(one["value"]),
        seen=int(one.get("seen", 0)),
        obtained=None if one.get("obtained") is None else str(one["obtained"]),
        note=None if one.get("note") is None else str(one["note"]),
    )


def _place(one: FiledValue) -> dict[str, Any]:
    return {"table": one.table, "key": list(one.key), "variable": one.variable}


def _asked(one: cells.Change) -> dict[str, Any]:
    return {"table": one.table, "key": list(one.key), "variable": one.variable, "typed": one.value}
