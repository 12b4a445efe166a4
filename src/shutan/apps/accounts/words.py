"""Actions in words, for the log. A test keeps this complete against the access table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shutan.apps.accounts.models import DEPARTMENTS, Kind


def action_names() -> dict[str, str]:
    """Name of each action in the language of the page."""
    return {
        "accounts.create_organisation": _("Register organisation"),
        "accounts.edit_organisation": _("Change organisation"),
        "accounts.create_user": _("Create log-in"),
        "accounts.deactivate_user": _("Close log-in"),
        "accounts.change_role": _("Change role"),
        "accounts.hand_over": _("Hand over and close log-in"),
        "accounts.appoint_deputy": _("Appoint deputy"),
        "accounts.end_deputy": _("End standing-in"),
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
        "schemes.begin": _("Begin scheme"),
        "schemes.revise": _("Revise scheme"),
        "schemes.keep_texts": _("Save texts of a scheme"),
        "schemes.add_files": _("Add charts and plans"),
        "schemes.drop_file": _("Remove chart or plan"),
        "schemes.keep_row": _("Save line of a scheme"),
        "schemes.remove_row": _("Remove line of a scheme"),
        "schemes.import_sheets": _("Read workbook of a scheme"),
        "schemes.keep_meter": _("Save meter"),
        "schemes.record_calibration": _("Record calibration"),
        "schemes.withdraw_calibration": _("Withdraw calibration"),
        "schemes.send_to_review": _("Send scheme to internal review"),
        "schemes.send_back": _("Send scheme back"),
        "schemes.submit": _("Submit scheme"),
        "schemes.give_opinion": _("Give opinion on a scheme"),
        "schemes.accept": _("Accept scheme"),
        "schemes.return": _("Return scheme"),
        "standards.draft": _("Draft instrument"),
        "standards.save_text": _("Save text"),
        "standards.attach": _("Attach document"),
        "standards.detach": _("Remove attachment"),
        "standards.link": _("Link to the rule book"),
        "standards.unlink": _("Remove link to the rule book"),
        "standards.amend": _("Begin amendment"),
        "standards.seek_opinions": _("Seek opinions"),
        "standards.opine": _("Send opinion"),
        "standards.answer": _("Answer opinion"),
        "standards.send_to_review": _("Send to legality review"),
        "standards.clear": _("Clear for publication"),
        "standards.object": _("Object in legality review"),
        "standards.publish": _("Publish instrument"),
        "standards.redraft": _("Word anew"),
        "standards.abandon": _("Abandon version"),
        "standards.repeal": _("Repeal instrument"),
        "standards.register_clause": _("Register clause of a standard"),
        "standards.decide_clause": _("Decide on a clause of a standard"),
        "standards.register_weights": _("Register weights"),
        "standards.decide_weights": _("Decide on weights"),
        "standards.begin_assessment": _("Begin self-assessment"),
        "standards.assess": _("Assess a clause"),
        "standards.add_evidence": _("Add evidence"),
        "standards.drop_evidence": _("Remove evidence"),
        "standards.plan_improvement": _("Plan improvement"),
        "standards.finish_improvement": _("Finish improvement"),
        "standards.verify_improvement": _("Verify improvement"),
        "standards.sign_assessment": _("Sign self-assessment"),
        "bodies.start": _("Open record of a service body"),
        "bodies.change_profile": _("Change profile of a service body"),
        "bodies.keep_row": _("Keep line of a service body's record"),
        "bodies.remove_row": _("Remove line of a service body's record"),
        "bodies.import_rows": _("Import lines of a service body's record"),
        "bodies.submit": _("Apply for registration as a service body"),
        "bodies.take_back": _("Take application back"),
        "bodies.decide": _("Decide application of a service body"),
        "bodies.change_standing": _("Change standing of a service body"),
        "bodies.record_finding": _("Record finding at a service body"),
        "bodies.answer_finding": _("Answer finding"),
        "bodies.close_finding": _("Close finding"),
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
        "duties.make_list": _("Draft list"),
        "duties.compute_list": _("Compute list again"),
        "duties.decide_entry": _("Decide on a unit of a list"),
        "duties.ask_opinions": _("Ask for opinions on a list"),
        "duties.answer_opinion": _("Give an opinion on a list"),
        "duties.reply_opinion": _("Reply to an objection"),
        "duties.give_notice": _("Give public notice of a list"),
        "duties.back_to_draft": _("Take a list back to draft"),
        "duties.publish_list": _("Publish list"),
        "duties.correct_list": _("Correct published list"),
        "duties.acknowledge_notice": _("Acknowledge rights and duties"),
        "duties.record_emissions": _("Record emissions"),
        "duties.upload_candidates": _("Upload enterprise data"),
        "duties.decide_candidate": _("Decide on a candidate"),
        "duties.mark_done": _("Mark a duty as done"),
        "duties.reopen": _("Take a done-mark back"),
        "duties.extend": _("Extend a duty"),
        "duties.set_inner": _("Set an inner deadline"),
        "duties.withdraw_inner": _("Withdraw an inner deadline"),
        "duties.start_clock": _("Start a clock"),
        "duties.remind": _("Remind of duties"),
    }


def what_a_kind_may(kind: str) -> list[str]:
    """What an organisation of a kind may do here today, one sentence each, for its first page and its record."""
    directory = _("See the directory of the province, or of your prefecture.")
    answers = _("Answer referrals and upload your own data where a case or a list asks for them.")
    no_reports = _("Reports of enterprises are not open to you.")
    department = [directory, answers, no_reports]
    words: dict[str, list[str]] = {
        Kind.ENTERPRISE: [
            _("Keep your record, your people and your reports; submit them."),
            _("Give a service company a mandate to prepare your work, and end it at any time."),
        ],
        Kind.GROUP: [
            _("Read the record and the reports of all your plants."),
            _("Changing and submitting stay with each plant."),
        ],
        Kind.PROVINCE: [
            _("Register organisations; see the whole directory and all submitted reports."),
            _("Register and confirm values of the law."),
        ],
        Kind.CITY: [_("See the directory and the submitted reports of your prefecture.")],
        Kind.SERVICE: [
            _("Prepare the work of enterprises whose mandate you hold, in its areas and days."),
            _("Submitting stays with the enterprise."),
        ],
        Kind.POLICE: [_("Read what is referred to you. Nothing else is open to you.")],
    }
    if kind in words:
        return words[kind]
    if kind == Kind.PUBLIC:
        return [_("Read what the province has published.")]
    return department if kind in DEPARTMENTS else [_("Keep your organisation's record and people.")]
