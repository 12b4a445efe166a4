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
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing import cells, sheets
from shutan.apps.filing.models import Book, MonthlyFiling

BAD, TOLD = 400, 422


def performed(request: HttpRequest, verb: Callable[[], Any], done: str = "") -> bool:
    """Run an action; say on the next page how it went, and return whether it went well."""
    try:
        verb()
    except StaleError:
        messages.error(
            request, _("Someone took a step with this month meanwhile; look at it again and repeat yours.")
        )
    except BlockedError as error:
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
    return JsonResponse({"at": date_format(timezone.localtime(), "H:i")} | sheets.outcome(done))


def row_removed(request: HttpRequest, holder: Book | MonthlyFiling) -> JsonResponse:
    """Take out the row that a grid names."""
    try:
        sent = json.loads(request.body)
        table, key = str(sent["table"]), [str(part) for part in sent["key"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": _("These cells could not be read.")}, status=BAD)
    try:
        count = cells.remove_row(access.me(request), holder, table, key, now=timezone.now())
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=TOLD)
    return JsonResponse({"cells": count})


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
