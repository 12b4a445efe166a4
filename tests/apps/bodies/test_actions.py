"""The register's actions: who may, what is refused, what is kept, and that everything is logged."""

from datetime import date, timedelta

import pytest
from bodies_helpers import (
    CMA,
    INSTRUMENT,
    NOW,
    PERSON,
    PROFILE,
    TODAY,
    WORK,
    a_body,
    code,
    keep,
    profile,
    publish,
    submit,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.db.utils import ProgrammingError

from shutan.apps.accounts.models import LogEntry
from shutan.apps.bodies import actions, content, judging, queries
from shutan.apps.bodies.models import Application, Body, Finding, Member, Page, Standing
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.common.files import Upload

PEOPLE = SECTIONS["people"]


def row(body, part="people"):
    return queries.rows(body, SECTIONS[part]).get()


# The record


def test_a_body_opens_its_record_once(people):
    first = actions.start(people["filler"], people["filler"].organisation, now=NOW)
    again = actions.start(people["signer"], people["filler"].organisation, now=NOW)
    assert first == again
    assert (first.state, first.services) == ("draft", [])


@pytest.mark.parametrize("name", ["officer", "enterprise", "public", "market", "city"])
def test_others_open_none(people, name):
    with pytest.raises(PermissionDenied):
        actions.start(people[name], people[name].organisation, now=NOW)


def test_nobody_writes_in_anothers_record(people, body):
    stranger = people["laboratory"]
    with pytest.raises(PermissionDenied):
        actions.start(stranger, body.organisation, now=NOW)
    with pytest.raises(PermissionDenied):
        profile(stranger, body)
    with pytest.raises(PermissionDenied):
        keep(stranger, body, "people", PERSON | {"name": "x"})
    with pytest.raises(PermissionDenied):
        actions.remove_row(stranger, body, PEOPLE, row(body), revision=1, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.import_rows(stranger, body, PEOPLE, [], now=NOW)
    with pytest.raises(PermissionDenied):
        submit(stranger, body)
    # the province reads all and writes nothing there
    with pytest.raises(PermissionDenied):
        keep(people["officer"], body, "people", PERSON | {"name": "x"})


def test_a_second_editor_of_the_profile_is_told(people, body):
    seen = body.revision
    actions.change_profile(people["signer"], body, PROFILE | {"premises": "二号"}, revision=seen, now=NOW)
    with pytest.raises(actions.StaleError) as told:
        actions.change_profile(people["filler"], body, PROFILE | {"premises": "三号"}, revision=seen, now=NOW)
    assert told.value.now.premises == "二号"
    assert Body.objects.get().premises == "二号"


def test_a_second_editor_of_a_line_is_told(people, body):
    held = row(body)
    keep(people["signer"], body, "people", PERSON | {"position": "组长"}, row=held, revision=held.revision)
    with pytest.raises(actions.StaleError):
        keep(
            people["filler"], body, "people", PERSON | {"position": "组员"}, row=held, revision=held.revision
        )
    with pytest.raises(actions.StaleError):
        actions.remove_row(people["filler"], body, PEOPLE, held, revision=held.revision, now=NOW)
    assert row(body).position == "组长"
    assert row(body).revision == 2


def test_a_line_that_is_gone_cannot_be_changed(people, body):
    held = row(body)
    actions.remove_row(people["filler"], body, PEOPLE, held, revision=1, now=NOW)
    held.pk = held.pk or 1
    gone = Member(pk=10**6, body=body)
    with pytest.raises(actions.BlockedError):
        keep(people["filler"], body, "people", PERSON, row=gone, revision=1)


@pytest.mark.parametrize(
    ("part", "values", "field"),
    [
        ("people", PERSON | {"name": ""}, "name"),
        ("people", PERSON, "certificate_number"),  # there already
        ("people", PERSON | {"name": "x", "valid_to": "31.02.2026"}, "valid_to"),
        ("instruments", INSTRUMENT | {"serial_number": "x", "calibrated_on": "2027-02-01"}, "valid_to"),
        ("accreditations", CMA, "number"),
        ("accreditations", CMA | {"number": "x", "valid_to": "2022-12-31"}, "valid_to"),
        ("accreditations", CMA | {"number": "x", "kind": "none"}, "kind"),
        ("works", WORK | {"client_code": code(3)[:-1] + "0", "subject": "x"}, "client_code"),
        ("works", WORK | {"year": "1999"}, "year"),
        (
            "interests",
            {"kind": "staff", "party_name": "x", "begins": "2026-01-02", "ends": "2026-01-01"},
            "ends",
        ),
    ],
)
def test_a_wrong_line_names_its_field_and_saves_nothing(people, body, part, values, field):
    before = content.whole(content.record(body))
    with pytest.raises(actions.FaultsError) as told:
        keep(people["filler"], body, part, values)
    assert list(told.value.form.errors) == [field]
    assert content.whole(content.record(body)) == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"is_branch": "on"}, "head_name"),
        ({"head_name": "总部"}, "is_branch"),
        ({"is_branch": "on", "head_name": "总部", "head_code": "123"}, "head_code"),
        ({"registered_capital": "-1"}, "registered_capital"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"services": ["flying"]}, "services"),
    ],
)
def test_a_wrong_profile_names_its_field(people, body, values, field):
    with pytest.raises(actions.FaultsError) as told:
        profile(people["filler"], body, **values)
    assert list(told.value.form.errors) == [field]


def test_a_branch_of_a_national_body(people, body):
    held = profile(people["filler"], body, is_branch="on", head_name="总部", head_code=code(9))
    assert (held.is_branch, held.head_code) == (True, code(9))


def test_a_scan_is_kept_under_its_digest(people, body, files):
    values = CMA | {"number": "new"}
    scan = Upload("证书.pdf", b"%PDF-1.7 scan")

    class Sent:
        name, size = scan.name, len(scan.content)

        def read(self, _size=-1):
            return scan.content

    made = keep(people["filler"], body, "accreditations", values, sent={"document": Sent()})
    assert (made.document_sha256, made.document_name) == (scan.sha256, "证书.pdf")
    assert len(list(files.rglob(scan.sha256))) == 1


def test_a_file_that_is_no_scan_is_refused(people, body):
    class Sent:
        name, size = "证书.pdf", 4

        def read(self, _size=-1):
            return b"MZ.."

    with pytest.raises(actions.FaultsError) as told:
        keep(people["filler"], body, "accreditations", CMA | {"number": "n"}, sent={"document": Sent()})
    assert list(told.value.form.errors) == ["document"]


# What stands against applying


def test_an_empty_record_says_everything_that_is_missing(people):
    body = actions.start(people["filler"], people["filler"].organisation, now=NOW)
    with pytest.raises(actions.BlockedError) as told:
        submit(people["signer"], body)
    assert len(told.value.reasons) == len(judging.REQUIRED) + 2


def test_testing_needs_a_valid_mark(people, body):
    profile(people["filler"], body, services=["testing"])
    body.refresh_from_db()
    assert judging.against_application(content.record(body), TODAY) == []
    assert judging.against_application(content.record(body), date(2029, 12, 31)) == []
    assert len(judging.against_application(content.record(body), date(2030, 1, 1))) == 1
    queries.rows(body, SECTIONS["accreditations"]).update(kind="ccer")
    assert len(judging.against_application(content.record(body), TODAY)) == 1


def test_who_compiles_reports_cannot_verify(people, body):
    profile(people["filler"], body, services=["verification", "reporting"])
    with pytest.raises(actions.BlockedError) as told:
        submit(people["signer"], body)
    assert len(told.value.reasons) == 1
    assert "775" in told.value.reasons[0]


def test_work_in_another_province_is_no_conflict(people, body):
    keep(people["filler"], body, "works", WORK | {"service": "reporting", "in_province": ""})
    assert [one.name for one in judging.conflicts(content.record(body), TODAY)] == []
    keep(people["filler"], body, "works", WORK | {"service": "reporting", "subject": "here"})
    assert [one.name for one in judging.conflicts(content.record(body), TODAY)] == [
        "writes_and_reviews",
        "advises",
    ]


def test_a_declared_interest_in_a_verified_unit_is_a_conflict(people, body):
    keep(people["filler"], body, "interests", {"kind": "ownership", "party_name": WORK["client_name"]})
    assert [one.name for one in judging.conflicts(content.record(body), TODAY)] == ["interest"]


# Application, decision, page


def test_only_who_signs_applies(people, body):
    with pytest.raises(PermissionDenied):
        submit(people["filler"], body)
    assert submit(people["signer"], body).kind == "first"


def test_what_was_not_seen_is_not_signed(people, body):
    keep(people["filler"], body, "people", PERSON | {"name": "李四"})
    with pytest.raises(actions.StaleError):
        actions.submit(people["signer"], body, revision=body.revision, now=NOW)


def test_the_record_is_locked_under_review(people, body):
    submit(people["signer"], body)
    for attempt in (
        lambda: profile(people["filler"], body),
        lambda: keep(people["filler"], body, "people", PERSON | {"name": "李四"}),
        lambda: actions.remove_row(people["filler"], body, PEOPLE, row(body), revision=1, now=NOW),
        lambda: actions.import_rows(people["filler"], body, PEOPLE, [], now=NOW),
        lambda: submit(people["signer"], body),
    ):
        with pytest.raises(actions.BlockedError):
            attempt()
    actions.take_back(people["signer"], body, now=NOW)
    keep(people["filler"], body, "people", PERSON | {"name": "李四"})
    with pytest.raises(actions.BlockedError):
        actions.take_back(people["signer"], body, now=NOW)


def test_returned_mended_and_published(people, body):
    officer, signer = people["officer"], people["signer"]
    first = submit(signer, body, note="请审核")
    with pytest.raises(ValidationError):
        actions.decide(officer, first, approve=False, reason=" ", now=NOW)
    actions.decide(officer, first, approve=False, reason="缺少设备", now=NOW)
    assert not Page.objects.exists()
    assert Body.objects.get().state == "draft"
    keep(people["filler"], body, "instruments", INSTRUMENT | {"serial_number": "SN-2"})
    page = publish(signer, officer, body, valid_until=date(2028, 4, 30))
    assert page.state(TODAY) == "published"
    assert page.state(date(2028, 4, 30)) == "published"
    assert page.state(date(2028, 5, 1)) == "expired"
    assert len(page.content["instruments"]) == 2
    assert [one.kind for one in Standing.objects.all()] == ["registered"]
    with pytest.raises(actions.BlockedError):
        actions.decide(officer, first, approve=True, now=NOW)


@pytest.mark.parametrize("name", ["signer", "laboratory", "city", "market", "enterprise"])
def test_only_the_province_decides(people, body, name):
    made = submit(people["signer"], body)
    with pytest.raises(PermissionDenied):
        actions.decide(people[name], made, approve=True, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.change_standing(people[name], body, "withdrawn", reason="x", now=NOW)


def test_a_term_that_is_past_is_refused(people, body):
    made = submit(people["signer"], body)
    with pytest.raises(ValidationError):
        actions.decide(people["officer"], made, approve=True, valid_until=date(2026, 4, 30), now=NOW)
    assert Application.objects.get().state == "review"


def test_the_public_reads_the_published_record_until_the_change_is_published(people, body):
    page = publish(people["signer"], people["officer"], body)
    profile(people["filler"], body, summary="核查与咨询", services=["verification", "trading"])
    page.refresh_from_db()
    assert page.content["profile"]["summary"] == "核查"
    assert page.services == ["verification"]
    assert [
        one.field
        for one in content.differences(
            page.application.content, content.whole(content.record(Body.objects.get()))
        )
    ]
    page = publish(people["signer"], people["officer"], body, NOW + timedelta(days=1))
    assert page.services == ["verification", "trading"]
    assert page.first_published_at == NOW
    assert [one.kind for one in Standing.objects.all()] == ["changed", "registered"]


def test_near_its_end_an_application_renews(people, body):
    publish(people["signer"], people["officer"], body, valid_until=TODAY + judging.REMIND_BEFORE)
    assert submit(people["signer"], body).kind == "renewal"


def test_nothing_private_is_in_the_page(people, body):
    page = publish(people["signer"], people["officer"], body)
    told = str(page.content) + page.scope
    for secret in ("SECRET", "保密客户", "SN-"):
        assert secret not in told
        assert secret in str(page.application.content)
    assert page.content["works"] == [{"year": 2025, "service": "verification", "count": 1}]
    assert "interests" not in page.content


def test_suspended_resumed_withdrawn_each_with_its_reason(people, body):
    officer = people["officer"]
    with pytest.raises(actions.BlockedError):
        actions.change_standing(officer, body, "suspended", reason="x", now=NOW)
    page = publish(people["signer"], officer, body)
    with pytest.raises(ValidationError):
        actions.change_standing(officer, body, "suspended", reason="  ", now=NOW)
    actions.change_standing(officer, body, "suspended", reason="整改", now=NOW)
    assert Page.objects.get().state(TODAY) == "suspended"
    publish(people["signer"], officer, body)  # what is mended is published; the suspension stays
    assert Page.objects.get().state(TODAY) == "suspended"
    actions.change_standing(officer, body, "resumed", reason="整改完成", now=NOW)
    with pytest.raises(actions.BlockedError):
        actions.change_standing(officer, body, "resumed", reason="x", now=NOW)
    actions.change_standing(officer, body, "withdrawn", reason="注销", now=NOW)
    assert Page.objects.get(pk=page.pk).state(TODAY) == "withdrawn"
    assert submit(people["signer"], body).kind == "first"
    kinds = [one.kind for one in Standing.objects.all()]
    assert kinds == ["withdrawn", "resumed", "changed", "suspended", "registered"]


# Findings


def found(people, body, **values):
    told = {"found_on": TODAY, "source": "日常检查", "title": "记录缺失", "is_public": True} | values
    return actions.record_finding(people["market"], body, **told, now=NOW)


def test_a_finding_is_recorded_answered_and_closed(people, body):
    page = publish(people["signer"], people["officer"], body)
    finding = found(people, body)
    assert list(queries.public_findings(page)) == []
    with pytest.raises(PermissionDenied):
        actions.answer_finding(people["laboratory"], finding, "x", now=NOW)
    actions.answer_finding(people["filler"], finding, "已补", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.close_finding(people["city"], finding, "x", now=NOW)  # another authority's
    closed = actions.close_finding(people["market"], finding, "属实，已整改", now=NOW)
    assert closed.state == "settled"
    assert list(queries.public_findings(page)) == [finding]
    with pytest.raises(actions.BlockedError):
        actions.answer_finding(people["filler"], finding, "x", now=NOW)
    with pytest.raises(actions.BlockedError):
        actions.close_finding(people["officer"], finding, "x", now=NOW)


def test_a_finding_that_is_not_public_stays_so(people, body):
    page = publish(people["signer"], people["officer"], body)
    actions.close_finding(people["officer"], found(people, body, is_public=False), "不属实", now=NOW)
    assert list(queries.public_findings(page)) == []


def test_a_finding_of_tomorrow_is_refused(people, body):
    with pytest.raises(ValidationError):
        found(people, body, found_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("name", ["filler", "enterprise", "statistics"])
def test_who_records_no_finding(people, body, name):
    with pytest.raises(PermissionDenied):
        actions.record_finding(people[name], body, found_on=TODAY, source="x", title="y", now=NOW)


# What the database keeps


@pytest.mark.parametrize("model", [Standing, Application, Finding])
def test_what_was_decided_or_found_is_never_removed(people, body, model):
    publish(people["signer"], people["officer"], body)
    found(people, body)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert model.objects.exists()


def test_a_decided_application_and_a_finding_are_never_rewritten(people, body):
    publish(people["signer"], people["officer"], body)
    finding = found(people, body)
    for rows, values in (
        (Application.objects.all(), {"reason": "other"}),
        (Standing.objects.all(), {"reason": "other"}),
        (Finding.objects.filter(pk=finding.pk), {"title": "other"}),
    ):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            rows.update(**values)


def test_each_action_is_logged_once(people, body):
    publish(people["signer"], people["officer"], body)
    actions.change_standing(people["officer"], body, "suspended", reason="整改", now=NOW)
    finding = found(people, body)
    actions.answer_finding(people["filler"], finding, "已补", now=NOW)
    actions.close_finding(people["market"], finding, "属实", now=NOW)
    actions.remove_row(people["filler"], body, PEOPLE, row(body), revision=1, now=NOW)
    told = list(
        LogEntry.objects.filter(subject_type="bodies.body").order_by("pk").values_list("action", "why")
    )
    assert [action for action, _ in told] == [
        "bodies.start",
        "bodies.change_profile",
        *["bodies.keep_row"] * 5,
        "bodies.submit",
        "bodies.decide",
        "bodies.change_standing",
        "bodies.record_finding",
        "bodies.answer_finding",
        "bodies.close_finding",
        "bodies.remove_row",
    ]
    assert ("bodies.change_standing", "整改") in told
    assert next(entry.action for entry in queries.history(body)) == "bodies.remove_row"


def test_what_runs_out_is_told_with_its_day(people, body):
    publish(people["signer"], people["officer"], body, valid_until=date(2026, 6, 1))
    body.refresh_from_db()
    keep(people["filler"], body, "people", PERSON | {"name": "李四", "valid_to": "2026-06-30"})
    keep(people["filler"], body, "people", PERSON | {"name": "王五", "valid_to": "2026-07-01"})
    keep(people["filler"], body, "instruments", INSTRUMENT | {"serial_number": "2", "valid_to": "2026-04-30"})
    told = [
        (one.section, one.day, one.state(TODAY))
        for one in judging.expiring(content.record(body), Page.objects.get(), TODAY)
    ]
    assert told == [
        ("instruments", date(2026, 4, 30), "overdue"),
        ("", date(2026, 6, 1), "due"),
        ("people", date(2026, 6, 30), "due"),
    ]


def test_a_second_body_has_a_record_of_its_own(people, body):
    other = a_body(people["laboratory"], services=["testing"])
    assert set(Body.objects.all()) == {body, other}
    assert queries.own(people["laboratory"]) == other
    assert queries.own(people["filler"]) == body
