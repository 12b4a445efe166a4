"""Forms of organisations and their people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.forms_mandates import day
from shutan.apps.accounts.models import ROLES_OF_KIND, Kind, Organisation, Role, User


class OrganisationForm(forms.ModelForm):
    """An organisation's record; a caller who may not change some fields gets the form without them."""

    why = forms.CharField(label=_("Reason"), max_length=500, required=False)

    class Meta:
        """The record's fields in reading order."""

        model = Organisation
        fields = (
            "kind",
            "name_zh",
            "name_en",
            "credit_code",
            "division_code",
            "head_office",
            "address",
            "contact_name",
            "contact_phone",
            "contact_email",
        )

    def __init__(self, *args: Any, allowed: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [*self.fields]:
            if name not in (*allowed, "why"):
                del self.fields[name]

    def clean_credit_code(self) -> str | None:
        """Empty is none: two organisations without a code are not the same."""
        return self.cleaned_data["credit_code"] or None

    def changes(self) -> dict[str, Any]:
        """The record's fields as given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "why"}


class PersonForm(forms.Form):
    """Whom to invite, and as what."""

    username = forms.CharField(label=_("Log-in"), max_length=150)
    name = forms.CharField(label=_("Full name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles(organisation.kind)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role for a person, and why."""

    role = forms.ChoiceField(label=_("Role"))
    why = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles(organisation.kind)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Who takes over from a leaver; nobody where nothing waits for them."""

    successor = forms.ModelChoiceField(
        label=_("Taken over by"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    why = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = colleagues(person)  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who stands in, and from when to when."""

    deputy = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=User.objects.none(), empty_label=_("Choose one")
    )
    begins = day(_("First day"))
    ends = day(_("Last day"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues(person)  # type: ignore[attr-defined]


def roles(kind: str) -> list[tuple[str, Any]]:
    """The roles an organisation of a kind has."""
    return [(role, Role(role).label) for role in ROLES_OF_KIND[kind]]


def colleagues(person: User) -> Any:
    """Other open log-ins of the same organisation."""
    found = User.objects.filter(organisation=person.organisation_id, is_active=True)
    return found.exclude(organisation=None).exclude(pk=person.pk).order_by("name", "username")


# Kinds a registration offers; the public are no organisation anyone registers.
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.PUBLIC]
