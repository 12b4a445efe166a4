"""Whatever the web can do for an organisation, a token of that organisation can do: each action of a page has its twin."""

import inspect
import re

import pytest
from django.urls import URLResolver, get_resolver

from shutan.apps.accounts import access
from shutan.web.api import api

# Route of a page that acts: what a program calls instead.
TWINS = {
    "filing:tests": "POST api:month_tests",
    "policies:begin": "POST api:policies",
    "policies:save": "PUT api:policy",
    "policies:new_measure": "PUT api:policy_measures",
    "policies:measure": "PUT api:policy_measures",
    "policies:remove": "DELETE api:policy_measure",
    "policies:follow": "POST api:policy_progress",
    "policies:step": "POST api:policy_step",
    "archives:new": "POST api:records",
    "archives:import": "POST api:records",
    "archives:change": "PUT api:record_paper",
    "archives:put": "PUT api:record_place",
    "archives:close": ("POST api:record_hand_over", "POST api:record_disposal"),
    "archives:archives": "POST api:archives",
    "labreports:new": "POST api:tests",
    "labreports:import": "POST api:tests",
    "labreports:change": "PUT api:test",
    "labreports:withdraw": "POST api:test_withdrawal",
    "disclosure:begin": "POST api:report_disclosure",
    "disclosure:draft": "PUT api:disclosure_draft",
    "disclosure:publish": "POST api:disclosure_publication",
    "disclosure:discard": "DELETE api:disclosure_draft",
    "accounts:organisation_new": "POST api:organisations",
    "accounts:organisation_edit": "PATCH api:organisation",
    "accounts:person_new": "POST api:people",
    "accounts:person_role": "PATCH api:person",
    "accounts:person_leave": "POST api:person_leave",
    "accounts:person_deputy": "POST api:deputies",
    "accounts:deputy_end": "DELETE api:deputy",
    "accounts:mandate_new": "POST api:mandates",
    "accounts:mandate_accept": "POST api:mandate_accept",
    "accounts:mandate_end": "POST api:mandate_end",
    "duties:lists": "POST api:lists",
    "duties:list_step": "POST api:list_step",
    "duties:list_add": ("POST api:list_units", "POST api:list_correction"),
    "duties:opinion": "POST api:list_opinion",
    "duties:reply": "POST api:list_reply",
    "duties:correct": "POST api:list_correction",
    "duties:entry": "POST api:list_unit_decision",
    "duties:clock": "POST api:list_unit_clock",
    "duties:emissions": "POST api:emissions",
    "duties:candidates": "POST api:candidates",
    "duties:candidate": "POST api:candidate_decision",
    "duties:remind": "POST api:duty_reminders",
    "duties:inner": "POST api:inner_deadlines",
    "duties:inner_withdraw": "POST api:inner_withdraw",
    "duties:acknowledge": "POST api:rights_notice_acknowledge",
    "duties:duty_change": ("POST api:duty_done", "POST api:duty_extension", "POST api:duty_reopen"),
    "directory:import": "POST api:directory_import",
    "directory:create": "POST api:directory",
    "directory:change": "PATCH api:directory_entity",
    "directory:correct": "PUT api:directory_fact",
    "directory:end": "PUT api:directory_fact",
    "directory:account": "PUT api:directory_account",
    "directory:record": "POST api:directory_entity_events",
    "directory:correct_event": "POST api:directory_event_correction",
    "directory:decide": "POST api:registry_change_decision",
    "departments:upload": "POST api:department_upload",
    "referrals:new": "POST api:referrals",
    "referrals:step": "POST api:referral_step",
    "bodies:start": "POST api:bodies",
    "bodies:profile": "PATCH api:body",
    "bodies:new_row": "POST api:body_rows",
    "bodies:row": "PUT api:body_row",
    "bodies:remove_row": "DELETE api:body_row",
    "bodies:import": "POST api:body_import",
    "bodies:submit": "POST api:body_submit",
    "bodies:take_back": "POST api:body_take_back",
    "bodies:decide": "POST api:body_decision",
    "bodies:standing": "POST api:body_standing",
    "bodies:new_finding": "POST api:body_findings",
    "bodies:finding": ("POST api:body_finding_answer", "POST api:body_finding_close"),
    "review:assign": "POST api:review_assignments",
    "review:return_many": "POST api:review_returns",
    "review:tick": "PUT api:review_ticks",
    "review:decide": "POST api:review_decision",
    "review:ask": "POST api:review_questions",
    "review:reply": "POST api:review_reply",
    "review:step": "POST api:review_step",
    "review:new_list": "POST api:review_clue_lists",
    "review:clue_match": "POST api:review_clue_match",
    "review:clue_step": "POST api:review_clue_step",
    "review:phrases": "POST api:review_templates",
    "review:phrase": ("PUT api:review_template", "DELETE api:review_template"),
    "reporting:upload": "POST api:reports",
    "reporting:declare": "POST api:report_declaration",
    "reporting:sign": "POST api:report_signature",
    "reporting:assemble": "POST api:report_assembly",
    "reporting:assemble_again": "POST api:report_months",
    "reporting:add_values": "POST api:report_additions",
    "reporting:platform": "POST api:report_platform",
    "reporting:uncertainty": "PUT api:report_uncertainty",
    "reporting:submit": "POST api:report_submit",
    "reporting:recompute": "POST api:report_recompute",
    "reporting:delete": "DELETE api:report",
    "reporting:rename": "PATCH api:report",
    "reporting:notice_form": "POST api:notices",
    "reporting:decide": "POST api:notice_decision",
    "reporting:notice_withdraw": "POST api:notice_withdrawal",
    "reporting:notice_withdrawal": "POST api:notice_withdrawal_decision",
    "schemes:begin": "POST api:schemes",
    "schemes:revise": "POST api:scheme_versions",
    "schemes:section": "PUT api:scheme_texts",
    "schemes:new_row": "PUT api:scheme_rows",
    "schemes:row": "PUT api:scheme_rows",
    "schemes:remove_row": "DELETE api:scheme_rows",
    "schemes:add_files": "POST api:scheme_files",
    "schemes:drop_file": "DELETE api:scheme_file",
    "filing:new": "POST api:filing_books",
    "filing:book_cells": "PUT api:filing_book_cells",
    "filing:open_month": "POST api:filing_months",
    "filing:month_cells": "PUT api:filing_month_cells",
    "filing:step": ("POST api:filing_month_step", "DELETE api:filing_month"),
    "filing:add_evidence": "POST api:filing_evidence",
    "filing:sort": "PUT api:filing_paper",
    "filing:remove_evidence": "DELETE api:filing_paper",
    "filing:book_rows": "POST api:filing_book_rows",
    "filing:month_rows": "POST api:filing_month_rows",
    "filing:sheet": ("POST api:filing_sheet", "PUT api:filing_mappings"),
    "filing:drop_mapping": "DELETE api:filing_mapping",
    "filing:platform": "POST api:filing_platform",
    "schemes:import": "POST api:scheme_import",
    "schemes:step": "POST api:scheme_step",
    "schemes:opine": "POST api:scheme_opinions",
    "schemes:new_meter": "PUT api:meters",
    "schemes:change_meter": "PUT api:meters",
    "schemes:calibrate": "POST api:meter_calibrations",
    "schemes:withdraw": "DELETE api:meter_calibration",
    "standards:new": "POST api:instruments",
    "standards:edit": "PUT api:instrument_text",
    "standards:step": "POST api:instrument_step",
    "standards:amend": "POST api:instrument_versions",
    "standards:repeal": "POST api:instrument_repeal",
    "standards:attach": "POST api:instrument_attachments",
    "standards:detach": "DELETE api:instrument_attachment",
    "standards:link": "POST api:instrument_links",
    "standards:unlink": "DELETE api:instrument_links",
    "standards:opine": "POST api:instrument_opinions",
    "standards:answer": "POST api:instrument_opinion_answer",
    "standards:begin": "POST api:assessments",
    "standards:item": "PUT api:assessment_item",
    "standards:add_evidence": "POST api:assessment_evidence",
    "standards:drop_evidence": "DELETE api:evidence",
    "standards:improve": "POST api:assessment_improvements",
    "standards:improvement": "POST api:assessment_improvement",
    "standards:sign": "POST api:assessment_sign",
    "standards:register_clause": "POST api:standard_clauses",
    "standards:decide_clause": "POST api:standard_clause_decision",
    "standards:register_weights": "POST api:standard_weights",
    "standards:decide_weights": "POST api:standard_weights_decision",
}
# Pages that act on nothing of an organisation, and why each needs no twin.
EXCEPTIONS = {
    "language": "the language of one's browser; a program sends Accept-Language",
    "second_factor": "a person proves who they are; a token of scope decide was issued under one",
    "accounts:density": "how tables look",
    "accounts:token_create": "a token begets no token: one that was stolen would outlive its end",
    "accounts:token_revoke": "tokens are ended where they are issued, by a person who signed in",
    "accounts:token": "the same, by an administrator",
    "directory:save_view": "the filters of a page; a program keeps its own query",
    "directory:drop_view": "the same",
    "components_upload": "the developers' page",
}
# What allauth brings is about signing in alone.
SIGNING_IN = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")


def acting(resolver=None, space=""):
    """Names of the pages that take a POST."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from acting(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and "POST" in methods(pattern.callback):
            yield f"{space}{pattern.name}"


def methods(view):
    """The methods that `require_http_methods` lets pass; a view without it may take any."""
    while view is not None:
        if inspect.isfunction(view):
            found = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if found is not None:
                return found
        view = getattr(view, "__wrapped__", None)
    return ["POST"]


PAGES = sorted({page for page in acting() if not page.startswith((*SIGNING_IN, "api:"))})


@pytest.mark.parametrize("page", PAGES)
def test_each_page_that_acts_has_its_twin(page):
    if page in EXCEPTIONS:
        assert page not in TWINS
        return
    assert page in TWINS, "name what a program calls instead, or say in EXCEPTIONS why it needs nothing"
    twins = TWINS[page]
    keys = [twins] if isinstance(twins, str) else twins
    reachable = frozenset()
    for key in keys:
        method, route = key.split(" ")
        audience = access.audience_of(route, method)
        assert audience, f"{key} is not in the access table"
        reachable |= audience
    wanted = access.audience_of(page, "POST")
    left_out = [
        person
        for person in access.everyone()
        if person is not None and access.fits(person, wanted) and not access.fits(person, reachable)
    ]
    assert left_out == []


def test_nothing_is_listed_that_is_gone():
    assert {*TWINS, *EXCEPTIONS} <= set(PAGES)


def test_each_path_is_one_router_s():
    """Of two routers with the same path the first one answers, with 405 for what only the second one knows."""
    paths = [re.sub(r"{[^}]*}", "{}", path) for _, router in api._routers for path in router.path_operations]
    assert sorted({path for path in paths if paths.count(path) > 1}) == []
