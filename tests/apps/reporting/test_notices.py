"""Values by notice: registered with their document, decided by a second person, corrected, withdrawn, and what they do."""

import base64
import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from reporting_helpers import NOW, create, submit

from shutan.apps.accounts import actions as accounts
from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.files import Upload
from shutan.apps.reporting import effects, later, notices, queries, results
from shutan.apps.reporting.models import NoticeValue, NoticeWithdrawal, ParameterNotice
from shutan.rules.registry import rule_sets

DAY = dt.timedelta(days=1)
PDF = Upload("通知.pdf", b"%PDF-1.7 example")
FACTOR = {
    "rule_set": "power", "name": "electricity_factor", "values": {(): Decimal("0.55")},
    "since": dt.date(2024, 1, 1), "until": dt.date(2024, 12, 31), "document": "示例通知", "number": "示例〔2025〕1号",
}  # fmt: skip
WAITS = "enterprise_emissions"


def registered(people, **other):
    return notices.register_parameter(people["officer"], **FACTOR | other, now=NOW)


def confirmed(people, now=NOW, **other):
    return notices.confirm_parameter(people["lead"], registered(people, **other), now=now)


def keyed():
    """A parameter with several keys, and two of them."""
    rules = rule_sets()["power"]
    for name, one in rules.parameters.items():
        if len(one.by) == 1 and len(one.keys()) > 1:
            return name, one.keys()[:2]
    raise AssertionError("power has a parameter with keys")


def is_waiting(report):
    return results.result_of(report).value(WAITS).__class__.__name__ == "Waiting"


# -- registering --------------------------------------------------------------------------------------------------


def test_several_keys_and_the_document_are_registered_at_once(people, files):
    name, keys = keyed()
    notice = notices.register_parameter(
        people["officer"], **FACTOR | {"name": name, "values": dict.fromkeys(keys, Decimal("0.5"))},
        issuer="示例部门", file=PDF, now=NOW,
    )  # fmt: skip
    assert [tuple(one.key) for one in notice.values.all()] == list(keys)
    assert (notice.file_sha256, notice.file_name) == (PDF.sha256, "通知.pdf")
    told = LogEntry.objects.get(action="reporting.register_parameter").details
    assert told["file"] == PDF.sha256
    assert set(told["values"].values()) == {"0.5"}
    notices.confirm_parameter(people["lead"], notice, now=NOW)
    assert {one.key for one in results.register("power")} == set(keys)
    with pytest.raises(DatabaseError), transaction.atomic():
        NoticeValue.objects.update(value=1)


@pytest.mark.parametrize(
    "file", [Upload("a.exe", b"MZ"), Upload("a.pdf", b"no"), Upload("a.pdf", b"%PDF-" + b"0" * 11_000_000)]
)
def test_what_is_no_document_is_refused(people, files, file):
    with pytest.raises(ValidationError) as fault:
        notices.register_parameter(people["officer"], **FACTOR, file=file, now=NOW)
    assert "file" in fault.value.message_dict
    assert not ParameterNotice.objects.exists()


# -- what it does -------------------------------------------------------------------------------------------------


def test_a_draft_that_waited_is_computed_when_the_value_is_confirmed(people, report):
    assert is_waiting(report)
    notice = registered(people)
    (found,) = effects.effects(effects.affected(people["filler"], notice), notice)
    assert (found.kind, found.changed, found.lost) == ("computes", 0, 0)
    assert found.computed > 0
    total = next(one for one in found.totals if one.name == WAITS)
    assert total.before.is_waiting
    assert total.change == ""
    notices.confirm_parameter(people["lead"], notice, now=NOW + DAY)
    report.refresh_from_db()
    assert results.is_current(report)
    assert results.drift(report) == []
    stored = report.values.get(variable=WAITS)
    assert stored.number == total.after.value
    entry = LogEntry.objects.get(action="reporting.recompute")
    assert (entry.actor_name, entry.why) == ("notice", "示例通知")


def test_a_correction_shows_old_and_new_value_with_the_difference(people, report):
    filed = submit(people["reviewer"], report, now=NOW)
    first = confirmed(people, NOW + DAY)
    second = registered(people, values={(): Decimal("0.65")}, corrects=first)
    (found,) = effects.effects(effects.affected(people["officer"], second), second)
    assert found.report == filed
    # The report was filed while neither counted: the correction is laid beside what it corrects.
    assert found.kind == "changes"
    total = next(one for one in found.totals if one.name == WAITS)
    assert total.after.value - total.before.value == Decimal(total.change.replace(",", "").lstrip("+"))
    notices.confirm_parameter(people["lead"], second, now=NOW + 2 * DAY)
    assert [one.pk for one in results.notices("power")] == [second.pk]
    assert queries.notices(people["officer"]).get(pk=first.pk).standing == "value_withdrawn"
    told = later.would_change(filed)
    assert [one.pk for one in told.notices] == [second.pk]


def test_those_that_change_come_before_those_that_waited(people, files, report):
    waits = create(people["other"]).report
    notice = confirmed(people)
    for one in (report, waits):
        one.refresh_from_db()
    assert effects.ORDER.index("changes") < effects.ORDER.index("computes")
    found = effects.effects(effects.affected(people["filler"], notice), notice)
    assert [one.report for one in found] == [report]


def test_only_reports_one_may_see_are_listed(people, report):
    notice = registered(people)
    assert list(effects.affected(people["filler"], notice)) == [report]
    for name in ("other", "officer", "city", "verifier", "public"):
        assert list(effects.affected(people[name], notice)) == [], name
    submit(people["reviewer"], report, now=NOW)
    assert list(effects.affected(people["officer"], notice)) == [report]
    assert list(effects.affected(people["far_city"], notice)) == []


@pytest.mark.parametrize("year", [2023, 2025])
def test_reports_of_other_years_are_not_listed(people, report, year):
    days = {"since": dt.date(year, 1, 1), "until": dt.date(year, 12, 31)}
    assert list(effects.affected(people["filler"], registered(people, **days))) == []


# -- taking back and withdrawing ----------------------------------------------------------------------------------


def test_what_nobody_decided_on_is_taken_back_by_who_registered_it(people):
    notice = registered(people)
    with pytest.raises(PermissionDenied):
        notices.withdraw_parameter(people["lead"], notice, now=NOW, why="文号有误")
    with pytest.raises(ValidationError):
        notices.withdraw_parameter(people["officer"], notice, now=NOW, why=" ")
    assert (
        notices.withdraw_parameter(people["officer"], notice, now=NOW, why="文号有误").state == "taken_back"
    )
    with pytest.raises(ValidationError):
        notices.confirm_parameter(people["lead"], notice, now=NOW)


def test_a_withdrawal_takes_two_people_and_what_was_filed_keeps_the_value(people, report, files):
    notice = confirmed(people)
    report.refresh_from_db()
    filed = submit(people["reviewer"], report, now=NOW + DAY)
    draft = create(people["other"]).report
    notices.withdraw_parameter(people["lead"], notice, now=NOW + 2 * DAY, why="通知被撤销")
    assert queries.notices(people["officer"]).get().standing == "withdrawal_asked"
    with pytest.raises(ValidationError):
        notices.withdraw_parameter(people["officer"], notice, now=NOW, why="再次")
    with pytest.raises(ValidationError):
        registered(people, corrects=notice)
    with pytest.raises(PermissionDenied):
        notices.decide_withdrawal(people["lead"], notice, confirm=True, now=NOW)
    with pytest.raises(ValidationError):
        notices.decide_withdrawal(people["officer"], notice, confirm=False, now=NOW)
    (found,) = effects.effects(effects.affected(people["officer"], notice), notice)
    assert found.kind == "waits_again"
    assert not is_waiting(draft)
    notices.decide_withdrawal(people["officer"], notice, confirm=True, now=NOW + 3 * DAY)
    assert is_waiting(draft)
    assert not is_waiting(filed)
    assert [one.standing for one in later.would_change(filed).notices] == ["value_withdrawn"]
    with pytest.raises(ValidationError):
        notices.decide_withdrawal(people["officer"], notice, confirm=True, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        NoticeWithdrawal.objects.update(reason="x")


def test_a_refused_withdrawal_leaves_the_value_counting(people):
    notice = confirmed(people)
    notices.withdraw_parameter(people["officer"], notice, now=NOW, why="看错了")
    notices.decide_withdrawal(people["lead"], notice, confirm=False, now=NOW, why="文件有效")
    assert [one.pk for one in results.notices("power")] == [notice.pk]
    assert queries.notices(people["officer"]).get().standing == "confirmed"


@pytest.mark.parametrize("wrong", [{"name": "electricity_benchmark"}, {"values": {}}])
def test_a_correction_stands_in_for_the_same_parameter(people, wrong):
    first = confirmed(people)
    with pytest.raises(ValidationError):
        registered(people, corrects=first, **wrong)
    other = registered(people)
    with pytest.raises(ValidationError):
        registered(people, corrects=other)  # which does not count


# -- pages --------------------------------------------------------------------------------------------------------


def test_the_pages_walk_from_registering_to_computing(client, people, report):
    client.cookies["django_language"] = "en"
    client.force_login(people["filler"])
    form = reverse("reporting:notice_form", args=["power", "electricity_factor"])
    given = {"value_0": "0.5", "since": "2024-01-01", "document": "示例通知", "status": "official"}
    assert client.post(form, given).status_code == 403
    assert client.get(reverse("reporting:notice_new")).status_code == 403
    client.force_login(people["officer"])
    search = client.get(reverse("reporting:notice_new"), {"words": "electricity_factor"}).content.decode()
    assert form in search
    assert client.post(form, given | {"value_0": "many"}).status_code == 422
    assert client.post(form, given | {"until": "2023-01-01"}).status_code == 422
    page = client.post(form, given, follow=True)
    notice = ParameterNotice.objects.get()
    address = reverse("reporting:notice", args=[notice.pk])
    assert page.redirect_chain[-1][0] == address
    assert "No report that you may see" in page.content.decode()  # the draft is the enterprise's
    refused = client.post(reverse("reporting:decide", args=[notice.pk]), {"decision": "confirm"}, follow=True)
    assert "note-error" in refused.content.decode()
    client.force_login(people["lead"])
    assert address in client.get("/").content.decode()  # on the worklist
    client.post(reverse("reporting:decide", args=[notice.pk]), {"decision": "confirm"})
    notice.refresh_from_db()
    assert notice.state == "confirmed"
    client.force_login(people["filler"])
    told = client.get(address).content.decode()
    assert "Computes now" in told
    assert report.title in told
    assert (
        "lead"
        in client.get(reverse("reporting:parameter", args=["power", "electricity_factor"])).content.decode()
    )


def test_the_list_filters_exports_and_stays_short_of_queries(client, people, django_assert_max_num_queries):
    one = registered(people)
    notices.reject_parameter(people["lead"], one, now=NOW, why="文号有误")
    for _ in range(20):
        registered(people)
    client.force_login(people["public"])
    address = reverse("reporting:notices")
    with django_assert_max_num_queries(20):
        assert client.get(address).content.decode().count("electricity_factor") == 0
    assert client.get(address, {"state": "rejected"}).content.decode().count("示例通知") >= 1
    exported = client.get(address, {"state": "rejected", "export": "csv"}).content.decode("utf-8-sig")
    assert len(exported.strip().splitlines()) == 2
    assert (
        client.get(address, {"parameter": "nothing of the kind", "export": "csv"})
        .content.decode("utf-8-sig")
        .count("示例")
        == 0
    )


def test_the_document_is_downloaded_and_a_correction_begins_with_what_stood(client, people, files):
    notice = confirmed(people, file=PDF)
    client.force_login(people["public"])
    answer = client.get(reverse("reporting:notice_file", args=[notice.pk]))
    assert answer.content == PDF.content
    assert client.get(reverse("reporting:notice_file", args=[confirmed(people).pk])).status_code == 404
    client.force_login(people["officer"])
    form = reverse("reporting:notice_form", args=["power", "electricity_factor"])
    page = client.get(form, {"corrects": notice.pk}).content.decode()
    assert 'value="0.55"' in page
    sent = {"value_0": "0.6", "since": "2024-01-01", "document": "更正通知", "status": "official"}
    client.post(f"{form}?corrects={notice.pk}", sent)
    assert ParameterNotice.objects.get(document="更正通知").corrects_id == notice.pk


def test_withdrawing_on_the_page(client, people):
    notice = confirmed(people)
    client.force_login(people["officer"])
    client.post(reverse("reporting:notice_withdraw", args=[notice.pk]), {"why": "通知被撤销"})
    client.force_login(people["lead"])
    assert reverse("reporting:notice", args=[notice.pk]) in client.get("/").content.decode()
    client.post(reverse("reporting:notice_withdrawal", args=[notice.pk]), {"decision": "confirm"})
    assert queries.notices(people["lead"]).get().standing == "value_withdrawn"


def test_a_draft_left_behind_is_on_the_worklist(client, people, report, monkeypatch):
    monkeypatch.setattr(notices, "MOST_DRAFTS", 0)
    confirmed(people, NOW + DAY)
    client.cookies["django_language"] = "en"
    client.force_login(people["filler"])
    assert "compute the draft again" in client.get("/").content.decode()


# -- API ----------------------------------------------------------------------------------------------------------


SENT = {
    "rule_set": "power", "name": "electricity_factor", "values": [{"value": "0.6"}], "since": "2024-01-01",
    "document": "示例通知",
}  # fmt: skip


@pytest.fixture
def call(client, people, files):
    """Call the register through the API with a token of a person."""
    tokens = {}

    def _call(name, path="", sent=None):
        if name not in tokens:
            tokens[name] = accounts.create_token(
                people[name], label="t", scope="write", now=timezone.now()
            ).secret
        headers = {"Authorization": f"Bearer {tokens[name]}", "Accept-Language": "en"}
        address = f"/api/v1/notices{path}"
        if sent is None:
            return client.get(address, headers=headers)
        return client.post(address, json.dumps(sent), content_type="application/json", headers=headers)

    return _call


def test_the_api_takes_two_officers(call, report):
    assert call("filler", sent=SENT).status_code == 403
    file = {"name": "通知.pdf", "base64": base64.b64encode(PDF.content).decode()}
    answer = call("officer", sent=SENT | {"file": file, "number": "示例〔2025〕1号"})
    assert answer.status_code == 201, answer.content
    number = answer.json()["id"]
    assert call("filler", f"/{number}/file").content == PDF.content
    assert call("filler", f"/{number}/effects").json()["items"][0]["kind"] == "computes"
    assert call("officer", f"/{number}/effects").json() == {"count": 0, "items": []}
    decision = f"/{number}/decision"
    told = call("officer", decision, {"confirm": True})
    assert (told.status_code, told.json()["error"]["code"]) == (403, "second_person")
    assert call("lead", decision, {"confirm": False}).status_code == 422
    assert call("lead", decision, {"confirm": True}).json()["state"] == "confirmed"
    assert call("verifier", "?state=confirmed").json()["count"] == 1
    assert call("verifier", "?state=rejected").json()["count"] == 0
    assert call("officer", f"/{number}/withdrawal", {"why": "误"}).json()["state"] == "withdrawal_asked"
    path = f"/{number}/withdrawal/decision"
    assert call("officer", path, {"confirm": True}).status_code == 403
    assert call("lead", path, {"confirm": True}).json()["state"] == "value_withdrawn"
    assert call("lead", f"/{number}").json()["state"] == "value_withdrawn"
    assert call("lead", "/999999").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "none"}, {"values": [{"key": ["x"], "value": "1"}]}, {"values": []}, {"values": [{"value": "1e999"}]},
        {"values": [{"value": "1"}, {"value": "2"}]}, {"since": "2024-02-30"}, {"until": "2023-01-01"},
        {"document": "a\u0000b"}, {"document": ""}, {"corrects": 1}, {"status": "unknown"},
        {"file": {"name": "a.pdf", "base64": "no base64"}}, {"file": {"name": "a.exe", "base64": "TVo="}},
    ],
)  # fmt: skip
def test_the_api_refuses_what_is_wrong(call, wrong):
    assert call("officer", sent=SENT | wrong).status_code == 422
    assert not ParameterNotice.objects.exists()
