"""What no report says, as a form: surrender, and the measures of the voluntary part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.disclosure.actions import ENTERED, MEASURE, MOST_MEASURES
from shutan.apps.disclosure.models import Disclosure, Measure

SPARE = 3  # empty lines below those filled in


class EnteredForm(forms.ModelForm):
    """Surrender of allowances."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        """What is asked."""

        model = Disclosure
        fields = ENTERED
        widgets = {"surrendered_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"surrendered_t": _("tCO₂")}


class MeasureForm(forms.ModelForm):
    """One measure."""

    class Meta:
        """What is asked."""

        model = Measure
        fields = MEASURE


class _Lines(forms.BaseModelFormSet):
    """Lines of measures; an untouched one is none, one marked for removal goes."""

    def given(self) -> list[dict[str, Any]]:
        """What was filled in, in order."""
        lines = (form.cleaned_data for form in self.forms if form.has_changed() or form.instance.pk)
        return [one for one in lines if one.get("name") and not one.get("DELETE")]


MeasureLines = forms.modelformset_factory(
    Measure,
    MeasureForm,
    formset=_Lines,
    extra=SPARE,
    max_num=MOST_MEASURES,
    validate_max=True,
    can_delete=True,
)
