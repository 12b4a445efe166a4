"""THE access table: every route and every action with who may. A route missing here is closed, and a test fails.

Audiences are explained in `access.py`. Add your app's rows in a block of their own, in the plan's order.
"""

from __future__ import annotations

from shutan.apps.accounts.models import DEPARTMENTS, ROLES_OF_KIND

__all__ = [
    "ACTIONS",
    "ADMINS",
    "ANYONE",
    "BODY_KINDS",
    "DEPARTMENTS",
    "OFFICERS",
    "PROFESSIONALS",
    "ROUTES",
    "SIGNED_IN",
]

ANYONE = "anyone"
SIGNED_IN = "signed_in"


def to(*words: str) -> frozenset[str]:
    """An audience."""
    return frozenset(words)


def with_role(role: str, *kinds: str) -> tuple[str, ...]:
    """Whoever has a role, in organisations of some kinds; of all kinds that have it where none is named."""
    return tuple(f"{kind}.{role}" for kind in kinds or ROLES_OF_KIND if role in ROLES_OF_KIND[kind])


# Those who see more than their own organisation.
REGULATORS = ("province", "city")
# Whoever runs an organisation's log-ins.
ADMINS = with_role("admin")
# People who act for an organisation, not for themselves alone.
PROFESSIONALS = tuple(admin.removesuffix(".admin") for admin in ADMINS)
# Who reads reports: enterprises, their head offices, whoever acts for them under a mandate, the regulators.
READERS = ("enterprise", "group", "service", *REGULATORS)
# Who fills reports in: a service company only under a mandate, which the rows decide (scope.py).
REPORTERS = tuple(
    f"{kind}.{role}" for kind in ("enterprise", "service") for role in ("admin", "filler", "responsible")
)
# Who answers for a report by submitting it: always the unit itself (MA 11, 13); who keeps the province's numbers.
SUBMITTERS = ("enterprise.reviewer", "enterprise.responsible", "enterprise.admin")
# Who binds an enterprise by a mandate, and a service company by accepting it.
PRINCIPALS = ("enterprise.admin", "enterprise.responsible")
AGENTS = ("service.admin", "service.responsible")
# Who assesses an enterprise's management; whoever signs takes part.
ASSESSORS = (*REPORTERS, "enterprise.reviewer")
OFFICERS = ("province.officer", "province.lead", "province.deputy")

# Who keeps the directory: regulators theirs, enterprises their own, service companies under a mandate.
KEEPERS = (*REPORTERS, "city.officer", "city.lead", "city.deputy", *OFFICERS)
# Who reads it: also the departments that see it (not the police, who only receive).
DIRECTORY_READERS = (*READERS, *(kind for kind in DEPARTMENTS if kind != "police"))
# Who sees lists before they are public, who answers for a department, who decides on lists, who oversees duties.
PEERS = tuple(kind for kind in DEPARTMENTS if kind != "police")
LIST_READERS = (*REGULATORS, *PEERS)
PEER_OFFICERS = tuple(f"{kind}.{role}" for kind in PEERS for role in ("officer", "lead", "deputy"))
OVERSEERS = tuple(f"{kind}.{role}" for kind in REGULATORS for role in ("officer", "lead", "deputy"))
# Who may stand in the register of service bodies, who signs for one, who reads its whole record, who records findings.
BODY_KINDS = ("verifier", "laboratory", "service", "exchange", "bank")
BODY_SIGNERS = (
    *with_role("admin", *BODY_KINDS),
    *with_role("reviewer", *BODY_KINDS),
    *with_role("responsible", *BODY_KINDS),
)
BODY_AUTHORITIES = (*REGULATORS, "market")
BODY_READERS = (*BODY_KINDS, *BODY_AUTHORITIES)
BODY_INSPECTORS = tuple(
    f"{kind}.{role}" for kind in BODY_AUTHORITIES for role in ("officer", "lead", "deputy")
)
# Who sees lists before they are public, who answers for a department, who decides on lists, who oversees duties.
PEERS = tuple(kind for kind in DEPARTMENTS if kind != "police")
LIST_READERS = (*REGULATORS, *PEERS)
PEER_OFFICERS = tuple(f"{kind}.{role}" for kind in PEERS for role in ("officer", "lead", "deputy"))
OVERSEERS = tuple(f"{kind}.{role}" for kind in REGULATORS for role in ("officer", "lead", "deputy"))

ROUTES: dict[str, frozenset[str]] = {
    # The frame
    "home": to(SIGNED_IN),
    "inbox": to(SIGNED_IN),
    "search": to(SIGNED_IN),
    "language": to(ANYONE),
    "health": to(ANYONE),
    "second_factor": to(SIGNED_IN),
    "operations": to("province.admin"),
    "api:operations": to("province.admin"),
    "components": to(SIGNED_IN),  # and only while developing, or for staff: the view asks
    "components_explain": to(SIGNED_IN),
    "components_upload": to(SIGNED_IN),
    # People and their organisation
    "accounts:profile": to(SIGNED_IN),
    "accounts:token_create": to(*PROFESSIONALS),
    "accounts:token_revoke": to(SIGNED_IN),
    "accounts:tokens": to(*ADMINS),
    "accounts:token": to(*ADMINS),
    "accounts:density": to(SIGNED_IN),
    "accounts:organisations": to(*PROFESSIONALS),
    "accounts:organisation": to(*PROFESSIONALS),
    "accounts:organisation_new": to("province.admin"),
    "accounts:organisation_edit": to(*ADMINS),
    "accounts:people": to(*PROFESSIONALS),
    "accounts:person": to(*PROFESSIONALS),
    "accounts:person_new": to(*ADMINS),
    "accounts:person_role": to(*ADMINS),
    "accounts:person_leave": to(*ADMINS),
    "accounts:person_deputy": to(*PROFESSIONALS),  # one's own, or as administrator: the action asks
    "accounts:deputy_end": to(*PROFESSIONALS),
    "accounts:log": to(*PROFESSIONALS),
    "accounts:mandates": to("enterprise", "service"),
    "accounts:mandate_new": to(*PRINCIPALS),
    "accounts:mandate": to("enterprise", "service"),
    "accounts:mandate_document": to("enterprise", "service"),
    "accounts:mandate_accept": to(*AGENTS),
    "accounts:mandate_end": to(*PRINCIPALS, *AGENTS),
    # Signing in is by allauth
    "account_login": to(ANYONE),
    "account_logout": to(ANYONE),
    "account_inactive": to(ANYONE),
    "account_signup": to(ANYONE),
    "account_confirm_login_code": to(ANYONE),
    "account_reauthenticate": to(SIGNED_IN),
    "account_change_password": to(SIGNED_IN),
    "account_set_password": to(SIGNED_IN),
    "account_email": to(SIGNED_IN),
    "account_email_verification_sent": to(ANYONE),
    "account_confirm_email": to(ANYONE),
    "account_reset_password": to(ANYONE),
    "account_reset_password_done": to(ANYONE),
    "account_reset_password_from_key": to(ANYONE),
    "account_reset_password_from_key_done": to(ANYONE),
    "mfa_index": to(SIGNED_IN),
    "mfa_authenticate": to(ANYONE),
    "mfa_reauthenticate": to(SIGNED_IN),
    "mfa_activate_totp": to(SIGNED_IN),
    "mfa_deactivate_totp": to(SIGNED_IN),
    "mfa_view_recovery_codes": to(SIGNED_IN),
    "mfa_generate_recovery_codes": to(SIGNED_IN),
    "mfa_download_recovery_codes": to(SIGNED_IN),
    "mfa_list_webauthn": to(SIGNED_IN),
    "mfa_add_webauthn": to(SIGNED_IN),
    "mfa_edit_webauthn": to(SIGNED_IN),
    "mfa_remove_webauthn": to(SIGNED_IN),
    "mfa_reauthenticate_webauthn": to(SIGNED_IN),
    "mfa_login_webauthn": to(ANYONE),
    "usersessions_list": to(SIGNED_IN),
    "usersessions_end": to(SIGNED_IN),
    "socialaccount_login_cancelled": to(ANYONE),
    "socialaccount_login_error": to(ANYONE),
    "socialaccount_signup": to(ANYONE),
    "socialaccount_connections": to(SIGNED_IN),
    "openid_connect_login": to(ANYONE),
    "openid_connect_callback": to(ANYONE),
    # the API
    "api:openapi-json": to(ANYONE),
    "api:openapi-view": to(ANYONE),
    "api:api-root": to(ANYONE),
    "api:me": to(SIGNED_IN),
    "api:log": to(*PROFESSIONALS),
    "GET api:organisations": to(*PROFESSIONALS),
    "POST api:organisations": to("province.admin"),
    "GET api:organisation": to(*PROFESSIONALS),
    "PATCH api:organisation": to(*ADMINS),
    "GET api:people": to(*PROFESSIONALS),
    "POST api:people": to(*ADMINS),
    "GET api:person": to(*PROFESSIONALS),
    "PATCH api:person": to(*ADMINS),
    "api:person_leave": to(*ADMINS),
    "POST api:deputies": to(*PROFESSIONALS),
    "DELETE api:deputy": to(*PROFESSIONALS),
    "GET api:mandates": to("enterprise", "service"),
    "POST api:mandates": to(*PRINCIPALS),
    "api:mandate": to("enterprise", "service"),
    "api:mandate_accept": to(*AGENTS),
    "api:mandate_end": to(*PRINCIPALS, *AGENTS),
    "GET api:reports": to(*READERS),
    "POST api:reports": to(*REPORTERS),
    "api:report": to(*READERS),
    "api:report_values": to(*READERS),
    "api:report_explanation": to(*READERS),
    "api:report_findings": to(*READERS),
    "api:report_problems": to(*READERS),
    "api:report_trace": to(*READERS),
    "api:report_download": to(*READERS),
    "api:report_difference": to(*READERS),
    "GET api:report_uncertainty": to(*READERS),
    "PUT api:report_uncertainty": to(*REPORTERS),
    "api:report_submit": to(*SUBMITTERS),
    "api:rule_sets": to(SIGNED_IN),
    "api:rule_set_schema": to(SIGNED_IN),
    "api:rule_set_template": to(SIGNED_IN),
    "api:rule_set_clauses": to(SIGNED_IN),
    "api:rule_set_parameters": to(SIGNED_IN),
    "api:rule_set_parameter": to(SIGNED_IN),
    "api:notices": to(*OFFICERS),
    "api:notice_decision": to(*OFFICERS),
    # The evidence log: public; a receipt for whoever may see its subject
    "evidence:log": to(ANYONE),
    "evidence:archive": to(ANYONE),
    "evidence:keys": to(ANYONE),
    "evidence:latest": to(ANYONE),
    "evidence:checkpoint": to(ANYONE),
    "evidence:records": to(SIGNED_IN),
    "evidence:receipt": to(ANYONE),
    "api:evidence": to(ANYONE),
    "api:evidence_checkpoints": to(ANYONE),
    "api:evidence_consistency": to(ANYONE),
    "api:evidence_records": to(SIGNED_IN),
    "api:evidence_receipt": to(SIGNED_IN),
    # The directory
    "directory:list": to(*DIRECTORY_READERS),
    "directory:kind": to(*DIRECTORY_READERS),
    "directory:map": to(*DIRECTORY_READERS),
    "directory:choices": to(*DIRECTORY_READERS),
    "directory:save_view": to(*DIRECTORY_READERS),
    "directory:drop_view": to(*DIRECTORY_READERS),
    "directory:import": to(*KEEPERS),
    "directory:template": to(*KEEPERS),
    "directory:export": to(*DIRECTORY_READERS),
    "directory:events": to(*DIRECTORY_READERS),
    "directory:event": to(*DIRECTORY_READERS),
    "directory:correct_event": to(*KEEPERS),
    "directory:decide": to(*OFFICERS),
    "directory:registry_changes": to(*DIRECTORY_READERS),
    "directory:create": to(*KEEPERS),
    "directory:entity": to(*DIRECTORY_READERS),
    "directory:change": to(*KEEPERS),
    "directory:correct": to(*KEEPERS),
    "directory:end": to(*KEEPERS),
    "directory:account": to(*OFFICERS),
    "directory:record": to(*KEEPERS),
    "GET api:directory": to(*DIRECTORY_READERS),
    "POST api:directory": to(*KEEPERS),
    "api:directory_workbook": to(*DIRECTORY_READERS),
    "api:directory_import": to(*KEEPERS),
    "GET api:directory_entity": to(*DIRECTORY_READERS),
    "PATCH api:directory_entity": to(*KEEPERS),
    "api:directory_history": to(*DIRECTORY_READERS),
    "api:directory_fact": to(*KEEPERS),
    "api:directory_entity_events": to(*KEEPERS),
    "api:directory_events": to(*DIRECTORY_READERS),
    "api:directory_event_correction": to(*KEEPERS),
    "api:registry_changes": to(*DIRECTORY_READERS),
    "api:registry_change_decision": to(*OFFICERS),
    # Reports and the rule book
    "reporting:list": to(*READERS),
    "reporting:upload": to(*REPORTERS),
    "reporting:template": to(SIGNED_IN),
    "reporting:report": to(*READERS),
    "reporting:sheets": to(*READERS),
    "reporting:figures": to(*READERS),
    "reporting:inputs": to(*READERS),
    "reporting:findings": to(*READERS),
    "reporting:compare": to(*READERS),
    "reporting:uncertainty": to(*READERS),  # keeping is the reporters': the action asks
    "reporting:explain": to(*READERS),
    "reporting:download": to(*READERS),
    "reporting:submit": to(*SUBMITTERS),
    "reporting:recompute": to(*REPORTERS),
    "reporting:delete": to(*REPORTERS),
    "reporting:rename": to(*REPORTERS),
    "reporting:rulebook": to(SIGNED_IN),
    "reporting:matrix": to(SIGNED_IN),
    "reporting:guidelines": to(SIGNED_IN),
    "reporting:parameters": to(SIGNED_IN),
    "reporting:clause": to(SIGNED_IN),
    "reporting:rule": to(SIGNED_IN),
    "reporting:parameter": to(SIGNED_IN),  # its form is the officers': the action asks
    "reporting:decide": to(*OFFICERS),
    # Service bodies (measure 5)
    "bodies:register": to(ANYONE),
    "bodies:page": to(ANYONE),
    "bodies:list": to(*BODY_AUTHORITIES),
    "bodies:mine": to(*BODY_KINDS),
    "bodies:start": to(*BODY_KINDS),
    "bodies:body": to(*BODY_READERS),
    "bodies:profile": to(*BODY_KINDS),
    "bodies:section": to(*BODY_READERS),
    "bodies:new_row": to(*BODY_KINDS),
    "bodies:row": to(*BODY_KINDS),
    "bodies:remove_row": to(*BODY_KINDS),
    "bodies:document": to(*BODY_READERS),
    "bodies:template": to(*BODY_KINDS),
    "bodies:import": to(*BODY_KINDS),
    "bodies:submit": to(*BODY_SIGNERS),
    "bodies:take_back": to(*BODY_SIGNERS),
    "bodies:application": to(*BODY_READERS),
    "bodies:decide": to(*OFFICERS),
    "bodies:standing": to(*OFFICERS),
    "bodies:new_finding": to(*BODY_INSPECTORS),
    "bodies:finding": to(*BODY_READERS),  # answering and closing: the actions ask
    "api:register_bodies": to(ANYONE),
    "api:register_body": to(ANYONE),
    "api:register_statistics": to(ANYONE),
    "GET api:bodies": to(*BODY_READERS),
    "POST api:bodies": to(*BODY_KINDS),
    "GET api:body": to(*BODY_READERS),
    "PATCH api:body": to(*BODY_KINDS),
    "GET api:body_rows": to(*BODY_READERS),
    "POST api:body_rows": to(*BODY_KINDS),
    "PUT api:body_row": to(*BODY_KINDS),
    "DELETE api:body_row": to(*BODY_KINDS),
    "api:body_import": to(*BODY_KINDS),
    "api:body_submit": to(*BODY_SIGNERS),
    "api:body_take_back": to(*BODY_SIGNERS),
    "api:body_decision": to(*OFFICERS),
    "api:body_standing": to(*OFFICERS),
    "GET api:body_findings": to(*BODY_READERS),
    "POST api:body_findings": to(*BODY_INSPECTORS),
    "api:body_finding_answer": to(*BODY_KINDS),
    "api:body_finding_close": to(*BODY_INSPECTORS),
    # Lists and duties (measure 3)
    "duties:public": to(ANYONE),
    "duties:list_file": to(ANYONE),  # a draft is another's who may read it: the view asks
    "duties:lists": to(*LIST_READERS),
    "duties:list": to(*LIST_READERS),
    "duties:entry": to("province", *PEERS),
    "duties:compare": to(*LIST_READERS),
    "duties:list_step": to(*OFFICERS),
    "duties:correct": to(*OFFICERS),
    "duties:reply": to(*OFFICERS),
    "duties:opinion": to(*PEER_OFFICERS),
    "GET duties:emissions": to("province"),
    "POST duties:emissions": to(*OFFICERS),
    "duties:template": to("province", *PEERS),
    "duties:candidates": to("province", *PEERS),
    "duties:candidate": to(*OFFICERS),
    "duties:clock": to(*OVERSEERS),
    "duties:duties": to(*READERS),
    "duties:ics": to(*READERS),
    "duties:duty": to(*READERS),
    "duties:duty_change": to(*REPORTERS, *SUBMITTERS, *OVERSEERS),
    "duties:remind": to(*OVERSEERS),
    "duties:inner": to(*REGULATORS),
    "duties:inner_withdraw": to(*OVERSEERS),
    "duties:notices": to(*READERS),
    "duties:notice": to(*READERS),
    "duties:acknowledge": to(*SUBMITTERS),
    "api:key_units": to(ANYONE),
    "api:lists": to(*LIST_READERS),
    "api:list_units": to(*LIST_READERS),
    "api:list_opinion": to(*PEER_OFFICERS),
    "api:emissions": to(*OFFICERS),
    "GET api:candidates": to("province", *PEERS),
    "POST api:candidates": to(*PEER_OFFICERS),
    "api:candidate_decision": to(*OFFICERS),
    "api:duties": to(*READERS),
    "api:duty": to(*READERS),
    "api:duty_done": to(*REPORTERS, *SUBMITTERS),
    "api:duty_extension": to(*OVERSEERS),
    # Rules and standards
    "standards:instruments": to(ANYONE),
    "standards:instrument": to(ANYONE),
    "standards:compare": to(ANYONE),
    "standards:text_pdf": to(ANYONE),
    "standards:attachment": to(ANYONE),
    "standards:opine": to(ANYONE),
    "standards:new": to(*OFFICERS),
    "standards:edit": to(*OFFICERS),
    "standards:step": to(*OFFICERS),
    "standards:amend": to(*OFFICERS),
    "standards:repeal": to(*OFFICERS),
    "standards:answer": to(*OFFICERS),
    "standards:attach": to(*OFFICERS),
    "standards:detach": to(*OFFICERS),
    "standards:link": to(*OFFICERS),
    "standards:unlink": to(*OFFICERS),
    "standards:assessments": to(*READERS),
    "standards:assessment": to(*READERS),
    "standards:assessment_compare": to(*READERS),
    "standards:assessment_download": to(*READERS),
    "standards:evidence": to(*READERS),
    "standards:begin": to(*ASSESSORS),
    "standards:item": to(*ASSESSORS),
    "standards:add_evidence": to(*ASSESSORS),
    "standards:drop_evidence": to(*ASSESSORS),
    "standards:improve": to(*ASSESSORS),
    "standards:improvement": to(*ASSESSORS),
    "standards:sign": to(*SUBMITTERS),
    "standards:standard": to(SIGNED_IN),
    "standards:register_clause": to(*OFFICERS),
    "standards:decide_clause": to(*OFFICERS),
    "standards:register_weights": to(*OFFICERS),
    "standards:decide_weights": to(*OFFICERS),
    "api:instruments": to(SIGNED_IN),
    "api:instrument": to(SIGNED_IN),
    "api:instrument_step": to(*OFFICERS),
    "GET api:instrument_opinions": to(SIGNED_IN),
    "POST api:instrument_opinions": to(SIGNED_IN),
    "api:assessments": to(*READERS),
    "api:assessment": to(*READERS),
    "api:assessment_item": to(*ASSESSORS),
}

ACTIONS: dict[str, frozenset[str]] = {
    "accounts.create_organisation": to("province.admin"),
    "accounts.edit_organisation": to(*ADMINS),
    "accounts.create_user": to("province.admin", *ADMINS),
    "accounts.deactivate_user": to(*ADMINS),
    "accounts.change_role": to(*ADMINS),
    "accounts.hand_over": to(*ADMINS),
    "accounts.appoint_deputy": to(*PROFESSIONALS),
    "accounts.end_deputy": to(*PROFESSIONALS),
    "accounts.change_preferences": to(SIGNED_IN),
    "accounts.create_token": to(*PROFESSIONALS),
    "accounts.revoke_token": to(SIGNED_IN),
    "accounts.give_mandate": to(*PRINCIPALS),
    "accounts.accept_mandate": to(*AGENTS),
    "accounts.end_mandate": to(*PRINCIPALS, *AGENTS),
    "accounts.revoke_others_token": to(*ADMINS),
    "accounts.link_identity": to(SIGNED_IN),
    "accounts.end_sessions": to(SIGNED_IN),
    "reporting.create_report": to(*REPORTERS),
    "reporting.recompute": to(*REPORTERS),
    "reporting.rename": to(*REPORTERS),
    "reporting.delete_draft": to(*REPORTERS),
    "reporting.state_uncertainties": to(*REPORTERS),
    "reporting.submit": to(*SUBMITTERS),
    "reporting.register_parameter": to(*OFFICERS),
    "reporting.confirm_parameter": to(*OFFICERS),
    "reporting.reject_parameter": to(*OFFICERS),
    # The directory
    "directory.create_entity": to(*KEEPERS),
    "directory.change_facts": to(*KEEPERS),
    "directory.end_fact": to(*KEEPERS),
    "directory.correct_fact": to(*KEEPERS),
    "directory.link_organisation": to(*OFFICERS),
    "directory.record_event": to(*KEEPERS),
    "directory.correct_event": to(*KEEPERS),
    "directory.decide_registry_change": to(*OFFICERS),
    "directory.import_workbook": to(*KEEPERS),
    "directory.save_view": to(SIGNED_IN),
    "directory.drop_view": to(SIGNED_IN),
    # Lists and duties
    "duties.make_list": to(*OFFICERS),
    "duties.compute_list": to(*OFFICERS),
    "duties.decide_entry": to(*OFFICERS),
    "duties.ask_opinions": to(*OFFICERS),
    "duties.answer_opinion": to(*PEER_OFFICERS),
    "duties.reply_opinion": to(*OFFICERS),
    "duties.give_notice": to(*OFFICERS),
    "duties.back_to_draft": to(*OFFICERS),
    "duties.publish_list": to(*OFFICERS),
    "duties.correct_list": to(*OFFICERS),
    "duties.acknowledge_notice": to(*SUBMITTERS),
    "duties.record_emissions": to(*OFFICERS),
    "duties.upload_candidates": to(*PEER_OFFICERS),
    "duties.decide_candidate": to(*OFFICERS),
    "duties.mark_done": to(*REPORTERS, *SUBMITTERS),
    "duties.reopen": to(*OVERSEERS),
    "duties.extend": to(*OVERSEERS),
    "duties.set_inner": to(*OVERSEERS),
    "duties.withdraw_inner": to(*OVERSEERS),
    "duties.start_clock": to(*OVERSEERS),
    "duties.remind": to(*OVERSEERS),
    # Service bodies
    "bodies.start": to(*BODY_KINDS),
    "bodies.change_profile": to(*BODY_KINDS),
    "bodies.keep_row": to(*BODY_KINDS),
    "bodies.remove_row": to(*BODY_KINDS),
    "bodies.import_rows": to(*BODY_KINDS),
    "bodies.submit": to(*BODY_SIGNERS),
    "bodies.take_back": to(*BODY_SIGNERS),
    "bodies.decide": to(*OFFICERS),
    "bodies.change_standing": to(*OFFICERS),
    "bodies.record_finding": to(*BODY_INSPECTORS),
    "bodies.answer_finding": to(*BODY_KINDS),
    "bodies.close_finding": to(*BODY_INSPECTORS),
    # Rules and standards
    **dict.fromkeys(
        (
            *("standards.draft", "standards.save_text", "standards.attach", "standards.detach"),
            *("standards.link", "standards.unlink", "standards.amend", "standards.seek_opinions"),
            *("standards.answer", "standards.send_to_review", "standards.redraft", "standards.abandon"),
            *("standards.clear", "standards.object", "standards.publish", "standards.repeal"),
            *("standards.register_clause", "standards.decide_clause"),
            *("standards.register_weights", "standards.decide_weights"),
        ),
        to(*OFFICERS),
    ),
    "standards.opine": to(SIGNED_IN),  # and anyone without sign-in, counted by address
    **dict.fromkeys(
        (
            *("standards.begin_assessment", "standards.assess", "standards.add_evidence"),
            *("standards.drop_evidence", "standards.plan_improvement"),
            *("standards.finish_improvement", "standards.verify_improvement"),
        ),
        to(*ASSESSORS),
    ),
    "standards.sign_assessment": to(*SUBMITTERS),
}

# What signs for an organisation or decides about another: only with a second factor (second_factor.py).
SECOND_FACTOR: frozenset[str] = to(
    "standards.clear",
    "standards.object",
    "standards.publish",
    "standards.repeal",
    "standards.decide_clause",
    "standards.decide_weights",
    "standards.sign_assessment",
    "bodies.submit",
    "bodies.decide",
    "bodies.change_standing",
    "duties.publish_list",
    "duties.correct_list",
    "duties.answer_opinion",
    "duties.decide_candidate",
    "duties.extend",
    "accounts.give_mandate",
    "accounts.accept_mandate",
    "reporting.submit",
    "reporting.confirm_parameter",
    "reporting.reject_parameter",
    "directory.decide_registry_change",
)
