"""allauth's forms in our words: labels say what is wanted, so nothing stands in the fields."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _name(form: forms.Form, field: str, label: Any, hint: Any = "") -> None:
    form.fields[field].label = label
    form.fields[field].help_text = hint
    form.fields[field].widget.attrs.pop("placeholder", None)


class LoginForm(AllauthLoginForm):
    """Log-in or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "login", _("Log-in or e-mail"))
        _name(self, "password", _("Password"), self.fields["password"].help_text)


class _Code:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "code", _("Code of your app, or a recovery code"))  # type: ignore[arg-type]  # mixed into forms


class CodeForm(_Code, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(_Code, ReauthenticateForm):
    """The code before changing what protects the log-in."""


class AddPasskeyForm(AddWebAuthnForm):
    """Its name, and whether it signs in without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "name", _("Name"), _("By which you know it again: “Office computer”, “Phone”."))
        hint = _(
            "It then asks for finger, face or PIN. Leave it out for a key that only follows the password."
        )
        _name(self, "passwordless", _("Sign in with it, without a password"), hint)


class RenamePasskeyForm(EditWebAuthnForm):
    """Its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "name", _("Name"))
