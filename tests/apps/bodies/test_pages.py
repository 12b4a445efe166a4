"""The register's pages: who sees what, forms that keep what was typed, and pages without a sign-in."""

import io
from datetime import timedelta

import openpyxl
import pytest
from bodies_helpers import (
    CMA,
    INSTRUMENT,
    PERSON,
    PROFILE,
    WORK,
    a_body,
    keep,
    last_application,
    later,
    profile,
    publish,
    submit,
    workbook,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from shutan.apps.bodies import actions, queries
from shutan.apps.bodies.models import Body, Finding, Page, Service
from shutan.apps.bodies.search import find
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.bodies.worklist import tasks

SECRETS = ("SECRET-77", "SN-SECRET-1", "保密客户电厂", "保密客户钢厂")
NOW = timezone.now()


@pytest.fixture
def page(people, body):
    return publish(people["signer"], people["officer"], body, NOW)


@pytest.fixture
def as_(client, people):
    """`as_("filler")` signs in and gives the client."""

    def sign_in(name):
        client.force_login(people[name])
        return client

    return sign_in


def at(name, *args):
    return reverse(f"bodies:{name}", args=args)


# Who sees which record

PARTS = list(SECTIONS)


def record_paths(body):
    paths = [at("body", body.pk), *(at("section", body.pk, part) for part in PARTS)]
    paths += [at("application", body.pk, one.pk) for one in body.applications.all()]
    return paths + [at("finding", body.pk, one.pk) for one in body.findings.all()]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("filler", 200),
        ("signer", 200),
        ("officer", 200),
        ("city", 200),
        ("market", 200),
        ("laboratory", 404),
        ("bank", 404),
        ("far_city", 404),
        ("enterprise", 403),
        ("statistics", 403),
        ("public", 403),
    ],
)
def test_a_record_opens_for_its_body_and_the_authorities_over_it(as_, people, page, name, expected):
    body = page.body
    actions.record_finding(
        people["market"], body, found_on=timezone.localdate(NOW), source="x", title="y", now=NOW
    )
    client = as_(name)
    assert {path: client.get(path).status_code for path in record_paths(body)} == dict.fromkeys(
        record_paths(body), expected
    )


def test_without_signing_in_a_record_leads_to_the_sign_in(client, body, page):
    for path in record_paths(body):
        answer = client.get(path)
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("name", ["city", "market"])
def test_before_it_applied_only_the_province_sees_a_record(as_, people, body, name):
    assert as_(name).get(at("body", body.pk)).status_code == 404
    assert as_("officer").get(at("body", body.pk)).status_code == 200
    submit(people["signer"], body)
    assert as_(name).get(at("body", body.pk)).status_code == 200


@pytest.mark.parametrize("name", ["laboratory", "officer", "city", "market", "enterprise", "bank"])
def test_nobody_else_writes(as_, people, body, name):
    client = as_(name)
    row = queries.rows(body, SECTIONS["people"]).get()
    posts = [
        (at("profile", body.pk), PROFILE | {"revision": body.revision}),
        (at("new_row", body.pk, "people"), PERSON | {"name": "x"}),
        (at("row", body.pk, "people", row.pk), PERSON | {"name": "x", "revision": 1}),
        (at("remove_row", body.pk, "people", row.pk), {"revision": 1}),
        (at("import", body.pk, "people"), {"file": SimpleUploadedFile("x.xlsx", workbook("people", PERSON))}),
        (at("submit", body.pk), {"revision": body.revision}),
        (at("take_back", body.pk), {}),
    ]
    for path, values in posts:
        assert client.post(path, values).status_code in (403, 404), path
    body.refresh_from_db()
    assert queries.rows(body, SECTIONS["people"]).get().name == "张三"
    assert body.applications.count() == 0


def test_a_list_export_has_only_what_the_person_sees(as_, people, page):
    other = a_body(people["laboratory"], services=["testing"])
    publish(people["laboratory"], people["officer"], other, NOW)
    for name, expected in (("officer", 2), ("market", 2), ("city", 1), ("far_city", 1)):
        answer = as_(name).get(at("list") + "?export=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet.max_row == expected + 1, name
    assert "泸州检测" not in as_("city").get(at("list")).content.decode()


def test_rows_of_another_body_are_not_found_through_ones_own(as_, people, body):
    mine = a_body(people["laboratory"], services=["testing"])
    foreign = queries.rows(body, SECTIONS["people"]).get()
    client = as_("laboratory")
    assert client.get(at("row", mine.pk, "people", foreign.pk)).status_code == 404
    assert client.post(at("remove_row", mine.pk, "people", foreign.pk), {"revision": 1}).status_code == 404
    made = submit(people["signer"], body)
    assert client.get(at("application", mine.pk, made.pk)).status_code == 404
    assert as_("officer").get(at("application", mine.pk, made.pk)).status_code == 404


def test_search_and_worklist_tell_nothing_of_others(people, body, page):
    keep(people["filler"], body, "people", PERSON | {"name": "x", "valid_to": later(5)})
    assert [hit.url for hit in find(people["filler"], "蓉城")] == [at("body", body.pk)]
    for name in ("laboratory", "enterprise", "public"):  # what is public is found by all
        assert [hit.url for hit in find(people[name], "蓉城")] == [at("page", page.pk)]
    assert [hit.url for hit in find(people["enterprise"], "GB/T 476")] == [at("page", page.pk)]
    assert list(tasks(people["laboratory"], NOW)) == list(tasks(people["enterprise"], NOW)) == []
    assert [one.due.isoformat() for one in tasks(people["filler"], NOW)] == [later(5)]


# The public


def test_the_public_reads_without_signing_in_what_was_published_and_nothing_else(client, people, body, page):
    keep(people["filler"], body, "people", PERSON | {"name": "尚未公开"})
    for path in (at("register"), at("page", page.pk), at("register") + "?export=csv"):
        answer = client.get(path)
        assert answer.status_code == 200
        told = answer.content.decode()
        assert "蓉城核查" in told
        assert not [secret for secret in (*SECRETS, "尚未公开") if secret in told]
    told = client.get(at("page", page.pk)).content.decode()
    for shown in ("232200001", "GB/T 476-2008", "张三", "量热仪", "李明", "2025", "不公开"):
        assert shown in told, shown


def test_what_is_not_published_is_not_in_the_register(client, body):
    assert "蓉城核查" not in client.get(at("register")).content.decode()
    assert client.get(at("page", 1)).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"蓉城核查", "泸州检测"}),
        ("service=testing", {"泸州检测"}),
        ("service=finance", set()),
        ("city=5105", {"泸州检测"}),
        ("accreditation=cma", {"蓉城核查", "泸州检测"}),
        ("accreditation=ccer", set()),
        ("scope=元素碳", {"蓉城核查", "泸州检测"}),
        ("scope=水泥", set()),
        ("q=泸州", {"泸州检测"}),
        ("state=published", {"蓉城核查"}),
        ("state=suspended", {"泸州检测"}),
        ("state=withdrawn", set()),
        ("state=expired", set()),
    ],
)
def test_the_register_is_filtered(client, people, page, query, expected):
    other = a_body(people["laboratory"], services=["testing"])
    publish(people["laboratory"], people["officer"], other, NOW)
    actions.change_standing(people["officer"], other, "suspended", reason="整改", now=NOW)
    rows = client.get(f"{at('register')}?{query}").context["listing"].found
    assert {row.name_zh for row in rows} == expected


def test_an_expired_registration_says_so(client, people, page):
    Page.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert len(client.get(at("register") + "?state=expired").context["listing"].found) == 1
    assert len(client.get(at("register") + "?state=published").context["listing"].found) == 0
    assert client.get(at("page", page.pk)).context["state"] == "expired"


def test_a_suspension_and_its_reason_stand_on_the_page(client, people, body, page):
    actions.change_standing(people["officer"], body, "suspended", reason="未按期整改", now=NOW)
    told = client.get(at("page", page.pk)).content.decode()
    assert "未按期整改" in told


def test_figures_count_only_registrations_in_force(people, page):
    other = a_body(people["laboratory"], services=["testing", "technology"])
    publish(people["laboratory"], people["officer"], other, NOW)
    today = timezone.localdate()
    assert queries.by_service(today) == {"verification": 1, "testing": 1, "technology": 1}
    assert queries.by_prefecture(today) == {"5101": 1, "5105": 1}
    actions.change_standing(people["officer"], other, "suspended", reason="x", now=NOW)
    assert queries.by_service(today) == {"verification": 1}


# The body's own work


def test_a_body_starts_applies_is_returned_and_reads_why(as_, people):
    client = as_("signer")
    assert "建立档案" in client.get(at("mine")).content.decode()
    body = Body.objects.get(pk=int(client.post(at("start"))["Location"].rsplit("/", 1)[1]))
    assert client.get(at("mine"))["Location"] == at("body", body.pk)
    told = client.get(at("body", body.pk)).context["against"]
    assert len(told) > 5
    a_body(people["filler"])
    body.refresh_from_db()
    client.post(at("submit", body.pk), {"revision": body.revision})
    made = last_application(body)
    officer = as_("officer")
    answer = officer.post(at("decide", body.pk, made.pk), {"decision": "return", "reason": ""})
    assert answer.status_code == 422
    officer.post(at("decide", body.pk, made.pk), {"decision": "return", "reason": "缺少原件"})
    assert "缺少原件" in as_("filler").get(at("body", body.pk)).content.decode()
    (task,) = [one for one in tasks(people["filler"], NOW) if one.state == "overdue"]
    assert task.subject == "缺少原件"


def test_the_second_editor_of_a_line_keeps_what_they_typed(as_, people, body):
    row = queries.rows(body, SECTIONS["people"]).get()
    client = as_("filler")
    address = at("row", body.pk, "people", row.pk)
    assert client.get(address).context["revision"] == 1
    keep(people["signer"], body, "people", PERSON | {"position": "组长"}, row=row, revision=1)
    answer = client.post(address, PERSON | {"position": "审核员", "revision": 1})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "组长" in told
    assert "审核员" in told
    assert answer.context["stale"] == [("岗位", "组长", "审核员")]
    answer = client.post(address, PERSON | {"position": "审核员", "revision": answer.context["revision"]})
    assert answer.status_code == 302
    assert queries.rows(body, SECTIONS["people"]).get().position == "审核员"


def test_the_second_editor_of_the_profile_keeps_what_they_typed(as_, people, body):
    seen = body.revision
    profile(people["signer"], body, premises="二号")
    answer = as_("filler").post(at("profile", body.pk), PROFILE | {"premises": "三号", "revision": seen})
    assert answer.status_code == 422
    assert [one for one in answer.context["stale"] if one[1] == "二号"] == [("办公场所", "二号", "三号")]
    again = as_("filler").post(
        at("profile", body.pk), PROFILE | {"premises": "三号", "revision": answer.context["revision"]}
    )
    assert again.status_code == 302


def test_wrong_input_keeps_the_form_and_names_the_field(as_, body):
    answer = as_("filler").post(at("new_row", body.pk, "instruments"), INSTRUMENT | {"name": ""})
    assert answer.status_code == 422
    assert "SN-SECRET-1" in answer.content.decode()
    assert "name" in answer.context["form"].errors
    answer = as_("filler").post(at("profile", body.pk), PROFILE | {"contact_email": "nobody", "revision": 1})
    assert answer.status_code == 422


@pytest.mark.parametrize("revision", ["", "x", "²", "-1"])
def test_a_revision_that_is_no_number_counts_as_stale(as_, body, revision):
    answer = as_("filler").post(at("profile", body.pk), PROFILE | {"revision": revision})
    assert answer.context["stale"] is not None


def test_a_workbook_goes_out_and_comes_in(as_, body):
    client = as_("filler")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(at("template", body.pk, "people")).content)).active
    assert sheet.max_row == 3
    good = SimpleUploadedFile("people.xlsx", workbook("people", {"name": "李四"}, {"name": "王五"}))
    assert client.post(at("import", body.pk, "people"), {"file": good}).status_code == 200
    assert queries.rows(body, SECTIONS["people"]).count() == 3
    bad = SimpleUploadedFile(
        "people.xlsx",
        workbook("people", {"name": "赵六"}, {"position": "?"}, {"name": "李四"}, {"name": "李四"}),
    )
    answer = client.post(at("import", body.pk, "people"), {"file": bad})
    assert answer.status_code == 422
    assert len(answer.context["faults"]) == 2
    assert queries.rows(body, SECTIONS["people"]).count() == 3
    assert client.post(at("import", body.pk, "people")).status_code == 422


def test_a_scan_is_read_by_who_reads_the_record(as_, people, body, files):
    scan = SimpleUploadedFile("证书.pdf", b"%PDF-1.7 scan")
    client = as_("filler")
    assert (
        client.post(
            at("new_row", body.pk, "accreditations"), CMA | {"number": "s", "document": scan}
        ).status_code
        == 302
    )
    row = queries.rows(body, SECTIONS["accreditations"]).get(number="s")
    address = at("document", body.pk, "accreditations", row.pk)
    assert client.get(address).content == b"%PDF-1.7 scan"
    assert as_("officer").get(address).status_code == 200
    assert as_("laboratory").get(address).status_code == 404
    plain = queries.rows(body, SECTIONS["accreditations"]).exclude(pk=row.pk).get()
    assert as_("filler").get(at("document", body.pk, "accreditations", plain.pk)).status_code == 404


def test_an_unknown_part_is_not_found(as_, body):
    for name in ("section", "new_row", "template"):
        assert as_("filler").get(at(name, body.pk, "secrets")).status_code == 404


def test_under_review_pages_say_so_and_offer_no_change(as_, people, body):
    submit(people["signer"], body)
    client = as_("filler")
    assert not client.get(at("body", body.pk)).context["may"]["edit"]
    answer = client.post(at("new_row", body.pk, "people"), PERSON | {"name": "x"}, follow=True)
    assert "撤回" in answer.content.decode()
    assert not client.get(at("section", body.pk, "people")).context["may"]["edit"]
    assert as_("signer").post(at("take_back", body.pk)).status_code == 302
    assert as_("filler").get(at("body", body.pk)).context["may"]["edit"]


# Authorities


def test_the_province_publishes_suspends_and_the_worklist_leads_there(as_, people, body):
    made = submit(people["signer"], body)
    (task,) = tasks(people["officer"], NOW)
    assert task.url == at("application", body.pk, made.pk)
    officer = as_("officer")
    told = officer.get(task.url).content.decode()
    for shown in SECRETS:  # the province judges the whole record
        assert shown in told
    assert (
        officer.post(
            at("decide", body.pk, made.pk), {"decision": "approve", "valid_until": later(-1)}
        ).status_code
        == 422
    )
    assert officer.post(at("decide", body.pk, made.pk), {"decision": ""}).status_code == 422
    assert (
        officer.post(
            at("decide", body.pk, made.pk), {"decision": "approve", "valid_until": later(900)}
        ).status_code
        == 302
    )
    assert Page.objects.get().valid_until.isoformat() == later(900)
    assert list(tasks(people["officer"], NOW)) == []
    assert officer.post(at("standing", body.pk), {"kind": "resumed", "reason": "x"}).status_code == 422
    assert officer.post(at("standing", body.pk), {"kind": "suspended", "reason": "整改"}).status_code == 302
    assert Body.objects.get().state == "suspended"


def test_a_change_under_review_shows_what_it_changes(as_, people, body, page):
    profile(people["filler"], body, summary="另一种说法")
    keep(people["filler"], body, "works", WORK | {"year": "2024"})
    assert len(as_("filler").get(at("body", body.pk)).context["changes"]) == 2
    made = submit(people["signer"], body, NOW)
    changes = as_("officer").get(at("application", body.pk, made.pk)).context["changes"]
    assert (changes[0].part, changes[0].before, changes[0].after) == ("概况", "核查", "另一种说法")
    assert len(changes) == 2


def test_a_finding_through_pages(as_, people, body, page):
    market = as_("market")
    assert (
        market.post(
            at("new_finding", body.pk), {"found_on": later(1), "source": "x", "title": "y"}
        ).status_code
        == 422
    )
    market.post(
        at("new_finding", body.pk),
        {"found_on": later(0), "source": "抽查", "title": "记录缺失", "is_public": "on"},
    )
    finding = Finding.objects.get()
    address = at("finding", body.pk, finding.pk)
    assert finding.recorded_for == people["market"].organisation
    assert [one.url for one in tasks(people["filler"], NOW)] == [address]
    assert as_("filler").post(address, {"answer": ""}).status_code == 422
    assert as_("filler").post(address, {"answer": "已补"}).status_code == 302
    assert [one.url for one in tasks(people["market"], NOW)] == [address]
    assert as_("city").post(address, {"result": "x"}).status_code == 403
    assert as_("market").post(address, {"result": "属实"}).status_code == 302
    assert "记录缺失" in as_("public").get(at("page", page.pk)).content.decode()
    assert as_("filler").post(address, {"answer": "late"}).status_code == 403


# Speed


def test_pages_ask_few_questions_of_the_database(as_, people, body, page, django_assert_max_num_queries):
    other = a_body(people["laboratory"], services=["testing"])
    publish(people["laboratory"], people["officer"], other, NOW)
    officer = as_("officer")
    for path in (at("list"), at("register"), at("page", page.pk), *record_paths(body)):
        with django_assert_max_num_queries(20):
            officer.get(path)


def test_every_service_has_a_name():
    with translation.override("zh-hans"):
        assert {str(one.label) for one in Service} >= {"咨询", "检测", "核查", "认证", "科技", "金融"}
