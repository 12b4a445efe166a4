"""Forms of referrals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.forms_mandates import day
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.forms import documents
from shutan.apps.referrals import queries


def words(label: Any) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class SendForm(forms.Form):
    """A matter for another authority."""

    recipient = forms.ModelChoiceField(label=_("Recipient"), queryset=Organisation.objects.none())
    subject = forms.CharField(label=_("Subject"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    about = forms.ModelChoiceField(
        label=_("About the enterprise"), queryset=Organisation.objects.none(), required=False
    )
    question = words(_("What is asked"))
    due = day(_("Answer by"))
    files = documents()  # type: ignore[assignment]  # a field: the metaclass takes the name away

    def __init__(self, person: User, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recipient: Any = self.fields["recipient"]
        recipient.queryset = queries.recipients(person)
        about: Any = self.fields["about"]
        about.queryset = queries.subjects(person, today=today)


class StepForm(forms.Form):
    """What one side says."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = words(_("Words"))
    files = documents()  # type: ignore[assignment]  # a field: the metaclass takes the name away


class AskAgainForm(StepForm):
    """The same, with another day where one is wanted."""

    due = forms.DateField(
        label=_("Answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
