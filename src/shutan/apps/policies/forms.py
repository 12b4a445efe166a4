"""Forms of policies; pages and the API read the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.policies.models import Measure, Policy


class BeginForm(forms.Form):
    """Whose policy of which year."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Enterprise"), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2024, max_value=2100)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class PolicyForm(forms.ModelForm):
    """What the enterprise says itself."""

    class Meta:
        """Two texts."""

        model = Policy
        fields = ["problems", "goal"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("problems", "goal")}


class MeasureForm(forms.ModelForm):
    """One measure; an effect in tonnes says how it was estimated."""

    class Meta:
        """In the order of the table."""

        model = Measure
        fields = ["text", "answers", "person", "due", "effect_t", "basis"]
        widgets = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        """No figure without its basis."""
        found = super().clean() or {}
        if found.get("effect_t") is not None and not found.get("basis"):
            self.add_error("basis", _("Say how the effect was estimated, or leave it out."))
        return found


class FollowForm(forms.Form):
    """How far a measure is."""

    state = forms.ChoiceField(label=_("Status"), choices=Measure.State)
    told = forms.CharField(
        label=_("How far it is"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class StepForm(forms.Form):
    """A step's words."""

    why = forms.CharField(
        label=_("Opinion"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
