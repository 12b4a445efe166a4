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
        "accounts.give_mandate": _("Give mandate"),
        "accounts.accept_mandate": _("Accept mandate"),
        "accounts.end_mandate": _("End mandate"),
        "accounts.revoke_others_token": _("Revoke another person's API token"),
        "accounts.link_identity": _("Link identity provider"),
        "accounts.end_sessions": _("End sessions"),
        "reporting.create_report": _("Upload report"),
        "reporting.recompute": _("Compute report again"),
        "reporting.rename": _("Rename report"),
        "reporting.delete_draft": _("Delete draft"),
        "reporting.submit": _("Submit report"),
        "reporting.state_uncertainties": _("State uncertainties"),
        "reporting.register_parameter": _("Register parameter"),
        "reporting.confirm_parameter": _("Confirm parameter"),
        "reporting.reject_parameter": _("Reject parameter"),
        "directory.create_entity": _("Register in the directory"),
        "directory.change_facts": _("Change facts"),
        "directory.end_fact": _("End a fact"),
        "directory.correct_fact": _("Correct a fact"),
        "directory.link_organisation": _("Link legal person and account"),
        "directory.record_event": _("Record event"),
        "directory.correct_event": _("Undo event"),
        "directory.decide_registry_change": _("Decide registry change"),
        "directory.import_workbook": _("Import directory"),
        "directory.save_view": _("Save view"),
        "directory.drop_view": _("Remove saved view"),
    }
