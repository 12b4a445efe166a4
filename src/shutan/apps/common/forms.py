"""What every form that an action may refuse does with the refusal: nothing that was typed is lost."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict


def resend(form: forms.BaseForm, revision: int) -> None:
    """Let a form that was overtaken be sent again as it is, on top of a later revision."""
    data = QueryDict(mutable=True)
    data.update({key: str(value) for key, value in form.data.items()})
    data["revision"] = str(revision)
    form.data = data


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Faults of an action at their fields, those of fields the form does not show on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for field, texts in error.message_dict.items():
        form.add_error(field if field in form.fields else None, texts)
