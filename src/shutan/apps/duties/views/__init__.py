"""Pages of lists and duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shutan.apps.common.language import language
from shutan.apps.duties.actions import StaleDutyError
from shutan.apps.duties.steps import StaleError
from shutan.documents.problem import Problem

# What `performed` answers when the action was done.
OK = 200


def told(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    """Faults of a file as a table shows them."""
    at = language()
    return [
        {
            "place": str(one.place),
            "wrong": getattr(one.message, at),
            "expected": getattr(one.expected, at) if one.expected else "",
        }
        for one in problems
    ]


def performed(request: HttpRequest, form: forms.Form, do: Callable[[], object], done: str) -> int:
    """Do an action and say so: 200 when it was done, 422 with the faults in the form, 409 when someone was faster."""
    if not form.is_valid():
        return 422
    try:
        do()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, faults in error.error_dict.items():
                form.add_error(name if name in form.fields else None, faults)
        else:
            form.add_error(None, error)
        return 422
    except (StaleError, StaleDutyError):
        stale = _(
            "Someone changed this meanwhile. The page shows how it is now; what you entered is kept: check it and send it again."
        )
        form.add_error(None, stale)
        return 409
    messages.success(request, done)
    return OK


def renewed(form: forms.Form, revision: int) -> None:
    """Let the next try of a bound form be about what the page shows now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["revision"] = str(revision)
    form.data = data
