"""Forms of monthly filing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation
from shutan.apps.common.language import language
from shutan.apps.filing.queries import sectors
from shutan.documents.wording import pick


class BookForm(forms.Form):
    """Begin a year's book: whose, of which sector, of which year."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    rule_set = forms.ChoiceField(label=_("Sector"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, filers: QuerySet[Organisation], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields["organisation"]
        own.queryset = filers  # type: ignore[attr-defined]
        own.initial = filers.first()
        words = language()
        self.fields["rule_set"].choices = [  # type: ignore[attr-defined]
            (name, pick(title, words)) for name, title in sectors().items()
        ]
        self.fields["rule_set"].initial = "power"
        self.fields["year"].initial = year
