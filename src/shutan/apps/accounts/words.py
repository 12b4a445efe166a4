"""Actions in words, for the log. A test keeps this complete against the access table."""

from __future__ import annotations

from django.utils.translation import gettext as _


def action_names() -> dict[str, str]:
    """Name of each action in the language of the page."""
    return {
        "accounts.create_organisation": _("Register organisation"),
        "accounts.create_user": _("Create log-in"),
        "accounts.deactivate_user": _("Close log-in"),
        "accounts.change_preferences": _("Change preferences"),
        "accounts.create_token": _("Create API token"),
        "accounts.revoke_token": _("Revoke API token"),
    }
