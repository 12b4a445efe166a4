"""Forms of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import ApiToken

LIVES = [(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("365 days"))]


class TokenForm(forms.Form):
    """What a new token is for, what it may, and how long it lives."""

    label = forms.CharField(label=_("Used for"), max_length=80)
    scope = forms.ChoiceField(label=_("Scope"), choices=ApiToken.Scope)
    days = forms.TypedChoiceField(label=_("Lives"), choices=LIVES, coerce=int, initial=90)
