"""Forms of the joint review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.forms_mandates import day
from shutan.apps.accounts.models import User
from shutan.apps.common.forms import documents
from shutan.apps.review import queries
from shutan.apps.review.asking import KINDS, REPLIES
from shutan.apps.review.models import Clue, Phrase, Statement


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=4000, widget=widget, required=required)


def _day() -> forms.DateField:
    field = day(_("Answer by"))
    field.required = False
    return field


def _files() -> forms.FileField:
    return documents(_("Files (PDF, picture, Excel)"), KINDS)


class AskForm(forms.Form):
    """What a reviewer asks; with a day it is a request for information."""

    text = _words(_("What is asked"))
    due = _day()
    files = _files()  # type: ignore[assignment]  # a field: the metaclass takes the name away


class StatementForm(forms.Form):
    """What one side says next."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = _words(_("Words"))
    files = _files()  # type: ignore[assignment]  # a field: the metaclass takes the name away


class AskAgainForm(StatementForm):
    """The same, with another day where one is wanted."""

    due = _day()


class CloseForm(StatementForm):
    """Closing needs no words."""

    text = _words(_("Words"), required=False)


class ReplyForm(forms.Form):
    """What an enterprise says about a finding."""

    kind = forms.ChoiceField(
        label=_("Reply"),
        choices=[(one.value, Statement.Kind(one).label) for one in REPLIES],
    )
    text = _words(_("Words"))
    files = _files()  # type: ignore[assignment]  # a field: the metaclass takes the name away


class PhraseForm(forms.ModelForm):
    """Words to be used again."""

    shared = forms.BooleanField(label=_("For the whole authority"), required=False)

    class Meta:
        """Title and text."""

        model = Phrase
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AssignForm(forms.Form):
    """To whom work goes; nobody takes it away."""

    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewer: Any = self.fields["reviewer"]
        reviewer.queryset = queries.colleagues(person)


class ClueListForm(forms.Form):
    """A list of the state: its document and its workbook."""

    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    issued_on = day(_("Issued on"))
    due = day(_("Answer by"))
    file = forms.FileField(label=_("Workbook (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class ClueStepForm(forms.Form):
    """What one side does with a clue."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = _words(_("Words"))
    files = _files()  # type: ignore[assignment]  # a field: the metaclass takes the name away


class ClueReportForm(ClueStepForm):
    """The city's report with what it found."""

    verdict = forms.ChoiceField(label=_("Finding of the city"), choices=Clue.Verdict)


class ClueCloseForm(ClueStepForm):
    """Closing needs no words."""

    text = _words(_("Words"), required=False)


class MatchForm(forms.Form):
    """Whom a clue is about, by the code of an enterprise that is known here."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=18)
