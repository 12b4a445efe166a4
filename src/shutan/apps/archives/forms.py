"""Forms of the ledger and of archives; they read pages, the API and imported workbooks alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation
from shutan.apps.archives.models import FIRST_YEAR, LAST_YEAR, Archive, Paper

NOTED = ("department", "place", "own_until", "remark")


class PaperForm(forms.ModelForm):
    """A record that lies in a cupboard alone."""

    class Meta:
        """In the order of the ledger."""

        model = Paper
        fields = ("kind", "number", "title", "year", "month", "about", *NOTED)
        widgets = {"own_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        for name in ("kind", "title", "year"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """One record a kind and number."""
        found = super().clean() or {}
        number = found.get("number")
        same = Paper.objects.filter(
            organisation=self.instance.organisation_id, source="", kind=found.get("kind"), number=number
        ).exclude(pk=self.instance.pk)
        if number and same.exists():
            self.add_error("number", _("A record of this kind and number is in the ledger already."))
        return found


class PlaceForm(forms.ModelForm):
    """Where the paper of a record lies that the system holds: all that the system does not know of it."""

    class Meta:
        """Of Paper."""

        model = Paper
        fields = NOTED
        widgets = PaperForm.Meta.widgets


class ClosingForm(forms.Form):
    """Handing over, or disposing of, a record on paper."""

    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("To whom, and why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ArchiveForm(forms.Form):
    """Which records go into an archive."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Archive.Purpose.choices)
    first_year = forms.IntegerField(label=_("From year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = forms.IntegerField(label=_("To year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)
    need = forms.ChoiceField(label=_("Evidence of one parameter"), required=False)
    reason = forms.CharField(label=_("Occasion"), max_length=200, required=False)

    def __init__(self, *args: Any, own: bool, needs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole: list[tuple[Any, Any]] = [("", _("All"))]
        self._offer(
            "purpose", [one for one in Archive.Purpose.choices if own or one[0] != Archive.Purpose.OWN]
        )
        self._offer("month", whole + [(one, str(one)) for one in range(1, 13)])
        self._offer("need", whole + needs)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        one: Any = self.fields[name]
        one.choices = choices

    def clean(self) -> dict[str, Any]:
        """A month is one of one year; everything is everything; an inspection has its reason."""
        found = super().clean() or {}
        if self.errors:
            return found
        if found["last_year"] < found["first_year"]:
            self.add_error("last_year", _("The first year is not after the last."))
        if found["purpose"] == Archive.Purpose.OWN:
            found["month"], found["need"] = None, ""
        elif found["month"] and found["first_year"] != found["last_year"]:
            self.add_error("month", _("A month is one of a single year: choose the same year twice."))
        if found["purpose"] == Archive.Purpose.INSPECTION and not found["reason"].strip():
            self.add_error("reason", _("Say for which inspection, and by whom: the log keeps it."))
        return found
