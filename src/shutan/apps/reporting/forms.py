"""Forms of reporting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.forms_mandates import day
from shutan.apps.common.files import Upload
from shutan.apps.reporting.present import pick
from shutan.apps.reporting.rulebook import key_words
from shutan.documents.wording import status_text
from shutan.kernel import RuleSet
from shutan.kernel.inputs import Choices
from shutan.kernel.parameters import STATUSES


class NoticeForm(forms.Form):
    """Values that arrived by one notice: a field a row of the parameter, those left empty are not registered."""

    since = day(_("Since"))
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(label=_("Title of the document"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=100, required=False)
    issuer = forms.CharField(label=_("Issuer"), max_length=200, required=False)
    article = forms.CharField(label=_("Article"), max_length=100, required=False)
    status = forms.ChoiceField(label=_("How sure"), initial="official")
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    file = forms.FileField(
        label=_("Document (PDF or picture)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

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
        self.keys = {f"value_{at}": key for at, key in enumerate(keys)}
        for field, key in self.keys.items():
            label = key_words(rules, parameter, key) or _("Value")
            self.fields[field] = forms.DecimalField(
                label=label, max_digits=38, decimal_places=18, required=not parameter.by
            )

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields of the values."""
        return [self[field] for field in self.keys]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields of the document and the days."""
        return [field for field in self if field.name not in self.keys]

    def values(self) -> dict[str, Any]:
        """The arguments of the action."""
        found = dict(self.cleaned_data)
        numbers = {key: found.pop(field) for field, key in self.keys.items()}
        file = found.pop("file")
        return found | {
            "values": {key: value for key, value in numbers.items() if value is not None},
            "file": Upload(file.name, file.read()) if file else None,
        }


def year_choices(rules: dict[str, RuleSet]) -> list[tuple[str, str]]:
    """Whose law is applied: that of the figures' year, or another one's as an exercise."""
    years = sorted({year for one in rules.values() for year in one.years()}, reverse=True)
    return [("", pick("与数据年度相同|the year of the figures"))] + [(str(year), str(year)) for year in years]
