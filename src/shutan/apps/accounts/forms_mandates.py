"""Forms of mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts import queries
from shutan.apps.accounts.models import Area


def day(label: Any) -> forms.DateField:
    """A date as browsers offer it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class MandateForm(forms.Form):
    """To whom a mandate goes, for what and for how long, and its document."""

    agent = forms.ModelChoiceField(
        label=_("Service company"), queryset=queries.agents(), empty_label=_("Choose one")
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        choices=Area,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        initial=[Area.REPORTING],
    )
    begins = day(_("First day"))
    ends = day(_("Last day"))
    number = forms.CharField(label=_("Document number"), max_length=80)
    document = forms.FileField(
        label=_("Signed document (PDF or picture)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class ReasonForm(forms.Form):
    """Why something is ended."""

    why = forms.CharField(label=_("Reason"), max_length=500)
