"""Forms of reporting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.reporting.present import pick
from shutan.apps.reporting.rulebook import key_words
from shutan.documents.wording import status_text
from shutan.kernel import RuleSet
from shutan.kernel.inputs import Choices
from shutan.kernel.parameters import STATUSES


class NoticeForm(forms.Form):
    """A value that arrived by notice."""

    key = forms.ChoiceField(label=_("For"), required=False)
    value = forms.DecimalField(label=_("Value"), max_digits=38, decimal_places=18)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.CharField(label=_("Document"), max_length=200)
    article = forms.CharField(label=_("Article"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("How sure"), initial="official")
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, rules: RuleSet, name: str, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parameter = rules.parameters[name]
        keys: list[tuple[str, ...]] = [()]
        for by in parameter.by:
            choices = rules.unit_of(by)
            words = list(choices.members) if isinstance(choices, Choices) else []
            keys = [(*key, word) for key in keys for word in words]
        sure = [(one, status_text(one, language)) for one in STATUSES[:-1]]
        self.fields["status"] = forms.ChoiceField(label=_("How sure"), choices=sure, initial="official")
        if parameter.by:
            rows = [("/".join(key), key_words(rules, parameter, key)) for key in keys]
            self.fields["key"] = forms.ChoiceField(label=_("For"), choices=rows)
        else:
            del self.fields["key"]

    def values(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        key = found.pop("key", "")
        return found | {"key": key.split("/") if key else []}


def year_choices(rules: dict[str, RuleSet]) -> list[tuple[str, str]]:
    """Whose law is applied: that of the figures' year, or another one's as an exercise."""
    years = sorted({year for one in rules.values() for year in one.years()}, reverse=True)
    return [("", pick("与数据年度相同|the year of the figures"))] + [(str(year), str(year)) for year in years]
