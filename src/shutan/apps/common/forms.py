"""What every form that an action may refuse does with the refusal: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shutan.apps.common import files


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


class ManyFiles(forms.FileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files, each checked as one."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """All of them; [] where there is none."""
        return [super(ManyFilesField, self).clean(one, initial) for one in data or []]


def documents(label: Any = None, kinds: Sequence[str] = files.DOCUMENTS) -> ManyFilesField:
    """The files that go with what one side says."""
    endings = ",".join(ending for kind in kinds for ending in files.KINDS[kind].endings)
    return ManyFilesField(
        label=label or _("Files (PDF or picture)"),
        required=False,
        widget=ManyFiles(attrs={"accept": endings, "multiple": True}),
    )


def given(form: forms.Form) -> dict[str, Any]:
    """The arguments of an action; each file read as far as it may be large."""
    found = dict(form.cleaned_data)
    sent = found.pop("files")
    return found | {
        "uploads": [files.Upload(one.name or "file", one.read(files.LARGEST_DOCUMENT + 1)) for one in sent]
    }
